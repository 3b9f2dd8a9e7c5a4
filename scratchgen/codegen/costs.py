"""The cost model: what a program takes on an engine, predicted from how often its blocks are executed.

The table ``costs.toml`` holds nanoseconds on the machine on which it was measured; another machine is faster
or slower as a whole, so predictions are compared with each other, or scaled by one measurement.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = [
    "BLOCK",
    "CONSTANT_ITEM",
    "CostTable",
    "cost_table",
    "cost_tables",
    "crowd",
    "opening_seconds",
    "tiers",
    "written_bytes",
]

BLOCK = "block"
"""The key of a block that takes part, however often it is executed: the more there are, the dearer each."""


MEDIUM, LARGE = "medium:block", "large:block"
"""The keys of a block executed in a custom block of medium and of large code, as :func:`tiers` has them."""
CONSTANT_ITEM = "constant:item"
"""The key of what it costs beyond the block itself that an item's place in a list is typed in."""
MOST_SMALL, MOST_MEDIUM, LEAST_LARGE = 375, 3_050, 5_500
"""TurboWarp makes a function of each custom block, and V8 optimises a function less the more code it has:
measured in steps from 3-8-11 to 128-32-10, blocks of small functions take 0.4 ns, of medium ones 2, of large
ones 35. Between medium and large, it is the more the larger."""
ITEM_OF_LARGE = 3.6
"""How many blocks of code an item of a list counts for; it does not make small code medium."""


MOST_IN_CACHE = 1_500
"""So many blocks, with what an engine keeps of each, fill the cache that a processor's core has of its own,
about a megabyte; between 1,000 and 2,000 the model fits nearly as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostTable:
    """Nanoseconds by what is executed, on one engine."""

    engine: str
    nanoseconds: Mapping[str, float]

    def time(self, executed: Mapping[str, float]) -> float:
        """Return the nanoseconds that so many executions take, with what crowding takes of :data:`BLOCK`.

        >>> cost_table("scratch").time({"operator_add": 2.0}) > 0
        True
        """
        found = sum(times * self.of(key) for key, times in executed.items() if key != BLOCK)
        return found + self.crowding(executed.get(BLOCK, 0.0))

    def crowding(self, blocks: float) -> float:
        """Return the nanoseconds that so many blocks cost because they do not all stay in the cache."""
        return sum(self.nanoseconds.get(key, 0.0) * size for key, size in crowd(blocks).items())

    def of(self, key: str) -> float:
        """Return the nanoseconds of one execution; what the table does not name costs as an addition does."""
        plain = key.partition("@")[0]
        if key in (MEDIUM, LARGE, CONSTANT_ITEM):
            return self.nanoseconds.get(key, 0.0)
        return self.nanoseconds.get(key, self.nanoseconds.get(plain, self.nanoseconds["operator_add"]))


def crowd(blocks: float) -> dict[str, float]:
    """Return what crowding grows with: the number of blocks, and how many are more than the cache holds.

    Each of these has to be fetched anew for every answer. That costs the same however many they are, so a
    square would say far too much of the largest programs.

    >>> crowd(2000.0)
    {'block': 2000.0, 'block_crowded': 500.0}
    """
    return {BLOCK: blocks, "block_crowded": max(0.0, blocks - MOST_IN_CACHE)}


def tiers(executed: float, *, blocks: int, items: int) -> dict[str, float]:
    """Return how many of the blocks executed in a custom block count as in medium and as in large code.

    ``blocks`` are all that it is made of, ``items`` those of them that are items of lists.

    >>> tiers(100, blocks=100, items=0), tiers(1000, blocks=1000, items=0), tiers(9000, blocks=9000, items=0)
    ({}, {'medium:block': 1000.0}, {'large:block': 9000.0})
    """
    if blocks - items <= MOST_SMALL:
        return {}
    code = blocks + (ITEM_OF_LARGE - 1) * items
    large = min(1.0, max(0.0, (code - MOST_MEDIUM) / (LEAST_LARGE - MOST_MEDIUM)))
    found = {MEDIUM: executed * (1 - large), LARGE: executed * large}
    return {key: times for key, times in found.items() if times}


@cache
def cost_tables() -> Mapping[str, Mapping[str, float]]:
    """Return everything that was measured: a table an engine, and one of the editor."""
    found: Mapping[str, Mapping[str, float]] = tomllib.loads(
        (Path(__file__).parent / "costs.toml").read_text(encoding="utf-8")
    )
    return found


@cache
def cost_table(engine: str) -> CostTable:
    """Return the table of an engine, ``scratch`` or ``turbowarp``."""
    return CostTable(engine=engine, nanoseconds=cost_tables()[engine])


def opening_seconds(blocks: int) -> float:
    """Predict how long the editor takes to open a project whose many blocks are not in its first sprite.

    >>> opening_seconds(0) < opening_seconds(20_000)
    True
    """
    editor = cost_tables()["editor"]
    return editor["opening"] + editor["block"] * blocks


def written_bytes(executed: Mapping[str, float], size: int) -> int:
    """Estimate the bytes in project.json of straight code that executes this, with so many digits in it."""
    return round(sum(times * _bytes_of(key) for key, times in executed.items())) + size


def _bytes_of(key: str) -> float:
    opcode = key.partition("@")[0]
    if ":" in key:
        return 20.0 if key == "procedures_call:argument" else 0.0
    if opcode == "data_variable":
        return 24.0
    return BYTES.get(opcode, 175.0)


BYTES: Mapping[str, float] = {
    "operator_add": 172.0,
    "operator_subtract": 178.0,
    "operator_multiply": 178.0,
    "operator_divide": 176.0,
    "operator_mod": 172.0,
    "operator_gt": 180.0,
    "operator_mathop": 172.0,
    "argument_reporter_string_number": 160.0,
    "data_itemoflist": 176.0,
    "data_setvariableto": 170.0,
    "data_addtolist": 170.0,
    "procedures_call": 300.0,
    "procedures_definition": 600.0,
}
"""Measured on projects that the writer wrote; the whole file is measured again when it is built."""
