"""The training loop: mini-batches, restarts, falling rate, early stopping. Ends with a float network."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from scratchgen.colours.training_colours import TrainingColours, fill_evenly
from scratchgen.training.float_layers import FloatArray
from scratchgen.training.float_network import FloatNetwork
from scratchgen.training.loss import accuracy, soft_cross_entropy
from scratchgen.training.optimiser import Adam, RunningMean, cosine_rate
from scratchgen.training.options import TrainingOptions

__all__ = ["RESTART_EPOCHS", "Epoch", "Progress", "Samples", "fit", "kept_epoch"]

BATCH = 512
STEPS_PER_EPOCH = 100
FIRST_RATE = 0.02
RESTART_EPOCHS = 8
"""Epochs after which the beginnings are compared; the order seldom changes later."""
PATIENCE = 20
"""Epochs without a better validation loss after which training stops."""
MEAN_STEPS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Epoch:
    """How a network fared after one epoch: mean losses a row in nats, accuracy 0 to 1."""

    loss: float
    validation_loss: float
    validation_accuracy: float


Progress = Callable[[int, int, Epoch], None]
"""Called after every epoch with how many are done, how many there may be, and how it went."""


def kept_epoch(course: Sequence[Epoch]) -> int:
    """Return the number, from 1, of the epoch whose network :func:`fit` kept.

    It is the first with the least validation loss, counted from the epoch after which the beginnings are
    compared.

    >>> losses = [0.1, *[0.5] * 7, 0.3, 0.2, 0.2]
    >>> kept_epoch([Epoch(loss=1.0, validation_loss=loss, validation_accuracy=0.5) for loss in losses])
    10
    """
    first = min(RESTART_EPOCHS, len(course)) - 1
    return min(range(first, len(course)), key=lambda at: course[at].validation_loss) + 1


class Reporter:
    """Counts epochs over all restarts and hands them on."""

    def __init__(self, *, total: int, progress: Progress | None) -> None:
        self._total = total
        self._progress = progress
        self._done = 0

    def __call__(self, epoch: Epoch) -> Epoch:
        self._done += 1
        if self._progress:
            self._progress(self._done, self._total, epoch)
        return epoch


class Samples:
    """An endless supply of batches: rows by their weight, each moved a little within its spread."""

    def __init__(self, data: TrainingColours, generator: np.random.Generator) -> None:
        self._data = data
        self._generator = generator
        self._edges = np.cumsum(data.weights) / data.weights.sum()

    def batch(self) -> tuple[FloatArray, FloatArray]:
        """Return colours, float64 of shape (BATCH, 3) within 0 to 255, and their votes."""
        rows = np.searchsorted(self._edges[:-1], self._generator.random(BATCH), side="right")
        moved = self._data.spreads[rows, None] * self._generator.standard_normal((BATCH, 3))
        return np.clip(self._data.colours[rows] + moved, 0.0, 255.0), self._data.votes[rows]


class Learner:
    """A network on its way: its optimiser, and the running mean that is validated."""

    def __init__(
        self, network: FloatNetwork, samples: Samples, validation: TrainingColours, epochs: int
    ) -> None:
        self._network = network
        self._samples = samples
        self._validation = validation
        self._optimiser = Adam(network.parameters)
        self._mean = RunningMean(network.parameters, steps=MEAN_STEPS)
        self._steps = 0
        self._all_steps = epochs * STEPS_PER_EPOCH

    def epoch(self) -> Epoch:
        """Learn for one epoch, and validate."""
        losses = []
        for _ in range(STEPS_PER_EPOCH):
            losses.append(self._network.learn_from(*self._samples.batch()))
            self._optimiser.step(cosine_rate(FIRST_RATE, self._steps / self._all_steps))
            self._mean.update()
            self._steps += 1
        logits = self.network.logits(self._validation.colours)
        return Epoch(
            loss=float(np.mean(losses)),
            validation_loss=soft_cross_entropy(logits, self._validation.votes)[0],
            validation_accuracy=accuracy(logits, self._validation.votes),
        )

    @property
    def network(self) -> FloatNetwork:
        """The network with the mean of the last steps' numbers."""
        return self._network.with_values(self._mean.values)


def fit(
    training: TrainingColours,
    validation: TrainingColours,
    options: TrainingOptions,
    progress: Progress | None = None,
) -> tuple[FloatNetwork, tuple[Epoch, ...]]:
    """Return the network with the lowest validation loss, and the course of its training.

    The same rows and options give the same network, up to the rounding of the machine's libraries.
    """
    generator = np.random.default_rng(options.seed)
    samples = Samples(fill_evenly(training, generator), generator)
    sizes = (training.colours.shape[1], *options.hidden, len(training.names))
    warm_up = min(RESTART_EPOCHS, options.epochs)
    report = Reporter(total=warm_up * options.restarts + options.epochs - warm_up, progress=progress)
    beginners = []
    for _ in range(options.restarts):
        network = FloatNetwork.create(sizes, options.activation, generator)
        learner = Learner(network, samples, validation, options.epochs)
        beginners.append((learner, [report(learner.epoch()) for _ in range(warm_up)]))
    learner, course = min(beginners, key=lambda beginner: beginner[1][-1].validation_loss)
    best_loss, best_network, waited = course[-1].validation_loss, learner.network, 0
    while len(course) < options.epochs and waited < PATIENCE:
        course.append(report(learner.epoch()))
        waited += 1
        if course[-1].validation_loss < best_loss:
            best_loss, best_network, waited = course[-1].validation_loss, learner.network, 0
    return best_network, tuple(course)
