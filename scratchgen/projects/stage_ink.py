"""Whether black or white letters are easier to read on a colour of the stage."""

from __future__ import annotations

import numpy as np

__all__ = ["LIGHT_LIMIT", "light"]

FRACTION = 10_000
LIGHT_LIMIT = 17_910_000
"""Luminance, in units of FRACTION², above which black is read more easily than white: there both have a
contrast of 4.58 to 1 (WCAG 2.2, √(0.05 × 1.05) − 0.05 = 0.1791)."""


def light() -> list[int]:
    """Return the luminance of each channel value from 0 to 255, in ten-thousandths (IEC 61966-2-1).

    >>> light()[0], light()[255]
    (0, 10000)
    """
    share = np.arange(256) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return [round(value * FRACTION) for value in linear.tolist()]
