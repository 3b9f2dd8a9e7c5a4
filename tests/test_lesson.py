"""Every number and answer in lesson and worksheet is the shipped network's, and no picture is stale."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from docs.handouts import DOCS, PROJECT, SCRIPTS, script_pictures, worksheet_page
from scratchgen.engines.editor_install import find_chromium
from scratchgen.evidence.verify import read_claim
from scratchgen.networks.layers import Dense
from scratchgen.networks.network import IntegerNetwork
from scratchgen.scratch.parser import parse_project
from scratchgen.scratch.printer import print_project
from scratchgen.scratch.reader import read_project
from scratchgen.scratch.writer import write_project
from scratchgen.simulator import Simulator

LESSON = " ".join((DOCS / "lesson.md").read_text("utf-8").split())
WORKSHEET = " ".join((DOCS / "worksheet.md").read_text("utf-8").split())
CLAIM = read_claim(PROJECT)
NAMES = CLAIM.trained.names
NETWORK = CLAIM.trained.network
FIRST, RELU, LAST = NETWORK.layers
ORANGE = (255, 128, 0)
OFF = -999999
"""What a sum is compared with when nothing is to be replaced."""
MAP = (120, 90)
"""Columns and rows of the colour map."""
FRAMES = 4
"""Frames after which the stage shows what is new."""


def name_of(colour: tuple[int, int, int], network: IntegerNetwork = NETWORK) -> str:
    return NAMES[int(network.winners(network.reference([colour]))[0])]


def changed(item: int, value: int) -> IntegerNetwork:
    """The network with another number at a place of the list ``weights 1``, counted from 1."""
    weights = cast(Dense, FIRST).weights.copy()
    weights.flat[item - 1] = value
    return IntegerNetwork(
        layers=(Dense(weights=weights, biases=cast(Dense, FIRST).biases), RELU, LAST), domain=NETWORK.domain
    )


@pytest.fixture
def stage() -> Simulator:
    """The project after the flag, as a pupil has it before them."""
    simulator = Simulator.load(PROJECT)
    simulator.click_flag()
    simulator.step(FRAMES)
    return simulator


def number(value: object) -> float:
    """What a variable holds, as a number."""
    return float(str(value))


def choose(stage: Simulator, colour: tuple[int, int, int]) -> str:
    """Set the sliders, and return the name that the stage shows a few frames later."""
    for variable, value in zip(("red", "green", "blue"), colour, strict=True):
        stage.set_variable(variable, value)
    stage.step(FRAMES)
    return str(stage.variable("name"))


def test_every_script_has_a_picture_and_no_other_is_there() -> None:
    assert {path.stem for path in (DOCS / "scripts").iterdir()} == set(SCRIPTS)
    assert set(re.findall(r"\(scripts/([\w-]+)\.svg\)", LESSON)) == set(SCRIPTS)


@pytest.mark.engine
def test_the_pictures_are_those_of_the_shipped_file(engines_installed: Path) -> None:
    pictures = script_pictures()
    for name, svg in pictures.items():
        assert svg == (DOCS / "scripts" / name).read_text("utf-8"), f"{name}: run `make pictures`"
        assert "sb3-obsolete" not in re.sub(r"<style>.*?</style>", "", svg, flags=re.DOTALL)
        assert "http" not in svg.replace("http://www.w3.org/", "")


def test_the_printable_worksheet_is_made_of_the_worksheet() -> None:
    page = worksheet_page()
    assert page == (DOCS / "worksheet.html").read_text("utf-8"), "run `make pictures`"
    assert 'src="data:image/svg+xml;base64,' in page
    assert not re.search(r'(src|href)="(?!data:)', page)


def test_the_first_table_is_what_network_and_stage_say(stage: Simulator) -> None:
    rows = re.findall(r"\| (\d+), (\d+), (\d+) \| (\w+) \| (\d+) % \|", LESSON)
    assert len(rows) == 5
    for red, green, blue, name, per_cent in rows:
        colour = (int(red), int(green), int(blue))
        assert name_of(colour) == choose(stage, colour) == name
        assert number(stage.variable("confidence")) == int(per_cent)
        assert f"| {red}, {green}, {blue} | | | |" in WORKSHEET
    assert f"It was {rows[2][4]} % sure that 0, 255, 255 is {rows[2][3]}" in LESSON
    assert int(rows[3][4]) < 60
    choose(stage, (255, 0, 255))
    assert [NAMES[int(number(place)) - 1] for place in stage.list_items("best")[:2]] == ["pink", "purple"]
    assert "it wavers between pink and purple" in LESSON


def test_layer_1_is_worked_out_rightly() -> None:
    layer = cast(Dense, FIRST)
    sums = layer.reference(np.array([ORANGE]))[0]
    for neuron, comes_out in ((4, f"neuron 4 stays {sums[3]}"), (3, "neuron 3 becomes 0")):
        bias, weights = layer.biases[neuron - 1], layer.weights[neuron - 1]
        terms = [
            f"{weight if weight >= 0 else f'({weight})'} × {x}"
            for weight, x in zip(weights, ORANGE, strict=True)
        ]
        assert f"{' + '.join([str(bias), *terms])} = {sums[neuron - 1]}" in LESSON
        assert f"| {neuron} | {' | '.join(map(str, [bias, *weights]))} |" in WORKSHEET
        assert comes_out in LESSON
    assert sums[2] < 0 < sums[3]
    assert [tuple(layer.weights.flat[9:12])] == [tuple(layer.weights[3])]
    assert "items 10, 11 and 12 of `weights 1`" in LESSON
    assert f"has {len(sums)} neurons" in LESSON
    assert f"has {len(sums)} neurons" in WORKSHEET


def test_layer_2_and_the_winner_are_worked_out_rightly() -> None:
    _, hidden, logits = (values[0] for values in NETWORK.activations([ORANGE]))
    weights = cast(Dense, LAST).weights
    weight, value = weights[NAMES.index("orange")][6], hidden[6]
    assert f"{len(NAMES)} names, {len(hidden)} × {len(NAMES)} = {weights.size} weights" in LESSON
    assert f"{value} × {weight} = {value * weight}." in LESSON
    assert f"neuron 7 of layer 1 says {value}, and its weight for *orange* is {weight}." in WORKSHEET
    three = [NAMES.index(name) for name in ("red", "orange", "yellow")]
    assert three == sorted(three)
    assert "| red | orange | yellow |" in WORKSHEET
    assert f"| {' | '.join(str(logits[one]) for one in three)} |" in WORKSHEET
    assert f"three of the {len(NAMES)} logits" in WORKSHEET
    assert max(three, key=lambda one: int(logits[one])) == NAMES.index("orange")
    assert "orange wins. Were the three equal, red would win" in LESSON


def test_the_per_cents_are_worked_out_rightly() -> None:
    logits = NETWORK.reference([ORANGE])[0]
    shares = np.exp((logits - logits.max()) * CLAIM.trained.logit_scale)
    per_cents = {
        name: int(np.floor(100 * share / shares.sum() + 0.5))
        for name, share in zip(NAMES, shares, strict=True)
    }
    yellow = f"{shares[NAMES.index('yellow')]:.3f}"
    assert f"together make {shares.sum():.3f}; that of *orange* is 1, that of *yellow* {yellow}." in WORKSHEET
    assert f"1 of {shares.sum():.3f} is {per_cents['orange']} %, {yellow} of {shares.sum():.3f}" in LESSON
    assert f"is {per_cents['yellow']} %. Brown has {per_cents['brown']} %, too" in LESSON
    assert f"together that makes {sum(per_cents.values())}" in LESSON


def test_a_changed_weight_changes_the_name_as_the_lesson_says(stage: Simulator) -> None:
    rows = re.findall(r"\| (\d+) \| (-?\d+) \| (-?\d+) \| (\w+) \|", LESSON)
    assert len(rows) == 3
    for item, old, new, name in rows:
        assert cast(Dense, FIRST).weights.flat[int(item) - 1] == int(old)
        assert name_of(ORANGE, changed(int(item), int(new))) == name
        weights = stage.list_items("weights 1", "Network")
        assert choose(stage, ORANGE) == "orange"
        stage.set_list("weights 1", [*weights[: int(item) - 1], int(new), *weights[int(item) :]], "Network")
        stage.step(FRAMES)
        assert stage.variable("name") == name  # nobody asked: the stage notices it by itself
        stage.set_list("weights 1", weights, "Network")
        assert f"| {item} | {old} | {new} | |" in WORKSHEET
        assert len(weights) == 24  # a 25th is the sign of a slip that the lesson names
    hidden = NETWORK.activations([ORANGE])[1][0]
    counts = hidden * cast(Dense, LAST).weights[NAMES.index("orange")]
    assert set(np.argsort(-counts)[:2] + 1) == {7, 8}
    assert hidden[0] == min(value for value in hidden if value > 0)
    assert "neuron 1, which says next to nothing" in LESSON


@pytest.mark.parametrize("value", [-127, 0, 127, 10**9])
def test_nothing_in_weights_1_changes_black(value: int) -> None:
    layer = cast(Dense, FIRST)
    for item in range(layer.weights.size):
        weights = layer.weights.copy()
        weights.flat[item] = value
        hidden = RELU.reference(np.array([0, 0, 0]) @ weights.T + layer.biases)
        assert np.array_equal(LAST.reference(hidden), NETWORK.reference([(0, 0, 0)])[0])
    assert name_of((0, 0, 0)) == "black"


def test_without_its_relu_the_network_answers_as_the_lesson_says() -> None:
    without = IntegerNetwork(layers=(FIRST, LAST), domain=NETWORK.domain)
    orange, red = name_of(ORANGE, without), name_of((255, 0, 0), without)
    assert f"255, 128, 0 is called {orange} and 255, 0, 0 is called {red}." in LESSON
    assert (name_of(ORANGE), name_of((255, 0, 0))) == ("orange", "red")


def test_the_stage_answers_so_too_when_a_pupil_turns_the_relu_off(tmp_path: Path) -> None:
    assert min(NETWORK.bounds()[0].output.low) > OFF
    assert f"change the 0 after `<` to {OFF}" in WORKSHEET
    text = print_project(read_project(PROJECT))
    compared = "if <(item (neuron) of [hidden 1 v]) < (0)> then"
    assert text.count(compared) == 1
    project = parse_project(text.replace(compared, compared.replace("(0)", f"({OFF})")))
    write_project(project, tmp_path / "off.sb3")
    stage = Simulator.load(tmp_path / "off.sb3")
    stage.click_flag()
    assert (choose(stage, ORANGE), choose(stage, (255, 0, 0))) == ("brown", "pink")


def test_pink_can_be_silenced_by_one_bias() -> None:
    layer = cast(Dense, LAST)
    biases = layer.biases.copy()
    biases[NAMES.index("pink")] = -99_999_999
    bounds = Dense(weights=layer.weights, biases=biases).bounds(NETWORK.bounds()[1].output).output
    others = [low for name, low in zip(NAMES, bounds.low, strict=True) if name != "pink"]
    assert bounds.high[NAMES.index("pink")] < min(others)
    assert f"Item {NAMES.index('pink') + 1}: make it very small, -99999999 for example" in LESSON


@pytest.mark.engine
def test_the_worksheet_prints_on_two_pages(editor_installed: Path, tmp_path: Path) -> None:
    printed, page = tmp_path / "worksheet.pdf", DOCS / "worksheet.html"
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    command = [find_chromium(), *options, f"--print-to-pdf={printed}", page.as_uri()]
    subprocess.run(command, capture_output=True, timeout=60, check=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed.read_bytes())) == 2


def test_the_map_looks_as_the_lesson_says() -> None:
    columns, rows = (np.floor(np.arange(size) * 255 / (size - 1) + 0.5).astype(int) for size in MAP)
    words = {4: "four", 6: "six"}
    most, how_many = {}, {}
    for blue in (0, 255):
        colours = [(red, green, blue) for red in columns for green in rows]
        found = Counter(NETWORK.winners(NETWORK.reference(colours)).tolist())
        most[blue], how_many[blue] = NAMES[found.most_common(1)[0][0]], words[len(found)]
    assert f"When blue is 0, {most[0]} takes the most room; when blue is 255, {most[255]} does." in LESSON
    assert f"With blue at 0, {how_many[0]} names share the map, with blue at 255 {how_many[255]}." in LESSON


def test_the_keys_do_what_the_lesson_says(stage: Simulator) -> None:
    def press(key: str, frames: int = FRAMES) -> None:
        stage.press_key(key)
        stage.step(frames)
        stage.release_key(key)
        stage.step(FRAMES)

    choose(stage, ORANGE)
    for key, variable, value in (("1", "red", 255), ("2", "green", 128), ("3", "blue", 0)):
        press(key)
        press("right arrow", 1)
        moved = number(stage.variable(variable))
        assert moved == min(value + 1, 255)
        press("left arrow", 1)
        assert number(stage.variable(variable)) == moved - 1
    for key, page in (("m", 2), ("m", 1), ("i", 3), ("i", 1)):
        press(key)
        assert number(stage.variable("page")) == page
    before = [stage.variable(name) for name in ("red", "green", "blue")]
    press("space")
    assert [stage.variable(name) for name in ("red", "green", "blue")] != before
