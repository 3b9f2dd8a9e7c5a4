"""The shipped network that reads names of colours: what it reaches, and that the blocks give its numbers."""

import os
from pathlib import Path

import numpy as np
import pytest

from scratchgen.cli.kinds import named_colours
from scratchgen.engines.official import OfficialEngine
from scratchgen.engines.turbowarp import TurboWarpEngine
from scratchgen.errors import NetworkError
from scratchgen.evidence.verify import answers_to, compare, read_claim, verify_claim
from scratchgen.evidence.word_bench import compare_ways
from scratchgen.networks.weights import read_weights
from scratchgen.projects.build import build_project
from scratchgen.projects.words import words_manifest, words_project
from scratchgen.resources import resource_folder
from scratchgen.scratch.linter import check_bytes
from scratchgen.simulator import Simulator
from scratchgen.words.letters import letter_numbers

FULL = os.environ.get("SCRATCHGEN_EXACT") == "full"
"""`make exact`: all names, on every engine."""
WEIGHTS = resource_folder("trained_weights") / "words.json"


@pytest.fixture(scope="module", params=["readable", "fast"])
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("words") / "words.sb3"
    build_project(words_project(read_weights(WEIGHTS), request.param), path)
    return path


def letters_of(names: tuple[str, ...]) -> np.ndarray:
    """The questions that read names one after the other."""
    rows = [[number, int(at == 0)] for name in names for at, number in enumerate(letter_numbers(name))]
    return np.array(rows)


def test_the_network_is_nearer_than_every_simple_way_on_names_it_did_not_see() -> None:
    network, *others = compare_ways(read_weights(WEIGHTS).network, named_colours())
    assert len(others) == 4
    assert all(network.distance < other.distance for other in others)
    figures = read_weights(WEIGHTS).training["figures"]
    # the means of the same numbers, added up in another order
    assert network.distance == pytest.approx(figures["integer_distance"], abs=1e-9)
    assert figures["between"] < 2


def test_the_file_is_verified_by_its_manifest_alone(project: Path) -> None:
    errors = [each for each in check_bytes(project.read_bytes(), where="x") if each.severity == "error"]
    assert errors == []
    verified = verify_claim(read_claim(project), Simulator.load(project), engine_name="the simulator")
    assert verified.mismatches == ()
    assert len(verified.questions.rows) > 2000


def test_a_changed_memory_is_found(project: Path) -> None:
    claim = read_claim(project)
    simulator = Simulator.load(project)
    rows = letters_of(("dusty rose", "teal"))
    expected = answers_to(claim.trained.network, claim.manifest, rows)
    simulator.ask(claim.manifest, rows[:3].tolist())
    simulator.set_list("state 2", [99] * 48, sprite="Network")
    rest = rows[3:].tolist()
    found = list(compare(rest, expected[3:], simulator.ask(claim.manifest, rest)))
    # the rest of the first name comes out otherwise, and with the second name all is forgotten
    assert found
    assert all(mismatch.question[0] in letter_numbers("ty rose") for mismatch in found)
    teal = rows[10:].tolist()
    assert list(compare(teal, expected[10:], simulator.ask(claim.manifest, teal))) == []


@pytest.mark.skipif(not FULL, reason="takes a minute; `make exact` runs it")
def test_the_simulator_reads_every_name_as_the_reference(project: Path) -> None:
    claim = read_claim(project)
    rows = letters_of(named_colours().names)
    expected = answers_to(claim.trained.network, claim.manifest, rows)
    given = Simulator.load(project).ask(claim.manifest, rows.tolist())
    assert list(compare(rows.tolist(), expected, given)) == []


@pytest.mark.engine
@pytest.mark.parametrize("engine_name", ["official_engine", "turbowarp_engine"])
def test_real_engines_read_names_as_the_reference(
    project: Path, engine_name: str, request: pytest.FixtureRequest
) -> None:
    engine: OfficialEngine | TurboWarpEngine = request.getfixturevalue(engine_name)
    engine.load(project)
    claim = read_claim(project)
    rows = letters_of((*named_colours().names[: None if FULL else 40], "é!", "DUSTY ROSE"))
    expected = answers_to(claim.trained.network, claim.manifest, rows)
    assert list(compare(rows.tolist(), expected, engine.ask(claim.manifest, rows.tolist()))) == []


def test_the_project_reads_what_is_typed_and_says_what_it_does_not_know(project: Path) -> None:
    simulator = Simulator.load(project, answers=["Dusty Röse"])
    simulator.click_flag()
    simulator.run(seconds=60)
    assert simulator.variable("unknown letters") == "ö"
    claim = read_claim(project)
    rows = letters_of(("dusty r\u00f6se",))
    [*_, last] = answers_to(claim.trained.network, claim.manifest, rows)
    assert tuple(simulator.list_items("red green blue")) == last.logits
    assert simulator.variable("colour") == last.answer


def test_a_network_of_another_shape_is_refused() -> None:
    colours = read_weights(resource_folder("trained_weights") / "colours.json")
    with pytest.raises(NetworkError, match="3 inputs and 11 answers reads no names"):
        words_manifest(colours)
