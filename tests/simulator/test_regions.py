"""What the compiler of stretches relies on: ranges hold what they must, and nothing needed is left out."""

from __future__ import annotations

from collections.abc import Callable
from operator import add, mul, sub, truediv

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scratchgen.simulator.regions.ranges import Range, hull, range_of
from scratchgen.simulator.regions.routine import (
    Assign,
    Branch,
    Change,
    Constant,
    Expression,
    ListChange,
    Operation,
    Read,
    Repeat,
    Slot,
    Statement,
)
from scratchgen.simulator.regions.slicing import needed_for

numbers = st.one_of(
    st.integers(-(2**53), 2**53).map(float),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from((0.0, -0.0, 1.0, 5e-324, 1e300, -1e300)),
)
wholes = st.integers(-1000, 1000).map(float)


@st.composite
def ranges_and_members(draw: st.DrawFn) -> tuple[Range, float]:
    """A range, and a number that lies in it."""
    values = sorted(draw(st.lists(numbers, min_size=3, max_size=3)))
    assume(all(abs(value) < 1e300 for value in values))
    low, member, high = values
    whole = draw(st.booleans()) and all(value.is_integer() for value in values)
    return Range(low, high, whole), member


@pytest.mark.parametrize("operation", [add, sub, mul, truediv])
@given(ranges_and_members(), ranges_and_members())
def test_a_result_lies_in_the_range_of_results(
    operation: Callable[[object, object], object], one: tuple[Range, float], other: tuple[Range, float]
) -> None:
    bounds = operation(one[0], other[0])
    if bounds is None:
        return
    assert isinstance(bounds, Range)
    result = operation(one[1], other[1])
    assert isinstance(result, float)
    assert bounds.holds(result)
    assert result.is_integer() or not bounds.whole


@given(st.lists(wholes, min_size=1, max_size=30), wholes)
def test_a_sum_of_turns_lies_in_its_range(steps: list[float], start: float) -> None:
    step = Range(min(steps), max(steps), whole=True)
    count = float(len(steps))
    total = step.times(Range(count, count, whole=True))
    reached = Range(start, start, whole=True).increased(total)
    assert reached is not None
    assert reached.holds(start + sum(steps))


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=200), st.floats(-1e18, 1e18))
def test_rounding_on_the_way_is_allowed_for(steps: list[float], start: float) -> None:
    """Every addition may round, by more than all the steps together where the start is large."""
    step = Range(min(steps), max(steps))
    count = float(len(steps))
    reached = Range(start, start).increased(step.times(Range(count, count, whole=True)))
    value = start
    for number in steps:
        value += number
    assert reached is not None
    assert reached.holds(value)


@given(ranges_and_members(), ranges_and_members())
def test_a_hull_holds_both(one: tuple[Range, float], other: tuple[Range, float]) -> None:
    both = hull(one[0], other[0])
    assert both is not None
    assert both.covers(one[0])
    assert both.covers(other[0])


@pytest.mark.parametrize("number", [float("inf"), float("-inf"), float("nan"), 1e301])
def test_what_is_not_finite_has_no_range(number: float) -> None:
    assert range_of(number) is None


A, B, C, D = (Slot(f"own[{place}]", name) for place, name in enumerate("abcd"))


def less(slot: Slot, other: Expression) -> Expression:
    return Operation("operator_lt", (Read(slot), other))


def test_only_what_a_result_needs_is_kept() -> None:
    needed: tuple[Statement, ...] = (
        Assign(A, Constant(1)),
        Repeat(Read(B), (Change(A, Operation("data_itemoflist", (Read(C),), "own_list_0")),)),
        Assign(C, Constant(2)),
        ListChange("data_addtolist", "own_list_0", (Constant(3),)),
    )
    unneeded: tuple[Statement, ...] = (
        Assign(D, Read(A)),
        Repeat(Constant(9), (Change(D, Constant(1)),)),
        Branch(less(A, Constant(0)), (Assign(D, Constant(0)),), ()),
        ListChange("data_addtolist", "own_list_1", (Read(A),)),
    )
    woven = tuple(each for pair in zip(needed, unneeded, strict=True) for each in pair)
    assert needed_for([A], woven) == needed


def test_what_a_needed_branch_looks_at_is_needed() -> None:
    sets_b = Assign(B, Constant(1))
    branch = Branch(less(B, Constant(0)), (Assign(A, Constant(0)),), (Assign(D, Constant(1)),))
    kept = Branch(less(B, Constant(0)), (Assign(A, Constant(0)),), ())
    assert needed_for([A], (sets_b, branch)) == (sets_b, kept)
