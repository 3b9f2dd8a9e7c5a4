"""Translates reporters into Python expressions.

Where the text of a script shows what kind of value an expression gives, conversions are left out; where it
does not, the short way is written out behind a check, and the functions of
:mod:`~scratchgen.simulator.operations` do the rest. No result depends on which way was taken.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from scratchgen.scratch.program import Block, Reference, Reporter, Shadow, Stack, Value
from scratchgen.simulator.categories import REPORTER_ROWS
from scratchgen.simulator.operations import FUNCTIONS
from scratchgen.simulator.rows import Kind, Row
from scratchgen.simulator.values import BLANKS, join_halves, number_or_nan, to_boolean, to_number, to_text

__all__ = [
    "Code",
    "Scope",
    "argument_codes",
    "called",
    "condition",
    "expression",
    "literal",
    "number",
    "slot",
    "text",
    "truth",
]

DEEPEST = 30
"""Python's parser takes about 200 nested brackets; deeper expressions are cut into functions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A Python expression, and what is known of its value.

    A ``number`` may be NaN unless ``constant`` says otherwise. ``depth`` counts nested blocks.
    """

    text: str
    kind: Kind = "any"
    constant: Value | None = None
    depth: int = 0


class Scope(Protocol):
    """Where an expression stands: names for variables and lists, parameters, and helpers."""

    def variable(self, reference: Reference) -> str:
        """Return the Python expression that holds a variable."""
        ...

    def list_name(self, reference: Reference) -> str:
        """Return the Python name of a list."""
        ...

    def parameter(self, name: str) -> str | None:
        """Return the Python name of a parameter of the custom block around, or None."""
        ...

    def temporary(self) -> str:
        """Return a Python name that nothing else uses."""
        ...

    def hoist(self, code: str) -> str:
        """Move an expression into a function of its own and return the call of it."""
        ...

    def unknown(self, block: Block) -> str:
        """Return an expression that raises the error for a block that is not known."""
        ...


def literal(value: Value) -> str:
    """Return a value as Python text.

    >>> literal("it's"), literal(float("inf")), literal(2.0)
    ('"it\\'s"', 'inf', '2.0')
    """
    return repr(value)


def constant(value: Value) -> Code:
    """Return a constant's code; whole numbers are floats here like all others, and text is in one form."""
    if isinstance(value, bool):
        return Code(text=literal(value), kind="boolean", constant=value)
    if isinstance(value, str):
        whole = join_halves(value)
        return Code(text=literal(whole), kind="text", constant=whole)
    return Code(text=literal(float(value)), kind="number", constant=float(value))


def number(code: Code, scope: Scope) -> str:
    """Return an expression for the number that arithmetic makes of a value, never NaN."""
    if code.constant is not None:
        return literal(to_number(code.constant))
    if code.kind == "boolean":
        return f"(1.0 if {code.text} else 0.0)"
    if code.kind == "text":
        return f"to_number({code.text})"
    name = scope.temporary()
    if code.kind == "number":
        return f"({name} if ({name} := {code.text}) == {name} else 0.0)"
    return f"({name} if type({name} := {code.text}) is float and {name} == {name} else to_number({name}))"


def condition(code: Code) -> str:
    """Return an expression for the truth of a value."""
    if code.constant is not None:
        return literal(to_boolean(code.constant))
    return code.text if code.kind == "boolean" else f"to_boolean({code.text})"


def text(code: Code) -> str:
    """Return an expression for the text of a value."""
    if code.constant is not None:
        return literal(to_text(code.constant))
    return code.text if code.kind == "text" else f"to_text({code.text})"


def slot(block: Block, name: str, scope: Scope) -> Code:
    """Return the code for what is in a slot; an empty slot is JavaScript's ``undefined``."""
    match block.inputs.get(name):
        case Reporter(block=inner):
            return expression(inner, scope)
        case Shadow(value=value):
            return constant(value)
        case Stack():
            raise TypeError(f"the input {name} of {block.opcode} holds blocks, not a value")
    return UNDEFINED


UNDEFINED = Code(text="'undefined'", kind="text", constant="undefined")


def truth(block: Block, name: str, scope: Scope) -> Code:
    """Return the code for a slot's condition; an empty slot is false."""
    code = slot(block, name, scope) if name in block.inputs else constant(False)
    return Code(text=condition(code), kind="boolean", depth=code.depth)


def expression(block: Block, scope: Scope) -> Code:
    """Return the code for a reporter."""
    translate = REPORTERS.get(block.opcode)
    if translate is None:
        return Code(text=scope.unknown(block))
    code = translate(block, scope)
    if code.depth > DEEPEST:
        return Code(text=scope.hoist(code.text), kind=code.kind)
    return code


def _depth(*codes: Code) -> int:
    return 1 + max((code.depth for code in codes), default=0)


def _arithmetic(form: str) -> Callable[[Block, Scope], Code]:
    def translate(block: Block, scope: Scope) -> Code:
        one, other = slot(block, "NUM1", scope), slot(block, "NUM2", scope)
        filled = form.format(number(one, scope), number(other, scope))
        return Code(text=filled, kind="number", depth=_depth(one, other))

    return translate


def _rounded(block: Block, scope: Scope) -> Code:
    inner = slot(block, "NUM", scope)
    return Code(text=f"rounded({number(inner, scope)})", kind="number", depth=_depth(inner))


def _function(block: Block, scope: Scope) -> Code:
    inner = slot(block, "NUM", scope)
    name = str(block.fields.get("OPERATOR", "")).lower()
    if name not in FUNCTIONS:
        return constant(0)
    return Code(
        text=f"FUNCTIONS[{name!r}]({number(inner, scope)}, profile)", kind="number", depth=_depth(inner)
    )


def _comparison(sign: str) -> Callable[[Block, Scope], Code]:
    def translate(block: Block, scope: Scope) -> Code:
        codes = [slot(block, name, scope) for name in ("OPERAND1", "OPERAND2")]
        operands = [_operand(code, scope) for code in codes]
        (one, full_one, check_one), (other, full_other, check_other) = operands
        checks = [check for check in (check_one, check_other) if check]
        if not checks or NEVER in checks:
            joined = f"(compare({codes[0].text}, {codes[1].text}) {sign} 0)"
        else:
            # `&`, not `and`: every operand is computed before a check can fail, the slow way needs them all
            slow = f"compare({full_one}, {full_other}) {sign} 0"
            joined = f"({one} {sign} {other} if {' & '.join(checks)} else {slow})"
        return Code(text=joined, kind="boolean", depth=_depth(*codes))

    return translate


NEVER = "never"
"""The check of an operand that is not a number and never will be."""


def _operand(code: Code, scope: Scope) -> tuple[str, str, str]:
    """Return an operand for numbers' own comparison, for the full one, and what the first one asks for."""
    if code.constant is not None:
        value = number_or_nan(code.constant)
        is_number = value == value and to_text(code.constant).strip(BLANKS)
        return literal(value), code.text, "" if is_number else NEVER
    name = scope.temporary()
    if code.kind == "number":
        return name, name, f"(({name} := {code.text}) == {name})"
    return name, name, f"(type({name} := {code.text}) is float and {name} == {name})"


def _logic(sign: str) -> Callable[[Block, Scope], Code]:
    def translate(block: Block, scope: Scope) -> Code:
        # both sides are evaluated, as the engine does; it matters where one draws at random
        one, other = (truth(block, name, scope) for name in ("OPERAND1", "OPERAND2"))
        return Code(text=f"({one.text} {sign} {other.text})", kind="boolean", depth=_depth(one, other))

    return translate


def _negation(block: Block, scope: Scope) -> Code:
    inner = truth(block, "OPERAND", scope)
    return Code(text=f"(not {inner.text})", kind="boolean", depth=_depth(inner))


def _call(form: str, kind: Kind, *names: str) -> Callable[[Block, Scope], Code]:
    """Return a translation into a call of one of the operations, which converts its arguments itself."""

    def translate(block: Block, scope: Scope) -> Code:
        codes = [slot(block, name, scope) for name in names]
        filled = form.format(*(code.text for code in codes))
        return Code(text=filled, kind=kind, depth=_depth(*codes))

    return translate


def _variable(block: Block, scope: Scope) -> Code:
    return Code(text=scope.variable(_reference(block, "VARIABLE")))


def _reference(block: Block, name: str) -> Reference:
    field = block.fields[name]
    return field if isinstance(field, Reference) else Reference(name=field)


def _parameter(block: Block, scope: Scope) -> Code:
    name = scope.parameter(str(block.fields["VALUE"]))
    return Code(text=name) if name else constant(0)


def _item(block: Block, scope: Scope) -> Code:
    items, index = scope.list_name(_reference(block, "LIST")), slot(block, "INDEX", scope)
    if index.constant is not None or index.kind in ("text", "boolean"):
        return Code(text=f"item({items}, {index.text}, random)", depth=_depth(index))
    name = scope.temporary()
    if index.kind == "number":
        check = f"1.0 <= ({name} := {index.text}) < len({items}) + 1"
    else:
        check = f"type({name} := {index.text}) is float and 1.0 <= {name} < len({items}) + 1"
    quick = f"({items}[int({name}) - 1] if {check} else item({items}, {name}, random))"
    return Code(text=quick, depth=_depth(index))


def _of_list(form: str, kind: Kind, *names: str) -> Callable[[Block, Scope], Code]:
    def translate(block: Block, scope: Scope) -> Code:
        codes = [slot(block, name, scope) for name in names]
        items = scope.list_name(_reference(block, "LIST"))
        return Code(text=form.format(items, *(code.text for code in codes)), kind=kind, depth=_depth(*codes))

    return translate


def called(row: Row, block: Block, scope: Scope, *before: str) -> Code:
    """Return the code that calls what a row names, with ``before`` in front of the block's arguments."""
    codes = [
        slot(block, name, scope)
        for name, _, made in (argument.partition(":") for argument in row.arguments)
        if made != "field"
    ]
    arguments = ", ".join(filter(None, ("target", *before, argument_codes(row, block, scope))))
    return Code(text=f"machine.{row.call}({arguments})", kind=row.kind, depth=_depth(*codes))


MADE: Mapping[str, str] = {"number": "{}", "value": "{}", "again": "lambda: {}"}
"""What is made of the code of an argument."""


def argument_codes(row: Row, block: Block, scope: Scope) -> str:
    """Return the code of a block's arguments, as its row wants them, with commas between."""
    arguments = []
    for argument in row.arguments:
        name, _, made = argument.partition(":")
        if made == "field":
            field = block.fields.get(name, "")
            arguments.append(literal(field.name if isinstance(field, Reference) else field))
            continue
        code = slot(block, name, scope)
        arguments.append(MADE[made].format(number(code, scope) if made == "number" else code.text))
    return ", ".join(arguments)


def _row(row: Row) -> Callable[[Block, Scope], Code]:
    return lambda block, scope: called(row, block, scope)


REPORTERS: Mapping[str, Callable[[Block, Scope], Code]] = {
    "operator_add": _arithmetic("({} + {})"),
    "operator_subtract": _arithmetic("({} - {})"),
    "operator_multiply": _arithmetic("({} * {})"),
    "operator_divide": _arithmetic("divide({}, {})"),
    "operator_mod": _arithmetic("modulo({}, {})"),
    "operator_round": _rounded,
    "operator_mathop": _function,
    "operator_lt": _comparison("<"),
    "operator_gt": _comparison(">"),
    "operator_equals": _comparison("=="),
    "operator_and": _logic("&"),
    "operator_or": _logic("|"),
    "operator_not": _negation,
    "operator_join": _call("join({}, {})", "text", "STRING1", "STRING2"),
    "operator_length": _call("length({})", "number", "STRING"),
    "operator_letter_of": _call("letter_of({}, {})", "text", "LETTER", "STRING"),
    "operator_contains": _call("contains({}, {})", "boolean", "STRING1", "STRING2"),
    "operator_random": _call("random_between({}, {}, random)", "number", "FROM", "TO"),
    "data_variable": _variable,
    "data_itemoflist": _item,
    "data_lengthoflist": _of_list("float(len({}))", "number"),
    "data_itemnumoflist": _of_list("number_of_item({}, {})", "number", "ITEM"),
    "data_listcontainsitem": _of_list("(number_of_item({}, {}) > 0)", "boolean", "ITEM"),
    "data_listcontents": _of_list("contents({})", "text"),
    "argument_reporter_string_number": _parameter,
    "argument_reporter_boolean": _parameter,
    "control_get_counter": lambda block, scope: Code(text="machine.counter", kind="number"),
    **{opcode: _row(row) for opcode, row in REPORTER_ROWS.items()},
}
"""Every reporter that the simulator knows."""
