"""Rules about where scripts lie on a sprite's page: not on top of one another.

Sizes are the least that a block can have, so that what is reported does overlap.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator
from typing import NamedTuple

from scratchgen.scratch.catalogue import CATALOGUE
from scratchgen.scratch.linting.findings import Fault, Rule
from scratchgen.scratch.linting.view import BlockView, ProjectView, TargetView
from scratchgen.scratch.linting.words import block_place
from scratchgen.scratch.measures import EMPTY_MOUTH, REPORTER_HEIGHT, STACK_HEIGHT

__all__ = ["RULES"]

LEAST_WIDTH = 64


class Box(NamedTuple):
    """What a script covers at least, from ``x`` to ``x + LEAST_WIDTH``."""

    x: float
    top: float
    bottom: float
    block: BlockView


def _boxes(target: TargetView) -> list[Box]:
    heights = _heights(target)
    boxes = []
    for block in target.blocks.values():
        x, y = block.raw.get("x"), block.raw.get("y")
        if block.top_level and not block.shadow and isinstance(x, int | float) and isinstance(y, int | float):
            boxes.append(Box(float(x), float(y), float(y) + heights.get(block.id, 0), block))
    return boxes


def _heights(target: TargetView) -> dict[str, float]:
    """The least height of each block with all that hangs in its mouths and under it."""
    heights: dict[str, float] = {}
    for script in target.scripts.values():
        for block in reversed(script):
            row = CATALOGUE.get(block.opcode)
            is_value = row is not None and row.shape in ("reporter", "boolean")
            height: float = REPORTER_HEIGHT if is_value else STACK_HEIGHT
            for mouth in row.mouths if row else ():
                content = next(iter(block.inputs.get(mouth, ())), None)
                inner = heights.get(content, 0.0) if isinstance(content, str) else 0.0
                height += max(inner, EMPTY_MOUTH)
            heights[block.id] = height + heights.get(block.next or "", 0.0)
    return heights


def _overlap(view: ProjectView) -> Iterator[Fault]:
    for target in view.targets:
        for upper, lower in _overlapping(_boxes(target)):
            place = "at the same place as" if (upper.x, upper.top) == (lower.x, lower.top) else "on top of"
            other = block_place(target, upper.block).block
            yield block_place(target, lower.block), f'its script lies {place} the script "{other}"'


def _overlapping(boxes: list[Box]) -> Iterator[tuple[Box, Box]]:
    """For each box that begins within others: one of those, and itself.

    A line sweeps down the page. Of boxes on top of one another it goes on with the longest only, so that
    those on the line lie side by side, and a search among them is short.
    """
    line: list[Box] = []
    for box in sorted(boxes, key=lambda box: (box.top, box.x)):
        first = bisect_right(line, box.x - LEAST_WIDTH, key=lambda other: other.x)
        last = bisect_left(line, box.x + LEAST_WIDTH, key=lambda other: other.x)
        covered = [other for other in line[first:last] if other.bottom > box.top]
        if covered:
            yield covered[0], box
        line[first:last] = []
        insort(line, max([box, *covered], key=lambda other: other.bottom), key=lambda other: other.x)


RULES = (Rule("overlap", "warning", "scripts lie side by side", _overlap),)
