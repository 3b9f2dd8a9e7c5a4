"""What stands on the stage, in the simulator and in the official engine: motion, looks, sound, questions."""

from __future__ import annotations

import os
from random import Random

import pytest

from scratchgen.engines.official import OfficialEngine
from scratchgen.errors import SimulationError
from scratchgen.scratch.program import Block, Project
from scratchgen.scratch.reader import project_from_bytes
from scratchgen.scratch.writer import project_to_bytes
from scratchgen.simulator import Simulator
from tests.compared import Compared
from tests.simulator.programs import make, one_sprite, when_flag_clicked

FULL = os.environ.get("SCRATCHGEN_EXACT") == "full"
PROGRAMS = 1000 if FULL else 40
STEPS = 30
NUMBERS = (0, 1, -1, 10, 33.3, -90, 45, 359, 1000, "7", "abc", "-0.5")


def random_block(random: Random) -> Block:
    """A block of motion, looks or sound with odd numbers."""
    number = random.choice(NUMBERS)
    effect = random.choice(("COLOR", "GHOST", "BRIGHTNESS", "WHIRL"))
    return random.choice(
        (
            make("motion_movesteps", STEPS=number),
            make("motion_turnright", DEGREES=number),
            make("motion_turnleft", DEGREES=number),
            make("motion_gotoxy", X=number, Y=random.choice(NUMBERS)),
            make("motion_pointindirection", DIRECTION=number),
            make("motion_changexby", DX=number),
            make("motion_sety", Y=number),
            make("motion_glidesecstoxy", SECS=random.choice((0, 0.1)), X=number, Y=5),
            make("motion_setrotationstyle", STYLE=random.choice(("left-right", "odd"))),
            make("looks_switchcostumeto", COSTUME=number),
            make("looks_nextcostume"),
            make("looks_changeeffectby", EFFECT=effect, CHANGE=number),
            make("looks_seteffectto", EFFECT=effect, VALUE=number),
            make("looks_hide"),
            make("looks_show"),
            make("sound_setvolumeto", VOLUME=number),
            make("sound_changevolumeby", VOLUME=number),
        )
    )


def asking_project() -> Project:
    """A project that asks and keeps the answer."""
    ask = make("sensing_askandwait", QUESTION="name?")
    keep = make("data_setvariableto", VARIABLE="name", VALUE=make("sensing_answer"))
    return one_sprite(when_flag_clicked(ask, keep), variables={"name": ""})


@pytest.mark.engine
@pytest.mark.parametrize("number", range(PROGRAMS))
def test_a_sprite_stands_as_in_the_engine(
    number: int, official_engine: OfficialEngine, compared: Compared
) -> None:
    random = Random(number)
    data = project_to_bytes(one_sprite(when_flag_clicked(*(random_block(random) for _ in range(12)))))
    official_engine.load(data)
    official_engine.click_flag()
    official_engine.run(max_steps=STEPS)
    simulator = Simulator(project_from_bytes(data), drawn=False)
    simulator.click_flag()
    simulator.run(seconds=STEPS / 30)
    there = next(each for each in official_engine.sprites() if each.name == "Cat")
    here = simulator.sprite("Cat")
    theirs = (
        (there.x, there.y, there.direction, there.rotation_style),
        (there.visible, there.costume, there.volume, there.effects),
    )
    ours = (
        (here.x, here.y, here.direction, here.rotation_style),
        (here.visible, here.costume, here.volume, here.effects),
    )
    compared("programs of motion, looks and sound", 1, differences=int(ours != theirs))
    assert ours == theirs


def test_a_question_waits_for_its_answer() -> None:
    simulator = Simulator(asking_project())
    simulator.click_flag()
    assert not simulator.run(seconds=1)
    assert [question.text for question in simulator.questions] == ["name?"]
    simulator.answer("Ada")
    assert simulator.run(seconds=1)
    assert simulator.variable("name") == "Ada"


def test_what_needs_pixels_is_an_error_unless_lenient() -> None:
    touching = make("sensing_touchingobject", TOUCHINGOBJECTMENU="_edge_")
    keep = make("data_setvariableto", VARIABLE="touched", VALUE=touching)
    project = one_sprite(when_flag_clicked(keep), variables={"touched": ""})
    simulator = Simulator(project)
    simulator.click_flag()
    with pytest.raises(SimulationError, match=r"sensing_touchingobject.*needs the pixels"):
        simulator.run()
    lenient = Simulator(project, lenient=True)
    lenient.click_flag()
    lenient.run()
    assert lenient.variable("touched") is False
