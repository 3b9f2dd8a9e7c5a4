"""Values of Scratch as JSON, so that nothing is lost on the way to Node and back.

Text, booleans and most numbers stand for themselves; the numbers that JSON lacks are written
``{"number": "NaN"}``. The other half of this is ``node/values.cjs``.
"""

from __future__ import annotations

import math
from typing import Any

from scratchgen.scratch.program import Value

__all__ = ["decode_value", "encode_value"]


def encode_value(value: Value) -> object:
    """Return a value as JSON can hold it.

    >>> encode_value(1.5), encode_value("1.5"), encode_value(-0.0), encode_value(math.inf)
    (1.5, '1.5', {'number': '-0'}, {'number': 'Infinity'})
    """
    if type(value) is not float or (math.isfinite(value) and value):
        return value
    if value:
        return {"number": "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"}
    return {"number": "-0"} if math.copysign(1, value) < 0 else 0


def decode_value(value: Any) -> Value:
    """Return the value that JSON holds; every number is a float, as it is in the engine.

    >>> decode_value(3), decode_value("3"), decode_value({"number": "-Infinity"}), decode_value(True)
    (3.0, '3', -inf, True)
    """
    if isinstance(value, dict):
        return float(value["number"])
    decoded: Value = float(value) if type(value) is int else value
    return decoded
