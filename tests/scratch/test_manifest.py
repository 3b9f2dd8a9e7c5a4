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
    read_manifests,
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


entries = st.one_of(
    st.builds(ManifestInput, variable=st.sampled_from("abc"), low=st.just(0), high=st.integers(0, 3)),
    st.tuples(st.sampled_from("xy"), st.integers(1, 4), st.integers(0, 3)).map(
        lambda drawn: [
            ManifestInput(variable=drawn[0], low=0, high=drawn[2], place=place)
            for place in range(1, drawn[1] + 1)
        ]
    ),
)


@given(st.lists(entries, min_size=1, max_size=6), st.sampled_from(["name", "colour"]), st.booleans())
def test_items_of_lists_and_sequences_survive(drawn: list[object], form: str, remembers: bool) -> None:
    inputs: list[ManifestInput] = []
    for each in drawn:
        inputs += [each] if isinstance(each, ManifestInput) else each  # type: ignore[arg-type]
    if remembers:
        inputs.append(ManifestInput(variable="begins", low=0, high=1))
    manifest = replace(MANIFEST, inputs=tuple(inputs), form=form, begins="begins" if remembers else "")
    assert from_json(json.loads(to_json(manifest))) == manifest
    assert manifest.questions == tuple(each for each in inputs if each.variable != "begins")


def test_what_is_as_usual_is_not_written_and_older_files_are_read() -> None:
    content = json.loads(to_json(MANIFEST))
    assert not {"begins", "form", "place"} & (set(content) | set(content["inputs"][0]))
    assert from_json(content) == MANIFEST


def test_a_long_list_is_one_entry() -> None:
    pixels = tuple(ManifestInput(variable="pixels", low=0, high=16, place=n) for n in range(1, 65))
    content = json.loads(to_json(replace(MANIFEST, inputs=pixels)))
    assert content["inputs"] == [{"list": "pixels", "items": 64, "low": 0, "high": 16}]


@pytest.mark.parametrize(
    "change",
    [
        {"form": "smell"},
        {"begins": "blue"},
        {"begins": 3},
        {"inputs": [{"list": "pixels", "items": 0, "low": 0, "high": 1}]},
        {"inputs": [{"list": "pixels", "items": 10**9, "low": 0, "high": 1}]},
        {"inputs": [{"list": "pixels", "items": 4, "low": 2, "high": 1}]},
    ],
)
def test_damaged_entries_are_refused(change: dict[str, object]) -> None:
    with pytest.raises(ProjectFileError, match="damaged"):
        from_json(json.loads(to_json(MANIFEST)) | change)


def test_a_file_of_several_networks_has_a_manifest_for_each() -> None:
    other = replace(MANIFEST, sprite="Other network")
    project = project_with(manifest_comment(MANIFEST), Comment(text="mine"), manifest_comment(other))
    assert read_manifests(project) == [MANIFEST, other]
    assert read_manifest(project) == MANIFEST
