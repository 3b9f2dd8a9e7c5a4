"""Letters that a sprite can stamp, so that a stage shows what pupils type: their costumes and widths."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from scratchgen.codegen.templates import render_svg, template_bytes
from scratchgen.projects.stage_pictures import Picture

__all__ = ["ALPHABET", "BLANK_WIDTH", "FONT_SIZE", "Letter", "letter_pictures", "letters"]

FONT_SIZE = 20
"""Pixels of a letter's costume at 100 % of its size."""
ALPHABET = "".join(
    [
        *(chr(code) for code in range(0x21, 0x7F)),  # what every keyboard has
        *(chr(code) for code in range(0xC0, 0x100)),  # letters of western Europe
        "ŒœŸẞ¡¿«»“”„‘’–…·°€§",
    ]
)
BLANK_WIDTH = 5.2
"""A blank has no costume; it only moves the next letter on."""
UNKNOWN = "another letter"
"""The costume of all letters that are not in the alphabet: a box."""
UNKNOWN_WIDTH = 14.0


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter's costume: its name, its file, and by how many pixels the next letter is further right."""

    name: str
    file: str
    width: float


def letters() -> Iterator[Letter]:
    """Yield the costumes in their order; the first is for letters that are not in the alphabet.

    >>> [letter.name for letter in letters()][:3]
    ['another letter', '!', '"']
    """
    widths = json.loads(template_bytes("stage/letters.json"))
    yield Letter(name=UNKNOWN, file="letter 0.svg", width=UNKNOWN_WIDTH)
    for number, letter in enumerate(ALPHABET, start=1):
        yield Letter(name=letter, file=f"letter {number}.svg", width=widths[letter])


def letter_pictures(ink: str) -> dict[str, Picture]:
    """Return the costumes by their files' names."""
    return {
        each.file: partial(
            render_svg,
            "stage/letter.svg",
            letter="" if each.name == UNKNOWN else each.name,
            size=FONT_SIZE,
            fill=ink,
        )
        for each in letters()
    }
