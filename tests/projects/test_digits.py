"""The shipped networks that read digits: what they reach, and that the file's blocks give their numbers."""

import os
from pathlib import Path

import numpy as np
import pytest

from scratchgen.digits.data import handwritten_digits, hold_out
from scratchgen.digits.drawing import count_blocks
from scratchgen.digits.fonts import FONTS, drawn_digit
from scratchgen.engines.official import OfficialEngine
from scratchgen.engines.turbowarp import TurboWarpEngine
from scratchgen.errors import NetworkError
from scratchgen.evidence.verify import answers_to, compare, questions_for, read_claims, verify_claim
from scratchgen.networks.network import IntegerNetwork
from scratchgen.networks.weights import TrainedNetwork, read_weights
from scratchgen.projects.build import build_project
from scratchgen.projects.digits import digits_manifest, digits_project
from scratchgen.resources import resource_folder
from scratchgen.scratch.linter import check_bytes
from scratchgen.simulator import Simulator

KINDS = ("dense", "convolutional")
FULL = os.environ.get("SCRATCHGEN_EXACT") == "full"
"""`make exact`: every digit that was kept aside, on every engine."""
WANTED = {"dense": 0.97, "convolutional": 0.985}


def shipped() -> dict[str, TrainedNetwork]:
    folder = resource_folder("trained_weights")
    return {kind: read_weights(folder / f"digits_{kind}.json") for kind in KINDS}


@pytest.fixture(scope="module", params=["readable", "fast"])
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("digits") / "digits.sb3"
    build_project(digits_project(shipped(), request.param), path)
    return path


@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_network_reads_what_training_did_not_see(kind: str) -> None:
    trained = shipped()[kind]
    _, held_out = hold_out(handwritten_digits(), seed=0)
    winners = IntegerNetwork.winners(trained.network.reference(held_out.counts))
    accuracy = float((winners == held_out.labels).mean())
    figures = trained.training["figures"]
    assert accuracy == figures["integer_accuracy"] >= WANTED[kind]
    assert figures["held_out_rows"] == len(held_out)
    assert figures["agreement"] >= 0.99
    assert trained.training["data_sha256"] == handwritten_digits().digest()
    assert "CC BY 4.0" in trained.training["source"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_network_reads_digits_of_fonts(kind: str) -> None:
    network = shipped()[kind].network
    counts = np.array([[count_blocks(drawn_digit(digit, font)) for digit in range(10)] for font in FONTS])
    right = [IntegerNetwork.winners(network.reference(rows)) == np.arange(10) for rows in counts]
    assert np.mean(right) >= 0.9


def test_the_file_holds_both_networks_and_nothing_an_editor_would_swallow(project: Path) -> None:
    assert [
        str(each) for each in check_bytes(project.read_bytes(), where="x") if each.severity == "error"
    ] == []
    claims = read_claims(project)
    assert [claim.manifest.sprite for claim in claims] == ["Dense network", "Convolutional network"]
    assert [len(claim.manifest.inputs) for claim in claims] == [64, 64]
    only = resource_folder("trained_weights") / "digits_convolutional.json"
    assert [claim.manifest.sprite for claim in read_claims(project, weights=only)] == [
        "Convolutional network"
    ]


def test_the_file_is_verified_in_the_simulator_by_its_manifests_alone(project: Path) -> None:
    simulator = Simulator.load(project)
    dense, convolutional = read_claims(project)
    verified = verify_claim(dense, simulator, engine_name="the simulator")
    assert (verified.mismatches, verified.questions.drawn) == ((), 2000)
    rows = questions_for(convolutional).rows[::50]  # all of them take a minute
    expected = answers_to(convolutional.trained.network, convolutional.manifest, rows)
    assert list(compare(rows.tolist(), expected, simulator.ask(convolutional.manifest, rows.tolist()))) == []


@pytest.mark.skipif(not FULL, reason="takes minutes; `make exact` runs it")
def test_the_simulator_reads_every_held_out_digit_as_the_reference(project: Path) -> None:
    simulator = Simulator.load(project)
    _, held_out = hold_out(handwritten_digits(), seed=0)
    for claim in read_claims(project):
        expected = answers_to(claim.trained.network, claim.manifest, held_out.counts)
        rows = held_out.counts.tolist()
        assert list(compare(rows, expected, simulator.ask(claim.manifest, rows))) == []


@pytest.mark.engine
@pytest.mark.parametrize("engine_name", ["official_engine", "turbowarp_engine"])
def test_real_engines_read_held_out_digits_as_the_reference(
    project: Path, engine_name: str, request: pytest.FixtureRequest
) -> None:
    engine: OfficialEngine | TurboWarpEngine = request.getfixturevalue(engine_name)
    engine.load(project)
    _, held_out = hold_out(handwritten_digits(), seed=0)
    for claim in read_claims(project):
        is_slow = claim.manifest.sprite.startswith("Conv")
        rows = held_out.counts[:: 10 if is_slow and not FULL else 1]
        expected = answers_to(claim.trained.network, claim.manifest, rows)
        asked = rows.tolist()
        assert list(compare(asked, expected, engine.ask(claim.manifest, asked))) == []


def test_a_network_of_another_shape_is_refused() -> None:
    colours = read_weights(resource_folder("trained_weights") / "colours.json")
    with pytest.raises(NetworkError, match="3 inputs and 11 answers reads no digits"):
        digits_manifest("dense", colours)


def test_both_networks_read_what_lies_on_the_grid(project: Path) -> None:
    simulator = Simulator.load(project)
    simulator.click_flag()
    simulator.run(seconds=1)
    simulator.set_list("cells", drawn_digit(3, "DejaVuSans").ravel().astype(float).tolist(), "Guide")
    simulator.set_variable("cells changed", 1, "Guide")
    simulator.set_variable("is blank", 0)
    simulator.run(seconds=2)
    answers = [simulator.variable(f"{kind} digit") for kind in KINDS]
    assert answers == ["3", "3"]
