"""The elementary functions that the engines do not agree on, as math profiles.

``FDLIBM`` equals V8 of Node 20 bit for bit; ``CORRECTLY_ROUNDED`` gives the double nearest to the true value,
which the engines that have left fdlibm come close to. What Scratch's blocks make of them (degrees, ten
decimals) is left to the simulator's operations.

>>> PROFILES["fdlibm"].power_of_ten(-5.0), PROFILES["rounded"].power_of_ten(-5.0)
(9.999999999999999e-06, 1e-05)
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from scratchgen.simulator.elementary import fdlibm_exponential, fdlibm_inverse, fdlibm_trigonometry, rounded
from scratchgen.simulator.elementary.profile import Function, MathProfile

__all__ = ["CORRECTLY_ROUNDED", "FDLIBM", "PROFILES", "Function", "MathProfile"]

FDLIBM = MathProfile(
    name="fdlibm",
    exp=fdlibm_exponential.exp,
    log=fdlibm_exponential.log,
    sin=fdlibm_trigonometry.sin,
    cos=fdlibm_trigonometry.cos,
    tan=fdlibm_trigonometry.tan,
    asin=fdlibm_inverse.asin,
    acos=fdlibm_inverse.acos,
    atan=fdlibm_inverse.atan,
    atan2=fdlibm_inverse.atan2,
    power_of_ten=fdlibm_exponential.power_of_ten,
)
"""As V8 of Node 20 computes them, to the last bit."""

CORRECTLY_ROUNDED = MathProfile(
    name="rounded",
    exp=rounded.exp,
    log=rounded.log,
    sin=rounded.sin,
    cos=rounded.cos,
    tan=rounded.tan,
    asin=rounded.asin,
    acos=rounded.acos,
    atan=rounded.atan,
    atan2=rounded.atan2,
    power_of_ten=rounded.power_of_ten,
)
"""The double nearest to the true value, ties to even."""

PROFILES: Mapping[str, MathProfile] = MappingProxyType(
    {each.name: each for each in (FDLIBM, CORRECTLY_ROUNDED)}
)
"""The math profiles by their name."""
