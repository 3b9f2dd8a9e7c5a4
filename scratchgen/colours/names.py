"""The eleven basic colour terms of English, in our order (Berlin and Kay, *Basic Color Terms*, 1969)."""

from __future__ import annotations

__all__ = ["BASIC_NAMES"]

BASIC_NAMES = (
    "black",
    "white",
    "grey",
    "red",
    "orange",
    "yellow",
    "green",
    "blue",
    "purple",
    "pink",
    "brown",
)
