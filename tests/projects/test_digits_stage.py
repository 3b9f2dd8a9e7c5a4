"""The digit project on stage: drawings are counted as the reference counts them, and both networks answer."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from scratchgen.digits.drawing import GRID, count_blocks, fitted
from scratchgen.digits.fonts import FONTS, drawn_digit
from scratchgen.engines.editor import Editor
from scratchgen.engines.official import OfficialEngine
from scratchgen.networks.network import IntegerNetwork
from scratchgen.networks.weights import TrainedNetwork, read_weights
from scratchgen.projects.build import build_project
from scratchgen.projects.digits import digits_project
from scratchgen.resources import resource_folder
from scratchgen.scratch.linter import check_file

LEFT, TOP, CELL = -230, 170, 7
FRAMES_OF_AN_EVENT = 3
"""A hand is no quicker; within a frame the mouse could be up and down again unseen."""
SCREENSHOTS = Path(__file__).parent.parent.parent / "out" / "screenshots"
THREE = [
    *((-170, 130), (-150, 150), (-110, 150), (-90, 125), (-110, 100), (-140, 90)),
    *((-105, 80), (-85, 40), (-110, 10), (-150, 5), (-175, 25)),
]
pytestmark = pytest.mark.engine


def shipped() -> dict[str, TrainedNetwork]:
    folder = resource_folder("trained_weights")
    return {kind: read_weights(folder / f"digits_{kind}.json") for kind in ("dense", "convolutional")}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("digits") / "digits.sb3"
    assert build_project(digits_project(shipped()), path) < 250_000
    return path


@pytest.fixture(scope="module")
def running(project: Path, engines_installed: Path) -> Iterator[OfficialEngine]:
    with OfficialEngine(drawn=True) as engine:
        engine.load(project)
        engine.click_flag()
        engine.step(10)
        yield engine


def numbers(engine: OfficialEngine, name: str, sprite: str | None = None) -> list[int]:
    return [int(float(str(item))) for item in engine.list_items(name, sprite)]


def press(engine: OfficialEngine, key: str) -> None:
    engine.press_key(key)
    engine.step(1)
    engine.press_key(key, down=False)
    engine.step(4)


def answers(counts: list[int]) -> list[str]:
    networks = [trained.network for trained in shipped().values()]
    return [str(int(IntegerNetwork.winners(each.reference(np.array([counts])))[0])) for each in networks]


def given(engine: OfficialEngine) -> list[str]:
    return [str(engine.variable(f"{kind} digit")) for kind in ("dense", "convolutional")]


def test_the_check_finds_nothing(project: Path) -> None:
    assert check_file(project) == []


def test_any_drawing_is_counted_as_the_reference_counts_it(running: OfficialEngine) -> None:
    draw = np.random.default_rng(3)
    for lines in (1, 1, 2, 3):
        press(running, "c")
        assert sum(numbers(running, "cells", "Guide")) == 0
        for _ in range(lines):
            for x, y in draw.integers(-10, 240, (4, 2)).tolist():  # some lie beside the grid
                running.move_mouse(LEFT + x, TOP - y, down=True)
                running.step(1)
            running.move_mouse(LEFT, TOP)
            running.step(3)
        cells = np.array(numbers(running, "cells", "Guide")).reshape(GRID, GRID) == 1
        assert numbers(running, "pixels") == count_blocks(cells).tolist()
        assert given(running) == answers(numbers(running, "pixels"))


def around(cells: NDArray[np.bool_], all_or_any: Callable[..., Any]) -> NDArray[np.bool_]:
    """Whether all or any of a cell and its eight neighbours are set."""
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(cells, 1), (3, 3))
    found: NDArray[np.bool_] = all_or_any(windows, axis=(2, 3))
    return found


def draw_glyph(engine: OfficialEngine, cells: NDArray[np.bool_]) -> None:
    """Draw row by row where the pen, three cells wide, finds only ink, then what is thinner than it."""
    inner = around(cells, np.all)
    inner |= cells & ~around(inner, np.any)
    for row, column in zip(*np.nonzero(inner), strict=True):
        if column and inner[row, column - 1]:
            continue
        end = column
        while end + 1 < GRID and inner[row, end + 1]:
            end += 1
        y = TOP - CELL * (row + 0.5)
        for x, down in ((column, True), (end, True), (end, False)):
            engine.move_mouse(LEFT + CELL * (x + 0.5), y, down=down)
            engine.step(FRAMES_OF_AN_EVENT)


def test_digits_of_fonts_are_read_when_drawn_with_the_mouse(running: OfficialEngine) -> None:
    fonts = FONTS if os.environ.get("SCRATCHGEN_EXACT") == "full" else FONTS[1::6]
    right = []
    for font in fonts:
        for digit in range(10):
            press(running, "c")
            draw_glyph(running, fitted(drawn_digit(digit, font)))
            running.step(10)
            right.append([answer == str(digit) for answer in given(running)])
    assert (np.mean(right, axis=0) >= 0.9).all()


def test_the_number_keys_show_digits_of_the_data(running: OfficialEngine) -> None:
    for digit in "0123456789":
        press(running, digit)
        assert given(running) == [digit, digit] == answers(numbers(running, "pixels"))
    running.move_mouse(LEFT + 100, TOP - 20, down=True)  # drawing begins on an empty grid
    running.step(2)
    running.move_mouse(LEFT + 100, TOP - 200, down=True)
    running.step(2)
    running.move_mouse(0, 0)
    running.step(3)
    cells = np.array(numbers(running, "cells", "Guide")).reshape(GRID, GRID)
    assert cells.sum() == 3 * cells.any(axis=1).sum() > 60
    assert numbers(running, "pixels") == count_blocks(cells == 1).tolist()


def test_a_digit_is_drawn_in_the_editor_and_read(project: Path, editor_installed: Path) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    with Editor() as editor:
        assert editor.load(project).loaded
        assert [one.missing for one in editor.drawn() if one.missing] == []
        editor.click_flag()
        editor.wait_frames(10)
        steps = [
            (x0 + (x1 - x0) * part / 4, y0 + (y1 - y0) * part / 4)
            for (x0, y0), (x1, y1) in pairwise(THREE)
            for part in range(4)
        ]
        editor.drag([*steps, THREE[-1]])
        editor.wait_frames(8)
        editor.screenshot(SCREENSHOTS / "digits drawn.png", "stage")
        stage = editor.state()["Stage"]
        assert [stage["variables"][f"{kind} digit"] for kind in ("dense", "convolutional")] == ["3", "3"]
        editor.press_key("f")
        editor.wait_frames(5)
        editor.screenshot(SCREENSHOTS / "digits filters.png", "stage")
        assert editor.state()["Stage"]["variables"]["page"] == "2"
        editor.press_key("8")
        editor.wait_frames(8)
        stage = editor.state()["Stage"]["variables"]
        assert (stage["page"], stage["dense digit"], stage["convolutional digit"]) == ("1", "8", "8")
        editor.click((146, -100))
        editor.wait_frames(4)
        assert editor.state()["Stage"]["variables"]["is blank"] == "1"
        assert editor.troubles() == ([], [])
