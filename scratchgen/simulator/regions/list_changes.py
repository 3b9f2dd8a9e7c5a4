"""What the blocks that change a list become in a routine, and what is known of the list afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Protocol

from scratchgen.simulator.operations import LONGEST_LIST
from scratchgen.simulator.regions.facts import EMPTY_LIST, ListFact, State
from scratchgen.simulator.regions.ranges import Range
from scratchgen.simulator.regions.routine import LIST_CHANGES, NotStraight
from scratchgen.simulator.regions.terms import Term, Workshop, as_value, places_of

__all__ = ["ListWorkshop", "change_list"]


class ListWorkshop(Workshop, Protocol):
    """What a change of a list is made with; ``mask`` names the lanes that it is made in, if not all."""

    mask: str
    state: State

    def write(self, line: str) -> None:
        """Write a line."""
        ...


def change_list(work: ListWorkshop, opcode: str, items: str, operands: list[Term]) -> None:
    """Write the change of a list, and note what is known of it now; NotStraight where lanes would differ."""
    known = work.state.lists[items]
    if opcode == "data_replaceitemoflist" and _is_inside(operands[0], known):
        _replace_inside(work, items, operands)
        return
    if work.mask:
        raise NotStraight("a list would become longer in one lane than in another")
    named = dict(zip(LIST_CHANGES[opcode], operands, strict=True))
    if "INDEX" in named and named["INDEX"].fact.varied:
        raise NotStraight("a place in a list differs from lane to lane")
    work.state.lists[items] = CHANGES[opcode](work, items, operands, known)


def _is_inside(index: Term, known: ListFact) -> bool:
    """Tell whether an index surely means an item of the list, the same one in every lane."""
    bounds = index.range
    return (
        bounds is not None
        and not index.fact.varied
        and bounds.low >= 1
        and bounds.high < known.length.low + 1
    )


def _replace_inside(work: ListWorkshop, items: str, operands: list[Term]) -> None:
    index, item = operands
    place = index.text if index.is_integer else f"int({index.text})"
    text, fact, places = as_value(item), item.fact, places_of(index)
    if work.mask:
        old = work.list_fact(items, places).items
        if old is None or old.kind != fact.kind:
            raise NotStraight("an item is a number in one lane and a text in another")
        text, fact = f"where({work.mask}, {text}, {items}[{place} - 1])", replace(fact, varied=True)
    work.write(f"{items}[{place} - 1] = {text}")
    found = work.state.lists[items].with_item(fact)
    if places is not None and len(places) == 1 and not work.mask:
        found = replace(found, replaced=found.replaced.union(places))
    work.state.lists[items] = found


def _add(work: ListWorkshop, items: str, operands: list[Term], known: ListFact) -> ListFact:
    [item] = operands
    is_short = known.length.high < LONGEST_LIST
    work.write(f"{items}.append({as_value(item)})" if is_short else f"append({items}, {as_value(item)})")
    return known.with_item(item.fact).longer()


def _clear(work: ListWorkshop, items: str, operands: list[Term], known: ListFact) -> ListFact:
    work.write(f"{items}.clear()")
    return EMPTY_LIST


def _delete(work: ListWorkshop, items: str, operands: list[Term], known: ListFact) -> ListFact:
    [index] = operands
    if index.constant == "all":
        return _clear(work, items, [], known)
    work.write(f"delete({items}, {as_value(index)}, random)")
    least = known.length.low - 1 if index.fact.kind == "number" else 0.0
    return replace(known, length=Range(max(least, 0.0), known.length.high, whole=True), added=None)


def _insert(work: ListWorkshop, items: str, operands: list[Term], known: ListFact) -> ListFact:
    item, index = operands
    work.write(f"insert({items}, {as_value(item)}, {as_value(index)}, random)")
    most = min(known.length.high + 1, float(LONGEST_LIST))
    longer = replace(known, length=Range(known.length.low, most, whole=True), added=None)
    return longer.with_item(item.fact)


def _replace(work: ListWorkshop, items: str, operands: list[Term], known: ListFact) -> ListFact:
    index, item = operands
    work.write(f"replace({items}, {as_value(index)}, {as_value(item)}, random)")
    return known.with_item(item.fact)


CHANGES: Mapping[str, Callable[[ListWorkshop, str, list[Term], ListFact], ListFact]] = {
    "data_addtolist": _add,
    "data_deletealloflist": _clear,
    "data_deleteoflist": _delete,
    "data_insertatlist": _insert,
    "data_replaceitemoflist": _replace,
}
