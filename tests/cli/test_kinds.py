"""`make` and `train` for digits and words: what they write and refuse; nothing here trains for long."""

import json
from pathlib import Path

import numpy as np
import pytest

from scratchgen.cli import kinds, run_command_line
from scratchgen.digits.data import SOURCE
from scratchgen.errors import InputError
from scratchgen.evidence.verify import Verification
from scratchgen.networks.weights import read_weights
from scratchgen.training.digits import DigitOptions
from scratchgen.training.words import WordOptions
from tests.digits.test_idx import idx


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Training that is over at once."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(kinds, "DigitOptions", lambda **given: DigitOptions(steps=3, **given))
    monkeypatch.setattr(kinds, "WordOptions", lambda **given: WordOptions(epochs=1, size=4, **given))


@pytest.mark.usefixtures("short")
def test_make_words_ends_with_a_verified_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command_line(["make", "words"]) == 0
    said = capsys.readouterr().out
    assert "all equal" in said
    assert "CIELAB" in said
    assert Path("out/words.json").is_file()
    assert run_command_line(["verify", "out/words.sb3", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["equal"]
    assert found["networks"][0]["drawn_at_random"] == 2000
    assert run_command_line(["verify", "out/words.sb3", "--all"]) == 2
    assert "without memory" in capsys.readouterr().err


@pytest.mark.usefixtures("short")
def test_without_scikit_learn_the_shipped_networks_are_taken(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing() -> None:
        raise InputError("missing")

    asked: list[Path] = []

    def verify(path: Path, engine: str) -> list[Verification]:
        asked.append(path)
        return []

    monkeypatch.setattr(kinds, "handwritten_digits", missing)
    # what it is verified by is tried with the projects, and takes a minute
    monkeypatch.setattr(kinds, "verify_all_claims", verify)
    assert run_command_line(["make", "digits"]) == 0
    said = capsys.readouterr()
    assert "shipped networks are taken" in said.err
    assert "98.9%" in said.out
    assert asked == [Path("out/digits.sb3")]
    assert Path("out/digits.sb3").is_file()


@pytest.mark.usefixtures("short")
def test_train_digits_on_a_folder_of_idx_files(capsys: pytest.CaptureFixture[str]) -> None:
    draws, folder = np.random.default_rng(0), Path("mnist")
    folder.mkdir()
    labels = np.arange(100, dtype=np.uint8) % 10
    (folder / "train-images-idx3-ubyte").write_bytes(idx(draws.integers(0, 256, (100, 28, 28))))
    (folder / "train-labels-idx1-ubyte").write_bytes(idx(labels))
    assert run_command_line(["train", "digits", "--mnist", "mnist", "--output", "mine"]) == 0
    assert "of 20 digits kept aside" in capsys.readouterr().out
    for kind in ("dense", "convolutional"):
        trained = read_weights(Path("mine") / f"digits_{kind}.json")
        assert trained.training["source"] != SOURCE
        assert trained.training["data_rows"] == 100


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["make", "digits", "--language", "tlh"], "no language 'tlh'"),
        (["make", "words", "--seed", "-1"], "the seed is -1"),
        (["train", "words", "--mnist", "x"], "scratchgen train digits --mnist"),
        (["train", "digits", "--hidden", "3"], "--hidden is for colours, not for digits"),
        (["train", "digits", "--mnist", "nowhere"], "there is no train-images-idx3-ubyte"),
    ],
)
def test_bad_input_is_one_line_and_nothing_is_written(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command_line(arguments) == 2
    said = capsys.readouterr()
    assert says in said.err
    assert len(said.err.strip().splitlines()) == 1
    assert said.out == ""
    assert not list(Path().iterdir())


def test_bench_words_puts_the_network_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command_line(["bench", "words", "--json"]) == 0
    distances = [each["distance"] for each in json.loads(capsys.readouterr().out)]
    assert len(distances) == 5
    assert distances[0] == min(distances)
