"""e^x, ln, tanh and the logistic curve made of ``+ − × /`` and floor, so that every browser agrees on them.

The blocks of the project *teach* do the same operations in the same order; the constants are shared with
their templates. Range reduction and series as in W. Cody and W. Waite, *Software Manual for the Elementary
Functions*, 1980.
"""

from __future__ import annotations

from decimal import Decimal, localcontext

import numpy as np
from numpy.typing import NDArray

__all__ = ["EXPONENTIAL", "LN_2", "POWERS", "exp_down", "ln_share", "logistic", "tangent"]

PARTS = 16
"""Steps of the table from one power of two to the next."""
LOWEST = -44.0
"""Below, e^x counts as 0: less than 2^-63, which no sum of shares can notice."""


def _constants() -> dict[str, float]:
    with localcontext() as context:
        context.prec = 60
        step = Decimal(2).ln() / PARTS
        # 35 bits, so that any number of steps below 2^18 times it is exact
        high = Decimal(int(step * 2**39)) / 2**39
        return {"steps": float(1 / step), "high": float(high), "low": float(step - high), "lowest": LOWEST}


def _powers() -> tuple[float, ...]:
    with localcontext() as context:
        context.prec = 60
        return tuple(float(Decimal(2) ** (Decimal(-number) / PARTS)) for number in range(64 * PARTS))


EXPONENTIAL = _constants()
POWERS = _powers()
"""2 ^ (-number / 16), each the double nearest to it."""
LN_2 = float(Decimal(2).ln())
_TABLE = np.array(POWERS)


def exp_down(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return e^x of numbers of at most 0, within 1e-12 of it in relation to it; 0 below -44.

    >>> exp_down(np.array([0.0, -50.0])).tolist()
    [1.0, 0.0]
    """
    inside = x >= LOWEST
    kept = np.where(inside, x, 0.0)
    number = np.floor(0.5 - kept * EXPONENTIAL["steps"])
    rest = (kept + number * EXPONENTIAL["high"]) + number * EXPONENTIAL["low"]
    series = 1 + rest * (1 + rest * (0.5 + rest * (1 / 6 + rest * (1 / 24 + rest * (1 / 120)))))
    return np.where(inside, _TABLE[number.astype(np.int64)] * series, 0.0)


def _exp_down(x: float) -> float:
    return float(exp_down(np.array([x]))[0])


def ln_share(share: float) -> float:
    """Return ln of a share between 0 and 1, within 1e-12; the share counts as 2^-64 at least.

    >>> ln_share(1.0), round(ln_share(0.5), 12)
    (0.0, -0.69314718056)
    """
    number = max(share, 2.0**-64)
    result = 0.0
    while number < 0.7:
        number = number * 2
        result = result - LN_2
    part = (number - 1) / (number + 1)
    square = part * part
    series = 1 / 15
    for odd in (13, 11, 9, 7, 5, 3):
        series = 1 / odd + square * series
    return result + 2 * part * (1 + square * series)


def logistic(x: float) -> float:
    """Return 1 / (1 + e^-x).

    >>> logistic(0.0)
    0.5
    """
    if x > 0:
        return 1 / (1 + _exp_down(0 - x))
    power = _exp_down(x)
    return power / (1 + power)


def tangent(x: float) -> float:
    """Return tanh x, to within 1e-12.

    >>> tangent(0.0)
    0.0
    """
    if x > 0:
        power = _exp_down(-2 * x)
        return (1 - power) / (1 + power)
    power = _exp_down(2 * x)
    return (power - 1) / (power + 1)
