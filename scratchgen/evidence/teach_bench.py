"""How many training steps a second the project that learns takes: engine's work, live stage, drawn stage."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from scratchgen.engines.editor import Editor
from scratchgen.engines.official import OfficialEngine
from scratchgen.engines.recording import Recording
from scratchgen.errors import EngineError
from scratchgen.scratch.learning_manifest import LearningManifest
from scratchgen.scratch.program import Value
from scratchgen.scratch.reader import read_project
from scratchgen.scratch.writer import project_to_bytes

__all__ = ["GOAL", "DrawnTeaching", "TeachSpeed", "measure_drawn_teaching", "measure_teaching"]

FRAME = 1 / 30
WARM_UP_STEPS = 1000
LIVE_SECONDS = 5.0
DRAWN_SECONDS = 25.0
STAGE, STEPS, ACCURACY = "Stage", "steps learned", "accuracy"
GOAL = 0.95
"""The share of the examples named rightly at which a network counts as having learnt them."""
SETTINGS_KEY, SURVEY_KEY, LEARN_KEY, REMOVE_KEY, EXAMPLE_KEY = "t", "s", "l", "x", "Space"
AN_EXAMPLE = (-120, 153)
"""Where the first name's first example is on the stage."""
MOST_EXAMPLES = 500
CROWDED_SECONDS = 5.0
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
    rightly as GOAL (None: not in the time), rounds until then, and the longest gap between frames in ms:
    of the survey, and of as many examples as it holds, given and removed while it learns."""

    steps: float
    goal_seconds: float | None
    goal_rounds: int | None
    longest_gap: float
    crowded_gap: float


def measure_drawn_teaching(
    path: Path, manifest: LearningManifest, *, seconds: float = DRAWN_SECONDS
) -> DrawnTeaching:
    """Let the project learn the survey in the official editor, by its keys, with its stage drawn.

    EngineError as for :class:`Editor`, or when it did not begin to learn.
    """
    with Editor() as editor:
        _open(editor, path)
        for key in (SETTINGS_KEY, SURVEY_KEY):
            _press(editor, key)
        recording = _learn(editor, seconds)
        pressed = next(one for one in recording.inputs if one.device == "keyboard")
        frames = [frame for frame in recording.frames if frame.number >= pressed.frame]
        taken = float(frames[-1].values[0] or 0)
        if not taken:
            raise EngineError("it does not learn when its key is pressed", where=str(path))
        reached = next((frame for frame in frames if float(frame.values[1] or 0) >= GOAL), None)
        with TemporaryDirectory() as folder:
            crowded = Path(folder) / path.name
            crowded.write_bytes(_crowded(path, manifest))
            _open(editor, crowded)
            crowded_gap = _learn(editor, CROWDED_SECONDS, use=True).longest_gap()
        return DrawnTeaching(
            steps=taken / (frames[-1].milliseconds - pressed.milliseconds) * 1000,
            goal_seconds=(reached.milliseconds - pressed.milliseconds) / 1000 if reached else None,
            goal_rounds=len((reached.values[2] or "").split()) if reached else None,
            longest_gap=recording.longest_gap(),
            crowded_gap=crowded_gap,
        )


def _open(editor: Editor, path: Path) -> None:
    editor.load(path)
    editor.click_flag()
    editor.wait_frames(SETTLED)


def _press(editor: Editor, key: str) -> None:
    editor.press_key(key)
    editor.wait_frames(SETTLED)


def _learn(editor: Editor, seconds: float, *, use: bool = False) -> Recording:
    """Record so many seconds of learning, in which examples are removed and given if ``use``."""
    editor.record([(STAGE, STEPS), (STAGE, ACCURACY), (STAGE, "losses")])
    _press(editor, LEARN_KEY)
    begun = time.perf_counter()
    while time.perf_counter() - begun < seconds:
        if use:
            editor.click(AN_EXAMPLE)
            for key in (REMOVE_KEY, EXAMPLE_KEY):
                _press(editor, key)
        editor.wait_frames(SETTLED)
    return editor.recorded()


def _crowded(path: Path, manifest: LearningManifest) -> bytes:
    """Return the project with as many examples as it takes, of colours all over."""
    project = read_project(path)
    stage = project.stage
    names = next(each.items for each in stage.lists if each.name == manifest.names)
    columns: list[list[Value]] = [
        [float(number * step % 256) for number in range(MOST_EXAMPLES)] for step in (1, 7, 3)
    ]
    columns.append([names[number % len(names)] for number in range(MOST_EXAMPLES)])
    given = dict(zip(manifest.examples, columns, strict=True))
    lists = tuple(replace(each, items=tuple(given.get(each.name, each.items))) for each in stage.lists)
    return project_to_bytes(replace(project, sprites=(replace(stage, lists=lists), *project.sprites[1:])))
