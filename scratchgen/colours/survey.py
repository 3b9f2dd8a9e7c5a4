"""The colour survey as labelled colours: names to votes, popularity to weights, and anchors.

The names are those of the xkcd colour survey (2010, CC0) that matplotlib ships: 949 names, each with the one
colour that people called so. How training draws from them is left to training.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product

import numpy as np

from scratchgen.colours.names import BASIC_NAMES
from scratchgen.colours.notation import Channels, parse_colour
from scratchgen.colours.training_colours import FloatArray, TrainingColours

__all__ = ["survey_colours", "survey_names", "votes_of"]

FIRST_OF_TWO = 0.35
"""What the first of two basic names counts ("green blue" is a blue); the last takes the rest."""
POPULARITY_EXPONENT = -0.5
"""Only the rank of a name is known; answers per name fall off about so."""
RARITY_EXPONENT = -0.25
"""Names with few votes are raised by this power of their votes, so that black, white and grey are heard."""
NAME_SPREAD = 14.0
"""Channel steps, about the distance between neighbouring names."""
EVEN_SHARE = 0.5
"""The survey showed colours drawn evenly from the cube, while its *names* crowd; half the samples make up
for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchors:
    """Colours that need no survey, as a grid of channels, and their weight in names of average popularity."""

    name: str
    colours: tuple[Channels, ...]
    weight: float
    spread: float


def _cube(*channels: int) -> tuple[Channels, ...]:
    return tuple((red, green, blue) for red, green, blue in product(channels, repeat=3))


ANCHORS = (
    Anchors(name="black", colours=_cube(0, 20, 40), weight=90, spread=6),
    Anchors(name="white", colours=_cube(255, 237, 219), weight=90, spread=6),
    Anchors(name="grey", colours=tuple((v, v, v) for v in range(48, 226, 8)), weight=50, spread=10),
)
"""Near black, near white, and the grey axis between.

Few survey names mean black, white or grey ("black" itself is one point at the cube's corner), although many
of the world's colours do. Without these rows a network calls nearly black things blue or brown, and nearly
white ones pink; they decide the recall of the worst class.
"""


def survey_names() -> dict[str, Channels]:
    """Return the survey's names with their colours, the most popular first.

    >>> names = survey_names()
    >>> len(names), list(names)[:4], names["teal"]
    (949, ['purple', 'green', 'blue', 'pink'], (2, 147, 134))
    """
    from matplotlib.colors import XKCD_COLORS  # takes long to import, and few commands need it

    # matplotlib keeps the list of the survey, which runs from the rarest name to the most popular
    return {
        name.removeprefix("xkcd:"): parse_colour(str(code)) for name, code in reversed(XKCD_COLORS.items())
    }


@cache
def word_votes() -> Mapping[str, Mapping[str, float]]:
    """Return the table of colour words that are not basic names: word to shares of basic names."""
    text = files("scratchgen.colours").joinpath("words.toml").read_text(encoding="utf-8")
    return {word: votes for family in tomllib.loads(text).values() for word, votes in family.items()}


def votes_of(name: str) -> Mapping[str, float]:
    """Return how a survey name votes among the basic names; empty when it says nothing about them.

    One basic name takes all; of two the last counts more; otherwise the last word votes by the table.

    >>> votes_of("dark grass green"), votes_of("green/blue"), votes_of("dark teal"), votes_of("bland")
    ({'green': 1.0}, {'green': 0.35, 'blue': 0.65}, {'green': 0.5, 'blue': 0.5}, {})
    """
    words = re.split(r"[ /]", name)
    basic = [word for word in words if word in BASIC_NAMES]
    if not basic:
        return word_votes().get(words[-1], {})
    first, last = basic[0], basic[-1]
    return {first: 1.0} if first == last else {first: FIRST_OF_TWO, last: 1 - FIRST_OF_TWO}


def survey_colours() -> TrainingColours:
    """Return the survey's usable names and the anchors as labelled colours of the eleven basic names.

    Validation takes survey names only, never anchors, so that its accuracy is about what people said.

    >>> data = survey_colours()
    >>> len(data), int(data.may_be_held_out.sum()), data.names[:3]
    (1023, 946, ('black', 'white', 'grey'))
    """
    ranked = enumerate(survey_names().items(), start=1)
    names = [(colour, votes_of(name), rank**POPULARITY_EXPONENT) for rank, (name, colour) in ranked]
    names = [row for row in names if row[1]]
    average = sum(weight for *_, weight in names) / len(names)
    rows = [(colour, votes, weight / average, NAME_SPREAD) for colour, votes, weight in names]
    for anchors in ANCHORS:
        weight = anchors.weight / len(anchors.colours)
        rows += [(colour, {anchors.name: 1.0}, weight, anchors.spread) for colour in anchors.colours]
    votes = np.array([[shares.get(name, 0.0) for name in BASIC_NAMES] for _, shares, _, _ in rows])
    return TrainingColours(
        names=BASIC_NAMES,
        colours=np.array([colour for colour, *_ in rows], dtype=np.int64),
        votes=votes,
        weights=_raise_rare(np.array([weight for _, _, weight, _ in rows]), votes),
        spreads=np.array([spread for *_, spread in rows]),
        may_be_held_out=np.arange(len(rows)) < len(names),
        even_share=EVEN_SHARE,
    )


def _raise_rare(weights: FloatArray, votes: FloatArray) -> FloatArray:
    """Weigh each row by its names' rarity: the power of their share of all votes."""
    mass = weights @ votes
    raised: FloatArray = weights * (votes @ (mass / mass.mean()) ** RARITY_EXPONENT)
    return raised
