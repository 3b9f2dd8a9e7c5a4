"""What the operator and list blocks compute, on Scratch's values.

The translated scripts call these wherever the short way, written out in their text, does not hold.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from scratchgen.scratch.program import Value
from scratchgen.simulator.elementary import MathProfile
from scratchgen.simulator.values import (
    compare,
    join_halves,
    letter,
    letters,
    lower,
    to_fixed,
    to_number,
    to_text,
)

__all__ = ["FUNCTIONS", "LONGEST_LIST", "Items", "Random"]

LONGEST_LIST = 200_000
Items = list[Value]
Random = Callable[[], float]
"""Returns numbers from 0 up to, but not including, 1."""

ENDLESS = 2**1100
"""The number of turns of a loop that never ends; larger than any double."""


def divide(dividend: float, divisor: float) -> float:
    """Return the quotient as IEEE 754 defines it, by zero too.

    >>> divide(1.0, -0.0), divide(0.0, 0.0)
    (-inf, nan)
    """
    if divisor:
        return dividend / divisor
    if dividend != dividend or dividend == 0 or divisor != divisor:
        return math.nan
    return math.copysign(math.inf, dividend) * math.copysign(1.0, divisor)


def modulo(dividend: float, divisor: float) -> float:
    """Return the floored remainder, which has the divisor's sign.

    >>> modulo(-7.0, 3.0), modulo(7.0, -3.0), modulo(5.0, 0.0), modulo(5.0, math.inf)
    (2.0, -2.0, nan, 5.0)
    """
    if divisor == 0 or math.isinf(dividend) or dividend != dividend or divisor != divisor:
        return math.nan
    rest = math.fmod(dividend, divisor)
    if divide(rest, divisor) < 0:
        rest += divisor
    return rest


def rounded(number: float) -> float:
    """Return the nearest whole number, halves up; −0.2 gives −0.

    >>> rounded(-2.5), rounded(2.5), rounded(0.49999999999999994), rounded(-0.2)
    (-2.0, 3.0, 0.0, -0.0)
    """
    if not math.isfinite(number):
        return number
    below = math.floor(number)
    whole = float(below + 1 if number - below >= 0.5 else below)
    return math.copysign(whole, number) if whole == 0 else whole


def floor(number: float) -> float:
    """Return the greatest whole number that is not greater; −0 stays −0."""
    return float(math.floor(number)) if math.isfinite(number) and number else number


def ceiling(number: float) -> float:
    """Return the least whole number that is not less.

    >>> ceiling(-0.5), ceiling(1.5)
    (-0.0, 2.0)
    """
    if not math.isfinite(number):
        return number
    return math.copysign(float(math.ceil(number)), number)


def turns(value: Value) -> int:
    """Return how many times *repeat* repeats.

    >>> turns("2.5"), turns(-1.0), turns("x")
    (3, -1, 0)
    """
    number = rounded(to_number(value))
    return int(number) if math.isfinite(number) else (ENDLESS if number > 0 else 0)


def join(one: Value, other: Value) -> str:
    """Return two texts as one.

    >>> join("apple ", 3.0)
    'apple 3'
    """
    return join_halves(to_text(one) + to_text(other))


def length(value: Value) -> float:
    """Return the number of letters in a text, in UTF-16 units."""
    return float(letters(to_text(value)))


def letter_of(place: Value, value: Value) -> str:
    """Return a letter of a text, counted from 1; empty where there is none.

    >>> letter_of(1.0, "cat"), letter_of(4.0, "cat"), letter_of("1.9", "cat")
    ('c', '', 'c')
    """
    text = to_text(value)
    index = to_number(place) - 1
    if index < 0 or index >= letters(text):
        return ""
    return letter(text, int(index))


def contains(value: Value, part: Value) -> bool:
    """Tell whether a text holds another, whatever the case of the letters.

    >>> contains("Apple", "PL")
    True
    """
    whole, piece = lower(to_text(value)), lower(to_text(part))
    if whole.isascii() and piece.isascii():
        return piece in whole
    # in UTF-16 units, so that half a surrogate pair is found in a whole one
    units, wanted = (text.encode("utf-16-be", "surrogatepass") for text in (whole, piece))
    at = units.find(wanted)
    while at >= 0 and at % 2:
        at = units.find(wanted, at + 1)
    return at >= 0


def random_between(low_value: Value, high_value: Value, random: Random) -> float:
    """Return a number between two, whole where both are written without a point."""
    one, other = to_number(low_value), to_number(high_value)
    low, high = (one, other) if one <= other else (other, one)
    if low == high:
        return low
    if _is_written_whole(low_value) and _is_written_whole(high_value):
        return low + floor(random() * ((high + 1) - low))
    return random() * (high - low) + low


def _is_written_whole(value: Value) -> bool:
    if isinstance(value, str):
        return "." not in value
    return isinstance(value, bool) or value != value or (abs(value) < 1e21 and value == int(value))


def tangent(degrees: float, profile: MathProfile) -> float:
    """Return the tangent of an angle in degrees, infinite at the right angles."""
    if math.isinf(degrees):
        return math.nan
    angle = math.fmod(degrees, 360)
    if angle in (90, -270):
        return math.inf
    if angle in (-90, 270):
        return -math.inf
    return _cut(profile.tan(math.pi * angle / 180))


def _cut(number: float) -> float:
    """Return the number with ten decimals, as the trigonometric blocks do."""
    return float(to_fixed(number, 10)) if math.isfinite(number) else number


FUNCTIONS: dict[str, Callable[[float, MathProfile], float]] = {
    "abs": lambda number, profile: abs(number),
    "floor": lambda number, profile: floor(number),
    "ceiling": lambda number, profile: ceiling(number),
    "sqrt": lambda number, profile: math.sqrt(number) if number >= 0 else math.nan,
    "sin": lambda number, profile: _cut(profile.sin(math.pi * number / 180)),
    "cos": lambda number, profile: _cut(profile.cos(math.pi * number / 180)),
    "tan": tangent,
    "asin": lambda number, profile: profile.asin(number) * 180 / math.pi,
    "acos": lambda number, profile: profile.acos(number) * 180 / math.pi,
    "atan": lambda number, profile: profile.atan(number) * 180 / math.pi,
    "ln": lambda number, profile: profile.log(number),
    "log": lambda number, profile: profile.log(number) / LN10,
    "e ^": lambda number, profile: profile.exp(number),
    "10 ^": lambda number, profile: profile.power_of_ten(number),
}
"""The functions of *[… v] of ()*, by the name in the menu."""

LN10 = 2.302585092994046
"""JavaScript's ``Math.LN10``: the double nearest to the logarithm of 10 (ECMA-262)."""


def list_place(value: Value, count: int, random: Random) -> int:
    """Return the place that an index means in a list of ``count`` items, from 1; 0 where it means none."""
    if isinstance(value, str):
        if value == "last":
            return count
        if value in ("random", "any"):
            return 1 + int(random() * count) if count else 0
    place = to_number(value)
    return int(place) if 1 <= place < count + 1 else 0


def item(items: Items, index: Value, random: Random) -> Value:
    """Return an item of a list, counted from 1; empty text where there is none."""
    place = list_place(index, len(items), random)
    return items[place - 1] if place else ""


def append(items: Items, value: Value) -> None:
    """Add an item at the end, silently not beyond the longest list."""
    if len(items) < LONGEST_LIST:
        items.append(value)


def delete(items: Items, index: Value, random: Random) -> None:
    """Delete an item, or all of them."""
    if index == "all":
        items.clear()
    elif place := list_place(index, len(items), random):
        del items[place - 1]


def insert(items: Items, value: Value, index: Value, random: Random) -> None:
    """Insert an item before the one at that place; the longest list loses its last.

    The value comes first, as in the block: where both are drawn at random, the engine draws it first.
    """
    place = list_place(index, len(items) + 1, random)
    if 0 < place <= LONGEST_LIST:
        items.insert(place - 1, value)
        del items[LONGEST_LIST:]


def replace(items: Items, index: Value, value: Value, random: Random) -> None:
    """Replace the item at that place, where there is one."""
    if place := list_place(index, len(items), random):
        items[place - 1] = value


def number_of_item(items: Items, value: Value) -> float:
    """Return the place of the first item that equals the value; 0 where none does."""
    return float(next((place for place, each in enumerate(items, start=1) if compare(each, value) == 0), 0))


def contents(items: Items) -> str:
    """Return all items as one text, with blanks between unless each is a single letter."""
    between = "" if all(isinstance(each, str) and letters(each) == 1 for each in items) else " "
    return join_halves(between.join(map(to_text, items)))
