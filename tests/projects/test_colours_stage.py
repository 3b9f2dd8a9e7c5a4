"""What the stage does, counted in frames: answers, keys, the colour map, the inside of the network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from scratchgen.codegen.plan import Budget, make_plan
from scratchgen.engines.official import OfficialEngine
from scratchgen.networks.layers import Dense, IntegerArray
from scratchgen.networks.network import IntegerNetwork
from scratchgen.networks.weights import TrainedNetwork, read_weights
from scratchgen.projects.colours import colours_manifest, colours_project
from scratchgen.projects.colours_look import best_colours
from scratchgen.projects.stage_ink import LIGHT_LIMIT, light
from scratchgen.resources import resource_folder
from scratchgen.scratch.linter import check_bytes
from scratchgen.scratch.reader import project_from_bytes
from scratchgen.scratch.writer import project_to_bytes
from scratchgen.simulator import Simulator

TRAINED = read_weights(resource_folder("trained_weights") / "colours.json")
COLUMNS, ROWS, CELL, LEFT, BOTTOM = 120, 90, 2, -212, -10
"""The colour map on the stage."""
TRACK_LEFT, TRACKS = -224, (-68, -114, -160)
FRAMES_TO_START = 10


def shipped(trained: TrainedNetwork = TRAINED, style: str = "readable") -> bytes:
    plan = (
        make_plan(trained.network, colours_manifest(trained, "fast"), Budget()) if style == "fast" else None
    )
    return project_to_bytes(colours_project(trained, plan))


def names_of(rows: object) -> list[str]:
    winners = IntegerNetwork.winners(TRAINED.network.reference(np.asarray(rows)))
    return [TRAINED.names[winner] for winner in winners.tolist()]


@pytest.fixture(scope="module")
def running(engines_installed: Path) -> Iterator[OfficialEngine]:
    with OfficialEngine(drawn=True) as engine:
        engine.load(shipped())
        engine.click_flag()
        engine.step(FRAMES_TO_START)
        yield engine


def drag_all(engine: OfficialEngine, colour: tuple[int, int, int]) -> None:
    for value, y in zip(colour, TRACKS, strict=True):
        engine.move_mouse(TRACK_LEFT + value, y, down=True)
        engine.step(1)
        engine.move_mouse(TRACK_LEFT + value, y)
        engine.step(1)


@pytest.mark.engine
def test_a_dragged_slider_has_its_name_and_bars_within_two_frames(running: OfficialEngine) -> None:
    for colour in np.random.default_rng(5).integers(0, 256, (20, 3)).tolist():
        drag_all(running, tuple(colour))  # the last slider is pressed two frames before
        assert [running.variable(name) for name in ("red", "green", "blue")] == colour
        [name] = names_of([colour])
        assert running.variable("name") == name
        best = [int(float(str(number))) for number in running.list_items("best")]
        logits = TRAINED.network.reference(np.array([colour]))[0]
        assert best == (np.argsort(-logits, kind="stable")[:3] + 1).tolist()
        [shown] = [sprite for sprite in running.sprites() if sprite.name == "Name"]
        assert shown.visible
        assert TRAINED.names[(shown.costume - 1) // 2] == name  # each has a dark and a light costume


@pytest.mark.engine
def test_a_changed_weight_changes_the_answer_without_being_asked(running: OfficialEngine) -> None:
    drag_all(running, (200, 30, 40))
    first = TRAINED.network.layers[0]
    assert isinstance(first, Dense)
    weights = first.weights.copy()
    weights[0, 0] += 400
    changed = IntegerNetwork(
        domain=TRAINED.network.domain,
        layers=(Dense(weights=weights, biases=first.biases), *TRAINED.network.layers[1:]),
    )
    running.set_list("weights 1", map(float, weights.ravel().tolist()), "Network")
    running.step(2)
    logits = changed.reference(np.array([[200, 30, 40]]))
    assert running.list_items("logits") == logits[0].tolist()
    assert running.variable("name") == TRAINED.names[int(IntegerNetwork.winners(logits)[0])]
    running.set_list("weights 1", map(float, first.weights.ravel().tolist()), "Network")
    running.step(2)
    assert running.variable("name") == names_of([[200, 30, 40]])[0]


@pytest.mark.engine
def test_the_arrow_keys_move_the_chosen_slider(running: OfficialEngine) -> None:
    drag_all(running, (100, 100, 100))
    for key, channel in (("1", "red"), ("2", "green"), ("3", "blue")):
        running.press_key(key)
        running.press_key(key, down=False)
        running.step(1)
        for arrow, value in (("ArrowRight", 101), ("ArrowLeft", 100)):
            running.press_key(arrow)
            running.step(1)
            running.press_key(arrow, down=False)
            running.step(2)
            assert running.variable(channel) == value
    running.press_key("ArrowRight")
    running.step(80)
    assert running.variable("blue") == 255  # faster and faster, and no further
    running.press_key("ArrowRight", down=False)
    running.step(1)


def channels(colour: object) -> list[int]:
    number = int(float(str(colour)))
    return [number >> 16, number >> 8 & 255, number & 255]


def cells(blue: int) -> IntegerArray:
    """The colours that the map asks for, int64 of shape (rows × columns, 3), from the bottom left."""
    reds = np.floor(np.arange(COLUMNS) * 255 / (COLUMNS - 1) + 0.5)
    greens = np.floor(np.arange(ROWS) * 255 / (ROWS - 1) + 0.5)
    green, red = np.meshgrid(greens, reds, indexing="ij")
    return np.stack([red, green, np.full_like(red, blue)], axis=-1).reshape(-1, 3).astype(np.int64)


@pytest.mark.engine
@pytest.mark.parametrize("style", ["readable", "fast"])
def test_every_cell_of_the_map_is_what_the_reference_says(style: str, engines_installed: Path) -> None:
    with OfficialEngine(drawn=True) as engine:
        engine.load(shipped(style=style))
        engine.set_variable("blue", 77)
        engine.click_flag()
        engine.step(FRAMES_TO_START)
        engine.press_key("m")
        engine.step(1)
        engine.press_key("m", down=False)
        engine.step(ROWS // 2 + 5)
        assert engine.variable("map rows") == ROWS
        strokes = [stroke for stroke in engine.strokes if stroke.size == CELL]
        colours = np.array([channels(value) for value in engine.list_items("name colours")])
        marks = [each for each in engine.sprites() if each.name == "Mark" and each.visible]
    painted = np.full((ROWS, COLUMNS), -1)
    for stroke in strokes:
        x0, y0, x1 = (*stroke.ends, stroke.ends[0])[:3]
        first, last, row = (x0 - LEFT - 1) / CELL, (x1 - LEFT - 1) / CELL, (y0 - BOTTOM - 1) / CELL
        # the engine keeps hue, saturation and brightness, which are not always the same colour again
        [same] = np.flatnonzero(np.abs(colours - 255 * np.array(stroke.rgba[:3])).max(axis=1) <= 1.5)
        painted[int(row), int(first) : int(last) + 1] = same
    winners = IntegerNetwork.winners(TRAINED.network.reference(cells(77)))
    assert (painted.ravel() == winners).all()
    assert 3 <= len(marks) <= len(TRAINED.names)


@pytest.mark.engine
def test_the_simulator_plays_the_project_as_the_engine_does(official_engine: OfficialEngine) -> None:
    data = shipped()
    official_engine.load(data)
    simulator = Simulator(project_from_bytes(data), drawn=False)
    official_engine.click_flag()
    simulator.click_flag()
    keys = (("m", "m"), ("i", "i"), ("2", "2"), ("right arrow", "ArrowRight"))
    for key, name_in_browser in keys:
        official_engine.press_key(name_in_browser)
        simulator.press_key(key)
        official_engine.step(4)
        simulator.step(4)
        official_engine.press_key(name_in_browser, down=False)
        simulator.release_key(key)
        official_engine.step(4)
        simulator.step(4)
        assert simulator.state() == official_engine.state()


@pytest.mark.engine
def test_a_network_of_other_sizes_and_names_has_a_stage_too(official_engine: OfficialEngine) -> None:
    names = ("dark ] (v) <side> & more", "ü")
    layers = (
        Dense(weights=np.full((30, 3), 2), biases=np.arange(30)),
        Dense(weights=np.array([[1, -1] * 15, [-1, 1] * 15]), biases=np.array([5, -5])),
    )
    network = IntegerNetwork(domain=TRAINED.network.domain, layers=layers)
    data = shipped(TrainedNetwork(names=names, network=network, logit_scale=1e-3))
    assert check_bytes(data) == []
    official_engine.load(data)
    official_engine.click_flag()
    official_engine.step(FRAMES_TO_START)
    official_engine.press_key("i")
    official_engine.step(3)
    official_engine.press_key("i", down=False)
    assert official_engine.variable("page") == 3
    assert official_engine.variable("name") in names
    assert len(official_engine.list_items("best")) == 2


def test_the_ink_is_readable_on_every_colour() -> None:
    share = np.arange(256) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    table = np.array(light())
    for red in range(256):
        exact = 0.2126 * linear[red] + 0.7152 * linear[:, None] + 0.0722 * linear[None, :]
        chosen = 2126 * table[red] + 7152 * table[:, None] + 722 * table[None, :] > LIGHT_LIMIT
        contrast = np.where(chosen, (exact + 0.05) / 0.05, 1.05 / (exact + 0.05))
        assert contrast.min() >= 4.5


def test_the_best_colour_of_each_name_is_called_so() -> None:
    rows = [channels(colour) for colour in best_colours(TRAINED)]
    assert names_of(rows) == list(TRAINED.names)


def test_texts_on_paper_and_buttons_are_dark_enough() -> None:
    def luminance(colour: str) -> float:
        table = light()
        red, green, blue = (table[int(colour[at : at + 2], 16)] / 10_000 for at in (1, 3, 5))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    ink, *papers = (luminance(colour) for colour in ("#22303c", "#f4f1ea", "#ffffff"))
    assert min((paper + 0.05) / (ink + 0.05) for paper in papers) >= 4.5


@pytest.mark.engine
def test_a_name_without_a_costume_is_said(official_engine: OfficialEngine) -> None:
    official_engine.load(shipped())
    official_engine.click_flag()
    official_engine.step(FRAMES_TO_START)
    assert official_engine.says == []
    official_engine.set_list("names", ["banana"] * len(TRAINED.names))
    official_engine.step(3)
    assert [say.text for say in official_engine.says] == ["banana"]
    official_engine.set_list("names", TRAINED.names)
    official_engine.step(3)
    assert [say.text for say in official_engine.says] == ["banana", ""]
