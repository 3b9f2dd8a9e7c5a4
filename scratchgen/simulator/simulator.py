"""The simulator as others use it: load a project, start it, look at what it did."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from scratchgen.errors import ProjectFileError, SimulationError
from scratchgen.scratch.manifest import Answer, Manifest
from scratchgen.scratch.program import Project, Value
from scratchgen.scratch.reader import read_project
from scratchgen.simulator.bubbles import Say
from scratchgen.simulator.elementary import PROFILES
from scratchgen.simulator.events import Event, Plan
from scratchgen.simulator.machine import STEPS_A_SECOND, Machine
from scratchgen.simulator.operations import Items
from scratchgen.simulator.pen import Stroke
from scratchgen.simulator.sensing import START, Question
from scratchgen.simulator.targets import Target, as_value
from scratchgen.simulator.values import to_text
from scratchgen.simulator.view import SpriteView, view_of

__all__ = ["Simulator"]

LONGEST_ANSWER = 60.0
"""Simulated seconds that one question may take."""


class Simulator:
    """A project, run in Python as the official engine runs it.

    ``profile`` names the arithmetic of the elementary functions: ``fdlibm`` as in Node 20, or ``rounded``.
    ``seed`` decides what is drawn at random. With ``drawn``, as in a browser, what changes the picture ends
    the step; without, as in the official engine under Node, only *wait* does. Numbers come out as floats, the
    only numbers of Scratch. ``date`` is when simulated time begins. A block that needs pixels or the network
    is a SimulationError; with ``lenient`` it answers *false* or empty text instead. ``answers`` are given one
    after the other, each in the step after its question.

    ::

        simulator = Simulator.load("out/colours.sb3")
        simulator.click_flag()
        simulator.run(seconds=10)
        print([say.text for say in simulator.says])
    """

    def __init__(
        self,
        project: Project,
        *,
        profile: str = "fdlibm",
        seed: int = 0,
        drawn: bool = True,
        fast: bool = True,
        lenient: bool = False,
        date: datetime = START,
        answers: Sequence[str] = (),
    ) -> None:
        if profile not in PROFILES:
            raise SimulationError(
                f"there is no math profile {profile!r}", todo=f"choose of {', '.join(PROFILES)}"
            )
        self.says: list[Say] = []
        """Everything said and thought so far."""
        self._on_say: Callable[[Say], None] | None = None
        self.answers_left = list(answers)
        """The answers to questions that were not asked so far."""
        self.events_left: tuple[Event, ...] = ()
        """The events of the last run that did not happen in its time."""
        self._machine = Machine(
            project,
            profile=PROFILES[profile],
            seed=seed,
            drawn=drawn,
            fast=fast,
            lenient=lenient,
            date=date,
            on_say=self._hear,
        )

    @classmethod
    def load(
        cls,
        path: Path | str,
        *,
        profile: str = "fdlibm",
        seed: int = 0,
        drawn: bool = True,
        lenient: bool = False,
        date: datetime = START,
        answers: Sequence[str] = (),
    ) -> Simulator:
        """Read an ``.sb3`` file; ProjectFileError when it is none."""
        project = read_project(path)
        return cls(
            project,
            profile=profile,
            seed=seed,
            drawn=drawn,
            lenient=lenient,
            date=date,
            answers=answers,
        )

    def _hear(self, say: Say) -> None:
        self.says.append(say)
        if self._on_say is not None:
            self._on_say(say)

    def click_flag(self) -> None:
        """Click the green flag; the scripts go on in :meth:`run` or :meth:`step`."""
        self._machine.click_flag()

    def click_stop(self) -> None:
        """Click the stop sign: no script goes on, and clones, bubbles and questions are gone."""
        self._machine.stop_all()

    def broadcast(self, name: str) -> int:
        """Send a broadcast, and return how many scripts it started."""
        return len(self._machine.broadcast(name))

    def require_receiver(self, name: str) -> None:
        """SimulationError when no script of the project receives the broadcast."""
        if not self._machine.has_hat("event_whenbroadcastreceived", BROADCAST_OPTION=name.upper()):
            raise SimulationError(f"no script receives the broadcast {name!r}", where="the project")

    def press_key(self, key: str) -> None:
        """Hold a key down: a letter, a digit, ``space``, ``enter``, ``left arrow`` …"""
        self._machine.sensing.press_key(key)

    def release_key(self, key: str) -> None:
        """Let a key go."""
        self._machine.sensing.release_key(key)

    def move_mouse(self, x: float, y: float) -> None:
        """Move the mouse to a place on the stage; until then it is in the middle."""
        self._machine.sensing.move_mouse(x, y)

    def mouse_down(self) -> None:
        """Press the mouse's button on the stage; to click a sprite there is :meth:`click_sprite`."""
        if not self._machine.sensing.is_mouse_down:
            self._machine.sensing.is_mouse_down = True
            self._machine.click(self._machine.stage)

    def mouse_up(self) -> None:
        """Let the mouse's button go."""
        self._machine.sensing.is_mouse_down = False

    def click_sprite(self, name: str) -> None:
        """Start the scripts *when this sprite clicked* of a sprite."""
        self._machine.click(self._owners(name)[0])

    def answer(self, text: str) -> None:
        """Answer the question that *ask and wait* asks."""
        self._machine.sensing.give(text)

    def answer_next(self, text: str) -> None:
        """Answer the next question that has no answer yet, now or when it is asked."""
        self.answers_left.append(text)

    @property
    def questions(self) -> list[Question]:
        """Every question asked so far."""
        return list(self._machine.sensing.questions)

    @property
    def pen_strokes(self) -> list[Stroke]:
        """What the pens have drawn since the last *erase all*, in order."""
        return list(self._machine.pen.strokes)

    def sprite(self, name: str) -> SpriteView:
        """Return how a sprite (or ``Stage``) stands now; it does not change with the sprite.

        SimulationError when there is no sprite of that name.
        """
        return self._view(self._owners(name)[0])

    def clones(self, name: str) -> list[SpriteView]:
        """Return how the clones of a sprite stand now, the oldest first.

        SimulationError when there is no sprite of that name.
        """
        sprite = self._owners(name)[0].sprite
        clones = (each for each in self._machine.targets if each.sprite is sprite and not each.is_original)
        return list(map(self._view, clones))

    @property
    def layers(self) -> list[SpriteView]:
        """The stage, the sprites and the clones as they stand now, from back to front."""
        return list(map(self._view, self._machine.layered))

    def _view(self, target: Target) -> SpriteView:
        machine = self._machine
        return view_of(target, layer=machine.layered.index(target), tempo=machine.stage.stance.tempo)

    def is_shown(self, name: str, sprite: str | None = None) -> bool:
        """Tell whether a variable or list is shown on the stage, found as by :meth:`variable`."""
        for target in self._owners(sprite):
            if name in target.code.names.own_variables or name in target.code.names.own_lists:
                return (target.name, name) in self._machine.shown_monitors
        raise SimulationError(f"there is no variable or list {name!r}", where=sprite or "the stage")

    def step(self, count: int = 1) -> None:
        """Take steps of 1/30 second."""
        for _ in range(count):
            if self.answers_left and self._machine.sensing.is_asking:
                self.answer(self.answers_left.pop(0))
            self._machine.step()

    def run(
        self,
        seconds: float = 60.0,
        *,
        events: Iterable[Event] | str = (),
        on_say: Callable[[Say], None] | None = None,
    ) -> bool:
        """Take steps until nothing is to come and no script runs; tell whether that was within the time.

        ``events`` are what happens from outside, as :func:`~scratchgen.simulator.events.parse_events` reads
        them, or their text; their times and ``seconds`` are simulated seconds since this call. EventsError,
        before anything runs, when the project does not have what an event names. ``on_say`` is told of
        everything said, as it is said.
        """
        plan = Plan(events, self)
        machine = self._machine
        self._on_say = on_say
        for taken in range(int(seconds * STEPS_A_SECOND)):
            plan.do_due(taken * 1000 // STEPS_A_SECOND / 1000)
            if not machine.threads and not plan.left:
                break
            self.step()
        self._on_say = None
        self.events_left = plan.left
        return not machine.threads and not plan.left

    def ask(self, manifest: Manifest, rows: Sequence[Sequence[Value]]) -> list[Answer]:
        """Ask a file what its manifest says that it answers; one answer a row, in order.

        For each row: set the input variables, start the scripts that receive the broadcast, run until idle,
        read the list of logits and the answer.
        """
        machine = self._machine
        asked = [
            (self.items(entry.variable), entry.place - 1) if entry.place else self._place(entry.variable)
            for entry in manifest.inputs
        ]
        values, place = self._place(manifest.answer)
        logits = self.items(manifest.logits)
        answers = []
        for row in rows:
            for (target_values, variable), value in zip(asked, row, strict=True):
                target_values[variable] = as_value(value)
            if not machine.broadcast(manifest.broadcast):
                raise ProjectFileError(
                    f"no script receives the broadcast {manifest.broadcast!r} of its manifest",
                    where="the project",
                    todo="build it again",
                )
            if not self.run(LONGEST_ANSWER):
                raise SimulationError(
                    f"no answer within {LONGEST_ANSWER:g} simulated seconds", where=f"question {list(row)}"
                )
            answers.append(Answer(tuple(logits), values[place]))
        return answers

    def variable(self, name: str, sprite: str | None = None) -> Value:
        """Return a variable's value: the sprite's own if it has one of that name, else the stage's."""
        values, place = self._place(name, sprite)
        return values[place]

    def set_variable(self, name: str, value: Value, sprite: str | None = None) -> None:
        """Set a variable, found as by :meth:`variable`."""
        values, place = self._place(name, sprite)
        values[place] = as_value(value)

    def list_items(self, name: str, sprite: str | None = None) -> list[Value]:
        """Return a list's items: of the sprite's own list if it has one of that name, else of the stage's."""
        return list(self.items(name, sprite))

    def set_list(self, name: str, items: Sequence[Value], sprite: str | None = None) -> None:
        """Set a list's items, found as by :meth:`list_items`."""
        self.items(name, sprite)[:] = map(as_value, items)
        self._machine.constants_hold = False

    def items(self, name: str, sprite: str | None = None) -> Items:
        """Return the list itself, which goes on changing as scripts run."""
        for target in self._owners(sprite):
            if name in target.code.names.own_lists:
                return target.lists[target.code.names.own_lists[name]]
        raise SimulationError(f"there is no list {name!r}", where=sprite or "the stage")

    def state(self) -> dict[str, dict[str, Any]]:
        """Return every variable's and list item's text, by sprite, the stage first.

        ``{"Stage": {"variables": {NAME: TEXT}, "lists": {NAME: [TEXT]}}, SPRITE: …}``, each value as the text
        that Scratch would make of it in full precision.
        """
        return {target.name: _target_state(target) for target in self._machine.targets if target.is_original}

    def _owners(self, sprite: str | None) -> list[Target]:
        stage = self._machine.stage
        if sprite is None:
            return [stage]
        found = [each for each in self._machine.targets if each.is_original and each.name == sprite]
        if not found:
            raise SimulationError(f"there is no sprite {sprite!r}", where="the project")
        return [*found, stage]

    def _place(self, name: str, sprite: str | None = None) -> tuple[list[Value], int]:
        for target in self._owners(sprite):
            if name in target.code.names.own_variables:
                return target.values, target.code.names.own_variables[name]
        raise SimulationError(f"there is no variable {name!r}", where=sprite or "the stage")


def _target_state(target: Target) -> dict[str, Any]:
    names = target.code.names
    return {
        "variables": {name: to_text(target.values[place]) for name, place in names.own_variables.items()},
        "lists": {name: list(map(to_text, target.lists[place])) for name, place in names.own_lists.items()},
    }
