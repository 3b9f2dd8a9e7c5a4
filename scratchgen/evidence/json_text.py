"""Entries put into objects of a JSON text, so that every character of the text stays where it is.

Reading a text and writing it again would give the same values, but not the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["insert_into"]

Path = tuple[str | int, ...]

_BLANKS = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder()


def insert_into(text: str, entries: Mapping[Path, Mapping[str, Any]]) -> str:
    """Return a JSON text with entries put at the end of objects, which their paths name.

    >>> insert_into('{"a": [1, {"b" : {} }]}', {("a", 1, "b"): {"c": 2}, ("a", 1): {"d": None}})
    '{"a": [1, {"b" : {"c":2} ,"d":null}]}'

    The text must be JSON; KeyError when it has no such object.
    """
    insertions = [_insertion(text, path, added) for path, added in entries.items() if added]
    for at, piece in sorted(insertions, reverse=True):
        text = text[:at] + piece + text[at:]
    return text


def _insertion(text: str, path: Path, added: Mapping[str, Any]) -> tuple[int, str]:
    """Return where the object's closing brace is, and what goes before it."""
    at = _skip(text, 0)
    for key in path:
        at = dict(_members(text, at))[key]
    content, end = _DECODER.raw_decode(text, at)
    if not isinstance(content, dict):
        raise KeyError(path)
    piece = json.dumps(added, separators=(",", ":"))[1:-1]
    return end - 1, f",{piece}" if content else piece


def _members(text: str, at: int) -> Iterator[tuple[str | int, int]]:
    """Yield the keys of an object, or the places of an array's items, and where their values begin."""
    closing = {"{": "}", "[": "]"}.get(text[at], "")
    place, at = 0, _skip(text, at + 1)
    while closing and text[at] != closing:
        key: str | int = place
        if closing == "}":
            key, at = _DECODER.raw_decode(text, at)
            at = _skip(text, _skip(text, at) + 1)  # the colon
        yield key, at
        at = _skip(text, _DECODER.raw_decode(text, at)[1])
        at = _skip(text, at + 1) if text[at] == "," else at
        place += 1


def _skip(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found else at
