"""Verification: does a file's own blocks give the reference's numbers, colour by colour, logit by logit?

The file is read back from disk; what is known of it is its manifest. The reference is the integer network
in numpy. Engines are anything that can load a file and answer questions.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from scratchgen.errors import ProjectFileError, WeightsError
from scratchgen.evidence.many_inputs import MOST_INPUTS_SEARCHED, many_questions, reference_logits
from scratchgen.evidence.questions import Questions, choose_questions, count_ties
from scratchgen.networks.layers import IntegerArray
from scratchgen.networks.network import IntegerNetwork
from scratchgen.networks.weights import TrainedNetwork, read_weights
from scratchgen.resources import resource_folder
from scratchgen.scratch.manifest import Answer, Manifest, read_manifests
from scratchgen.scratch.program import Value
from scratchgen.scratch.reader import read_project

__all__ = [
    "Claim",
    "Engine",
    "Mismatch",
    "Verification",
    "answers_to",
    "file_digest",
    "find_weights",
    "questions_for",
    "read_claim",
    "read_claims",
    "verify_claim",
]


class Engine(Protocol):
    """Something that runs a file's blocks."""

    def ask(self, manifest: Manifest, rows: Sequence[Sequence[int]]) -> list[Answer]:
        """Set the variables of each row, send the broadcast, run until nothing runs, and read the answer."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Mismatch:
    """A question to which the file answers otherwise than the reference."""

    question: tuple[int, ...]
    expected: Answer
    given: Answer

    def __str__(self) -> str:
        """Say which value differs: the first logit that does, else the answer."""
        for place, (mine, theirs) in enumerate(
            zip(self.expected.logits, self.given.logits, strict=False), start=1
        ):
            if not same_value(mine, theirs):
                return f"{self._asked()}: logit {place} is {theirs!r} in the file, {mine!r} in the reference"
        if len(self.given.logits) != len(self.expected.logits):
            counts = f"{len(self.given.logits)} logits, not {len(self.expected.logits)}"
            return f"{self._asked()}: the file gives {counts}"
        return (
            f"{self._asked()}: the file answers {self.given.answer!r}, the reference {self.expected.answer!r}"
        )

    def _asked(self) -> str:
        return ",".join(map(str, self.question))


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """The outcome: how many questions were asked, of what kinds, and every mismatch."""

    file_sha256: str
    engine: str
    questions: Questions
    mismatches: tuple[Mismatch, ...]


def same_value(expected: Value, given: Value) -> bool:
    """Tell whether a value is exactly the expected one; a text never equals a number.

    >>> same_value(3, 3.0), same_value(3, "3"), same_value(0, False), same_value("tan", "tan")
    (True, False, False, True)
    """
    if isinstance(expected, str) or isinstance(given, str | bool):
        return type(expected) is type(given) and expected == given
    return expected == given


def file_digest(path: Path | str) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def find_weights(manifest: Manifest, *, project: Path | str, weights: Path | None = None) -> TrainedNetwork:
    """Return the network that a project file was made of, by its hash.

    It is looked for in ``weights``; else beside the project, in files whose names begin as its name does:
    ``digits_dense.json`` beside ``digits.sb3``; else among the shipped ones. WeightsError when it is not
    there, or when ``weights`` is another network.
    """
    wanted = manifest.weights_sha256
    if weights is not None:
        trained = read_weights(weights)
        if trained.network.digest() != wanted:
            raise WeightsError(
                f"this network is not the one of {project}",
                where=str(weights),
                todo="name the file that it was built from",
            )
        return trained
    shipped = sorted(resource_folder("trained_weights").glob("*.json"))
    project = Path(project)
    beside = sorted(path for path in project.parent.glob("*.json") if path.stem.startswith(project.stem))
    for path in (*beside, *shipped):
        with suppress(WeightsError):  # what merely bears the name is nobody's fault
            trained = read_weights(path)
            if trained.network.digest() == wanted:
                return trained
    raise WeightsError(
        f"neither beside it nor among the shipped ones is a network with the SHA-256 {wanted[:16]}…",
        where=str(project),
        todo="name the weights file with --weights",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a file claims: to compute this network, and to answer through this manifest."""

    path: Path
    manifest: Manifest
    trained: TrainedNetwork


def read_claim(path: Path | str, *, weights: Path | None = None) -> Claim:
    """Read a file's first manifest and find its network; ProjectFileError or WeightsError when that fails."""
    return read_claims(path, weights=weights)[0]


def read_claims(path: Path | str, *, weights: Path | None = None) -> list[Claim]:
    """Read every manifest of a file and find its networks; ProjectFileError or WeightsError when that fails.

    With ``weights``, what is claimed of other networks is left out, as long as something is left.
    """
    path = Path(path)
    manifests = read_manifests(read_project(path), where=str(path))
    if weights is not None and len(manifests) > 1:
        digest = read_weights(weights).network.digest()
        manifests = [each for each in manifests if each.weights_sha256 == digest] or manifests
    claims = []
    for manifest in manifests:
        trained = find_weights(manifest, project=path, weights=weights)
        _require_same_shape(manifest, trained, where=str(path))
        claims.append(Claim(path=path, manifest=manifest, trained=trained))
    return claims


def verify_claim(
    claim: Claim,
    engine: Engine,
    *,
    engine_name: str,
    progress: Callable[[int, int], None] = lambda done, total: None,
    batch: int = 250,
) -> Verification:
    """Ask the file every chosen question and compare each logit and the answer with the reference.

    ``engine`` has loaded the file already. ``progress`` is told how many of how many questions are done.
    """
    network, manifest = claim.trained.network, claim.manifest
    questions = questions_for(claim)
    rows = questions.rows.tolist()
    answers = answers_to(network, manifest, questions.rows)
    mismatches: list[Mismatch] = []
    for at in range(0, len(rows), batch):
        part = rows[at : at + batch]
        mismatches += compare(part, answers[at : at + batch], engine.ask(manifest, part))
        progress(min(at + batch, len(rows)), len(rows))
    return Verification(
        file_sha256=file_digest(claim.path),
        engine=engine_name,
        questions=questions,
        mismatches=tuple(mismatches),
    )


def _require_same_shape(manifest: Manifest, trained: TrainedNetwork, *, where: str) -> None:
    domain = trained.network.domain
    asked = [(entry.low, entry.high) for entry in manifest.questions]
    if asked != list(zip(domain.low, domain.high, strict=True)) or len(manifest.names) != len(trained.names):
        raise ProjectFileError(
            "its manifest and its network differ in inputs or names", where=where, todo="build it again"
        )


def questions_for(claim: Claim) -> Questions:
    """Choose what to ask the file, by its inputs; see :mod:`questions` and :mod:`many_inputs`."""
    network, manifest = claim.trained.network, claim.manifest
    if len(network.domain) <= MOST_INPUTS_SEARCHED and not manifest.begins:
        return choose_questions(network)
    rows, corners = many_questions(network, manifest)
    ties = count_ties(reference_logits(network, manifest, rows)) if manifest.form == "name" else 0
    return Questions(
        rows=rows, corners_and_edges=corners, grid=0, races=0, ties=ties, drawn=len(rows) - corners
    )


def answers_to(network: IntegerNetwork, manifest: Manifest, rows: IntegerArray) -> list[Answer]:
    """Return what the reference answers to questions asked in this order."""
    logits = reference_logits(network, manifest, rows)
    if manifest.form == "name":
        return answers_of(logits, manifest.names)
    mixed = (logits @ np.array([65536, 256, 1])).tolist()
    return [Answer(tuple(row), colour) for row, colour in zip(logits.tolist(), mixed, strict=True)]


def reference_answers(network: IntegerNetwork, names: Sequence[str], rows: IntegerArray) -> list[Answer]:
    """Return what the reference answers to each row, in the file's own names."""
    return answers_of(network.reference(rows), names)


def answers_of(logits: IntegerArray, names: Sequence[str]) -> list[Answer]:
    """Return the answers that rows of the reference's logits mean."""
    winners = IntegerNetwork.winners(logits)
    return [
        Answer(tuple(values), names[winner])
        for values, winner in zip(logits.tolist(), winners.tolist(), strict=True)
    ]


def compare(
    rows: Iterable[Sequence[int]], expected: Iterable[Answer], given: Iterable[Answer]
) -> Iterable[Mismatch]:
    """Yield a mismatch for each row whose answers are not exactly equal."""
    for row, mine, theirs in zip(rows, expected, given, strict=True):
        if (
            len(mine.logits) != len(theirs.logits)
            or not all(map(same_value, mine.logits, theirs.logits))
            or not same_value(mine.answer, theirs.answer)
        ):
            yield Mismatch(question=tuple(row), expected=mine, given=theirs)
