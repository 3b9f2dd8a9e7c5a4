"""What is computed several times is kept where that pays by the cost table, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scratchgen.codegen.costs import CostTable
from scratchgen.codegen.counting import executed_by
from scratchgen.codegen.passes.share import share
from scratchgen.scratch.printer import print_scripts
from scratchgen.scratch.program import Comment, Project, Reference, Value, all_blocks
from tests.codegen.passes.programs import EXAMPLES, MANIFEST, ODD, STAGE, program, projects, require_same
from tests.simulator.programs import define, get, make, sprite, stage_and

COSTS = CostTable(
    engine="scratch",
    nanoseconds={
        "operator_add": 18.0,
        "operator_mod": 21.0,
        "operator_divide": 19.0,
        "data_variable": 38.0,
        "data_variable@stage": 61.0,
        "argument_reporter_string_number": 17.0,
        "data_itemoflist": 42.0,
        "data_itemoflist@stage": 63.0,
        "data_lengthoflist": 36.0,
        "data_lengthoflist@stage": 57.0,
        "data_setvariableto": 76.0,
        "data_setvariableto@stage": 98.0,
    },
)
"""Costs that stay as they are, whatever is measured next."""


@pytest.fixture(autouse=True, scope="module")
def _fixed_costs() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        # by its name: the package's own `share` is the function
        patch.setattr(import_module("scratchgen.codegen.passes.share"), "cost_table", lambda engine: COSTS)
        yield


READ, KEEP = COSTS.of("data_variable"), COSTS.of("data_setvariableto")


@settings(max_examples=EXAMPLES)
@given(projects(), st.dictionaries(st.sampled_from(list(STAGE)), st.sampled_from(ODD)))
def test_sharing_changes_nothing_that_is_seen(project: Project, start: dict[str, Value]) -> None:
    changed = require_same(project, share, start)
    for script, before in zip(changed.sprites[1].scripts, project.sprites[1].scripts, strict=True):
        procedure = script.blocks[0].procedure
        if procedure is None or not procedure.warp:
            assert script == before


def shared_text(body: str) -> str:
    """Return the text of a custom block without screen refresh after the pass."""
    project = share(program(f"define f (n) //! warp\n{body}"), MANIFEST)
    return print_scripts(project.sprites[1].scripts).strip().partition("\n")[2]


@pytest.mark.parametrize("times", range(2, 12))
def test_a_variable_of_the_stage_is_copied_from_the_sixth_time_on(times: int) -> None:
    sets = [f"set [x v] to ((red) + ({place}))" for place in range(times)]
    pays = times * COSTS.of("data_variable@stage") > KEEP + COSTS.of("data_variable@stage") + times * READ
    assert pays == (times >= 6)
    copied = ["set [shared 1 v] to (red)"] + [each.replace("red", "shared 1") for each in sets]
    assert shared_text("\n".join(sets)).splitlines() == (copied if pays else sets)


@pytest.mark.parametrize("times", [2, 50])
def test_what_is_read_as_quickly_as_its_copy_stays(times: int) -> None:
    body = "\n".join(f"add ((x) + ((n) * ({place}))) to [own v]" for place in range(times))
    assert shared_text(body) == body


def test_the_largest_expression_is_kept_and_smaller_ones_inside_it_where_they_pay() -> None:
    square = "((red) * ((red) + (green)))"
    body = "\n".join(f"add ({square} / ({place})) to [own v]" for place in range(2, 6))
    assert shared_text(body).splitlines() == [
        f"set [shared 1 v] to {square}",
        *(f"add ((shared 1) / ({place})) to [own v]" for place in range(2, 6)),
    ]
    more = "\n".join(f"add ((red) mod ({place})) to [own v]" for place in range(2, 9))
    assert shared_text(f"{body}\n{more}").splitlines() == [
        "set [shared 1 v] to (red)",
        "set [shared 2 v] to ((shared 1) * ((shared 1) + (green)))",
        *(f"add ((shared 2) / ({place})) to [own v]" for place in range(2, 6)),
        *(f"add ((shared 1) mod ({place})) to [own v]" for place in range(2, 9)),
    ]


SUM = "(((red) + (green)) * ((red) - (green)))"
TWICE = [f"add {SUM} to [own v]"] * 2
KEPT = [f"set [shared 1 v] to {SUM}"]


def test_what_larger_expressions_have_taken_over_is_given_up() -> None:
    first = "(((red) + (green)) * ((x) + ((y) + (n))))"
    second = "(((red) + (green)) * ((y) + ((x) - (n))))"
    # the sum would gain most at first, but then is needed twice only
    lines = [f"add {each} to [own v]" for each in (first, first, second, second)]
    assert shared_text("\n".join(lines)).splitlines() == [
        f"set [shared 1 v] to {first}",
        *["add (shared 1) to [own v]"] * 2,
        f"set [shared 2 v] to {second}",
        *["add (shared 2) to [own v]"] * 2,
    ]


def test_a_calculation_with_a_comment_stays() -> None:
    value = make("operator_multiply", NUM1=get("red"), NUM2=get("green"))
    explained = replace(value, comment=Comment(text="an area"))
    for each, is_kept in ((value, True), (explained, False)):
        adds = [make("data_addtolist", LIST="own", ITEM=each)] * 3
        cat = sprite("Cat", define("f", *adds, warp=True), lists={"own": ()})
        project = stage_and(cat, variables={"red": 0, "green": 0})
        assert (share(project, MANIFEST) != project) == is_kept


def test_the_stage_may_name_its_own_variables_in_two_ways() -> None:
    value = make("operator_multiply", NUM1=get("red"), NUM2=make("operator_add", NUM1=get("red"), NUM2=2))
    cube = make("operator_multiply", NUM1=value, NUM2=make("operator_multiply", NUM1=value, NUM2=value))
    read = make("data_addtolist", LIST="own", ITEM=cube)
    write = make("data_setvariableto", VARIABLE="red", VALUE=3)
    other = replace(write, fields={"VARIABLE": Reference(name="red", scope="stage")})
    left = []
    for each in (write, other):
        script = define("f", read, each, read, warp=True)
        left.append(share(stage_and(scripts=[script], variables={"red": 1}, lists={"own": ()}), MANIFEST))
    blocks = [project.stage.scripts[0].blocks for project in left]
    # kept once before the variable is written, and once more after
    assert [block.opcode for block in blocks[1]].count("data_setvariableto") == 3
    assert [each[:3] + each[4:] for each in blocks[:1]] == [each[:3] + each[4:] for each in blocks[1:]]


def test_arguments_of_a_call_and_the_first_condition_belong_to_the_stretch() -> None:
    assert shared_text(f"set [x v] to {SUM}\nf {SUM}\nset [x v] to {SUM}").splitlines() == [
        *KEPT,
        "set [x v] to (shared 1)",
        "f (shared 1)",
        f"set [x v] to {SUM}",
    ]
    assert shared_text(
        f"set [x v] to {SUM}\nif <{SUM} > (1)> then\nset [y v] to {SUM}\nend"
    ).splitlines() == [
        *KEPT,
        "set [x v] to (shared 1)",
        "if <(shared 1) > (1)> then",
        f"  set [y v] to {SUM}",
        "end",
    ]


def test_mouths_have_stretches_of_their_own_which_use_the_variables_again() -> None:
    turn = ["repeat (2)", *(f"  {line}" for line in TWICE), "end"]
    expected = ["repeat (2)", f"  {KEPT[0]}", *["  add (shared 1) to [own v]"] * 2, "end"]
    assert shared_text("\n".join([*turn, *TWICE])).splitlines() == [
        *expected,
        *KEPT,
        *["add (shared 1) to [own v]"] * 2,
    ]


@pytest.mark.parametrize(
    "between",
    [
        "set [red v] to (1)",
        "change [green v] by (1)",
        "f (1)",
        "repeat (1)\nend",
        "if <(x) = (1)> then\n  set [red v] to (2)\nend",
        "wait (0) seconds",
        f"repeat until <{SUM} > (999)>\n  change [red v] by (1)\nend",
        "broadcast (ask v)",
    ],
)
def test_what_may_have_been_written_in_between_is_computed_again(between: str) -> None:
    body = f"{TWICE[0]}\n{between}\n{TWICE[0]}"
    assert shared_text(body) == body


def test_what_something_else_was_written_in_between_is_kept() -> None:
    body = f"{TWICE[0]}\nset [x v] to (1)\nadd (1) to [table v]\nsay (x)\n{TWICE[0]}"
    assert "shared 1" in shared_text(body)


@pytest.mark.parametrize(
    "value",
    [
        "(pick random (1) to (6))",
        "(item [any] of [table v])",
        "(item (x) of [table v])",  # the variable may hold the word “any”
        "(item (n) of [table v])",
        "((timer) * (x))",
    ],
)
def test_what_may_differ_each_time_is_not_kept(value: str) -> None:
    body = "\n".join(f"add ({value} * ({place})) to [own v]" for place in range(9))
    assert f"({value} * (8))" in shared_text(body)
    assert f"set [shared 1 v] to {value}" not in shared_text(body)


def test_dice_are_cast_again_though_one_object_stands_at_several_places() -> None:
    value = make("operator_multiply", NUM1=make("operator_random", FROM=1, TO=6), NUM2=get("red"))
    for _ in range(3):
        value = make("operator_add", NUM1=value, NUM2=value)
    cat = sprite(
        "Cat", define("f", make("data_addtolist", LIST="own", ITEM=value), warp=True), lists={"own": ()}
    )
    changed = share(stage_and(cat, variables={"red": 2}), MANIFEST)
    opcodes = [block.opcode for block in all_blocks(changed.sprites[1].scripts[0].blocks)]
    assert opcodes.count("operator_random") == opcodes.count("operator_multiply") == 8


def test_items_with_a_certain_place_and_lists_of_the_stage_are_kept() -> None:
    value = "(item ((x) + (1)) of [table v])"
    body = "\n".join(f"add ({value} * ({place})) to [own v]" for place in range(4))
    assert f"set [shared 1 v] to {value}" in shared_text(body)
    written = body.replace("[own v]", "[table v]")
    assert shared_text(written) == written


def test_conditions_stay_in_their_slots() -> None:
    condition = "<((red) * (green)) > ((red) + (green))>"
    body = "\n".join(f"set [x v] to <<(x) > ({place})> and {condition}>" for place in range(9))
    text = shared_text(body)
    assert f"and {condition}" not in text  # what it compares is kept
    assert text.count("and <(shared 1) > (shared 2)>") == 9


def test_only_blocks_without_screen_refresh_are_changed() -> None:
    for hat in ("define f (n)", "when flag clicked"):
        project = program("\n".join([hat, *TWICE]))
        assert share(project, MANIFEST) == project


def test_the_names_are_free() -> None:
    scripts = define(
        "f %s",
        *[make("data_addtolist", LIST="own", ITEM=get("red"))] * 9,
        parameters=("shared 4",),
        warp=True,
    )
    own = sprite("Cat", scripts, variables={"shared 1": 0}, lists={"own": (), "shared 3": ()})
    project = stage_and(own, variables={"red": 0, "shared 2": 0})
    variables = share(project, MANIFEST).sprites[1].variables
    assert [variable.name for variable in variables] == ["shared 1", "shared 5"]


def test_what_is_kept_makes_the_block_faster_by_the_table() -> None:
    body = "\n".join(f"add (({SUM} + (red)) / ({place})) to [own v]" for place in range(1, 9))
    times = []
    for project in (
        program(f"define f (n) //! warp\n{body}"),
        share(program(f"define f (n) //! warp\n{body}"), MANIFEST),
    ):
        cat = project.sprites[1]
        times.append(COSTS.time(executed_by(cat.scripts[0].blocks[1:], cat, {})))
    assert times[1] < 0.6 * times[0]
