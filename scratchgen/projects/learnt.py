"""Reads back what a saved project has learnt: its examples, and its network as a weights file."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from scratchgen.errors import ProjectFileError
from scratchgen.networks.weights import TrainedNetwork
from scratchgen.scratch.learning_manifest import LearningManifest, read_learning_manifest
from scratchgen.scratch.program import Project, Value
from scratchgen.scratch.reader import read_project
from scratchgen.training.float_layers import Dense
from scratchgen.training.float_network import FloatNetwork
from scratchgen.training.quantize import quantize

__all__ = ["Learnt", "read_learnt"]

ACTIVATIONS = {"tanh": "tanh", "sigmoid": "sigmoid"}
"""As blocks compare: without regard to capitals; any other word counts as ReLU."""
BITS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """The examples, (red, green, blue, label) each, and the quantized network."""

    examples: tuple[tuple[float, float, float, str], ...]
    trained: TrainedNetwork


def read_learnt(path: Path | str) -> Learnt:
    """Return what a project has learnt, also one that the editor saved.

    ProjectFileError when it is not a project that learns, or has no examples, or no network that fits its
    names.
    """
    where = str(path)
    project = read_project(path)
    manifest = read_learning_manifest(project, where=where)
    if manifest is None:
        raise ProjectFileError(
            "it is no project that learns", where=where, todo="name one of `scratchgen make teach`"
        )
    stage = _lists(project, "Stage")
    red, green, blue, labels = (stage.get(name, ()) for name in manifest.examples)
    if not labels or not len(red) == len(green) == len(blue) == len(labels):
        raise ProjectFileError("it holds no examples", where=where, todo="give some in Scratch and save it")
    examples = tuple(
        (_number(r, where), _number(g, where), _number(b, where), str(label))
        for r, g, b, label in zip(red, green, blue, labels, strict=True)
    )
    network = _network(project, manifest, len(stage.get(manifest.names, ())), where)
    quantized = quantize(network, BITS, np.random.default_rng(1))
    return Learnt(
        examples=examples,
        trained=TrainedNetwork(
            names=tuple(map(str, stage[manifest.names])),
            network=quantized.network,
            logit_scale=quantized.logit_scale,
            training={
                "source": f"learnt in {Path(path).name} from {len(examples)} examples",
                "options": {"bits": BITS},
                "float_network": network.to_json(),
            },
        ),
    )


def _network(project: Project, manifest: LearningManifest, names: int, where: str) -> FloatNetwork:
    own = _lists(project, manifest.sprite)
    red, green, blue, weights, biases = (
        np.array([_number(item, where) for item in own.get(name, ())]) for name in manifest.learnt
    )
    first, second = len(red), len(biases) - len(red) - names
    sizes = (first, second, names) if second else (first, names)
    pairs = list(pairwise(sizes))
    fitting = first and second >= 0 and len(green) == len(blue) == first
    if not fitting or len(weights) != sum(sources * targets for sources, targets in pairs):
        raise ProjectFileError(
            "its network does not fit its names", where=where, todo="let it learn in Scratch, then save it"
        )
    dense = [Dense(np.stack([red, green, blue], axis=1), biases[:first])]
    at, bias = 0, first
    for sources, targets in pairs:
        part = weights[at : at + sources * targets].reshape(sources, targets)
        dense.append(Dense(part.T.copy(), biases[bias : bias + targets]))
        at, bias = at + sources * targets, bias + targets
    stage = {each.name: each.value for each in project.stage.variables}
    activation = str(stage.get(manifest.activation, "")).lower()
    return FloatNetwork(dense, ACTIVATIONS.get(activation, "relu"))


def _lists(project: Project, sprite: str) -> dict[str, tuple[Value, ...]]:
    return {
        each.name: tuple(each.items)
        for owner in project.sprites
        if owner.name == sprite
        for each in owner.lists
    }


def _number(value: Value, where: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = float("nan")
    if not np.isfinite(number):
        raise ProjectFileError(
            f"a list holds {value!r}, which is no number", where=where, todo="correct it in the editor"
        )
    return number
