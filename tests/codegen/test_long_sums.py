"""The fast style of any network: long sums give the same numbers as loops."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scratchgen.codegen.placed import LONGEST_TEXT, place_layers
from scratchgen.engines.official import OfficialEngine
from scratchgen.engines.turbowarp import TurboWarpEngine
from scratchgen.networks.intervals import Interval
from scratchgen.networks.layers import LAYER_KINDS, Dense
from scratchgen.networks.network import IntegerNetwork
from scratchgen.resources import resource_folder
from scratchgen.scratch.linter import check_bytes
from scratchgen.scratch.manifest import Manifest
from scratchgen.scratch.program import Project
from scratchgen.scratch.writer import project_to_bytes
from scratchgen.simulator import Simulator
from tests.codegen.any_projects import any_networks, manifest_of, project_of, questions_of
from tests.networks.layer_strategies import layer_of

SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much]
seeds = st.integers(0, 2**32 - 1)
LONG = sorted(
    path.stem.removesuffix(".long") for path in (resource_folder("templates") / "layers").glob("*.long.txt")
)


def fast(network: IntegerNetwork) -> tuple[Project, Manifest]:
    manifest = replace(manifest_of(network), style="fast")
    return project_of(network, manifest), manifest


@settings(max_examples=100, suppress_health_check=SLOW)
@given(any_networks(), seeds)
def test_long_sums_give_the_references_numbers(network: IntegerNetwork, seed: int) -> None:
    rows, logits = questions_of(network, np.random.default_rng(seed))
    project, manifest = fast(network)
    answers = Simulator(project, fast=False).ask(manifest, rows)
    assert [list(answer.logits) for answer in answers] == logits


@pytest.mark.engine
@pytest.mark.parametrize("engine_name", ["official_engine", "turbowarp_engine"])
def test_the_real_engines_give_the_same_numbers(engine_name: str, request: pytest.FixtureRequest) -> None:
    engine: OfficialEngine | TurboWarpEngine = request.getfixturevalue(engine_name)

    @settings(max_examples=20, suppress_health_check=SLOW)
    @given(st.data(), seeds, st.sampled_from(LONG))
    def ask(data: st.DataObject, seed: int, kind: str) -> None:
        network = IntegerNetwork(
            domain=Interval(low=(-9,) * 12, high=(9,) * 12), layers=(data.draw(layer_of(kind, 12)),)
        )
        rows, logits = questions_of(network, np.random.default_rng(seed))
        project, manifest = fast(network)
        engine.load(project_to_bytes(project))
        assert [list(answer.logits) for answer in engine.ask(manifest, rows)] == logits

    ask()


@pytest.mark.parametrize("kind", LONG)
@settings(max_examples=5)
@given(data=st.data())
def test_the_kinds_that_multiply_have_a_long_sum_that_the_editor_takes(
    kind: str, data: st.DataObject
) -> None:
    layer = data.draw(layer_of(kind, 12))
    network = IntegerNetwork(domain=Interval(low=(-9,) * 12, high=(9,) * 12), layers=(layer,))
    step = place_layers(network, "logits")[0]
    assert step.text(long_sums=True) != step.text()
    findings = check_bytes(project_to_bytes(fast(network)[0]), where="the project")
    assert [str(each) for each in findings if each.severity == "error"] == []


def test_only_kinds_that_there_are_have_long_sums() -> None:
    assert LONG == ["conv2d", "dense", "elman", "gru"]
    assert set(LONG) <= set(LAYER_KINDS)


@pytest.mark.parametrize(("inputs", "is_long"), [(100, True), (2000, False)])
def test_a_sum_that_would_open_slowly_stays_a_loop(inputs: int, is_long: bool) -> None:
    layer = Dense(weights=np.ones((2, inputs), dtype=np.int64), biases=np.zeros(2, dtype=np.int64))
    network = IntegerNetwork(domain=Interval(low=(0,) * inputs, high=(1,) * inputs), layers=(layer,))
    step = place_layers(network, "logits")[0]
    text = step.text(long_sums=True)
    assert (text != step.text()) is is_long
    assert len(text) <= LONGEST_TEXT
