"""What the stage of a word project shows: the letters, the guess after each, and a large field of colour."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from scratchgen.codegen.templates import render_svg
from scratchgen.projects.stage_pictures import Picture, Pictures, text_picture
from scratchgen.words.letters import ALPHABET

__all__ = ["WordsLook"]

INK = "#22303c"
UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class LetterPicture:
    """A letter and the file of its costume."""

    name: str
    file: str


class WordsLook:
    """All that the templates of the stage are given; places are in Scratch's coordinates."""

    left, width = -226, 452
    letters_y = 122
    chips_top, chip_height = 100, 16
    field_top, field_bottom = 72, -60
    longest = 40
    """Letters of a name that are read."""
    widest = 24
    """Pixels for each letter of a short name."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.letters = [
            LetterPicture(name=letter, file=f"letter {number}.svg")
            for number, letter in enumerate([*ALPHABET, UNKNOWN])
        ]

    def pictures(self) -> Pictures:
        """Return the costumes that the project names."""
        made: dict[str, Picture] = {
            each.file: text_picture(each.name, width=24, height=32, size=24, middle=True, fill=INK)
            for each in self.letters
        }
        made["page.svg"] = partial(render_svg, "words/page.svg", language=self.language, look=self)
        return Pictures(made)
