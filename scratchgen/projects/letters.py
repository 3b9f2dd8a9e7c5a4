"""Letters that a sprite can stamp, so that a stage shows what pupils type: their costumes and widths."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from scratchgen.codegen.templates import render_svg
from scratchgen.codegen.text_width import OTHER_WIDTH, TABLE_SIZE, letter_widths
from scratchgen.projects.stage_pictures import Picture

__all__ = ["ALPHABET", "UNKNOWN", "Letter", "letter_pictures", "letters"]

ALPHABET = "".join(
    [
        *(chr(code) for code in range(0x21, 0x7F)),  # what every keyboard has
        *(chr(code) for code in range(0xC0, 0x180)),  # letters of Latin alphabets of Europe
        "ȘșȚțẞ¡¿«»“”„‘’–…·°€§",
    ]
)
UNKNOWN = "another letter"
"""The costume of all letters that are not in the alphabet: a box."""


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
    widths = letter_widths()
    yield Letter(name=UNKNOWN, file="letter 0.svg", width=OTHER_WIDTH)
    for number, letter in enumerate(ALPHABET, start=1):
        yield Letter(name=letter, file=f"letter {number}.svg", width=widths[letter])


def letter_pictures(ink: str) -> dict[str, Picture]:
    """Return the costumes by their files' names."""
    return {
        each.file: partial(
            render_svg,
            "stage/letter.svg",
            letter="" if each.name == UNKNOWN else each.name,
            size=TABLE_SIZE,
            width=each.width,
            fill=ink,
        )
        for each in letters()
    }
