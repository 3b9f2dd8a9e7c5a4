"""Ways through the program tree that all passes share: every block in turn, and the tree put together again.

Nothing here recurses, since the blocks of a wide layer nest more deeply than Python does. Parts that a pass
leaves alone stay the objects that they were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from scratchgen.scratch.catalogue import CATALOGUE
from scratchgen.scratch.measures import comment_height
from scratchgen.scratch.program import Block, Comment, Input, Reporter, Script, Stack, all_blocks

__all__ = [
    "Chain",
    "begins_with_hat",
    "expressions_in",
    "rewritten",
    "rewritten_scripts",
    "stacked",
    "with_comments",
    "with_inputs",
]

LONGEST_COMMENT = 8000
"""Characters; what the official schema allows."""

Chain = tuple[Block, ...]
"""Blocks that hang together."""


def rewritten(
    blocks: Chain,
    change: Callable[[Block], Sequence[Block]],
    chain: Callable[[Chain], Chain] = lambda blocks: blocks,
) -> Chain:
    """Return the blocks with those that ``change`` puts in the place of each, from the inside out.

    A reporter must become exactly one block. ``chain`` is then given the blocks that hang together, those in
    mouths before those around.
    """
    found: dict[int, tuple[Block, ...]] = {}
    for block in reversed(all_blocks(blocks)):
        if id(block) not in found:
            found[id(block)] = tuple(change(_with_parts(block, found, chain)))
    return chain(_placed(blocks, found))


def _placed(blocks: Chain, found: dict[int, tuple[Block, ...]]) -> Chain:
    return tuple(new for block in blocks for new in found[id(block)])


def _with_parts(block: Block, found: dict[int, tuple[Block, ...]], chain: Callable[[Chain], Chain]) -> Block:
    changed: dict[str, Input] = {}
    for name, slot in block.inputs.items():
        match slot:
            case Stack(blocks=inner):
                placed = chain(_placed(inner, found))
                if not _are_same(placed, inner):
                    changed[name] = Stack(blocks=placed)
            case Reporter(block=reporter):
                [new] = found[id(reporter)]
                if new is not reporter:
                    changed[name] = Reporter(block=new, shadow=slot.shadow)
    return with_inputs(block, changed)


def with_inputs(block: Block, changed: dict[str, Input]) -> Block:
    """Return the block with other contents in some of its slots; itself where there are none."""
    return replace(block, inputs={**block.inputs, **changed}) if changed else block


def _are_same(one: Sequence[object], other: Sequence[object]) -> bool:
    return len(one) == len(other) and all(a is b for a, b in zip(one, other, strict=True))


def rewritten_scripts(scripts: tuple[Script, ...], change: Callable[[Script], Chain]) -> tuple[Script, ...]:
    """Return the scripts with the blocks that ``change`` gives for those that begin with a hat.

    Loose blocks are nobody's program; a pupil laid them there, and they stay.
    """
    found = []
    for script in scripts:
        blocks = change(script) if begins_with_hat(script) else script.blocks
        found.append(script if _are_same(blocks, script.blocks) else replace(script, blocks=blocks))
    return tuple(found)


def begins_with_hat(script: Script) -> bool:
    """Tell whether a script begins with a hat; so does the definition of a custom block."""
    row = CATALOGUE.get(script.blocks[0].opcode) if script.blocks else None
    return row is not None and row.shape == "hat"


def stacked(blocks: Chain) -> list[Block]:
    """Return the blocks that hang together, and those in their mouths; not the reporters in their slots."""
    found: list[Block] = []
    todo = list(blocks)
    while todo:
        block = todo.pop()
        found.append(block)
        todo += [each for slot in block.inputs.values() if isinstance(slot, Stack) for each in slot.blocks]
    return found


def expressions_in(block: Block) -> list[Block]:
    """Return the reporters in a block's slots, and all those inside them; not what is in its mouths."""
    return all_blocks(slot.block for slot in block.inputs.values() if isinstance(slot, Reporter))


def with_comments(blocks: Chain, comments: Iterable[Comment | None]) -> Chain:
    """Return the blocks with more comments on the first one, above its own, as far as one comment can hold.

    Where there is no block, nothing is left to comment on.
    """
    if not blocks:
        return blocks
    first = blocks[0]
    told = [each for each in [*comments, first.comment] if each is not None]
    if not told or told == [first.comment]:
        return blocks
    text = "\n".join(each.text for each in told)
    if len(told) == 1 or len(text) > LONGEST_COMMENT:
        kept = told[0]
    else:
        kept = replace(told[0], text=text, height=comment_height(text, told[0].width))
    # where it lay was beside a block that is no longer there
    return (replace(first, comment=replace(kept, x=None, y=None)), *blocks[1:])
