"""Random scenes on the simulator and on the official engine, after every step: all that takes no pixels.

``SCRATCHGEN_EXACT=full`` (``make exact``) runs a thousand of each theme, without a renderer and with one that
draws nothing; otherwise some are enough.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from scratchgen.engines.official import OfficialEngine
from scratchgen.engines.states import SpriteState, StrokeRecord
from scratchgen.scratch.reader import project_from_bytes
from scratchgen.scratch.writer import project_to_bytes
from scratchgen.simulator import Simulator, SpriteView
from scratchgen.simulator.sensing import START
from tests.compared import Compared
from tests.simulator.random_stages import Event, random_scene
from tests.simulator.stage_makers import SPRITES
from tests.simulator.stage_themes import KEYS, THEMES

pytestmark = pytest.mark.engine

FULL = os.environ.get("SCRATCHGEN_EXACT") == "full"
SCENES = 1000 if FULL else 12
STEPS = 14
SEED = 321
MOUSE = (7.0, -3.0)
NO_SOUND_EFFECTS = {"pitch": 0.0, "pan": 0.0}
SAME_NAMES = (
    "name", "is_clone", "x", "y", "direction", "size", "visible", "draggable", "rotation_style", "costume",
    "volume", "instrument", "bubble",
)  # fmt: skip
PEN_NAMES = ("is_down", "colour", "saturation", "brightness", "transparency", "shade", "size", "rgba")
NEW_PEN = (False, 66.66, 100.0, 100.0, 0.0, 50.0, 1.0, (0.0, 0.0, 1.0, 1.0))


@pytest.fixture(scope="module", params=[False, True], ids=["undrawn", "drawn"])
def scene_engine(
    engines_installed: object, request: pytest.FixtureRequest
) -> Iterator[tuple[OfficialEngine, bool]]:
    with OfficialEngine(seed=SEED, drawn=request.param) as engine:
        yield engine, request.param


class OnEngine:
    """Lets happen in the engine what happens from outside."""

    def __init__(self, engine: OfficialEngine) -> None:
        self.engine = engine
        self.is_down = False
        self.mouse = MOUSE
        self.move(self.mouse, down=False)

    def happen(self, event: Event) -> None:
        match event.kind:
            case "press" | "release":
                self.engine.press_key(KEYS[event.text], down=event.kind == "press")
            case "mouse":
                self.move(event.place, down=self.is_down)
            case "down":
                self.move(event.place, down=True)
            case "up":
                self.move(self.mouse, down=False)
            case "click":
                self.engine.click_sprite(event.text)
            case "answer":
                self.engine.answer(event.text)

    def move(self, place: tuple[float, float], *, down: bool) -> None:
        self.mouse, self.is_down = place, down
        self.engine.move_mouse(*place, down=down)


def happen(simulator: Simulator, event: Event) -> None:
    match event.kind:
        case "press":
            simulator.press_key(event.text)
        case "release":
            simulator.release_key(event.text)
        case "mouse":
            simulator.move_mouse(*event.place)
        case "down":
            simulator.move_mouse(*event.place)
            simulator.mouse_down()
        case "up":
            simulator.mouse_up()
        case "click":
            simulator.click_sprite(event.text)
        case "answer":
            simulator.answer(event.text)


def their_sprite(state: SpriteState) -> dict[str, Any]:
    pen = NEW_PEN if state.pen is None else tuple(getattr(state.pen, name) for name in PEN_NAMES)
    return {
        **{name: getattr(state, name) for name in SAME_NAMES},
        "pen": pen,
        "effects": state.effects,
        "sound_effects": state.sound_effects or NO_SOUND_EFFECTS,
        "variables": state.variables,
        "lists": state.lists,
    }


def our_sprite(view: SpriteView) -> dict[str, Any]:
    return {
        **{name: getattr(view, name) for name in SAME_NAMES},
        "pen": tuple(getattr(view.pen, name) for name in PEN_NAMES),
        "effects": dict(view.effects),
        "sound_effects": dict(view.sound_effects),
        "variables": dict(view.variables),
        "lists": {name: list(items) for name, items in view.lists.items()},
    }


def comparable(strokes: list[StrokeRecord]) -> list[tuple[object, ...]]:
    return [(each.kind, each.ends, each.rgba, each.size) for each in strokes]


def our_strokes(simulator: Simulator) -> list[tuple[object, ...]]:
    return [
        ("stamp", (), (), 0.0)
        if each.kind == "stamp"
        else (each.kind, (*each.start, *each.end), each.rgba, each.size)
        for each in simulator.pen_strokes
    ]


def their_state(engine: OfficialEngine, drawn: bool) -> dict[str, Any]:
    sprites = engine.sprites()
    return {
        "sprites": [their_sprite(each) for each in sprites],
        "tempo": next(each.tempo for each in sprites if each.name == "Stage"),
        "says": [(say.sprite, say.text, say.kind) for say in engine.says],
        "questions": len(engine.questions),
        "shown": sorted(
            (each.sprite or "", name)
            for each in engine.monitors()
            if each.visible
            for name in each.params.values()
        ),
        "strokes": comparable(engine.strokes) if drawn else [],
    }


def our_state(simulator: Simulator, drawn: bool) -> dict[str, Any]:
    names = [(None, "place"), (None, "a"), (None, "log"), *((sprite, "mine") for sprite in SPRITES)]
    return {
        "sprites": [our_sprite(each) for each in simulator.layers],
        "tempo": simulator.sprite("Cat").tempo,
        "says": [(say.sprite, say.text, say.kind) for say in simulator.says],
        "questions": len(simulator.questions),
        "shown": sorted((sprite or "", name) for sprite, name in names if simulator.is_shown(name, sprite)),
        "strokes": our_strokes(simulator) if drawn else [],
    }


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("number", range(SCENES))
def test_a_scene_is_played_as_on_the_engine(
    theme: str, number: int, scene_engine: tuple[OfficialEngine, bool], compared: Compared
) -> None:
    engine, drawn = scene_engine
    scene = random_scene(theme, number, STEPS)
    data = project_to_bytes(scene.project)
    engine.load(data)
    simulator = Simulator(project_from_bytes(data), seed=SEED, drawn=drawn, date=START.astimezone())
    outside = OnEngine(engine)
    simulator.move_mouse(*MOUSE)
    engine.click_flag()
    simulator.click_flag()
    for step, events in enumerate(scene.events):
        for event in events:
            outside.happen(event)
            happen(simulator, event)
        engine.step()
        simulator.step()
        theirs, ours = their_state(engine, drawn), our_state(simulator, drawn)
        # text, so that NaN equals NaN and 0 differs from -0
        is_alike = repr(ours) == repr(theirs)
        if not is_alike or step == STEPS - 1:
            compared("scenes, step by step", 1, differences=int(not is_alike))
        assert (step, repr(ours)) == (step, repr(theirs))
