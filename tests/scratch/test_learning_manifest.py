"""The manifest of a project that learns: what is written is read back, and damage is named."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from scratchgen.errors import ProjectFileError
from scratchgen.projects.teach import MANIFEST, teach_project
from scratchgen.scratch.learning_manifest import learning_comment, read_learning_manifest
from scratchgen.scratch.manifest import HEADING, read_manifest
from scratchgen.scratch.program import Project

PROJECT = teach_project()
CONTENT = json.loads(learning_comment(MANIFEST).text[len(HEADING) :])


def with_text(text: str) -> Project:
    stage = replace(PROJECT.stage, comments=(replace(learning_comment(MANIFEST), text=text),))
    return replace(PROJECT, sprites=(stage, *PROJECT.sprites[1:]))


def test_the_projects_manifest_is_read_back() -> None:
    assert read_learning_manifest(PROJECT, where="t.sb3") == MANIFEST


def test_what_answers_questions_is_not_found_in_a_project_that_learns() -> None:
    with pytest.raises(ProjectFileError, match="a project that learns"):
        read_manifest(PROJECT)


@pytest.mark.parametrize("key", [key for key in CONTENT if key != "kind"])
@pytest.mark.parametrize("value", [None, 7, [], ["a"] * 3, {}])
def test_every_damage_is_named(key: str, value: object) -> None:
    damaged = with_text(f"{HEADING}\n{json.dumps(CONTENT | {key: value})}")
    with pytest.raises(ProjectFileError, match="its manifest is damaged"):
        read_learning_manifest(damaged, where="t.sb3")


@pytest.mark.parametrize("text", ["", "{", "[]", "7", '{"kind": "colours"}'])
def test_other_manifests_are_left_to_their_own_readers(text: str) -> None:
    assert read_learning_manifest(with_text(f"{HEADING}\n{text}"), where="t.sb3") is None
