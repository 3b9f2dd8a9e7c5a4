"""Every shape beside every other gives the reference's numbers, and executes what its cost is told from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scratchgen.codegen.carriers import Carrier, Vector
from scratchgen.codegen.costs import BLOCK
from scratchgen.codegen.counting import executed_by
from scratchgen.codegen.network_text import WINNER, fast_network_text, network_text
from scratchgen.codegen.placed import place_layers
from scratchgen.codegen.plan import Plan
from scratchgen.codegen.shapes import SHAPES
from scratchgen.codegen.steps import Step, steps_of
from scratchgen.engines.official import OfficialEngine
from scratchgen.evidence.bench_projects import (
    BENCH,
    BenchProject,
    bench_manifest,
    bench_project,
    empty,
    unoptimised,
)
from scratchgen.networks.intervals import Interval
from scratchgen.networks.layers import Dense, IntegerArray
from scratchgen.networks.network import IntegerNetwork
from scratchgen.networks.weights import TrainedNetwork
from scratchgen.scratch.linter import check_bytes
from scratchgen.scratch.program import Block, all_blocks
from scratchgen.scratch.reader import project_from_bytes
from scratchgen.scratch.writer import project_to_bytes
from scratchgen.simulator import Simulator
from tests.codegen.plans import plans, trained_networks


def questions(network: IntegerNetwork, count: int = 5) -> IntegerArray:
    low, high = np.array(network.domain.low), np.array(network.domain.high)
    drawn = np.random.default_rng(0).integers(low, high + 1, size=(count, len(low)))
    return np.concatenate([[low], [high], drawn])


def lengths_of(plan: Plan) -> Mapping[str, int]:
    vectors = [plan.inputs, *(step.target for step in plan.steps)]
    return {each.names[0]: each.size for each in vectors if each.carrier is Carrier.LIST}


def planned(data: st.DataObject, trained: TrainedNetwork) -> tuple[Plan, BenchProject]:
    manifest = bench_manifest(trained)
    plan = data.draw(plans(trained, manifest))
    return plan, unoptimised(fast_network_text(trained, manifest, plan), manifest)


@given(data=st.data(), trained=trained_networks())
@settings(max_examples=60)
def test_any_plan_computes_the_reference(data: st.DataObject, trained: TrainedNetwork) -> None:
    _, form = planned(data, trained)
    file = project_to_bytes(form.project)
    assert [finding for finding in check_bytes(file, where="it") if finding.severity == "error"] == []
    rows = questions(trained.network)
    answers = Simulator(project_from_bytes(file)).ask(bench_manifest(trained), rows.tolist())
    logits = trained.network.reference(rows)
    assert [list(answer.logits) for answer in answers] == logits.tolist()
    winners = trained.network.winners(logits)
    assert [answer.answer for answer in answers] == [trained.names[winner] for winner in winners]


@given(data=st.data(), trained=trained_networks())
@settings(max_examples=60)
def test_a_plan_knows_what_its_program_executes(data: st.DataObject, trained: TrainedNetwork) -> None:
    plan, form = planned(data, trained)
    lengths = lengths_of(plan)
    walked = Counter(executed_by(form.calls, form.sprite, lengths))
    winner = next(block for block in all_calls(form) if block.call == WINNER)
    walked.subtract(executed_by((winner,), form.sprite, lengths))
    known = {key: times for key, times in plan.executed.items() if key != BLOCK}
    assert {key: round(times, 6) for key, times in known.items() if times} == {
        key: round(times, 6) for key, times in walked.items() if round(times, 6)
    }


def all_calls(form: BenchProject) -> list[Block]:
    blocks = [block for script in form.sprite.scripts for block in all_blocks(script.blocks)]
    return [block for block in blocks if block.call is not None]


@pytest.mark.engine
@given(data=st.data(), trained=trained_networks())
@settings(max_examples=15)
def test_the_engine_executes_what_was_counted(
    official_engine: OfficialEngine, data: st.DataObject, trained: TrainedNetwork
) -> None:
    plan, form = planned(data, trained)
    rows = questions(trained.network)
    found = []
    for each in (form, empty(form)):
        official_engine.load(bench_project(each, bench_manifest(trained), rows))
        official_engine.count_blocks()
        official_engine.broadcast(BENCH)
        official_engine.run()
        found.append(Counter(official_engine.executed))
    found[0].subtract(found[1])
    least, most = (expected(form, plan, len(rows), chance) for chance in (0.0, 1.0))
    for opcode in most.keys() | found[0].keys():
        assert least[opcode] <= found[0][opcode] <= most[opcode], opcode


def expected(form: BenchProject, plan: Plan, times: int, chance: float) -> Counter[str]:
    """What the engine executes when no condition holds, or when all do."""
    found: Counter[str] = Counter()
    executed = executed_by(form.calls, form.sprite, lengths_of(plan), chance=chance)
    for key, count in executed.items():
        if ":" not in key:  # else it is no block, but what blocks cost besides
            found[key.partition("@")[0]] += round(count * times)
    # the empty project calls a custom block that does nothing
    found.subtract({"procedures_call": times, "procedures_definition": times})
    return found


def test_readable_text_needs_no_plan() -> None:
    trained = TrainedNetwork(
        names=("one", "two"),
        network=IntegerNetwork(
            domain=Interval(low=(0,), high=(9,)),
            layers=(Dense(weights=np.array([[1], [-1]]), biases=np.array([0, 9])),),
        ),
        logit_scale=1.0,
    )
    assert "define layer 1 adds up //! warp" in network_text(trained, bench_manifest(trained))


def steps_for(weights: list[list[int]], biases: list[int], high: int) -> dict[str, Step]:
    """Write a dense layer of logits in every shape, its inputs in variables."""
    network = IntegerNetwork(
        domain=Interval(low=(0,) * len(weights[0]), high=(high,) * len(weights[0])),
        layers=(Dense(weights=np.array(weights), biases=np.array(biases)),),
    )
    [layer] = place_layers(network, "logits")
    source = Vector.of(Carrier.VARIABLES, "x", len(weights[0]))
    found = steps_of(layer, source, len(weights), network.domain, last=True, most_blocks=10_000)
    return {step.shape: step for step in found}


def outputs(step: Step) -> list[str]:
    assert step.straight is not None
    return [each.text for each in step.straight.outputs]


def test_a_weight_of_0_is_left_out_and_1_needs_no_product() -> None:
    assert outputs(steps_for([[0, 1, -1, 5]], [0], 9)["literal"]) == ["(((x 2) + ((x 4) * (5))) - (x 3))"]


def test_equal_weights_multiply_once() -> None:
    text = "(((2) + ((((x 1) + (x 3)) - (x 2)) * (7))) + ((x 4) * (3)))"
    assert outputs(steps_for([[7, -7, 7, 3]], [2], 9)["shared"]) == [text]


def test_two_neurons_are_packed_only_where_the_bounds_leave_room() -> None:
    # the second sum lies between −4 and 3056, so 13 bits hold it and leave its half free
    pair = steps_for([[3, -2], [5, 7], [1, 1]], [1, -4, 0], 255)["packed"]
    assert outputs(pair) == [
        "(round ((sums 1 and 2) * (0.0001220703125)))",
        "(((sums 1 and 2) mod (8192)) + (-4))",
        "(sum 3)",
    ]
    text = pair.text("pick the winner", ends=True)
    assert (
        "layer 1 takes them apart "
        "(((8192) + ((x 1) * (24581))) + ((x 2) * (-16377))) ((x 1) + (x 2))\n" in text
    )
    assert "define layer 1 takes them apart (sums 1 and 2) (sum 3) //! warp\n" in text
    # 53 bits hold no two sums of 27 bits
    assert "packed" not in steps_for([[2**18, 2**18], [2**18, 2**18]], [0, 0], 255)


@given(
    weights=st.lists(st.lists(st.integers(-(2**20), 2**20), min_size=2, max_size=2), min_size=2, max_size=5),
    biases=st.lists(st.integers(-(2**22), 2**22), min_size=5, max_size=5),
)
def test_packed_sums_stay_within_their_bound_for_any_input(
    weights: list[list[int]], biases: list[int]
) -> None:
    low, high = (-3, 0), (5, 17)
    network = IntegerNetwork(
        domain=Interval(low=low, high=high),
        layers=(Dense(weights=np.array(weights), biases=np.array(biases[: len(weights)])),),
    )
    [layer] = place_layers(network, "logits")
    source = Vector.of(Carrier.VARIABLES, "x", 2)
    steps = steps_of(layer, source, len(weights), network.domain, last=True, most_blocks=10_000)
    for step in steps:
        if step.shape != "packed":
            continue
        assert step.straight is not None
        limit = max(step.straight.largest, *(each.largest for each in network.bounds()))
        for _, total in step.straight.sums:
            for corner in product(*zip(low, high, strict=True)):
                read = dict(zip(("x 1", "x 2"), corner, strict=True))
                assert abs(evaluated(total.text, read)) <= limit < 2**53


def evaluated(text: str, read: dict[str, int]) -> int:
    """Compute a sum of products as Python does, without a limit."""
    for name, value in read.items():
        text = text.replace(f"({name})", f"({value})")
    result: int = eval(text)
    return result


def test_every_kind_of_shape_is_tried() -> None:
    assert {shape.kind for shape in SHAPES} == {"dense", "relu", "table"}
    assert set(steps_for([[3, -2], [5, 7]], [1, -4], 255)) == {"inner", "literal", "shared", "packed", "flat"}
