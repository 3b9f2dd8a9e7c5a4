"""Places scripts and comments on a sprite's page: columns in reading order, nothing on top of anything.

What has a place already keeps it; the rest goes into columns to the right of that. Places that would be found
anyway can be left out again, so that the text of a program need not name them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import ceil

from scratchgen.scratch.measures import Size, comment_height, comment_size, row_heights, script_size
from scratchgen.scratch.memory import collector_paused
from scratchgen.scratch.program import (
    Block,
    Comment,
    Input,
    Project,
    Reporter,
    Script,
    Sprite,
    Stack,
    all_blocks,
)

__all__ = ["arrange", "unarranged"]

MARGIN = 48
"""Between the page's edge and the first script, and between any two things."""
COLUMN_HEIGHT = 1400
"""A column that is longer is ended before the next script; about two screens of the editor."""
COMMENT_WIDTH = 320
COMMENT_GAP = 32
"""Between a script and its comments."""
GAP_BETWEEN_COMMENTS = 12


@dataclass(frozen=True, slots=True)
class Box:
    """The part of the page that something covers."""

    x: float
    y: float
    size: Size

    @property
    def right(self) -> float:
        """The x of its right edge."""
        return self.x + self.size.width


class Columns:
    """Hands out places from top to bottom, then in the next column."""

    def __init__(self, left: float) -> None:
        self._left = left
        self._top: float = MARGIN
        self._width: float = 0

    def place(self, size: Size) -> Box:
        """Return the place of the next thing, of that size."""
        if self._top > MARGIN and self._top + size.height > COLUMN_HEIGHT:
            self._left += self._width + MARGIN
            self._top, self._width = MARGIN, 0
        box = Box(self._left, self._top, size)
        self._top += size.height + MARGIN
        self._width = max(self._width, size.width)
        return box


@collector_paused()
def arrange(project: Project) -> Project:
    """Return the project with a place for every script and comment that has none.

    >>> page = Script(blocks=(Block(opcode="event_whenflagclicked"),))
    >>> stage = Sprite(name="Stage", is_stage=True, scripts=(page, page))
    >>> [(script.x, script.y) for script in arrange(Project(sprites=(stage,))).stage.scripts]
    [(48, 48), (48, 166)]
    """
    return replace(project, sprites=tuple(map(_arrange_sprite, project.sprites)))


def _arrange_sprite(sprite: Sprite) -> Sprite:
    placed = [
        Box(script.x, script.y, _with_comments(script).size)
        for script in sprite.scripts
        if script.x is not None and script.y is not None
    ]
    placed += [
        Box(comment.x, comment.y, comment_size(comment))
        for comment in sprite.comments
        if comment.x is not None and comment.y is not None
    ]
    columns = Columns(max((box.right + MARGIN for box in placed), default=MARGIN))
    comments = tuple(_place_comment(comment, columns) for comment in sprite.comments)
    scripts = tuple(_place_script(script, columns) for script in sprite.scripts)
    return replace(sprite, comments=comments, scripts=scripts)


def unarranged(project: Project) -> Project | None:
    """Return the project without what :func:`arrange` gives back: arranged, it is the same again.

    Sprites whose pages are arranged otherwise keep their places. None when nothing can be left out, or when
    something has no place, which it would then be given.

    >>> script = Script(blocks=(Block(opcode="event_whenflagclicked"),), x=48, y=48)
    >>> page = Project(sprites=(Sprite(name="Stage", is_stage=True, scripts=(script,)),))
    >>> bare = unarranged(page)
    >>> bare.stage.scripts[0].x is None, arrange(bare) == page
    (True, True)
    """
    sprites = tuple(map(_unarranged_sprite, project.sprites))
    kept = [new for new, old in zip(sprites, project.sprites, strict=True) if new is old]
    if len(kept) == len(sprites) or not all(map(_is_placed, kept)):
        return None
    return replace(project, sprites=sprites)


def _unarranged_sprite(sprite: Sprite) -> Sprite:
    """The sprite without places; the very same when it is arranged otherwise, or has nothing to place."""
    if not sprite.scripts and not sprite.comments:
        return sprite
    bare = replace(
        sprite,
        comments=tuple(replace(comment, x=None, y=None) for comment in sprite.comments),
        scripts=tuple(_unarranged_script(script) for script in sprite.scripts if script.blocks),
    )
    return bare if _places(_arrange_sprite(bare)) == _places(sprite) else sprite


def _unarranged_script(script: Script) -> Script:
    comments = {
        id(block): Comment(text=block.comment.text, minimized=block.comment.minimized)
        for block in all_blocks(script.blocks)
        if block.comment is not None
    }
    return Script(blocks=_with_new_comments(script.blocks, comments) if comments else script.blocks)


def _places(sprite: Sprite) -> tuple[list[tuple[float | None, float | None]], list[Comment]]:
    """What arranging decides: where scripts lie, and all comments; blocks are not compared."""
    blocks = all_blocks(block for script in sprite.scripts for block in script.blocks)
    attached = [block.comment for block in blocks if block.comment is not None]
    return [(script.x, script.y) for script in sprite.scripts], [*attached, *sprite.comments]


def _is_placed(sprite: Sprite) -> bool:
    scripts, comments = _places(sprite)
    places = scripts + [(comment.x, comment.y) for comment in comments]
    return all(x is not None and y is not None for x, y in places)


def _place_comment(comment: Comment, columns: Columns) -> Comment:
    if comment.x is not None and comment.y is not None:
        return comment
    box = columns.place(comment_size(comment))
    return replace(comment, x=box.x, y=box.y)


def _place_script(script: Script, columns: Columns) -> Script:
    plan = _with_comments(script)
    if script.x is None or script.y is None:
        box = columns.place(plan.size)
        script = replace(script, x=box.x, y=box.y)
    if not plan.comments:
        return script
    x, y = script.x or 0, script.y or 0
    comments = {
        key: replace(comment, x=x + (comment.x or 0), y=y + (comment.y or 0))
        for key, comment in plan.comments.items()
    }
    return replace(script, blocks=_with_new_comments(script.blocks, comments))


@dataclass(frozen=True, slots=True)
class Plan:
    """The size of a script with its comments, and where those without a place go, seen from its corner."""

    size: Size
    comments: Mapping[int, Comment]


def _with_comments(script: Script) -> Plan:
    measured = script_size(script.blocks)
    # whole numbers read better in the text of a program
    size = Size(ceil(measured.width), ceil(measured.height))
    commented = [block for block in all_blocks(script.blocks) if block.comment and block.comment.x is None]
    if not commented:
        return Plan(size, {})
    tops = row_heights(script.blocks)
    comments: dict[int, Comment] = {}
    left, free_from = size.width + COMMENT_GAP, 0.0
    for block in sorted(commented, key=lambda block: tops[id(block)]):
        assert block.comment is not None
        top = max(tops[id(block)], free_from)
        height = comment_height(block.comment.text, COMMENT_WIDTH)
        comments[id(block)] = replace(block.comment, x=left, y=top, width=COMMENT_WIDTH, height=height)
        free_from = top + comment_size(comments[id(block)]).height + GAP_BETWEEN_COMMENTS
    bottom = max(size.height, free_from - GAP_BETWEEN_COMMENTS)
    return Plan(Size(left + COMMENT_WIDTH, bottom), comments)


def _changed_input(slot: Input, changed: Mapping[int, Block]) -> Input:
    match slot:
        case Stack(blocks=blocks) if any(id(block) in changed for block in blocks):
            return Stack(blocks=tuple(changed.get(id(block), block) for block in blocks))
        case Reporter(block=block) if id(block) in changed:
            return replace(slot, block=changed[id(block)])
    return slot


def _with_new_comments(blocks: tuple[Block, ...], comments: Mapping[int, Comment]) -> tuple[Block, ...]:
    """Return the blocks with these comments, by ``id`` of the block; inside out, so without recursion."""
    changed: dict[int, Block] = {}
    for block in reversed(all_blocks(blocks)):
        inputs = {name: _changed_input(slot, changed) for name, slot in block.inputs.items()}
        is_same = all(inputs[name] is slot for name, slot in block.inputs.items())
        comment = comments.get(id(block))
        if comment is not None or not is_same:
            changed[id(block)] = replace(block, inputs=inputs, comment=comment or block.comment)
    return tuple(changed.get(id(block), block) for block in blocks)
