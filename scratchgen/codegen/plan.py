"""The plan of a network in the fast style: for each layer the shape that makes the whole fastest.

Shapes and carriers are chosen together, since a layer's outputs must be where the next layer reads them. From
layer to layer only those beginnings are kept than which no other is better in time, blocks and bytes alike
(R. Bellman's dynamic programming, 1957, with V. Pareto's order), so the best that fits the budget is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scratchgen.codegen.carriers import MOST_ARGUMENTS, Carrier, Vector
from scratchgen.codegen.costs import BLOCK, CostTable, cost_table
from scratchgen.codegen.placed import INPUTS, PlacedLayer, place_layers
from scratchgen.codegen.steps import Step, looped, steps_of
from scratchgen.errors import ProgramError
from scratchgen.networks.layers import Dense
from scratchgen.networks.network import IntegerNetwork
from scratchgen.scratch.manifest import Manifest

__all__ = ["Budget", "Plan", "entrances", "make_plan", "readable_plan"]

MOST_KEPT = 64
"""Beginnings that are kept for each carrier; more would differ by a block or two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """The most that the network's sprite may take: blocks, and bytes of project.json.

    The defaults keep a project that opens within some seconds on a school laptop.
    """

    blocks: int = 10_000
    bytes: int = 900_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The steps in order, by layer; ``inputs`` says how the first one is given the question.

    ``considered`` holds, by the number of the layer, every step that could have been taken.
    """

    engine: str
    inputs: Vector
    steps: tuple[Step, ...]
    considered: tuple[tuple[Step, ...], ...]

    @property
    def executed(self) -> Mapping[str, float]:
        """How often each block is executed in a pass."""
        found: dict[str, float] = {}
        for part in (_entrance(self.inputs), *(step.executed for step in self.steps)):
            for key, times in part.items():
                found[key] = found.get(key, 0.0) + times
        return found | {BLOCK: float(sum(step.blocks for step in self.steps))}

    @property
    def largest(self) -> int:
        """What no number passes in shapes that go beyond the bounds of their layers; 0 where none does."""
        return max(step.straight.largest if step.straight else 0 for step in self.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Beginning:
    """The first steps of a plan; ``time`` with handicaps, since it is used to choose."""

    inputs: Vector
    steps: tuple[Step, ...]
    time: float
    blocks: int
    bytes: int

    @property
    def end(self) -> Vector:
        return self.steps[-1].target if self.steps else self.inputs

    def with_step(self, step: Step, table: CostTable) -> _Beginning:
        return _Beginning(
            inputs=self.inputs,
            steps=(*self.steps, step),
            time=self.time + table.time(step.executed) * step.handicap,
            blocks=self.blocks + step.blocks,
            bytes=self.bytes + step.bytes,
        )

    def is_no_better_than(self, other: _Beginning) -> bool:
        return self.time >= other.time and self.blocks >= other.blocks and self.bytes >= other.bytes


def make_plan(
    network: IntegerNetwork,
    manifest: Manifest,
    budget: Budget,
    *,
    engine: str = "scratch",
    shape: str = "",
) -> Plan:
    """Return the fastest plan within the budget; ProgramError when nothing fits.

    With ``shape``, dense layers have that shape alone: what is measured is not what was picked.
    """
    table = cost_table(engine)
    layers = place_layers(network, manifest.logits, manifest.language)
    last = max(at for at, layer in enumerate(layers) if not layer.network_layer.elementwise)
    intervals = [network.domain, *(bounds.output for bounds in network.bounds())]
    written: dict[tuple[int, Vector], tuple[Step, ...]] = {}
    beginnings = [
        _Beginning(inputs=inputs, steps=(), time=table.time(_entrance(inputs)), blocks=0, bytes=0)
        for inputs in entrances(manifest)
    ]
    for at, layer in enumerate(layers):
        found: list[_Beginning] = []
        for beginning in beginnings:
            source = beginning.end
            if (at, source) not in written:
                steps = steps_of(
                    layer,
                    source,
                    network.sizes[at + 1],
                    intervals[at],
                    last=at >= last,
                    most_blocks=budget.blocks,
                )
                written[at, source] = tuple(each for each in steps if _is_wanted(each, shape))
            found += [beginning.with_step(step, table) for step in written[at, source]]
        beginnings = _kept(found, budget)
        if not beginnings:
            _refuse(layers, found, budget)
    best = min(beginnings, key=lambda each: each.time + table.crowding(each.blocks))
    considered = tuple(
        tuple(step for (place, _), steps in written.items() if place == at for step in steps)
        for at in range(len(layers))
    )
    return Plan(engine=engine, inputs=best.inputs, steps=best.steps, considered=considered)


def _is_wanted(step: Step, shape: str) -> bool:
    return not shape or step.layer.network_layer.kind != Dense.kind or step.shape == shape


def readable_plan(network: IntegerNetwork, manifest: Manifest) -> Plan:
    """Return the plan of the readable style: every layer as loops over lists."""
    layers = place_layers(network, manifest.logits, manifest.language)
    last = max(at for at, layer in enumerate(layers) if not layer.network_layer.elementwise)
    inputs = source = Vector.of(Carrier.LIST, INPUTS, network.sizes[0])
    steps = []
    for at, layer in enumerate(layers):
        steps.append(looped(layer, source, network.sizes[at + 1], on_stage=at >= last))
        source = steps[-1].target
    return Plan(engine="scratch", inputs=inputs, steps=tuple(steps), considered=())


def entrances(manifest: Manifest) -> Iterable[Vector]:
    """Yield how the first layer may be given the question: the stage's variables, a list, arguments."""
    names = tuple(entry.variable for entry in manifest.inputs)
    yield Vector(carrier=Carrier.VARIABLES, names=names, size=len(names), on_stage=True)
    yield Vector.of(Carrier.LIST, INPUTS, len(names))
    if len(names) <= MOST_ARGUMENTS:
        yield Vector.of(Carrier.ARGUMENTS, "input", len(names))


def _entrance(inputs: Vector) -> Mapping[str, float]:
    """Return what it executes to bring the question to where the first layer reads it."""
    size = float(inputs.size)
    match inputs.carrier:
        case Carrier.VARIABLES:
            return {}
        case Carrier.LIST:
            once = ("procedures_call", "procedures_definition", "data_deletealloflist")
            return dict.fromkeys(once, 1.0) | {"data_addtolist": size, "data_variable@stage": size}
        case Carrier.ARGUMENTS:
            return {"data_variable@stage": size}


def _kept(found: Sequence[_Beginning], budget: Budget) -> list[_Beginning]:
    """Return the beginnings within the budget that are not beaten in everything, by where they end."""
    fitting = [each for each in found if each.blocks <= budget.blocks and each.bytes <= budget.bytes]
    by_end: dict[Vector, list[_Beginning]] = {}
    for each in sorted(fitting, key=lambda each: (each.time, each.blocks, each.bytes)):
        rivals = by_end.setdefault(each.end, [])
        if len(rivals) < MOST_KEPT and not any(each.is_no_better_than(rival) for rival in rivals):
            rivals.append(each)
    return [each for rivals in by_end.values() for each in rivals]


def _refuse(layers: Sequence[PlacedLayer], found: Sequence[_Beginning], budget: Budget) -> None:
    if not found:
        raise ProgramError("a layer has no such shape", where=f"{len(layers)} layers")
    blocks, size = min(each.blocks for each in found), min(each.bytes for each in found)
    raise ProgramError(
        f"the network takes {blocks:,} blocks and {size:,} bytes at least, more than the "
        f"{budget.blocks:,} blocks and {budget.bytes:,} bytes of the budget",
        where=f"{len(layers)} layers",
        todo="raise --budget-blocks and --budget-bytes, or train a smaller network",
    )
