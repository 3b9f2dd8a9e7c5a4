"""The manifest of a project that learns: which messages make it learn, and where settings and weights are.

It stands in a comment on the stage, like the manifest of a project that answers, under the same heading; its
``kind`` tells the two apart.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields

from scratchgen.errors import ProjectFileError
from scratchgen.scratch.manifest import HEADING, LEARNS, VERSION
from scratchgen.scratch.program import Comment, Project

__all__ = ["LearningManifest", "learning_comment", "read_learning_manifest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningManifest:
    """Messages, variables and lists of a project that learns.

    ``fill`` fills in examples, ``forget`` begins anew, ``learn`` takes as many steps as the variable
    ``steps`` says. ``examples`` are the lists of red, green, blue and name; ``learnt`` those of the sprite
    that hold red, green and blue weights, later weights, and biases, in this order.
    """

    sprite: str
    fill: str
    forget: str
    learn: str
    steps: str
    learning_rate: str
    momentum: str
    hidden: tuple[str, ...]
    activation: str
    seed: str
    names: str
    examples: tuple[str, ...]
    learnt: tuple[str, ...]


def learning_comment(manifest: LearningManifest) -> Comment:
    """Return the comment for the stage."""
    content = {"version": VERSION, "kind": LEARNS} | asdict(manifest)
    text = f"{HEADING}\n{json.dumps(content, ensure_ascii=False, separators=(',', ':'))}"
    return Comment(text=text, x=0, y=0, width=400, height=100, minimized=True)


def read_learning_manifest(project: Project, *, where: str) -> LearningManifest | None:
    """Return the manifest of a project that learns, None when it does not; ProjectFileError when damaged."""
    for comment in project.stage.comments:
        if comment.text.startswith(HEADING):
            try:
                content = json.loads(comment.text[len(HEADING) :])
            except (ValueError, RecursionError):
                return None
            if isinstance(content, dict) and content.get("kind") == LEARNS:
                return _from_json(content, where)
    return None


def _from_json(content: dict[str, object], where: str) -> LearningManifest:
    found: dict[str, str | tuple[str, ...]] = {}
    for field in fields(LearningManifest):
        value = content.get(field.name)
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            found[field.name] = tuple(value)
        elif isinstance(value, str):
            found[field.name] = value
    lengths = {"hidden": 2, "examples": 4, "learnt": 5}
    texts = [field.name for field in fields(LearningManifest) if field.name not in lengths]
    fitting = all(isinstance(found.get(name), str) for name in texts) and all(
        isinstance(found.get(name), tuple) and len(found[name]) == length for name, length in lengths.items()
    )
    if content.get("version") != VERSION or not fitting:
        raise ProjectFileError("its manifest is damaged", where=where, todo="make the file again")
    return LearningManifest(**found)  # type: ignore[arg-type]
