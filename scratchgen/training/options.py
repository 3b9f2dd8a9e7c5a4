"""What can be chosen about a training, with the defaults that made the shipped network."""

from __future__ import annotations

from dataclasses import dataclass

from scratchgen.errors import InputError
from scratchgen.training.float_layers import ACTIVATIONS

__all__ = ["LARGEST_SEED", "TrainingOptions"]

FEWEST_BITS, MOST_BITS = 4, 8
MOST_HIDDEN_LAYERS = 8
LARGEST_LAYER = 1_000
"""Neurons; beyond it a list of Scratch would overflow or the project grow too slow to be of use."""
MOST_EPOCHS = 10_000
MOST_RESTARTS = 100
LARGEST_SEED = 2**63 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingOptions:
    """The choices of a training; InputError when one of them is out of its range.

    ``hidden`` are the sizes of the hidden layers, ``activation`` their curve, ``bits`` the width of the
    integer weights, sign included. ``restarts`` networks begin, the most promising learns for ``epochs``.

    >>> TrainingOptions(hidden=(8,), bits=3)
    Traceback (most recent call last):
    scratchgen.errors.InputError: --bits is 3; give 4 to 8
    """

    hidden: tuple[int, ...] = (8,)
    activation: str = "relu"
    bits: int = 8
    seed: int = 1
    epochs: int = 60
    restarts: int = 4

    def __post_init__(self) -> None:
        if self.activation not in ACTIVATIONS:
            raise InputError(f"--activation is {self.activation!r}", todo=f"give {' or '.join(ACTIVATIONS)}")
        if len(self.hidden) > MOST_HIDDEN_LAYERS:
            raise InputError(
                f"--hidden names {len(self.hidden)} layers", todo=f"give at most {MOST_HIDDEN_LAYERS}"
            )
        ranges = [
            ("--bits", self.bits, FEWEST_BITS, MOST_BITS),
            ("--seed", self.seed, 0, LARGEST_SEED),
            ("--epochs", self.epochs, 1, MOST_EPOCHS),
            ("--restarts", self.restarts, 1, MOST_RESTARTS),
            *(("--hidden", size, 1, LARGEST_LAYER) for size in self.hidden),
        ]
        for name, value, low, high in ranges:
            if not low <= value <= high:
                raise InputError(f"{name} is {value}", todo=f"give {low} to {high}")
