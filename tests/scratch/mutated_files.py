"""Damaged and tampered project files without end, each fixed by its number, for tests that nothing may break.

Run as ``python -m tests.scratch.mutated_files FIRST COUNT`` it feeds those files to everything that reads
files, under a limit on memory, and says what came of them.
"""

from __future__ import annotations

import io
import json
import random
import resource
import sys
import time
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable
from typing import Any

from scratchgen.errors import ScratchgenError
from scratchgen.scratch.linter import check_bytes
from scratchgen.scratch.reader import project_from_bytes
from tests.scratch.sample_project import good_assets, good_project, pack

MEMORY = 500_000_000
"""Bytes of address space, code and libraries included."""
SLOWEST = 5.0
"""Seconds for one file; a hundred times what any takes, since machines have bad moments."""

ODD_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 0.5, 1e308, 2**53, 10**18, "", "0", "true", "null", "\ud83d", "__proto__",
    "%s %b", "a" * 9000, "\x00\n\x1b", [], {}, [None], [[]], {"": None}, [12], [11, "go"], [1, None],
    [3, "set", "set"], {"opcode": "control_forever"}, [[[[[[[[]]]]]]]], "received", "set", "say", "Stage",
    "_stage_", "procedures_call", "procedures_definition", "data_variable", "text", "event_broadcast_menu",
    '["id text"]',
)  # fmt: skip

ODD_TEXTS = (
    b"NaN", b"-Infinity", b"1e999", b"9" * 5000, b"[" * 3000, b'{"a":' * 300, b"\xff\xfe", b"\xed\xa0\x80",
    b'"\\ud800"', b"\x00", b",", b"}", b'"', b"\\", b"-0", b"01", b'"a":1,"a":2,', b"\\b", b"\xef\xbb\xbf",
)  # fmt: skip

ODD_NAMES = (
    "project.json", "../project.json", "/etc/passwd", "a/b/c/project.json", "C:\\project.json", "x/", "..",
    "sprite.json", "__MACOSX/._project.json", "folder/project.json", "é?",
)  # fmt: skip


def mutated_file(number: int) -> bytes:
    """The file of that number."""
    chance = random.Random(number)
    return chance.choice(KINDS)(chance)


def tampered_file(number: int) -> bytes:
    """A sound archive of that number, in whose JSON alone a few values are odd."""
    return _values(random.Random(number))


def _bytes(chance: random.Random) -> bytes:
    """A file with damaged bytes, or with pieces missing or doubled."""
    return _damaged(pack(good_project()), chance)


def _damaged(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 6)):
        start = chance.randrange(len(data) + 1)
        end = min(len(data), start + chance.choice((0, 1, 1, 2, 4, 40, 400)))
        piece = chance.choice(
            (b"", chance.randbytes(end - start), data[start:end] * 2, b"\x00" * (end - start))
        )
        data = data[:start] + chance.choice((piece, piece, chance.choice(ODD_TEXTS))) + data[end:]
    return data[: chance.randrange(len(data) + 1)] if chance.random() < 0.1 else data


def _text(chance: random.Random) -> bytes:
    """A sound archive whose ``project.json`` is damaged as text; or that text by itself."""
    text = _damaged(json.dumps(good_project()).encode(), chance)
    return text if chance.random() < 0.2 else _zipped([("project.json", text)])


def _values(chance: random.Random) -> bytes:
    """A sound archive in whose JSON some values were replaced, taken away, or put elsewhere."""
    project = good_project()
    places = _places(project)
    for _ in range(chance.randint(1, 5)):
        (holder, key), (other, its_key) = chance.choices(places, k=2)
        if _is_there(holder, key) and _is_there(other, its_key):
            _replace(holder, key, json.dumps(other[its_key]), chance)
    return pack(project)


def _replace(holder: Any, key: Any, other: str, chance: random.Random) -> None:
    match chance.randrange(5):
        case 0:
            del holder[key]
        case 1:
            holder[key] = json.loads(other)
        case 2 if isinstance(holder, dict):
            holder[str(chance.choice(ODD_VALUES))] = holder.pop(key)
        case _:
            holder[key] = chance.choice(ODD_VALUES)


def _is_there(holder: Any, key: Any) -> bool:
    """Whether an earlier change has left that place in its object or array."""
    return key in holder if isinstance(holder, dict) else key < len(holder)


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every place in some JSON, as the object or array and the key in it."""
    found: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting:
        holder = waiting.pop()
        keys = list(holder) if isinstance(holder, dict) else range(len(holder))
        for key in keys:
            found.append((holder, key))
            if isinstance(holder[key], dict | list):
                waiting.append(holder[key])
    return found


def _structure(chance: random.Random) -> bytes:
    """An archive with odd names, methods, flags, sizes or checksums."""
    entries = [("project.json", json.dumps(good_project()).encode()), *good_assets().items()]
    for _ in range(chance.randint(0, 3)):
        entries.insert(chance.randrange(len(entries)), (chance.choice(ODD_NAMES), chance.randbytes(20)))
    data = bytearray(
        _zipped(entries, chance.choice((0, 8, 8, 8, 12, 14)), chance.choice((b"", b"PK\x05\x06", b"x")))
    )
    for _ in range(chance.randint(0, 4)):
        header = chance.choice((b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"))
        start = chance.choice([i for i in range(len(data)) if data[i : i + 4] == header] or [0])
        data[start + chance.randint(4, 40) : start + 41] = chance.randbytes(chance.choice((1, 2, 4)))
    return bytes(data)


def _zipped(entries: list[tuple[str, bytes]], method: int = 8, comment: bytes = b"") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # names that stand twice are meant
        archive.comment = comment
        for name, data in entries:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))  # else the bytes change every two seconds
            entry.compress_type = method
            archive.writestr(entry, data)
    return stream.getvalue()


KINDS: tuple[Callable[[random.Random], bytes], ...] = (_bytes, _text, _values, _values, _values, _structure)

READERS: tuple[Callable[[bytes], object], ...] = (check_bytes, project_from_bytes)
"""Both begin with the archive."""


def feed(first: int, count: int) -> Counter[str]:
    """Give files to every reader; anything but success or our own error goes through."""
    outcomes: Counter[str] = Counter()
    for number in range(first, first + count):
        data = mutated_file(number)
        for reader in READERS:
            begin = time.perf_counter()
            try:
                reader(data)
                outcomes["read"] += 1
            except ScratchgenError as error:
                if len(str(error).splitlines()) != 1:
                    raise AssertionError(f"file {number}: not a message of one line: {error!r}") from error
                outcomes["refused"] += 1
            except BaseException as error:
                raise AssertionError(
                    f"file {number} breaks reader {READERS.index(reader)}: {error!r}"
                ) from error
            if time.perf_counter() - begin > SLOWEST:
                raise AssertionError(f"file {number} takes too long")
    return outcomes


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    print(dict(feed(int(sys.argv[1]), int(sys.argv[2]))))  # noqa: T201
