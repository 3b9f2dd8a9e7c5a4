"""The fast path against the slow one: whatever is compiled, every value stays the same to the bit."""

from __future__ import annotations

import os
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from scratchgen.scratch.program import Block, Project, Value
from scratchgen.simulator import Simulator
from tests.simulator.programs import (
    call,
    define,
    get,
    item,
    make,
    one_sprite,
    parameter,
    when_flag_clicked,
)

FULL = os.environ.get("SCRATCHGEN_EXACT") == "full"
EXAMPLES = 5000 if FULL else 250

VARIABLES = ("count", "sum", "text", "small")
LISTS = ("numbers", "mixed", "work")
CONSTANT_LIST = "numbers"
VALUES: tuple[Value, ...] = (0, 1, 2, 3, -1, 7, 0.5, -2.25, 1e-7, 2**30, 1e300, "", "4", "abc", "last", True)
ODD: tuple[Value, ...] = (0.0, -0.0, 3.0, -5.0, 1e9, 1e308, float("inf"), float("nan"), "12", "no", False)

values = st.sampled_from(VALUES)
variables = st.sampled_from(VARIABLES)
lists = st.sampled_from(LISTS)


@st.composite
def reporters(draw: st.DrawFn, depth: int = 2, parameters: bool = False) -> Any:
    """A value: typed in, of a variable, or computed."""
    kind = draw(st.integers(0, 13 if depth else 2))
    inner = reporters(depth - 1, parameters)
    if kind == 0:
        return draw(values)
    if kind == 1 and parameters:
        return parameter(draw(st.sampled_from(("n", "m"))))
    if kind <= 3:
        return get(draw(variables))
    if kind <= 6:
        opcode = draw(st.sampled_from(("add", "subtract", "multiply", "multiply", "divide", "mod")))
        return make(f"operator_{opcode}", NUM1=draw(inner), NUM2=draw(inner))
    if kind == 7:
        return make("operator_round", NUM=draw(inner))
    if kind == 8:
        name = draw(st.sampled_from(("abs", "floor", "ceiling", "sqrt", "e ^", "ln", "sin")))
        return make("operator_mathop", OPERATOR=name, NUM=draw(inner))
    if kind <= 10:
        return item(draw(inner), draw(lists))
    if kind == 11:
        return make("data_lengthoflist", LIST=draw(lists))
    if kind == 12:
        # a text joined with itself in a loop would outgrow the memory
        return make("operator_join", STRING1=draw(inner), STRING2=draw(st.sampled_from(("", "1", "e3"))))
    return draw(conditions(depth - 1, parameters))


@st.composite
def conditions(draw: st.DrawFn, depth: int = 1, parameters: bool = False) -> Block:
    """A condition."""
    inner = reporters(max(depth, 0), parameters)
    kind = draw(st.integers(0, 6 if depth > 0 else 4))
    if kind <= 4:
        opcode = draw(st.sampled_from(("operator_lt", "operator_gt", "operator_equals")))
        return make(opcode, OPERAND1=draw(inner), OPERAND2=draw(inner))
    if kind == 5:
        return make("operator_not", OPERAND=draw(conditions(depth - 1, parameters)))
    opcode = draw(st.sampled_from(("operator_and", "operator_or")))
    one, other = draw(conditions(depth - 1, parameters)), draw(conditions(depth - 1, parameters))
    return make(opcode, OPERAND1=one, OPERAND2=other)


@st.composite
def statements(draw: st.DrawFn, depth: int = 2, parameters: bool = False) -> Block:
    """A block that changes something, or a loop or branch of such."""
    kind = draw(st.integers(0, 11 if depth else 6))
    value = reporters(2, parameters)
    if kind <= 1:
        return make("data_setvariableto", VARIABLE=draw(variables), VALUE=draw(value))
    if kind <= 3:
        return make("data_changevariableby", VARIABLE=draw(variables), VALUE=draw(value))
    if kind <= 6:
        changed = draw(st.sampled_from([name for name in LISTS if name != CONSTANT_LIST]))
        opcode = draw(st.sampled_from(("add", "insertat", "replaceitemof", "delete", "clear")))
        match opcode:
            case "add":
                return make("data_addtolist", LIST=changed, ITEM=draw(value))
            case "delete":
                return make("data_deleteoflist", LIST=changed, INDEX=draw(value))
            case "clear":
                return make("data_deletealloflist", LIST=changed)
        return make(f"data_{opcode}list", LIST=changed, INDEX=draw(value), ITEM=draw(value))
    inside = draw(st.lists(statements(depth - 1, parameters), max_size=4))
    if kind <= 9:
        # large numbers would take for ever on either side
        bounded = value.map(lambda number: make("operator_mod", NUM1=number, NUM2=5))
        times = draw(st.one_of(st.integers(0, 4), bounded))
        return make("control_repeat", TIMES=times, SUBSTACK=inside)
    condition = draw(conditions(1, parameters))
    if kind == 10:
        return make("control_if", CONDITION=condition, SUBSTACK=inside)
    otherwise = draw(st.lists(statements(depth - 1, parameters), max_size=3))
    return make("control_if_else", CONDITION=condition, SUBSTACK=inside, SUBSTACK2=otherwise)


def counting(inside: list[Block]) -> list[Block]:
    """The usual loop over a list, whose index the analysis can bound."""
    turn = [
        make("data_changevariableby", VARIABLE="count", VALUE=1),
        make(
            "data_changevariableby",
            VARIABLE="sum",
            VALUE=make("operator_multiply", NUM1=item(get("count"), CONSTANT_LIST), NUM2=get("small")),
        ),
        *inside,
    ]
    length = make("data_lengthoflist", LIST=CONSTANT_LIST)
    return [
        make("data_setvariableto", VARIABLE="count", VALUE=0),
        make("control_repeat", TIMES=length, SUBSTACK=turn),
    ]


@st.composite
def projects(draw: st.DrawFn) -> Project:
    """A project whose flag calls custom blocks without screen refresh."""
    body = draw(st.lists(statements(), min_size=1, max_size=5))
    inner = draw(st.lists(statements(1, parameters=True), min_size=1, max_size=4))
    calls = [
        call("inner %s %s", draw(reporters()), draw(reporters())) for _ in range(draw(st.integers(0, 2)))
    ]
    counted = counting(draw(st.lists(statements(1), max_size=3)))
    return one_sprite(
        when_flag_clicked(
            call("outer"), *draw(st.lists(statements(), max_size=2)), call("inner %s %s", 2, "3")
        ),
        define("outer", *body, *calls, *counted, warp=True),
        define("inner %s %s", *inner, parameters=("n", "m"), warp=True),
        variables={"count": 0, "sum": 1, "text": "abc", "small": 0.125},
        lists={"numbers": (3, -1.5, 4, 1, -5, 0), "mixed": (1, "two", True, "4"), "work": ()},
    )


def outcome(project: Project, start: dict[str, Value], *, fast: bool) -> list[str]:
    """Click the flag twice, from the project's own values and from others; return all that is left."""
    simulator = Simulator(project, fast=fast)
    found = []
    for values in ({}, start):
        for name, value in values.items():
            simulator.set_variable(name, value, "Cat")
        simulator.click_flag()
        simulator.run(seconds=2)
        # `repr` tells −0 from 0, text from numbers, and a float from an integer that slipped out
        left = [simulator.variable(name, "Cat") for name in VARIABLES]
        items = [simulator.list_items(name, "Cat") for name in LISTS]
        found.append(repr((left, items)))
    return found


@settings(max_examples=EXAMPLES)
@given(projects(), st.dictionaries(variables, st.sampled_from(ODD)))
def test_the_fast_path_changes_no_value(project: Project, start: dict[str, Value]) -> None:
    assert outcome(project, start, fast=True) == outcome(project, start, fast=False)


def test_looks_at_the_stopwatch_are_counted_alike() -> None:
    """A loop too long for one go must let others run at the same turn."""
    for times in (100, 63_999, 64_000, 64_001, 64_002, 70_000, 130_000):
        block = define(
            "long",
            make("control_repeat", TIMES=times, SUBSTACK=[change("count", 1)]),
            make("control_repeat", TIMES=10, SUBSTACK=[change("count", 1)]),
            warp=True,
        )
        scripts = (when_flag_clicked(call("long"), call("long")), when_flag_clicked(watch()))
        project = one_sprite(*scripts, block, variables={"count": 0}, lists={"seen": ()})
        seen = []
        for fast in (True, False):
            simulator = Simulator(project, fast=fast)
            simulator.click_flag()
            simulator.run(seconds=1)
            seen.append((simulator.list_items("seen", "Cat"), simulator.variable("count", "Cat")))
        assert seen[0] == seen[1], times


def change(name: str, value: Value) -> Block:
    return make("data_changevariableby", VARIABLE=name, VALUE=value)


def watch() -> Block:
    """Write down the counter at each of some turns."""
    return make("control_repeat", TIMES=5, SUBSTACK=[make("data_addtolist", LIST="seen", ITEM=get("count"))])


def test_the_usual_loops_are_compiled() -> None:
    project = one_sprite(
        when_flag_clicked(call("outer")),
        define("outer", *counting([]), warp=True),
        variables={"count": 0, "sum": 1, "small": 0.125},
        lists={"numbers": (3, -1.5, 4)},
    )
    code = Simulator(project)._machine.targets[1].code.source
    assert "def fast_1(thread):" in code
    assert "v0 = (v0 + 1)" in code
    assert "shared_list_0[v0 - 1]" in code


def test_a_list_that_was_edited_from_outside_is_read_anew() -> None:
    project = one_sprite(
        when_flag_clicked(call("outer")),
        define("outer", *counting([]), warp=True),
        variables={"count": 0, "sum": 1, "small": 0.125},
        lists={"numbers": (3, -1.5, 4)},
    )
    simulator = Simulator(project)
    simulator.set_list("numbers", ["1", 2], "Cat")
    simulator.click_flag()
    simulator.run()
    assert simulator.variable("sum", "Cat") == 1 + 0.125 * 3
