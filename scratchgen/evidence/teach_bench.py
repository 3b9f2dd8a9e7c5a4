"""How many training steps a second the project that learns takes: engine's work, live stage, drawn stage."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from scratchgen.engines.editor import Editor
from scratchgen.engines.official import OfficialEngine
from scratchgen.errors import EngineError
from scratchgen.scratch.learning_manifest import LearningManifest

__all__ = ["GOAL", "DrawnTeaching", "TeachSpeed", "measure_drawn_teaching", "measure_teaching"]

FRAME = 1 / 30
WARM_UP_STEPS = 1000
LIVE_SECONDS = 5.0
DRAWN_SECONDS = 25.0
STAGE, STEPS, ACCURACY = "Stage", "steps learned", "accuracy"
GOAL = 0.95
"""The share of the examples named rightly at which a network counts as having learnt them."""
SETTINGS_KEY, SURVEY_KEY, LEARN_KEY = "t", "s", "l"
SETTLED = 12
"""Frames after a key in which all that follows from it has happened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeachSpeed:
    """Steps a second of processor time, and of real time at 30 frames a second; the longest frame in seconds.

    The scripts of the stage run in the second, but nothing is drawn.
    """

    work: float
    live: float
    longest_frame: float


def measure_teaching(
    path: Path, manifest: LearningManifest, *, steps: int = 4000, live_seconds: float = LIVE_SECONDS
) -> TeachSpeed:
    """Measure a project that learns, on the survey's examples, on the official engine without a renderer."""
    with OfficialEngine(simulated_clock=False) as engine:
        engine.load(path)
        engine.broadcast(manifest.fill)
        engine.run()
        for count in (WARM_UP_STEPS, steps):
            engine.set_variable(manifest.steps, count)
            before = engine.processor_seconds
            engine.broadcast(manifest.learn)
            engine.run()
            work = count / (engine.processor_seconds - before)
        taken = float(engine.variable(STEPS))
        engine.click_flag()
        engine.step(SETTLED)
        engine.broadcast("learn")
        begun, longest = time.perf_counter(), 0.0
        while time.perf_counter() - begun < live_seconds:
            frame = time.perf_counter()
            engine.step()
            lasted = time.perf_counter() - frame
            longest = max(longest, lasted)
            time.sleep(max(0.0, FRAME - lasted))
        live = (float(engine.variable(STEPS)) - taken) / (time.perf_counter() - begun)
        return TeachSpeed(work=work, live=live, longest_frame=longest)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnTeaching:
    """What a pupil sees in the editor: steps a second, seconds until the survey's examples are named as
    rightly as GOAL (None: not in the time), rounds until then, the longest gap between frames in ms."""

    steps: float
    goal_seconds: float | None
    goal_rounds: int | None
    longest_gap: float


def measure_drawn_teaching(path: Path, *, seconds: float = DRAWN_SECONDS) -> DrawnTeaching:
    """Let the project learn the survey in the official editor, by its keys, with its stage drawn.

    EngineError as for :class:`Editor`, or when it did not begin to learn.
    """
    with Editor() as editor:
        editor.load(path)
        editor.click_flag()
        editor.wait_frames(SETTLED)
        for key in (SETTINGS_KEY, SURVEY_KEY):
            editor.press_key(key)
            editor.wait_frames(SETTLED)
        editor.record([(STAGE, STEPS), (STAGE, ACCURACY), (STAGE, "losses")])
        editor.press_key(LEARN_KEY)
        begun = time.perf_counter()
        while time.perf_counter() - begun < seconds:
            editor.wait_frames(SETTLED)
        recording = editor.recorded()
        pressed = next(one for one in recording.inputs if one.device == "keyboard")
        frames = [frame for frame in recording.frames if frame.number >= pressed.frame]
        taken = float(frames[-1].values[0] or 0)
        if not taken:
            raise EngineError("it does not learn when its key is pressed", where=str(path))
        reached = next((frame for frame in frames if float(frame.values[1] or 0) >= GOAL), None)
        return DrawnTeaching(
            steps=taken / (frames[-1].milliseconds - pressed.milliseconds) * 1000,
            goal_seconds=(reached.milliseconds - pressed.milliseconds) / 1000 if reached else None,
            goal_rounds=len((reached.values[2] or "").split()) if reached else None,
            longest_gap=recording.longest_gap(),
        )
