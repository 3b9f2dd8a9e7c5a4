"""The catalogue: one table of every block of Scratch 3, for parser, printer, writer, linter and simulator.

What a block is called, what its slots and menus hold, and what shape it has is said here and nowhere else.
What a block *does* is the simulator's. The rows stand in :mod:`core` and :mod:`extensions`, the shadow
blocks in :mod:`shadows`.

>>> block = CATALOGUE["motion_movesteps"]
>>> block.label, block.shape, block.inputs[0].name, block.inputs[0].shadow
('move %1 steps', 'stack', 'STEPS', 'math_number')
>>> SHADOWS[block.inputs[0].shadow].field
'NUM'
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from scratchgen.scratch.catalogue import core, extensions
from scratchgen.scratch.catalogue.block_types import (
    CORE_CATEGORIES,
    Argument,
    BlockType,
    FieldType,
    InputType,
    Menu,
    ShadowType,
    Shape,
)
from scratchgen.scratch.catalogue.shadows import SHADOWS

__all__ = [
    "CATALOGUE",
    "SHADOWS",
    "Argument",
    "BlockType",
    "FieldType",
    "InputType",
    "Menu",
    "ShadowType",
    "Shape",
    "extension_of",
]

CATALOGUE: Mapping[str, BlockType] = MappingProxyType(
    {row.opcode: row for row in core.ROWS + extensions.ROWS}
)
"""Every block by its opcode, in the order of the editor's palette."""


_CORE_PREFIXES = frozenset({*CORE_CATEGORIES, "colour", "math"})


@lru_cache(maxsize=1024)
def extension_of(opcode: str) -> str:
    """Return the extension that a block or shadow needs, empty for the core's; opcodes may be unknown.

    >>> extension_of("pen_menu_colorParam"), extension_of("text"), extension_of("math_number")
    ('pen', '', '')
    """
    prefix, separator, _ = opcode.partition("_")
    return prefix if separator and prefix not in _CORE_PREFIXES else ""
