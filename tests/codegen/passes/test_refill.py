"""The list of the logits keeps its items where one place alone fills it, and nobody sees the difference."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scratchgen.codegen.passes.refill import refill
from scratchgen.scratch.printer import print_scripts
from scratchgen.scratch.program import Block, Monitor, Value
from tests.codegen.passes.programs import (
    EXAMPLES,
    MANIFEST,
    ODD,
    OWN,
    OWN_LISTS,
    STAGE,
    STAGE_LISTS,
    program,
    reporters,
    require_same,
)
from tests.simulator.programs import call, define, make, sprite, stage_and, when_flag_clicked

STRAIGHT = """\
when I receive [ask v]
answer

define answer //! warp
delete all of [logits v] // From here on.
add (red) to [logits v]
add ((red) * (2)) to [logits v]
add (item (1) of [own v]) to [logits v]
set [name v] to (item (2) of [logits v])
"""


def refilled_text(scripts: str) -> str:
    return print_scripts(refill(program(scripts), MANIFEST).sprites[1].scripts)


def test_what_is_emptied_and_filled_is_replaced() -> None:
    assert (
        refilled_text(STRAIGHT)
        == """\
when I receive [ask v]
answer

define answer //! warp
replace item (1) of [logits v] with (red) // From here on.
replace item (2) of [logits v] with ((red) * (2))
replace item (3) of [logits v] with (item (1) of [own v])
set [name v] to (item (2) of [logits v])
"""
    )
    stage = refill(program(STRAIGHT), MANIFEST).stage
    assert [each.items for each in stage.lists] == [(0, 0, 0), (3, 1, 4)]


values = st.lists(reporters((*STAGE, *OWN), (), 2), min_size=1, max_size=6)


@settings(max_examples=EXAMPLES)
@given(values, st.dictionaries(st.sampled_from(list(STAGE)), st.sampled_from(ODD)))
def test_replacing_changes_nothing_that_is_left(items: list[Block], start: dict[str, Value]) -> None:
    filling = [make("data_addtolist", LIST="logits", ITEM=each) for each in items]
    answer = define("answer", make("data_deletealloflist", LIST="logits"), *filling, warp=True)
    cat = sprite("Cat", when_flag_clicked(call("answer")), answer, variables=OWN, lists=OWN_LISTS)
    project = stage_and(cat, variables=STAGE, lists={"logits": ("old",), **STAGE_LISTS})
    changed = require_same(project, refill, start)
    assert "add" not in print_scripts(changed.sprites[1].scripts).split()


LEFT_ALONE = {
    "never emptied": STRAIGHT.replace("delete all of [logits v]", "change [x v] by (1)"),
    "something in between": STRAIGHT.replace("add ((red)", "change [x v] by (1)\nadd ((red)"),
    "a look at it in between": STRAIGHT.replace("(1) of [own v]", "(1) of [logits v]"),
    "one more added elsewhere": STRAIGHT + "\nwhen flag clicked\nadd (1) to [logits v]\n",
    "changed elsewhere": STRAIGHT + "\nwhen flag clicked\nreplace item (1) of [logits v] with (1)\n",
    "filled in a loop": STRAIGHT.replace(
        "add (red) to [logits v]", "repeat (2)\nadd (red) to [logits v]\nend"
    ),
    "another list": STRAIGHT.replace("[logits v]", "[table v]"),
}


@pytest.mark.parametrize("scripts", LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_a_list_that_is_filled_otherwise_is_left_alone(scripts: str) -> None:
    project = program(scripts)
    assert refill(project, MANIFEST) is project


def test_a_list_that_pupils_can_change_is_left_alone() -> None:
    shown = Monitor(opcode="data_listcontents", params={"LIST": "logits"}, mode="list")
    project = replace(program(STRAIGHT), monitors=(shown,))
    assert refill(project, MANIFEST) is project
