"""A block's place in words that a person understands, and the loop over sprites that most rules share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from scratchgen.scratch.catalogue import CATALOGUE, SHADOWS, FieldType
from scratchgen.scratch.linting.findings import Fault, Place
from scratchgen.scratch.linting.view import BlockView, ProjectView, TargetView
from scratchgen.scratch.procedures import code_parts

__all__ = ["block_place", "block_words", "in_blocks", "literal_words"]

ICONS = {"@greenFlag": "flag", "@turnRight": "right", "@turnLeft": "left"}
"""The pictures on some blocks, in words."""
MAX_NESTING = 2
"""How deep the words for a block go into the blocks in its slots."""

_ARGUMENT = re.compile(r"%(\d+)")
_ICON = re.compile("|".join(ICONS))


def block_place(target: TargetView, block: BlockView) -> Place:
    """Where a block is: its sprite, the first block of its script, and itself."""
    head = target.heads.get(block.id)
    script = block_words(target, target.blocks[head]) if head is not None else ""
    return Place(target.name, script, block_words(target, block))


def block_words(target: TargetView, block: BlockView, nesting: int = 0) -> str:
    """What a pupil reads on a block, with the values in its slots; the opcode when nobody knows the block."""
    own = _own_words(target, block, nesting)
    if own is not None:
        return own
    row = CATALOGUE.get(block.opcode)
    if row is None:
        return block.opcode or "(no opcode)"

    def argument(match: re.Match[str]) -> str:
        what = row.arguments[int(match[1]) - 1]
        if isinstance(what, FieldType):
            return f"[{block.value(what.name)}]"
        return _slot_words(target, block, what.name, nesting)

    label = _ICON.sub(lambda match: ICONS[match[0]], row.label)
    return _ARGUMENT.sub(argument, label)


def _own_words(target: TargetView, block: BlockView, nesting: int) -> str | None:
    """The words of the blocks whose text is in the project, not in the catalogue."""
    match block.opcode:
        case "procedures_definition":
            prototype = next((target.blocks.get(child) for _, child in block.children), None)
            return f"define {prototype.mutation.get('proccode', '')}" if prototype else "define"
        case "procedures_prototype":
            return str(block.mutation.get("proccode", ""))
        case "procedures_call":
            names = iter(list(block.inputs))
            parts = code_parts(str(block.mutation.get("proccode", "")))
            parts[1::2] = [_slot_words(target, block, next(names, ""), nesting) for _ in parts[1::2]]
            return "".join(parts)
        case "data_variable":
            return str(block.value("VARIABLE"))
        case "data_listcontents":
            return str(block.value("LIST"))
        case "argument_reporter_string_number" | "argument_reporter_boolean":
            return str(block.value("VALUE"))
        case opcode if opcode in SHADOWS:
            return str(block.value(SHADOWS[opcode].field))
    return None


def _slot_words(target: TargetView, block: BlockView, name: str, nesting: int) -> str:
    slot = next(iter(block.inputs.get(name, ())), None)
    if isinstance(slot, list):
        return literal_words(slot)
    child = target.blocks.get(slot) if isinstance(slot, str) else None
    if child is None:
        return "()"
    return f"({block_words(target, child, nesting + 1)})" if nesting < MAX_NESTING else "(…)"


def literal_words(literal: list[object]) -> str:
    """A value in a slot, in brackets.

    >>> literal_words([4, 10]), literal_words([10, "hello"]), literal_words([12, "score", "id"])
    ('(10)', '[hello]', '(score)')
    """
    kind, value = ([*literal, "", ""])[:2]
    return f"[{value}]" if kind in (9, 10, 11) else f"({value})"


def in_blocks(
    find: Callable[[TargetView], Iterable[tuple[BlockView, str]]],
) -> Callable[[ProjectView], Iterator[Fault]]:
    """Make the check of a rule from one that yields the blocks of a sprite in which something is wrong."""

    def check(view: ProjectView) -> Iterator[Fault]:
        for target in view.targets:
            for block, message in find(target):
                yield block_place(target, block), message

    return check
