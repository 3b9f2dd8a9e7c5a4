"""The survey as examples to learn from: ten of each basic name, and the others to be tested on.

A survey name counts when it holds one basic term and no trace of a second one (*dark grass green*, but
neither *green blue* nor *greenish blue* nor *bluegrey*); the most popular come first. Only two names each
mean black and white, so theirs are filled up with anchors: the nearly black and nearly white colours of the
cube's corners, which need no survey.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from scratchgen.colours.names import BASIC_NAMES
from scratchgen.colours.notation import Channels
from scratchgen.colours.survey import ANCHORS, survey_names

__all__ = ["EXAMPLES_A_NAME", "LabelledColour", "one_term_names", "survey_examples", "survey_tests"]

EXAMPLES_A_NAME = 10
STEMS = {name: re.compile(rf"\b{name}") for name in BASIC_NAMES} | {
    "orange": re.compile("orang"),
    "green": re.compile("green"),
    "blue": re.compile("blu[ei]"),
    "purple": re.compile("purpl"),
    "grey": re.compile("gr[ea]y"),
    "yellow": re.compile("yellow"),
}
"""By what a term is recognised in a name, with what is made of it: *bluish*, *orangey*, *bluegreen*."""


@dataclass(frozen=True, slots=True)
class LabelledColour:
    """A colour and the basic name that people mean by it."""

    colour: Channels
    name: str


def one_term_names() -> dict[str, list[Channels]]:
    """Return for each basic name the colours of the survey names that hold it alone, most popular first.

    >>> {name: len(colours) for name, colours in one_term_names().items()}["black"]
    2
    """
    found: dict[str, list[Channels]] = {name: [] for name in BASIC_NAMES}
    for name, colour in survey_names().items():
        basic = {word for word in re.split(r"[ /]", name) if word in BASIC_NAMES}
        if len(basic) == 1 and sum(bool(stem.search(name)) for stem in STEMS.values()) == 1:
            found[basic.pop()].append(colour)
    return found


def survey_examples() -> list[LabelledColour]:
    """Return ten examples of each basic name, 110 in all.

    >>> len(survey_examples()), survey_examples()[0]
    (110, LabelledColour(colour=(0, 0, 0), name='black'))
    """
    examples: list[LabelledColour] = []
    for name, colours in one_term_names().items():
        chosen = list(dict.fromkeys([*colours, *_anchors(name)]))[:EXAMPLES_A_NAME]
        examples += [LabelledColour(colour, name) for colour in chosen]
    return examples


def survey_tests() -> list[LabelledColour]:
    """Return the one-term names that are not among the examples.

    >>> len(survey_tests())
    358
    """
    return [
        LabelledColour(colour, name)
        for name, colours in one_term_names().items()
        for colour in colours[EXAMPLES_A_NAME:]
    ]


def _anchors(name: str) -> list[Channels]:
    return [colour for anchors in ANCHORS if anchors.name == name for colour in anchors.colours]
