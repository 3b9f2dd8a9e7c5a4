"""Verification is exact: one wrong logit, name, type or length in one answer is found and said."""

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scratchgen.engines.official import OfficialEngine
from scratchgen.errors import ProjectFileError, WeightsError
from scratchgen.evidence.verify import read_claim, reference_answers, same_value, verify_claim
from scratchgen.networks.weights import TrainedNetwork, write_weights
from scratchgen.scratch.archive import read_archive_file
from scratchgen.scratch.manifest import Answer, Manifest
from scratchgen.simulator import Simulator
from tests.evidence.small_networks import NETWORKS, files


@pytest.mark.parametrize("profile", ["fdlibm", "rounded"])
@pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)
def test_the_simulator_answers_as_the_reference(
    network: TrainedNetwork, profile: str, tmp_path: Path
) -> None:
    path = files(tmp_path, network)
    outcome = verify_claim(read_claim(path), Simulator.load(path, profile=profile), engine_name="s")
    assert outcome.mismatches == ()
    assert len(outcome.questions.rows) > 4096


@pytest.mark.engine
@pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)
def test_the_official_engine_answers_as_the_reference(
    network: TrainedNetwork, tmp_path: Path, official_engine: OfficialEngine
) -> None:
    path = files(tmp_path, network)
    official_engine.load(path)
    assert verify_claim(read_claim(path), official_engine, engine_name="o").mismatches == ()


def test_in_a_tie_the_first_name_wins(tmp_path: Path) -> None:
    path = files(tmp_path, NETWORKS["ties"])
    outcome = verify_claim(read_claim(path), Simulator.load(path), engine_name="s")
    assert outcome.questions.ties == len(outcome.questions.rows)
    assert {
        str(answer.answer) for answer in Simulator.load(path).ask(read_claim(path).manifest, [[1, 2, 3]])
    } == {"first"}


class Liar:
    """An engine that tells the reference's answers, and one other."""

    def __init__(self, network: TrainedNetwork, lie: Callable[[Answer], Answer]) -> None:
        self.network, self.lie = network, lie

    def ask(self, manifest: Manifest, rows: Sequence[Sequence[int]]) -> list[Answer]:
        answers = reference_answers(self.network.network, manifest.names, np.array(rows))
        return [
            self.lie(answer) if list(row) == [0, 0, 255] else answer
            for row, answer in zip(rows, answers, strict=True)
        ]


LIES: dict[str, tuple[Callable[[Answer], Answer], str]] = {
    "a logit": (
        lambda true: Answer((*true.logits[:2], 7.5), true.answer),
        r"0,0,255: logit 3 is 7\.5 in the file",
    ),
    "a text": (
        lambda true: Answer((str(true.logits[0]), *true.logits[1:]), true.answer),
        "0,0,255: logit 1 is '",
    ),
    "a logit too few": (lambda true: Answer(true.logits[:2], true.answer), "gives 2 logits, not 3"),
    "a logit too many": (lambda true: Answer((*true.logits, 0), true.answer), "gives 4 logits, not 3"),
    "not a number": (lambda true: Answer((float("nan"), *true.logits[1:]), true.answer), "logit 1 is nan"),
    "a name": (lambda true: Answer(true.logits, "d"), "0,0,255: the file answers 'd', the reference '"),
    "no name": (lambda true: Answer(true.logits, ""), "the file answers ''"),
}


@pytest.mark.parametrize(("lie", "message"), LIES.values(), ids=LIES)
def test_every_lie_is_found(lie: Callable[[Answer], Answer], message: str, tmp_path: Path) -> None:
    network = NETWORKS["relu"]
    [mismatch] = verify_claim(
        read_claim(files(tmp_path, network)), Liar(network, lie), engine_name="l"
    ).mismatches
    assert mismatch.question == (0, 0, 255)
    assert re.search(message, str(mismatch))


@given(st.integers(-(2**53), 2**53), st.integers(-(2**53), 2**53))
def test_numbers_are_compared_exactly(one: int, other: int) -> None:
    assert same_value(one, float(other)) == (one == other)
    assert not same_value(one, str(one))


def test_weights_are_found_by_their_hash_alone(tmp_path: Path) -> None:
    path = files(tmp_path, NETWORKS["relu"])
    other = tmp_path / "other.json"
    write_weights(NETWORKS["ties"], other)
    with pytest.raises(
        WeightsError, match=r"other\.json: this network is not the one of .*p\.sb3; name the file"
    ):
        read_claim(path, weights=other)
    path.with_suffix(".json").write_text("no JSON", encoding="utf-8")
    with pytest.raises(
        WeightsError, match=r"p\.sb3: neither beside it nor among the shipped ones .*--weights"
    ):
        read_claim(path)
    write_weights(NETWORKS["relu"], other)
    assert read_claim(path, weights=other).trained == NETWORKS["relu"]
    # a file of several networks has several files beside it
    write_weights(NETWORKS["relu"], path.with_name(f"{path.stem}_dense.json"))
    assert read_claim(path).trained == NETWORKS["relu"]


def test_a_manifest_that_asks_otherwise_is_refused(tmp_path: Path) -> None:
    path = files(tmp_path, NETWORKS["relu"])
    with pytest.raises(ProjectFileError, match="manifest"):
        read_claim(_with_other_range(path))


def _with_other_range(path: Path) -> Path:
    archive = read_archive_file(path)
    [comment] = archive.project["targets"][0]["comments"].values()
    comment["text"] = comment["text"].replace('"high":255', '"high":254', 1)
    changed = path.with_name("changed.sb3")
    changed.write_text(json.dumps(archive.project), encoding="utf-8")
    path.with_suffix(".json").rename(changed.with_suffix(".json"))
    return changed
