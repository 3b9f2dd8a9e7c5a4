"""Trains the networks that read digits: a dense one and a convolutional one, on digits made many of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from scratchgen.digits.augment import augmented
from scratchgen.digits.data import DigitRows, hold_out
from scratchgen.digits.strokes import stroke_digits
from scratchgen.networks.intervals import Interval
from scratchgen.networks.network import IntegerNetwork
from scratchgen.networks.weights import TrainedNetwork
from scratchgen.training.calibrate import calibrated
from scratchgen.training.chain import Chain
from scratchgen.training.float_images import Conv2d, MaxPool
from scratchgen.training.float_layers import Dense, FloatArray, Layer, Relu
from scratchgen.training.loss import soft_cross_entropy
from scratchgen.training.optimiser import Adam, RunningMean, cosine_rate

__all__ = ["DigitFigures", "DigitNetwork", "DigitOptions", "train_digits"]

MOST_COUNT = 16
NAMES = tuple("0123456789")
BATCH = 128
MEAN_STEPS = 200
PLAIN_SHARE = 0.5
"""The share of a batch that stays as it was written."""
STROKE_SHARE = 0.1
"""The share of a batch that are strokes, in shapes that the writers did not use."""
SMOOTHED = 0.02
"""The share of the votes that all digits have together, so that no weight grows without end."""
REPORT_EVERY = 50


class DigitNetwork(StrEnum):
    """The kinds of network that read digits."""

    DENSE = "dense"
    CONVOLUTIONAL = "convolutional"


@dataclass(frozen=True, slots=True, kw_only=True)
class DigitOptions:
    """How to train: the kind, the number of steps of 128 digits each, the width of weights, and the seed."""

    network: DigitNetwork
    steps: int = 5000
    bits: int = 8
    seed: int = 0
    rate: float = 0.004


@dataclass(frozen=True, slots=True, kw_only=True)
class DigitFigures:
    """How good a network is on digits that training did not see; shares from 0 to 1."""

    held_out_rows: int
    float_accuracy: float
    integer_accuracy: float
    agreement: float


def _drawn(generator: np.random.Generator, *shape: int) -> FloatArray:
    return generator.normal(0.0, np.sqrt(2 / np.prod(shape[1:])), shape)


def _dense(generator: np.random.Generator) -> list[Layer]:
    return [
        Dense(_drawn(generator, 32, 64), np.zeros(32)),
        Relu(),
        Dense(_drawn(generator, 10, 32), np.zeros(10)),
    ]


def _convolutional(generator: np.random.Generator) -> list[Layer]:
    return [
        Conv2d(_drawn(generator, 12, 1, 3, 3), np.zeros(12), height=8, width=8, padding=1),
        Relu(),
        MaxPool(channels=12, height=8, width=8, side=2, stride=2),
        Conv2d(_drawn(generator, 24, 12, 3, 3), np.zeros(24), height=4, width=4, padding=1),
        Relu(),
        MaxPool(channels=24, height=4, width=4, side=2, stride=2),
        Dense(_drawn(generator, 10, 96), np.zeros(10)),
    ]


NETWORKS: Mapping[DigitNetwork, Callable[[np.random.Generator], list[Layer]]] = {
    DigitNetwork.DENSE: _dense,
    DigitNetwork.CONVOLUTIONAL: _convolutional,
}


def train_digits(
    rows: DigitRows,
    options: DigitOptions,
    *,
    source: str,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[TrainedNetwork, DigitFigures]:
    """Train on four fifths of the digits, quantize, and measure on the fifth that was kept aside.

    ``source`` names the data for the weights file. NetworkError when the integers cannot be proven exact.
    """
    training, held_out = hold_out(rows, seed=0)
    chain = _fit(training, options, progress)
    layers, unit = calibrated(chain, training.counts / MOST_COUNT, bits=options.bits, unit=1 / MOST_COUNT)
    domain = Interval(low=(0,) * 64, high=(MOST_COUNT,) * 64)
    network = IntegerNetwork(domain=domain, layers=layers)
    figures = _figures(chain, network, held_out)
    trained = TrainedNetwork(
        names=NAMES,
        network=network,
        logit_scale=unit,
        training={
            "source": source,
            "data_rows": len(rows),
            "data_sha256": rows.digest(),
            "options": asdict(options),
            "figures": asdict(figures),
        },
    )
    return trained, figures


def _fit(training: DigitRows, options: DigitOptions, progress: Callable[[int, int], None]) -> Chain:
    generator = np.random.default_rng(options.seed)
    chain = Chain(NETWORKS[options.network](generator))
    optimiser, mean = Adam(chain.parameters), RunningMean(chain.parameters, steps=MEAN_STEPS)
    votes = np.eye(len(NAMES)) * (1 - SMOOTHED) + SMOOTHED / len(NAMES)
    for step in range(options.steps):
        counts, labels = _batch(training, generator)
        _, gradient = soft_cross_entropy(chain.forward(counts / MOST_COUNT), votes[labels])
        chain.backward(gradient)
        optimiser.step(cosine_rate(options.rate, step / options.steps))
        mean.update()
        if (step + 1) % REPORT_EVERY == 0 or step + 1 == options.steps:
            progress(step + 1, options.steps)
    chain.take(mean.values)
    return chain


def _batch(
    training: DigitRows, generator: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return counts and labels: most of the batch bent, some of it drawn as strokes."""
    strokes = stroke_digits()
    drawn = strokes[generator.integers(0, len(strokes), round(STROKE_SHARE * BATCH))]
    written = training[generator.integers(0, len(training), BATCH - len(drawn))]
    counts = np.concatenate([written.counts, drawn.counts])
    changed = generator.random(BATCH) >= PLAIN_SHARE
    counts[changed] = augmented(counts[changed], generator)
    return counts, np.concatenate([written.labels, drawn.labels])


def _figures(chain: Chain, network: IntegerNetwork, held_out: DigitRows) -> DigitFigures:
    by_float = chain.forward(held_out.counts / MOST_COUNT).argmax(axis=1)
    by_integers = IntegerNetwork.winners(network.reference(held_out.counts))
    return DigitFigures(
        held_out_rows=len(held_out),
        float_accuracy=float((by_float == held_out.labels).mean()),
        integer_accuracy=float((by_integers == held_out.labels).mean()),
        agreement=float((by_float == by_integers).mean()),
    )
