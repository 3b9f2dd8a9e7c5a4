"""The fdlibm profile is V8's ``Math`` of Node 20, bit for bit.

``SCRATCHGEN_EXACT=full`` in the environment tries a million arguments of each function.
"""

from __future__ import annotations

import math
import os
import struct
import subprocess
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from scratchgen.engines.install import find_node
from scratchgen.simulator.elementary import (
    FDLIBM,
    fdlibm_exponential,
    fdlibm_inverse,
    fdlibm_reduction,
    fdlibm_trigonometry,
)
from scratchgen.simulator.elementary.fixed_point import pi
from tests.compared import Compared

COUNT = 1_000_000 if os.environ.get("SCRATCHGEN_EXACT") == "full" else 20_000

V8_FUNCTIONS = {
    name: f"Math.{name}" for name in ("exp", "log", "sin", "cos", "tan", "asin", "acos", "atan")
} | {"power_of_ten": "x => Math.pow(10, x)"}

SCRIPT = """
const apply = %s, chunks = [];
process.stdin.on("data", chunk => chunks.push(chunk));
process.stdin.on("end", () => {
  const numbers = Buffer.concat(chunks);
  for (let at = 0; at < numbers.length; at += 8) numbers.writeDoubleLE(apply(numbers.readDoubleLE(at)), at);
  process.stdout.write(numbers);
});
"""


def neighbour(random: Random, number: float) -> float:
    """Return the number or one of the two doubles next to it."""
    return math.nextafter(number, random.choice((-math.inf, number, math.inf)))


def any_bits(random: Random) -> float:
    number: float = struct.unpack("<d", random.randbytes(8))[0]
    return number


def near_half_turns(random: Random) -> float:
    return neighbour(
        random, random.getrandbits(random.randint(1, 60)) * random.choice((math.pi / 4, -math.pi / 2))
    )


def near_right_angles(random: Random) -> float:
    return neighbour(random, math.pi * (90 * random.randint(-(10**4), 10**4)) / 180)


def any_size(random: Random) -> float:
    return random.choice((-1, 1)) * math.ldexp(random.uniform(0.5, 1), random.randint(-60, 1024))


def subnormal(random: Random) -> float:
    return random.choice((-1, 1)) * random.getrandbits(random.randint(1, 52)) * 5e-324


FAMILIES: tuple[Callable[[Random], float], ...] = (
    any_bits,
    any_size,
    lambda random: random.uniform(-1, 1),
    lambda random: random.uniform(-10, 10),
    lambda random: random.uniform(-750, 750),
    lambda random: random.uniform(-326, -300),  # powers of ten that are subnormal
    lambda random: random.randint(-4000, 4000) / random.choice((1, 2, 4, 10)),
    lambda random: 1 + math.ldexp(random.uniform(-1, 1), random.randint(-53, -1)),
    near_half_turns,
    near_right_angles,
    subnormal,
)


ODD_VALUES = (math.nan, 0.0, math.inf, 5e-324, 2.0**-1022, 1.7976931348623157e308)
BOUNDS = (
    *(
        2.0**power
        for power in (-58, -57, -56, -55, -54, -53, -29, -28, -27, -26, -20, -2, -1, 0, 1, 52, 53, 66)
    ),
    *(0.4375, 0.6875, 1.1875, 1.5, 2.4375, 10.0, 22.0, 23.0, 308.0, 323.0, 324.0),
    *(power / math.log2(10) for power in (0.5, 1024.0, 1074.0, 1075.0)),
    *(n * math.pi / 4 for n in range(1, 140)),
    *(
        value
        for module in (fdlibm_exponential, fdlibm_inverse, fdlibm_reduction, fdlibm_trigonometry)
        for value in vars(module).values()
        if isinstance(value, float)
    ),
)
"""Where the algorithms take other branches, and all their coefficients."""

QUICK_REDUCTIONS = (
    float.fromhex("0x1.f6a77cee58bc0p+2"),
    float.fromhex("0x1.dd8677390f7f7p+4"),
    float.fromhex("0x1.f6a788cafcbccp+3"),
)
"""Near multiples of π/2, where fdlibm does not look whether digits cancel, and the sine shows it."""


def near_bounds(random: Random) -> Iterator[float]:
    """Both neighbours of each bound, and doubles nearby, for branches that depend on the high word alone."""
    for bound in BOUNDS:
        yield from (bound, math.nextafter(bound, math.inf), math.nextafter(bound, -math.inf))
        yield from (bound * (1 + random.uniform(-1, 1) * 2**-19) for _ in range(20))


def nearest_to_half_turns() -> Iterator[float]:
    """For each exponent, the doubles nearest to a multiple of π/2: these need the longest reductions.

    They are the denominators of the continued fraction of 2**exponent / (π/2).
    """
    bits = 1200
    for exponent in range(-60, 971):
        numerator, denominator = 1 << exponent + bits, pi(bits) >> 1
        older, newer = 1, 0
        while denominator and newer < 1 << 53:
            whole, rest = divmod(numerator, denominator)
            numerator, denominator = denominator, rest
            if newer >= 1 << 44:
                yield math.ldexp(newer, exponent)
            older, newer = newer, whole * newer + older


def arguments(name: str) -> array[float]:
    """Return the hard cases and COUNT other arguments, the same for a name each time."""
    random = Random(name)
    fixed = (*ODD_VALUES, *near_bounds(random), *QUICK_REDUCTIONS, *nearest_to_half_turns())
    numbers = array("d", (sign * number for number in fixed for sign in (-1, 1)))
    numbers.extend(FAMILIES[n % len(FAMILIES)](random) for n in range(COUNT))
    return numbers


PAIR_SCRIPT = """
const chunks = [];
process.stdin.on("data", chunk => chunks.push(chunk));
process.stdin.on("end", () => {
  const pairs = Buffer.concat(chunks), angles = Buffer.alloc(pairs.length / 2);
  for (let at = 0; at < angles.length; at += 8) {
    angles.writeDoubleLE(Math.atan2(pairs.readDoubleLE(2 * at), pairs.readDoubleLE(2 * at + 8)), at);
  }
  process.stdout.write(angles);
});
"""


def pairs() -> array[float]:
    """Return ordinates and abscissas in turn: of any two families, of all odd values, and on the stage."""
    random = Random("atan2")
    odd = [sign * number for number in (*ODD_VALUES, 1.0, 2.0**60, 2.0**-60) for sign in (-1, 1)]
    numbers = array("d", (each for y in odd for x in odd for each in (y, x)))
    for bound in near_bounds(random):
        x = random.choice(FAMILIES)(random)
        numbers.extend((bound * x, x, x, bound * x))  # slopes near the bounds
    for n in range(COUNT):
        if n % 2:
            numbers.extend(float(random.randint(-480, 480)) for _ in range(2))
        else:
            numbers.extend(random.choice(FAMILIES)(random) for _ in range(2))
    return numbers


@pytest.fixture(scope="module")
def node(engines_installed: Path) -> str:
    """The program of Node 20; the fixture asked for skips or fails where it is missing."""
    return find_node()


@pytest.mark.engine
@pytest.mark.parametrize("name", V8_FUNCTIONS)
def test_fdlibm_equals_node(node: str, name: str, compared: Compared) -> None:
    numbers = arguments(name)
    asked = subprocess.run(
        [node, "-e", SCRIPT % V8_FUNCTIONS[name]], input=numbers.tobytes(), capture_output=True, check=True
    )
    theirs = array("d", asked.stdout)
    apply = getattr(FDLIBM, name)
    ours = array("d", map(apply, numbers))
    assert len(theirs) == len(ours)
    different = [
        (number.hex(), one.hex(), other.hex())
        for number, one, other in zip(numbers, ours, theirs, strict=True)
        if struct.pack("<d", one) != struct.pack("<d", other) and not (math.isnan(one) and math.isnan(other))
    ]
    compared(f"arguments of {name}", len(numbers), differences=len(different))
    assert different == []


@pytest.mark.engine
def test_fdlibm_angles_equal_node(node: str) -> None:
    numbers = pairs()
    asked = subprocess.run(
        [node, "-e", PAIR_SCRIPT], input=numbers.tobytes(), capture_output=True, check=True
    )
    theirs = array("d", asked.stdout)
    assert 2 * len(theirs) == len(numbers)
    different = [
        (y.hex(), x.hex(), angle.hex())
        for y, x, angle in zip(numbers[::2], numbers[1::2], theirs, strict=True)
        if struct.pack("<d", FDLIBM.atan2(y, x)) != struct.pack("<d", angle)
        and not (math.isnan(angle) and math.isnan(FDLIBM.atan2(y, x)))
    ]
    assert different == []
