"""What a math profile is: one engine's version of the functions whose last bit differs between engines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Function", "MathProfile"]

Function = Callable[[float], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class MathProfile:
    """The elementary functions of JavaScript's ``Math`` as one engine computes them, of doubles, in radians.

     No function raises: like ``Math``'s they answer NaN where there is no value. ``power_of_ten`` is
    ``Math.pow(10, x)``, and ``atan2`` takes the ordinate first.
    """

    name: str
    exp: Function
    log: Function
    sin: Function
    cos: Function
    tan: Function
    asin: Function
    acos: Function
    atan: Function
    power_of_ten: Function
    atan2: Callable[[float, float], float]
