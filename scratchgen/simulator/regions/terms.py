"""Turns a routine's expressions into Python, and says what is known of their values.

Where ranges prove that arithmetic cannot give NaN, no check is written; where a value is a whole number that
is never −0, it is one of Python's integers, which count and index faster. In lanes the same text works on
columns: whatever would need a choice for each lane alone is written with numpy's functions, or refused.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from scratchgen.scratch.program import Value
from scratchgen.simulator.operations import FUNCTIONS
from scratchgen.simulator.regions.facts import ANY, Fact, ListFact, fact_of_value
from scratchgen.simulator.regions.ranges import Range, range_of
from scratchgen.simulator.regions.routine import Constant, Expression, NotStraight, Operation, Read, Slot
from scratchgen.simulator.values import BLANKS, number_or_nan, to_boolean, to_number, to_text

__all__ = ["Term", "Workshop", "as_number", "as_value", "condition", "constant_term", "places_of", "term_of"]

DEEPEST = 30
"""Python's parser takes about 200 nested brackets."""
EXPONENT_LIMIT = 700.0
"""Up to here *e ^* stays far from infinity."""
UNBOUNDED = "a number may grow beyond every bound, or may be none"
BIT = Range(0.0, 1.0, whole=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A Python expression and what is known of its value; ``is_integer``: it is one of Python's integers."""

    text: str
    fact: Fact = ANY
    is_integer: bool = False
    constant: Value | None = None
    depth: int = 0

    @property
    def range(self) -> Range | None:
        """The range of a number that is finite."""
        return self.fact.range

    @property
    def float_text(self) -> str:
        """The text for arithmetic among floats: a constant is written as one."""
        return repr(float(self.constant)) if self.is_integer and self.constant is not None else self.text


class Workshop(Protocol):
    """What an expression is made with."""

    def read(self, slot: Slot) -> Term:
        """Return a slot's value, and note that it was read."""
        ...

    def list_fact(self, name: str, places: range | None = None) -> ListFact:
        """Return what is known of a list, and note that it was read: at these places, if they are known."""
        ...

    def temporary(self) -> str:
        """Return a Python name that nothing else uses."""
        ...


def places_of(index: Term) -> range | None:
    """Return the places in a list, from 1, that an index may mean; None where it may be any.

    >>> places_of(constant_term(3)), places_of(constant_term("last"))
    (range(3, 4), None)
    """
    return range(max(1, int(index.range.low)), int(index.range.high) + 1) if index.range else None


NO_PLACES = range(0)
"""Of which something is read that asks for a list's length alone."""


def constant_term(value: Value) -> Term:
    """Return the term of a constant."""
    if isinstance(value, bool | str):
        return Term(text=repr(value), fact=fact_of_value(value), constant=value)
    number = float(value)
    fact = fact_of_value(number)
    is_negative_zero = number == 0 and math.copysign(1.0, number) < 0
    if fact.range is not None and fact.range.is_exact and not is_negative_zero:
        return Term(text=repr(int(number)), fact=fact, is_integer=True, constant=number)
    return Term(text=repr(number), fact=fact, constant=number)


def term_of(expression: Expression, work: Workshop) -> Term:
    """Return an expression's Python; NotStraight where it cannot be had."""
    match expression:
        case Constant(value=value):
            return constant_term(value)
        case Read(slot=slot):
            return work.read(slot)
        case Operation(opcode=opcode):
            term = OPERATIONS[opcode](expression, work)
            if term.depth > DEEPEST:
                raise NotStraight("an expression is nested too deeply")
            return term


def as_value(term: Term) -> str:
    """Return the text for the value as Scratch has it: every number a float."""
    if not term.is_integer:
        return term.text
    return term.float_text if term.constant is not None else f"float({term.text})"


def as_number(term: Term, work: Workshop) -> Term:
    """Return the number that arithmetic makes of a value, never NaN."""
    if term.constant is not None:
        return constant_term(to_number(term.constant))
    if term.range is not None:
        return term
    if term.fact.kind == "boolean":
        form = "where({}, 1.0, 0.0)" if term.fact.varied else "(1.0 if {} else 0.0)"
        return _number(form.format(term.text), BIT, term)
    if term.fact.varied:
        raise NotStraight(UNBOUNDED)
    name = work.temporary()
    if term.fact.kind == "number":
        text = f"({name} if ({name} := {term.text}) == {name} else 0.0)"
    elif term.fact.kind == "text":
        text = f"to_number({term.text})"
    else:
        text = f"({name} if type({name} := {term.text}) is float and {name} == {name} else to_number({name}))"
    return _number(text, None, term)


def condition(term: Term) -> Term:
    """Return the truth of a value."""
    if term.constant is not None:
        text = repr(to_boolean(term.constant))
    elif term.fact.kind == "boolean":
        return term
    elif term.fact.varied:
        raise NotStraight("a condition is made of what is neither true nor false")
    else:
        text = f"to_boolean({as_value(term)})"
    return Term(text=text, fact=Fact(kind="boolean"), depth=term.depth)


def _number(text: str, bounds: Range | None, *parts: Term, is_integer: bool = False) -> Term:
    varied = any(part.fact.varied for part in parts)
    return Term(
        text=text,
        fact=Fact(kind="number", range=bounds, varied=varied),
        is_integer=is_integer,
        depth=1 + max(part.depth for part in parts),
    )


def _uniform(*terms: Term) -> None:
    if any(term.fact.varied for term in terms):
        raise NotStraight("it makes text of what differs from lane to lane")


def _numbers(operation: Operation, work: Workshop) -> list[Term]:
    return [as_number(term_of(operand, work), work) for operand in operation.operands]


# -- arithmetic

Combine = Callable[[Range, Range], Range | None]


def _arithmetic(sign: str, combine: Combine) -> Callable[[Operation, Workshop], Term]:
    def translate(operation: Operation, work: Workshop) -> Term:
        one, other = _numbers(operation, work)
        bounds = combine(one.range, other.range) if one.range and other.range else None
        # a product of integers is one of Python's only where it cannot be −0
        may_be_negative_zero = sign == "*" and (bounds is None or one.range is None or other.range is None
            or one.range.low < 0 or other.range.low < 0)  # fmt: skip
        both = one.is_integer and other.is_integer
        if both and bounds is not None and bounds.is_exact and not may_be_negative_zero:
            return _number(f"({one.text} {sign} {other.text})", bounds, one, other, is_integer=True)
        left = f"float({one.text})" if both and one.constant is None else one.float_text
        return _number(f"({left} {sign} {other.float_text})", bounds, one, other)

    return translate


def _divide(operation: Operation, work: Workshop) -> Term:
    one, other = _numbers(operation, work)
    if one.range and other.range and not other.range.holds(0):
        return _number(f"({one.float_text} / {other.float_text})", one.range / other.range, one, other)
    if one.fact.varied or other.fact.varied:
        raise NotStraight("a divisor may be 0")
    return _number(f"divide({as_value(one)}, {as_value(other)})", None, one, other)


def _modulo(operation: Operation, work: Workshop) -> Term:
    one, other = _numbers(operation, work)
    bounds = None
    if one.range and other.range and other.range.low > 0:
        bounds = Range(0.0, other.range.high, one.range.whole and other.range.whole)
        if one.is_integer and other.is_integer and one.range.low >= 0:
            return _number(f"({one.text} % {other.text})", bounds, one, other, is_integer=True)
    if one.fact.varied or other.fact.varied:
        if bounds is None:
            raise NotStraight("a divisor may be 0")
        return _number(f"remainder({one.float_text}, {other.float_text})", bounds, one, other)
    return _number(f"modulo({as_value(one)}, {as_value(other)})", bounds, one, other)


def _whole(scalar: str, column: str) -> Callable[[Term, Workshop], Term]:
    def translate(inner: Term, work: Workshop) -> Term:
        if inner.is_integer:
            return inner
        bounds = inner.range.rounded_out() if inner.range else None
        return _number(f"{column if inner.fact.varied else scalar}({inner.text})", bounds, inner)

    return translate


def _absolute(inner: Term, work: Workshop) -> Term:
    bounds = None
    if inner.range:
        ends = abs(inner.range.low), abs(inner.range.high)
        bounds = Range(0.0 if inner.range.holds(0) else min(ends), max(ends), inner.range.whole)
    return _number(f"abs({inner.text})", bounds, inner, is_integer=inner.is_integer)


def _root(inner: Term, work: Workshop) -> Term:
    if inner.range and inner.range.low >= 0:
        bounds = Range(math.sqrt(inner.range.low), math.sqrt(inner.range.high))
        return _number(f"{'root' if inner.fact.varied else 'sqrt'}({inner.float_text})", bounds, inner)
    return _called("sqrt", inner, None)


def _exponential(inner: Term, work: Workshop) -> Term:
    bounds = None
    if inner.range and inner.range.high <= EXPONENT_LIMIT:
        # wider by far than exp and the two math profiles differ
        bounds = Range(0.0, 2.0 * math.exp(inner.range.high) + 1.0)
    return _called("e ^", inner, bounds)


def _called(name: str, inner: Term, bounds: Range | None) -> Term:
    if inner.fact.varied:
        raise NotStraight(f"it computes {name!r} of what differs from lane to lane")
    return _number(f"FUNCTIONS[{name!r}]({as_value(inner)}, profile)", bounds, inner)


MATHEMATICS: Mapping[str, Callable[[Term, Workshop], Term]] = {
    "abs": _absolute,
    "floor": _whole("floor", "floor_each"),
    "ceiling": _whole("ceiling", "ceiling_each"),
    "sqrt": _root,
    "e ^": _exponential,
}
"""The functions of *[… v] of ()* of whose values more is known than that they are numbers."""

_round = _whole("rounded", "round_each")


def _mathematics(operation: Operation, work: Workshop) -> Term:
    [inner] = _numbers(operation, work)
    if operation.menu in MATHEMATICS:
        return MATHEMATICS[operation.menu](inner, work)
    return _called(operation.menu, inner, None) if operation.menu in FUNCTIONS else constant_term(0)


# -- comparisons and logic


def _comparison(sign: str) -> Callable[[Operation, Workshop], Term]:
    def translate(operation: Operation, work: Workshop) -> Term:
        one, other = (_comparable(term_of(operand, work)) for operand in operation.operands)
        if one.range and other.range:
            return _boolean(f"({one.text} {sign} {other.text})", one, other)
        if one.fact.varied or other.fact.varied:
            numbers = one.fact.kind == other.fact.kind == "number"
            raise NotStraight(UNBOUNDED if numbers else "it compares text that differs from lane to lane")
        return _boolean(f"(compare({as_value(one)}, {as_value(other)}) {sign} 0)", one, other)

    return translate


def _comparable(term: Term) -> Term:
    """Return a constant text that is a number as the number that it is compared as."""
    if not isinstance(term.constant, str):
        return term
    value = number_or_nan(term.constant)
    is_number = range_of(value) is not None and bool(to_text(term.constant).strip(BLANKS))
    return constant_term(value) if is_number else term


def _logic(sign: str) -> Callable[[Operation, Workshop], Term]:
    def translate(operation: Operation, work: Workshop) -> Term:
        one, other = (condition(term_of(operand, work)) for operand in operation.operands)
        return _boolean(f"({one.text} {sign} {other.text})", one, other)

    return translate


def _negation(operation: Operation, work: Workshop) -> Term:
    inner = condition(term_of(operation.operands[0], work))
    return _boolean(f"negation({inner.text})" if inner.fact.varied else f"(not {inner.text})", inner)


def _boolean(text: str, *parts: Term) -> Term:
    varied = any(part.fact.varied for part in parts)
    return Term(
        text=text,
        fact=Fact(kind="boolean", varied=varied),
        depth=1 + max((part.depth for part in parts), default=0),
    )


# -- text and lists


def _text(form: str, fact: Fact) -> Callable[[Operation, Workshop], Term]:
    def translate(operation: Operation, work: Workshop) -> Term:
        terms = [term_of(operand, work) for operand in operation.operands]
        _uniform(*terms)
        if operation.items:
            items = work.list_fact(operation.items).items
            if items is not None and items.varied:
                raise NotStraight("it looks for an item in a list that differs from lane to lane")
        text = form.format(*map(as_value, terms), items=operation.items)
        return Term(text=text, fact=fact, depth=1 + max(term.depth for term in terms))

    return translate


def _number_of_item(operation: Operation, work: Workshop) -> Term:
    """Write *item # of*, in lanes only where numbers are looked for among numbers."""
    value, known = term_of(operation.operands[0], work), work.list_fact(operation.items)
    if not (value.fact.varied or (known.items and known.items.varied)):
        return _text("number_of_item({items}, {})", NUMBER)(operation, work)
    # a number without a range may be none, which is compared as text
    if value.range is None or known.items is None or known.items.range is None:
        raise NotStraight("it looks for an item in a list that differs from lane to lane")
    bounds = Range(0.0, known.length.high, whole=True)
    return Term(
        text=f"first_equal({operation.items}, {as_value(value)})",
        fact=Fact(kind="number", range=bounds, varied=True),
        depth=value.depth + 1,
    )


def _item(operation: Operation, work: Workshop) -> Term:
    index = term_of(operation.operands[0], work)
    items, known = operation.items, work.list_fact(operation.items, places_of(index))
    fact = replace(known.items, is_entry=False, added=None) if known.items else None
    if fact and index.range and index.range.low >= 1 and index.range.high < known.length.low + 1:
        if index.fact.varied:
            text, fact = f"gather({items}, {index.text})", replace(fact, varied=True)
        elif index.constant is not None:
            text = f"{items}[{int(index.range.low) - 1}]"
        else:
            place = index.text if index.is_integer else f"int({index.text})"
            text = f"{items}[{place} - 1]"
        return Term(text=text, fact=fact, depth=index.depth + 1)
    if index.fact.varied:
        if index.range is None or fact is None or fact.kind != "text" or fact.varied:
            raise NotStraight("a place in a list may lie beyond its ends")
        # what is not there is empty text, so all stays text
        text = f"gather_or_empty({items}, {index.text})"
        return Term(text=text, fact=replace(fact, varied=True), depth=index.depth + 1)
    if fact and fact.varied:
        raise NotStraight("an item of a list that differs from lane to lane may be missing")
    text = f"item({items}, {as_value(index)}, random)"
    if index.fact.kind in ("number", "any") and index.constant is None:
        name = work.temporary()
        check = f"1.0 <= ({name} := {index.text}) < len({items}) + 1"
        if index.fact.kind == "any":
            check = f"type({name} := {index.text}) is float and 1.0 <= {name} < len({items}) + 1"
        place = name if index.is_integer else f"int({name})"
        again = f"float({name})" if index.is_integer else name
        text = f"({items}[{place} - 1] if {check} else item({items}, {again}, random))"
    return Term(text=text, depth=index.depth + 1)


def _length(operation: Operation, work: Workshop) -> Term:
    bounds = work.list_fact(operation.items, NO_PLACES).length
    return Term(text=f"len({operation.items})", fact=Fact(kind="number", range=bounds), is_integer=True)


TEXT, BOOLEAN, NUMBER = Fact(kind="text"), Fact(kind="boolean"), Fact(kind="number")

OPERATIONS: Mapping[str, Callable[[Operation, Workshop], Term]] = {
    "operator_add": _arithmetic("+", Range.__add__),
    "operator_subtract": _arithmetic("-", Range.__sub__),
    "operator_multiply": _arithmetic("*", Range.__mul__),
    "operator_divide": _divide,
    "operator_mod": _modulo,
    "operator_round": lambda operation, work: _round(_numbers(operation, work)[0], work),
    "operator_mathop": _mathematics,
    "operator_lt": _comparison("<"),
    "operator_gt": _comparison(">"),
    "operator_equals": _comparison("=="),
    "operator_and": _logic("&"),
    "operator_or": _logic("|"),
    "operator_not": _negation,
    "operator_join": _text("join({}, {})", TEXT),
    "operator_length": _text("length({})", NUMBER),
    "operator_letter_of": _text("letter_of({}, {})", TEXT),
    "operator_contains": _text("contains({}, {})", BOOLEAN),
    "data_itemoflist": _item,
    "data_lengthoflist": _length,
    "data_itemnumoflist": _number_of_item,
    "data_listcontainsitem": _text("(number_of_item({items}, {}) > 0)", BOOLEAN),
}
"""How each reporter that a routine holds is computed."""
