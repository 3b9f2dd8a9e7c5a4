"""The manifest: how a tool finds its way in a file that scratchgen wrote.

A small JSON object in a comment on the stage says which broadcast asks a question, which variables hold it,
and where the answer appears. Nothing else of a file needs to be known to verify it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from scratchgen.errors import ProgramError, ProjectFileError
from scratchgen.scratch.program import Comment, Project, Value

__all__ = ["Answer", "Manifest", "ManifestInput", "manifest_comment", "read_manifest", "read_manifests"]

HEADING = "scratchgen manifest (tools find their way by it; please leave it here)"
VERSION = 1
LEARNS = "teach"
"""The kind of a project that learns; its manifest is another (``learning_manifest.py``)."""
LONGEST_COMMENT = 8000
"""Characters; what the official schema allows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestInput:
    """A variable of the stage that holds part of a question: its name, and the integers that it may hold.

    With a ``place``, counted from 1, it is that item of the list called ``variable``.
    """

    variable: str
    low: int
    high: int
    place: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """How to ask a file, and where its answer is.

    ``sprite`` holds the network. ``logits`` is a list of the stage, ``answer`` a variable of it that holds
    one of ``names`` after the broadcast has been dealt with (``form`` "name"), or the three logits mixed to
    one number, ``red × 65536 + green × 256 + blue`` (``form`` "colour").

    A file that reads sequences ``begins`` one with the input of that name at 1, and remembers what it was
    asked since; at 0 a question goes on where the last one ended. The network itself does not see this input.

    >>> manifest = Manifest(kind="colours", sprite="Network", broadcast="name colour", logits="logits",
    ...     inputs=(ManifestInput(variable="red", low=0, high=255),), answer="name", names=("dark", "light"),
    ...     language="en", style="readable", weights_sha256="0" * 64)
    >>> from_json(json.loads(to_json(manifest))) == manifest
    True
    """

    kind: str
    sprite: str
    inputs: tuple[ManifestInput, ...]
    broadcast: str
    logits: str
    answer: str
    names: tuple[str, ...]
    language: str
    style: str
    weights_sha256: str
    begins: str = ""
    form: str = "name"

    @property
    def questions(self) -> tuple[ManifestInput, ...]:
        """The inputs that the network sees."""
        return tuple(entry for entry in self.inputs if entry.variable != self.begins)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a file answered to one question: the list of logits and the answer, as its blocks left them."""

    logits: tuple[Value, ...]
    answer: Value


USUAL = {"begins": "", "form": "name"}
"""What is left out of the JSON where it is as usual, so that older files stay as they were."""
FORMS = ("name", "colour")
MOST_ITEMS = 10_000
TEXTS = ("kind", "sprite", "broadcast", "logits", "answer", "language", "style", "weights_sha256")


def to_json(manifest: Manifest) -> str:
    """Return the manifest as compact JSON."""
    content = {"version": VERSION} | asdict(manifest) | {"inputs": _entries(manifest.inputs)}
    for key, usual in USUAL.items():
        if content[key] == usual:
            del content[key]
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _entries(inputs: tuple[ManifestInput, ...]) -> list[dict[str, Any]]:
    """Return the inputs as JSON values; items of a list in a row and with the same ends are one entry."""
    entries: list[dict[str, Any]] = []
    for each in inputs:
        entry: dict[str, Any] = {"variable": each.variable, "low": each.low, "high": each.high}
        if each.place:
            entry = {"list": each.variable, "items": each.place, "low": each.low, "high": each.high}
            if each.place > 1 and entries and entries[-1] == entry | {"items": each.place - 1}:
                entries.pop()
        entries.append(entry)
    return entries


def from_json(content: object) -> Manifest:
    """Return the manifest that the JSON values describe; ProjectFileError when they describe none."""
    match content:
        case {"version": version, "inputs": list(inputs), "names": list(names), **rest}:
            wanted = (*TEXTS, *USUAL)
            texts = {key: value for key, value in rest.items() if key in wanted and isinstance(value, str)}
            if version != VERSION:
                raise ProjectFileError(
                    f"its manifest has version {version!r}, not {VERSION}", todo="build the file again"
                )
            known = set(texts) == set(TEXTS) | (set(USUAL) & set(rest)) and texts.get("form", "name") in FORMS
            if known and inputs and names and all(isinstance(n, str) for n in names):
                found = tuple(each for entry in inputs for each in _inputs(entry))
                if texts.get("begins", found[-1].variable) == found[-1].variable:
                    return Manifest(inputs=found, names=tuple(names), **texts)
    if isinstance(content, dict) and content.get("kind") == LEARNS:
        raise ProjectFileError(
            "it is a project that learns", todo="use `scratchgen verify`, `bench teach` or `export-examples`"
        )
    raise ProjectFileError("its manifest is damaged", todo="build the file again")


def _inputs(content: object) -> tuple[ManifestInput, ...]:
    match content:
        case {"list": str(name), "items": int(count), "low": int(low), "high": int(high)} if (
            low <= high and 0 < count <= MOST_ITEMS
        ):
            return tuple(
                ManifestInput(variable=name, low=low, high=high, place=place) for place in range(1, count + 1)
            )
        case {"variable": str(variable), "low": int(low), "high": int(high)} if low <= high:
            return (ManifestInput(variable=variable, low=low, high=high),)
    raise ProjectFileError("its manifest is damaged", todo="build the file again")


def manifest_comment(manifest: Manifest, *, x: float = 0, y: float = 0) -> Comment:
    """Return the comment for the stage; ProgramError when it would be longer than Scratch allows."""
    text = f"{HEADING}\n{to_json(manifest)}"
    if len(text) > LONGEST_COMMENT:
        raise ProgramError(
            f"the manifest would take {len(text):,} characters of {LONGEST_COMMENT:,}",
            todo="use fewer or shorter names",
        )
    return Comment(text=text, x=x, y=y, width=400, height=100, minimized=True)


def read_manifest(project: Project, *, where: str = "the project") -> Manifest:
    """Return the project's first manifest; ProjectFileError when it has none, or a damaged one."""
    return read_manifests(project, where=where)[0]


def read_manifests(project: Project, *, where: str = "the project") -> list[Manifest]:
    """Return the project's manifests, one for each network; ProjectFileError when none is there or sound."""
    found = []
    for comment in project.stage.comments:
        if comment.text.startswith(HEADING):
            try:
                content: Mapping[str, Any] = json.loads(comment.text[len(HEADING) :])
            except (ValueError, RecursionError):
                content = {}
            try:
                found.append(from_json(content))
            except ProjectFileError as fault:
                raise ProjectFileError(fault.what, where=where, todo=fault.todo) from None
    if found:
        return found
    raise ProjectFileError(
        "the stage holds no scratchgen manifest",
        where=where,
        todo="name a file that `scratchgen build` wrote, or use `scratchgen run` for other projects",
    )
