"""The benchmark measures programs that answer rightly, and says what stands in them."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from scratchgen.cli import run_command_line
from scratchgen.codegen.costs import BLOCK, CostTable, cost_table
from scratchgen.errors import EngineError, NetworkError
from scratchgen.evidence import network_bench
from scratchgen.evidence.bench_growth import measure_compilation
from scratchgen.evidence.bench_plot import growth_plot
from scratchgen.evidence.bench_projects import (
    BENCH,
    bench_manifest,
    bench_project,
    empty,
    hobbyist,
    naive,
    network,
    table,
)
from scratchgen.evidence.cost_bench import Measured, errors, fitted, table_text, winners_right
from scratchgen.evidence.network_bench import measure_network, random_network
from scratchgen.networks.layers import TableLookup
from scratchgen.networks.weights import read_weights
from scratchgen.resources import resource_folder
from scratchgen.scratch.reader import project_from_bytes
from scratchgen.scratch.writer import project_to_bytes
from scratchgen.simulator import Simulator
from tests.evidence.small_networks import NETWORKS

TRAINED = random_network((3, 4, 5))
MANIFEST = bench_manifest(TRAINED)
ROWS = np.array([[0, 0, 0], [255, 255, 255], [1, 2, 3], [200, 30, 99]])


@pytest.fixture
def short_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_bench, "SECONDS_A_TURN", 0.002)
    monkeypatch.setattr(network_bench, "SECONDS_OF_WARMING_UP", 0.002)
    monkeypatch.setattr(network_bench, "TURNS", 1)


@pytest.mark.parametrize("form", [hobbyist, naive])
def test_the_baselines_are_the_same_network(form: object) -> None:
    project = form(TRAINED, MANIFEST).project  # type: ignore[operator]
    simulator = Simulator(project_from_bytes(project_to_bytes(project)))
    answers = simulator.ask(MANIFEST, ROWS.tolist())
    logits = TRAINED.network.reference(ROWS)
    assert [list(answer.logits) for answer in answers] == logits.tolist()
    winners = TRAINED.network.winners(logits)
    assert [answer.answer for answer in answers] == [TRAINED.names[winner] for winner in winners]


def test_the_table_names_the_middle_of_its_cells() -> None:
    rows = np.array([[8, 24, 248], [136, 8, 8]])
    project = table(TRAINED, MANIFEST).project
    answers = Simulator(project).ask(MANIFEST, rows.tolist())
    winners = TRAINED.network.winners(TRAINED.network.reference(rows))
    assert [answer.answer for answer in answers] == [TRAINED.names[winner] for winner in winners]


def test_a_baseline_of_other_layers_is_refused() -> None:
    assert any(isinstance(layer, TableLookup) for layer in NETWORKS["curve"].network.layers)
    with pytest.raises(NetworkError, match="do not know layers of the kind 'table'"):
        hobbyist(NETWORKS["curve"], bench_manifest(NETWORKS["curve"]))


def test_the_empty_project_asks_and_calls_nothing() -> None:
    form = network(TRAINED, MANIFEST, None)
    simulator = Simulator(project_from_bytes(bench_project(empty(form), MANIFEST, ROWS)))
    simulator.broadcast(BENCH)
    assert simulator.run()
    assert simulator.list_items("logits") == []
    assert simulator.variable("input 1") == 200


@pytest.mark.engine
def test_every_form_is_measured_on_every_engine(engines_installed: Path, short_turns: None) -> None:
    measured = measure_network(TRAINED)
    assert [each.form for each in measured] == ["hobbyist", "readable", "fast", "naive", "table look-up"]
    for each in measured:
        assert set(each.seconds) == {"scratch", "turbowarp", "simulator"}
        assert (each.weights, each.neurons, each.sizes[0]) == (32, 9, 3)
        assert each.bytes > 1_000
    by_form = {each.form: each for each in measured}
    assert by_form["fast"].executed < by_form["naive"].executed < by_form["hobbyist"].executed
    assert by_form["fast"].housekeeping <= 3 * 9
    assert b"<svg" in growth_plot(measured)


@pytest.mark.engine
def test_the_shipped_network_keeps_house_with_three_blocks_a_neuron(
    engines_installed: Path, short_turns: None
) -> None:
    shipped = read_weights(resource_folder("trained_weights") / "colours.json")
    [fast] = [each for each in measure_network(shipped, engines=[]) if each.form == "fast"]
    assert fast.neurons == 19
    assert fast.housekeeping <= 3 * 19


@pytest.mark.engine
def test_a_form_that_answers_wrongly_is_no_result(
    engines_installed: Path, short_turns: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = random_network((3, 4, 5), seed=5)
    monkeypatch.setattr(network_bench, "hobbyist", lambda trained, manifest: hobbyist(other, manifest))
    with pytest.raises(EngineError, match="the form 'hobbyist' answers wrongly"):
        measure_network(TRAINED, engines=["simulator"])


@pytest.mark.engine
def test_the_command_prints_tables_or_json(
    engines_installed: Path, short_turns: None, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    plot = tmp_path / "ä b.svg"
    assert run_command_line(["bench", "--quick", "--engine", "scratch", "--plot", str(plot)]) == 0
    said = capsys.readouterr().out
    assert "the official engine, an empty call subtracted" in said
    assert "table look-up" in said
    assert plot.read_bytes().startswith(b"<?xml")
    assert run_command_line(["bench", "--quick", "--engine", "scratch", "--json"]) == 0
    content = json.loads(capsys.readouterr().out)
    assert content["networks"][0]["form"] == "hobbyist"


def test_large_networks_compile() -> None:
    found = measure_compilation((40, 30, 10))
    assert found.file < 50_000
    assert found.seconds > 0


# -- the fit of the cost model


def made_up(costs: dict[str, float]) -> list[Measured]:
    """Programs that take exactly what a table says."""
    draw = np.random.default_rng(3)
    table = CostTable(engine="scratch", nanoseconds=costs)
    found = []
    for number in range(40):
        executed = {key: float(draw.integers(1, 500)) for key in costs if "block" not in key}
        executed[BLOCK] = float(draw.integers(100, 9000))
        time = table.time(executed)
        found.append(Measured(sizes=(number // 4,), shape=str(number), executed=executed, nanoseconds=time))
    return found


COSTS = {"operator_add": 20.0, "data_variable": 35.0, "control_if": 60.0, "block": 4.0, "block_crowded": 9.0}


def test_a_fit_finds_the_costs_that_were_measured() -> None:
    measured = made_up(COSTS)
    old = CostTable(engine="scratch", nanoseconds={"operator_add": 18.0, "data_variable": 40.0})
    fit = fitted(measured, old)
    assert fit.keys() == COSTS.keys()
    table = CostTable(engine="scratch", nanoseconds=fit)
    # the pull towards the old table keeps the fit from being exact
    assert all(abs(ratio - 1) < 0.1 for ratio in errors(measured, table))
    right, pairs = winners_right(measured, table)
    assert right >= 0.9 * pairs > 0


def test_the_table_in_use_is_one_that_the_command_writes() -> None:
    for engine in ("scratch", "turbowarp"):
        costs = cost_table(engine).nanoseconds
        assert costs["operator_add"] > 0
        text = table_text({engine: costs})
        assert f"[{engine}]" in text
    assert Counter(cost_table("scratch").nanoseconds)["data_variable@stage"] > 0
