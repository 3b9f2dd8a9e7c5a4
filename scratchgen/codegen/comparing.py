"""In which order the logits are compared to find the largest: those first that win most often.

Whoever finds the largest early has less to note on the way. The order changes nothing of the answer.
"""

from __future__ import annotations

import numpy as np

from scratchgen.networks.layers import IntegerArray
from scratchgen.networks.network import IntegerNetwork

__all__ = ["comparison_order"]

POINTS = 1_021
"""A prime; so many inputs are tried."""
STEP = 76
"""Its powers modulo :data:`POINTS` are far apart."""


def comparison_order(network: IntegerNetwork) -> list[int]:
    """Return the numbers of the logits, from 0, by how often each is the largest; of equals the first first.

    >>> from scratchgen.networks.intervals import Interval
    >>> from scratchgen.networks.layers import Dense
    >>> layer = Dense(weights=np.array([[0], [3], [1]]), biases=np.array([25, 0, 20]))
    >>> comparison_order(IntegerNetwork(domain=Interval(low=(0,), high=(20,)), layers=(layer,)))
    [1, 0, 2]
    """
    logits = network.reference(_spread(network))
    wins = np.bincount(network.winners(logits), minlength=logits.shape[1])
    order: list[int] = np.argsort(-wins, kind="stable").tolist()
    return order


def _spread(network: IntegerNetwork) -> IntegerArray:
    """Return inputs spread evenly over the whole domain: a lattice (N. Korobov, 1959).

    It is made of whole numbers alone, so that it is the same with every version of every library.
    """
    low, high = np.array(network.domain.low), np.array(network.domain.high)
    powers = [pow(STEP, place, POINTS) for place in range(len(low))]
    turns = np.outer(np.arange(POINTS), powers) % POINTS
    rows: IntegerArray = low + turns * (high - low + 1) // POINTS
    return rows
