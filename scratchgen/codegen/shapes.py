"""The shapes of layers that need no loop: what each output is as one expression of the inputs.

Each shape is a row of :data:`SHAPES`: the kind of layer that it is for, and the function that writes the
expressions. Whole numbers below 2^53 add up to the same in any order, so a shape may sum as it likes; the
bounds of the layer's inputs prove what it leaves out or packs together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from scratchgen.codegen.carriers import MOST_ARGUMENTS, Vector
from scratchgen.codegen.expressions import (
    Expression,
    added,
    argument,
    item,
    literal,
    operation,
    power_of_two,
)
from scratchgen.codegen.placed import PlacedLayer
from scratchgen.networks.intervals import EXACT_LIMIT, Interval
from scratchgen.networks.layers import Dense, Relu, TableLookup

__all__ = ["SHAPES", "Shape", "Straight"]

WIDEST_TABLE = 5_000
"""Items of a table that is widened to all places that its layer's inputs can reach."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Straight:
    """A layer without loops: its outputs, and lists that hold other items.

    Where there are ``sums``, a second custom block is given them as arguments of these names, and ``outputs``
    are made of those: an argument is set and read in half the time of a variable. No number passes
    ``largest`` on the way, where that is more than the bounds of the layer itself say.
    """

    outputs: tuple[Expression, ...]
    sums: tuple[tuple[str, Expression], ...] = ()
    largest: int = 0
    lists: Mapping[str, Sequence[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A way to write layers of a kind: its name in tables, and its template under ``templates/``."""

    kind: str
    name: str
    title: str
    write: Callable[[PlacedLayer, Vector, Interval], Straight | None]

    @property
    def template(self) -> str:
        """The path of the shape's text."""
        return f"layers/{self.kind}.{self.name}.txt"


# -- dense layers


def _weighted(terms: Sequence[tuple[int, Expression]], bias: int) -> Expression:
    """Return ``bias + Σ weight × value``: nothing for a weight of 0, no product for 1 and −1."""
    plus = [_times(value, weight) for weight, value in terms if weight not in (0, -1)]
    minus = [value for weight, value in terms if weight == -1]
    if bias or not (plus or minus):
        plus = [literal(bias), *plus]
    if not minus:
        return added(plus)
    return operation("operator_subtract", added(plus), added(minus))


def _times(value: Expression, weight: int) -> Expression:
    return value if weight == 1 else operation("operator_multiply", value, literal(weight))


def _literal(placed: PlacedLayer, source: Vector, interval: Interval) -> Straight:
    """Weights stand in the blocks."""
    layer = _dense(placed)
    values = [source.read(place) for place in range(source.size)]
    return Straight(
        outputs=tuple(
            _weighted(list(zip(row, values, strict=True)), bias)
            for row, bias in zip(layer.weights.tolist(), layer.biases.tolist(), strict=True)
        )
    )


def _shared(placed: PlacedLayer, source: Vector, interval: Interval) -> Straight:
    """Inputs whose weights are alike but for their sign are added up first, and multiplied once."""
    layer = _dense(placed)
    values = [source.read(place) for place in range(source.size)]
    outputs = []
    for row, bias in zip(layer.weights.tolist(), layer.biases.tolist(), strict=True):
        alike: dict[int, list[tuple[int, Expression]]] = {}
        for weight, value in zip(row, values, strict=True):
            alike.setdefault(abs(weight), []).append((weight, value))
        outputs.append(
            _weighted([term for size, group in alike.items() for term in _share(size, group)], bias)
        )
    return Straight(outputs=tuple(outputs))


def _share(size: int, group: list[tuple[int, Expression]]) -> list[tuple[int, Expression]]:
    """Return one weight and the sum that it multiplies; what needs no product stays as it is."""
    if size in (0, 1):
        return group
    plus = [value for weight, value in group if weight > 0]
    minus = [value for weight, value in group if weight < 0]
    if not plus:
        return [(-size, added(minus))]
    together = added(plus)
    return [(size, operation("operator_subtract", together, added(minus)) if minus else together)]


def _packed(placed: PlacedLayer, source: Vector, interval: Interval) -> Straight | None:
    """Two neurons are computed in one number where the bounds leave room.

    ``packed = first × 2^s + (second − its least value)``, and ``2^s`` is more than twice all that the second
    can be; so the rounded quotient and the remainder give them back. None where no two neurons fit.
    """
    layer = _dense(placed)
    values = [source.read(place) for place in range(source.size)]
    rows, biases = layer.weights.tolist(), layer.biases.tolist()
    output = layer.bounds(interval).output
    sums: list[tuple[str, Expression]] = []
    outputs: list[Expression] = []
    largest = place = 0
    while place < len(rows):
        pair = _pair(rows, biases, output, place)
        if pair is not None and (reach := pair.reach(interval)) < EXACT_LIMIT:
            largest = max(largest, reach)
            name = f"sums {place + 1} and {place + 2}"
            sums.append((name, _weighted(list(zip(pair.weights, values, strict=True)), pair.bias)))
            whole = operation("operator_multiply", argument(name), power_of_two(-pair.bits))
            rest = operation("operator_mod", argument(name), literal(1 << pair.bits))
            outputs.append(operation("operator_round", whole))
            outputs.append(operation("operator_add", rest, literal(pair.least)) if pair.least else rest)
            place += 2
        else:
            name = f"sum {place + 1}"
            sums.append((name, _weighted(list(zip(rows[place], values, strict=True)), biases[place])))
            outputs.append(argument(name))
            place += 1
    if len(sums) == len(rows) or len(sums) > MOST_ARGUMENTS:
        return None
    return Straight(outputs=tuple(outputs), sums=tuple(sums), largest=largest)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """The weights of two neurons in one number, the second one's sum in the last ``bits`` of it."""

    weights: list[int]
    bias: int
    bits: int
    least: int

    def reach(self, interval: Interval) -> int:
        """Return what no number on the way to the sum passes, in any order."""
        products = zip(self.weights, interval.magnitudes, strict=True)
        return sum(abs(weight) * most for weight, most in products) + abs(self.bias)


def _pair(rows: list[list[int]], biases: list[int], output: Interval, place: int) -> _Pair | None:
    """Return the neuron at a place and the next one as a pair; None behind the last but one."""
    if place + 1 == len(rows):
        return None
    least = output.low[place + 1]
    bits = (output.high[place + 1] - least).bit_length() + 1
    return _Pair(
        weights=[(one << bits) + other for one, other in zip(rows[place], rows[place + 1], strict=True)],
        bias=(biases[place] << bits) + biases[place + 1] - least,
        bits=bits,
        least=least,
    )


def _flat(placed: PlacedLayer, source: Vector, interval: Interval) -> Straight:
    """Weights stay in their lists, and are named by their places there."""
    layer = _dense(placed)
    weights, biases = placed.lists["weights"], placed.lists["biases"]
    outputs = []
    for row in range(len(layer.biases)):
        products = [
            operation("operator_multiply", source.read(place), item(row * source.size + place + 1, weights))
            for place in range(source.size)
        ]
        outputs.append(added([item(row + 1, biases), *products]))
    return Straight(outputs=tuple(outputs))


def _dense(placed: PlacedLayer) -> Dense:
    assert isinstance(placed.network_layer, Dense)
    return placed.network_layer


# -- layers that work value by value


def _product(placed: PlacedLayer, source: Vector, interval: Interval) -> Straight:
    """A value times the answer to whether it is positive; the bounds may know the answer."""
    assert isinstance(placed.network_layer, Relu)
    outputs = []
    for place, (low, high) in enumerate(zip(interval.low, interval.high, strict=True)):
        value = source.read(place)
        if low < 0 < high:
            value = operation("operator_multiply", value, operation("operator_gt", value, literal(0)))
        outputs.append(value if high > 0 else literal(0))
    return Straight(outputs=tuple(outputs))


def _widened(placed: PlacedLayer, source: Vector, interval: Interval) -> Straight | None:
    """The table is continued to every place that can be asked for, so that nothing has to be held within it.

    None where it would become too long.
    """
    layer = placed.network_layer
    assert isinstance(layer, TableLookup)
    ends = [(end * layer.multiplier) >> layer.shift for end in (min(interval.low), max(interval.high))]
    first, last = (end + layer.offset for end in ends)
    if last - first >= WIDEST_TABLE:
        return None
    entries = layer.table.tolist()
    table = [entries[min(max(place, 0), len(entries) - 1)] for place in range(first, last + 1)]
    outputs = []
    for place in range(source.size):
        scaled = _times(source.read(place), layer.multiplier)
        if layer.shift:
            scaled = operation("operator_divide", scaled, literal(2**layer.shift))
            scaled = operation("operator_mathop", scaled)
        shift = layer.offset + 1 - first
        index = operation("operator_add", scaled, literal(shift)) if shift else scaled
        outputs.append(item(index, placed.lists["table"]))
    return Straight(outputs=tuple(outputs), lists={placed.lists["table"]: table})


SHAPES: tuple[Shape, ...] = (
    Shape(kind="dense", name="literal", title="weights in the blocks", write=_literal),
    Shape(kind="dense", name="shared", title="equal weights shared", write=_shared),
    Shape(kind="dense", name="packed", title="two neurons in one number", write=_packed),
    Shape(kind="dense", name="flat", title="weights in lists, no loop", write=_flat),
    Shape(kind="relu", name="product", title="no loop", write=_product),
    Shape(kind="table", name="widened", title="no loop, table continued", write=_widened),
)
"""Every shape without loops; which of them is written, the plan decides."""
