"""Every way of writing a colour gives its channels; everything else gives one line of advice."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scratchgen.colours.names import BASIC_NAMES
from scratchgen.colours.notation import parse_colour
from scratchgen.errors import ColourError

channels = st.tuples(*[st.integers(0, 255)] * 3)


@given(channels)
def test_hex_and_channels_say_the_same(colour: tuple[int, int, int]) -> None:
    red, green, blue = colour
    for text in (
        f"#{red:02x}{green:02X}{blue:02x}",
        f"{red:02x}{green:02x}{blue:02x}",
        f"{red},{green},{blue}",
        f" {red} , +{green},0{blue} ",
    ):
        assert parse_colour(text) == colour


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#abc", (0xAA, 0xBB, 0xCC)),
        ("teal", (0, 128, 128)),
        ("Rebecca Purple".replace(" ", ""), (0x66, 0x33, 0x99)),
        ("xkcd:dusty  ROSE", (0xC0, 0x73, 0x7A)),
        ("grey", (128, 128, 128)),
        ("gray", (128, 128, 128)),
    ],
)
def test_names(text: str, expected: tuple[int, int, int]) -> None:
    assert parse_colour(text) == expected


def test_every_basic_name_is_a_colour() -> None:
    assert len({parse_colour(name) for name in BASIC_NAMES}) == 11


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "'' is not a colour; write"),
        ("tael", r"'tael' is not a colour; did you mean 'teal'\? write"),
        ("dusty rose", r"did you mean 'xkcd:dusty rose'\?"),
        ("256,0,0", "red is '256' in '256,0,0'; give a whole number from 0 to 255"),
        ("0,-1,0", "green is '-1'"),
        ("0,0,nan", "blue is 'nan'"),
        ("0,0,1.5", "blue is '1.5'"),
        ("0,0,٣", "blue is '٣'"),
        ("0,0,1_0", "blue is '1_0'"),
        ("0,0", "has 2 channels"),
        ("1,2,3,4", "has 4 channels"),
        ("#12345", "is not a colour"),
        ("#ggg", "is not a colour"),
        ("abc", "is not a colour"),
    ],
)
def test_what_is_not_a_colour_gets_advice(text: str, message: str) -> None:
    with pytest.raises(ColourError, match=message):
        parse_colour(text)


@given(st.text())
def test_any_text_is_a_colour_or_one_line(text: str) -> None:
    with suppress(ColourError):
        assert all(0 <= channel <= 255 for channel in parse_colour(text))
        return
    with pytest.raises(ColourError, match=r"\A[^\n]+\Z"):
        parse_colour(text)
