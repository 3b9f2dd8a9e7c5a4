"""Measures what a pupil waits for in the official editor: opening, an answer to a slider, the colour map.

Times are those of this machine and of its software renderer; frames are the engine's, thirty a second when
it keeps up. Any project can be opened and counted; the colour project is used besides, with mouse and keys.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from scratchgen.engines.editor import Editor
from scratchgen.engines.recording import RecordedFrame, Recording
from scratchgen.errors import EngineError, ProjectFileError
from scratchgen.scratch.manifest import read_manifest
from scratchgen.scratch.reader import read_project

__all__ = ["EditorTimes", "Map", "Response", "measure_in_editor"]

COLD, WARM = 2, 3
"""How often a new browser opens the file, and how often one that has opened it before."""
STAGE = "Stage"
TRACK_LEFT, TRACK_ROWS = -224, {"red": -68, "green": -114, "blue": -160}
"""Where the colour project's sliders are (templates/stage/places.txt): a pixel to the right is 1 more."""
START = 128
"""What the three colours are when the flag is clicked."""
DRAGS = (("red", 255), ("green", 20), ("blue", 230), ("red", 0), ("green", 250), ("blue", 10))
SETTLED = 12
"""Frames after a drag in which all that follows from it has happened."""
MAP_KEY, COLOUR_KEY = "m", "m"
MAP_ROWS = 90
LONGEST_MAP = 1800
"""Frames: a minute."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """Frames from a slider's being dragged to the new name and bars, and to the last change on the stage.

    The first number is the median of several drags, the second the most.
    """

    answer: tuple[float, int]
    picture: tuple[float, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """How the colour map was painted: seconds from the key to the last row, frames, the longest gap in ms."""

    seconds: float
    frames: int
    longest_gap: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorTimes:
    """What was measured of a file: seconds until it was open, its blocks, and how the stage answers.

    ``cold`` are openings in a browser that has just started, ``warm`` in one that has opened the file
    before. ``response`` and ``map`` are None for a project that is not the colour project.
    """

    bytes: int
    cold: tuple[float, ...]
    warm: tuple[float, ...]
    blocks: int
    drawn: int
    response: Response | None
    map: Map | None


def measure_in_editor(path: Path, *, progress: Progress = lambda done, total: None) -> EditorTimes:
    """Open the file several times and use it; takes about half a minute.

    ProjectFileError when it is no project or the editor refuses it, EngineError as for :class:`Editor`.
    """
    is_colours = _is_colours(path)
    total = COLD + WARM + 2
    cold: list[float] = []
    for done in range(COLD - 1):
        with Editor() as editor:
            cold.append(_open(editor, path))
        progress(done + 1, total)
    with Editor() as editor:
        cold.append(_open(editor, path))
        warm = []
        for done in range(WARM):
            warm.append(_open(editor, path))
            progress(COLD + done + 1, total)
        drawn = editor.drawn()
        response = _response(editor, path) if is_colours else None
        progress(total - 1, total)
        painted = _map(editor, path) if is_colours else None
        progress(total, total)
    blocks = sum(one.blocks for one in drawn)
    return EditorTimes(
        bytes=path.stat().st_size,
        cold=tuple(cold),
        warm=tuple(warm),
        blocks=blocks,
        drawn=blocks - sum(len(one.missing) for one in drawn),
        response=response,
        map=painted,
    )


def _is_colours(path: Path) -> bool:
    project = read_project(path)
    try:
        manifest = read_manifest(project, where=str(path))
    except ProjectFileError:
        return False
    names = {variable.name for variable in project.stage.variables}
    return manifest.kind == "colours" and {"page", "map rows", *TRACK_ROWS} <= names


def _open(editor: Editor, path: Path) -> float:
    opening = editor.load(path)
    if not opening.loaded:
        raise ProjectFileError(f"the editor refuses it: {opening.reason}", where=str(path))
    return opening.seconds


def _response(editor: Editor, path: Path) -> Response:
    editor.click_flag()
    editor.wait_frames(SETTLED)
    values = dict.fromkeys(TRACK_ROWS, START)
    answers, pictures = [], []
    for channel, value in DRAGS:
        editor.record([(STAGE, channel), (STAGE, "name"), (STAGE, "best per cents")])
        editor.drag([_place(channel, values[channel]), _place(channel, value)])
        editor.wait_frames(SETTLED)
        recording = editor.recorded()
        values[channel] = value
        if recording.frames[-1].values[0] != str(value):
            raise EngineError(f"the slider of {channel} does not follow the mouse", where=str(path))
        moved = next(
            one.frame for one in recording.inputs if one.x is not None and abs(one.x - _x(value)) < 1
        )
        changes = [recording.last_change(place) for place in range(3)]
        answers.append(max(change.number for change in changes if change is not None) - moved)
        pictures.append(_last_painted(recording).number - moved)
    return Response(
        answer=(statistics.median(answers), max(answers)),
        picture=(statistics.median(pictures), max(pictures)),
    )


def _x(value: int) -> int:
    return TRACK_LEFT + value


def _place(channel: str, value: int) -> tuple[float, float]:
    return _x(value), TRACK_ROWS[channel]


def _last_painted(recording: Recording) -> RecordedFrame:
    return next(frame for frame in reversed(recording.frames) if frame.painted)


def _map(editor: Editor, path: Path) -> Map:
    editor.record([(STAGE, "map rows")])
    editor.press_key(MAP_KEY)
    painted = editor.wait_until("map rows", str(MAP_ROWS), max_frames=LONGEST_MAP)
    editor.wait_frames(SETTLED)
    recording = editor.recorded()
    editor.press_key(COLOUR_KEY)
    last = recording.last_change(0)
    if not painted or last is None:
        raise EngineError(f"the colour map was not painted within {LONGEST_MAP} frames", where=str(path))
    pressed = next(one for one in recording.inputs if one.device == "keyboard")
    during = Recording(
        tuple(frame for frame in recording.frames if pressed.frame <= frame.number <= last.number), ()
    )
    return Map(
        seconds=(last.milliseconds - pressed.milliseconds) / 1000,
        frames=last.number - pressed.frame,
        longest_gap=during.longest_gap(),
    )
