"""Projects around networks of any kinds of layers, as small as can be, and questions for them."""

from __future__ import annotations

import numpy as np
from hypothesis import reject
from hypothesis import strategies as st

from scratchgen.codegen.any_network import any_network_text
from scratchgen.codegen.exactness import require_exact_answer
from scratchgen.codegen.templates import template_bytes
from scratchgen.errors import NetworkError
from scratchgen.networks.intervals import Interval
from scratchgen.networks.network import IntegerNetwork
from scratchgen.networks.weights import TrainedNetwork
from scratchgen.scratch.manifest import Manifest, ManifestInput
from scratchgen.scratch.parser import parse_project
from scratchgen.scratch.program import Project
from tests.networks.layer_strategies import any_layer, layer_of

__all__ = ["any_networks", "manifest_of", "project_of", "questions_of"]

MOST_VALUES = 60


@st.composite
def any_networks(draw: st.DrawFn) -> IntegerNetwork:
    """Draw a network of one to five layers of any kinds that fit."""
    size = draw(st.sampled_from([1, 2, 3, 6, 8, 9, 12, 16]))
    low, high = sorted((draw(st.integers(-20, 20)), draw(st.integers(-20, 20))))
    domain, layers = Interval(low=(low,) * size, high=(high,) * size), []
    for _ in range(draw(st.integers(1, 5))):
        layer = draw(any_layer(size))
        if layer.output_size(size) > MOST_VALUES:
            break
        layers.append(layer)
        size = layer.output_size(size)
    if all(layer.elementwise for layer in layers):  # a project's logits are a list of their own
        layers.append(draw(layer_of("dense", size)))
    try:
        return IntegerNetwork(domain=domain, layers=tuple(layers))
    except NetworkError:  # nothing but layers too large, or a bound over 2^53
        reject()


def manifest_of(network: IntegerNetwork) -> Manifest:
    """The manifest of a network's project: its inputs are items of a list, or variables if it remembers."""
    ends = list(zip(network.domain.low, network.domain.high, strict=True))
    if network.remembers:
        inputs = [
            ManifestInput(variable=f"input {n}", low=low, high=high) for n, (low, high) in enumerate(ends)
        ]
        inputs.append(ManifestInput(variable="begins", low=0, high=1))
    else:
        inputs = [
            ManifestInput(variable="given", low=low, high=high, place=n)
            for n, (low, high) in enumerate(ends, start=1)
        ]
    return Manifest(
        kind="any",
        sprite="Network",
        inputs=tuple(inputs),
        broadcast="ask",
        logits="logits",
        answer="answer",
        names=tuple(f"name {n}" for n in range(network.sizes[-1])),
        language="en",
        style="readable",
        weights_sha256=network.digest(),
        begins="begins" if network.remembers else "",
    )


def project_of(network: IntegerNetwork, manifest: Manifest | None = None) -> Project:
    """A project of one sprite that answers for the network, its answer proven to be exact everywhere."""
    manifest = manifest or manifest_of(network)
    trained = TrainedNetwork(names=manifest.names, network=network, logit_scale=1e-6)
    lists = dict.fromkeys(entry.variable for entry in manifest.inputs if entry.place)
    zeros = " (0)" * len(manifest.inputs)
    stage = [
        "//! stage",
        *(f"//! variable [{entry.variable} v] = (0)" for entry in manifest.inputs if not entry.place),
        *(f"//! list [{name} v] ={zeros}" for name in lists),
        "//! variable [answer v] = []",
        f"//! list [names v] = {' '.join(f'[{name}]' for name in manifest.names)}",
        "//! list [logits v] =",
        "//! broadcast [ask v]",
    ]
    text = "\n".join([*stage, "", any_network_text(trained, manifest)])
    project = parse_project(text, assets=lambda name: template_bytes(f"stage/{name}"))
    require_exact_answer(project, manifest)
    return project


def questions_of(
    network: IntegerNetwork, generator: np.random.Generator
) -> tuple[list[list[int]], list[list[int]]]:
    """Return the questions, as a project is asked them in a row, and the logits of the reference.

    They are two sequences of three steps if the network remembers.
    """
    shape = (2, 3, len(network.domain))
    inputs = generator.integers(network.domain.low, np.array(network.domain.high) + 1, shape)
    logits = network.sequences(inputs).reshape(6, -1).tolist()
    rows = inputs.reshape(6, -1).tolist()
    if network.remembers:
        return [[*row, int(n % 3 == 0)] for n, row in enumerate(rows)], logits
    assert logits == network.reference(np.array(rows)).tolist()
    return rows, logits
