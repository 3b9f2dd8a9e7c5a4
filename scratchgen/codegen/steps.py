"""Steps: a layer in one of its shapes, between two carriers, with what it costs.

A step is what the plan chooses among. Straight shapes know their cost when their expressions are written;
loops are parsed and walked through.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from scratchgen.codegen.carriers import MOST_ARGUMENTS, Carrier, Vector, hand_on, handing_on
from scratchgen.codegen.costs import tiers, written_bytes
from scratchgen.codegen.counting import count_blocks, executed_by, is_own_work
from scratchgen.codegen.expressions import (
    Executed,
    Expression,
    added,
    call,
    item,
    literal,
    operation,
    variable,
)
from scratchgen.codegen.placed import INPUTS, PlacedLayer
from scratchgen.codegen.shapes import SHAPES, Shape, Straight
from scratchgen.codegen.templates import render
from scratchgen.networks.intervals import Interval
from scratchgen.networks.layers import Dense
from scratchgen.scratch.notation import escape_text
from scratchgen.scratch.parser import parse_project
from scratchgen.scratch.program import Block, Shadow

__all__ = ["LOOP_VARIABLES", "Step", "looped", "steps_of"]

LOOP_VARIABLES = ("neuron", "input", "weight number", "sum", "place")
"""What the loops of layers count and add up with."""
HANDICAPS: Mapping[str, float] = {"packed": 1.1, "shared": 1.1}
"""Shapes that hide what a layer does must be so much faster than plain ones before they are taken: by more
than the model is usually wrong about two shapes of one layer, so that what is harder to read is quicker."""
BLOCK_NAMES: Mapping[str, str] = {
    "dense": "adds up",
    "relu": "keeps what is positive",
    "table": "bends its sums",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A layer in a shape: where its inputs are, where its outputs go, and what it costs.

    ``lists`` are the lists that it needs, ``variables`` the variables. ``executed`` counts each block once a
    pass, its own call included; ``bytes`` is an estimate.
    """

    layer: PlacedLayer
    shape: str
    title: str
    template: str
    source: Vector
    target: Vector
    executed: Mapping[str, float]
    blocks: int
    bytes: int
    lists: Mapping[str, list[int]] = field(default_factory=dict)
    variables: tuple[str, ...] = ()
    straight: Straight | None = None
    sum: Expression | None = None
    """The sum of one neuron, where a loop goes over the neurons."""

    @property
    def handicap(self) -> float:
        """What its time counts more when shapes are compared."""
        return HANDICAPS.get(self.shape, 1.0)

    @property
    def block(self) -> str:
        """The custom block, without its parameters."""
        return f"{self.layer.title} {BLOCK_NAMES.get(self.layer.network_layer.kind, 'works')}"

    def text(self, following: str, *, ends: bool = False) -> str:
        """Return the step's custom block; ``following`` is the one that takes its outputs.

        A straight step that ``ends`` the network calls it at once, since the logits go into a list.
        """
        lines: list[str] = []
        if self.straight is not None:
            lines = hand_on(self.straight.outputs, self.target, following)
            lines += [following] if ends else []
        return render(
            self.template, language=self.layer.language, layer=self.layer, step=_Written(self, lines)
        )


@dataclass(frozen=True, slots=True)
class _Written:
    """What a template of a shape is given."""

    step: Step
    lines: list[str]

    @property
    def block(self) -> str:
        return self.step.block

    @property
    def source(self) -> Vector:
        return self.step.source

    @property
    def sum(self) -> Expression | None:
        return self.step.sum

    @property
    def second_block(self) -> str:
        """The custom block that is given the sums of a shape that has such."""
        return f"{self.step.layer.title} takes them apart"

    @property
    def sums(self) -> Vector:
        names = tuple(name for name, _ in self.step.straight.sums) if self.step.straight else ()
        return Vector(carrier=Carrier.ARGUMENTS, names=names, size=len(names))

    @property
    def handing_sums(self) -> str:
        """The call of the second block."""
        sums = self.step.straight.sums if self.step.straight else ()
        return call(self.second_block, [each for _, each in sums])


def steps_of(
    layer: PlacedLayer, source: Vector, target_size: int, interval: Interval, *, last: bool, most_blocks: int
) -> Iterator[Step]:
    """Yield every step for a layer whose inputs are in ``source`` and lie in ``interval``.

    ``last``: its outputs are the logits, which are a list of the stage. Straight shapes that would take more
    than ``most_blocks`` are not even written.
    """
    if source.carrier is Carrier.LIST:
        yield looped(layer, source, target_size, on_stage=last)
    if last and layer.network_layer.elementwise:
        return  # it changes the list of the logits in place
    if _least_blocks(layer) > most_blocks:
        return
    name = layer.target if layer.target != INPUTS else f"bent {layer.number}"
    targets = [Vector.of(Carrier.LIST, name, target_size, on_stage=last)]
    if not last:
        targets.append(Vector.of(Carrier.VARIABLES, name, target_size))
        if target_size <= MOST_ARGUMENTS:
            targets.append(Vector.of(Carrier.ARGUMENTS, f"value {layer.number}", target_size))
    if isinstance(layer.network_layer, Dense):
        yield _inner(layer, source, targets[0])
    for shape in SHAPES:
        if shape.kind != layer.network_layer.kind:
            continue
        written = shape.write(layer, source, interval)
        if written is None:
            continue
        for target in targets:
            if target.carrier is Carrier.LIST and target.names == source.names:
                continue  # it would empty the list that it reads
            yield _straight(layer, shape, written, source, target)


def _least_blocks(layer: PlacedLayer) -> int:
    """Return a number of blocks that no straight shape of the layer can do without."""
    network_layer = layer.network_layer
    if isinstance(network_layer, Dense):
        return int((network_layer.weights != 0).any(axis=0).sum()) + network_layer.weights.size // 2
    return 1


def _entering(arguments: int) -> Executed:
    """Return what it executes to call a custom block with so many arguments."""
    return +Counter({"procedures_call": 1, "procedures_definition": 1, "procedures_call:argument": arguments})


def _executing(expressions: Iterable[Expression]) -> Executed:
    found: Executed = Counter()
    for each in expressions:
        found.update(each.executed)
    return found


def _blocks(executed: Executed) -> int:
    return sum(times for key, times in executed.items() if ":" not in key)


def _straight(layer: PlacedLayer, shape: Shape, written: Straight, source: Vector, target: Vector) -> Step:
    sums = [each for _, each in written.sums]
    outputs = _executing(written.outputs) + handing_on(target)
    parts = [_entering(source.size if source.carrier is Carrier.ARGUMENTS else 0)]
    if sums:
        parts[0] += _executing(sums)
        parts.append(_entering(len(sums)))
    parts[-1] += outputs
    executed: Executed = Counter()
    for part in parts:
        work = sum(times for key, times in part.items() if is_own_work(key))
        items = sum(times for key, times in part.items() if key.startswith("data_itemoflist"))
        executed += part + Counter(tiers(work, blocks=work, items=items))
    own = dict(layer.items()) if shape.name == "flat" else {}
    return Step(
        layer=layer,
        shape=shape.name,
        title=shape.title,
        template=shape.template,
        source=source,
        target=target,
        executed=executed,
        blocks=_blocks(executed),
        bytes=written_bytes(executed, sum(each.size for each in [*written.outputs, *sums])),
        lists=own | {name: list(items) for name, items in written.lists.items()},
        variables=target.names if target.carrier is Carrier.VARIABLES else (),
        straight=written,
    )


def looped(layer: PlacedLayer, source: Vector, size: int, *, on_stage: bool) -> Step:
    """Return a layer in its readable shape: loops over lists."""
    target = Vector.of(Carrier.LIST, layer.target, size, on_stage=on_stage)
    template = f"layers/{layer.network_layer.kind}.txt"
    step = Step(
        layer=layer, shape="loops", title="loops over lists", template=template, source=source, target=target,
        executed={}, blocks=0, bytes=0, lists=dict(layer.items()), variables=LOOP_VARIABLES,
    )  # fmt: skip
    return _measured(step, _lengths(layer, source, target))


def _inner(layer: PlacedLayer, source: Vector, target: Vector) -> Step:
    """A loop over the neurons, the sum of each without a loop."""
    places = [
        operation("operator_add", variable("weight number"), literal(number))
        for number in range(1, source.size + 1)
    ]
    products = [
        operation("operator_multiply", source.read(number), item(place, layer.lists["weights"]))
        for number, place in enumerate(places)
    ]
    total = added([item(variable("neuron"), layer.lists["biases"]), *products])
    step = Step(
        layer=layer,
        shape="inner",
        title="a loop over neurons, each sum without",
        template="layers/dense.inner.txt",
        source=source,
        target=target,
        executed={},
        blocks=0,
        bytes=0,
        lists=dict(layer.items()),
        variables=LOOP_VARIABLES,
        sum=total,
    )
    return _measured(step, _lengths(layer, source, target))


def _lengths(layer: PlacedLayer, source: Vector, target: Vector) -> dict[str, int]:
    found = {name: len(items) for name, items in layer.items()}
    for vector in (source, target):
        if vector.carrier is Carrier.LIST:
            found[vector.names[0]] = vector.size
    return found


def _measured(step: Step, lengths: Mapping[str, int]) -> Step:
    """Return a step of loops with its cost: its text is parsed, and walked through."""
    vectors = (step.source, step.target)
    on_stage = [each for each in vectors if each.on_stage]
    text = "\n".join(
        [
            "//! stage",
            *dict.fromkeys(line for each in on_stage for line in _declared(each)),
            "",
            "//! sprite [x]",
            *(f"//! list [{escape_text(name)} v] =" for name in step.lists),
            *(f"//! variable [{name} v] = (0)" for name in LOOP_VARIABLES),
            *dict.fromkeys(line for each in vectors if not each.on_stage for line in _declared(each)),
            "",
            step.text(""),
        ]
    )
    sprite = parse_project(text).sprites[1]
    procedure = sprite.scripts[0].blocks[0].procedure
    assert procedure is not None
    arguments = {str(place): Shadow(opcode="text", value="") for place in range(len(procedure.parameters))}
    called = Block(opcode="procedures_call", call=procedure.code, inputs=arguments)
    blocks = count_blocks(sprite)
    size = sum(len(str(each)) + 1 for items in step.lists.values() for each in items)
    return replace(
        step, executed=executed_by((called,), sprite, lengths), blocks=blocks, bytes=175 * blocks + size
    )


def _declared(vector: Vector) -> list[str]:
    match vector.carrier:
        case Carrier.LIST:
            return [f"//! list [{escape_text(vector.names[0])} v] ="]
        case Carrier.VARIABLES:
            return [f"//! variable [{escape_text(name)} v] = (0)" for name in vector.names]
        case Carrier.ARGUMENTS:
            return []
