"""The official editor in headless Chromium: does a file open, is each block drawn, what happens on stage?

:class:`Editor` is used as a person uses the editor, with its menus, the mouse and the keyboard;
:func:`open_in_editor` looks files over, one after the other. What happens in the browser is in
``node/editor.cjs`` and ``node/editor_page.js``.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from scratchgen.engines.editor_install import editor_folder, find_chromium
from scratchgen.engines.node_process import SECONDS, NodeProcess
from scratchgen.engines.recording import Recording, read_recording
from scratchgen.errors import EngineError, ProjectFileError

__all__ = ["Bubble", "DrawnSprite", "Editor", "EditorReport", "Opening", "open_in_editor"]

Place = tuple[float, float]
"""Where on the stage, in Scratch's own coordinates."""
Part = Literal["page", "stage", "code"]

FRAMES_OF_A_LOOK = 45
"""How long a file runs when it is looked over: one and a half seconds."""
QUIT_SECONDS = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """How the editor took a file: whether it did, the reason if not, and the seconds until it was shown."""

    loaded: bool
    reason: str
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnSprite:
    """How many blocks a sprite has in the editor, shadows apart, and the opcodes of those not drawn."""

    sprite: str
    blocks: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bubble:
    """What a sprite said or thought: the text in its bubble, and the frame since the editor started."""

    sprite: str
    text: str
    kind: str
    frame: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorReport:
    """What came of opening a file: see :class:`Opening` and :class:`DrawnSprite`.

    ``complaints`` are errors on the browser's console and what the editor logs as an error or warning,
    ``requests`` the addresses elsewhere that were asked for, ``state`` the texts of variables and lists as
    :meth:`Editor.state` gives them.
    """

    path: Path
    opening: Opening
    drawn: tuple[DrawnSprite, ...] = ()
    says: tuple[Bubble, ...] = ()
    state: dict[str, dict[str, Any]] = field(default_factory=dict)
    complaints: tuple[str, ...] = ()
    requests: tuple[str, ...] = ()

    @property
    def problems(self) -> list[str]:
        """Everything that a good file does not do: a refusal, blocks not drawn, requests, complaints."""
        if not self.opening.loaded:
            return [f"the editor refuses it: {self.opening.reason}"]
        return [
            *(
                f"{one.sprite}: {len(one.missing)} of {one.blocks} blocks not drawn, first {one.missing[0]}"
                for one in self.drawn
                if one.missing
            ),
            *(f"asks the network for {address}" for address in self.requests),
            *self.complaints,
        ]


class Editor:
    """The running editor; a context manager around Node and the browser.

    ``size`` is that of the window in pixels, ``seconds`` bound every request. EngineError when Node, the
    engines, the editor or Chromium are missing.
    """

    def __init__(self, *, size: tuple[int, int] = (1400, 900), seconds: float = SECONDS) -> None:
        width, height = size
        options = {
            "editor": str(editor_folder()),
            "chromium": find_chromium(),
            "width": width,
            "height": height,
        }
        self._node = NodeProcess("editor.cjs", title="the editor", options=options, seconds=seconds)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the browser and end Node."""
        with suppress(EngineError):  # the browser may be gone already
            self._node.request("quit", seconds=QUIT_SECONDS)
        self._node.close()

    def load(self, path: Path | str) -> Opening:
        """Choose *Load from your computer* and pick a file; ProjectFileError when there is no such file."""
        path = Path(path)
        if not path.is_file():
            raise ProjectFileError("there is no such file", where=str(path), todo="name an .sb3 file")
        return Opening(**self._node.request("load", path=str(path.absolute())))

    def save(self, path: Path | str) -> None:
        """Choose *Save to your computer* and keep the file under that path."""
        self._node.request("save", path=str(Path(path).absolute()))

    def drawn(self) -> list[DrawnSprite]:
        """Open one sprite after the other and see which blocks are drawn; the stage comes first."""
        return [
            DrawnSprite(sprite=one["sprite"], blocks=one["blocks"], missing=tuple(one["missing"]))
            for one in self._node.request("drawn")
        ]

    def select(self, sprite: str) -> None:
        """Open the scripts of a sprite, or of the stage."""
        self._node.request("select", sprite=sprite)

    def click_flag(self) -> None:
        """Click the green flag; what was said before is forgotten."""
        self._node.request("click_flag")

    def click_stop(self) -> None:
        """Click the stop sign."""
        self._node.request("click_stop")

    def click(self, place: Place) -> None:
        """Click a place on the stage with the mouse."""
        self._node.request("drag", places=[place])

    def drag(self, places: Sequence[Place]) -> None:
        """Press the mouse at the first place, move it through the others, one a frame, and let it go."""
        self._node.request("drag", places=list(places))

    def press_key(self, key: str, *, frames: int = 1) -> None:
        """Hold a key for so many frames; named as a browser names it: ``a``, ``ArrowUp``, ``Space``."""
        self._node.request("key", key=key, count=frames)

    def answer(self, text: str) -> None:
        """Wait for the box of *ask and wait*, type an answer into it and press Enter."""
        self._node.request("answer", text=text)

    def wait_frames(self, count: int) -> None:
        """Let the engine take so many frames of 1/30 second."""
        self._node.request("frames", count=count)

    def run(self, max_frames: int) -> bool:
        """Wait until no script runs, at most so many frames; tell whether none does."""
        return bool(self._node.request("run", count=max_frames))

    def wait_until(self, variable: str, text: str, *, sprite: str = "Stage", max_frames: int) -> bool:
        """Wait until a variable or list holds a text, at most so many frames; tell whether it does."""
        return bool(
            self._node.request("until", sprite=sprite, variable=variable, text=text, count=max_frames)
        )

    def record(self, variables: Sequence[tuple[str, str]]) -> None:
        """Begin to record each frame and input; ``variables`` are sprites and the names of what they hold."""
        self._node.request("record", variables=list(variables))

    def recorded(self) -> Recording:
        """End the recording that :meth:`record` began, and return it."""
        return read_recording(self._node.request("recorded"))

    def toggle_full_screen(self) -> None:
        """Click the button at the stage's upper right corner."""
        self._node.request("full_screen")

    def screenshot(self, path: Path | str, part: Part = "page") -> None:
        """Write a PNG of the whole page, of the stage, or of the scripts."""
        self._node.request("screenshot", path=str(Path(path).absolute()), part=part)

    @property
    def says(self) -> list[Bubble]:
        """What was said and thought since the flag was clicked or the file was loaded, in order."""
        return [
            Bubble(sprite=sprite, text=text, kind=kind, frame=frame)
            for sprite, text, kind, frame in self._node.request("says")
        ]

    def state(self) -> dict[str, dict[str, Any]]:
        """Return every variable's and list item's text, by sprite, as the engines give it."""
        return dict(self._node.request("state"))

    def troubles(self) -> tuple[list[str], list[str]]:
        """Return complaints and requests since the file was loaded, as an :class:`EditorReport` has them."""
        troubles = self._node.request("troubles")
        return troubles["complaints"], troubles["requests"]


def open_in_editor(
    paths: Sequence[Path | str],
    *,
    screenshots: Path | None = None,
    click_flag: bool = True,
    frames: int = FRAMES_OF_A_LOOK,
    save_to: Path | None = None,
) -> list[EditorReport]:
    """Open files in one editor, one after the other, and report what came of each.

    Each file's flag is clicked if ``click_flag``, and it runs for ``frames`` at most. ``screenshots`` is a
    folder for ``NAME.code.png`` and ``NAME.stage.png``; ``save_to`` one for what the editor saves as
    ``NAME.sb3``. EngineError as for :class:`Editor`.
    """
    with Editor() as editor:
        return [_look_over(editor, Path(path), screenshots, click_flag, frames, save_to) for path in paths]


def _look_over(
    editor: Editor, path: Path, screenshots: Path | None, click_flag: bool, frames: int, save_to: Path | None
) -> EditorReport:
    opening = editor.load(path)
    if not opening.loaded:
        complaints, requests = editor.troubles()
        return EditorReport(
            path=path, opening=opening, complaints=tuple(complaints), requests=tuple(requests)
        )
    drawn = editor.drawn()
    if screenshots:
        editor.screenshot(screenshots / f"{path.stem}.code.png", "page")
    if click_flag:
        editor.click_flag()
        editor.run(frames)
    if screenshots:
        editor.screenshot(screenshots / f"{path.stem}.stage.png", "stage")
    says, state = editor.says, editor.state()
    editor.click_stop()
    if save_to:
        editor.save(save_to / f"{path.stem}.sb3")
    complaints, requests = editor.troubles()
    return EditorReport(
        path=path,
        opening=opening,
        drawn=tuple(drawn),
        says=tuple(says),
        state=state,
        complaints=tuple(complaints),
        requests=tuple(requests),
    )
