"""The official schema check, npm's ``scratch-parser``: does the website's own validator take a file?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scratchgen.engines.node_process import NodeProcess

__all__ = ["SchemaVerdict", "schema_check"]

FILES_A_REQUEST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaVerdict:
    """Whether the official check takes a file, and if not, why."""

    path: Path
    valid: bool
    reason: str = ""


def schema_check(paths: Sequence[Path | str]) -> list[SchemaVerdict]:
    """Return the official verdict on each file, in order; EngineError when Node or the check is missing."""
    reasons: list[str | None] = []
    with NodeProcess("schema.cjs", title="the official schema check") as node:
        for at in range(0, len(paths), FILES_A_REQUEST):
            part = [str(Path(path).absolute()) for path in paths[at : at + FILES_A_REQUEST]]
            reasons += node.request("check", paths=part)
    return [
        SchemaVerdict(path=Path(path), valid=reason is None, reason=reason or "")
        for path, reason in zip(paths, reasons, strict=True)
    ]
