"""Which blocks wait, and for what: where a script may yield, and where it may stand when an alarm rings."""

from __future__ import annotations

from scratchgen.scratch.program import Block, Stack
from scratchgen.simulator.categories import STATEMENT_ROWS

__all__ = ["SETTLING", "branch", "last_blocks", "may_yield"]

YIELDING = frozenset(
    """
    control_repeat control_forever control_repeat_until control_while control_for_each control_wait
    control_wait_until control_delete_this_clone event_broadcastandwait looks_sayforsecs looks_thinkforsecs
    """.split()
) | {opcode for opcode, row in STATEMENT_ROWS.items() if row.waits != "never"}


def may_yield(block: Block) -> bool:
    """Tell whether a block's own lines may yield; calls depend on what they call."""
    return block.opcode in YIELDING or block.fields.get("STOP_OPTION") == "all"


SETTLING = frozenset({"looks_sayforsecs", "looks_thinkforsecs"}) | {
    opcode for opcode, row in STATEMENT_ROWS.items() if row.waits == "alarm"
}
"""Blocks that wait for an alarm."""


def last_blocks(blocks: tuple[Block, ...]) -> list[Block]:
    """Return the blocks that may be the last that a stack does, loops left out."""
    found: list[Block] = []
    todo = list(blocks[-1:])
    while todo:
        block = todo.pop()
        if block.opcode in ("control_if", "control_if_else", "control_all_at_once"):
            todo += [each for name in ("SUBSTACK", "SUBSTACK2") for each in branch(block, name)[-1:]]
        else:
            found.append(block)
    return found


def branch(block: Block, name: str) -> tuple[Block, ...]:
    """Return the blocks in a block's mouth; none where it is empty."""
    match block.inputs.get(name):
        case Stack(blocks=blocks):
            return blocks
    return ()
