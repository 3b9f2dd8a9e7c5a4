"""Says what a plan picked and why: each layer's shape, what it costs, and what the other shapes would.

Times are predictions of the cost model, on the machine on which its table was measured.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scratchgen.codegen.costs import cost_table
from scratchgen.codegen.plan import Budget, Plan
from scratchgen.codegen.steps import Step

__all__ = ["CostRow", "cost_rows"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CostRow:
    """A layer of a plan: its shape, how its values travel, its size and its predicted microseconds.

    ``instead`` says of every other shape why it was not taken.
    """

    layer: str
    shape: str
    travels: str
    blocks: int
    bytes: int
    scratch_microseconds: float
    turbowarp_microseconds: float
    instead: tuple[str, ...]


def cost_rows(plan: Plan, budget: Budget | None = None) -> list[CostRow]:
    """Return a row for each layer; with the ``budget`` that it was made with, also why other shapes lost."""
    return [
        CostRow(
            layer=f"{step.layer.title}, {step.layer.network_layer.kind}",
            shape=step.title,
            travels=f"{step.source.carrier} → {step.target.carrier}",
            blocks=step.blocks,
            bytes=step.bytes,
            scratch_microseconds=_microseconds(step, "scratch"),
            turbowarp_microseconds=_microseconds(step, "turbowarp"),
            instead=tuple(_lost(plan, at, budget)) if budget else (),
        )
        for at, step in enumerate(plan.steps)
    ]


def _microseconds(step: Step, engine: str) -> float:
    return cost_table(engine).time(step.executed) / 1000


def _lost(plan: Plan, at: int, budget: Budget) -> Iterator[str]:
    """Yield for each other shape of a layer, in its best form, what it would take and why it lost."""
    step, best = plan.steps[at], dict[str, Step]()
    for rival in plan.considered[at]:
        known = best.get(rival.title)
        if rival.title != step.title and (known is None or _time(rival) < _time(known)):
            best[rival.title] = rival
    for rival in sorted(best.values(), key=_time):
        reason = _reason(rival, step, plan, budget)
        yield f"{rival.title}: {_microseconds(rival, plan.engine):.1f} µs, {reason}"


def _time(step: Step) -> float:
    return cost_table("scratch").time(step.executed)


def _reason(rival: Step, step: Step, plan: Plan, budget: Budget) -> str:
    rest_blocks = sum(each.blocks for each in plan.steps if each is not step)
    rest_bytes = sum(each.bytes for each in plan.steps if each is not step)
    if rest_blocks + rival.blocks > budget.blocks or rest_bytes + rival.bytes > budget.bytes:
        return f"{rival.blocks:,} blocks and {rival.bytes:,} bytes are over the budget"
    if _time(rival) < _time(step):
        return "saves too little for what it hides" if rival.handicap > 1 else "slower with its neighbours"
    return "no faster"
