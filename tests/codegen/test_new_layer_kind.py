"""The page that says how to add a kind of layer is followed to the letter, and everything works."""

from __future__ import annotations

import re
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jinja2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scratchgen.codegen.templates import render
from scratchgen.networks.intervals import Interval
from scratchgen.networks.layers import LAYER_KINDS, Dense, Layer
from scratchgen.networks.network import IntegerNetwork
from scratchgen.networks.serial import layer_from_json, layer_to_json
from scratchgen.resources import resource_folder
from scratchgen.scratch.linter import check_bytes
from scratchgen.scratch.writer import project_to_bytes
from scratchgen.simulator import Simulator
from tests.codegen.any_projects import manifest_of, project_of, questions_of

PAGE = Path(__file__).parents[2] / "docs" / "layers.md"
MODULE, DRAWING, CASE = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
[TEMPLATE] = re.findall(r"```text\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)

Drawn = st.SearchStrategy[Layer]
ByHand = Callable[[Layer, list[int]], list[int]]


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Drawn, ByHand]]:
    """Put the page's files where it says; take them away at the end."""
    module = types.ModuleType("scratchgen.networks.layers.leaky")
    sys.modules[module.__name__] = module
    exec(compile(MODULE, "leaky.py", "exec"), module.__dict__)
    names: dict[str, Any] = {"LeakyRelu": module.LeakyRelu, "Layer": Layer, "st": st}
    exec(DRAWING, names)
    exec(f"def by_hand(layer, values):\n    match layer:\n{CASE}", names)
    folder = tmp_path_factory.mktemp("templates")
    (folder / "layers").mkdir()
    (folder / "layers" / "leaky_relu.txt").write_text(TEMPLATE, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        both = jinja2.FileSystemLoader([resource_folder("templates"), folder])
        patch.setattr("jinja2.FileSystemLoader", lambda _: both)
        render.__globals__["_environment"].cache_clear()
        yield st.composite(names["_leaky_relu"])(3), names["by_hand"]
    render.__globals__["_environment"].cache_clear()
    del LAYER_KINDS["leaky_relu"], sys.modules[module.__name__]


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_the_kind_of_the_page_computes_what_the_page_says(
    followed: tuple[Drawn, ByHand], data: st.DataObject
) -> None:
    drawn, by_hand = followed
    layer = data.draw(drawn)
    values = data.draw(st.lists(st.integers(-(2**40), 2**40), min_size=3, max_size=3))
    assert layer.reference(np.array([values])).tolist() == [by_hand(layer, values)]
    bounds = layer.bounds(Interval(low=tuple(values), high=tuple(value + 9 for value in values)))
    for low, value, high in zip(bounds.output.low, by_hand(layer, values), bounds.output.high, strict=True):
        assert low <= value <= high
        assert abs(value) <= bounds.largest
    assert layer_from_json(layer_to_json(layer)) == layer


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), seed=st.integers(0, 2**32 - 1))
def test_its_blocks_give_the_same_numbers(
    followed: tuple[Drawn, ByHand], data: st.DataObject, seed: int
) -> None:
    drawn, _ = followed
    generator = np.random.default_rng(seed)
    first, second = (
        Dense(weights=generator.integers(-9, 10, (3, 3)), biases=generator.integers(-40, 41, 3))
        for _ in range(2)
    )
    layers = (first, data.draw(drawn), second, data.draw(drawn))
    network = IntegerNetwork(domain=Interval(low=(-9,) * 3, high=(9,) * 3), layers=layers)
    project = project_of(network)
    assert [str(each) for each in check_bytes(project_to_bytes(project)) if each.severity == "error"] == []
    rows, logits = questions_of(network, generator)
    answers = Simulator(project, fast=False).ask(manifest_of(network), rows)
    assert [list(answer.logits) for answer in answers] == logits


def test_the_page_names_every_kind() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [kind for kind in LAYER_KINDS if f"`{kind}`" not in page and kind != "leaky_relu"] == []
