"""What a report says is computed from network and data, and where it cannot be, a sentence says so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from scratchgen.colours.survey import survey_colours
from scratchgen.colours.table import LabelledColour
from scratchgen.colours.training_colours import TrainingColours, colours_of_table
from scratchgen.errors import WeightsError
from scratchgen.evidence.report.findings import (
    ColourMap,
    layer_rows,
    map_colours,
    score_kept_aside,
    training_facts,
)
from scratchgen.networks.weights import read_weights
from scratchgen.resources import resource_folder
from scratchgen.training.float_network import FloatNetwork
from scratchgen.training.integers import agreement, colour_grid
from scratchgen.training.train import figures_of, float_network_of
from tests.evidence.small_networks import NETWORKS, dense, trained

SHIPPED = read_weights(resource_folder("trained_weights") / "colours.json")


def with_record(**changed: object) -> Any:
    return replace(SHIPPED, training={**SHIPPED.training, **changed})


def test_the_map_counts_what_training_counts() -> None:
    found = map_colours(SHIPPED)
    assert isinstance(found, ColourMap)
    network = float_network_of(SHIPPED)
    assert found.agreement == pytest.approx(agreement(network, SHIPPED.network, colour_grid(64)), abs=1e-12)
    assert found.points == 64**3
    assert [share.name for share in found.shares] == list(SHIPPED.names)
    for shares in zip(*((share.float_share, share.integer_share) for share in found.shares), strict=True):
        assert sum(shares) == pytest.approx(1)
    assert [swap.count for swap in found.swaps] == sorted((swap.count for swap in found.swaps), reverse=True)
    assert all(swap.float_name != swap.integer_name for swap in found.swaps)


def test_a_slice_holds_the_names_of_its_colours() -> None:
    found = map_colours(SHIPPED)
    assert isinstance(found, ColourMap)
    network = float_network_of(SHIPPED)
    assert [part.blue for part in found.slices] == [0, 51, 102, 153, 204, 255]
    for part in found.slices:
        assert part.floats.shape == part.integers.shape == (86, 86)
        for green, red in ((0, 0), (0, 85), (85, 0), (40, 60), (85, 85)):
            colour = np.array([[3 * red, 3 * green, part.blue]])
            assert part.integers[green, red] == SHIPPED.network.reference(colour).argmax()
            assert part.floats[green, red] == network.logits(colour).argmax()


def test_a_network_of_other_numbers_differs_where_they_do() -> None:
    """The float network is made to prefer one name everywhere; then every other name is a difference."""
    content = float_network_of(SHIPPED).to_json()
    content["layers"][-1]["biases"][4] = 1e6
    found = map_colours(with_record(float_network=content))
    assert isinstance(found, ColourMap)
    assert {swap.float_name for swap in found.swaps} == {"orange"}
    assert found.shares[4].float_share == 1
    assert found.agreement == pytest.approx(found.shares[4].integer_share)
    for part in found.slices:
        assert part.differing == (part.integers != 4).sum()


def test_where_there_is_nothing_to_compare_a_sentence_says_so() -> None:
    assert "keeps no float network" in str(map_colours(replace(SHIPPED, training={})))
    other = replace(trained(dense(2, 3, 3), names=["a", "b"], high=20), training=SHIPPED.training)
    assert "takes other inputs" in str(map_colours(other))


def test_a_float_network_of_another_shape_is_refused() -> None:
    other = FloatNetwork.create((3, 8, 10), "relu", np.random.default_rng(1)).to_json()
    with pytest.raises(WeightsError, match="other inputs or names"):
        map_colours(with_record(float_network=other))
    with pytest.raises(WeightsError, match="damaged"):
        map_colours(with_record(float_network=None))


def test_the_score_is_the_accuracy_that_training_reports() -> None:
    data = survey_colours()
    outcome, figures = score_kept_aside(SHIPPED, data), figures_of(SHIPPED, data)
    assert not isinstance(outcome, str)
    assert outcome.rows == figures.validation_rows
    assert outcome.accuracy == figures.integer_accuracy


def test_of_names_with_equal_votes_each_is_right() -> None:
    rows = [
        LabelledColour(channels=(v, v, v), label="ab"[v % 2], weight=1.0, others={}) for v in range(0, 200, 9)
    ]
    data = colours_of_table(rows)
    shared = replace(data, votes=np.full_like(data.votes, 0.5))
    network = trained(dense(2, 3, 3), names=["a", "b"])

    def scored(colours: TrainingColours) -> Any:
        record = {"data_sha256": colours.digest(), "options": {"seed": 1}}
        return score_kept_aside(replace(network, training=record), colours)

    assert scored(shared).accuracy == 1
    given = network.network.winners(network.network.reference(data.colours))
    strict = scored(data)
    assert strict.accuracy < 1
    assert strict.rows < len(rows)
    assert set(given.tolist()) <= {0, 1}


def test_other_data_are_not_asked_about() -> None:
    assert "trained on other data" in str(score_kept_aside(NETWORKS["relu"], survey_colours()))


@pytest.mark.parametrize("network", [*NETWORKS.values(), SHIPPED])
def test_each_layer_has_its_proven_bounds(network: Any) -> None:
    rows = layer_rows(network)
    assert [row.number for row in rows] == list(range(1, len(network.network.layers) + 1))
    for row, bounds in zip(rows, network.network.bounds(), strict=True):
        assert (row.low, row.high) == (min(bounds.output.low), max(bounds.output.high))
        assert (row.largest, row.margin_bits) == (bounds.largest, bounds.margin_bits)
        assert row.outputs == len(bounds.output)
    assert [row.inputs for row in rows] == list(network.network.sizes[:-1])


def test_facts_are_those_of_the_record() -> None:
    facts = dict(training_facts(SHIPPED))
    assert facts["hidden neurons"] == "8"
    assert facts["rows"] == "1,023"
    assert facts["SHA-256 of the data"] == survey_colours().digest()
    assert training_facts(replace(SHIPPED, training={})) == []
    odd = {"source": ["a", 5], "options": {"hidden": [], "seed": None, "bits": True}, "epochs": {"x": 1}}
    assert training_facts(replace(SHIPPED, training=odd)) == [
        ("data", "a, 5"),
        ("hidden neurons", "none"),
        ("bits a weight", "True"),
        ("epochs learnt", "{'x': 1}"),
    ]
