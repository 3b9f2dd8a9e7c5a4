"""Takes the pictures of the README from the running editor: `make pictures`."""

from pathlib import Path

from scratchgen.engines.editor import Editor
from scratchgen.engines.editor_install import install_editor
from scratchgen.engines.install import install_engines

DOCS = Path(__file__).parent
PROJECT = DOCS.parent / "out" / "colours.sb3"


def main() -> None:
    """Open the shipped project, click the flag, and write the page with the network's scripts beside it."""
    install_engines()
    install_editor()
    with Editor(size=(1500, 820)) as editor:
        opening = editor.load(PROJECT)
        if not opening.loaded:
            raise SystemExit(f"the editor refuses {PROJECT}: {opening.reason}")
        editor.select("Network")
        editor.click_flag()
        editor.wait_frames(30)
        editor.screenshot(DOCS / "editor.png", "page")


if __name__ == "__main__":
    main()
