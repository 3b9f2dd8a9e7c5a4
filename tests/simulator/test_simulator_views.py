"""What a teacher sees of sprites, clones and monitors, and where clones end."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest

from scratchgen.engines.official import OfficialEngine
from scratchgen.errors import SimulationError
from scratchgen.scratch.program import Asset, Block, Costume, Project, Script, Sound
from scratchgen.scratch.writer import project_to_bytes
from scratchgen.simulator import Simulator
from tests.simulator.programs import (
    get,
    make,
    one_sprite,
    received,
    sprite,
    stage_and,
    when_flag_clicked,
)


def as_clone(*blocks: Block) -> Script:
    return Script(blocks=(make("control_start_as_clone"), *blocks))


def cloning_project() -> Project:
    """A cat with a variable of its own; its clones move away and say what they are."""
    clone = make("control_create_clone_of", CLONE_OPTION="_myself_")
    count = make("data_changevariableby", VARIABLE="number", VALUE=1)
    cat = sprite(
        "Cat",
        when_flag_clicked(clone, count, clone, make("data_hidevariable", VARIABLE="number")),
        as_clone(make("motion_movesteps", STEPS=10), make("looks_say", MESSAGE=get("number"))),
        received("end", make("control_delete_this_clone")),
        variables={"number": 1},
        lists={"own": ("a", 2)},
    )
    return stage_and(cat, sprite("Dog"), broadcasts=["end"])


def run_flag(project: Project, *, drawn: bool = True) -> Simulator:
    simulator = Simulator(project, drawn=drawn)
    simulator.click_flag()
    assert simulator.run(seconds=10)
    return simulator


def test_clones_are_seen_with_what_is_theirs() -> None:
    simulator = run_flag(cloning_project())
    older, younger = simulator.clones("Cat")
    assert [(each.x, each.bubble, each.variables["number"]) for each in (older, younger)] == [
        (10, "1", 1),
        (10, "2", 2),
    ]
    assert older.is_clone
    assert not simulator.sprite("Cat").is_clone
    assert simulator.clones("Dog") == []
    assert [each.name for each in simulator.layers] == ["Stage", "Cat", "Cat", "Cat", "Dog"]
    assert [each.layer for each in simulator.layers] == [0, 1, 2, 3, 4]
    assert older.lists["own"] == ("a", 2)
    simulator.broadcast("end")
    simulator.run(seconds=1)
    assert simulator.clones("Cat") == []


def test_a_view_cannot_be_changed_and_does_not_change() -> None:
    simulator = Simulator(one_sprite(when_flag_clicked(make("motion_gotoxy", X=5, Y=6), make("pen_penDown"))))
    before = simulator.sprite("Cat")
    simulator.click_flag()
    simulator.run(seconds=1)
    after = simulator.sprite("Cat")
    assert (before.x, before.pen.is_down, after.x, after.y, after.pen.is_down) == (0, False, 5, 6, True)
    assert (after.costume, after.costume_name, simulator.sprite("Stage").name) == (1, "square", "Stage")
    with pytest.raises(FrozenInstanceError):
        after.x = 7.0  # type: ignore[misc]
    with pytest.raises(TypeError):
        after.effects["ghost"] = 7.0  # type: ignore[index]


def test_names_that_do_not_exist_are_named() -> None:
    simulator = Simulator(cloning_project())
    for ask in (simulator.sprite, simulator.clones):
        with pytest.raises(SimulationError, match="no sprite 'Owl'"):
            ask("Owl")
    with pytest.raises(SimulationError, match="no variable or list 'nothing'"):
        simulator.is_shown("nothing")


def test_what_is_shown_is_told() -> None:
    show, hide = (make(f"data_{verb}list", LIST="own") for verb in ("show", "hide"))
    cat = sprite("Cat", when_flag_clicked(show), received("end", hide), lists={"own": ()})
    simulator = run_flag(stage_and(cat, broadcasts=["end"]))
    assert simulator.is_shown("own", "Cat")
    simulator.broadcast("end")
    simulator.run(seconds=1)
    assert not simulator.is_shown("own", "Cat")


@pytest.mark.engine
def test_there_are_three_hundred_clones_at_most(official_engine: OfficialEngine) -> None:
    clone = make("control_create_clone_of", CLONE_OPTION="_myself_")
    project = one_sprite(
        when_flag_clicked(make("control_repeat", TIMES=310, SUBSTACK=[clone])),
        received("end", make("control_delete_this_clone")),
        received("more", clone),
        broadcasts=["end", "more"],
    )
    official_engine.load(project_to_bytes(project))
    official_engine.click_flag()
    official_engine.run()
    simulator = run_flag(project, drawn=False)
    assert len(simulator.clones("Cat")) == 300
    assert sum(each.is_clone for each in official_engine.sprites()) == 300
    for message in ("end", "more"):
        simulator.broadcast(message)
        official_engine.broadcast(message)
        simulator.run(seconds=1)
        official_engine.run()
        assert len(simulator.clones("Cat")) == sum(each.is_clone for each in official_engine.sprites())
    simulator.click_flag()
    assert simulator.clones("Cat") == []


def test_switching_the_backdrop_waits_for_what_it_starts() -> None:
    """The engine means to do the same, but its block fails when it starts a script."""
    hat = Block(opcode="event_whenbackdropswitchesto", fields={"BACKDROP": "night"})
    switch = make("looks_switchbackdroptoandwait", BACKDROP="night")
    keep = make("data_setvariableto", VARIABLE="after", VALUE=get("done"))
    done = make("data_setvariableto", VARIABLE="done", VALUE="yes")
    picture = Asset(extension="svg", data=b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    stage = sprite(
        "Stage",
        when_flag_clicked(switch, keep),
        Script(blocks=(hat, make("control_wait", DURATION=0.5), done)),
        variables={"after": "", "done": "no"},
        costumes=[Costume(name=name, asset=picture) for name in ("day", "night")],
    )
    assert run_flag(Project(sprites=(stage, sprite("Cat")))).variable("after") == "yes"


@pytest.mark.parametrize(
    ("wanted", "seconds"),
    [("long", 2.0), ("short", 0.5), (2, 2.0), ("2nd", 2.0), ("-1", 0.5), ("Infinity", 0.0)],
)
def test_a_sound_is_found_by_name_or_by_the_digits_it_begins_with(
    wanted: str | float, seconds: float
) -> None:
    silence = Asset(extension="wav", data=b"")
    cat = sprite("Cat", when_flag_clicked(make("sound_playuntildone", SOUND_MENU=wanted)))
    sounds = tuple(
        Sound(name=name, asset=silence, rate=1000.0, sample_count=count)
        for name, count in (("short", 500.0), ("long", 2000.0))
    )
    simulator = Simulator(stage_and(replace(cat, sounds=sounds)))
    simulator.click_flag()
    simulator.step(1)
    steps = 0
    while not simulator.run(seconds=1 / 30):
        steps += 1
    assert steps == pytest.approx(seconds * 30, abs=1)
