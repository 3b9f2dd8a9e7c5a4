"""Random scenes of what stands on the stage: pens, layers, clones, questions, keys, the mouse, music, time.

What happens from outside while they run (keys, mouse, answers, clicks) is drawn with them. Scenes have a
theme, so that the blocks of one category meet often enough.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Literal

from scratchgen.scratch.program import Monitor, Project
from tests.simulator.stage_makers import SPRITES, Maker
from tests.simulator.stage_themes import KEYS, THEMES

__all__ = ["Event", "Scene", "random_scene"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that comes from outside before a step: what it is, and the key, sprite, answer or place."""

    kind: Literal["press", "release", "mouse", "down", "up", "click", "answer"]
    text: str = ""
    place: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A project, and what happens to it before each step."""

    project: Project
    events: tuple[tuple[Event, ...], ...]


def _place(random: Random, x: int, y: int) -> tuple[float, float]:
    return float(random.randint(-x, x)), float(random.randint(-y, y))


EVENTS: tuple[Callable[[Random], Event], ...] = (
    lambda random: Event(kind="press", text=random.choice(list(KEYS))),
    lambda random: Event(kind="release", text=random.choice(list(KEYS))),
    lambda random: Event(kind="mouse", place=_place(random, 300, 200)),
    lambda random: Event(kind="mouse", place=(-240.0, random.choice((180.0, 7.5)))),
    lambda random: Event(kind="down", place=_place(random, 200, 100)),
    lambda random: Event(kind="up"),
    lambda random: Event(kind="click", text=random.choice(SPRITES)),
    lambda random: Event(kind="answer", text=random.choice(("Ada", "7", ""))),
    lambda random: Event(kind="answer", text="Bob"),
)


def random_scene(theme: str, number: int, steps: int) -> Scene:
    """Return the scene of that number, with what happens in so many steps.

    Monitors are shown in every other scene: what is shown has threads of its own in the engine.
    """
    random = Random(f"{theme} {number}")
    stage, *others = (Maker(random, name, THEMES[theme]).sprite() for name in ("Stage", *SPRITES))
    owned = ((None, "place"), (None, "a"), *((name, "mine") for name in SPRITES))
    monitors = [
        Monitor(
            opcode="data_variable",
            params={"VARIABLE": name},
            sprite=owner,
            settings={"visible": random.random() < 0.5 and number % 2 == 0},
        )
        for owner, name in owned
    ]
    monitors.append(
        Monitor(
            opcode="data_listcontents",
            params={"LIST": "log"},
            mode="list",
            value=[],
            settings={"visible": number % 2 == 0},
        )
    )
    events = tuple(
        tuple(random.choice(EVENTS)(random) for _ in range(random.choice((0, 0, 1, 1, 2))))
        for _ in range(steps)
    )
    project = Project(sprites=(stage, *others), monitors=tuple(monitors), extensions=("pen", "music"))
    return Scene(project=project, events=events)
