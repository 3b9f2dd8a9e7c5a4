"""The linter: what is wrong with a project file, in words that a person understands.

It works on the JSON of the file, where ids still exist, and runs every rule of
:mod:`~scratchgen.scratch.linting`. Reading the file is the archive's business; repairing it is nobody's.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from scratchgen.scratch.archive import Archive, read_archive, read_archive_file
from scratchgen.scratch.linting import (
    assets,
    limits,
    links,
    names,
    placement,
    procedures,
    reach,
    repetition,
    schema,
    vocabulary,
)
from scratchgen.scratch.linting.findings import Finding, Place, Rule, Severity
from scratchgen.scratch.linting.view import ProjectView, view_of
from scratchgen.scratch.memory import collector_paused

__all__ = [
    "RULES",
    "Finding",
    "Place",
    "Rule",
    "Severity",
    "check_archive",
    "check_bytes",
    "check_file",
]

RULES: tuple[Rule, ...] = (
    *schema.RULES,
    *links.RULES,
    *vocabulary.RULES,
    *names.RULES,
    *procedures.RULES,
    *assets.RULES,
    *limits.RULES,
    *reach.RULES,
    *repetition.RULES,
    *placement.RULES,
)
"""Every rule, the most basic ones first."""

MOST_FINDINGS = 100
"""Findings of one rule in one file; a generator gone wrong makes the same mistake ten thousand times."""


@collector_paused()
def check_file(path: Path | str) -> list[Finding]:
    """Check an ``.sb3`` file; see :func:`check_archive`.

    Raises:
        ProjectFileError: the file cannot be read as a project at all.
    """
    return check_archive(read_archive_file(path))


@collector_paused()
def check_bytes(data: bytes, *, where: str = "project") -> list[Finding]:
    """Check the bytes of an ``.sb3`` file, or of a bare ``project.json``; see :func:`check_archive`.

    Raises:
        ProjectFileError: the bytes cannot be read as a project at all.

    >>> for finding in check_bytes(b'{"meta": {"semver": "2.0.0"}, "targets": []}'):
    ...     print(finding)
    error: the project has no stage (schema-project)
    error: the project's meta data has "2.0.0" as "semver", but it must be a version 3.x.y (schema-meta)
    """
    return check_archive(read_archive(data, where=where))


def check_archive(archive: Archive) -> list[Finding]:
    """All findings, errors first, each kind in the order of :data:`RULES`; empty when the file is flawless.

    The official editor opens a file without errors with every block drawn and every name known, unless a
    warning says that blocks are of a foreign extension: those are no mistake, but only other editors open
    the file. The other warnings are about what works, but perhaps not as somebody meant it.
    """
    with collector_paused():
        view = view_of(archive)
        findings = [finding for rule in RULES for finding in _findings(rule, view)]
    return sorted(findings, key=lambda finding: finding.severity != "error")


def _findings(rule: Rule, view: ProjectView) -> Iterator[Finding]:
    """What one rule finds; of very many findings the first ones, and a word about the others."""
    faults = list(islice(rule.check(view), MOST_FINDINGS + 1))
    for place, message in faults[:MOST_FINDINGS]:
        yield Finding(severity=rule.severity, rule=rule.id, message=message, place=place)
    if len(faults) > MOST_FINDINGS:
        yield Finding(severity=rule.severity, rule=rule.id, message="and there are more of this kind")
