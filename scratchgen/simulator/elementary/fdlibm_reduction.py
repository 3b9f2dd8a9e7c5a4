"""The remainder of an angle by π/2, in two doubles, exactly as fdlibm's sine, cosine and tangent take it.

Up to about 2¹⁹ π/2 it is e_rem_pio2.c, with π/2 in parts of 33 bits; above, k_rem_pio2.c, whose 24-bit digits
are taken from whole numbers here. fdlibm does not carry all digits of the product, and the last bit of a sine
may depend on which it leaves out; so the same are left out here.
"""
# Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved.
# Developed at SunSoft, a Sun Microsystems, Inc. business.
# Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice
# is preserved. (fdlibm's notice; the functions below are written anew after its algorithms.)

from __future__ import annotations

import math
from functools import cache
from math import frexp, ldexp

from scratchgen.simulator.elementary.fixed_point import pi
from scratchgen.simulator.elementary.words import from_high_word, high_word

__all__ = ["remainder_of_half_pi"]

# e_rem_pio2.c: π/2 is the sum of parts of 33 bits; each "rest" is what the parts before leave.
TWO_OVER_PI = 6.36619772367581382433e-01
PART_1 = 1.57079632673412561417e00
REST_1 = 6.07710050650619224932e-11
PART_2 = 6.07710050630396597660e-11
REST_2 = 2.02226624879595063154e-21
PART_3 = 2.02226624871116645580e-21
REST_3 = 8.47842766036889956997e-32

ONE_TURN_BELOW = from_high_word(0x4002D97C)  # about 3π/4
MEDIUM_BELOW = from_high_word(0x413921FC)  # about 2**19 π/2
HALF_PI_WORD = 0x3FF921FB
MULTIPLES = tuple(high_word(n * math.pi / 2) for n in range(32))
"""High words of the first multiples of π/2 (npio2_hw in e_rem_pio2.c): only near these do digits cancel."""


def remainder_of_half_pi(x: float) -> tuple[int, float, float]:
    """Return n, head and tail with x ≈ n π/2 + head + tail, for a finite x above π/4 in size.

    n counts quarters of a turn; only its last two bits are meaningful.

    >>> remainder_of_half_pi(-2.0)
    (-1, -0.4292036732051034, 5.721188722588272e-18)
    >>> remainder_of_half_pi(1e22)
    (3, 0.5506189342358097, -7.985621383201303e-18)
    """
    size = abs(x)
    if size < ONE_TURN_BELOW:
        turns, (head, tail) = 1, _one_turn(size)
    elif size < MEDIUM_BELOW:
        turns, head, tail = _medium(size)
    else:
        turns, head, tail = _large(size)
    return (turns, head, tail) if x > 0 else (-turns, -head, -tail)


def _one_turn(x: float) -> tuple[float, float]:
    """Return x - π/2 for x below about 3π/4."""
    z = x - PART_1
    rest = REST_1
    if high_word(x) == HALF_PI_WORD:  # 33 + 53 bits of π/2 do not suffice
        z -= PART_2
        rest = REST_2
    head = z - rest
    return head, (z - head) - rest


def _medium(x: float) -> tuple[int, float, float]:
    """Return the remainder of an x below about 2**19 π/2, with more parts of π/2 where digits cancel."""
    turns = int(x * TWO_OVER_PI + 0.5)
    r = x - turns * PART_1
    w = turns * REST_1
    head = r - w
    word = high_word(x)
    if turns >= 32 or word == MULTIPLES[turns]:
        exponent = word >> 20
        for part, rest, lost_bits in ((PART_2, REST_2, 16), (PART_3, REST_3, 49)):
            if exponent - (high_word(head) >> 20 & 0x7FF) <= lost_bits:
                break
            before, step = r, turns * part
            r = before - step
            w = turns * rest - ((before - r) - step)
            head = r - w
    return turns, head, (r - head) - w


DIGIT = 24
"""Bits of a digit of k_rem_pio2.c."""
DIGITS_OF_TWO_OVER_PI = 66
FIRST_DIGITS = 4
"""The digits after the first of the product that are computed at first (init_jk for 64-bit precision)."""
HALF_PI_DIGITS = (
    1.57079625129699707031e00,
    7.54978941586159635335e-08,
    5.39030252995776476554e-15,
    3.28200341580791294123e-22,
    1.27065575308067607349e-29,
)
"""π/2 in digits of 24 bits, as many as k_rem_pio2.c uses of its PIo2."""


@cache
def _two_over_pi() -> int:
    """Return 2/π with 1584 bits after the point, cut: the table two_over_pi of e_rem_pio2.c.

    >>> f"{_two_over_pi():x}"[:12], f"{_two_over_pi():x}"[-12:]
    ('a2f9836e4e44', '60e27bc08c6b')
    """
    bits = DIGIT * DIGITS_OF_TWO_OVER_PI
    return (2 << 2 * bits + 64) // pi(bits + 64)


def _large(x: float) -> tuple[int, float, float]:
    """Return the remainder of an x from about 2**19 π/2: k_rem_pio2.c for 64-bit precision.

    Its q[] are the digits of ``product``, its loop to compute 1 - q is a subtraction of whole numbers.
    """
    half, exponent = frexp(x)
    first = max((exponent - 27) // DIGIT, 0)  # digits of 2/π before this give whole multiples of 8
    more = FIRST_DIGITS
    while True:
        product = _product(int(ldexp(half, 53)), first, more)
        bits = DIGIT * (more + first + 1) - exponent + DIGIT  # of the product after the point
        turns, fraction = product >> bits & 7, product & ((1 << bits) - 1)
        above_half = fraction >> bits - 1
        if above_half:
            turns, fraction = turns + 1, (1 << bits) - fraction
        if fraction >> DIGIT * FIRST_DIGITS:
            break
        more += FIRST_DIGITS - (fraction.bit_length() - 1) // DIGIT  # up to the first digit that is not zero
    head, tail = _times_half_pi(fraction, bits)
    return (turns, -head, -tail) if above_half else (turns, head, tail)


def _product(significand: int, first: int, more: int) -> int:
    """Return the digits first … first + more of the product of 2/π with a significand of 53 bits."""
    mask = (1 << DIGIT * (more + 1)) - 1
    product = 0
    for place, digit in enumerate((significand >> 29, significand >> 5 & 0xFFFFFF, (significand & 31) << 19)):
        last = first + more - place
        product += digit * (_two_over_pi() >> DIGIT * (DIGITS_OF_TWO_OVER_PI - 1 - last) & mask)
    return product


def _times_half_pi(fraction: int, bits: int) -> tuple[float, float]:
    """Return fraction / 2**bits × π/2 as head and tail: the floating part of k_rem_pio2.c, sum by sum."""
    places = (fraction.bit_length() - 1) // DIGIT
    weights = [DIGIT * (places - place) for place in range(places + 1)]
    digits = [ldexp(fraction >> weight & 0xFFFFFF, weight - bits) for weight in weights]
    products = []
    for place in range(places + 1):
        terms = 0.0
        for k, part in enumerate(HALF_PI_DIGITS[: place + 1]):
            terms += part * digits[place - k]
        products.append(terms)
    head = 0.0
    for product in reversed(products):
        head += product
    tail = products[0] - head
    for product in products[1:]:
        tail += product
    return head, tail
