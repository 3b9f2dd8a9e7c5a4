"""The sensing blocks: questions and answers, keys, the mouse, time, and what others are like.

Nobody is at the keyboard: keys, mouse and answers come from who runs the simulator. What would have to look
at pixels stands in :mod:`~scratchgen.simulator.beyond`.
"""
# ruff: noqa: ARG002 - every row's function gets the target (and, if it waits, the thread)

from __future__ import annotations

import math
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING

from scratchgen.scratch.program import Value
from scratchgen.simulator.operations import rounded
from scratchgen.simulator.rows import Row
from scratchgen.simulator.signals import Signal
from scratchgen.simulator.stance import clamp
from scratchgen.simulator.values import join_halves, letter, letters, to_text

if TYPE_CHECKING:
    from scratchgen.simulator.machine import Machine
    from scratchgen.simulator.targets import Target
    from scratchgen.simulator.threads import Thread

__all__ = ["REPORTERS", "START", "STATEMENTS", "Question", "Sensing", "key_of"]

START = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
"""When simulated time begins, unless another date is given."""
SECONDS_A_DAY = 86_400.0
NAMED_KEYS = ("space", "left arrow", "up arrow", "right arrow", "down arrow", "enter")
KEYS_BY_NUMBER = {
    32.0: "space",
    37.0: "left arrow",
    38.0: "up arrow",
    39.0: "right arrow",
    40.0: "down arrow",
}
TOO_FAR = 10_000.0
"""The distance to what is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question that was asked: by whom, its text, and the simulated second."""

    sprite: str
    text: str
    time: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A question that waits for its answer, and what was true when the block began."""

    text: str
    thread: Thread
    in_bubble: bool


def key_of(value: Value) -> str:
    """Return the key that a value means: a letter in capitals, or one of the named keys.

    >>> key_of("a"), key_of("left arrow"), key_of(32.0), key_of(" "), key_of("Shift")
    ('A', 'left arrow', 'space', 'space', 'S')
    """
    if isinstance(value, float) and 48 <= value <= 90:
        return chr(int(value))
    if isinstance(value, float) and value in KEYS_BY_NUMBER:
        return KEYS_BY_NUMBER[value]
    name = to_text(value)
    if name in NAMED_KEYS:
        return name
    first = letter(name, 0) if letters(name) > 1 else name
    return "space" if first == " " else first.upper()


class Sensing:
    """Does the sensing blocks of a machine's targets, and keeps what comes from outside."""

    def __init__(self, machine: Machine, start: datetime) -> None:
        self.machine = machine
        self.start = start if start.tzinfo else start.replace(tzinfo=UTC)
        self.questions: list[Question] = []
        """Every question asked so far."""
        self.answer: Value = ""
        self.keys: list[str] = []
        self.mouse = (0.0, 0.0)
        self.is_mouse_down = False
        self.timer_start = 0.0
        self.username = ""
        self._open: list[_Asked] = []

    # -- what comes from outside

    def press_key(self, name: str) -> None:
        """Hold a key down, and start what waits for it."""
        key = key_of(name)
        for each in (key, "any"):
            self.machine.start_hats("event_whenkeypressed", KEY_OPTION=each.upper())
        if key not in self.keys:
            self.keys.append(key)

    def release_key(self, name: str) -> None:
        """Let a key go."""
        if (key := key_of(name)) in self.keys:
            self.keys.remove(key)

    def move_mouse(self, x: float, y: float) -> None:
        """Move the mouse to the nearest whole place on the stage.

        The engine takes no note of the leftmost x and the topmost y, which its page counts as 0.
        """
        across, down = x + 240.0, 180.0 - y
        old_x, old_y = self.mouse
        self.mouse = (
            rounded(clamp(480.0 * (across / 480.0 - 0.5), -240.0, 240.0)) if across else old_x,
            rounded(clamp(-360.0 * (down / 360.0 - 0.5), -180.0, 180.0)) if down else old_y,
        )

    def give(self, answer: str) -> None:
        """Answer the oldest open question, if there is any; the next one is asked then."""
        self.answer = join_halves(answer)
        if self._open:
            asked = self._open.pop(0)
            if asked.in_bubble:
                self.machine.bubbles.say(asked.thread.target, "say", "")
            asked.thread.wakes_at = self.machine.now
            self._ask_next()

    @property
    def is_asking(self) -> bool:
        """Whether a question waits for its answer."""
        return bool(self._open)

    def forget_all(self) -> None:
        """Forget every open question."""
        self._open = []

    def forget(self, target: Target) -> None:
        """Forget the open questions of a target whose scripts are stopped."""
        if not any(each.thread.target is target for each in self._open):
            return
        was_asking = self._open[0].thread.target is target
        self._open = [each for each in self._open if each.thread.target is not target]
        if was_asking:
            self.machine.bubbles.say(target, "say", "")
            self._ask_next()

    # -- ask

    def ask(self, target: Target, thread: Thread, question: Value) -> Generator[Signal, None, None]:
        """Ask, after those who asked before, and wait for the answer."""
        in_bubble = target.stance.visible and target is not self.machine.stage
        self._open.append(_Asked(text=to_text(question), thread=thread, in_bubble=in_bubble))
        if len(self._open) == 1:
            self._ask_next()
        yield math.inf

    def _ask_next(self) -> None:
        if self._open:
            asked = self._open[0]
            target = asked.thread.target
            if asked.in_bubble:
                self.machine.bubbles.say(target, "say", asked.text)
            self.questions.append(Question(sprite=target.name, text=asked.text, time=self.machine.now / 1000))

    def given_answer(self, target: Target) -> Value:
        """Return the last answer."""
        return self.answer

    # -- keys, mouse, others

    def is_key_down(self, target: Target, key: Value) -> bool:
        """Tell whether a key is held down."""
        return bool(self.keys) if key == "any" else key_of(key) in self.keys

    def mouse_x(self, target: Target) -> float:
        """Return the mouse's x position."""
        return self.mouse[0]

    def mouse_y(self, target: Target) -> float:
        """Return the mouse's y position."""
        return self.mouse[1]

    def mouse_down(self, target: Target) -> bool:
        """Tell whether the mouse's button is held down."""
        return self.is_mouse_down

    def set_drag_mode(self, target: Target, mode: str) -> None:
        """Let a sprite be dragged, or not."""
        if target is not self.machine.stage:
            target.stance.draggable = mode == "draggable"

    def distance(self, target: Target, name: Value) -> float:
        """Return the distance to the mouse or to another sprite."""
        if target is self.machine.stage:
            return TOO_FAR
        if name == "_mouse_":
            x, y = self.mouse
        else:
            found = self.machine.sprite(to_text(name))
            if found is None:
                return TOO_FAR
            x, y = found.stance.x, found.stance.y
        across, up = target.stance.x - x, target.stance.y - y
        return math.sqrt(across * across + up * up)

    def of(self, target: Target, name: str, owner: Value) -> Value:
        """Return a property or variable of the stage or of a sprite; 0 where there is none."""
        machine = self.machine
        other = machine.stage if owner == "_stage_" else machine.sprite(to_text(owner))
        if other is None:
            return 0.0
        properties = STAGE_PROPERTIES if other is machine.stage else SPRITE_PROPERTIES
        if name in properties:
            call, argument = properties[name]
            value: Value = attrgetter(call)(machine)(other, argument)
            return value
        places = other.code.names.own_variables
        return other.values[places[name]] if name in places else 0.0

    def raw(self, target: Target, attribute: str) -> float:
        """Return a number of a target's stance as it is."""
        number: float = getattr(target.stance, attribute)
        return number

    # -- time

    def timer(self, target: Target) -> float:
        """Return the seconds since the flag was clicked or the timer reset."""
        return (self.machine.step_time - self.timer_start) / 1000

    def reset_timer(self, target: Target | None = None) -> None:
        """Let the timer begin anew."""
        self.timer_start = self.machine.step_time

    def _date(self) -> datetime:
        return self.start + timedelta(milliseconds=self.machine.now)

    def current(self, target: Target, part: str) -> float:
        """Return a part of the date and time; weeks begin on Sunday, with 1."""
        date = self._date()
        parts = {
            "year": date.year,
            "month": date.month,
            "date": date.day,
            "dayofweek": date.isoweekday() % 7 + 1,
            "hour": date.hour,
            "minute": date.minute,
            "second": date.second,
        }
        return float(parts.get(part.lower(), 0))

    def days_since_2000(self, target: Target) -> float:
        """Return the days since the year 2000 began, in universal time."""
        since = self._date() - datetime(2000, 1, 1, tzinfo=UTC)
        return round(since / timedelta(milliseconds=1)) / (SECONDS_A_DAY * 1000)

    def user(self, target: Target) -> str:
        """Return the name of the user."""
        return self.username

    def loudness(self, target: Target) -> float:
        """Return what there is to hear without a microphone: −1."""
        return -1.0

    def is_loud(self, target: Target) -> bool:
        """Tell whether it is loud, which without a microphone it never is."""
        return False

    def user_id(self, target: Target) -> str:
        """Return what Scratch 2's block returns that is kept without a meaning: nothing."""
        return "undefined"

    # -- hats that look for themselves

    def is_greater(self, target: Target, what: str, number: float) -> bool:
        """Tell whether the timer is over a number; the loudness never is without a microphone."""
        return what.lower() == "timer" and self.timer(target) > number


SPRITE_PROPERTIES: Mapping[str, tuple[str, str]] = {
    "x position": ("sensing.raw", "x"),
    "y position": ("sensing.raw", "y"),
    "direction": ("sensing.raw", "direction"),
    "costume #": ("looks.costume", "number"),
    "costume name": ("looks.costume", "name"),
    "size": ("sensing.raw", "size"),
    "volume": ("sensing.raw", "volume"),
}
STAGE_PROPERTIES: Mapping[str, tuple[str, str]] = {
    "background #": ("looks.costume", "number"),
    "backdrop #": ("looks.costume", "number"),
    "backdrop name": ("looks.costume", "name"),
    "volume": ("sensing.raw", "volume"),
}
"""What *of* knows of others, beside their variables: the function and its further argument."""

STATEMENTS: Mapping[str, Row] = {
    "sensing_askandwait": Row(call="sensing.ask", arguments=("QUESTION:value",), waits="alarm"),
    "sensing_setdragmode": Row(call="sensing.set_drag_mode", arguments=("DRAG_MODE:field",)),
    "sensing_resettimer": Row(call="sensing.reset_timer"),
}

REPORTERS: Mapping[str, Row] = {
    "sensing_answer": Row(call="sensing.given_answer"),
    "sensing_keypressed": Row(call="sensing.is_key_down", arguments=("KEY_OPTION:value",), kind="boolean"),
    "sensing_mousedown": Row(call="sensing.mouse_down", kind="boolean"),
    "sensing_mousex": Row(call="sensing.mouse_x", kind="number"),
    "sensing_mousey": Row(call="sensing.mouse_y", kind="number"),
    "sensing_distanceto": Row(call="sensing.distance", arguments=("DISTANCETOMENU:value",), kind="number"),
    "sensing_of": Row(call="sensing.of", arguments=("PROPERTY:field", "OBJECT:value")),
    "sensing_timer": Row(call="sensing.timer", kind="number"),
    "sensing_current": Row(call="sensing.current", arguments=("CURRENTMENU:field",), kind="number"),
    "sensing_dayssince2000": Row(call="sensing.days_since_2000", kind="number"),
    "sensing_username": Row(call="sensing.user", kind="text"),
    "sensing_loudness": Row(call="sensing.loudness", kind="number"),
    "sensing_loud": Row(call="sensing.is_loud", kind="boolean"),
    "sensing_userid": Row(call="sensing.user_id", kind="text"),
}
