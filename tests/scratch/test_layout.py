"""Scripts and comments are placed like a page: in reading order, nothing on top of anything."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from scratchgen.scratch.layout import COLUMN_HEIGHT, arrange
from scratchgen.scratch.measures import Size, comment_size, script_size
from scratchgen.scratch.program import (
    Block,
    Comment,
    Project,
    Reporter,
    Script,
    Shadow,
    Sprite,
    Stack,
    all_blocks,
)

texts = st.text(max_size=60)
comments = st.none() | st.builds(Comment, text=texts)


def stack_blocks(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    return st.builds(
        lambda blocks, text, comment: Block(
            opcode="control_repeat",
            inputs={
                "TIMES": Shadow(opcode="math_whole_number", value=text),
                "SUBSTACK": Stack(blocks=tuple(blocks)),
            },
            comment=comment,
        ),
        st.lists(inner, min_size=1, max_size=3),
        texts,
        comments,
    )


says = st.builds(
    lambda text, comment: Block(
        opcode="looks_say",
        inputs={
            "MESSAGE": Reporter(
                block=Block(opcode="operator_length", inputs={"STRING": Shadow(opcode="text", value=text)})
            )
        },
        comment=comment,
    ),
    texts,
    comments,
)
blocks = st.recursive(says, stack_blocks, max_leaves=6)
places = st.none() | st.integers(-500, 500)
scripts = st.builds(
    lambda blocks, place: Script(blocks=tuple(blocks), x=place, y=place),
    st.lists(blocks, min_size=1, max_size=4),
    places,
)


def arranged(scripts: list[Script], comments: list[Comment]) -> Sprite:
    stage = Sprite(name="Stage", is_stage=True, scripts=tuple(scripts), comments=tuple(comments))
    return arrange(Project(sprites=(stage,))).stage


def boxes(sprite: Sprite) -> list[tuple[float, float, Size]]:
    """The parts of the page that scripts and comments cover."""
    found = []
    for script in sprite.scripts:
        assert script.x is not None
        assert script.y is not None
        found.append((script.x, script.y, script_size(script.blocks)))
        attached = [block.comment for block in all_blocks(script.blocks) if block.comment]
        found += [(comment.x or 0, comment.y or 0, comment_size(comment)) for comment in attached]
    found += [(comment.x or 0, comment.y or 0, comment_size(comment)) for comment in sprite.comments]
    return found


@given(
    st.lists(scripts.map(lambda script: Script(blocks=script.blocks)), max_size=5),
    st.lists(st.builds(Comment, text=texts), max_size=3),
)
def test_nothing_overlaps(scripts: list[Script], comments: list[Comment]) -> None:
    covered = boxes(arranged(scripts, comments))
    for at, (x, y, size) in enumerate(covered):
        for other_x, other_y, other in covered[:at]:
            beside = x >= other_x + other.width or other_x >= x + size.width
            below = y >= other_y + other.height or other_y >= y + size.height
            assert beside or below


@given(st.lists(scripts, max_size=5))
def test_blocks_stay_as_they_are_and_places_are_kept(scripts: list[Script]) -> None:
    sprite = arranged(scripts, [])
    for before, after in zip(scripts, sprite.scripts, strict=True):
        assert len(all_blocks(before.blocks)) == len(all_blocks(after.blocks))
        assert script_size(before.blocks) == script_size(after.blocks)
        if before.x is not None:
            assert (after.x, after.y) == (before.x, before.y)
        for old, new in zip(all_blocks(before.blocks), all_blocks(after.blocks), strict=True):
            assert (old.opcode, old.fields) == (new.opcode, new.fields)
            assert (old.comment is None) == (new.comment is None)
            assert old.comment is None or new.comment is None or old.comment.text == new.comment.text
    assert arrange(Project(sprites=(sprite,))).stage == sprite


def test_scripts_stand_in_reading_order() -> None:
    page = Script(blocks=(Block(opcode="motion_ifonedgebounce"),) * 10)
    placed = [(script.x, script.y) for script in arranged([page] * 7, []).scripts]
    for (x, y), (next_x, next_y) in pairwise(placed):
        assert x is not None and y is not None and next_x is not None and next_y is not None  # noqa: PT018
        assert (next_x == x and next_y > y) or (next_x > x and next_y == placed[0][1])
    assert len({x for x, _ in placed}) == 4
    assert max(y or 0 for _, y in placed) < COLUMN_HEIGHT


def test_deep_nesting_costs_no_recursion() -> None:
    block = Block(opcode="operator_not", comment=Comment(text="inmost"))
    for _ in range(20_000):
        block = Block(opcode="operator_not", inputs={"OPERAND": Reporter(block=block)})
    [script] = arranged([Script(blocks=(block,))], []).scripts
    assert script.x == 48
