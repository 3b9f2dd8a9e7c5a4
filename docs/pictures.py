"""Takes the pictures of the README from the running editor: `make pictures`."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import matplotlib.image
import numpy as np

from scratchgen.engines.editor import Editor
from scratchgen.engines.editor_install import install_editor
from scratchgen.engines.install import install_engines

DOCS = Path(__file__).parent
PROJECT = DOCS.parent / "out" / "colours.sb3"
COLOUR = (64, 160, 190)
TRACK_LEFT, TRACKS = -224, (-68, -114, -160)
"""Where the sliders are on the stage."""
FRAMES_OF_THE_MAP = 75
GAP = 12


def main() -> None:
    """Open the shipped project, choose a colour, and take the scripts and the pages of the stage."""
    install_engines()
    install_editor()
    with Editor(size=(1780, 900)) as editor, TemporaryDirectory() as folder:
        opening = editor.load(PROJECT)
        if not opening.loaded:
            raise SystemExit(f"the editor refuses {PROJECT}: {opening.reason}")
        editor.select("Network")
        editor.click_flag()
        editor.wait_frames(20)
        for value, y in zip(COLOUR, TRACKS, strict=True):
            editor.drag([(TRACK_LEFT + 128, y), (TRACK_LEFT + value, y)])
            editor.wait_frames(3)
        editor.screenshot(DOCS / "editor.png", "page")
        pages = []
        for key, frames in (("", 3), ("m", FRAMES_OF_THE_MAP), ("i", 10)):
            if key:
                editor.press_key(key)
            editor.wait_frames(frames)
            editor.screenshot(Path(folder) / "page.png", "stage")
            pages.append(matplotlib.image.imread(Path(folder) / "page.png")[:, :, :3])
    gap = np.ones((len(pages[0]), GAP, 3), dtype=pages[0].dtype)
    matplotlib.image.imsave(DOCS / "stage.png", np.hstack([pages[0], gap, pages[1], gap, pages[2]]))


if __name__ == "__main__":
    main()
