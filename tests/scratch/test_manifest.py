"""The manifest goes into a comment and comes out the same; damage is said in words."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scratchgen.errors import ProgramError, ProjectFileError
from scratchgen.scratch.manifest import (
    LONGEST_COMMENT,
    Manifest,
    ManifestInput,
    from_json,
    manifest_comment,
    read_manifest,
    to_json,
)
from scratchgen.scratch.program import Comment, Project, Sprite

MANIFEST = Manifest(
    kind="colours",
    sprite="Network",
    inputs=(ManifestInput(variable="red", low=0, high=255),),
    broadcast="name colour",
    logits="logits",
    answer="name",
    names=("dark", "light"),
    language="en",
    style="readable",
    weights_sha256="0" * 64,
)


def project_with(*comments: Comment) -> Project:
    return Project(sprites=(Sprite(name="Stage", is_stage=True, comments=comments),))


@given(st.lists(st.text(), min_size=1, max_size=5), st.text())
def test_any_names_come_back(names: list[str], language: str) -> None:
    manifest = replace(MANIFEST, names=tuple(names), language=language)
    assert read_manifest(project_with(Comment(text="a note"), manifest_comment(manifest))) == manifest


def test_a_project_without_one_says_what_to_do() -> None:
    with pytest.raises(ProjectFileError, match=r"my\.sb3: the stage holds no scratchgen manifest; .*build"):
        read_manifest(project_with(Comment(text="{}")), where="my.sb3")


@pytest.mark.parametrize("key", sorted(json.loads(to_json(MANIFEST))))
@pytest.mark.parametrize("value", [None, 99, [], [None], {}])
def test_every_key_is_checked(key: str, value: object) -> None:
    with pytest.raises(ProjectFileError, match="its manifest"):
        from_json(json.loads(to_json(MANIFEST)) | {key: value})


@pytest.mark.parametrize("text", ["", "{", "[]", "[" * 5000])
def test_a_damaged_comment_is_said(text: str) -> None:
    damaged = Comment(text=manifest_comment(MANIFEST).text.split("\n")[0] + "\n" + text)
    with pytest.raises(ProjectFileError, match="damaged"):
        read_manifest(project_with(damaged))


def test_one_that_is_too_long_is_refused() -> None:
    with pytest.raises(ProgramError, match="8,000"):
        manifest_comment(replace(MANIFEST, names=("x" * LONGEST_COMMENT,)))
