"""Entries go into a JSON text, and every character of the text stays."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scratchgen.evidence.json_text import insert_into

LEAVES = st.one_of(st.none(), st.booleans(), st.floats(allow_nan=False, allow_infinity=False), st.text())
OBJECTS = st.dictionaries(st.text(), st.recursive(LEAVES, lambda inner: st.lists(inner)), max_size=4)
ADDED: dict[str, object] = {"added": {"x": [1, "}"]}, "\\": "]"}


@given(
    OBJECTS, st.lists(LEAVES, max_size=3), st.sampled_from([None, 0, 3, "\t"]), st.booleans(), st.booleans()
)
def test_only_what_is_added_is_new(
    inner: dict[str, object], before: list[object], indent: int | str | None, ascii_only: bool, both: bool
) -> None:
    content = {"} {": 1, "outer": [*before, {"\u2028": inner}], "after": []}
    text = json.dumps(content, indent=indent, ensure_ascii=ascii_only)
    path: tuple[str | int, ...] = ("outer", len(before), "\u2028")
    entries: dict[tuple[str | int, ...], dict[str, object]] = {path: ADDED}
    if both:
        entries[path[:2]] = ADDED
    changed = insert_into(text, entries)

    wanted = json.loads(text)
    wanted["outer"][-1]["\u2028"] |= ADDED
    if both:
        wanted["outer"][-1] |= ADDED
    assert json.loads(changed) == wanted
    # taken out again, the text is what it was
    piece = json.dumps(ADDED, separators=(",", ":"))[1:-1]
    outermost, inside, tail = changed.rpartition(piece) if both else (changed, "", "")
    rest = outermost.removesuffix(",") + tail if inside else changed
    head, _, tail = rest.rpartition(piece)
    assert text == (head.removesuffix(",") if inner else head) + tail


@pytest.mark.parametrize("path", [("a", 2), ("b",), ("a",), ("a", 0), ("a", 1)])
def test_what_is_no_object_takes_nothing(path: tuple[str | int, ...]) -> None:
    with pytest.raises(KeyError):
        insert_into('{"a": [1, [{}]]}', {path: {"c": 1}})
