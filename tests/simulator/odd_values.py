"""Values that are hard on conversions: what the comparisons with the official engine are fed with."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from random import Random

from scratchgen.scratch.program import Value

__all__ = ["odd_number", "odd_text", "odd_value"]

NUMBERS = (
    0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.0, 3.0, 10.0, 90.0, 180.0, 270.0, 360.0, -90.0, 45.0, 100.0,
    255.0, 0.1, 0.2, 0.3, 1.005, 2.5, -2.5, 0.49999999999999994, 0.00048828125, 1e-6, 9.999e-7, 1e-7,
    1e20, 1e21, 1e22, 123456789012345680000.0, 2.0**53, 2.0**53 + 2, -(2.0**53), 5e-324,
    2.2250738585072014e-308, 1.7976931348623157e308, -1.7976931348623157e308, math.inf, -math.inf,
    math.nan, math.pi, math.e, 200000.0,
)  # fmt: skip
TEXTS = (
    "", " ", "\t\n", "\u00a0", "\ufeff", "\u2003 ", "\x1c", "\x85", "\u200b", "\u180e", "0", "-0", "+0",
    "00", "007", "1", " 1 ", "\ufeff1", "1\x1c", "1.", ".5", "-.5", ".", "-", "+", "e", "1e", "e1",
    "1e3", "1E3", "1e+3", "1e-3", "1e400", "-1e400", "1e-400", "0x1f", "0X1F", "0xg", "0x", "-0x1f",
    "+0x1f", "0b101", "0B1", "0b2", "0o17", "0O7", "0o8", "1_000", "inf", "nan", "NaN", "Infinity",
    "-Infinity", "+Infinity", "infinity", "٣", "１", "1,5", "1 2", "true", "false", "True", "FALSE",
    "falſe", "null", "undefined", "last", "random", "any", "all", "Last", "apple", "Apple", "APPLE",
    "zebra", "Zebra", "ÄÖ", "äö", "ß", "ẞ", "İ", "i̇", "ı", "Σ", "ΑΣ", "ας", "ασ", "ΑΣ Β", "ǅ", "K",
    "Å", "😀", "😀a", "a😀", "\ud83d", "\ude00", "\ude00\ud83d", "a\ud83d", "\uffff", "𐐀", "𐐨", "\ue000",
    "12345678901234567890", "0.1", "1e21", "1e-7", "0.30000000000000004", "9007199254740993", "abc def",
    "a", "b", "A", "z", "0.00", "1.0", "-1", "2.7", "100", "3.0000000001", "Ⱥ", "Ⅷ", "Ⓐ", "Ꭰ", "ꭰ", "ᏸ",
    "Ა", "ᲀ",
)  # fmt: skip


def odd_number(random: Random) -> float:
    """A number: special, whole, a fraction, or any bits at all."""
    kinds: tuple[Callable[[], float], ...] = (
        lambda: random.choice(NUMBERS),
        lambda: float(random.randint(-20, 400)),
        lambda: random.randint(-1000, 1000) / random.choice((2, 3, 4, 7, 8, 10, 100, 1000)),
        lambda: random.uniform(-1, 1) * 10.0 ** random.randint(-30, 30),
        lambda: struct.unpack("<d", random.randbytes(8))[0],
        lambda: float(random.randint(-40, 40) * 15) + random.choice((0.0, 1e-9, 1e-13, -1e-10)),
    )
    return random.choice(kinds)()


def odd_text(random: Random) -> str:
    """A text: a trap, a number in disguise, or any letters."""
    kinds: tuple[Callable[[], str], ...] = (
        lambda: random.choice(TEXTS),
        lambda: random.choice(TEXTS) + random.choice(TEXTS),
        lambda: (
            random.choice(("", " ", "+", "-", "\n")) + repr(odd_number(random)) + random.choice(("", " "))
        ),
        lambda: str(random.randint(-50, 400)),
        lambda: "".join(chr(_code_point(random)) for _ in range(random.randint(0, 4))),
    )
    return random.choice(kinds)()


def _code_point(random: Random) -> int:
    return random.randrange(random.choice((128, 0x500, 0x3000, 0x10000, 0x20000)))


def odd_value(random: Random) -> Value:
    """A value of any kind."""
    kind = random.random()
    if kind < 0.5:
        return odd_number(random)
    return odd_text(random) if kind < 0.95 else random.random() < 0.5
