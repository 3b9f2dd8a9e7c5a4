"""All passes after one another: random programs, the official engine's too, do the same with less."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scratchgen.codegen.costs import cost_table
from scratchgen.codegen.counting import executed_by
from scratchgen.codegen.passes import PASSES, optimise
from scratchgen.engines.official import OfficialEngine
from scratchgen.scratch.program import Block, Project, Value, all_blocks
from scratchgen.scratch.writer import project_to_bytes
from tests.codegen.passes.programs import (
    EXAMPLES,
    MANIFEST,
    ODD,
    STAGE,
    number_of_blocks,
    outcome,
    program,
    projects,
    require_same,
)
from tests.simulator.programs import call, define, get, make, sprite, stage_and, when_flag_clicked
from tests.simulator.random_programs import random_program

starts = st.dictionaries(st.sampled_from(list(STAGE)), st.sampled_from(ODD))


@settings(max_examples=EXAMPLES)
@given(projects(), starts)
def test_all_passes_together_change_nothing_that_is_seen(project: Project, start: dict[str, Value]) -> None:
    require_same(project, optimise, start)


@pytest.mark.parametrize("number", range(12))
def test_programs_full_of_waits_stops_and_clones_run_as_before(number: int) -> None:
    project = random_program(number)
    changed = optimise(project, MANIFEST)
    assert changed != project
    says, left = outcome(project)
    says_after, left_after = outcome(changed)
    assert says_after == says
    assert {name: left[name] for name in left_after} == left_after


STRAIGHT = """\
when I receive [ask v]
answer

define answer //! warp
set [z v] to (((red) * (3)) + ((red) * (((2) + (2)) * (1.5))))
set [x v] to (((red) * (-7)) + (((red) * (11)) - ((red) / (8))))
change [x v] by (((red) mod (5)) + ((red) * (13)))
if <(1) > (2)> then
  set [x v] to [never]
end
finish

define finish //! warp
set [y v] to (z)
add (x) to [logits v]
set [name v] to (join (x) [!])
"""


@pytest.mark.engine
def test_the_official_engine_answers_alike_before_and_after(official_engine: OfficialEngine) -> None:
    project = program(STRAIGHT)
    changed = optimise(project, MANIFEST)
    assert number_of_blocks(changed) < number_of_blocks(project)
    answers = []
    for each in (project, changed):
        official_engine.load(project_to_bytes(each))
        rows = [(0,), (128,), (255,), ("12",), ("text",), (-0.1,)]
        answers.append(official_engine.ask(MANIFEST, rows))  # type: ignore[arg-type]
    assert answers[0] == answers[1]


def test_every_pass_leaves_what_is_finished_alone() -> None:
    finished = optimise(program(STRAIGHT), MANIFEST)
    for each in PASSES:
        assert each(finished, MANIFEST) == finished


def test_the_whole_takes_less_time_by_the_cost_table() -> None:
    times = []
    for project in (program(STRAIGHT), optimise(program(STRAIGHT), MANIFEST)):
        cat = project.sprites[1]
        times.append(cost_table("scratch").time(executed_by(cat.scripts[0].blocks[1:], cat, {})))
    assert times[1] < 0.75 * times[0]


def test_scripts_under_hats_keep_their_calls() -> None:
    changed = optimise(program(STRAIGHT), MANIFEST)
    hat, *rest = changed.sprites[1].scripts[0].blocks
    assert (hat.opcode, [block.call for block in rest]) == ("event_whenbroadcastreceived", ["answer"])


def test_ten_thousand_blocks_take_seconds() -> None:
    def deep(number: int) -> Block:
        total: Block = get("red")
        for place in range(60):
            total = make(
                "operator_add",
                NUM1=total,
                NUM2=make("operator_multiply", NUM1=get("red"), NUM2=place % number),
            )
        return total

    sets = [make("data_setvariableto", VARIABLE="x", VALUE=deep(2 + place % 20)) for place in range(60)]
    project = stage_and(
        sprite("Cat", when_flag_clicked(call("long")), define("long", *sets, warp=True), variables={"x": 0}),
        variables={"red": 1},
    )
    assert number_of_blocks(project) > 10_000
    start = time.process_time()
    changed = optimise(project, replace(MANIFEST, answer="x"))
    assert time.process_time() - start < 10
    assert number_of_blocks(changed) < number_of_blocks(project) / 2
    assert any(block.fields.get("VARIABLE") for block in all_blocks(changed.sprites[1].scripts[1].blocks))
    assert outcome(changed)[1]["Cat: x"] == outcome(project)[1]["Cat: x"]
