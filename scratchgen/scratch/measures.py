"""How large the editor draws a block: estimates good enough to lay scripts out without overlap.

In the editor's units at 100 %. The heights are those of the official editor's renderer; widths are text at
an average letter, rounded up, since fonts differ between machines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from scratchgen.scratch.catalogue import CATALOGUE
from scratchgen.scratch.numbers import as_javascript
from scratchgen.scratch.procedures import PLACEHOLDER
from scratchgen.scratch.program import Block, Comment, Reference, Reporter, Shadow, Stack, all_blocks

__all__ = ["Size", "comment_size", "row_heights", "script_size"]

LETTER = 7.2
GAP = 8
FIELD_WIDTH = 40
FIELD_HEIGHT = 32
REPORTER_HEIGHT = 40
STACK_HEIGHT = 48
HAT_EXTRA = 22
EMPTY_MOUTH = 32
"""The height of a mouth with nothing in it, and of the bars under a mouth."""
MOUTH_INDENT = 16
MENU_ARROW = 24
"""What the little arrow adds to a menu."""
TYPED = ("text", "math_", "colour_")
"""How the names of shadows begin that are typed or picked, and are no menus."""
COMMENT_LINE = 20
COMMENT_LETTER = 7.5
COMMENT_FRAME = 60
"""What a comment's bar and margins add to the height of its lines."""


class Size(NamedTuple):
    """Width and height."""

    width: float
    height: float


def comment_size(comment: Comment) -> Size:
    """Return how large a comment is drawn.

    >>> comment_size(Comment(text="x", width=200, height=120))
    Size(width=200, height=120)
    """
    return Size(comment.width, 32 if comment.minimized else comment.height)


def comment_height(text: str, width: float) -> float:
    """Return the height that shows all of a comment's text at that width."""
    letters = max(int((width - 20) / COMMENT_LETTER), 1)
    lines = sum(-(-max(len(line), 1) // letters) for line in text.split("\n"))
    return COMMENT_FRAME + COMMENT_LINE * lines


def script_size(blocks: Iterable[Block]) -> Size:
    """Return the size of blocks under one another.

    >>> script_size([Block(opcode="motion_ifonedgebounce")])
    Size(width=145.6, height=48)
    """
    sizes: dict[int, Size] = {}
    blocks = tuple(blocks)
    for block in reversed(all_blocks(blocks)):
        sizes[id(block)] = _block_size(block, sizes)
    return _stack_size(blocks, sizes)


def row_heights(blocks: tuple[Block, ...]) -> dict[int, float]:
    """Return how far below the script's top each block begins, by ``id`` of the block."""
    sizes: dict[int, Size] = {}
    for block in reversed(all_blocks(blocks)):
        sizes[id(block)] = _block_size(block, sizes)
    tops: dict[int, float] = {}
    todo: list[tuple[tuple[Block, ...], float]] = [(blocks, 0)]
    while todo:
        chain, top = todo.pop()
        for block in chain:
            tops[id(block)] = top
            inner = top + _header_height(block, sizes)
            for slot in block.inputs.values():
                if isinstance(slot, Stack):
                    todo.append((slot.blocks, inner))
                    inner += max(_stack_size(slot.blocks, sizes).height, EMPTY_MOUTH) + EMPTY_MOUTH
                elif isinstance(slot, Reporter):
                    todo.append(((slot.block,), top))
            top += sizes[id(block)].height
    return tops


def _stack_size(blocks: tuple[Block, ...], sizes: dict[int, Size]) -> Size:
    inner = [sizes[id(block)] for block in blocks]
    return Size(max((size.width for size in inner), default=0), sum(size.height for size in inner))


def _shape(block: Block) -> str:
    row = CATALOGUE.get(block.opcode)
    return row.shape if row else "stack"


def _header_height(block: Block, sizes: dict[int, Size]) -> float:
    """Return the height of a block without its mouths."""
    inner = [
        sizes[id(slot.block)].height if isinstance(slot, Reporter) else FIELD_HEIGHT
        for slot in block.inputs.values()
        if not isinstance(slot, Stack)
    ]
    tallest = max(inner, default=0)
    shape = _shape(block)
    if shape in ("reporter", "boolean"):
        return max(REPORTER_HEIGHT, tallest + 8)
    return max(STACK_HEIGHT, tallest + 16) + (HAT_EXTRA if shape == "hat" else 0)


def _block_size(block: Block, sizes: dict[int, Size]) -> Size:
    width, height = _label_width(block) + 2 * GAP, _header_height(block, sizes)
    mouths: list[Size] = []
    for slot in block.inputs.values():
        match slot:
            case Stack(blocks=blocks):
                mouths.append(_stack_size(blocks, sizes))
            case Reporter(block=inner):
                width += sizes[id(inner)].width + GAP
            case Shadow(opcode=opcode, value=value):
                # a number as it is read back, whichever type it had
                text = str(value if isinstance(value, str | bool) else as_javascript(value))
                arrow = 0 if opcode.startswith(TYPED) else MENU_ARROW
                width += max(FIELD_WIDTH, len(text) * LETTER + 2 * GAP + arrow) + GAP
    expected = len(CATALOGUE[block.opcode].mouths) if block.opcode in CATALOGUE else 0
    mouths += [Size(0, 0)] * (expected - len(mouths))
    for mouth in mouths:
        width = max(width, mouth.width + MOUTH_INDENT)
        height += max(mouth.height, EMPTY_MOUTH) + EMPTY_MOUTH
    return Size(width, height)


def _label_width(block: Block) -> float:
    """Return the width of a block's words and menus, without what lies in its slots."""
    row = CATALOGUE.get(block.opcode)
    label = block.call or (block.procedure.code if block.procedure else "")
    if not label:
        label = row.label if row else block.opcode
    fields = [field.name if isinstance(field, Reference) else field for field in block.fields.values()]
    parameters = [parameter.name for parameter in block.procedure.parameters] if block.procedure else []
    menus = sum(len(text) * LETTER + 4 * GAP for text in (*fields, *parameters))
    return _letters(label) * LETTER + menus


@lru_cache(maxsize=1024)
def _letters(label: str) -> int:
    """Return the number of characters in a label, without the places of its arguments."""
    return len(re.sub(r"%[0-9]", "", PLACEHOLDER.sub("", label)))
