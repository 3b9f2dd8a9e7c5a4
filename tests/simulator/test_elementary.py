"""Both math profiles against decimal arithmetic, and against each other."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal, localcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scratchgen.simulator.elementary import CORRECTLY_ROUNDED, FDLIBM, PROFILES, MathProfile
from scratchgen.simulator.elementary.words import clear_low_word, from_high_word, high_word

DIGITS = 60
UNIT = st.floats(-1.0, 1.0)
ANGLES = st.one_of(st.floats(-10, 10), st.floats(-1e6, 1e6), st.integers(-(10**6), 10**6).map(math.radians))
DOMAINS: dict[str, st.SearchStrategy[float]] = {
    "exp": st.one_of(st.floats(-746, 710), st.floats(-1, 1)),
    "log": st.one_of(st.floats(min_value=5e-324, allow_infinity=False), st.floats(0.5, 2)),
    "sin": ANGLES,
    "cos": ANGLES,
    "tan": ANGLES,
    "asin": UNIT,
    "acos": UNIT,
    "atan": st.one_of(st.floats(allow_nan=False, allow_infinity=False), st.floats(-10, 10)),
    "power_of_ten": st.one_of(st.floats(-324, 309), st.floats(-1, 1), st.integers(-324, 309).map(float)),
}
FUNCTIONS = sorted(DOMAINS)


def decimal_pi() -> Decimal:
    """Return π by Gauss and Legendre's mean, in the context's digits."""
    a, b, t, p = Decimal(1), 1 / Decimal(2).sqrt(), Decimal("0.25"), Decimal(1)
    while abs(a - b) > Decimal(10) ** (5 - DIGITS - 340):
        mean = (a + b) / 2
        b = (a * b).sqrt()
        t -= p * (a - mean) ** 2
        a, p = mean, 2 * p
    return (a + b) ** 2 / (4 * t)


with localcontext() as wide:
    wide.prec = DIGITS + 350
    PI = decimal_pi()


def sin_and_cos(x: Decimal) -> tuple[Decimal, Decimal]:
    """Return the sine and the cosine by Taylor's series, which goes on till its terms are small beside x."""
    with localcontext() as context:
        context.prec = DIGITS + 350
        x = x % (2 * PI)
    sums, term, n = [Decimal(0), Decimal(0)], Decimal(1), 0
    while abs(term) > abs(x).scaleb(-2 * DIGITS):
        sums[n % 2] += term if n % 4 < 2 else -term
        n += 1
        term = term * x / n
    return sums[1], sums[0]


def solve(step: Callable[[Decimal, Decimal], Decimal], start: float) -> Decimal:
    """Return the root that Newton's method finds; ``step`` gets the sine and the cosine of the guess."""
    angle = Decimal(start)
    for _ in range(4):  # 16 digits are 32, 64, 128
        angle -= step(*sin_and_cos(angle))
    return angle


def sine_over_cosine(x: Decimal) -> Decimal:
    sine, cosine = sin_and_cos(x)
    return sine / cosine


ORACLE: dict[str, Callable[[Decimal], Decimal]] = {
    "exp": Decimal.exp,
    "log": Decimal.ln,
    "sin": lambda x: sin_and_cos(x)[0],
    "cos": lambda x: sin_and_cos(x)[1],
    "tan": sine_over_cosine,
    "asin": lambda x: solve(lambda sine, cosine: (sine - x) / cosine, math.asin(x)),
    "acos": lambda x: solve(lambda sine, cosine: (x - cosine) / sine, math.acos(x)),
    "atan": lambda x: solve(lambda sine, cosine: (sine - x * cosine) / (cosine + x * sine), math.atan(x)),
    "power_of_ten": lambda x: Decimal(10) ** x,
}


def by_decimals(name: str, x: float) -> float:
    """Return the double nearest to the value that decimal arithmetic gives."""
    if name in ("asin", "acos") and abs(x) == 1:  # the slope there has no inverse
        return {"asin": x * math.pi / 2, "acos": 0.0 if x > 0 else math.pi}[name]
    if x == 0 and name in ("sin", "tan", "asin", "atan"):
        return x  # decimals have no series for the sign of zero
    with localcontext() as context:
        context.prec = 2 * DIGITS
        return float(ORACLE[name](Decimal(x)))


def same(one: float, other: float) -> bool:
    """Equal to the last bit, all NaNs being one."""
    return (math.isnan(one) and math.isnan(other)) or (
        one == other and math.copysign(1, one) == math.copysign(1, other)
    )


@pytest.mark.parametrize("name", FUNCTIONS)
@settings(max_examples=150)
@given(data=st.data())
def test_the_rounded_profile_is_correctly_rounded(name: str, data: st.DataObject) -> None:
    x = data.draw(DOMAINS[name])
    assert same(getattr(CORRECTLY_ROUNDED, name)(x), by_decimals(name, x))


HARD_CASES = [
    # V. Lefèvre and J.-M. Muller, "Worst cases for correct rounding of the elementary functions in double
    # precision": about 60 bits after the last are all zeros or all ones.
    ("exp", 7.541752774995959e-10),
    ("log", float.fromhex("0x1.62a88613629b6p+678")),
    ("sin", float.fromhex("0x1.e0000000001c2p-20")),
    # The double nearest to a multiple of π/2, with the longest reduction (Muller, "Elementary Functions").
    ("sin", math.ldexp(6381956970095103.0, 797)),
    ("cos", math.ldexp(6381956970095103.0, 797)),
    ("tan", math.ldexp(6381956970095103.0, 797)),
    ("sin", 1.7976931348623157e308),
    ("power_of_ten", 23.0),  # halfway between two doubles
    ("power_of_ten", -323.6),
    ("exp", -745.1332191019411),
    ("asin", 1 - 2**-53),
    ("acos", 1 - 2**-53),
    ("acos", -1 + 2**-53),
    ("acos", 5e-324),
    ("log", 1 + 2**-52),
    ("log", 1 - 2**-53),
    ("log", 5e-324),
    *(
        (name, sign * 2.0**-k)
        for name in FUNCTIONS
        if name != "log"
        for sign in (-1, 1)
        for k in (26, 27, 54, 56)
    ),
]


@pytest.mark.parametrize(("name", "x"), HARD_CASES)
def test_hard_cases_are_correctly_rounded(name: str, x: float) -> None:
    assert same(getattr(CORRECTLY_ROUNDED, name)(x), by_decimals(name, x))


@pytest.mark.parametrize("name", FUNCTIONS)
@given(data=st.data())
def test_fdlibm_is_off_by_one_unit_at_most(name: str, data: st.DataObject) -> None:
    x = data.draw(DOMAINS[name])
    nearest, other = getattr(CORRECTLY_ROUNDED, name)(x), getattr(FDLIBM, name)(x)
    assert other in (nearest, math.nextafter(nearest, -math.inf), math.nextafter(nearest, math.inf))


SIDES = st.floats(allow_nan=False, allow_infinity=False).filter(bool)
POINTS = st.one_of(
    st.tuples(SIDES, SIDES),
    st.tuples(st.integers(-480, 480).map(float), st.integers(1, 480).map(float)),
    st.tuples(st.floats(-500, 500), st.floats(-500, 500).filter(bool)),
)
HARD_POINTS = [
    *(
        (y, x)
        for y in (5e-324, 1.7976931348623157e308)
        for x in (5e-324, -5e-324, 1.7976931348623157e308, -1.0)
    ),
    (1.5e-323, 2.0),  # the slope is halfway between two doubles, the angle a little below
    (-1.5e-323, 2.0),
    (5e-324, 2.0),
    (5e-324, 1.0),
    (5e-324, 1.7976931348623157e308),
    (1.0, 1.0000000000000002),
    (1.0, -0.9999999999999999),
    (3.0, 2.0**600),
]


def angle_by_decimals(y: float, x: float) -> float:
    """Return the double nearest to the angle that decimal arithmetic gives, for an x that is not 0."""
    with localcontext() as context:
        context.prec = 1500  # the slope's cube may be 1,940 digits smaller than the double next to it
        slope = Decimal(y) / Decimal(x)
        if slope and abs(slope) < Decimal(10) ** -100:
            angle = slope - slope**3 / 3
        elif abs(slope) > Decimal(10) ** 100:
            angle = (PI / 2).copy_sign(slope) - 1 / slope
        else:
            context.prec = 2 * DIGITS
            angle = ORACLE["atan"](slope)
        if x < 0:
            angle += PI.copy_sign(Decimal(y))
        return math.copysign(float(angle), y)


@settings(max_examples=300)
@given(POINTS)
def test_angles_of_the_rounded_profile_are_correctly_rounded(point: tuple[float, float]) -> None:
    assert same(CORRECTLY_ROUNDED.atan2(*point), angle_by_decimals(*point))


@pytest.mark.parametrize(("y", "x"), HARD_POINTS)
def test_hard_angles_are_correctly_rounded(y: float, x: float) -> None:
    assert same(CORRECTLY_ROUNDED.atan2(y, x), angle_by_decimals(y, x))


@given(POINTS)
def test_an_angle_of_fdlibm_is_off_by_one_unit_at_most(point: tuple[float, float]) -> None:
    nearest, other = CORRECTLY_ROUNDED.atan2(*point), FDLIBM.atan2(*point)
    assert other in (nearest, math.nextafter(nearest, -math.inf), math.nextafter(nearest, math.inf))


# ISO/IEC 9899:2018 (C17), F.10.1.4, of which JavaScript's atan2 says the same.
QUARTER, HALF = math.pi / 4, math.pi / 2
SPECIAL_POINTS = [
    *((side, number, HALF) for side in (math.inf, 1.0) for number in (0.0, -0.0)),
    *((math.inf, number, HALF) for number in (1.0, -1.0)),
    *((number, math.inf, 0.0) for number in (0.0, 1.0)),
    *((number, -math.inf, math.pi) for number in (0.0, 1.0)),
    *((0.0, number, 0.0) for number in (0.0, 1.0)),
    *((0.0, number, math.pi) for number in (-0.0, -1.0)),
    (math.inf, math.inf, QUARTER),
    (math.inf, -math.inf, 3 * QUARTER),
]


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
@pytest.mark.parametrize(("y", "x", "angle"), SPECIAL_POINTS)
def test_special_angles(profile: MathProfile, y: float, x: float, angle: float) -> None:
    assert same(profile.atan2(y, x), angle)
    assert same(profile.atan2(-y, x), -angle)


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
@given(number=st.floats())
def test_no_angle_without_a_number(profile: MathProfile, number: float) -> None:
    assert math.isnan(profile.atan2(math.nan, number))
    assert math.isnan(profile.atan2(number, math.nan))


INFINITE, NAN = math.inf, math.nan
SPECIAL_VALUES = [
    *((name, NAN, NAN) for name in FUNCTIONS),
    *((name, sign * 0.0, sign * 0.0) for name in ("sin", "tan", "asin", "atan") for sign in (-1, 1)),
    *((name, sign * 5e-324, sign * 5e-324) for name in ("sin", "tan", "asin", "atan") for sign in (-1, 1)),
    *((name, sign * INFINITE, NAN) for name in ("sin", "cos", "tan", "asin", "acos") for sign in (-1, 1)),
    *((name, sign * 1.0000000000000002, NAN) for name in ("asin", "acos") for sign in (-1, 1)),
    *((name, INFINITE, INFINITE) for name in ("exp", "log", "power_of_ten")),
    *((name, -INFINITE, 0.0) for name in ("exp", "power_of_ten")),
    *((name, -0.0, 1.0) for name in ("exp", "cos", "power_of_ten")),
    *((name, 5e-324, 1.0) for name in ("exp", "cos", "power_of_ten")),
    ("exp", 709.782712893384, 1.7976931348622732e308),
    ("exp", 709.7827128933841, INFINITE),
    ("exp", -745.1332191019411, 5e-324),
    ("exp", -745.1332191019412, 0.0),
    ("power_of_ten", 308.2547155599167, 1.7976931348620926e308),
    ("power_of_ten", 308.25471555991674, INFINITE),
    ("power_of_ten", -323.6, 5e-324),
    ("power_of_ten", -323.61, 0.0),
    ("log", 0.0, -INFINITE),
    ("log", -0.0, -INFINITE),
    ("log", -5e-324, NAN),
    ("log", -INFINITE, NAN),
    ("log", 1.0, 0.0),
    ("asin", -1.0, -math.pi / 2),
    ("acos", 1.0, 0.0),
    ("acos", -1.0, math.pi),
    ("atan", -INFINITE, -math.pi / 2),
    ("atan", 1.7976931348623157e308, math.pi / 2),
]


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
@pytest.mark.parametrize(("name", "x", "value"), SPECIAL_VALUES)
def test_special_values(profile: MathProfile, name: str, x: float, value: float) -> None:
    assert same(getattr(profile, name)(x), value)


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
@given(x=st.floats())
def test_symmetries_and_no_errors(profile: MathProfile, x: float) -> None:
    for odd in (profile.sin, profile.tan, profile.asin, profile.atan):
        assert same(odd(-x), -odd(x))
    assert same(profile.cos(-x), profile.cos(x))
    for other in (profile.exp, profile.log, profile.acos, profile.power_of_ten):
        assert isinstance(other(x), float)


def test_profiles_carry_their_names() -> None:
    assert {name: profile.name for name, profile in PROFILES.items()} == {
        "fdlibm": "fdlibm",
        "rounded": "rounded",
    }


@given(st.floats(allow_nan=False))
def test_words_put_a_number_together(number: float) -> None:
    head = clear_low_word(number)
    assert head == from_high_word(high_word(number))
    assert abs(head) <= abs(number)
    assert high_word(head) == high_word(number)
