"""Numbers as JavaScript writes them, for project files and for the notation.

The arithmetic of Scratch, and how it reads numbers from text, are the simulator's.
"""

from __future__ import annotations

import math
from decimal import Decimal

__all__ = ["SAFE_DIGITS", "as_javascript", "is_number", "number_text", "parse_number"]

FIRST_EXPONENT = 1e21
"""From here on JavaScript writes whole numbers with an exponent (ECMA-262, Number::toString)."""
LAST_PLAIN_FRACTION = 1e-6
LARGEST_SAFE_INTEGER = 2**53
SAFE_DIGITS = 15
"""Every whole number of so few digits is exact as a double."""


def is_number(value: object) -> bool:
    """Whether a value is a number; in Python ``True`` is one, in Scratch it is not."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def as_javascript(value: float) -> int | float:
    """The same double, as an ``int`` where it is whole and safe, since JavaScript knows no difference.

    >>> as_javascript(3.0), as_javascript(2**60), as_javascript(0.5)
    (3, 1.152921504606847e+18, 0.5)
    """
    if isinstance(value, int):
        return value if abs(value) <= LARGEST_SAFE_INTEGER else float(value)
    if value.is_integer() and abs(value) <= LARGEST_SAFE_INTEGER and not is_negative_zero(value):
        return int(value)
    return value


def is_negative_zero(value: float) -> bool:
    """Whether a value is the zero that JSON can hold and ``==`` cannot tell."""
    return value == 0 and math.copysign(1.0, value) < 0


def number_text(value: float) -> str:
    """The shortest text that gives the double back, in JavaScript's form; ``-0`` keeps its sign.

    >>> [number_text(value) for value in (3.0, 0.1, 1e20, 1e21, 1e-6, 1e-7, -0.0)]
    ['3', '0.1', '100000000000000000000', '1e+21', '0.000001', '1e-7', '-0']
    """
    if not math.isfinite(value):
        raise ValueError(f"{value} is not a number that a project can hold")
    if is_negative_zero(value):
        return "-0"
    if isinstance(value, int) and abs(value) <= LARGEST_SAFE_INTEGER:
        return str(value)
    shortest = repr(float(value))
    if value == 0 or LAST_PLAIN_FRACTION <= abs(value) < FIRST_EXPONENT:
        if "e" in shortest:
            shortest = format(Decimal(shortest), "f")
        return shortest.removesuffix(".0")
    mantissa, _, exponent = shortest.partition("e")
    sign = "-" if exponent.startswith("-") else "+"
    return f"{mantissa.removesuffix('.0')}e{sign}{exponent.lstrip('+-0')}"


def parse_number(text: str) -> int | float | None:
    """The number that JavaScript would write as ``text``, or None: ``1.0``, ``007`` and `` 1`` are only text.

    >>> parse_number("10"), parse_number("0.5"), parse_number("1.0"), parse_number("1e3"), parse_number("")
    (10, 0.5, None, None, None)
    """
    if not text or text[-1] not in "0123456789" or text[0] not in "-0123456789":
        return None
    if text.isdigit() and text.isascii() and text[0] != "0" and len(text) <= SAFE_DIGITS:
        return int(text)  # what most texts are, quickly
    try:
        number = float(text)
    except ValueError:
        return None
    if not math.isfinite(number) or number_text(number) != text:
        return None
    return as_javascript(number)
