"""Counts what was compared with the real engine, so that the end of a run can tell how much it was.

The counts travel with the reports of the tests: that works in several processes too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest

__all__ = ["Compared", "summary"]

MARK = "compared with the engine"


class Compared:
    """Notes how many calls, programs or arguments a test has compared, and how many were different."""

    def __init__(self, properties: list[tuple[str, object]]) -> None:
        self._properties = properties

    def __call__(self, kind: str, count: int, *, differences: int) -> None:
        """Note it before the assertion, so that a test that fails has counted as well."""
        self._properties.append((MARK, (kind, count, differences)))


def summary(reports: Iterable[pytest.TestReport]) -> list[str]:
    """Return a line for each kind of thing that was compared, and one for the differences; or no line."""
    counts: Counter[str] = Counter()
    different = 0
    for report in reports:
        for mark, noted in report.user_properties:
            if mark == MARK and isinstance(noted, list | tuple):
                kind, count, differences = noted
                counts[kind] += count
                different += differences
    lines = [f"{count:,} {kind}" for kind, count in sorted(counts.items())]
    return [*lines, f"{different:,} differences"] if lines else []
