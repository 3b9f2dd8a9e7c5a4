"""Weights files restore a network exactly, read well, and are refused when damaged."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scratchgen.errors import NetworkError, WeightsError
from scratchgen.networks.intervals import Interval
from scratchgen.networks.layers import Dense, Relu
from scratchgen.networks.network import IntegerNetwork
from scratchgen.networks.weights import TrainedNetwork, from_text, read_weights, to_text, write_weights

NETWORK = IntegerNetwork(
    domain=Interval(low=(0, 0), high=(255, 255)),
    layers=(Dense(weights=np.array([[1, -2], [3, 4]]), biases=np.array([5, -6])), Relu()),
)
TRAINED = TrainedNetwork(names=("hot", "cold"), network=NETWORK, logit_scale=0.1, training={"seed": 7})


def test_the_file_reads_well(tmp_path: Path) -> None:
    write_weights(TRAINED, tmp_path / "w.json")
    lines = (tmp_path / "w.json").read_text(encoding="utf-8").splitlines()
    assert '  "names": ["hot", "cold"],' in lines
    assert "        [1, -2]," in lines
    assert read_weights(tmp_path / "w.json") == TRAINED
    assert [file.name for file in tmp_path.iterdir()] == ["w.json"]


@given(
    names=st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2, unique=True),
    scale=st.floats(min_value=0, exclude_min=True, allow_infinity=False),
    training=st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"])), st.floats(allow_nan=False, allow_infinity=False)
    ),
)
def test_text_restores_every_number(names: list[str], scale: float, training: dict[str, float]) -> None:
    trained = TrainedNetwork(names=tuple(names), network=NETWORK, logit_scale=scale, training=training)
    assert from_text(to_text(trained)) == trained


def changed(key: str, value: object) -> str:
    return json.dumps(json.loads(to_text(TRAINED)) | {key: value})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "[" * 100_000,
        '{"format": "scratchgen weights"}',
        changed("version", 2),
        changed("names", ["hot"]),
        changed("names", ["hot", "hot"]),
        changed("names", [1, 2]),
        changed("layers", 3),
        changed("layers", []),
        changed("domain", {"low": [0, 0], "high": [255]}),
        changed("domain", {"low": [0, 0], "high": [255, 1.5]}),
        changed("domain", {"low": [0, 9], "high": [255, 1]}),
        changed("domain", None),
        changed("logit_scale", "1"),
        changed("logit_scale", 0),
        changed("training", []),
        changed("sha256", "0" * 64),
        changed("layers", [{"kind": "relu"}]),
    ],
)
def test_damaged_files_are_one_line(text: str, tmp_path: Path) -> None:
    with pytest.raises((WeightsError, NetworkError)):
        from_text(text)
    (tmp_path / "bad.json").write_text(text, encoding="utf-8")
    with pytest.raises(WeightsError, match=r"bad\.json: ") as caught:
        read_weights(tmp_path / "bad.json")
    assert "\n" not in str(caught.value)


def test_a_missing_file_a_folder_and_bytes_are_refused(tmp_path: Path) -> None:
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe\x00")
    for name in ("absent.json", ".", "bytes.json"):
        with pytest.raises(WeightsError):
            read_weights(tmp_path / name)


def test_an_interrupted_write_leaves_nothing(tmp_path: Path) -> None:
    endless = TrainedNetwork(names=("a", "b"), network=NETWORK, logit_scale=1.0, training={"bad": object()})
    with pytest.raises(TypeError):
        write_weights(endless, tmp_path / "w.json")
    assert list(tmp_path.iterdir()) == []


def test_the_digest_depends_on_the_numbers_alone() -> None:
    same = IntegerNetwork(domain=NETWORK.domain, layers=NETWORK.layers)
    other = IntegerNetwork(domain=NETWORK.domain, layers=NETWORK.layers[:1])
    assert same.digest() == NETWORK.digest() != other.digest()
