"""What pupils taught a project that learns: its examples and its network, read back from a saved file.

The way found is that of the file's manifest, so a project may have been saved by any editor.
"""

from __future__ import annotations

import csv
import hashlib
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from scratchgen.colours.notation import Channels
from scratchgen.errors import ProjectFileError
from scratchgen.networks.weights import TrainedNetwork
from scratchgen.scratch.learning_manifest import LearningManifest, read_learning_manifest
from scratchgen.scratch.program import Project, Sprite, Value
from scratchgen.scratch.reader import read_project
from scratchgen.simulator.values import to_number, to_text
from scratchgen.training.float_layers import Dense, FloatArray
from scratchgen.training.float_network import FloatNetwork
from scratchgen.training.in_scratch_order import FEWEST_NAMES, MOST_NAMES
from scratchgen.training.integers import agreement, colour_grid
from scratchgen.training.quantize import quantize

__all__ = ["Learnt", "TaughtColour", "examples_table", "learnt_network", "read_learnt"]

CURVES = {"tanh": "tanh", "sigmoid": "sigmoid"}
"""Any other word counts as ReLU, as it does in the project."""
BITS = 8
AGREEMENT_GRID = 32


@dataclass(frozen=True, slots=True)
class TaughtColour:
    """An example: a colour, and the name that a pupil gave it."""

    colour: Channels
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """A saved project's examples in their order, the names that it learns, and its network."""

    examples: tuple[TaughtColour, ...]
    names: tuple[str, ...]
    network: FloatNetwork


def read_learnt(path: Path | str) -> Learnt:
    """Read what a saved project has learnt.

    ProjectFileError when the file is none that learns, holds no example, has not learnt anything, or when
    names and network do not fit.
    """
    project = read_project(path)
    where = str(path)
    manifest = read_learning_manifest(project, where=where)
    if manifest is None:
        raise ProjectFileError(
            "it is not a project that learns", where=where, todo="name one that `scratchgen make teach` made"
        )
    examples = _examples(project.stage, manifest, where)
    names = tuple(map(to_text, _items(project.stage, manifest.names, where)))
    if not FEWEST_NAMES <= len(names) <= MOST_NAMES:
        raise ProjectFileError(
            f"its list of names holds {len(names)}", where=where, todo=f"give {FEWEST_NAMES} to {MOST_NAMES}"
        )
    if len({name.lower() for name in names}) < len(names) or not all(name.strip() for name in names):
        raise ProjectFileError(
            "two of its names are one word, or a name is empty", where=where, todo="name each otherwise"
        )
    return Learnt(examples=examples, names=names, network=_network(project, manifest, len(names), where))


def examples_table(examples: Sequence[TaughtColour]) -> str:
    """Return the examples as a table that `scratchgen train --data` reads.

    >>> examples_table([TaughtColour((255, 0, 10), "hot, red")])
    'r,g,b,label\\n255,0,10,"hot, red"\\n'
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["r", "g", "b", "label"])
    writer.writerows([*each.colour, each.name] for each in examples)
    return text.getvalue()


def learnt_network(learnt: Learnt, *, source: str, seed: int = 1) -> TrainedNetwork:
    """Return the learnt network with integer weights, as `scratchgen build` takes it.

    ``source`` names the project; ``seed`` is that of quantization. NetworkError when the integers could not
    be proven exact.
    """
    quantized = quantize(learnt.network, BITS, np.random.default_rng(seed))
    table = examples_table(learnt.examples)
    known = [each for each in learnt.examples if each.name in learnt.names]
    right = 0
    if known:
        winners = quantized.network.winners(quantized.network.reference([each.colour for each in known]))
        right = sum(
            learnt.names[winner] == each.name for winner, each in zip(winners.tolist(), known, strict=True)
        )
    return TrainedNetwork(
        names=learnt.names,
        network=quantized.network,
        logit_scale=quantized.logit_scale,
        training={
            "source": source,
            "data_rows": len(learnt.examples),
            "data_sha256": hashlib.sha256(table.encode()).hexdigest(),
            "options": {"bits": BITS, "seed": seed},
            "figures": {
                "examples_with_a_name": len(known),
                "examples_named_rightly": right,
                "agreement": agreement(learnt.network, quantized.network, colour_grid(AGREEMENT_GRID)),
            },
            "float_network": learnt.network.to_json(),
        },
    )


def _examples(stage: Sprite, manifest: LearningManifest, where: str) -> tuple[TaughtColour, ...]:
    columns = [_items(stage, name, where) for name in manifest.examples]
    if len({len(column) for column in columns}) > 1:
        raise ProjectFileError(
            "its lists of examples are not equally long", where=where, todo="take away the odd items"
        )
    if not columns[0]:
        raise ProjectFileError("it holds no example", where=where, todo="give some, and save it again")
    return tuple(
        TaughtColour((_channel(red), _channel(green), _channel(blue)), " ".join(to_text(name).split()))
        for red, green, blue, name in zip(*columns, strict=True)
    )


def _channel(value: Value) -> int:
    """Return the channel as the project itself takes it, rounded for the table."""
    return math.floor(min(max(to_number(value), 0.0), 255.0) + 0.5)


def _network(project: Project, manifest: LearningManifest, outputs: int, where: str) -> FloatNetwork:
    sprite = next((each for each in project.sprites if each.name == manifest.sprite), None)
    if sprite is None:
        raise ProjectFileError(
            f"its sprite {manifest.sprite!r} is gone", where=where, todo="give it this name again"
        )
    *colour, weights, biases = (
        np.array([to_number(item) for item in _items(sprite, name, where)]) for name in manifest.learnt
    )
    first = len(colour[0])
    second = len(biases) - first - outputs
    if not len(biases):
        raise ProjectFileError("it has not learnt anything", where=where, todo="let it learn, and save again")
    sizes = [first, *([second] if second else []), outputs]
    products = sum(before * after for before, after in pairwise(sizes))
    if second < 0 or {len(column) for column in colour} != {first} or len(weights) != products:
        raise ProjectFileError(
            f"its network was not learnt with {outputs} names", where=where, todo="let it learn, save again"
        )
    dense = [Dense(np.stack(colour, axis=1), biases[:first])]
    for before, after in pairwise(sizes):
        part, weights = weights[: before * after], weights[before * after :]
        begun = sum(len(layer.biases.values) for layer in dense)
        rows: FloatArray = part.reshape(
            before, after
        ).T.copy()  # the project keeps a source's weights together
        dense.append(Dense(rows, biases[begun : begun + after]))
    return FloatNetwork(dense, CURVES.get(_variable(project.stage, manifest.activation).lower(), "relu"))


def _items(sprite: Sprite, name: str, where: str) -> tuple[Value, ...]:
    for each in sprite.lists:
        if each.name == name:
            return each.items
    raise ProjectFileError(f"its list {name!r} is gone", where=where, todo="give it this name again")


def _variable(stage: Sprite, name: str) -> str:
    return next((to_text(each.value) for each in stage.variables if each.name == name), "")
