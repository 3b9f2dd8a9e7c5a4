"""What a report says, as plain data: computed from a file's network, its weights file and its training data.

Every figure is computed anew for the report. Where something cannot be computed, as when a weights file keeps
no float network, the finding is a sentence that says so; how it looks is the business of page and plots.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scratchgen.colours.scoring import Score, score
from scratchgen.colours.training_colours import TrainingColours
from scratchgen.errors import WeightsError
from scratchgen.networks.intervals import Interval
from scratchgen.networks.layers import IntegerArray
from scratchgen.networks.weights import TrainedNetwork
from scratchgen.training.float_network import FloatNetwork
from scratchgen.training.integers import colour_grid
from scratchgen.training.train import float_network_of, rows_kept_aside

__all__ = [
    "SLICE_STEP",
    "ColourMap",
    "LayerRow",
    "MapSlice",
    "NameShare",
    "Swap",
    "layer_rows",
    "map_colours",
    "score_kept_aside",
    "training_facts",
]

CUBE = Interval(low=(0, 0, 0), high=(255, 255, 255))
GRID = 64
"""Points along each axis of the grid on which both networks are compared."""
BLUES = (0, 51, 102, 153, 204, 255)
SLICE_STEP = 3
"""Red and green are walked in threes, which meets 0 and 255."""


OPTION_LABELS = {
    "hidden": "hidden neurons",
    "activation": "activation",
    "bits": "bits a weight",
    "seed": "seed",
    "restarts": "beginnings tried",
    "epochs": "epochs at most",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MapSlice:
    """A plane of the colour cube: the number of each point's name by the float and by the integer network.

    Both are of shape (greens, reds); the green and red of a point are ``SLICE_STEP`` times its place.
    """

    blue: int
    floats: NDArray[np.int64]
    integers: NDArray[np.int64]

    @property
    def points(self) -> int:
        """How many points there are."""
        return self.floats.size

    @property
    def differing(self) -> int:
        """How many points the two networks name otherwise."""
        return int((self.floats != self.integers).sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """How many colours of the grid the float network gives one name and the integer network another."""

    float_name: str
    integer_name: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NameShare:
    """How much of the grid bears a name by either network, as shares from 0 to 1.

    ``colour`` is the mean of what the integer network calls so, such as ``#7f3fbf``; None where it calls
    nothing so.
    """

    name: str
    float_share: float
    integer_share: float
    colour: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ColourMap:
    """The cube named by both networks: slices to look at, and the counts over a grid of 64³ colours."""

    slices: tuple[MapSlice, ...]
    points: int
    shares: tuple[NameShare, ...]
    swaps: tuple[Swap, ...]

    @property
    def differing(self) -> int:
        """How many of the points the two networks name otherwise."""
        return sum(swap.count for swap in self.swaps)

    @property
    def agreement(self) -> float:
        """The share of the points named alike, 0 to 1."""
        return 1 - self.differing / self.points


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerRow:
    """What is proven of one layer: its least and greatest output, and the largest number on the way there."""

    number: int
    kind: str
    inputs: int
    outputs: int
    low: int
    high: int
    largest: int
    margin_bits: float


def layer_rows(trained: TrainedNetwork) -> tuple[LayerRow, ...]:
    """Return each layer's proven bounds, computed anew."""
    network = trained.network
    layers = zip(network.layers, network.sizes[:-1], network.bounds(), strict=True)
    return tuple(
        LayerRow(
            number=number,
            kind=layer.kind,
            inputs=inputs,
            outputs=len(bounds.output),
            low=min(bounds.output.low),
            high=max(bounds.output.high),
            largest=bounds.largest,
            margin_bits=bounds.margin_bits,
        )
        for number, (layer, inputs, bounds) in enumerate(layers, start=1)
    )


def map_colours(trained: TrainedNetwork) -> ColourMap | str:
    """Name slices of the cube and a grid of 64³ colours by both networks; a sentence where that cannot be.

    WeightsError when the float network is damaged.
    """
    if trained.network.domain != CUBE:
        return "The network takes other inputs than red, green and blue from 0 to 255, so there is no map."
    if "float_network" not in trained.training:
        return "The weights file keeps no float network to compare with."
    network = float_network_of(trained)
    if (network.sizes[0], network.sizes[-1]) != (len(CUBE), len(trained.names)):
        raise WeightsError("the float network has other inputs or names", todo="train the network again")
    colours = colour_grid(GRID)
    floats, integers = _both(network, trained, colours)
    pairs = Counter(
        zip(floats[floats != integers].tolist(), integers[floats != integers].tolist(), strict=True)
    )
    swaps = (
        Swap(float_name=trained.names[mine], integer_name=trained.names[theirs], count=count)
        for (mine, theirs), count in sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))
    )
    shares = (
        NameShare(
            name=name,
            float_share=float((floats == number).mean()),
            integer_share=float((integers == number).mean()),
            colour=_mean_colour(colours[integers == number]),
        )
        for number, name in enumerate(trained.names)
    )
    return ColourMap(
        slices=tuple(_slice(network, trained, blue) for blue in BLUES),
        points=len(floats),
        shares=tuple(shares),
        swaps=tuple(swaps),
    )


def _mean_colour(colours: IntegerArray) -> str | None:
    if not len(colours):
        return None
    red, green, blue = (colours.sum(axis=0) // len(colours)).tolist()
    return f"#{red:02x}{green:02x}{blue:02x}"


def _slice(network: FloatNetwork, trained: TrainedNetwork, blue: int) -> MapSlice:
    axis = np.arange(0, 256, SLICE_STEP)
    green, red = np.meshgrid(axis, axis, indexing="ij")
    colours = np.stack([red, green, np.full_like(red, blue)], axis=-1).reshape(-1, 3)
    floats, integers = _both(network, trained, colours)
    return MapSlice(blue=blue, floats=floats.reshape(red.shape), integers=integers.reshape(red.shape))


def _both(
    network: FloatNetwork, trained: TrainedNetwork, colours: IntegerArray
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    floats: NDArray[np.int64] = network.logits(colours).argmax(axis=1)
    return floats, trained.network.winners(trained.network.reference(colours))


def score_kept_aside(trained: TrainedNetwork, data: TrainingColours) -> Score | str:
    """Score the integer network on the rows that training did not see; a sentence where that cannot be.

    A row's label is the name with most votes. Where several names share them, each of them is right, as in
    the accuracy that training reports: the label is then the given name if it is one of these, else the
    first of them.
    """
    if trained.training.get("data_sha256") != data.digest():
        return (
            "The network was trained on other data than these, so there are no rows kept aside to ask about."
        )
    kept = rows_kept_aside(trained, data)
    given = trained.network.winners(trained.network.reference(kept.colours))
    own = kept.votes[np.arange(len(kept)), given]
    labels = np.where(own == kept.votes.max(axis=1), given, kept.votes.argmax(axis=1))
    names = trained.names
    return score([names[at] for at in labels], [names[at] for at in given], names)


def training_facts(trained: TrainedNetwork) -> list[tuple[str, str]]:
    """Return what a weights file says of its training, as labels and texts; only what is there."""
    record = trained.training
    facts = [("data", record.get("source")), ("rows", record.get("data_rows"))]
    options = record.get("options")
    if isinstance(options, Mapping):
        facts += [(label, options.get(key)) for key, label in OPTION_LABELS.items()]
    facts += [("epochs learnt", record.get("epochs")), ("SHA-256 of the data", record.get("data_sha256"))]
    return [(label, _fact(value)) for label, value in facts if value is not None]


def _fact(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return ", ".join(map(_fact, value)) or "none" if isinstance(value, list) else str(value)
