"""What a condition says of the variables that it compares: where it holds, and where it does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from scratchgen.simulator.regions.facts import State
from scratchgen.simulator.regions.ranges import Range
from scratchgen.simulator.regions.routine import Expression, Operation, Read

__all__ = ["refined"]

RangeOf = Callable[[Expression], Range | None]
CONTRARY = {"operator_lt": "operator_gt", "operator_gt": "operator_lt"}


def refined(state: State, condition: Expression, holds: bool, range_of: RangeOf) -> State:
    """Return what is known where a condition holds, or where it does not.

    ``range_of`` tells the range of a finite number, and None of all else.
    """
    found = state.copy()
    _refine(found, condition, holds, range_of)
    return found


def _refine(state: State, condition: Expression, holds: bool, range_of: RangeOf) -> None:
    if not isinstance(condition, Operation):
        return
    match condition.opcode:
        case "operator_not":
            _refine(state, condition.operands[0], not holds, range_of)
        case "operator_and" if holds:
            for operand in condition.operands:
                _refine(state, operand, holds, range_of)
        case "operator_or" if not holds:
            for operand in condition.operands:
                _refine(state, operand, holds, range_of)
        case "operator_lt" | "operator_gt":
            one, other = condition.operands
            _compare(state, condition.opcode, one, range_of(one), range_of(other), holds)
            _compare(state, CONTRARY[condition.opcode], other, range_of(other), range_of(one), holds)


def _compare(
    state: State, opcode: str, one: Expression, known: Range | None, other: Range | None, holds: bool
) -> None:
    """Note what a comparison says of its first operand, if that is a variable."""
    if not isinstance(one, Read) or known is None or other is None:
        return
    # of whole numbers, less is less by one at least
    step = 1.0 if holds and known.whole and other.whole else 0.0
    if (opcode == "operator_lt") == holds:
        low, high = known.low, min(known.high, other.high - step)
    else:
        low, high = max(known.low, other.low + step), known.high
    if low <= high:  # else no lane comes here, and it does not matter what is known
        fact = state.slots[one.slot]
        state.slots[one.slot] = replace(fact, range=Range(low, high, known.whole))
