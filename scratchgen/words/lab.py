"""CIELAB: a space in which a distance is about what people see (CIE 1976, white point D65, from sRGB)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["distances", "distances_and_slopes", "to_lab"]

FloatArray = NDArray[np.float64]

TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
"""Linear RGB to XYZ (IEC 61966-2-1)."""
WHITE = TO_XYZ.sum(axis=1)
TO_LAB = np.array([[0.0, 116.0, 0.0], [500.0, -500.0, 0.0], [0.0, 200.0, -200.0]])
DARK = (6 / 29) ** 3
NEAR = 1e-3
"""Distances are rounded off at 0, where they have no slope."""


def _linear(shares: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return linear light of sRGB shares from 0 to 1, and its slope."""
    bent = (np.maximum(shares, 0.04045) + 0.055) / 1.055
    dark = shares <= 0.04045
    return (
        np.where(dark, shares / 12.92, bent**2.4),
        np.where(dark, 1 / 12.92, 2.4 / 1.055 * bent**1.4),
    )


def _root(light: FloatArray) -> tuple[FloatArray, FloatArray]:
    root = np.cbrt(np.maximum(light, DARK))
    dark = light <= DARK
    slope = (29 / 6) ** 2 / 3
    return np.where(dark, light * slope + 4 / 29, root), np.where(dark, slope, 1 / (3 * root**2))


def to_lab(shares: FloatArray) -> FloatArray:
    """Return L*, a*, b* of sRGB shares from 0 to 1, both of shape (…, 3).

    >>> to_lab(np.array([[1.0, 1.0, 1.0], [1.0, 0.0, 0.0]])).round(1).tolist()
    [[100.0, 0.0, 0.0], [53.2, 80.1, 67.2]]
    """
    roots, _ = _root(_linear(shares)[0] @ TO_XYZ.T / WHITE)
    lab: FloatArray = roots @ TO_LAB.T - np.array([16.0, 0.0, 0.0])
    return lab


def distances(one: FloatArray, other: FloatArray) -> FloatArray:
    """Return the CIELAB distances (ΔE*ab) of sRGB shares, shape (…, 3) to (…).

    >>> round(float(distances(np.zeros(3), np.ones(3))), 6)
    100.0
    """
    found: FloatArray = np.linalg.norm(to_lab(one) - to_lab(other), axis=-1)
    return found


def distances_and_slopes(given: FloatArray, wanted: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return distances, a little rounded off at 0, and their slopes by the shares that were given."""
    linear, linear_slope = _linear(given)
    roots, root_slope = _root(linear @ TO_XYZ.T / WHITE)
    apart = roots @ TO_LAB.T - np.array([16.0, 0.0, 0.0]) - to_lab(wanted)
    found = np.sqrt((apart**2).sum(axis=-1) + NEAR)
    by_root = (apart / found[..., None]) @ TO_LAB
    by_linear = (by_root * root_slope / WHITE) @ TO_XYZ
    return found, by_linear * linear_slope
