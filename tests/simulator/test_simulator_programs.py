"""Whole random programs on the simulator and on the official engine: what is said, when, and what is left.

``SCRATCHGEN_EXACT=full`` (``make exact``) runs two thousand, without a renderer and with one that draws
nothing; otherwise some are enough.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from scratchgen.engines.official import OfficialEngine
from scratchgen.errors import EngineError
from scratchgen.scratch.program import Project
from scratchgen.scratch.reader import project_from_bytes
from scratchgen.scratch.writer import project_to_bytes
from scratchgen.simulator import Simulator
from tests.compared import Compared
from tests.simulator.programs import (
    broadcast,
    call,
    define,
    item,
    make,
    one_sprite,
    received,
    sprite,
    stage_and,
    when_flag_clicked,
)
from tests.simulator.random_programs import random_program

pytestmark = pytest.mark.engine

FULL = os.environ.get("SCRATCHGEN_EXACT") == "full"
PROGRAMS = 2000 if FULL else 40
STEPS = 20
SEED = 12345


class SeededEngine:
    """One engine for all programs; after a fault the next program gets a new one."""

    def __init__(self, *, drawn: bool) -> None:
        self.drawn = drawn
        self.engine = OfficialEngine(seed=SEED, drawn=drawn)

    def said_and_left(self, data: bytes) -> tuple[object, object]:
        """Run a file; return what was said, by whom and when, and the state at the end."""
        try:
            self.engine.load(data)
            self.engine.click_flag()
            self.engine.run(max_steps=STEPS)
            # the engine counts its steps from 0, the simulator notes the time that a step sees
            said = [
                (say.sprite, say.text, say.kind, (say.step + 1) * 1000 // 30 / 1000)
                for say in self.engine.says
            ]
            return said, self.engine.state()
        except EngineError:
            self.engine.close()
            self.engine = OfficialEngine(seed=SEED, drawn=self.drawn)
            raise


@pytest.fixture(scope="module", params=[False, True], ids=["undrawn", "drawn"])
def seeded_engine(engines_installed: object, request: pytest.FixtureRequest) -> Iterator[SeededEngine]:
    seeded = SeededEngine(drawn=request.param)
    yield seeded
    seeded.engine.close()


def said_and_left(data: bytes, *, drawn: bool) -> tuple[object, object]:
    """Run a file on the simulator; return what :meth:`SeededEngine.said_and_left` does."""
    simulator = Simulator(project_from_bytes(data), seed=SEED, drawn=drawn)
    simulator.click_flag()
    simulator.run(seconds=STEPS / 30)
    return [(say.sprite, say.text, say.kind, say.time) for say in simulator.says], simulator.state()


def both(seeded: SeededEngine, data: bytes) -> tuple[object, object]:
    """Run a file on both; return what each of them makes of it."""
    return seeded.said_and_left(data), said_and_left(data, drawn=seeded.drawn)


@pytest.mark.parametrize("number", range(PROGRAMS))
def test_a_random_program_runs_as_on_the_engine(
    number: int, seeded_engine: SeededEngine, compared: Compared
) -> None:
    data = project_to_bytes(random_program(number))
    theirs, ours = both(seeded_engine, data)
    compared("programs", 1, differences=int(ours != theirs))
    assert ours == theirs


def stopped_after_its_turn() -> Project:
    """A script that another waits for is stopped by a third, after its turn and with no other at its end."""
    awaiting = when_flag_clicked(broadcast("three", wait=True), make("looks_think", MESSAGE="over"))
    dog = sprite(
        "Dog",
        when_flag_clicked(broadcast("one", wait=True)),
        awaiting,
        received("one", broadcast("two", wait=True)),
    )
    stopping = make("control_stop", STOP_OPTION="other scripts in sprite")
    cat = sprite(
        "Cat",
        received(
            "two", make("control_wait", DURATION=0), stopping, make("looks_sayforsecs", MESSAGE=1, SECS=0)
        ),
        received("three", make("control_wait", DURATION=0.2)),
    )
    return stage_and(cat, dog, broadcasts=("one", "two", "three"))


def test_a_script_that_was_stopped_after_its_turn_is_waited_for(
    seeded_engine: SeededEngine, compared: Compared
) -> None:
    data = project_to_bytes(stopped_after_its_turn())
    theirs, ours = both(seeded_engine, data)
    compared("programs", 1, differences=int(ours != theirs))
    assert ours == theirs


def test_what_is_inserted_is_drawn_before_the_place(seeded_engine: SeededEngine, compared: Compared) -> None:
    drawn = [make("operator_random", FROM=1, TO=60), make("operator_random", FROM=1, TO=6)]
    insert = make("data_insertatlist", LIST="items", ITEM=drawn[0], INDEX=drawn[1])
    inner = [make("data_insertatlist", LIST="items", ITEM=item("any", "items"), INDEX=item("any", "items"))]
    loop = make("control_repeat", TIMES=10, SUBSTACK=inner)
    project = one_sprite(
        when_flag_clicked(make("control_repeat", TIMES=5, SUBSTACK=[insert]), call("all")),
        define("all", loop, warp=True),
        lists={"items": (1, 2, 3, 4)},
    )
    data = project_to_bytes(project)
    theirs, ours = both(seeded_engine, data)
    compared("programs", 1, differences=int(ours != theirs))
    assert ours == theirs


def test_a_new_engine_follows_one_that_has_failed(seeded_engine: SeededEngine) -> None:
    data = project_to_bytes(random_program(0))
    before = seeded_engine.said_and_left(data)
    seeded_engine.engine.close()
    with pytest.raises(EngineError):
        seeded_engine.said_and_left(data)
    assert seeded_engine.said_and_left(data) == before
