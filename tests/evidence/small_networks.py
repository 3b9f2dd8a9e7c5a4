"""Small networks of every kind of layer, and files made of them, for the tests of evidence."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from scratchgen.codegen.plan import Budget, make_plan
from scratchgen.networks.intervals import Interval
from scratchgen.networks.layers import Dense, Layer, Relu, TableLookup
from scratchgen.networks.network import IntegerNetwork
from scratchgen.networks.weights import TrainedNetwork, write_weights
from scratchgen.projects.build import build_project
from scratchgen.projects.colours import colours_manifest, colours_project

__all__ = ["NETWORKS", "dense", "files", "trained"]


def dense(outputs: int, inputs: int, seed: int) -> Dense:
    """A layer with weights and biases drawn at random."""
    draw = np.random.default_rng(seed)
    return Dense(
        weights=draw.integers(-127, 128, (outputs, inputs)), biases=draw.integers(-20_000, 20_000, outputs)
    )


def trained(*layers: Layer, names: Sequence[str], high: int = 255) -> TrainedNetwork:
    """A network of three inputs from 0."""
    network = IntegerNetwork(domain=Interval(low=(0, 0, 0), high=(high, high, high)), layers=layers)
    return TrainedNetwork(names=tuple(names), network=network, logit_scale=1e-4)


CURVE = TableLookup(curve="tanh", multiplier=3, shift=11, offset=128, table=np.arange(-128, 128))
NETWORKS = {
    "relu": trained(dense(4, 3, 1), Relu(), dense(3, 4, 2), names=["a", "b", "c"]),
    "one layer": trained(dense(2, 3, 3), names=["10", "9"]),
    "curve": trained(dense(5, 3, 4), CURVE, dense(4, 5, 5), CURVE, dense(2, 4, 6), names=["x] ", "v"]),
    # two equal rows of weights: every colour is a tie, and the first name must win each
    "ties": trained(
        Dense(weights=np.array([[1, 2, 3], [1, 2, 3]]), biases=np.array([5, 5])), names=["first", "second"]
    ),
}


def files(folder: Path, network: TrainedNetwork, *, style: str = "readable") -> Path:
    """Write a project and its weights; the project's path."""
    manifest = colours_manifest(network, style)
    plan = make_plan(network.network, manifest, Budget()) if style == "fast" else None
    build_project(colours_project(network, plan), folder / "p.sb3")
    write_weights(network, folder / "p.json")
    return folder / "p.sb3"
