"""Writes a project to a file, once the linter has found nothing in its bytes that an editor would swallow."""

from __future__ import annotations

from pathlib import Path

from scratchgen.errors import ProgramError
from scratchgen.files import write_whole
from scratchgen.scratch.linter import check_bytes
from scratchgen.scratch.program import Project
from scratchgen.scratch.writer import project_to_bytes

__all__ = ["build_project"]


def build_project(project: Project, path: Path | str) -> int:
    """Write the project whole or not at all, and return the size of the file in bytes.

    ProgramError when the linter finds an error in what would be written.
    """
    data = project_to_bytes(project)
    errors = [finding for finding in check_bytes(data, where=str(path)) if finding.severity == "error"]
    if errors:
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        raise ProgramError(f"{errors[0]}{more}", where=str(path), todo="nothing was written")
    write_whole(path, data)
    return len(data)
