"""The learning of the project *teach*, operation by operation in the order of its blocks.

Weights after any number of steps are bit-equal to those in the project's lists: only ``+ − × /``, floor,
square root and comparisons are used, which IEEE doubles do alike everywhere, and every sum is taken in the
blocks' order. numpy works on several neurons at once only where they do not add to one another.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scratchgen.errors import InputError
from scratchgen.training.exact_exponential import exp_down, ln_share, logistic, tangent

__all__ = ["ACTIVATION_NAMES", "Example", "Learner", "Round", "Settings"]

FloatArray = NDArray[np.float64]

ACTIVATION_NAMES = ("ReLU", "tanh", "sigmoid")
MULTIPLIER, MODULUS = 48_271, 2_147_483_647
"""Park and Miller's generator, with the multiplier they later advised: S. K. Park, K. W. Miller, P. K.
Stockmeyer, *Technical Correspondence*, Communications of the ACM 36 (7), 1993."""
SPREAD = 3
"""Weights begin evenly drawn between ± sqrt(3 / inputs), so that a sum varies as much as an input does:
Y. LeCun et al., *Efficient BackProp*, 1998."""
LARGEST_VALUE = 100.0
"""What a hidden neuron says at most; it keeps sums finite, whatever the learning rate."""
LARGEST_PULL = 5.0
"""How strongly a hidden neuron is pulled at most, in learning rates."""
MOST_UNITS = 32
FEWEST_NAMES, MOST_NAMES = 2, 12
LARGEST_MOMENTUM = 0.99
LARGEST_SEED = 9_007_199_254_740_991

Example = tuple[float, float, float, int]
"""Red, green and blue of 0 to 255, and the number of the name, from 0; -1 when no name is meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What pupils set, within the limits that the blocks keep."""

    learning_rate: float = 0.01
    momentum: float = 0.5
    hidden: tuple[int, ...] = (8,)
    activation: str = "ReLU"
    seed: int = 1

    @classmethod
    def kept_within_limits(
        cls,
        *,
        learning_rate: float,
        momentum: float,
        hidden: tuple[float, float],
        activation: str,
        seed: float,
    ) -> Settings:
        """Return what the blocks make of any numbers and word: kept within the limits, ReLU for no curve.

        >>> Settings.kept_within_limits(
        ...     learning_rate=7, momentum=-1, hidden=(99, 0.4), activation="TANH", seed=2.5
        ... )
        Settings(learning_rate=1, momentum=0, hidden=(32,), activation='tanh', seed=3)
        """
        first, second = (
            _between(_round(units), low, MOST_UNITS) for units, low in zip(hidden, (1, 0), strict=True)
        )
        curves = {name.lower(): name for name in ACTIVATION_NAMES}
        return cls(
            learning_rate=_between(learning_rate, 0, 1),
            momentum=_between(momentum, 0, LARGEST_MOMENTUM),
            hidden=(int(first), int(second)) if second else (int(first),),
            activation=curves.get(activation.lower(), ACTIVATION_NAMES[0]),
            seed=int(_round(seed)) if abs(seed) <= LARGEST_SEED else LARGEST_SEED + 1,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One pass through the examples: mean cross-entropy, and the share that was named rightly, each when it
    came up."""

    loss: float
    accuracy: float


class Learner:
    """A network in the project's own lists, and the steps that teach it.

    InputError when the examples or names are none that the project would learn from.

    >>> learner = Learner([(255, 0, 0, 0), (0, 0, 255, 1)], 2, Settings())
    >>> learner.learn(40)
    >>> learner.name_of(250, 10, 20), learner.name_of(10, 0, 200)
    (0, 1)
    """

    def __init__(self, examples: Sequence[Example], names: int, settings: Settings) -> None:
        if not FEWEST_NAMES <= names <= MOST_NAMES:
            raise InputError(
                f"there are {names} names", todo=f"have {FEWEST_NAMES} to {MOST_NAMES} different ones"
            )
        self.settings = settings
        self.examples: list[Example] = [
            (_clipped(red), _clipped(green), _clipped(blue), label) for red, green, blue, label in examples
        ]
        self.known = [number for number, example in enumerate(self.examples) if example[3] >= 0]
        if not self.known:
            raise InputError("there is no example with one of the names", todo="add examples")
        self.names = names
        self.begin()

    def begin(self) -> None:
        """Begin anew from the seed."""
        seed = self.settings.seed
        self.state = seed % (MODULUS - 1) + 1 if abs(seed) <= LARGEST_SEED else 1
        first, *more = self.settings.hidden
        self.sizes = (first, *more, self.names)
        self.neurons = sum(self.sizes)
        limit = np.sqrt(SPREAD / 3)
        drawn = np.array([[self._draw(limit) for _ in range(3)] for _ in range(first)])
        self.colour_weights: FloatArray = drawn  # (first hidden neurons, 3)
        self.weights: list[FloatArray] = []  # (sources, targets) each
        for sources, targets in zip(self.sizes, self.sizes[1:], strict=False):
            limit = np.sqrt(SPREAD / sources)
            self.weights.append(
                np.array([[self._draw(limit) for _ in range(targets)] for _ in range(sources)])
            )
        self.biases = [np.zeros(size) for size in self.sizes]
        self.colour_speeds = np.zeros_like(self.colour_weights)
        self.speeds = [np.zeros_like(weights) for weights in self.weights]
        self.bias_speeds = [np.zeros(size) for size in self.sizes]
        self.steps = 0
        self.rounds: list[Round] = []
        self._start_round()

    def _random(self) -> int:
        self.state = MULTIPLIER * self.state % MODULUS
        return self.state

    def _draw(self, limit: float) -> float:
        return float(limit * (2 * (self._random() / MODULUS) - 1))

    def _start_round(self) -> None:
        self.order = list(self.known)
        self.position = 0
        self.loss_sum = 0.0
        self.right = 0

    def learn(self, steps: int) -> None:
        """Take so many steps, each from one example: forward, backward, every weight moved."""
        for _ in range(steps):
            self._step(*self.examples[self._next()])

    def _next(self) -> int:
        """Return the next example of a shuffled round (R. Fisher and F. Yates, 1938, as R. Durstenfeld does
        it, 1964)."""
        if self.position >= len(self.order):
            self.rounds.append(
                Round(loss=self.loss_sum / len(self.order), accuracy=self.right / len(self.order))
            )
            self._start_round()
        here = self.position
        other = here + int(self._random() * (len(self.order) - here) / MODULUS)
        self.order[here], self.order[other] = self.order[other], self.order[here]
        self.position += 1
        return self.order[here]

    def forward(self, red: float, green: float, blue: float) -> list[FloatArray]:
        """Return what every layer says; the last are the logits."""
        weights = self.colour_weights
        sums = (
            self.biases[0]
            + weights[:, 0] * (red / 127.5 - 1)
            + weights[:, 1] * (green / 127.5 - 1)
            + weights[:, 2] * (blue / 127.5 - 1)
        )
        values = [self._bend(sums)]
        for number, layer in enumerate(self.weights, start=1):
            sums = self.biases[number].copy()
            for source, told in zip(values[-1].tolist(), layer, strict=True):
                sums += told * source
            values.append(sums if number == len(self.weights) else self._bend(sums))
        return values

    def _bend(self, sums: FloatArray) -> FloatArray:
        if self.settings.activation == "ReLU":
            return np.where(sums > 0, np.minimum(sums, LARGEST_VALUE), 0.0)
        curve = tangent if self.settings.activation == "tanh" else logistic
        return np.array([curve(each) for each in sums.tolist()])

    def _slope(self, values: FloatArray) -> FloatArray:
        if self.settings.activation == "ReLU":
            return np.where(values > 0, 1.0, 0.0)
        return 1 - values * values if self.settings.activation == "tanh" else values * (1 - values)

    def name_of(self, red: float, green: float, blue: float) -> int:
        """Return the number of the name that the network gives; the first of equals."""
        return int(self.forward(red, green, blue)[-1].argmax())

    def _step(self, red: float, green: float, blue: float, label: int) -> None:
        rate, momentum = self.settings.learning_rate, self.settings.momentum
        values = self.forward(red, green, blue)
        logits = values[-1]
        self.right += int(logits.argmax()) == label
        powers = exp_down(logits - logits.max())
        total = 0.0
        for each in powers.tolist():
            total += each
        shares = powers / total
        self.loss_sum -= ln_share(float(shares[label]))
        pull = -(shares * rate)
        pull[label] = rate * (1 - shares[label])
        for number in range(len(self.weights), 0, -1):
            below, layer = values[number - 1], self.weights[number - 1]
            blame = np.zeros(len(below))
            for target, each in enumerate(pull.tolist()):
                blame += layer[:, target] * each
            speeds = self.speeds[number - 1] = (
                momentum * self.speeds[number - 1] + pull[None, :] * below[:, None]
            )
            self.weights[number - 1] = layer + speeds
            self._move_biases(number, pull)
            limit = LARGEST_PULL * rate
            pull = np.minimum(np.maximum(blame, -limit), limit) * self._slope(below)
        channels = np.array([red / 127.5 - 1, green / 127.5 - 1, blue / 127.5 - 1])
        self.colour_speeds = momentum * self.colour_speeds + pull[:, None] * channels[None, :]
        self.colour_weights = self.colour_weights + self.colour_speeds
        self._move_biases(0, pull)
        self.steps += 1

    def _move_biases(self, number: int, pull: FloatArray) -> None:
        self.bias_speeds[number] = self.settings.momentum * self.bias_speeds[number] + pull
        self.biases[number] = self.biases[number] + self.bias_speeds[number]

    def lists(self) -> dict[str, list[float]]:
        """Return the learnt lists under the names that they have in the project."""
        by_colour = self.colour_weights.T.tolist()
        return {
            "red weights": by_colour[0],
            "green weights": by_colour[1],
            "blue weights": by_colour[2],
            "weights": [weight for layer in self.weights for weight in layer.ravel().tolist()],
            "biases": [bias for layer in self.biases for bias in layer.tolist()],
        }


def _clipped(channel: float) -> float:
    return min(max(float(channel), 0.0), 255.0)


def _between(number: float, low: float, high: float) -> float:
    return min(max(number, low), high)


def _round(number: float) -> float:
    """Return the nearest whole number, the greater of two, as Scratch rounds."""
    return math.floor(number + 0.5) if abs(number) < 2**52 else number
