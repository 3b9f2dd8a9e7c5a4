"""What Python can do with a project in a real engine: load it, start scripts, take steps, ask, look.

The official engine and TurboWarp's are driven by the same requests; each module of theirs adds what only it
can do. What happens in Node is in ``node/machine.cjs``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from scratchgen.engines.columns import Column, pack_numbers, unpack_column
from scratchgen.engines.node_process import SECONDS, NodeProcess
from scratchgen.engines.project_data import project_data
from scratchgen.engines.states import MonitorState, SpriteState, sprite_state
from scratchgen.engines.values import decode_value, encode_value
from scratchgen.scratch.manifest import Answer, Manifest
from scratchgen.scratch.program import Value

__all__ = ["CLOCK_START", "TURN_MILLISECONDS", "Engine", "RunOutcome", "Say"]

CLOCK_START = 1_700_000_000_000
"""Where the simulated clock begins, in milliseconds since 1970 (14 November 2023, 22:13:20 UTC)."""
TURN_MILLISECONDS = 1 / 128
"""What the simulated clock charges for one turn of a loop: a power of two, so that sums are exact."""
FRAMES_PER_SECOND = 30
MAX_STEPS = 10_000
ROWS_A_REQUEST = 1000
"""Rows that one request asks, so that the time of a request stays bounded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """What a sprite said or thought: the text in its bubble, the value it was made of, and when.

    ``step`` counts the steps done before, ``time`` is the simulated second that the scripts saw.
    """

    sprite: str
    text: str
    kind: str
    step: int
    time: float
    value: Value | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOutcome:
    """How many steps of 1/30 second a run took, and whether no script runs any more."""

    steps: int
    idle: bool


class Engine:
    """A real engine under Node; a context manager around one process.

    With ``simulated_clock`` (the default) a step lasts 1/30 second of simulated time: the step that comes as
    number ``n`` sees ``CLOCK_START + floor(1000 n / 30)`` milliseconds, and waiting costs nothing. A script
    may go on for as many *turns* as the engine's milliseconds hold ``turn_milliseconds``: unless given, 3,200
    turns of all threads a step, 64,000 turns of a loop that runs without screen refresh. A turn is counted
    each time the engine looks at its stopwatch. Without ``simulated_clock`` the real clock runs on, and steps
    follow one another at once.

    ``seconds`` bound every request, ``options`` reach the engine's own script.

    EngineError when Node or the engine is missing, fails, or does not answer in time.
    """

    SCRIPT: ClassVar[str]
    TITLE: ClassVar[str]

    def __init__(
        self,
        *,
        simulated_clock: bool = True,
        turn_milliseconds: float = TURN_MILLISECONDS,
        seconds: float = SECONDS,
        options: Mapping[str, object] | None = None,
    ) -> None:
        clock = {"start": CLOCK_START, "turn": turn_milliseconds} if simulated_clock else None
        self._node = NodeProcess(
            self.SCRIPT, title=self.TITLE, options={"clock": clock, **(options or {})}, seconds=seconds
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        self._node.close()

    @property
    def processor_seconds(self) -> float:
        """Processor time that the engine's process has taken so far, all its threads together."""
        return float(self._node.request("processor_time")) / 1e6

    def load(self, project: Path | str | bytes) -> None:
        """Load a project, a file or the bytes of one, in place of the one before."""
        self._node.request("load", data=project_data(project))

    def click_flag(self) -> None:
        """Click the green flag; the scripts take their first steps in :meth:`run` or :meth:`step`."""
        self._node.request("click_flag")

    def click_stop(self) -> None:
        """Click the stop sign."""
        self._node.request("click_stop")

    def click_sprite(self, name: str | None = None) -> None:
        """Start the scripts *when this sprite clicked* of a sprite, or of the stage."""
        self._node.request("click_sprite", name=name)

    def broadcast(self, name: str) -> int:
        """Send a broadcast and return how many scripts it started."""
        return int(self._node.request("broadcast", name=name))

    def press_key(self, key: str, *, down: bool = True) -> None:
        """Press a key, or let it go; named as a browser names it: ``a``, ``ArrowUp``, ``Enter``, a blank."""
        self._node.request("key", key=key, down=down)

    def move_mouse(self, x: float, y: float, *, down: bool = False) -> None:
        """Move the mouse to a place on the stage (−240 to 240, −180 to 180), its button down or not."""
        self._node.request("mouse", x=x, y=y, down=down)

    def answer(self, text: str) -> None:
        """Answer the question that *ask and wait* asks."""
        self._node.request("answer", text=text)

    @property
    def is_asking(self) -> bool:
        """Whether a question waits for its answer."""
        return bool(self._node.request("asking"))

    def step(self, count: int = 1) -> None:
        """Take steps of 1/30 second, whether or not a script runs."""
        self._node.request("step", count=count)

    def run(self, max_steps: int = MAX_STEPS) -> RunOutcome:
        """Take steps until no script runs, but no more than ``max_steps``."""
        return RunOutcome(**self._node.request("run", maxSteps=max_steps))

    def ask(
        self, manifest: Manifest, rows: Sequence[Sequence[Value]], *, max_steps: int = MAX_STEPS
    ) -> list[Answer]:
        """Ask a file what its manifest says that it answers; one answer a row, in order.

        For each row: set the input variables, start the scripts that receive the broadcast, run until idle,
        read the list of logits and the answer. EngineError when nothing receives the broadcast, or when
        scripts still run after ``max_steps``.
        """
        answers: list[Answer] = []
        for at in range(0, len(rows), ROWS_A_REQUEST):
            part = [[encode_value(value) for value in row] for row in rows[at : at + ROWS_A_REQUEST]]
            given = self._node.request(
                "ask",
                broadcast=manifest.broadcast,
                inputs=[[entry.variable, entry.place] for entry in manifest.inputs],
                logits=manifest.logits,
                answer=manifest.answer,
                rows=part,
                maxSteps=max_steps,
            )
            answers += [
                Answer(tuple(map(decode_value, logits)), decode_value(answer)) for logits, answer in given
            ]
        return answers

    def work(
        self,
        broadcast: str,
        *,
        sprite: str,
        given: Mapping[str, NDArray[np.integer | np.floating]],
        wanted: Sequence[str],
        max_steps: int = MAX_STEPS,
    ) -> list[Column]:
        """Let scripts that receive a broadcast work through lists, and return the lists that they fill.

        The lists ``given`` get these numbers, the lists ``wanted`` are emptied; both are found as by
        :meth:`list_items`. EngineError when nothing receives the broadcast, or when scripts still run after
        ``max_steps``.
        """
        columns = self._node.request(
            "work",
            broadcast=broadcast,
            sprite=sprite,
            given={name: pack_numbers(numbers) for name, numbers in given.items()},
            wanted=list(wanted),
            maxSteps=max_steps,
        )
        return list(map(unpack_column, columns))

    @property
    def compile_errors(self) -> list[str]:
        """Why scripts could not be compiled; empty for an engine that compiles nothing."""
        return []

    def variable(self, name: str, sprite: str | None = None) -> Value:
        """Return a variable's value: the sprite's own if it has one of that name, else the stage's."""
        return decode_value(self._node.request("variable", name=name, sprite=sprite))

    def set_variable(self, name: str, value: Value, sprite: str | None = None) -> None:
        """Set a variable, found as by :meth:`variable`."""
        self._node.request("set_variable", name=name, value=encode_value(value), sprite=sprite)

    def list_items(self, name: str, sprite: str | None = None) -> list[Value]:
        """Return a list's items: the sprite's own list if it has one of that name, else the stage's."""
        return list(map(decode_value, self._node.request("list_items", name=name, sprite=sprite)))

    def set_list(self, name: str, items: Iterable[Value], sprite: str | None = None) -> None:
        """Set a list's items, found as by :meth:`list_items`."""
        self._node.request("set_list", name=name, items=[encode_value(item) for item in items], sprite=sprite)

    @property
    def says(self) -> list[Say]:
        """Everything said and thought since the project was loaded, in order."""
        return [
            Say(
                sprite=sprite,
                text=text,
                kind=kind,
                step=step,
                time=_second(begun),
                value=_decode_reported(value),
            )
            for sprite, text, kind, step, begun, value in self._node.request("says")
        ]

    @property
    def questions(self) -> list[str]:
        """Every question of *ask and wait*, in order; one that a visible sprite asks in a bubble is empty."""
        return [text for text, _ in self._node.request("questions")]

    @property
    def question_times(self) -> list[float]:
        """The simulated second of each of the questions."""
        return [_second(begun) for _, begun in self._node.request("questions")]

    def state(self) -> dict[str, dict[str, Any]]:
        """Return every variable's and list item's text, by sprite, the stage first.

        ``{"Stage": {"variables": {NAME: TEXT}, "lists": {NAME: [TEXT]}}, SPRITE: …}``, each value as the text
        that Scratch would make of it in full precision.
        """
        return dict(self._node.request("state"))

    def sprites(self) -> list[SpriteState]:
        """Return the state of the stage, the sprites and the clones, in the order in which they run."""
        return [sprite_state(content) for content in self._node.request("sprites")]

    def monitors(self) -> list[MonitorState]:
        """Return the monitors that the project has, shown or not; blocks that show do not make any."""
        return [MonitorState(**content) for content in self._node.request("monitors")]


def _second(steps: int) -> float:
    """Return the simulated second that the step of that number sees, counted from 1."""
    return steps * 1000 // FRAMES_PER_SECOND / 1000


def _decode_reported(value: Any) -> Value | None:
    return None if value is None else decode_value(value)
