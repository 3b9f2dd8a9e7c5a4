"""Whole random programs on the simulator and on the official engine: what is said, when, and what is left.

``SCRATCHGEN_EXACT=full`` (``make exact``) runs two thousand; otherwise some are enough.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from scratchgen.engines.official import OfficialEngine
from scratchgen.scratch.reader import project_from_bytes
from scratchgen.scratch.writer import project_to_bytes
from scratchgen.simulator import Simulator
from tests.simulator.random_programs import random_program

pytestmark = pytest.mark.engine

FULL = os.environ.get("SCRATCHGEN_EXACT") == "full"
PROGRAMS = 2000 if FULL else 60
STEPS = 20
SEED = 12345


@pytest.fixture(scope="module")
def seeded_engine(engines_installed: object) -> Iterator[OfficialEngine]:
    with OfficialEngine(seed=SEED) as engine:
        yield engine


def said_and_left(number: int, engine: OfficialEngine) -> tuple[object, object]:
    """Run a program on both; return what each of them makes of it."""
    data = project_to_bytes(random_program(number))
    engine.load(data)
    engine.click_flag()
    engine.run(max_steps=STEPS)
    simulator = Simulator(project_from_bytes(data), seed=SEED, drawn=False)
    simulator.click_flag()
    simulator.run(seconds=STEPS / 30)
    # the engine counts its steps from 0, the simulator notes the time that a step sees
    theirs = [(say.sprite, say.text, say.kind, (say.step + 1) * 1000 // 30 / 1000) for say in engine.says]
    ours = [(say.sprite, say.text, say.kind, say.time) for say in simulator.says]
    return (theirs, engine.state()), (ours, simulator.state())


@pytest.mark.parametrize("number", range(PROGRAMS))
def test_a_random_program_runs_as_on_the_engine(number: int, seeded_engine: OfficialEngine) -> None:
    theirs, ours = said_and_left(number, seeded_engine)
    assert ours == theirs
