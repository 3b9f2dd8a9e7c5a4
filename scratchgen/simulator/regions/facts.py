"""What is known of a variable's value and of a list's items at one place of a stretch of blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from scratchgen.scratch.program import Value
from scratchgen.simulator.operations import LONGEST_LIST
from scratchgen.simulator.regions.ranges import Range, hull, range_of
from scratchgen.simulator.regions.routine import Slot

__all__ = [
    "ANY",
    "EMPTY_LIST",
    "NOTHING_ADDED",
    "UNKNOWN_LENGTH",
    "UNKNOWN_LIST",
    "Fact",
    "ListFact",
    "State",
    "fact_of_items",
    "fact_of_value",
    "join",
    "join_lists",
]

Kind = Literal["number", "boolean", "text", "any"]

NOTHING_ADDED = Range(0.0, 0.0, whole=True)
ONE_MORE = Range(1.0, 1.0, whole=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What is known of a value.

    A ``number`` without a range may be anything that arithmetic gives, infinities and NaN among them.
    ``varied`` values differ from lane to lane. ``added`` is what the turn of the loop around has added to a
    variable so far, None where it was set to something else. ``is_entry``: it may still be what the variable
    held before the first block.
    """

    kind: Kind = "any"
    range: Range | None = None
    varied: bool = False
    added: Range | None = None
    is_entry: bool = False

    def covers(self, other: Fact) -> bool:
        """Tell whether all that may be true of the other is allowed by this one."""
        if (other.varied and not self.varied) or (other.is_entry and not self.is_entry):
            return False
        if self.kind != other.kind:
            return self.kind == "any"
        return self.range is None or (other.range is not None and self.range.covers(other.range))


ANY = Fact()


def join(one: Fact, other: Fact) -> Fact:
    """Return what is known where either may hold."""
    kind = one.kind if one.kind == other.kind else "any"
    return Fact(
        kind=kind,
        range=hull(one.range, other.range) if kind == "number" else None,
        varied=one.varied or other.varied,
        added=hull(one.added, other.added),
        is_entry=one.is_entry or other.is_entry,
    )


def fact_of_value(value: Value) -> Fact:
    """Return what is known of a value that is at hand."""
    if isinstance(value, bool):
        return Fact(kind="boolean")
    if isinstance(value, str):
        return Fact(kind="text")
    return Fact(kind="number", range=range_of(value))


def fact_of_items(items: Sequence[Value]) -> Fact | None:
    """Return what is known of each of some items; None of no items."""
    kinds = {type(item) for item in items}
    if kinds == {float}:
        numbers = [float(item) for item in items]
        ends = hull(range_of(min(numbers)), range_of(max(numbers)))
        is_whole = ends is not None and all(number.is_integer() for number in numbers)
        # min and max may miss a NaN, which no sum misses
        is_sound = ends is not None and sum(numbers) == sum(numbers)
        return Fact(kind="number", range=Range(ends.low, ends.high, is_whole) if ends and is_sound else None)
    if kinds == {str}:
        return Fact(kind="text")
    return ANY if items else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFact:
    """What is known of a list: its length, what each of its items is (None: it has none), and ``added`` and
    ``is_entry`` of its length as of a variable's value.

    ``replaced`` are the places, from 1, whose items have surely been replaced since the first block, of a
    list in which nothing else is changed.
    """

    length: Range
    items: Fact | None
    added: Range | None = None
    is_entry: bool = False
    replaced: frozenset[int] = frozenset()

    def covers(self, other: ListFact) -> bool:
        """Tell whether all that may be true of the other is allowed by this one."""
        items_covered = other.items is None or (self.items is not None and self.items.covers(other.items))
        entry_covered = (self.is_entry or not other.is_entry) and self.replaced <= other.replaced
        return self.length.covers(other.length) and items_covered and entry_covered

    def is_new_at(self, places: range) -> bool:
        """Tell whether nothing from before the first block is left at these places."""
        return len(places) <= len(self.replaced) and self.replaced.issuperset(places)

    def with_item(self, item: Fact) -> ListFact:
        """Return what is known when an item may have been put in."""
        plain = replace(item, added=None, is_entry=False)
        return replace(self, items=plain if self.items is None else join(self.items, plain))

    def longer(self) -> ListFact:
        """Return what is known with one item more, where there may be one more."""
        length = self.length + ONE_MORE
        if length is None or length.high > LONGEST_LIST:
            return replace(self, length=UNKNOWN_LENGTH, added=None)
        return replace(self, length=length, added=self.added + ONE_MORE if self.added else None)


UNKNOWN_LENGTH = Range(0.0, float(LONGEST_LIST), whole=True)
UNKNOWN_LIST = ListFact(length=UNKNOWN_LENGTH, items=ANY)
EMPTY_LIST = ListFact(length=NOTHING_ADDED, items=None)


def join_lists(one: ListFact, other: ListFact) -> ListFact:
    """Return what is known of a list where either may hold."""
    items = join(one.items, other.items) if one.items and other.items else one.items or other.items
    length = hull(one.length, other.length)
    return ListFact(
        length=length or UNKNOWN_LENGTH,
        items=items,
        added=hull(one.added, other.added),
        is_entry=one.is_entry or other.is_entry,
        replaced=one.replaced & other.replaced,
    )


@dataclass(slots=True, kw_only=True)
class State:
    """All that is known at one place."""

    slots: dict[Slot, Fact] = field(default_factory=dict)
    lists: dict[str, ListFact] = field(default_factory=dict)

    def copy(self) -> State:
        """Return a state that can be changed without this one."""
        return State(slots=dict(self.slots), lists=dict(self.lists))

    def joined(self, other: State) -> State:
        """Return what is known where either may hold."""
        return State(
            slots={slot: join(fact, other.slots[slot]) for slot, fact in self.slots.items()},
            lists={name: join_lists(fact, other.lists[name]) for name, fact in self.lists.items()},
        )
