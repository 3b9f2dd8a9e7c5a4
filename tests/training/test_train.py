"""Training: the same for a seed, stopped early, and the shipped network's figures reproduced."""

from dataclasses import asdict, replace

import numpy as np
import pytest

from scratchgen.colours.survey import survey_colours
from scratchgen.colours.table import LabelledColour
from scratchgen.colours.training_colours import TrainingColours, colours_of_table
from scratchgen.errors import InputError, WeightsError
from scratchgen.networks.network import IntegerNetwork
from scratchgen.networks.weights import read_weights, to_text
from scratchgen.resources import resource_folder
from scratchgen.training.fit import Epoch, fit, kept_epoch
from scratchgen.training.history import course_of
from scratchgen.training.integers import colour_grid
from scratchgen.training.loss import accuracy, soft_cross_entropy
from scratchgen.training.options import TrainingOptions
from scratchgen.training.train import figures_of, float_network_of, train_colours

SHIPPED = resource_folder("trained_weights") / "colours.json"
QUICK = TrainingOptions(hidden=(4,), epochs=4, restarts=2)


def halves() -> TrainingColours:
    rows = [
        LabelledColour(
            channels=(value, 255 - value, 9), label="low" if value < 128 else "high", weight=1, others={}
        )
        for value in range(0, 256, 5)
    ]
    return colours_of_table(rows)


def test_the_same_seed_gives_the_same_network_and_another_one_another() -> None:
    one, again = (train_colours(halves(), QUICK, source="halves") for _ in range(2))
    other = train_colours(halves(), replace(QUICK, seed=2), source="halves")
    assert one.trained == again.trained
    assert one.course == again.course == course_of(one.trained)
    assert one.trained.network != other.trained.network


@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid"])
@pytest.mark.parametrize("hidden", [(), (3,), (4, 3)])
def test_any_list_of_hidden_layers_learns(activation: str, hidden: tuple[int, ...]) -> None:
    options = replace(QUICK, activation=activation, hidden=hidden, epochs=8)
    result = train_colours(halves(), options, source="halves")
    assert result.figures.integer_accuracy >= 0.8
    assert result.trained.names == ("low", "high")


def test_progress_counts_every_epoch_to_the_end() -> None:
    seen: list[tuple[int, int]] = []

    def progress(done: int, total: int, epoch: Epoch) -> None:
        seen.append((done, total))
        assert epoch.loss > 0

    train_colours(halves(), QUICK, source="halves", progress=progress)
    assert [done for done, _ in seen] == list(range(1, len(seen) + 1))
    assert len(seen) <= seen[-1][1]


def test_the_network_with_the_least_validation_loss_is_kept() -> None:
    data = halves()
    network, course = fit(data, data, replace(QUICK, epochs=12))
    kept = soft_cross_entropy(network.logits(data.colours), data.votes)[0]
    assert kept == min(epoch.validation_loss for epoch in course)
    assert kept == course[kept_epoch(course) - 1].validation_loss


def test_the_shipped_weights_reproduce_every_figure() -> None:
    trained = read_weights(SHIPPED)
    stored = trained.training["figures"]
    figures = asdict(figures_of(trained, survey_colours()))
    assert figures["validation_rows"] == stored["validation_rows"]
    assert figures["integer_accuracy"] == stored["integer_accuracy"]
    # the float network may call a colour on a border otherwise on a machine with other matrix products
    assert figures["float_accuracy"] == pytest.approx(stored["float_accuracy"], abs=0.01)
    assert figures["agreement"] == pytest.approx(stored["agreement"], abs=0.0005)
    assert stored["agreement"] >= 0.995
    assert float_network_of(trained).sizes == (3, 8, 11)


def test_the_shipped_file_is_what_it_would_be_written_as() -> None:
    trained = read_weights(SHIPPED)
    assert to_text(trained) == SHIPPED.read_text(encoding="utf-8")  # its bounds and its hash as well
    data = survey_colours()
    assert trained.names == data.names
    assert trained.training["data_rows"] == len(data)
    options = TrainingOptions()
    assert trained.training["options"] == asdict(options) | {"hidden": list(options.hidden)}


@pytest.mark.parametrize(
    "content",
    [
        None,
        {},
        {"activation": "relu", "layers": []},
        {"activation": "step", "layers": [{"weights": [[1.0]], "biases": [0.0]}]},
        {"activation": "relu", "layers": [None]},
        {"activation": "relu", "layers": [{"weights": [[1.0], [2.0, 3.0]], "biases": [0.0, 0.0]}]},
        {"activation": "relu", "layers": [{"weights": [["x"]], "biases": [0.0]}]},
        {"activation": "relu", "layers": [{"weights": [[1.0]], "biases": [0.0, 0.0]}]},
        {"activation": "relu", "layers": [{"weights": [[float("nan")]], "biases": [0.0]}]},
        {"activation": "relu", "layers": [{"weights": [[1.0]], "biases": [float("inf")]}]},
        {
            "activation": "relu",
            "layers": [{"weights": [[1.0]], "biases": [0.0]}, {"weights": [[1.0, 2.0]], "biases": [0.0]}],
        },
    ],
)
def test_damaged_float_networks_are_refused(content: object) -> None:
    shipped = read_weights(SHIPPED)
    with pytest.raises(WeightsError, match="damaged"):
        float_network_of(replace(shipped, training={"float_network": content}))


def test_figures_of_other_data_are_refused() -> None:
    with pytest.raises(WeightsError, match="other data"):
        figures_of(read_weights(SHIPPED), halves())


def test_a_short_retraining_comes_within_half_a_point() -> None:
    data = survey_colours()
    shipped = read_weights(SHIPPED)
    result = train_colours(data, TrainingOptions(epochs=30, restarts=2), source="the survey")
    again = result.trained.network
    # over all the survey's names: of those kept aside, one alone is more than half a point
    assert names_accuracy(again, data) >= names_accuracy(shipped.network, data) - 0.005
    colours = colour_grid(16)
    same = shipped.network.winners(shipped.network.reference(colours)) == again.winners(
        again.reference(colours)
    )
    assert same.mean() > 0.85


def names_accuracy(network: IntegerNetwork, data: TrainingColours) -> float:
    names = data.rows(data.may_be_held_out)
    return accuracy(network.reference(names.colours).astype(np.float64), names.votes)


@pytest.mark.parametrize(
    "change",
    [
        {"bits": 3},
        {"bits": 9},
        {"hidden": (0,)},
        {"hidden": (1001,)},
        {"hidden": (1,) * 9},
        {"activation": "step"},
        {"seed": -1},
        {"epochs": 0},
        {"restarts": 0},
    ],
)
def test_options_out_of_range_are_refused(change: dict[str, object]) -> None:
    with pytest.raises(InputError, match="--"):
        replace(TrainingOptions(), **change)  # type: ignore[arg-type]
