"""Takes the pictures of the README from the running editor: `make pictures`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import matplotlib.image
import numpy as np
from numpy.typing import NDArray

from scratchgen.engines.editor import Editor
from scratchgen.engines.editor_install import install_editor
from scratchgen.engines.install import install_engines

DOCS = Path(__file__).parent
PROJECT, TEACH = (DOCS.parent / "out" / name for name in ("colours.sb3", "teach.sb3"))
COLOUR = (64, 160, 190)
TRACK_LEFT, TRACKS = -224, (-68, -114, -160)
"""Where the sliders are on the stage."""
FRAMES_OF_THE_MAP = 75
GAP = 12


ORANGE = (240, 130, 30)
TEACH_TRACKS = (-76, -118, -160)
LEARNING_FRAMES = 120


def main() -> None:
    """Open the shipped projects, use them, and take the scripts and the pages of their stages."""
    install_engines()
    install_editor()
    with Editor(size=(1780, 900)) as editor, TemporaryDirectory() as folder:
        _open(editor, PROJECT)
        editor.select("Network")
        _choose(editor, COLOUR, TRACKS)
        editor.screenshot(DOCS / "editor.png", "page")
        pages = _pages(editor, Path(folder), [("", 3), ("m", FRAMES_OF_THE_MAP), ("i", 10)])
        matplotlib.image.imsave(DOCS / "stage.png", pages)
        _open(editor, TEACH)
        for key in ("t", "s", "l"):  # settings, survey, learn
            editor.press_key(key)
            editor.wait_frames(10)
        editor.wait_frames(LEARNING_FRAMES)
        _choose(editor, ORANGE, TEACH_TRACKS)
        pages = _pages(editor, Path(folder), [("l", 10), ("t", 10)])
        matplotlib.image.imsave(DOCS / "teach.png", pages)


def _open(editor: Editor, path: Path) -> None:
    opening = editor.load(path)
    if not opening.loaded:
        raise SystemExit(f"the editor refuses {path}: {opening.reason}")
    editor.click_flag()
    editor.wait_frames(20)


def _choose(editor: Editor, colour: Sequence[int], tracks: Sequence[int]) -> None:
    for value, y in zip(colour, tracks, strict=True):
        editor.drag([(TRACK_LEFT + 128, y), (TRACK_LEFT + value, y)])
        editor.wait_frames(3)


def _pages(editor: Editor, folder: Path, keys: Sequence[tuple[str, int]]) -> NDArray[Any]:
    """Press each key, wait so many frames, and return the stages side by side."""
    pages: list[NDArray[Any]] = []
    for key, frames in keys:
        if key:
            editor.press_key(key)
        editor.wait_frames(frames)
        editor.screenshot(folder / "page.png", "stage")
        image = matplotlib.image.imread(folder / "page.png")[:, :, :3]
        pages += [np.ones((len(image), GAP, 3), dtype=image.dtype), image] if pages else [image]
    return np.hstack(pages)


if __name__ == "__main__":
    main()
