"""Random networks and plans: every shape beside every other, whatever it costs."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from scratchgen.codegen.carriers import Vector
from scratchgen.codegen.placed import place_layers
from scratchgen.codegen.plan import Plan, entrances
from scratchgen.codegen.steps import Step, steps_of
from scratchgen.networks.intervals import Interval
from scratchgen.networks.layers import Dense, Layer, Relu, TableLookup
from scratchgen.networks.network import IntegerNetwork
from scratchgen.networks.weights import TrainedNetwork
from scratchgen.scratch.manifest import Manifest

__all__ = ["plans", "trained_networks"]

SMALL = st.sampled_from((0, 0, 1, -1, 2, -2, 3, 3, -3, 7, 90, -127))


@st.composite
def trained_networks(draw: st.DrawFn) -> TrainedNetwork:
    """One to three dense layers of few neurons, with ReLU or a table behind any of them."""
    sizes = draw(st.lists(st.integers(1, 4), min_size=2, max_size=4))
    layers: list[Layer] = []
    for inputs, outputs in pairwise(sizes):
        rows = draw(
            st.lists(st.lists(SMALL, min_size=inputs, max_size=inputs), min_size=outputs, max_size=outputs)
        )
        biases = draw(st.lists(st.integers(-40, 40), min_size=outputs, max_size=outputs))
        layers.append(Dense(weights=np.array(rows), biases=np.array(biases)))
        bend = draw(st.sampled_from(("none", "relu", "table")))
        if bend == "relu":
            layers.append(Relu())
        elif bend == "table":
            table = draw(st.lists(st.integers(-9, 9), min_size=1, max_size=6))
            layers.append(
                TableLookup(
                    curve="bend",
                    multiplier=draw(st.integers(1, 3)),
                    shift=draw(st.integers(0, 4)),
                    offset=draw(st.integers(0, len(table))),
                    table=np.array(table),
                )
            )
    low = draw(st.lists(st.integers(-5, 5), min_size=sizes[0], max_size=sizes[0]))
    high = [each + draw(st.integers(0, 9)) for each in low]
    network = IntegerNetwork(domain=Interval(low=tuple(low), high=tuple(high)), layers=tuple(layers))
    names = tuple(f"name {place}" for place in range(1, network.sizes[-1] + 1))
    return TrainedNetwork(names=names, network=network, logit_scale=0.01)


@st.composite
def plans(draw: st.DrawFn, trained: TrainedNetwork, manifest: Manifest) -> Plan:
    """Any steps that fit one after the other."""
    network = trained.network
    layers = place_layers(network, manifest.logits)
    last = max(at for at, layer in enumerate(layers) if not layer.network_layer.elementwise)
    intervals = [network.domain, *(bounds.output for bounds in network.bounds())]
    inputs = draw(st.sampled_from(list(entrances(manifest))))
    steps: list[Step] = []
    source: Vector = inputs
    for at, layer in enumerate(layers):
        size = network.sizes[at + 1]
        found = list(steps_of(layer, source, size, intervals[at], last=at >= last, most_blocks=10_000))
        assume(found)  # a wide table has no shape without a loop
        steps.append(draw(st.sampled_from(found)))
        source = steps[-1].target
    return Plan(engine="scratch", inputs=inputs, steps=tuple(steps), considered=())
