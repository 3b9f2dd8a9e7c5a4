"""Verification of a project that learns: are its weights the reference's, bit for bit, after many steps?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from scratchgen.errors import ProjectFileError
from scratchgen.evidence.verify import file_digest, same_value
from scratchgen.scratch.learning_manifest import LearningManifest, read_learning_manifest
from scratchgen.scratch.program import Value
from scratchgen.scratch.reader import read_project
from scratchgen.simulator.values import to_number, to_text
from scratchgen.training.in_scratch_order import Example, Learner, Settings

__all__ = ["LearningEngine", "StepsVerification", "learning_manifest_of", "verify_steps"]


class LearningEngine(Protocol):
    """Something that runs a file's blocks, has loaded it, and can be told to learn."""

    def broadcast(self, name: str) -> int: ...  # noqa: D102
    def run(self) -> object: ...  # noqa: D102
    def variable(self, name: str, sprite: str | None = None) -> Value: ...  # noqa: D102
    def set_variable(self, name: str, value: Value, sprite: str | None = None) -> None: ...  # noqa: D102
    def list_items(self, name: str, sprite: str | None = None) -> list[Value]: ...  # noqa: D102


@dataclass(frozen=True, slots=True, kw_only=True)
class StepsVerification:
    """How many numbers were compared after how many steps, and the places where they differ."""

    file_sha256: str
    engine: str
    steps: int
    examples: int
    compared: int
    mismatches: tuple[str, ...]


def learning_manifest_of(path: Path | str) -> LearningManifest | None:
    """Return the manifest of a file that learns; None when it is another kind of file."""
    return read_learning_manifest(read_project(path), where=str(path))


def verify_steps(
    path: Path | str, manifest: LearningManifest, engine: LearningEngine, *, engine_name: str, steps: int
) -> StepsVerification:
    """Fill in the survey, learn so many steps, and compare every learnt number with the reference.

    ProjectFileError when nothing receives a message of the manifest.
    """
    engine.set_variable(manifest.steps, steps)
    for message in (manifest.fill, manifest.forget, manifest.learn):
        if not engine.broadcast(message):
            raise ProjectFileError(
                f"no script receives its manifest's {message!r}", where=str(path), todo="make it again"
            )
        engine.run()
    names = list(map(str, engine.list_items(manifest.names)))
    examples = _examples(engine, manifest, names)
    learner = Learner(examples, len(names), _settings(engine, manifest))
    learner.learn(steps)
    compared, mismatches = 0, []
    for name, (title, expected) in zip(manifest.learnt, learner.lists().items(), strict=True):
        given = engine.list_items(name, manifest.sprite)
        compared += len(expected)
        mismatches += _differences(title, expected, given)
    return StepsVerification(
        file_sha256=file_digest(path),
        engine=engine_name,
        steps=steps,
        examples=len(examples),
        compared=compared,
        mismatches=tuple(mismatches),
    )


def _differences(title: str, expected: Sequence[float], given: Sequence[Value]) -> list[str]:
    if len(expected) != len(given):
        return [f"{title}: {len(given)} numbers in the file, {len(expected)} in the reference"]
    return [
        f"{title}, item {place}: {theirs!r} in the file, {mine!r} in the reference"
        for place, (mine, theirs) in enumerate(zip(expected, given, strict=True), start=1)
        if not same_value(mine, theirs)
    ]


def _examples(engine: LearningEngine, manifest: LearningManifest, names: Sequence[str]) -> list[Example]:
    numbers = {name.lower(): number for number, name in reversed(list(enumerate(names)))}
    red, green, blue, labels = (engine.list_items(name) for name in manifest.examples)
    return [
        (to_number(r), to_number(g), to_number(b), numbers.get(to_text(label).lower(), -1))
        for r, g, b, label in zip(red, green, blue, labels, strict=True)
    ]


def _settings(engine: LearningEngine, manifest: LearningManifest) -> Settings:
    first, second = (to_number(engine.variable(name)) for name in manifest.hidden)
    return Settings.kept_within_limits(
        learning_rate=to_number(engine.variable(manifest.learning_rate)),
        momentum=to_number(engine.variable(manifest.momentum)),
        hidden=(first, second),
        activation=to_text(engine.variable(manifest.activation)),
        seed=to_number(engine.variable(manifest.seed)),
    )
