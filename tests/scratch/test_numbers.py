"""Numbers survive their text, and the text is JavaScript's."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scratchgen.scratch.numbers import as_javascript, number_text, parse_number

finite = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**53), 2**53)


@given(finite)
def test_text_gives_the_number_back(number: float) -> None:
    back = parse_number(number_text(number))
    assert back == number
    assert back is not None
    assert math.copysign(1, back) == math.copysign(1, number)


@given(st.text("0123456789.e+-", max_size=8))
def test_only_the_javascript_form_is_a_number(text: str) -> None:
    number = parse_number(text)
    assert number is None or number_text(number) == text


@given(finite)
def test_as_javascript_keeps_the_double(number: float) -> None:
    assert float(as_javascript(number)) == float(number)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (123456789012345680000, "123456789012345680000"),
        (2.0**70, "1.1805916207174113e+21"),
        (1e-7, "1e-7"),
        (1.5e-10, "1.5e-10"),
        (0.00001, "0.00001"),
        (-1e21, "-1e+21"),
        (5e-324, "5e-324"),
        (1e16, "10000000000000000"),
    ],
)
def test_known_forms(number: float, text: str) -> None:
    assert number_text(number) == text


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_what_no_file_can_hold_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="not a number that a project can hold"):
        number_text(number)
