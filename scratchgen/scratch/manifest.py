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

__all__ = ["Answer", "Manifest", "ManifestInput", "manifest_comment", "read_manifest"]

HEADING = "scratchgen manifest (tools find their way by it; please leave it here)"
VERSION = 1
LONGEST_COMMENT = 8000
"""Characters; what the official schema allows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestInput:
    """A variable of the stage that holds part of a question: its name, and the integers that it may hold."""

    variable: str
    low: int
    high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """How to ask a file, and where its answer is.

    ``sprite`` holds the network. ``logits`` is a list of the stage, ``answer`` a variable of it that holds
    one of ``names`` after the broadcast has been dealt with.

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


@dataclass(frozen=True, slots=True)
class Answer:
    """What a file answered to one question: the list of logits and the answer, as its blocks left them."""

    logits: tuple[Value, ...]
    answer: Value


TEXTS = ("kind", "sprite", "broadcast", "logits", "answer", "language", "style", "weights_sha256")


def to_json(manifest: Manifest) -> str:
    """Return the manifest as compact JSON."""
    return json.dumps({"version": VERSION} | asdict(manifest), ensure_ascii=False, separators=(",", ":"))


def from_json(content: object) -> Manifest:
    """Return the manifest that the JSON values describe; ProjectFileError when they describe none."""
    match content:
        case {"version": version, "inputs": list(inputs), "names": list(names), **rest}:
            texts = {key: value for key, value in rest.items() if key in TEXTS and isinstance(value, str)}
            if version != VERSION:
                raise ProjectFileError(
                    f"its manifest has version {version!r}, not {VERSION}", todo="build the file again"
                )
            if set(texts) == set(TEXTS) and inputs and names and all(isinstance(n, str) for n in names):
                return Manifest(inputs=tuple(map(_input, inputs)), names=tuple(names), **texts)
    raise ProjectFileError("its manifest is damaged", todo="build the file again")


def _input(content: object) -> ManifestInput:
    match content:
        case {"variable": str(variable), "low": int(low), "high": int(high)} if low <= high:
            return ManifestInput(variable=variable, low=low, high=high)
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
    """Return the project's manifest; ProjectFileError when it has none, or a damaged one."""
    for comment in project.stage.comments:
        if comment.text.startswith(HEADING):
            try:
                content: Mapping[str, Any] = json.loads(comment.text[len(HEADING) :])
            except (ValueError, RecursionError):
                content = {}
            try:
                return from_json(content)
            except ProjectFileError as fault:
                raise ProjectFileError(fault.what, where=where, todo=fault.todo) from None
    raise ProjectFileError(
        "the stage holds no scratchgen manifest",
        where=where,
        todo="name a file that `scratchgen build` wrote, or use `scratchgen run` for other projects",
    )
