"""How to check a pupil's project: copy this, and put your own file and wishes in."""

from __future__ import annotations

from pathlib import Path

from scratchgen.scratch.program import Block, Script
from scratchgen.scratch.writer import write_project
from scratchgen.simulator import Simulator
from tests.simulator.programs import broadcast, get, make, one_sprite, received, when_flag_clicked


def pupils_project(folder: Path) -> Path:
    """A project as a pupil hands it in: it asks for a name, greets, and walks when clicked or told to."""
    greet = make("looks_say", MESSAGE=make("sensing_answer"))
    step = make("motion_movesteps", STEPS=get("step"))
    click = Block(opcode="event_whenthisspriteclicked")
    project = one_sprite(
        when_flag_clicked(make("sensing_askandwait", QUESTION="What's your name?"), greet),
        received("walk", step),
        Script(blocks=(click, broadcast("walk"))),
        variables={"step": 10},
        broadcasts=["walk"],
    )
    write_project(project, folder / "pupil.sb3")
    return folder / "pupil.sb3"


def test_the_cat_greets_and_walks(tmp_path: Path) -> None:
    simulator = Simulator.load(pupils_project(tmp_path), answers=["Ada"])
    simulator.click_flag()
    assert simulator.run(seconds=5)
    assert [question.text for question in simulator.questions] == ["What's your name?"]
    assert simulator.says[-1].text == "Ada"

    simulator.set_variable("step", 25)
    simulator.broadcast("walk")
    simulator.step()
    assert simulator.sprite("Cat").x == 25
    assert simulator.variable("step") == 25


def test_the_cat_does_as_whoever_plays_wants(tmp_path: Path) -> None:
    simulator = Simulator.load(pupils_project(tmp_path))
    simulator.click_flag()
    assert simulator.run(
        events="""
        1 answer Ada
        2 click Cat
        3 click Cat
        """
    )
    assert [say.text for say in simulator.says] == ["What's your name?", "", "Ada"]
    assert simulator.sprite("Cat").x == 20
