"""The JSON of a project as JavaScript reads it, whatever the bytes are.

Size, depth and number of values are checked before anything is built, so that hostile JSON costs bounded
memory and time. What the values mean is left to the reader and the linter.
"""

from __future__ import annotations

import json
import math
import re
import sys
from typing import Any

import numpy as np

from scratchgen.errors import ProjectFileError
from scratchgen.scratch.memory import collector_paused
from scratchgen.scratch.numbers import SAFE_DIGITS, as_javascript

__all__ = ["MAX_PROJECT_BYTES", "one_line", "parse_project_json"]

MEGABYTE = 1_000_000

MAX_PROJECT_BYTES = 30 * MEGABYTE
MAX_DEPTH = 200
"""Levels of JSON in JSON; a project of the editor's has about ten. (Blocks in blocks are not levels.)"""
MAX_TREE_BYTES = 320 * MEGABYTE
"""What the text and its values may take in memory: about 130,000 blocks."""
TREE_BYTES = {b"{": 200, b"[": 72, b",": 96}
"""What the JSON can cost at most, by its marks: an object with one key, an array with one item, any further
value, such as a short text. Sizes of CPython 3.11, with the slots that hold the values."""

CHUNK = 1_000_000

BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")

_NOT_A_MARK = bytes(sorted(set(range(256)) - set(b"{}[],")))
_DIGITS_ALIKE = bytes(ord("0") if chr(byte).isdecimal() and byte < 128 else ord(" ") for byte in range(256))
_LONG_INTEGER = b"0" * (SAFE_DIGITS + 1)
_NEGATIVE_ZERO = re.compile(rb"-0(?![.0-9eE])")
_BACKSPACE = re.compile(r"(?<!\\)((?:\\\\)*+)\\(?:b|u0008)")


def parse_project_json(data: bytes, *, where: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The object in ``data``, and the keys that stand twice in one object of it (the last one counts).

    Numbers are JavaScript's: an ``int`` when whole and at most 2^53 in size, else a ``float``. Backspace
    characters in strings are dropped, as the official engine does; lone surrogates are kept.

    Raises:
        ProjectFileError: not UTF-8, no JSON, no object, too large or too deep, a number no double can hold.

    >>> parse_project_json(b'{"size": 1e2, "size": 12345678901234567890}', where="tiny")
    ({'size': 1.2345678901234567e+19}, ('size',))
    >>> parse_project_json(b'{"size": 1e999}', where="tiny")
    Traceback (most recent call last):
        ...
    scratchgen.errors.ProjectFileError: tiny: project.json cannot be read (the number 1e999 is too large); \
save the project again in the Scratch editor
    """
    if len(data) > MAX_PROJECT_BYTES:
        raise _refuse(f"is larger than {MAX_PROJECT_BYTES // MEGABYTE} MB", where, "use a smaller project")
    if data.startswith(BYTE_ORDER_MARKS):
        raise _refuse("begins with a byte order mark", where, "save it as plain UTF-8")
    duplicates: dict[str, None] = {}

    def build(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        built = dict(pairs)
        if len(built) < len(pairs):
            duplicates.update(dict.fromkeys(_repeated([key for key, _ in pairs])))
        return built

    try:
        text = data.decode("utf-8")
        _check_cost(data, sys.getsizeof(text), where)
        if "\\b" in text or "\\u0008" in text:
            text = _BACKSPACE.sub(r"\1", text)
        with collector_paused():
            project = json.loads(
                text,
                object_pairs_hook=build,
                parse_int=_integer if _has_odd_integers(data) else int,
                parse_float=_float,
                parse_constant=_constant,
            )
    except UnicodeDecodeError as error:
        raise _refuse(f"is not UTF-8 text (from byte {error.start + 1} on)", where) from None
    except (ValueError, RecursionError) as error:
        raise _refuse(f"cannot be read ({one_line(str(error), 120)})", where) from None
    if not isinstance(project, dict):
        raise _refuse("is not a JSON object", where)
    return project, tuple(duplicates)


def one_line(text: str, limit: int = 60) -> str:
    """Text of unknown origin, fit to stand in a message: one line, printable, not too long.

    >>> one_line("cat\\n\\x1b[2J" + "!" * 99, limit=12)
    'cat��[2J!!!…'
    """
    safe = "".join(character if character.isprintable() else "�" for character in text[: limit + 1])
    return safe if len(safe) <= limit else safe[: limit - 1] + "…"


def _refuse(what: str, where: str, todo: str = "save the project again in the Scratch editor") -> Exception:
    return ProjectFileError(f"project.json {what}", where=where, todo=todo)


def _check_cost(data: bytes, text_bytes: int, where: str) -> None:
    """Refuse JSON that would take too much memory or stack, before it is parsed."""
    marks = _marks(data)
    tree_bytes = sum(marks.count(mark) * size for mark, size in TREE_BYTES.items())
    if 2 * text_bytes + tree_bytes > MAX_TREE_BYTES:  # once as a whole, once in pieces
        raise _refuse("holds too many values to be read safely", where, "use a smaller project")
    brackets = np.frombuffer(marks.replace(b",", b""), dtype=np.uint8)
    opening = (brackets == ord("{")) | (brackets == ord("["))
    depth = np.cumsum(np.where(opening, 1, -1)).max(initial=0)
    if depth > MAX_DEPTH:
        raise _refuse(f"is nested {depth} levels deep, where Scratch needs about ten", where)


def _marks(data: bytes) -> bytes:
    """The brackets and commas of some JSON that are not in strings."""
    data = data.replace(b"\\\\", b"").replace(b'\\"', b"")  # what is escaped ends no string
    marks = []
    in_string = 0
    for start in range(0, len(data), CHUNK):  # since the pieces of hostile JSON can be very many
        pieces = data[start : start + CHUNK].split(b'"')
        marks.append(b"".join(pieces[in_string::2]).translate(None, _NOT_A_MARK))
        in_string = (in_string + len(pieces) - 1) % 2
    return b"".join(marks)


def _repeated(keys: list[str]) -> list[str]:
    seen: set[str] = set()
    repeated = []
    for key in keys:
        if key in seen:
            repeated.append(key)
        seen.add(key)
    return repeated


def _has_odd_integers(data: bytes) -> bool:
    """Tell whether there may be a whole number that is none in JavaScript; without one, all are read in C."""
    return _LONG_INTEGER in data.translate(_DIGITS_ALIKE) or _NEGATIVE_ZERO.search(data) is not None


def _integer(text: str) -> int | float:
    return int(text) if len(text) <= SAFE_DIGITS and text != "-0" else _float(text)


def _float(text: str) -> int | float:
    """The double that JavaScript reads, as an ``int`` when it is whole and safe."""
    number = float(text)
    if math.isinf(number):
        raise ValueError(f"the number {one_line(text)} is too large")
    return as_javascript(number)


def _constant(text: str) -> float:
    raise ValueError(f"{text} is not a number in JSON")
