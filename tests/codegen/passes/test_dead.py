"""What nobody can look at goes; what somebody might see, hear or miss stays."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scratchgen.codegen.passes.dead import dead
from scratchgen.scratch.printer import print_scripts
from scratchgen.scratch.program import Block, Monitor, Project, Script, Value, Variable
from tests.codegen.passes.programs import (
    EXAMPLES,
    MANIFEST,
    ODD,
    STAGE,
    number_of_blocks,
    program,
    projects,
    require_same,
)
from tests.simulator.programs import call, define, get, make, one_sprite, sprite, stage_and, when_flag_clicked


@settings(max_examples=EXAMPLES)
@given(projects(), st.dictionaries(st.sampled_from(list(STAGE)), st.sampled_from(ODD)))
def test_what_is_dead_was_not_seen(project: Project, start: dict[str, Value]) -> None:
    changed = require_same(project, dead, start)
    assert dead(changed, MANIFEST) == changed


def left(scripts: str) -> tuple[set[str], str]:
    """Return the names that the cat still has, and its scripts as text."""
    cat = dead(program(scripts), MANIFEST).sprites[1]
    names = {each.name for each in cat.variables} | {each.name for each in cat.lists}
    return names, print_scripts(cat.scripts).strip()


def test_what_is_only_written_goes_with_its_statements() -> None:
    names, text = left(
        "when flag clicked\nset [x v] to (1)\nrepeat (3)\n  change [x v] by (red)\n  say (y)\nend\n"
        "add (x) to [own v]\ndelete all of [own v]\ninsert (1) at (1) of [own v]\n"
        "replace item (1) of [own v] with (2)\ndelete (1) of [own v]\nset [name v] to (y)"
    )
    assert names == {"y"}
    assert text == "when flag clicked\nrepeat (3)\n  say (y)\nend\nset [name v] to (y)"


def test_the_dead_do_not_keep_one_another_alive() -> None:
    names, text = left(
        "when flag clicked\nset [x v] to ((z) + (1))\nset [y v] to (x)\nset [z v] to ((y) * (x))\n"
        "change [z v] by (z)"
    )
    assert (names, text) == (set(), "when flag clicked")


def test_what_is_read_on_the_way_to_something_seen_lives() -> None:
    scripts = "when flag clicked\nset [x v] to (1)\nset [y v] to (x)\nset [name v] to (y)"
    assert left(scripts) == ({"x", "y"}, scripts)


@pytest.mark.parametrize(
    "reader",
    [
        "say (x)",
        "show variable [x v]",
        "hide variable [x v]",
        "wait until <(x) > (1)>",
        "repeat (x)\nend",
        "set [red v] to (x)",
        "say ([x v] of (Cat v))",
        "set [y v] to (pick random (1) to (x))",
    ],
)
def test_every_look_counts(reader: str) -> None:
    names, text = left(f"when flag clicked\nset [x v] to (1)\n{reader}")
    assert "x" in names
    assert "set [x v] to (1)" in text


def test_a_sprite_elsewhere_may_look() -> None:
    look = make("looks_say", MESSAGE=make("sensing_of", PROPERTY="x", OBJECT="Cat"))
    writes = when_flag_clicked(make("data_setvariableto", VARIABLE="x", VALUE=1))
    cat = sprite("Cat", writes, variables={"x": 0})
    watched = stage_and(cat, sprite("Dog", when_flag_clicked(look)))
    assert dead(watched, MANIFEST) == watched
    assert dead(stage_and(cat), MANIFEST) != stage_and(cat)


@pytest.mark.parametrize(
    "statement",
    [
        "set [x v] to (pick random (1) to (6))",
        "set [x v] to (item [any] of [table v])",
        "set [x v] to (item (red) of [table v])",  # the variable may hold the word “any”
        "delete [any] of [own v]",
        "insert (1) at (red) of [own v]",
        "set [x v] to (timer)",
    ],
)
def test_what_does_more_than_write_stays(statement: str) -> None:
    scripts = f"when flag clicked\n{statement}"
    assert left(scripts)[1] == scripts


def test_a_loop_that_counts_in_a_variable_stays() -> None:
    loop = make("control_for_each", VARIABLE="x", VALUE=3, SUBSTACK=[make("control_incr_counter")])
    project = stage_and(sprite("Cat", when_flag_clicked(loop), variables={"x": 0}))
    assert dead(project, MANIFEST) == project


def test_the_stage_monitors_the_manifest_and_the_cloud_keep_their_names() -> None:
    write = make("data_setvariableto", VARIABLE="x", VALUE=1)
    stage = one_sprite(when_flag_clicked(write), variables={"x": 0})
    assert dead(stage, MANIFEST) == stage
    cat = stage_and(sprite("Cat", when_flag_clicked(write), variables={"x": 0}))
    assert dead(cat, MANIFEST).sprites[1].variables == ()
    monitor = Monitor(opcode="data_variable", params={"VARIABLE": "x"}, sprite="Cat")
    shown = replace(cat, monitors=(monitor,))
    assert dead(shown, MANIFEST) == shown
    assert dead(cat, replace(MANIFEST, answer="x")) == cat
    cloudy = replace(cat.sprites[1], variables=(Variable(name="x", cloud=True),))
    assert dead(replace(cat, sprites=(cat.stage, cloudy)), MANIFEST).sprites[1] == cloudy


def test_a_name_that_the_stage_has_too_is_the_sprites_own() -> None:
    scripts = [when_flag_clicked(make("data_setvariableto", VARIABLE="x", VALUE=1))]
    project = stage_and(
        sprite("Cat", *scripts, variables={"x": 0}), sprite("Dog", *scripts), variables={"x": 5}
    )
    changed = dead(project, MANIFEST)
    assert [number_of_blocks(replace(changed, sprites=(each,))) for each in changed.sprites] == [0, 1, 2]


def test_uncalled_blocks_go_even_when_they_call_one_another() -> None:
    project = one_sprite(
        when_flag_clicked(call("used")),
        define("used", call("deeper")),
        define("deeper", make("looks_say", MESSAGE="hello")),
        define("ping", call("pong")),
        define("pong", call("ping"), call("used")),
        define("itself", call("itself")),
    )
    codes = [
        script.blocks[0].procedure.code
        for script in dead(project, MANIFEST).sprites[1].scripts
        if script.blocks[0].procedure
    ]
    assert codes == ["used", "deeper"]


def test_loose_blocks_and_what_they_use_stay() -> None:
    write = make("data_setvariableto", VARIABLE="x", VALUE=1)
    loose = Script(blocks=(write, call("used")))
    project = stage_and(
        sprite("Cat", loose, Script(blocks=(get("y"),)), define("used"), variables={"x": 0, "y": 0})
    )
    assert dead(project, MANIFEST) == project


def test_an_empty_script_keeps_its_hat() -> None:
    hat = Block(opcode="event_whenflagclicked")
    write = make("data_setvariableto", VARIABLE="x", VALUE=1)
    project = stage_and(sprite("Cat", Script(blocks=(hat, write)), variables={"x": 0}))
    assert dead(project, MANIFEST).sprites[1].scripts == (Script(blocks=(hat,)),)
