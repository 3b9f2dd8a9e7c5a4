"""The JSON of a project: numbers as JavaScript reads them, and nothing that costs too much."""

from __future__ import annotations

import json
import math
import re
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scratchgen.errors import ProjectFileError
from scratchgen.scratch.project_json import MAX_DEPTH, parse_project_json

LONE_SURROGATE = re.compile("[\ud800-\udfff]")
TEXT = st.text(st.characters(exclude_characters="\b"))
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)


def value_of(text: str | bytes) -> Any:
    data = text.encode() if isinstance(text, str) else text
    return parse_project_json(b'{"value": ' + data + b"}", where="test")[0]["value"]


@settings(max_examples=200)
@given(VALUES)
def test_what_json_can_write_is_read_back(value: Any) -> None:
    assert value_of(json.dumps(value)) == value
    text = json.dumps(value, ensure_ascii=False)
    if not LONE_SURROGATE.search(text):  # which only an escape can write
        assert value_of(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1),
        ("1.0", 1),
        ("-1e2", -100),
        ("0.1", 0.1),
        ("9007199254740993", 2**53),
        ("12345678901234567890", 12345678901234567890.0),
        ("1e-400", 0),
        ("100000000000000000000000", 1e23),
    ],
)
def test_numbers_are_those_of_javascript(text: str, value: float) -> None:
    number = value_of(text)
    assert number == value
    assert type(number) is type(value)


def test_minus_zero_keeps_its_sign() -> None:
    for text in ("-0", "-0.0", "-0e5"):
        assert math.copysign(1, value_of(text)) == -1


def test_lone_surrogates_survive_and_backspaces_do_not() -> None:
    assert value_of(r'"\ud83d"') == "\ud83d"
    assert value_of(r'"\ud83d\ude00"') == "😀"
    assert value_of(r'"a\bc\u0008d"') == "acd"
    assert value_of(r'"a\\bc"') == r"a\bc"
    assert value_of(r'"a\\\bc"') == "a\\c"


def test_a_key_that_stands_twice_is_told() -> None:
    project, keys = parse_project_json(b'{"a": 1, "b": {"c": 1, "c": 2}, "a": 3}', where="test")
    assert project == {"a": 3, "b": {"c": 2}}
    assert set(keys) == {"a", "c"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "cannot be read"),
        (b"{", "cannot be read"),
        (b'{"a": 1} x', "cannot be read"),
        (b"[]", "is not a JSON object"),
        (b"null", "is not a JSON object"),
        (b'{"a": NaN}', "NaN is not a number in JSON"),
        (b'{"a": -Infinity}', "-Infinity is not a number"),
        (b'{"a": 1e999}', "the number 1e999 is too large"),
        (b'{"a": ' + b"9" * 10_000 + b"}", "the number 9+… is too large"),
        (b'{"a": "\xff"}', "is not UTF-8 text"),
        (b'{"a": "\xed\xa0\x80"}', "is not UTF-8 text"),
        (b"\xef\xbb\xbf{}", "byte order mark"),
        ('{"a": 1}'.encode("utf-16"), "byte order mark"),
        (b'{"a": "\n"}', "cannot be read"),
        (b'{"a": ' + b"[" * MAX_DEPTH + b"]" * MAX_DEPTH + b"}", "nested 201 levels deep"),
        (b"[" * 100_000, "nested 100000 levels deep"),
        (b'{"a": [' + b"{}," * 2_000_000 + b"{}]}", "too many values"),
    ],
)
def test_what_is_no_project_is_refused_in_one_line(data: bytes, words: str) -> None:
    with pytest.raises(ProjectFileError, match=words) as caught:
        parse_project_json(data, where="bad.sb3")
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 300


def test_brackets_in_strings_are_no_levels() -> None:
    for text in ("[" * 500, '\\"' + "{" * 500, "\\\\"):
        assert len(value_of(f'"{text}"')) >= 1
    assert value_of('["\\\\", [["[[[", "\\"[[["]]]') == ["\\", [["[[[", '"[[[']]]


def test_almost_too_deep_is_read() -> None:
    levels = MAX_DEPTH - 1
    value = value_of("[" * levels + "]" * levels)
    for _ in range(levels - 1):
        [value] = value
    assert value == []


def test_a_string_without_end_takes_no_longer_than_its_length() -> None:
    began = time.perf_counter()
    for data in (b'"\\' * 1_000_000, b'\\"' * 1_000_000, b'"' * 2_000_000):
        with pytest.raises(ProjectFileError):
            parse_project_json(b'{"a": ' + data, where="test")
    assert time.perf_counter() - began < 5
