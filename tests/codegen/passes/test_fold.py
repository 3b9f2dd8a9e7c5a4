"""Constants are computed as an engine computes them, and nothing else is."""

from __future__ import annotations

import math
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scratchgen.codegen.passes.fold import fold
from scratchgen.scratch.numbers import number_text
from scratchgen.scratch.printer import print_scripts
from scratchgen.scratch.program import (
    Block,
    Comment,
    Project,
    Reporter,
    Script,
    Shadow,
    Stack,
    Value,
)
from scratchgen.simulator import Simulator
from tests.codegen.passes.programs import EXAMPLES, MANIFEST, ODD, STAGE, program, projects, require_same
from tests.simulator.odd_values import odd_number
from tests.simulator.programs import define, make, one_sprite, when_flag_clicked

BINARY = ("add", "subtract", "multiply", "divide", "mod")
FUNCTIONS = ("abs", "floor", "ceiling")


@settings(max_examples=EXAMPLES)
@given(projects(), st.dictionaries(st.sampled_from(list(STAGE)), st.sampled_from(ODD)))
def test_folding_changes_nothing_that_is_seen(project: Project, start: dict[str, Value]) -> None:
    require_same(project, fold, start)


def odd_literal(random: Random) -> Value:
    """A finite number, typed in as a number or as text."""
    number = odd_number(random)
    while not math.isfinite(number):
        number = odd_number(random)
    return number if random.random() < 0.7 else number_text(number)


def operations(random: Random) -> Block:
    one, other = odd_literal(random), odd_literal(random)
    match random.randrange(3):
        case 0:
            return make("operator_round", NUM=one)
        case 1:
            return make("operator_mathop", OPERATOR=random.choice(FUNCTIONS), NUM=one)
    return make(f"operator_{random.choice(BINARY)}", NUM1=one, NUM2=other)


@pytest.mark.parametrize("seed", range(8))
def test_odd_numbers_give_what_the_simulator_gives(seed: int) -> None:
    random = Random(seed)
    blocks = [make("data_addtolist", LIST="found", ITEM=operations(random)) for _ in range(300)]
    project = one_sprite(when_flag_clicked(*blocks), lists={"found": ()})
    simulator = Simulator(project)
    simulator.click_flag()
    simulator.run()
    folded = [block.inputs["ITEM"] for block in fold(project, MANIFEST).sprites[1].scripts[0].blocks[1:]]
    for block, left, expected in zip(blocks, folded, simulator.list_items("found"), strict=True):
        assert isinstance(expected, float)
        may_stand = math.isfinite(expected) and not (expected == 0 and math.copysign(1, expected) < 0)
        if may_stand:
            assert isinstance(left, Shadow)
            assert repr(float(left.value)) == repr(expected), block
        else:
            assert left == block.inputs["ITEM"], block


def folded_text(scripts: str) -> str:
    """Return the scripts of the cat after the pass, as text."""
    return print_scripts(fold(program(scripts), MANIFEST).sprites[1].scripts).strip()


@pytest.mark.parametrize(
    ("expression", "becomes"),
    [
        ("((2) + ((3) * (4)))", "(14)"),
        ("((1) / (3))", "(0.3333333333333333)"),
        ("((red) * ((2) + (3)))", "((red) * (5))"),
        ("(round ((7) / (2)))", "(4)"),
        ("([floor v] of ((-7) / (2)))", "(-4)"),
        ("((-7) mod (3))", "(2)"),
        ("(item ((1) + (1)) of [table v])", "(item (2) of [table v])"),
        ("(join ((1) + (1)) [x])", "(join (2) [x])"),
    ],
)
def test_constants_become_the_same_kind_of_shadow(expression: str, becomes: str) -> None:
    found = folded_text(f"when flag clicked\nset [x v] to {expression}")
    assert found == f"when flag clicked\nset [x v] to {becomes}"


@pytest.mark.parametrize(
    "expression",
    [
        "((1) / (0))",  # infinite
        "((0) / (0))",
        "((0) * (-1))",  # −0
        "(round (-0.2))",
        "((red) + (0))",  # text becomes a number here
        "((red) * (1))",
        "((0) * (red))",
        "((1.50) + (1))",  # not as JavaScript writes it
        "([sqrt v] of (4))",
        "([sin v] of (0))",
        "(pick random (1) to (1))",
        "(item ((1) / (2)) of [table v])",  # no whole number
        "(join [1] [2])",
        "(letter ((0) - (1)) of [apple])",
    ],
)
def test_what_is_not_known_exactly_stays(expression: str) -> None:
    script = f"when flag clicked\nset [x v] to {expression}"
    assert folded_text(script) == script


BRANCHES = """\
define f //! warp
if <{condition}> then
  set [x v] to (1)
  change [x v] by (1)
else
  set [x v] to (2)
end

when flag clicked
f
"""


@pytest.mark.parametrize(
    ("condition", "taken"),
    [
        ("(2) > (1)", ["data_setvariableto", "data_changevariableby"]),
        ("(10) < (9)", ["data_setvariableto"]),
        ("(1) = [1]", ["data_setvariableto", "data_changevariableby"]),
        ("not <(2) > (1)>", ["data_setvariableto"]),
        ("<(1) < (2)> and <((1) + (1)) = (2)>", ["data_setvariableto", "data_changevariableby"]),
        ("<(1) > (2)> or <(2) > (3)>", ["data_setvariableto"]),
        ("(red) > (1)", ["control_if_else"]),
        ("[a] < [b]", ["control_if_else"]),
        ("<(1) < (2)> or <(red) > (1)>", ["control_if_else"]),
    ],
)
def test_the_branch_that_is_taken_replaces_the_question(condition: str, taken: list[str]) -> None:
    project = fold(program(BRANCHES.format(condition=condition)), MANIFEST)
    assert [block.opcode for block in project.sprites[1].scripts[0].blocks[1:]] == taken


def test_what_is_never_entered_goes() -> None:
    assert folded_text(
        "when flag clicked\n"
        "repeat (0)\nset [x v] to (1)\nend\n"
        "repeat ((1) - (3))\nset [x v] to (1)\nend\n"
        "repeat (0.5)\nset [x v] to (2)\nend\n"
        "if <(1) > (2)> then\nset [x v] to (3)\nend"
    ) == ("when flag clicked\nrepeat (0.5)\n  set [x v] to (2)\nend")


def test_scripts_that_wait_keep_their_branches() -> None:
    script = (
        "when flag clicked\nif <(1) < (2)> then\n  say [a] for (0.1) seconds\nend\n"
        "repeat (0)\n  set [x v] to (1)\nend"
    )
    assert folded_text(script) == script


def test_a_comment_goes_to_the_first_block_of_the_branch() -> None:
    script = (
        "when flag clicked\nif <(1) < (2)> then // always\n  set [x v] to (1) // one\nend\nsay [x] // last"
    )
    project = fold(program(script), MANIFEST)
    comments = [block.comment for block in project.sprites[1].scripts[0].blocks[1:]]
    assert [comment.text for comment in comments if comment] == ["always\none", "last"]


def test_calculations_with_a_comment_and_loose_blocks_stay() -> None:
    inner = make("operator_add", NUM1=1, NUM2=2)
    explained = replace(inner, comment=Comment(text="as everybody knows"))
    scripts = [
        define("f", make("data_setvariableto", VARIABLE="x", VALUE=value), warp=True)
        for value in (inner, explained)
    ]
    loose = Script(blocks=scripts[0].blocks[1:])
    project, *others = (one_sprite(script, variables={"x": 0}) for script in (*scripts, loose))
    assert fold(project, MANIFEST) != project
    assert [fold(other, MANIFEST) for other in others] == others


def test_nothing_is_left_out_of_mouths() -> None:
    project = fold(program("when flag clicked\nrepeat (2)\nchange [x v] by ((1) + (1))\nend"), MANIFEST)
    [loop] = project.sprites[1].scripts[0].blocks[1:]
    mouth = loop.inputs["SUBSTACK"]
    assert isinstance(mouth, Stack)
    assert not any(isinstance(slot, Reporter) for block in mouth.blocks for slot in block.inputs.values())
