"""Plays one script of events to the official engine and to the simulator, and notes the same of both.

:class:`EnginePlayer` has the methods that stand in the simulator's table of words, so that a line of a script
means one thing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any

from scratchgen.engines.engine import Engine
from scratchgen.simulator import Event, Simulator
from scratchgen.simulator.events import WORDS

__all__ = ["Notes", "play_on_engine", "play_on_simulator", "random_events"]

BROWSER_KEYS = {
    "space": " ",
    "left arrow": "ArrowLeft",
    "right arrow": "ArrowRight",
    "up arrow": "ArrowUp",
    "down arrow": "ArrowDown",
    "enter": "Enter",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """What is compared: says and questions with their time, and everything that is left at the end."""

    says: list[tuple[str, str, str, float]]
    questions: list[tuple[str, float]]
    state: dict[str, Any]
    targets: list[tuple[object, ...]]
    steps: int


def second(steps: int) -> float:
    """The simulated second after so many steps."""
    return steps * 1000 // 30 / 1000


def first_step(time: float) -> int:
    """The number of steps after which that time has come."""
    return next(steps for steps in count(int(time * 30)) if second(steps) >= time)


@dataclass(slots=True, kw_only=True)
class EnginePlayer:
    """The engine with the simulator's words."""

    engine: Engine
    answers: list[str] = field(default_factory=list)
    mouse: tuple[float, float, bool] = (0.0, 0.0, False)

    def press_key(self, key: str) -> None:
        self.engine.press_key(BROWSER_KEYS.get(key, key))

    def release_key(self, key: str) -> None:
        self.engine.press_key(BROWSER_KEYS.get(key, key), down=False)

    def _move(self, x: float, y: float, down: bool) -> None:
        self.mouse = (x, y, down)
        self.engine.move_mouse(x, y, down=down)

    def move_mouse(self, x: float, y: float) -> None:
        self._move(x, y, self.mouse[2])

    def mouse_down(self) -> None:
        self._move(*self.mouse[:2], True)

    def mouse_up(self) -> None:
        self._move(*self.mouse[:2], False)

    def click_sprite(self, name: str) -> None:
        self.engine.click_sprite(name)

    def answer_next(self, text: str) -> None:
        self.answers.append(text)

    def broadcast(self, name: str) -> None:
        self.engine.broadcast(name)

    def click_flag(self) -> None:
        self.engine.click_flag()

    def click_stop(self) -> None:
        self.engine.click_stop()


def play_on_engine(engine: Engine, project: bytes, events: Sequence[Event], seconds: float) -> Notes:
    """Click the flag and let the events happen; the clock is this function's own."""
    engine.load(project)
    player = EnginePlayer(engine=engine)
    later = sorted(events, key=lambda event: event.time)
    last = int(seconds * 30)
    engine.move_mouse(0, 0)  # before the mouse has moved, the engine's mouse x is no number
    engine.click_flag()
    steps = 0
    while steps < last:
        while later and later[0].time <= second(steps):
            event = later.pop(0)
            getattr(player, WORDS[event.word].method)(*event.arguments)
        if not later and engine.run(max_steps=0).idle:
            break
        until = min(last, first_step(later[0].time)) if later else last
        if player.answers:
            if engine.is_asking:
                engine.answer(player.answers.pop(0))
            until = steps + 1
        if later:
            engine.step(until - steps)
            steps = until
        else:
            steps += engine.run(max_steps=until - steps).steps
    return Notes(
        says=[(one.sprite, one.text, one.kind, one.time) for one in engine.says],
        questions=list(zip(engine.questions, engine.question_times, strict=True)),
        state=engine.state(),
        targets=[
            (
                *(each.name, each.is_clone, each.x, each.y, each.direction, each.visible, each.costume),
                *(list(map(str, values.values())) for values in (each.variables, each.lists)),
            )
            for each in engine.sprites()
        ],
        steps=steps,
    )


def play_on_simulator(simulator: Simulator, events: Sequence[Event], seconds: float) -> Notes:
    """The same on the simulator, through the door that everybody uses."""
    simulator.click_flag()
    simulator.run(seconds, events=events)
    machine = simulator._machine
    bubbles = {(each.sprite, each.text, each.time) for each in simulator.says}
    return Notes(
        says=[(one.sprite, one.text, one.kind, one.time) for one in simulator.says],
        # the engine does not tell the text of a question a second time that a sprite asks in its bubble
        questions=[
            ("" if (one.sprite, one.text, one.time) in bubbles else one.text, one.time)
            for one in simulator.questions
        ],
        state=simulator.state(),
        targets=[
            (
                *(each.name, not each.is_original, each.stance.x, each.stance.y, each.stance.direction),
                *(each.stance.visible, each.stance.costume + 1),
                *(list(map(str, values)) for values in (each.values, each.lists)),
            )
            for each in machine.layered
        ],
        steps=machine.steps,
    )


def random_events(
    number: int, *, seconds: int, sprites: Sequence[str], broadcasts: Sequence[str], answers: Sequence[str]
) -> tuple[Event, ...]:
    """A script that any hand could have played, for a project that has these names."""
    random = Random(number)
    keys = ("space", "up arrow", "left arrow", "right arrow", "enter", "a", "x", "X", "q", "s")
    others = ("press", "press", "release", "release", "mouse", "mouse down", "mouse up")
    words = (*others, "click", "answer", "answer", "broadcast", random.choice(("flag", "stop", "answer")))
    arguments: dict[str, Callable[[], str | float]] = {
        "key": lambda: random.choice(keys),
        # at the rim and beyond it the engine takes no click for one of the stage
        "x": lambda: random.randint(-239, 239),
        "y": lambda: random.randint(-179, 179),
        "sprite": lambda: random.choice(sprites),
        "message": lambda: random.choice(broadcasts),
        "text": lambda: random.choice(answers),
    }
    events = []
    for _ in range(random.randint(3, 40)):
        word = random.choice(words)
        time = random.choice((random.randint(0, seconds), random.randint(0, 1000 * seconds) / 1000))
        given = tuple(arguments[kind]() for kind in WORDS[word].follows)
        events.append(Event(time=time, word=word, arguments=given))
    return tuple(events)
