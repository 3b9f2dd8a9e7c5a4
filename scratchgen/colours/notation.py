"""Colours as people write them: hex, three channels, CSS names, names of the colour survey."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache

from scratchgen.errors import ColourError

__all__ = ["Channels", "parse_colour"]

Channels = tuple[int, int, int]
"""Red, green and blue, each 0 to 255."""

HEX = re.compile(r"#?([0-9a-f]{6})", re.IGNORECASE)
SHORT_HEX = re.compile(r"#([0-9a-f]{3})", re.IGNORECASE)
CHANNEL = re.compile(r"\s*([+-]?[0-9]{1,9})\s*", re.ASCII)
SURVEY_PREFIX = "xkcd:"
LONGEST_SHOWN = 40
SHORTEST_GUESS = 3
"""Letters; the prefix alone makes shorter words look alike."""


@cache
def _named_colours() -> dict[str, Channels]:
    """Return every CSS name, and every survey name behind ``xkcd:``."""
    from matplotlib.colors import CSS4_COLORS, XKCD_COLORS  # slow to import, and needed for names alone

    return {name: _from_hex(str(text)[1:]) for name, text in (CSS4_COLORS | XKCD_COLORS).items()}


def _from_hex(digits: str) -> Channels:
    red, green, blue = bytes.fromhex(digits)
    return red, green, blue


def parse_colour(text: str) -> Channels:
    """Return the channels of a colour: ``#7f3fbf``, ``#abc``, ``255,128,0``, ``teal``, ``xkcd:teal``.

    ColourError says what is wrong, and which name may have been meant.

    >>> parse_colour("#7f3fbf"), parse_colour("255, 128, 0"), parse_colour("xkcd:Teal")
    ((127, 63, 191), (255, 128, 0), (2, 147, 134))
    """
    word = text.strip()
    if found := HEX.fullmatch(word):
        return _from_hex(found[1])
    if found := SHORT_HEX.fullmatch(word):
        return _from_hex("".join(2 * digit for digit in found[1]))
    if "," in word:
        return _from_channels(text)
    name = " ".join(word.lower().split())
    if name in _named_colours():
        return _named_colours()[name]
    raise ColourError(f"{_shown(text)} is not a colour", todo=_advice(name))


def _from_channels(text: str) -> Channels:
    parts = text.split(",")
    if len(parts) != 3:
        raise ColourError(
            f"{_shown(text)} has {len(parts)} channels", todo="give red, green and blue: 255,128,0"
        )
    channels = []
    for name, part in zip(("red", "green", "blue"), parts, strict=True):
        found = CHANNEL.fullmatch(part)
        if found is None or not 0 <= int(found[1]) <= 255:
            raise ColourError(
                f"{name} is {_shown(part.strip())} in {_shown(text)}",
                todo="give a whole number from 0 to 255",
            )
        channels.append(int(found[1]))
    red, green, blue = channels
    return red, green, blue


def _advice(name: str) -> str:
    names = _named_colours()
    near = get_close_matches(name, names, n=1)
    if not near and len(name) >= SHORTEST_GUESS:
        near = get_close_matches(SURVEY_PREFIX + name, names, n=1)
    meant = f"did you mean {near[0]!r}? " if near else ""
    return f"{meant}write #7f3fbf, 255,128,0, a CSS name such as teal, or a survey name such as xkcd:teal"


def _shown(text: str) -> str:
    return repr(text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…")
