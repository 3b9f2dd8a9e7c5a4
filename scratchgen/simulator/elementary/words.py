"""The two 32-bit words of a double, which fdlibm's algorithms compare and cut.

The functions themselves live beside this module; wherever a comparison of high words is one of sizes, they
compare with ``from_high_word`` of the next word instead, which is faster.
"""

from __future__ import annotations

import struct

__all__ = ["clear_low_word", "from_high_word", "high_word"]

_LOW_WORD = (1 << 32) - 1
_HIGH_WORD = _LOW_WORD << 32
_pack_double, _unpack_double = struct.Struct("<d").pack, struct.Struct("<d").unpack
_pack_bits, _unpack_bits = struct.Struct("<Q").pack, struct.Struct("<Q").unpack


def from_high_word(word: int) -> float:
    """Return the double with this high word, and zero as its low word.

    >>> from_high_word(0x3FF00000), from_high_word(0xC0240000)
    (1.0, -10.0)
    """
    number: float = _unpack_double(_pack_bits(word << 32))[0]
    return number


def high_word(number: float) -> int:
    """Return the sign, the exponent and the first 20 bits of the fraction as an unsigned integer.

    >>> hex(high_word(1.5)), hex(high_word(-1.0))
    ('0x3ff80000', '0xbff00000')
    """
    bits: int = _unpack_bits(_pack_double(number))[0]
    return bits >> 32


def clear_low_word(number: float) -> float:
    """Return the number cut, towards zero, to the 21 bits of its high word.

    >>> clear_low_word(-1.0000000001), clear_low_word(2.5)
    (-1.0, 2.5)
    """
    head: float = _unpack_double(_pack_bits(_unpack_bits(_pack_double(number))[0] & _HIGH_WORD))[0]
    return head
