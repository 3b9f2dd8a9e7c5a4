"""A custom block with one caller moves there, if nobody can tell the difference."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scratchgen.codegen.passes.inline import inline
from scratchgen.scratch.printer import print_scripts
from scratchgen.scratch.program import Project, Value
from tests.codegen.passes.programs import (
    EXAMPLES,
    MANIFEST,
    ODD,
    STAGE,
    outcome,
    program,
    projects,
    require_same,
)
from tests.simulator.programs import call, define, make, one_sprite, parameter, when_flag_clicked


@settings(max_examples=EXAMPLES)
@given(projects(), st.dictionaries(st.sampled_from(list(STAGE)), st.sampled_from(ODD)))
def test_inlining_changes_nothing_that_is_seen(project: Project, start: dict[str, Value]) -> None:
    require_same(project, inline, start)


def inlined_text(scripts: str) -> str:
    return print_scripts(inline(program(scripts), MANIFEST).sprites[1].scripts).strip()


def test_blocks_move_through_several_levels_and_into_mouths() -> None:
    scripts = """\
when flag clicked
outer

define outer //! warp
set [x v] to (1)
repeat (3)
  middle
end
set [z v] to (3)

define inner //! warp
change [y v] by (1)

define middle //! warp
inner
change [x v] by (1)
"""
    assert (
        inlined_text(scripts)
        == """\
when flag clicked
outer

define outer //! warp
set [x v] to (1)
repeat (3)
  change [y v] by (1)
  change [x v] by (1)
end
set [z v] to (3)"""
    )


def test_comments_of_the_call_the_definition_and_the_block_come_together() -> None:
    scripts = """\
when flag clicked
outer

define outer //! warp
inner // now
set [z v] to (3) // done

// what it is for
define inner //! warp
set [x v] to (1) // one
set [y v] to (2) // two
"""
    found = inline(program(scripts), MANIFEST).sprites[1].scripts[1].blocks
    comments = [block.comment.text for block in found if block.comment]
    assert comments == ["now\nwhat it is for\none", "two", "done"]


def test_a_block_without_blocks_vanishes() -> None:
    scripts = "when flag clicked\nf\n\ndefine f //! warp\ng\n\ndefine g //! warp"
    assert inlined_text(scripts) == "when flag clicked\nf\n\ndefine f //! warp"


CALLER = "when flag clicked\nf\n\ndefine f //! warp\n"
STAYS = [
    # called from a hat
    "when flag clicked\ng\n\ndefine g //! warp\nset [x v] to (1)",
    # called twice
    CALLER + "g\ng\n\ndefine g //! warp\nset [x v] to (1)",
    # called from elsewhere, too
    CALLER + "g\n\ndefine g //! warp\nset [x v] to (1)\n\nwhen flag clicked\ng",
    # takes a parameter
    CALLER + "g (1)\n\ndefine g (n) //! warp\nset [x v] to (n)",
    CALLER + "g (pick random (1) to (6))\n\ndefine g (n) //! warp\nset [x v] to (1)",
    # with screen refresh, or called from there
    CALLER + "g\n\ndefine g\nset [x v] to (1)",
    "when flag clicked\nf\n\ndefine f\ng\n\ndefine g //! warp\nset [x v] to (1)",
    # stops, waits, starts others
    CALLER + "g\nset [x v] to (2)\n\ndefine g //! warp\nif <(x) = (1)> then\n  stop [this script v]\nend",
    CALLER + "g\n\ndefine g //! warp\nwait (0.1) seconds",
    CALLER + "g\n\ndefine g //! warp\nsay [x] for (0.1) seconds",
    CALLER + "g\n\ndefine g //! warp\nbroadcast (ask v)\n\nwhen I receive [ask v]\nset [x v] to (1)",
    CALLER + "wait (0) seconds\ng\n\ndefine g //! warp\nset [x v] to (1)",
    # calls itself, or its caller
    CALLER + "set [x v] to (1)\n\ndefine g //! warp\ng",
    CALLER + "g\n\ndefine g //! warp\nif <(x) < (3)> then\n  change [x v] by (1)\n  f\nend",
]


@pytest.mark.parametrize("scripts", STAYS)
def test_what_others_could_notice_stays(scripts: str) -> None:
    project = program(scripts)
    assert inline(project, MANIFEST) == project


def test_a_parameter_that_the_block_does_not_have_stays_nothing() -> None:
    asks = make("data_setvariableto", VARIABLE="x", VALUE=parameter("n"))
    scripts = [
        when_flag_clicked(call("f %s", 5)),
        define("f %s", call("g"), parameters=("n",), warp=True),
        define("g", asks, warp=True),
    ]
    project = one_sprite(*scripts, variables={"x": 1})
    assert inline(project, MANIFEST) == project
    assert outcome(project)[1]["Stage: x"] == "0.0"
