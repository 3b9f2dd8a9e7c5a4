"""Rules about custom blocks that run without screen refresh, which the engine interrupts after 500 ms.

How long they take is estimated from the numbers written on their loops and the cost of their blocks; where a
number is worked out, nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Iterator

from scratchgen.scratch.linting.findings import Fault, Rule
from scratchgen.scratch.linting.view import BlockView, Definition, ProjectView, TargetView, as_text
from scratchgen.scratch.linting.words import block_place
from scratchgen.scratch.numbers import parse_number

__all__ = ["RULES", "runs_of_blocks", "turns_of"]

WARP_SECONDS = 0.5
SECONDS_PER_UNIT = 1e-7
"""A subtraction is one unit. On the official engine nested loops over lists do 0.5 to 0.95 million
multiplications with additions a second, of about 18 units each."""

UNITS = {
    "data_setvariableto": 3.4,
    "data_changevariableby": 3.4,
    "data_itemoflist": 2.8,
    "data_lengthoflist": 2.0,
    "argument_reporter_string_number": 0.6,
    "argument_reporter_boolean": 0.6,
    "operator_and": 0.5,
    "operator_or": 0.5,
    "operator_not": 0.4,
}
"""What a published table measures, roughly confirmed on the official engine; other blocks count as one."""
UNITS_OF_VARIABLE = 0.6
VARIABLE_LITERALS = (12, 13)

LOOP_COUNTS = {"control_repeat": "TIMES", "control_for_each": "VALUE"}
"""The loops whose turns are written on them, and in which slot."""
ENDS = ("control_stop", "control_delete_this_clone")
MOST_TURNS = 1e15
DEEPEST_CALL = 50
"""Custom blocks within custom blocks that are followed."""


def turns_of(loop: BlockView) -> float:
    """How often the blocks in a block's mouths run: 1 where that is not written on it.

    >>> from scratchgen.scratch.linting.view import block_view
    >>> turns_of(block_view("id", {"opcode": "control_repeat", "inputs": {"TIMES": [1, [6, "10"]]}}))
    10.0
    """
    slot = next(iter(loop.inputs.get(LOOP_COUNTS.get(loop.opcode, ""), ())), None)
    if not isinstance(slot, list) or len(slot) != 2:
        return 1.0
    number = parse_number(slot[1]) if isinstance(slot[1], str) else slot[1]
    return min(max(float(number), 0.0), MOST_TURNS) if isinstance(number, int | float) else 1.0


def runs_of_blocks(target: TargetView) -> dict[str, float]:
    """How often each block runs when its script runs once, as far as that is written on the loops."""
    runs: dict[str, float] = {}
    for script in target.scripts.values():
        for block in script:
            here = runs.setdefault(block.id, 1.0)
            for name, child in block.children:
                inside = turns_of(block) if name.startswith("SUBSTACK") else 1.0
                runs[child] = min(here * inside, MOST_TURNS)
            if block.next is not None:
                runs[block.next] = here
    return runs


class Estimate:
    """How many units the custom blocks of a sprite take, those that they call included."""

    def __init__(self, target: TargetView) -> None:
        self._target = target
        self._definitions = {definition.code: definition for definition in target.definitions}
        self._known: dict[str, float] = {}

    def units(self, code: str, depth: int = 0) -> float:
        """Units of one call; 0 for what is not defined, calls itself, or lies too deep to follow."""
        if code not in self._known and code in self._definitions and depth < DEEPEST_CALL:
            self._known[code] = 0.0  # for calls of itself, whose number nobody can tell
            self._known[code] = self._body(self._definitions[code], depth)
        return self._known.get(code, 0.0)

    def _body(self, definition: Definition, depth: int) -> float:
        totals: dict[str, float] = {}
        for block in reversed(list(self._target.below(definition.block.next or ""))):
            total = UNITS.get(block.opcode, 1.0)
            if block.opcode == "procedures_call":
                total += self.units(as_text(block.mutation.get("proccode")), depth + 1)
            for _, literal in block.literals:
                total += UNITS_OF_VARIABLE if literal[:1] and literal[0] in VARIABLE_LITERALS else 0
            for name, child in block.children:
                inside = turns_of(block) if name.startswith("SUBSTACK") else 1.0
                total += inside * totals.get(child, 0.0)
            totals[block.id] = min(total + totals.get(block.next or "", 0.0), MOST_TURNS)
        return totals.get(definition.block.next or "", 0.0)


def _warps(view: ProjectView) -> Iterator[tuple[TargetView, Definition]]:
    for target in view.targets:
        for definition in target.definitions:
            prototype = target.prototype_of(definition.block)
            if prototype and prototype.mutation.get("warp") in ("true", True):
                yield target, definition


def _long_warp(view: ProjectView) -> Iterator[Fault]:
    estimates = {target.name: Estimate(target) for target in view.targets}
    for target, definition in _warps(view):
        seconds = estimates[target.name].units(definition.code) * SECONDS_PER_UNIT
        if seconds > WARP_SECONDS:
            words = f"it can take about {seconds:.3g} s without screen refresh"
            yield block_place(target, definition.block), f"{words}; the engine interrupts it after 0.5 s"


def _endless_warp(view: ProjectView) -> Iterator[Fault]:
    for target, definition in _warps(view):
        loops = target.scripts.get(definition.block.id, ()) if "control_forever" in target.by_opcode else ()
        for block in loops:
            if block.opcode == "control_forever" and not _can_end(target, block):
                yield block_place(target, block), "it never ends, without screen refresh: the project stalls"


def _can_end(target: TargetView, loop: BlockView) -> bool:
    inside = (target.below(child) for _, child in loop.children)
    return any(block.opcode in ENDS for blocks in inside for block in blocks)


RULES = (
    Rule("long-warp", "warning", "blocks without screen refresh are done in half a second", _long_warp),
    Rule("endless-warp", "warning", "blocks without screen refresh come to an end", _endless_warp),
)
