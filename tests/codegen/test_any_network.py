"""Random networks of any kinds of layers: the blocks give the reference's numbers, whatever runs them."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scratchgen.engines.official import OfficialEngine
from scratchgen.engines.turbowarp import TurboWarpEngine
from scratchgen.errors import NetworkError, ProgramError
from scratchgen.networks.intervals import Interval
from scratchgen.networks.layers import LAYER_KINDS, Dense, Embedding, Layer, Rescale
from scratchgen.networks.network import IntegerNetwork
from scratchgen.projects.build import build_project
from scratchgen.resources import resource_folder
from scratchgen.scratch.linter import check_bytes
from scratchgen.scratch.writer import project_to_bytes
from scratchgen.simulator import Simulator
from tests.codegen.any_projects import any_networks, manifest_of, project_of, questions_of
from tests.networks.layer_strategies import layer_of

seeds = st.integers(0, 2**32 - 1)


def expected(network: IntegerNetwork, logits: list[list[int]]) -> list[tuple[list[int], str]]:
    winners = IntegerNetwork.winners(np.array(logits)).tolist()
    names = manifest_of(network).names
    return [(row, names[winner]) for row, winner in zip(logits, winners, strict=True)]


@settings(max_examples=500, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(any_networks(), seeds)
def test_the_blocks_of_any_network_give_its_numbers(network: IntegerNetwork, seed: int) -> None:
    rows, logits = questions_of(network, np.random.default_rng(seed))
    # compiled to fast code, as below, most of the time would go into compiling
    answers = Simulator(project_of(network), fast=False).ask(manifest_of(network), rows)
    assert [(list(a.logits), a.answer) for a in answers] == expected(network, logits)


@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(any_networks(), seeds)
def test_the_simulators_fast_code_gives_the_same_numbers(network: IntegerNetwork, seed: int) -> None:
    rows, logits = questions_of(network, np.random.default_rng(seed))
    answers = Simulator(project_of(network)).ask(manifest_of(network), rows)
    assert [(list(a.logits), a.answer) for a in answers] == expected(network, logits)


@pytest.mark.engine
@pytest.mark.parametrize("engine_name", ["official_engine", "turbowarp_engine"])
def test_the_real_engines_give_the_same_numbers(engine_name: str, request: pytest.FixtureRequest) -> None:
    engine: OfficialEngine | TurboWarpEngine = request.getfixturevalue(engine_name)

    @settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
    @given(any_networks(), seeds)
    def ask(network: IntegerNetwork, seed: int) -> None:
        rows, logits = questions_of(network, np.random.default_rng(seed))
        engine.load(project_to_bytes(project_of(network)))
        answers = engine.ask(manifest_of(network), rows)
        assert [(list(a.logits), a.answer) for a in answers] == expected(network, logits)

    ask()


@pytest.mark.parametrize("kind", sorted(LAYER_KINDS))
@given(st.data())
@settings(max_examples=5)
def test_each_kind_alone_is_what_the_editor_takes_whole(kind: str, data: st.DataObject) -> None:
    layers = [data.draw(layer_of(kind, 12))]
    if layers[0].elementwise:
        layers.insert(0, data.draw(layer_of("dense", 12)))
    network = IntegerNetwork(domain=Interval(low=(-9,) * 12, high=(9,) * 12), layers=tuple(layers))
    findings = check_bytes(project_to_bytes(project_of(network)), where="the project")
    assert [str(each) for each in findings if each.severity == "error"] == []


def test_every_kind_of_layer_has_a_template() -> None:
    templates = {path.stem for path in (resource_folder("templates") / "layers").glob("*.txt")}
    assert set(LAYER_KINDS) <= templates


def test_a_network_too_large_for_the_website_is_one_error_with_both_figures(tmp_path: Path) -> None:
    draws, side = np.random.default_rng(0), 440
    layers: list[Layer] = []
    for _ in range(7):  # each list is short enough, all together are not
        weights = draws.integers(-99_999, 99_999, (side, side))
        layers.append(Dense(weights=weights, biases=np.zeros(side, dtype=np.int64)))
        layers.append(Rescale(multiplier=1, shift=20, least=0, most=255))
    network = IntegerNetwork(domain=Interval(low=(0,) * side, high=(1,) * side), layers=tuple(layers[:-1]))
    with pytest.raises(
        ProgramError, match=r"project.json has \d\.\d+ MB, and the website takes 5 MB"
    ) as caught:
        build_project(project_of(network), tmp_path / "large.sb3")
    assert "\n" not in str(caught.value)
    assert not list(tmp_path.iterdir())


def test_a_list_that_is_too_long_is_one_error_with_both_figures() -> None:
    vectors = np.zeros((100_001, 2), dtype=np.int64)
    network = IntegerNetwork(domain=Interval(low=(1,), high=(9,)), layers=(Embedding(vectors=vectors),))
    with pytest.raises(NetworkError, match="'vectors 1' would hold 200,002 items; Scratch allows 200,000"):
        project_of(network)
