"""Expressions of straight-line code: their text in the notation, and what running them once executes.

A shape without loops runs every block that it writes, so its cost is known while it is written; nothing
has to be parsed to choose between shapes. The keys of what is executed are those of the cost table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scratchgen.codegen.costs import CONSTANT_ITEM
from scratchgen.scratch.notation import escape_text, escape_words, value_literal

__all__ = [
    "Executed",
    "Expression",
    "added",
    "argument",
    "call",
    "item",
    "literal",
    "operation",
    "power_of_two",
    "variable",
]

Executed = Counter[str]
"""How often blocks are executed, by opcode; ``@stage`` behind one that asks for a variable or list of the
stage, which takes the engine longer to find."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """A reporter or a literal as it stands in a slot, and what it executes each time.

    ``constant`` is the number of a literal, ``size`` the characters of all literals within.
    """

    text: str
    executed: Executed
    size: int = 0
    constant: int | None = None

    @property
    def blocks(self) -> int:
        """How many blocks it is made of."""
        return sum(times for key, times in self.executed.items() if ":" not in key)


NOTHING: Executed = Counter()


def literal(number: int) -> Expression:
    """Return a number typed into a slot."""
    text = value_literal(number)
    return Expression(text=text, executed=NOTHING, size=len(text) - 2, constant=number)


def power_of_two(exponent: int) -> Expression:
    """Return a power of two typed into a slot; a product with it is exact, for negative exponents too.

    >>> power_of_two(-2).text
    '(0.25)'
    """
    text = value_literal(2.0**exponent)
    return Expression(text=text, executed=NOTHING, size=len(text) - 2)


def variable(name: str, *, on_stage: bool = False) -> Expression:
    """Return the value of a variable, of the sprite itself or of the stage."""
    key = "data_variable@stage" if on_stage else "data_variable"
    return Expression(text=f"({escape_words(name)})", executed=Counter([key]))


def argument(name: str) -> Expression:
    """Return the value of a parameter of the custom block around."""
    return Expression(text=f"({escape_words(name)})", executed=Counter(["argument_reporter_string_number"]))


def item(place: Expression | int, name: str, *, on_stage: bool = False) -> Expression:
    """Return the item of a list at a place, from 1."""
    place = literal(place) if isinstance(place, int) else place
    key = "data_itemoflist@stage" if on_stage else "data_itemoflist"
    found = _combined(f"(item {place.text} of [{escape_text(name)} v])", key, place)
    if place.constant is not None:
        found.executed[CONSTANT_ITEM] += 1
    return found


FORMS = {
    "operator_add": "({} + {})",
    "operator_subtract": "({} - {})",
    "operator_multiply": "({} * {})",
    "operator_divide": "({} / {})",
    "operator_mod": "({} mod {})",
    "operator_round": "(round {})",
    "operator_gt": "<{} > {}>",
    "operator_mathop": "([floor v] of {})",
}
"""How operators are written; of the functions only *floor* is needed."""


def operation(opcode: str, *operands: Expression) -> Expression:
    """Return an operator block.

    >>> operation("operator_multiply", variable("red"), literal(-3)).text
    '((red) * (-3))'
    """
    return _combined(FORMS[opcode].format(*(operand.text for operand in operands)), opcode, *operands)


def added(terms: Sequence[Expression]) -> Expression:
    """Return the sum of terms as a tree of additions that is as flat as can be; 0 without terms.

    Sums of whole numbers below 2^53 are exact in any order, and flat blocks are drawn in a narrower space.

    >>> added([literal(number) for number in (1, 2, 3)]).text
    '(((1) + (2)) + (3))'
    """
    level = list(terms) or [literal(0)]
    while len(level) > 1:
        pairs = [level[at : at + 2] for at in range(0, len(level), 2)]
        level = [operation("operator_add", *pair) if len(pair) == 2 else pair[0] for pair in pairs]
    return level[0]


def _combined(text: str, key: str, *parts: Expression) -> Expression:
    executed = Counter([key])
    for part in parts:
        executed.update(part.executed)
    return Expression(text=text, executed=executed, size=sum(part.size for part in parts))


def call(block: str, arguments: Iterable[Expression] = ()) -> str:
    """Return the call of a custom block with arguments.

    >>> call("layer 1 adds up", [variable("red"), literal(2)])
    'layer 1 adds up (red) (2)'
    """
    return " ".join([escape_words(block), *(argument.text for argument in arguments)])
