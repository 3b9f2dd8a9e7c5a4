"""The digit and the word project in the official editor: every block is drawn, the flag gives answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from scratchgen.engines.editor import open_in_editor
from scratchgen.engines.schema import schema_check
from scratchgen.networks.weights import read_weights
from scratchgen.projects.build import build_project
from scratchgen.projects.digits import digits_project
from scratchgen.projects.words import words_project
from scratchgen.resources import resource_folder
from tests.projects.test_digits import shipped

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def digits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("digits") / "digits.sb3"
    build_project(digits_project(shipped()), path)
    return path


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("words") / "words.sb3"
    build_project(words_project(read_weights(resource_folder("trained_weights") / "words.json")), path)
    return path


def test_the_official_schema_check_takes_both(digits: Path, words: Path, engines_installed: Path) -> None:
    assert [verdict.reason for verdict in schema_check([digits, words]) if not verdict.valid] == []


def test_the_editor_draws_every_block_of_the_digits(digits: Path, editor_installed: Path) -> None:
    [report] = open_in_editor([digits])
    assert report.problems == []
    drawn = {one.sprite: one.blocks for one in report.drawn}
    assert min(drawn["Dense network"], drawn["Convolutional network"]) > 100
