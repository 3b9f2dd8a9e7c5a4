"""Values survive the way to JSON and back."""

from __future__ import annotations

import json
import math

from hypothesis import given
from hypothesis import strategies as st

from scratchgen.engines.values import decode_value, encode_value
from scratchgen.scratch.program import Value

VALUES = st.one_of(st.floats(), st.booleans(), st.text(), st.text(st.characters(categories=["Cs"])))


def same(one: Value, other: Value) -> bool:
    """Equal to the last bit and of one type."""
    if isinstance(one, float) and isinstance(other, float):
        return (math.isnan(one) and math.isnan(other)) or (
            one == other and math.copysign(1, one) == math.copysign(1, other)
        )
    return type(one) is type(other) and one == other


@given(VALUES)
def test_round_trip_through_strict_json(value: Value) -> None:
    text = json.dumps(encode_value(value), allow_nan=False)
    assert text.isascii()
    back = decode_value(json.loads(text))
    assert same(value, back) or json.dumps(value) == json.dumps(back)  # a pair of surrogates is one character


@given(st.integers(min_value=-(2**53), max_value=2**53))
def test_whole_numbers_come_back_as_floats(value: int) -> None:
    assert same(decode_value(json.loads(json.dumps(encode_value(value)))), float(value))
