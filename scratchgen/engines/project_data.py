"""The bytes of a project on their way to an engine."""

from __future__ import annotations

import base64
from pathlib import Path

from scratchgen.errors import ProjectFileError

__all__ = ["project_data"]


def project_data(project: Path | str | bytes) -> str:
    """Return a project's bytes, given or read from a file, in base 64; ProjectFileError when there are none.

    >>> project_data(b"PK")
    'UEs='
    """
    if not isinstance(project, bytes):
        try:
            project = Path(project).read_bytes()
        except OSError as fault:
            raise ProjectFileError(
                fault.strerror or str(fault), where=str(project), todo="name an .sb3 file"
            ) from None
    return base64.b64encode(project).decode("ascii")
