"""The whole training: rows held out, a float network fitted and quantized, and the figures that describe it.

Every figure can be computed again from the weights file and the data, by :func:`figures_of`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from scratchgen.colours.training_colours import TrainingColours, hold_out
from scratchgen.errors import WeightsError
from scratchgen.networks.network import IntegerNetwork
from scratchgen.networks.weights import TrainedNetwork
from scratchgen.training.fit import Epoch, Progress, fit
from scratchgen.training.float_network import FloatNetwork
from scratchgen.training.history import history_of
from scratchgen.training.integers import agreement, colour_grid
from scratchgen.training.loss import accuracy
from scratchgen.training.options import LARGEST_SEED, TrainingOptions
from scratchgen.training.quantize import quantize

__all__ = [
    "Figures",
    "TrainingResult",
    "figures_of",
    "float_network_of",
    "rows_kept_aside",
    "train_colours",
]

VALIDATION_SHARE = 0.15
AGREEMENT_GRID = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How good a trained network is; shares from 0 to 1.

    ``float_accuracy`` and ``integer_accuracy`` are over the ``validation_rows`` that training did not see;
    ``agreement`` is the share of 64³ colours that the float and the integer network name alike.
    """

    validation_rows: int
    float_accuracy: float
    integer_accuracy: float
    agreement: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingResult:
    """A trained network, ready to be written, with what it came from."""

    trained: TrainedNetwork
    float_network: FloatNetwork
    figures: Figures
    course: tuple[Epoch, ...]


def train_colours(
    data: TrainingColours,
    options: TrainingOptions | None = None,
    *,
    source: str,
    progress: Progress | None = None,
) -> TrainingResult:
    """Train a network on colours and quantize it; ``source`` names the data for the weights file.

    NetworkError when the integer network cannot be proven exact.
    """
    options = options or TrainingOptions()
    training, validation = _split(data, options.seed)
    network, course = fit(training, validation, options, progress)
    quantized = quantize(network, options.bits, np.random.default_rng(options.seed))
    figures = _figures(network, quantized.network, validation)
    trained = TrainedNetwork(
        names=data.names,
        network=quantized.network,
        logit_scale=quantized.logit_scale,
        training={
            "source": source,
            "data_rows": len(data),
            "data_sha256": data.digest(),
            "options": asdict(options) | {"hidden": list(options.hidden)},
            "epochs": len(course),
            "history": history_of(course),
            "figures": asdict(figures),
            "float_network": network.to_json(),
        },
    )
    return TrainingResult(trained=trained, float_network=network, figures=figures, course=course)


def figures_of(trained: TrainedNetwork, data: TrainingColours) -> Figures:
    """Compute a weights file's figures anew; WeightsError when it was not trained on these data."""
    validation = rows_kept_aside(trained, data)
    return _figures(float_network_of(trained), trained.network, validation)


def rows_kept_aside(trained: TrainedNetwork, data: TrainingColours) -> TrainingColours:
    """Return the rows that training did not see; WeightsError when it was not trained on these data."""
    if trained.training.get("data_sha256") != data.digest():
        raise WeightsError("the network was trained on other data", todo="train it again")
    match trained.training:
        case {"options": {"seed": int(seed)}} if 0 <= seed <= LARGEST_SEED:
            return _split(data, seed)[1]
    raise WeightsError("the weights file does not say how it was trained", todo="train it again")


def float_network_of(trained: TrainedNetwork) -> FloatNetwork:
    """Return the float network that a weights file keeps; WeightsError when it keeps none."""
    content: Mapping[str, Any] = trained.training
    return FloatNetwork.from_json(content.get("float_network"))


def _split(data: TrainingColours, seed: int) -> tuple[TrainingColours, TrainingColours]:
    return hold_out(data, VALIDATION_SHARE, np.random.default_rng(seed))


def _figures(network: FloatNetwork, integer: IntegerNetwork, validation: TrainingColours) -> Figures:
    logits = integer.reference(validation.colours).astype(np.float64)  # below 2^53, so nothing is lost
    return Figures(
        validation_rows=len(validation),
        float_accuracy=accuracy(network.logits(validation.colours), validation.votes),
        integer_accuracy=accuracy(logits, validation.votes),
        agreement=agreement(network, integer, colour_grid(AGREEMENT_GRID)),
    )
