"""Layers get their titles and lists by rule, so that a new kind of layer needs a template alone."""

import numpy as np
import pytest

from scratchgen.codegen.network_text import network_text
from scratchgen.codegen.placed import LONGEST_LIST, place_layers
from scratchgen.errors import NetworkError
from scratchgen.networks.intervals import Interval
from scratchgen.networks.layers import LAYER_KINDS, Dense, Layer, Relu, TableLookup
from scratchgen.networks.network import IntegerNetwork
from scratchgen.networks.weights import TrainedNetwork
from scratchgen.resources import resource_folder
from scratchgen.scratch.manifest import Manifest, ManifestInput


def dense(outputs: int, inputs: int) -> Dense:
    return Dense(weights=np.ones((outputs, inputs), dtype=np.int64), biases=np.zeros(outputs, dtype=np.int64))


TABLE = TableLookup(curve="tanh", multiplier=1, shift=2, offset=1, table=np.array([-1, 0, 1]))


def network(*layers: Layer, inputs: int = 3) -> IntegerNetwork:
    return IntegerNetwork(domain=Interval(low=(0,) * inputs, high=(255,) * inputs), layers=layers)


def manifest_for(trained: TrainedNetwork) -> Manifest:
    domain = trained.network.domain
    return Manifest(
        kind="colours",
        sprite="Network",
        inputs=tuple(
            ManifestInput(variable=f"input {place}", low=low, high=high)
            for place, (low, high) in enumerate(zip(domain.low, domain.high, strict=True))
        ),
        broadcast="ask",
        logits="logits",
        answer="name",
        names=trained.names,
        language="en",
        style="readable",
        weights_sha256=trained.network.digest(),
    )


def test_values_flow_from_list_to_list() -> None:
    placed = place_layers(network(dense(8, 3), Relu(), dense(5, 8), TABLE, dense(2, 5)), "logits")
    assert [(layer.title, layer.source, layer.target, sorted(layer.lists.values())) for layer in placed] == [
        ("layer 1", "inputs", "hidden 1", ["biases 1", "weights 1"]),
        ("layer 1", "hidden 1", "hidden 1", []),
        ("layer 2", "hidden 1", "hidden 2", ["biases 2", "weights 2"]),
        ("layer 2", "hidden 2", "hidden 2", ["table 2"]),
        ("layer 3", "hidden 2", "logits", ["biases 3", "weights 3"]),
    ]


def test_no_two_custom_blocks_and_no_two_lists_share_a_name() -> None:
    placed = place_layers(network(TABLE, TABLE, dense(2, 3), Relu(), Relu(), TABLE), "logits")
    blocks = [(layer.title, layer.network_layer.kind) for layer in placed]
    lists = [name for layer in placed for name in layer.lists.values()]
    assert len(set(blocks)) == len(blocks)
    assert len(set(lists)) == len(lists)
    assert placed[-1].target == "logits"


def test_a_network_without_sums_is_refused() -> None:
    with pytest.raises(NetworkError, match="dense"):
        place_layers(network(Relu()), "logits")


def test_a_list_that_is_too_long_is_refused_with_both_figures() -> None:
    trained = TrainedNetwork(
        names=("a", "b"), network=network(dense(100_001, 2), dense(2, 100_001), inputs=2), logit_scale=1.0
    )
    with pytest.raises(
        NetworkError, match=rf"'weights 1' would hold 200,002 items; Scratch allows {LONGEST_LIST:,}"
    ):
        network_text(trained, manifest_for(trained))


def test_every_kind_of_layer_has_a_template() -> None:
    templates = {path.stem for path in (resource_folder("templates") / "layers").glob("*.txt")}
    assert set(LAYER_KINDS) <= templates
