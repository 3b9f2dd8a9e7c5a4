"""What a loop does to what is known: what holds at the start of every turn, and after the last.

What a turn only adds to a variable is multiplied by the turns; all else is joined. The induction: if the
first turn starts within the *head*, and a turn that starts within it ends within it, every turn starts within
it; and a variable to which each turn adds between *a* and *b* has grown by *k a* to *k b* after *k* turns.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from scratchgen.simulator.operations import LONGEST_LIST
from scratchgen.simulator.regions.facts import (
    NOTHING_ADDED,
    UNKNOWN_LENGTH,
    Fact,
    ListFact,
    State,
    join,
    join_lists,
)
from scratchgen.simulator.regions.ranges import Range, hull
from scratchgen.simulator.regions.routine import Assign, Change, ListChange, Repeat, Slot, walk_statements

__all__ = ["Loop"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    """A loop, what holds before it, how often it turns, and what it may change."""

    before: State
    turns: Range
    slots: frozenset[Slot]
    lists: frozenset[str]

    @classmethod
    def of(cls, statement: Repeat, before: State, turns: Range) -> Loop:
        """Return the loop of a statement."""
        inside = list(walk_statements(statement.body))
        return cls(
            before=before,
            turns=turns,
            slots=frozenset(each.slot for each in inside if isinstance(each, Assign | Change)),
            lists=frozenset(each.items for each in inside if isinstance(each, ListChange)),
        )

    def at_start_of_turn(self, head: State) -> State:
        """Return the head with nothing added yet."""
        start = head.copy()
        for slot in self.slots:
            start.slots[slot] = replace(head.slots[slot], added=NOTHING_ADDED)
        for name in self.lists:
            start.lists[name] = replace(head.lists[name], added=NOTHING_ADDED)
        return start

    def head(self, after: State) -> State:
        """Return what holds at the start of a turn: before the first, or after a turn that ended so."""
        earlier = Range(0.0, self.turns.high - 1, whole=True)
        head = self.before.copy()
        for slot in self.slots:
            first, fact = self.before.slots[slot], after.slots[slot]
            found = join(first, fact)
            if fact.added and first.range:
                reached = first.range.increased(fact.added.times(earlier))
                found = replace(found, range=hull(first.range, reached))
            head.slots[slot] = found
        for name in self.lists:
            before, list_fact = self.before.lists[name], after.lists[name]
            found_list = join_lists(before, list_fact)
            if list_fact.added:
                reached = before.length.increased(list_fact.added.times(earlier))
                found_list = replace(found_list, length=_as_length(hull(before.length, reached)))
            head.lists[name] = found_list
        return head

    def covers(self, head: State, found: State) -> bool:
        """Tell whether what was found to hold at the start of a turn is no more than the head says."""
        return all(head.slots[slot].covers(found.slots[slot]) for slot in self.slots) and all(
            head.lists[name].covers(found.lists[name]) for name in self.lists
        )

    def widened(self, head: State, found: State) -> State:
        """Return a head that holds in both cases."""
        both = head.copy()
        for slot in self.slots:
            both.slots[slot] = join(head.slots[slot], found.slots[slot])
        for name in self.lists:
            both.lists[name] = join_lists(head.lists[name], found.lists[name])
        return both

    def given_up(self, head: State, found: State) -> State:
        """Return a head in which everything is unknown that still changes."""
        unknown = self.widened(head, found)
        for slot in self.slots:
            if not head.slots[slot].covers(found.slots[slot]):
                unknown.slots[slot] = replace(unknown.slots[slot], range=None)
        for name in self.lists:
            before, both = head.lists[name], unknown.lists[name]
            items = both.items
            if items is not None and not replace(both, items=before.items).covers(both):
                items = replace(items, range=None)
            length = both.length if before.length.covers(both.length) else UNKNOWN_LENGTH
            unknown.lists[name] = replace(both, length=length, items=items)
        return unknown

    def after(self, end: State) -> State:
        """Return what holds after all turns, of which there may be none; ``end`` holds after each of them."""
        after = self.before.copy()
        for slot in self.slots:
            after.slots[slot] = self._slot_after(self.before.slots[slot], end.slots[slot])
        for name in self.lists:
            after.lists[name] = self._list_after(self.before.lists[name], end.lists[name])
        return after

    def _slot_after(self, first: Fact, fact: Fact) -> Fact:
        total = fact.added.times(self.turns) if fact.added else None
        found = fact if self.turns.low else join(first, fact)
        if fact.added and first.range:
            found = replace(found, range=first.range.increased(total))
        return replace(found, added=first.added + total if total and first.added else None)

    def _list_after(self, first: ListFact, fact: ListFact) -> ListFact:
        total = fact.added.times(self.turns) if fact.added else None
        found = fact if self.turns.low else join_lists(first, fact)
        if fact.added:
            found = replace(found, length=_as_length(first.length.increased(total)))
        return replace(found, added=first.added + total if total and first.added else None)


def _as_length(length: Range | None) -> Range:
    """Return a list's length within what a list can hold."""
    if length is None or length.high > LONGEST_LIST or length.low < 0:
        return UNKNOWN_LENGTH
    return length
