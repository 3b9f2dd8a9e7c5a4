"""Lanes against one question after the other: any script that they take gives the same answers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scratchgen.errors import SimulationError
from scratchgen.scratch.manifest import Manifest, ManifestInput
from scratchgen.scratch.program import Block, Project, Script
from scratchgen.simulator import Lanes, Simulator
from tests.simulator.programs import call, define, get, item, make, one_sprite, received
from tests.simulator.test_fast import EXAMPLES

MANIFEST = Manifest(
    kind="test",
    sprite="Cat",
    broadcast="ask",
    inputs=(ManifestInput(variable="count", low=-3, high=9), ManifestInput(variable="sum", low=0, high=5)),
    logits="work",
    answer="text",
    names=("a", "b"),
    language="en",
    style="readable",
    weights_sha256="0" * 64,
)
ROWS = np.array([[count, total] for count in (-3, -1, 0, 2, 9) for total in (0, 1, 5)], dtype=np.float64)


def project(*blocks: Block, others: tuple[Script, ...] = ()) -> Project:
    return one_sprite(
        received("ask", call("outer")),
        define("outer", *blocks, warp=True),
        *others,
        variables={"count": 0, "sum": 1, "text": "abc", "small": 0.125},
        lists={
            "numbers": (3, -1.5, 4, 1, -5, 0),
            "mixed": (1, "two", True, "4"),
            "work": (),
            "kept": (7, 0, -8.5),
            "names": "abcdef",
        },
        broadcasts=("ask",),
    )


def set_to(name: str, value: Block | float | str) -> Block:
    return make("data_setvariableto", VARIABLE=name, VALUE=value)


def append(value: Block | float | str) -> Block:
    return make("data_addtolist", LIST="work", ITEM=value)


def one_by_one(made: Project) -> list[tuple[tuple[object, ...], object]]:
    """Every question to a file that has heard none before."""
    found: list[tuple[tuple[object, ...], object]] = []
    for row in ROWS.tolist():
        [answer] = Simulator(made, fast=False).ask(MANIFEST, [row])
        found.append((answer.logits, answer.answer))
    return found


def in_a_row(made: Project) -> list[tuple[tuple[object, ...], object]]:
    """Every question to a file that has heard all the ones before."""
    return [(each.logits, each.answer) for each in Simulator(made, fast=False).ask(MANIFEST, ROWS.tolist())]


def answers(lanes: Lanes) -> list[tuple[tuple[object, ...], object]]:
    """Every question at once."""
    logits, found = lanes.ask(ROWS)
    return [(tuple(row), answer) for row, answer in zip(logits.tolist(), found, strict=True)]


def put(place: Block | float, value: Block | float, name: str = "kept") -> Block:
    return make("data_replaceitemoflist", LIST=name, INDEX=place, ITEM=value)


def number_of(value: Block | float | str, name: str) -> Block:
    return make("data_itemnumoflist", LIST=name, ITEM=value)


INPUTS = make("operator_add", NUM1=make("operator_multiply", NUM1=get("count"), NUM2=3), NUM2=get("sum"))
POSITIVE = make("operator_gt", OPERAND1=get("count"), OPERAND2=0)
SCRIPTS: dict[str, list[Block]] = {
    "arithmetic": [append(INPUTS), set_to("text", make("operator_mod", NUM1=INPUTS, NUM2=7))],
    "rounding": [
        append(make("operator_round", NUM=make("operator_divide", NUM1=INPUTS, NUM2=4))),
        append(make("operator_mathop", OPERATOR="floor", NUM=make("operator_divide", NUM1=INPUTS, NUM2=-8))),
        append(make("operator_mathop", OPERATOR="ceiling", NUM=make("operator_divide", NUM1=INPUTS, NUM2=8))),
        append(make("operator_mathop", OPERATOR="abs", NUM=INPUTS)),
        set_to("text", "done"),
    ],
    "branches": [
        set_to("small", 0),
        make(
            "control_if_else",
            CONDITION=POSITIVE,
            SUBSTACK=[
                make("data_changevariableby", VARIABLE="small", VALUE=INPUTS),
                make(
                    "control_if",
                    CONDITION=make("operator_equals", OPERAND1=get("sum"), OPERAND2=2),
                    SUBSTACK=[set_to("small", get("count"))],
                ),
            ],
            SUBSTACK2=[set_to("small", make("operator_subtract", NUM1=0, NUM2=get("sum")))],
        ),
        append(get("small")),
        set_to("text", make("operator_not", OPERAND=POSITIVE)),
    ],
    "places": [
        append(item(make("operator_add", NUM1=get("sum"), NUM2=1), "numbers")),
        append(get("count")),
        append(get("sum")),
        put(2, INPUTS, "work"),
        set_to("text", item(make("operator_add", NUM1=get("sum"), NUM2=1), "names")),
    ],
    "a clamp": [
        set_to("small", make("operator_add", NUM1=get("count"), NUM2=0.5)),
        make(
            "control_if",
            CONDITION=make("operator_lt", OPERAND1=get("small"), OPERAND2=1),
            SUBSTACK=[set_to("small", 1)],
        ),
        make(
            "control_if",
            CONDITION=make("operator_gt", OPERAND1=get("small"), OPERAND2=6),
            SUBSTACK=[set_to("small", 6)],
        ),
        append(item(get("small"), "numbers")),
        set_to("text", item(get("small"), "names")),
    ],
    "an item that may be missing": [append(get("count")), set_to("text", item(get("count"), "names"))],
    "the place of a number": [
        make("data_deletealloflist", LIST="work"),
        append(get("sum")),
        append(get("count")),
        append(5),
        set_to("small", number_of(make("operator_add", NUM1=get("count"), NUM2=0), "work")),
        append(number_of(get("sum"), "numbers")),
        append(number_of(-5, "numbers")),
        set_to("text", item(get("small"), "names")),
    ],
    "a list that is kept and replaced": [
        *(put(place, make("operator_multiply", NUM1=INPUTS, NUM2=place - 2)) for place in (1, 2, 3)),
        make("control_if", CONDITION=POSITIVE, SUBSTACK=[put(2, get("sum"))]),
        append(item(2, "kept")),
        append(make("data_lengthoflist", LIST="kept")),
        append(item(make("operator_add", NUM1=make("operator_mod", NUM1=INPUTS, NUM2=2), NUM2=1), "kept")),
        set_to("text", item(number_of(0, "kept"), "names")),
    ],
    "loops": [
        set_to("small", 0),
        make(
            "control_repeat",
            TIMES=make("data_lengthoflist", LIST="numbers"),
            SUBSTACK=[
                make("data_changevariableby", VARIABLE="small", VALUE=1),
                append(make("operator_multiply", NUM1=item(get("small"), "numbers"), NUM2=get("count"))),
            ],
        ),
        set_to("text", "done"),
    ],
}


@pytest.mark.parametrize("blocks", SCRIPTS.values(), ids=SCRIPTS)
def test_lanes_answer_as_one_question_after_the_other(blocks: list[Block]) -> None:
    made = project(*blocks)
    assert repr(answers(Lanes(made, MANIFEST))) == repr(one_by_one(made))


NUMBERS = ("small", "text", "count", "sum")
LISTS = ("work", "numbers", "kept")


@st.composite
def numbers(draw: st.DrawFn, depth: int = 2) -> Block | float:
    """A number that stays small, for any lane."""
    kind = draw(st.integers(0, 9 if depth else 2))
    inner = numbers(depth - 1)
    if kind == 0:
        return draw(st.sampled_from((0, 1, -1, 2, 0.5, -3.25)))
    if kind <= 2:
        return get(draw(st.sampled_from(NUMBERS)))
    if kind == 3:
        return item(draw(st.integers(1, 3)), draw(st.sampled_from(LISTS)))
    if kind == 4:
        name = draw(st.sampled_from(("abs", "floor", "ceiling")))
        return make("operator_mathop", OPERATOR=name, NUM=draw(inner))
    if kind == 5:
        return make("operator_round", NUM=draw(inner))
    if kind == 6:
        opcode, divisor = draw(
            st.sampled_from((("operator_divide", 8), ("operator_divide", -0.3), ("operator_mod", 5)))
        )
        return make(opcode, NUM1=draw(inner), NUM2=divisor)
    if kind == 7:
        return number_of(draw(inner), draw(st.sampled_from(LISTS)))
    opcode = draw(st.sampled_from(("operator_add", "operator_subtract", "operator_multiply")))
    return make(opcode, NUM1=draw(inner), NUM2=draw(inner))


@st.composite
def checks(draw: st.DrawFn, depth: int = 1) -> Block:
    """A condition."""
    kind = draw(st.integers(0, 5 if depth else 3))
    if kind <= 3:
        opcode = draw(st.sampled_from(("operator_lt", "operator_gt", "operator_equals")))
        return make(opcode, OPERAND1=draw(numbers(1)), OPERAND2=draw(numbers(1)))
    if kind == 4:
        return make("operator_not", OPERAND=draw(checks(depth - 1)))
    opcode = draw(st.sampled_from(("operator_and", "operator_or")))
    return make(opcode, OPERAND1=draw(checks(depth - 1)), OPERAND2=draw(checks(depth - 1)))


@st.composite
def steps(draw: st.DrawFn, depth: int = 2) -> Block:
    """A block that lanes can do."""
    kind = draw(st.integers(0, 8 if depth else 4))
    name = draw(st.sampled_from(NUMBERS[:2]))
    if kind <= 1:
        return make("data_setvariableto", VARIABLE=name, VALUE=draw(numbers()))
    if kind <= 3:
        return make("data_changevariableby", VARIABLE=name, VALUE=draw(numbers(1)))
    if kind == 4:
        return put(draw(st.integers(1, 3)), draw(numbers()), draw(st.sampled_from(("work", "kept"))))
    inside = draw(st.lists(steps(depth - 1), max_size=3))
    if kind == 5:
        return make("control_repeat", TIMES=draw(st.integers(0, 3)), SUBSTACK=inside)
    if kind == 6:
        return make("control_if", CONDITION=draw(checks()), SUBSTACK=inside)
    others = draw(st.lists(steps(depth - 1), max_size=3))
    return make("control_if_else", CONDITION=draw(checks()), SUBSTACK=inside, SUBSTACK2=others)


def refusal(made: Project) -> str:
    """Return why lanes do not take a file; empty when they do."""
    try:
        Lanes(made, MANIFEST)
    except SimulationError as refused:
        return str(refused)
    return ""


@settings(max_examples=EXAMPLES)
@given(st.lists(steps(), min_size=1, max_size=6), st.sets(st.integers(1, 3)), numbers())
def test_whatever_lanes_take_they_answer_alike(blocks: list[Block], new: set[int], place: Block) -> None:
    start = [make("data_deletealloflist", LIST="work"), append(1), append(2.5), append(get("sum"))]
    start += [put(each, INPUTS) for each in new]
    name = set_to("text", item(place, "names"))
    made = project(set_to("small", 1), set_to("text", get("count")), *start, *blocks, name)
    if reason := refusal(made):
        # products of products may leave every bound, and so may a place; what was not replaced is from before
        unbounded = ("beyond every bound", "beyond its ends", "in a list that differs")
        assert any(each in reason for each in unbounded) or ("list carries" in reason and len(new) < 3)
        return
    found = repr(answers(Lanes(made, MANIFEST)))
    assert found == repr(one_by_one(made))
    assert found == repr(in_a_row(made))


ODD_TIMES = make("control_repeat", TIMES=get("sum"), SUBSTACK=[append(1)])
REFUSED: dict[str, tuple[list[Block], str]] = {
    "turns that differ": ([ODD_TIMES, set_to("text", "a")], "how often it repeats"),
    "a list longer in one lane": (
        [make("control_if", CONDITION=POSITIVE, SUBSTACK=[append(1)]), set_to("text", "a")],
        "longer in one lane",
    ),
    "an insertion at places that differ": (
        [
            append(1),
            make("data_insertatlist", LIST="work", ITEM=2, INDEX=get("sum")),
            set_to("text", "a"),
        ],
        "a place in a list differs",
    ),
    "something kept from before": (
        [make("data_changevariableby", VARIABLE="small", VALUE=1), append(get("small")), set_to("text", "a")],
        "'small' carries something from one question to the next",
    ),
    "an item from before": (
        [put(1, 0), put(3, 0), append(item(2, "kept")), set_to("text", "a")],
        "a list carries something",
    ),
    "an item that is not always replaced": (
        [
            *(make("control_if", CONDITION=POSITIVE, SUBSTACK=[put(each, 0)]) for each in (1, 2, 3)),
            append(item(2, "kept")),
            set_to("text", "a"),
        ],
        "a list carries something",
    ),
    "an item of a list whose length changes": (
        [
            put(2, 0),
            append(item(2, "kept")),
            make("data_deleteoflist", LIST="kept", INDEX=1),
            set_to("text", "a"),
        ],
        "a list carries something",
    ),
    "a number among what is not": (
        [append(number_of(get("sum"), "mixed")), set_to("text", "a")],
        "looks for an item in a list that differs",
    ),
    "an answer not always set": (
        [append(1), make("control_if", CONDITION=POSITIVE, SUBSTACK=[set_to("text", "a")])],
        "'text' carries something",
    ),
    "a place beyond the end": (
        [append(item(get("count"), "numbers")), set_to("text", "a")],
        "beyond its ends",
    ),
    "text of what differs": (
        [append(1), set_to("text", make("operator_join", STRING1="a", STRING2=get("sum")))],
        "makes text of what differs",
    ),
    "a logarithm": (
        [append(make("operator_mathop", OPERATOR="ln", NUM=get("sum"))), set_to("text", "a")],
        "computes 'ln'",
    ),
    "a block that others see": ([make("looks_show"), append(1), set_to("text", "a")], "looks_show"),
    "a call of itself": ([call("outer"), append(1), set_to("text", "a")], "calls itself"),
}


@pytest.mark.parametrize(("blocks", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_lanes_cannot_do_is_said(blocks: list[Block], reason: str) -> None:
    with pytest.raises(SimulationError, match=reason):
        Lanes(project(*blocks), MANIFEST)


def test_two_scripts_that_answer_are_refused() -> None:
    made = project(append(1), others=(received("ask", set_to("text", "b")),))
    with pytest.raises(SimulationError, match="2 scripts receive the broadcast 'ask', not one"):
        Lanes(made, MANIFEST)
