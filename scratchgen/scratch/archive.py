"""The door through which every project file comes in: an ``.sb3`` archive to its JSON and its assets.

Whatever the bytes are, reading costs bounded memory and time and ends in an :class:`Archive` or in one
:class:`~scratchgen.errors.ProjectFileError`. The JSON itself is :mod:`~scratchgen.scratch.project_json`'s;
what it means is left to the reader and the linter.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from scratchgen.errors import ProjectFileError
from scratchgen.scratch.project_json import (
    BYTE_ORDER_MARKS,
    MAX_PROJECT_BYTES,
    MEGABYTE,
    one_line,
    parse_project_json,
)

__all__ = ["Archive", "read_archive", "read_archive_file", "unpack_archive"]

MAX_FILE_BYTES = 128 * MEGABYTE
"""The archive itself. The website takes 5 MB of JSON and 10 MB an asset; other sites and the editor more."""
MAX_ENTRIES = 10_000
MAX_DIRECTORY_BYTES = 2 * MEGABYTE
"""The archive's table of contents, which ``zipfile`` reads whole before it tells how many files there are."""
MAX_UNPACKED_BYTES = 128 * MEGABYTE
MAX_RATIO = 200
"""How many times larger than the archive the contents may be, once they are over ``FREE_UNPACKED_BYTES``:
a silent sound packs a thousandfold, but not a large project."""
FREE_UNPACKED_BYTES = 64 * MEGABYTE

READABLE_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The methods that the official engine reads, and that unpack in bounded pieces."""
ENCRYPTED = 1
"""The bit of an entry's flags that says so."""

END_RECORD = b"PK\x05\x06"
END_RECORD_BYTES = 22
MAX_COMMENT_BYTES = 65_535
ZIP64_LOCATOR = b"PK\x06\x07"
ZIP64_LOCATOR_BYTES = 20

_PROJECT_JSON = re.compile(r"([^/]*/)?project\.json")
_SPRITE_JSON = re.compile(r"([^/]*/)?sprite\.json")
_LEADS_OUT = re.compile(r"(^|[/\\])\.\.([/\\]|$)|^[/\\]|^[A-Za-z]:")

_COPY_AGAIN = "copy or download the file again"
_SAVE_AGAIN = "save the project again in the Scratch editor"
_CONVERT = "open it in the Scratch editor and save it as .sb3"
_USE_SMALLER = "use a smaller project"


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """What an ``.sb3`` file holds.

    ``project`` is the JSON of ``project.json``, its numbers as JavaScript reads them: whole ones up to 2^53
    are ``int``, all others ``float``. ``assets`` are the files beside it, by name. ``project_bytes`` is the
    size of ``project.json``, unpacked. ``duplicate_keys`` are the keys that stand twice in one object of the
    JSON, where the last one counts.
    """

    project: dict[str, Any]
    assets: Mapping[str, bytes]
    project_bytes: int
    duplicate_keys: tuple[str, ...] = ()


def read_archive_file(path: Path | str) -> Archive:
    """Read an ``.sb3`` file; see :func:`read_archive`.

    Raises:
        ProjectFileError: there is no such file, it may not be read, or it is no project.
    """
    where = one_line(str(path), 200)
    try:
        with Path(path).open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        raise ProjectFileError("there is no such file", where=where, todo="check the name") from None
    except IsADirectoryError:
        raise ProjectFileError("this is a folder", where=where, todo="name an .sb3 file in it") from None
    except PermissionError:
        raise ProjectFileError("it may not be read", where=where, todo="change its permissions") from None
    except (OSError, ValueError) as error:  # a name that is too long, or that holds a NUL
        raise ProjectFileError(f"it cannot be opened ({error})", where=where, todo="check the name") from None
    return read_archive(data, where=where)


def read_archive(data: bytes, *, where: str) -> Archive:
    """Read a project: the bytes of an ``.sb3`` file, or of a bare ``project.json``, which Scratch takes too.

    As in the official engine, ``project.json`` and the assets may lie in a folder. Refused is what no editor
    writes even where that engine shrugs: names that stand twice or lead out of the archive, checksums that
    do not fit, text that is not UTF-8, numbers that no double can hold.

    Raises:
        ProjectFileError: the bytes are no project, are damaged, or would take too much memory.

    >>> read_archive(b'{"targets": [], "answer": 42.0}', where="tiny").project
    {'targets': [], 'answer': 42}
    >>> read_archive(b"PK nonsense", where="tiny")
    Traceback (most recent call last):
        ...
    scratchgen.errors.ProjectFileError: tiny: not a whole zip archive; copy or download the file again
    """
    text, assets = unpack_archive(data, where=where)
    project, duplicate_keys = parse_project_json(text, where=where)
    if "objName" in project and "targets" not in project:
        raise ProjectFileError("a project of Scratch 2", where=where, todo=_CONVERT)
    return Archive(
        project=project,
        assets=MappingProxyType(assets),
        project_bytes=len(text),
        duplicate_keys=duplicate_keys,
    )


def unpack_archive(data: bytes, *, where: str) -> tuple[bytes, dict[str, bytes]]:
    """Return the bytes of ``project.json`` as they stand in the file, and the assets by name.

    Raises:
        ProjectFileError: as :func:`read_archive`, but what the JSON holds is not looked at.
    """
    if len(data) > MAX_FILE_BYTES:
        raise ProjectFileError(f"larger than {MAX_FILE_BYTES // MEGABYTE} MB", where=where, todo=_USE_SMALLER)
    return _unpack(data, where) if data.startswith(b"PK") else (_bare_json(data, where), {})


def _bare_json(data: bytes, where: str) -> bytes:
    if not data:
        raise ProjectFileError("the file is empty", where=where, todo=_COPY_AGAIN)
    if data.startswith(b"Scr"):
        raise ProjectFileError("a project of Scratch 1.4", where=where, todo=_CONVERT)
    if data.startswith(BYTE_ORDER_MARKS) or data.lstrip().startswith(b"{"):
        return data
    raise ProjectFileError("neither a zip archive nor JSON", where=where, todo="name an .sb3 file")


def _unpack(data: bytes, where: str) -> tuple[bytes, dict[str, bytes]]:
    """The bytes of ``project.json``, and the assets by name."""
    _check_directory(data, where)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            # Not `is_dir`, which fails on an entry without a name.
            entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
            _check_entries(entries, len(data), where)
            chosen = _choose_project(entries, where)
            text = _extract(archive, chosen)
            assets: dict[str, bytes] = {}
            # Those in the root first: the order in which the official engine looks for a file.
            for entry in sorted(entries, key=_depth):
                name = entry.filename.rpartition("/")[2]
                if entry is not chosen and _depth(entry) <= 1 and name not in assets:
                    assets[name] = _extract(archive, entry)
            return text, assets
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        reason = one_line(str(error), 120) or "it ends too early"
        raise ProjectFileError(f"a damaged archive ({reason})", where=where, todo=_COPY_AGAIN) from None


def _check_directory(data: bytes, where: str) -> None:
    """Refuse a table of contents that is too large to be read at all, or that is not there."""
    start = len(data) - END_RECORD_BYTES
    if data[start : start + 4] != END_RECORD or data[-2:] != b"\0\0":
        start = data.rfind(END_RECORD, max(0, start - MAX_COMMENT_BYTES))
    if start < 0 or start + END_RECORD_BYTES > len(data):
        raise ProjectFileError("not a whole zip archive", where=where, todo=_COPY_AGAIN)
    count = int.from_bytes(data[start + 10 : start + 12], "little")
    size = int.from_bytes(data[start + 12 : start + 16], "little")
    # Zip64 is for archives of four gigabytes and 65,535 files; its numbers would replace these two.
    zip64 = data[max(0, start - ZIP64_LOCATOR_BYTES) : start].startswith(ZIP64_LOCATOR)
    if zip64 or count > MAX_ENTRIES or size > MAX_DIRECTORY_BYTES:
        raise ProjectFileError("an archive of too many files", where=where, todo=_SAVE_AGAIN)


def _check_entries(entries: list[zipfile.ZipInfo], packed_bytes: int, where: str) -> None:
    """Refuse what the table of contents already gives away, before anything is unpacked."""
    if len(entries) > MAX_ENTRIES:
        raise ProjectFileError("an archive of too many files", where=where, todo=_SAVE_AGAIN)
    for name, count in Counter(entry.filename for entry in entries).items():
        if count > 1:
            raise ProjectFileError(f"{one_line(name)} is in it {count} times", where=where, todo=_SAVE_AGAIN)
    for entry in entries:
        name = one_line(entry.filename)
        if _LEADS_OUT.search(entry.filename):
            raise ProjectFileError(f"its file {name} leads out of it", where=where, todo=_SAVE_AGAIN)
        if entry.flag_bits & ENCRYPTED:
            raise ProjectFileError(f"its file {name} is encrypted", where=where, todo=_SAVE_AGAIN)
        if entry.compress_type not in READABLE_METHODS:
            raise ProjectFileError(
                f"its file {name} is packed in a way that Scratch cannot read", where=where, todo=_SAVE_AGAIN
            )
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > min(MAX_UNPACKED_BYTES, max(FREE_UNPACKED_BYTES, MAX_RATIO * packed_bytes)):
        raise ProjectFileError(
            f"it would unpack to {unpacked // MEGABYTE} MB, too much for a file of its size",
            where=where,
            todo=_USE_SMALLER,
        )


def _choose_project(entries: list[zipfile.ZipInfo], where: str) -> zipfile.ZipInfo:
    """The first ``project.json``, in the root or in a folder of it: the official engine's choice."""
    for entry in entries:
        if _PROJECT_JSON.fullmatch(entry.filename):
            if entry.file_size > MAX_PROJECT_BYTES:  # before it is unpacked
                raise ProjectFileError(
                    f"project.json is larger than {MAX_PROJECT_BYTES // MEGABYTE} MB",
                    where=where,
                    todo=_USE_SMALLER,
                )
            return entry
    if any(_SPRITE_JSON.fullmatch(entry.filename) for entry in entries):
        raise ProjectFileError(
            "a single sprite, not a project", where=where, todo="upload it in the editor and save the project"
        )
    raise ProjectFileError(
        "the archive holds no project.json", where=where, todo="save a project in the Scratch editor"
    )


def _extract(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Unpack one entry: never more bytes than it declares, which :func:`_check_entries` has bounded."""
    with archive.open(entry) as file:
        return file.read(entry.file_size + 1)


def _depth(entry: zipfile.ZipInfo) -> int:
    return entry.filename.count("/")
