"""Leaves out of a routine what does not matter for some of its results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scratchgen.simulator.regions.routine import (
    Assign,
    Branch,
    Call,
    Change,
    Expression,
    ListChange,
    Operation,
    Read,
    Repeat,
    Slot,
    Statement,
    expressions_of,
    parts_of,
    walk_expression,
)

__all__ = ["needed_for"]

Place = Slot | str
"""A slot, or a list by its Python name."""


def needed_for(results: Iterable[Place], statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Return the statements without those on which none of the results depends.

    The order of statements is not looked at: what is needed once counts as needed everywhere (M. Weiser's
    slicing, 1981, without flow).
    """
    needed: set[Place] = set(results)
    while True:
        found = needed | set(_reads(statements, needed, ()))
        if found == needed:
            return _kept(statements, needed)
        needed = found


def _target(statement: Statement) -> Place | None:
    match statement:
        case Assign(slot=slot) | Change(slot=slot):
            return slot
        case ListChange(items=items):
            return items
    return None


def _reads(
    statements: tuple[Statement, ...], needed: set[Place], around: tuple[Expression, ...]
) -> Iterator[Place]:
    """Yield what the statements that change something needed read, and the loops and branches around."""
    for statement in statements:
        expressions = (*around, *expressions_of(statement))
        if _target(statement) in needed:
            for expression in expressions:
                yield from _places(expression)
        for part in parts_of(statement):
            yield from _reads(part, needed, expressions)


def _places(expression: Expression) -> Iterator[Place]:
    for part in walk_expression(expression):
        match part:
            case Read(slot=slot):
                yield slot
            case Operation(items=items) if items:
                yield items


def _kept(statements: tuple[Statement, ...], needed: set[Place]) -> tuple[Statement, ...]:
    found: list[Statement] = []
    for statement in statements:
        match statement:
            case Repeat(times=times, body=body):
                inside = _kept(body, needed)
                found += [Repeat(times, inside)] if inside else []
            case Branch(condition=condition, then=then, otherwise=otherwise):
                first, second = _kept(then, needed), _kept(otherwise, needed)
                found += [Branch(condition, first, second)] if first or second else []
            case Call():
                pass
            case _ if _target(statement) in needed:
                found.append(statement)
    return tuple(found)
