"""Writes files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

__all__ = ["write_whole"]


def write_whole(path: Path | str, data: bytes | str) -> None:
    """Write a file through a temporary one beside it; text becomes UTF-8 with ``\\n`` at the ends of lines.

    Whatever interrupts the writing, the old file stays as it was and nothing else is left behind.

    >>> folder = tempfile.TemporaryDirectory()
    >>> write_whole(Path(folder.name) / "new" / "page.txt", "hello")
    >>> (Path(folder.name) / "new" / "page.txt").read_bytes()
    b'hello'
    >>> folder.cleanup()
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data.encode("utf-8") if isinstance(data, str) else data)
        # mkstemp makes files that only their owner reads; a project is meant to be handed on
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
