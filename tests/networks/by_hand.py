"""Every kind of layer on plain Python integers, which have no size: their definitions."""

from __future__ import annotations

from collections.abc import Iterator

from scratchgen.networks.layers import (
    AveragePool,
    Conv2d,
    Dense,
    Elman,
    Embedding,
    Gru,
    Layer,
    MaxPool,
    Relu,
    Rescale,
    TableLookup,
)

__all__ = ["by_hand", "step_by_hand"]


def _sums(rows: list[list[int]], values: list[int]) -> list[int]:
    return [sum(w * v for w, v in zip(row, values, strict=True)) for row in rows]


def _look_up(layer: TableLookup, value: int) -> int:
    place = (value * layer.multiplier) // 2**layer.shift + layer.offset
    return int(layer.table[min(max(place, 0), len(layer.table) - 1)])


def _windows(layer: MaxPool | AveragePool, values: list[int]) -> Iterator[list[int]]:
    for channel in range(layer.channels):
        for top in range(0, layer.height - layer.side + 1, layer.stride):
            for left in range(0, layer.width - layer.side + 1, layer.stride):
                yield [
                    values[(channel * layer.height + top + y) * layer.width + left + x]
                    for y in range(layer.side)
                    for x in range(layer.side)
                ]


def _convolved(layer: Conv2d, values: list[int]) -> Iterator[int]:
    filters, channels, rows, columns = layer.weights.shape
    for number in range(filters):
        for top in range(-layer.padding, layer.height + layer.padding - rows + 1, layer.stride):
            for left in range(-layer.padding, layer.width + layer.padding - columns + 1, layer.stride):
                total = int(layer.biases[number])
                for channel in range(channels):
                    for y in range(top, top + rows):
                        for x in range(left, left + columns):
                            if 0 <= y < layer.height and 0 <= x < layer.width:
                                weight = int(layer.weights[number, channel, y - top, x - left])
                                total += weight * values[(channel * layer.height + y) * layer.width + x]
                yield total


def step_by_hand(layer: Layer, values: list[int], state: list[int]) -> list[int]:
    """What a recurrent cell makes of values and state."""
    match layer:
        case Elman():
            sums = _sums(layer.weights.tolist(), state)
            return [_look_up(layer.curve, a + b) for a, b in zip(values, sums, strict=True)]
        case Gru():
            sums, size, new = _sums(layer.weights.tolist(), state), layer.state_size, []
            for n in range(size):
                update = _look_up(layer.gate, values[n] + sums[n])
                reset = _look_up(layer.gate, values[size + n] + sums[size + n])
                remembered = (reset * sums[2 * size + n]) // 2**layer.one_bits
                candidate = _look_up(layer.curve, values[2 * size + n] + remembered)
                new.append(candidate + (update * (state[n] - candidate)) // 2**layer.one_bits)
            return new
    raise AssertionError(layer)


def by_hand(layer: Layer, values: list[int]) -> list[int]:
    """What a layer makes of values."""
    match layer:
        case Dense():
            sums = _sums(layer.weights.tolist(), values)
            return [a + b for a, b in zip(layer.biases.tolist(), sums, strict=True)]
        case Relu():
            return [max(0, value) for value in values]
        case TableLookup():
            return [_look_up(layer, value) for value in values]
        case Rescale():
            scaled = [value * layer.multiplier // 2**layer.shift for value in values]
            return [min(max(value, layer.least), layer.most) for value in scaled]
        case Conv2d():
            return list(_convolved(layer, values))
        case MaxPool():
            return [max(window) for window in _windows(layer, values)]
        case AveragePool():
            return [sum(window) * layer.multiplier // 2**layer.shift for window in _windows(layer, values)]
        case Embedding():
            rows = layer.vectors.tolist()
            return [number for value in values for number in rows[min(max(value, 1), len(rows)) - 1]]
        case Elman() | Gru():
            return step_by_hand(layer, values, [0] * layer.state_size)
    raise AssertionError(layer)
