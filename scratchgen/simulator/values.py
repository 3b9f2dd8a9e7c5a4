"""Scratch's values: numbers, text and booleans, and how the engine turns one into another.

Every number is a Python float, JavaScript's only kind, so that −0, NaN and rounding need no care elsewhere.
Text is a Python string in which surrogate pairs are joined; its length and its order are counted in UTF-16
units as JavaScript does (ECMA-262, 2023: ToNumber, Number::toString, Number.prototype.toFixed).
"""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Decimal, localcontext

from scratchgen.scratch.numbers import number_text
from scratchgen.scratch.program import Value

__all__ = [
    "compare",
    "join_halves",
    "letters",
    "lower",
    "to_boolean",
    "to_fixed",
    "to_number",
    "to_text",
]

BLANKS = (
    "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
"""ECMA-262's white space and line ends; Python's ``strip()`` knows another set."""

DECIMAL = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
PREFIXED = re.compile(r"0(?:[xX]([0-9a-fA-F]+)|[bB]([01]+)|[oO]([0-7]+))")
INFINITE = {"Infinity": math.inf, "+Infinity": math.inf, "-Infinity": -math.inf}
FIRST_EXPONENT = 1e21
YOUNG_LETTERS = dict(
    [
        (0x1C89, 0x1C8A), (0xA7CB, 0x0264), (0xA7CC, 0xA7CD), (0xA7CE, 0xA7CF), (0xA7D2, 0xA7D3),
        (0xA7D4, 0xA7D5), (0xA7DA, 0xA7DB), (0xA7DC, 0x019B),
        *zip(range(0x10D50, 0x10D66), range(0x10D70, 0x10D86), strict=True),
        *zip(range(0x16EA0, 0x16EB9), range(0x16EBB, 0x16ED4), strict=True),
    ]
)  # fmt: skip
"""The capital letters that Unicode 15 to 17 brought, which Node knows and an older Python does not."""
LARGEST_SAFE = 2.0**53


def number_or_nan(value: Value) -> float:
    """Return JavaScript's ``Number(value)``.

    >>> [number_or_nan(text) for text in ("", " 0x1f ", "1e3", "1_000", "Infinity")]
    [0.0, 31.0, 1000.0, nan, inf]
    """
    if type(value) is float:
        return value
    if not isinstance(value, str):
        return float(value)
    text = value.strip(BLANKS)
    if DECIMAL.fullmatch(text):
        return float(text)
    if not text:
        return 0.0
    if found := PREFIXED.fullmatch(text):
        digits, base = next(
            (part, base) for part, base in zip(found.groups(), (16, 2, 8), strict=True) if part
        )
        try:
            return float(int(digits, base))
        except OverflowError:
            return math.inf
    return INFINITE.get(text, math.nan)


def to_number(value: Value) -> float:
    """Return the number that arithmetic makes of a value: 0 where it is none.

    >>> to_number("12"), to_number("twelve"), to_number(True), to_number(math.nan)
    (12.0, 0.0, 1.0, 0.0)
    """
    number = number_or_nan(value)
    return number if number == number else 0.0


def to_text(value: Value) -> str:
    """Return the text that Scratch makes of a value, in full precision.

    >>> to_text(1e21), to_text(0.1), to_text(-0.0), to_text(5.0), to_text(True)
    ('1e+21', '0.1', '0', '5', 'true')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if value != value:
        return "NaN"
    if -LARGEST_SAFE < value < LARGEST_SAFE and value == int(value):
        return str(int(value))
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return number_text(value)


def to_boolean(value: Value) -> bool:
    """Return the truth of a value: false for false, 0, NaN, empty text, ``"0"`` and ``"false"``.

    >>> to_boolean("False"), to_boolean("no"), to_boolean(math.nan), to_boolean(" ")
    (False, True, False, True)
    """
    if isinstance(value, str):
        return value not in ("", "0") and value.lower() != "false"
    return value == value and value != 0


def compare(one: Value, other: Value) -> float:
    """Return a negative number, 0 or a positive one as the first value is less, equal or greater.

    As numbers where both are numbers (blank text is not), else as text in small letters.

    >>> compare("10", 9.0) > 0, compare("a", "B") < 0, compare("", 0.0) < 0
    (True, True, True)
    """
    n1, n2 = number_or_nan(one), number_or_nan(other)
    if n1 == 0 and _is_blank(one):
        n1 = math.nan
    elif n2 == 0 and _is_blank(other):
        n2 = math.nan
    if n1 != n1 or n2 != n2:
        s1, s2 = lower(to_text(one)), lower(to_text(other))
        if not (s1.isascii() and s2.isascii()):
            return _order(_units(s1), _units(s2))
        return float((s1 > s2) - (s1 < s2))
    return float((n1 > n2) - (n1 < n2))


def _order(one: bytes, other: bytes) -> float:
    return float((one > other) - (one < other))


def _is_blank(value: Value) -> bool:
    return isinstance(value, str) and not value.strip(BLANKS)


def lower(text: str) -> str:
    """Return the text in small letters as JavaScript does.

    >>> lower("ÄΣ")
    'äς'
    """
    return text.lower() if text.isascii() else text.translate(YOUNG_LETTERS).lower()


def _units(text: str) -> bytes:
    """Return the text as UTF-16 units, big end first, so that bytes sort as units do."""
    return text.encode("utf-16-be", "surrogatepass")


def letters(text: str) -> int:
    """Return the length of a text in UTF-16 units.

    >>> letters("a😀")
    3
    """
    return len(text) if text.isascii() else len(_units(text)) // 2


def letter(text: str, place: int) -> str:
    """Return the unit at a place counted from 0, perhaps half of a surrogate pair.

    >>> letter("a😀", 1)
    '\\ud83d'
    """
    if text.isascii():
        return text[place]
    return _units(text)[2 * place : 2 * place + 2].decode("utf-16-be", "surrogatepass")


def join_halves(text: str) -> str:
    """Return the text with halves of surrogate pairs that have come to stand side by side made whole.

    >>> join_halves("\\ud83d" + "\\ude00")
    '😀'
    """
    if text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text):
        return text
    return _units(text).decode("utf-16-be", "surrogatepass")


def to_fixed(number: float, digits: int) -> str:
    """Return the number with so many decimals; ties go away from zero, as exact arithmetic sees them.

    >>> to_fixed(0.00048828125, 10), to_fixed(-2.5, 0), to_fixed(-0.0, 2), to_fixed(1e21, 2)
    ('0.0004882813', '-3', '0.00', '1e+21')
    """
    if number != number or abs(number) >= FIRST_EXPONENT:
        return to_text(number)
    with localcontext() as context:
        context.prec = 60  # 21 digits before the point, and no more than 20 behind it are asked for
        fixed = Decimal(abs(number)).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    return ("-" if number < 0 else "") + format(fixed, "f")
