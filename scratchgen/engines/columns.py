"""Long lists on their way to Node and back, in few bytes and without loss.

Numbers travel as doubles; whatever else stands in a list travels once, with a table of which stands where.
The other half of this is ``node/columns.cjs``.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scratchgen.engines.values import decode_value
from scratchgen.scratch.program import Value

__all__ = ["Column", "pack_numbers", "unpack_column"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """The items of a list: ``numbers`` (float64) holds those that are numbers, NaN in place of the others.

    ``which`` (int32) is −1 where an item is a number, else its place in ``values``, which holds each of the
    others once.
    """

    numbers: NDArray[np.float64]
    which: NDArray[np.int32]
    values: tuple[Value, ...]

    def item(self, place: int) -> Value:
        """Return one item, counted from 0."""
        which = int(self.which[place])
        return float(self.numbers[place]) if which < 0 else self.values[which]


def pack_numbers(numbers: NDArray[Any]) -> str:
    """Return numbers as doubles in base 64.

    >>> pack_numbers(np.array([1]))
    'AAAAAAAA8D8='
    """
    return base64.b64encode(np.ascontiguousarray(numbers, dtype="<f8").tobytes()).decode("ascii")


def unpack_column(content: dict[str, Any]) -> Column:
    """Return the list that Node packed.

    >>> column = unpack_column({"count": 1, "numbers": "AAAAAAAA8D8=", "which": None, "values": []})
    >>> column.item(0)
    1.0
    """
    count = int(content["count"])
    return Column(
        numbers=_unpacked(content["numbers"], "<f8", count, np.nan),
        which=_unpacked(content["which"], "<i4", count, -1),
        values=tuple(map(decode_value, content["values"])),
    )


def _unpacked(text: str | None, kind: str, count: int, otherwise: float) -> NDArray[Any]:
    if text is None:
        return np.full(count, otherwise, dtype=kind)
    return np.frombuffer(base64.b64decode(text), dtype=kind)
