"""Programs for the passes: random ones with everything that a pass looks at, and what is left of a run.

The scripts of a flag and of a message run side by side, so that a pass which makes others wait longer, or
lets them in, is found out; what is drawn at random differs when one draw is left out.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

from hypothesis import strategies as st

from scratchgen.scratch.linter import check_bytes
from scratchgen.scratch.manifest import Manifest, ManifestInput
from scratchgen.scratch.parser import parse_project
from scratchgen.scratch.program import Block, Project, Sprite, Value, all_blocks
from scratchgen.scratch.writer import project_to_bytes
from scratchgen.simulator import Simulator
from tests.simulator.programs import (
    Argument,
    broadcast,
    call,
    define,
    get,
    item,
    make,
    parameter,
    received,
    sprite,
    stage_and,
    when_flag_clicked,
)

__all__ = ["EXAMPLES", "MANIFEST", "number_of_blocks", "outcome", "program", "projects", "require_same"]

FULL = os.environ.get("SCRATCHGEN_EXACT") == "full"
EXAMPLES = 3000 if FULL else 40

MANIFEST = Manifest(
    kind="colours",
    sprite="Cat",
    inputs=(ManifestInput(variable="red", low=0, high=255),),
    broadcast="ask",
    logits="logits",
    answer="name",
    names=("a", "b"),
    language="en",
    style="fast",
    weights_sha256="0" * 64,
)

HEADER = """\
//! stage
//! variable [red v] = (128)
//! variable [green v] = (7)
//! variable [name v] = []
//! list [logits v] =
//! list [table v] = (3) (1) (4)
//! broadcast [ask v]
//! sprite [Cat]
//! costume [c] from [c.svg]
//! variable [x v] = (0)
//! variable [y v] = (5)
//! variable [z v] = (0)
//! list [own v] = (1) (2)

"""


def program(scripts: str) -> Project:
    """Return a project of a stage and a cat with these scripts."""
    return parse_project(HEADER + scripts, assets=lambda name: b"<svg xmlns='http://www.w3.org/2000/svg'/>")


def number_of_blocks(project: Project) -> int:
    """Return how many blocks a project has, those in slots included."""
    return sum(len(all_blocks(script.blocks)) for each in project.sprites for script in each.scripts)


# -- random programs

STAGE: dict[str, Value] = {"red": 128, "green": "7", "odd": 0.1}
OWN: dict[str, Value] = {"x": 1, "y": "text", "written": 0, "copied": 2}
STAGE_LISTS = {"table": (3, "1", "any", 2.5, -4), "shown": ()}
OWN_LISTS = {"mine": (1, "2", "three"), "filled": ()}
LITERALS: tuple[Value, ...] = (
    0, 1, 2, 3, -1, 7, 0.5, -2.25, -0.0, 1e-7, 2**30, 1e300, "", "4", "0.5", "1.0", "-0", "abc",
    "any", "last",
)  # fmt: skip
ODD: tuple[Value, ...] = (0.0, -0.0, 3.0, 1e308, float("inf"), float("nan"), "12", "no", "any", False)
MOST_TURNS = 4


@st.composite
def reporters(draw: st.DrawFn, variables: tuple[str, ...], parameters: tuple[str, ...], depth: int) -> Any:
    """A value: typed in, read, drawn at random, or computed of others."""
    inner = reporters(variables, parameters, depth - 1)
    kind = draw(st.integers(0, 15 if depth else 3))
    if kind <= 1:
        return draw(st.sampled_from(LITERALS))
    if kind == 2 and parameters:
        return parameter(draw(st.sampled_from(parameters)))
    if kind <= 3:
        return get(draw(st.sampled_from(variables)))
    if kind <= 8:
        opcode = draw(st.sampled_from(("add", "subtract", "multiply", "divide", "mod")))
        return make(f"operator_{opcode}", NUM1=draw(inner), NUM2=draw(inner))
    if kind == 9:
        return make("operator_round", NUM=draw(inner))
    if kind == 10:
        name = draw(st.sampled_from(("abs", "floor", "ceiling", "sqrt", "sin")))
        return make("operator_mathop", OPERATOR=name, NUM=draw(inner))
    if kind <= 12:
        return item(draw(inner), draw(st.sampled_from(("table", "mine"))))
    if kind == 13:
        return make("operator_random", FROM=draw(inner), TO=draw(inner))
    if kind == 14:
        return make("data_lengthoflist", LIST=draw(st.sampled_from(("table", "mine", "shown"))))
    return draw(conditions(inner, depth - 1))


@st.composite
def conditions(draw: st.DrawFn, value: st.SearchStrategy[Any], depth: int = 1) -> Block:
    """A condition; many of them are known beforehand."""
    kind = draw(st.integers(0, 5 if depth > 0 else 3))
    if kind <= 3:
        opcode = draw(st.sampled_from(("operator_lt", "operator_gt", "operator_equals")))
        simple = st.sampled_from(LITERALS)
        one, other = draw(simple | value), draw(simple | value)
        return make(opcode, OPERAND1=one, OPERAND2=other)
    one = draw(conditions(value, depth - 1))
    if kind == 4:
        return make("operator_not", OPERAND=one)
    opcode = draw(st.sampled_from(("operator_and", "operator_or")))
    return make(opcode, OPERAND1=one, OPERAND2=draw(conditions(value, depth - 1)))


@st.composite
def statements(
    draw: st.DrawFn, value: st.SearchStrategy[Any], codes: tuple[str, ...], depth: int, *, waits: bool = False
) -> Block:
    """A block that writes, says or calls, or a loop or branch of such."""
    kind = draw(st.integers(0, 17 if depth else 11))
    if kind <= 3:
        name = draw(st.sampled_from((*STAGE, *OWN, "written")))
        return make("data_setvariableto", VARIABLE=name, VALUE=draw(value))
    if kind <= 5:
        name = draw(st.sampled_from((*STAGE, *OWN)))
        return make("data_changevariableby", VARIABLE=name, VALUE=draw(value))
    if kind <= 8:
        return _change_list(draw, draw(st.sampled_from(("table", "shown", "mine", "filled"))), value)
    if kind == 9:
        return make("looks_say", MESSAGE=draw(value))
    if kind == 10 and waits:
        wait = draw(st.booleans())
        return make("looks_sayforsecs", MESSAGE="…", SECS=0.1) if wait else make("control_wait", DURATION=0.1)
    if kind <= 11:
        return (
            _call(draw(st.sampled_from(codes)), draw(value))
            if codes
            else make("looks_think", MESSAGE=draw(value))
        )
    if kind <= 13:
        # calls in loops of what calls in loops would not come to an end
        turn = draw(st.lists(statements(value, (), depth - 1, waits=waits), max_size=3))
        bounded = value.map(lambda number: make("operator_mod", NUM1=number, NUM2=MOST_TURNS))
        few: st.SearchStrategy[Any] = st.sampled_from((0, -1, "0", 0.4, 0.5, 1, 3))
        return make("control_repeat", TIMES=draw(few | bounded), SUBSTACK=turn)
    inside = draw(st.lists(statements(value, codes, depth - 1, waits=waits), max_size=3))
    condition = draw(conditions(value))
    if kind <= 15:
        return make("control_if", CONDITION=condition, SUBSTACK=inside)
    otherwise = draw(st.lists(statements(value, codes, depth - 1, waits=waits), max_size=2))
    return make("control_if_else", CONDITION=condition, SUBSTACK=inside, SUBSTACK2=otherwise)


def _call(code: str, argument: Argument) -> Block:
    return call("with %s", argument) if code == "with" else call(code)


def _change_list(draw: st.DrawFn, name: str, value: st.SearchStrategy[Any]) -> Block:
    opcode = draw(st.sampled_from(("addtolist", "insertatlist", "replaceitemoflist", "deleteoflist")))
    arguments: dict[str, Argument] = {"LIST": name}
    if opcode != "addtolist":
        arguments["INDEX"] = draw(value)
    if opcode != "deleteoflist":
        arguments["ITEM"] = draw(value)
    return make(f"data_{opcode}", **arguments)


@st.composite
def projects(draw: st.DrawFn) -> Project:
    """A project whose flag and whose message call custom blocks, with screen refresh and without."""
    variables = tuple(draw(st.sets(st.sampled_from((*STAGE, "x", "y", "copied")), min_size=2)))
    variables = tuple(sorted(variables))
    pool = draw(st.lists(reporters(variables, (), 3), min_size=2, max_size=4))
    # few expressions, each of them often, so that there is something to share
    value = st.sampled_from(pool) | st.sampled_from(pool) | reporters(variables, (), 2)
    inside = st.sampled_from(pool) | reporters(variables, ("n",), 2)

    def body(
        strategy: st.SearchStrategy[Any], *codes: str, most: int = 5, waits: bool = False
    ) -> list[Block]:
        return draw(st.lists(statements(strategy, codes, 2, waits=waits), min_size=1, max_size=most))

    flag = [call("outer"), *body(value, "slow", waits=True), call("outer")]
    return stage_and(
        sprite(
            "Cat",
            when_flag_clicked(broadcast("ask"), *flag),
            received("ask", *body(value, "outer", waits=True)),
            define("outer", *body(value, most=8), call("first"), *body(inside, "with"), warp=True),
            define("first", *body(value, most=8), call("second"), *body(inside, "never"), warp=True),
            define("second", *body(inside, "third"), warp=True),
            define("third", *body(value, waits=draw(st.booleans())), warp=True),
            define("slow", *body(value, "with"), warp=draw(st.booleans())),
            define("with %s", *body(inside), parameters=("n",), warp=True),
            define("never", *body(value), warp=True),
            variables=OWN,
            lists=OWN_LISTS,
        ),
        variables=STAGE,
        lists=STAGE_LISTS,
        broadcasts=["ask"],
    )


# -- what is left of a run

Outcome = tuple[list[str], dict[str, str]]


def outcome(project: Project, start: Iterable[tuple[str, Value]] = ()) -> Outcome:
    """Click the flag twice, the second time from other values of the stage; return what is said and left."""
    simulator = Simulator(project, seed=7, fast=False)
    for values in ((), tuple(start)):
        for name, value in values:
            simulator.set_variable(name, value)
        simulator.click_flag()
        simulator.run(seconds=1)
    left: dict[str, str] = {}
    for each in project.sprites:
        owner = None if each.is_stage else each.name
        # `repr` tells −0 from 0, and text from numbers
        for variable in each.variables:
            left[f"{each.name}: {variable.name}"] = repr(simulator.variable(variable.name, owner))
        for listed in each.lists:
            left[f"{each.name}: {listed.name} (list)"] = repr(simulator.list_items(listed.name, owner))
    return [repr(say) for say in simulator.says], left


def require_same(
    project: Project, change: Callable[[Project, Manifest], Project], start: dict[str, Value]
) -> Project:
    """Run a project before and after a pass, compare what both have, and return the changed one."""
    changed = change(project, MANIFEST)
    says, left = outcome(project, start.items())
    says_after, left_after = outcome(changed, start.items())
    assert says_after == says
    new = {name for name in left_after if name not in left}
    assert all(name.startswith("Cat: shared ") for name in new)
    assert {name: value for name, value in left_after.items() if name not in new} == {
        name: left[name] for name in left_after if name not in new
    }
    assert [each for each in check_bytes(project_to_bytes(changed)) if each.severity == "error"] == []
    assert changed.stage.variables == project.stage.variables
    assert _hats(changed) == _hats(project)
    return changed


def _hats(project: Project) -> list[str]:
    return [
        script.blocks[0].opcode
        for each in project.sprites
        for script in each.scripts
        if script.blocks[0].procedure is None
    ]


def cat(project: Project) -> Sprite:
    """Return the sprite with the scripts."""
    return project.sprites[1]
