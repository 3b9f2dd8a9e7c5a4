"""Rules about how blocks hang together: ids that point nowhere, links that contradict each other, loops.

The official schema sees none of these; the editor drops the script silently, and sometimes later ones too.
"""

from __future__ import annotations

from collections.abc import Iterator

from scratchgen.scratch.linting.findings import Fault, Place, Rule, quoted
from scratchgen.scratch.linting.view import BlockView, ProjectView, TargetView
from scratchgen.scratch.linting.words import block_place, each_block

__all__ = ["RULES"]


def _dangling_next(target: TargetView, block: BlockView) -> Iterator[str]:
    if block.next is not None and block.next not in target.blocks:
        yield f"the next block {quoted(block.next)} does not exist"


def _dangling_input(target: TargetView, block: BlockView) -> Iterator[str]:
    for name, child in block.children():
        if child not in target.blocks:
            yield f"the block {quoted(child)} in its input {name} does not exist"


def _dangling_parent(target: TargetView, block: BlockView) -> Iterator[str]:
    if block.parent is not None and block.parent not in target.blocks:
        yield f"its parent {quoted(block.parent)} does not exist"


def _wrong_parent(target: TargetView, block: BlockView) -> Iterator[str]:
    holders = target.referrers.get(block.id, ())
    if block.parent is None and holders:
        yield "another block holds it, but it names no parent"
    elif block.parent in target.blocks and block.parent not in holders:
        yield "the block that it names as its parent does not hold it"


def _two_parents(target: TargetView, block: BlockView) -> Iterator[str]:
    holders = target.referrers.get(block.id, ())
    if len(holders) > 1:
        yield f"{len(holders)} places claim this block, but it can be in one only"


def _top_level_child(target: TargetView, block: BlockView) -> Iterator[str]:
    if block.top_level and (block.parent is not None or block.id in target.referrers):
        yield "it begins a script, and yet hangs in another block"


def _lost_block(target: TargetView, block: BlockView) -> Iterator[str]:
    if not block.shadow and not block.top_level and block.id not in target.referrers:
        yield "no script holds it, so that nobody can see or run it"


def _lost_shadow(target: TargetView, block: BlockView) -> Iterator[str]:
    if block.shadow and block.id not in target.referrers:
        yield "this value of a slot is in no slot"


def _missing_next(_: TargetView, block: BlockView) -> Iterator[str]:
    if "next" not in block.raw:
        yield 'it has no "next", not even null, and the engine may go astray'


def _missing_comment(target: TargetView, block: BlockView) -> Iterator[str]:
    comment = block.raw.get("comment")
    if isinstance(comment, str) and comment not in target.comments:
        yield f"its comment {quoted(comment)} does not exist"


def _one_sided_comment(target: TargetView, block: BlockView) -> Iterator[str]:
    comment = target.comments.get(str(block.raw.get("comment")))
    if comment is not None and comment.get("blockId") != block.id:
        yield f"its comment {quoted(comment.get('text'))} does not name it in turn"


def _comment_elsewhere(view: ProjectView) -> Iterator[Fault]:
    for target in view.targets:
        for comment_id, comment in target.comments.items():
            block_id, words = comment.get("blockId"), quoted(comment.get("text"))
            if not isinstance(block_id, str):
                continue
            if block_id not in target.blocks:
                yield Place(target.name), f"the comment {words} belongs to a block that does not exist"
            elif target.blocks[block_id].raw.get("comment") != comment_id:
                block = target.blocks[block_id]
                yield block_place(target, block), f"the comment {words} names it, but it does not name that"


def _cycle(view: ProjectView) -> Iterator[Fault]:
    for target in view.targets:
        for block_id in _ends_of_cycles(target):
            yield block_place(target, target.blocks[block_id]), "the blocks in and after it lead back to it"


def _ends_of_cycles(target: TargetView) -> Iterator[str]:
    """For each loop of links: the block at which a walk through it arrives for the second time."""
    finished: set[str] = set()
    path: set[str] = set()
    for start in target.blocks:
        waiting = [(start, False)]
        while waiting:
            block_id, leaving = waiting.pop()
            if leaving:
                path.discard(block_id)
                finished.add(block_id)
            elif block_id in path:
                yield block_id
            elif block_id not in finished and block_id in target.blocks:
                path.add(block_id)
                waiting.append((block_id, True))
                waiting.extend((child, False) for child in target.blocks[block_id].held())


RULES = (
    Rule("dangling-next", "error", "the next block exists", each_block(_dangling_next)),
    Rule("dangling-input", "error", "a block in an input exists", each_block(_dangling_input)),
    Rule("dangling-parent", "error", "the parent exists", each_block(_dangling_parent)),
    Rule("wrong-parent", "error", "parent and child name each other", each_block(_wrong_parent)),
    Rule("two-parents", "error", "a block is in one place", each_block(_two_parents)),
    Rule("top-level-child", "error", "what begins a script hangs in nothing", each_block(_top_level_child)),
    Rule("cycle", "error", "no script leads back into itself", _cycle),
    Rule("lost-block", "error", "every block is in a script", each_block(_lost_block)),
    Rule("lost-shadow", "warning", "every value is in a slot", each_block(_lost_shadow)),
    Rule("missing-next", "warning", 'every block says what is next, be it "null"', each_block(_missing_next)),
    Rule("missing-comment", "error", "a block's comment exists", each_block(_missing_comment)),
    Rule("one-sided-comment", "error", "a block's comment names it", each_block(_one_sided_comment)),
    Rule("comment-elsewhere", "error", "a comment's block exists and names it", _comment_elsewhere),
)
