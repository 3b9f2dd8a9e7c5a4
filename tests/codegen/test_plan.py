"""The plan: the fastest within the budget, told in numbers, and refused where nothing fits."""

from __future__ import annotations

from itertools import pairwise, product

import pytest

from scratchgen.codegen.costs import cost_table
from scratchgen.codegen.explain import cost_rows
from scratchgen.codegen.plan import Budget, Plan, make_plan, readable_plan
from scratchgen.errors import ProgramError
from scratchgen.evidence.bench_projects import bench_manifest
from scratchgen.evidence.network_bench import random_network

TRAINED = random_network((3, 4, 5))
MANIFEST = bench_manifest(TRAINED)
LARGE = Budget(blocks=10**6, bytes=10**9)


def time_of(plan: Plan) -> float:
    """What the plan is chosen by: predicted time, with what shapes that hide something must save."""
    table = cost_table("scratch")
    plain = table.time(plan.executed)
    return plain + sum((step.handicap - 1) * table.time(step.executed) for step in plan.steps)


def all_times(budget: Budget) -> list[float]:
    """The times of every chain of steps that fits, tried one by one."""
    considered = make_plan(TRAINED.network, MANIFEST, LARGE).considered
    found = []
    for steps in product(*considered):
        joined = all(one.target == other.source for one, other in pairwise(steps))
        small = sum(step.blocks for step in steps) <= budget.blocks
        if joined and small and sum(step.bytes for step in steps) <= budget.bytes:
            plan = Plan(engine="scratch", inputs=steps[0].source, steps=steps, considered=())
            found.append(time_of(plan))
    return found


@pytest.mark.parametrize("blocks", [60, 75, 90, 120, 150, 10_000])
def test_no_chain_of_steps_is_faster(blocks: int) -> None:
    budget = Budget(blocks=blocks)
    plan = make_plan(TRAINED.network, MANIFEST, budget)
    assert sum(step.blocks for step in plan.steps) <= blocks
    assert time_of(plan) == pytest.approx(min(all_times(budget)), rel=1e-9)


def test_what_does_not_fit_is_refused_with_figures() -> None:
    with pytest.raises(ProgramError, match=r"at least, more than the 5 blocks and 900,000 bytes"):
        make_plan(TRAINED.network, MANIFEST, Budget(blocks=5))
    with pytest.raises(ProgramError, match="a layer has no such shape"):
        make_plan(TRAINED.network, MANIFEST, LARGE, shape="square")


def test_a_large_network_is_planned_without_writing_what_cannot_fit() -> None:
    trained = random_network((400, 200, 10))
    plan = make_plan(trained.network, bench_manifest(trained), Budget())
    assert sum(step.blocks for step in plan.steps) <= Budget().blocks
    assert plan.steps[0].shape in ("loops", "inner")


def test_the_explanation_names_every_other_shape_and_why_it_lost() -> None:
    rows = cost_rows(make_plan(TRAINED.network, MANIFEST, Budget(blocks=90)), Budget(blocks=90))
    assert [row.layer for row in rows] == ["layer 1, dense", "layer 1, relu", "layer 2, dense"]
    for row in rows:
        assert row.scratch_microseconds > 0
        assert not any(reason.startswith(f"{row.shape}:") for reason in row.instead)
    reasons = [reason for row in rows for reason in row.instead]
    assert any("over the budget" in reason for reason in reasons)
    assert any(reason.endswith("no faster") for reason in reasons)
    assert any(reason.startswith("loops over lists: ") for reason in rows[2].instead)


def test_the_readable_plan_is_loops_all_through() -> None:
    plan = readable_plan(TRAINED.network, MANIFEST)
    assert {step.shape for step in plan.steps} == {"loops"}
    assert [row.instead for row in cost_rows(plan)] == [(), (), ()]
