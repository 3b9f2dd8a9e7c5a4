"""Rules about how blocks hang together: ids that point nowhere, links that contradict each other, loops.

The official schema sees none of these; the editor drops the script silently, and sometimes later ones too.
"""

from __future__ import annotations

from collections.abc import Iterator

from scratchgen.scratch.linting.findings import Fault, Place, Rule, quoted
from scratchgen.scratch.linting.view import BlockView, ProjectView, TargetView
from scratchgen.scratch.linting.words import block_place, in_blocks

__all__ = ["RULES"]


Found = Iterator[tuple[BlockView, str]]


def _dangling_next(target: TargetView) -> Found:
    for block in target.blocks.values():
        if block.next is not None and block.next not in target.blocks:
            yield block, f"the next block {quoted(block.next)} does not exist"


def _dangling_input(target: TargetView) -> Found:
    for block in target.blocks.values():
        for name, child in block.children:
            if child not in target.blocks:
                yield block, f"the block {quoted(child)} in its input {quoted(name)} does not exist"


def _dangling_parent(target: TargetView) -> Found:
    for block in target.blocks.values():
        if block.parent is not None and block.parent not in target.blocks:
            yield block, f"its parent {quoted(block.parent)} does not exist"


def _wrong_parent(target: TargetView) -> Found:
    for block in target.blocks.values():
        holders = target.holders.get(block.id, ())
        if block.parent is None and holders:
            yield block, "another block holds it, but it names no parent"
        elif block.parent in target.blocks and block.parent not in holders:
            yield block, "the block that it names as its parent does not hold it"


def _two_parents(target: TargetView) -> Found:
    for block_id, holders in target.holders.items():
        if len(holders) > 1:
            claims = f"{len(holders)} places claim this block, but it can be in one only"
            yield target.blocks[block_id], claims


def _top_level_child(target: TargetView) -> Found:
    for block in target.blocks.values():
        if block.top_level and (block.parent is not None or block.id in target.holders):
            yield block, "it begins a script, and yet hangs in another block"


def _lost_block(target: TargetView) -> Found:
    for block in target.blocks.values():
        if not (block.shadow or block.top_level or block.id in target.holders):
            yield block, "no script holds it, so that nobody can see or run it"


def _lost_shadow(target: TargetView) -> Found:
    for block in target.blocks.values():
        if block.shadow and block.id not in target.holders:
            yield block, "this value of a slot is in no slot"


def _missing_next(target: TargetView) -> Found:
    for block in target.blocks.values():
        if "next" not in block.raw:
            yield block, 'it has no "next", not even null, and the engine may go astray'


def _missing_comment(target: TargetView) -> Found:
    for block in target.blocks.values():
        comment = block.raw.get("comment")
        if isinstance(comment, str) and comment not in target.comments:
            yield block, f"its comment {quoted(comment)} does not exist"


def _one_sided_comment(target: TargetView) -> Found:
    for block in target.blocks.values():
        comment_id = block.raw.get("comment")
        comment = target.comments.get(comment_id) if isinstance(comment_id, str) else None
        if comment is not None and comment.get("blockId") != block.id:
            yield block, f"its comment {quoted(comment.get('text'))} does not name it in turn"


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


def _cycle(target: TargetView) -> Found:
    """For each loop of links: the block at which a walk through it arrives for the second time.

    Walks begin only where a loop can be entered: elsewhere a block hangs in one place of a sound script.
    """
    finished: set[str] = set()
    path: set[str] = set()
    for start in target.blocks:
        if start in target.heads and len(target.holders.get(start, ())) <= (start not in target.scripts):
            continue
        waiting = [(start, False)]
        while waiting:
            block_id, leaving = waiting.pop()
            if leaving:
                path.discard(block_id)
                finished.add(block_id)
            elif block_id in path:
                yield target.blocks[block_id], "the blocks in and after it lead back to it"
            elif block_id not in finished and block_id in target.blocks:
                path.add(block_id)
                waiting.append((block_id, True))
                waiting.extend([(child, False) for child in target.blocks[block_id].held])


RULES = (
    Rule("dangling-next", "error", "the next block exists", in_blocks(_dangling_next)),
    Rule("dangling-input", "error", "a block in an input exists", in_blocks(_dangling_input)),
    Rule("dangling-parent", "error", "the parent exists", in_blocks(_dangling_parent)),
    Rule("wrong-parent", "error", "parent and child name each other", in_blocks(_wrong_parent)),
    Rule("two-parents", "error", "a block is in one place", in_blocks(_two_parents)),
    Rule("top-level-child", "error", "what begins a script hangs in nothing", in_blocks(_top_level_child)),
    Rule("cycle", "error", "no script leads back into itself", in_blocks(_cycle)),
    Rule("lost-block", "error", "every block is in a script", in_blocks(_lost_block)),
    Rule("lost-shadow", "warning", "every value is in a slot", in_blocks(_lost_shadow)),
    Rule("missing-next", "warning", 'every block says what is next, be it "null"', in_blocks(_missing_next)),
    Rule("missing-comment", "error", "a block's comment exists", in_blocks(_missing_comment)),
    Rule("one-sided-comment", "error", "a block's comment names it", in_blocks(_one_sided_comment)),
    Rule("comment-elsewhere", "error", "a comment's block exists and names it", _comment_elsewhere),
)
