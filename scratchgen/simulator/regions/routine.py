"""Reads a stretch of blocks into a *routine*: statements between which no other thread can run.

Custom blocks are written out in the place of their calls, their parameters become slots. What may wait, say,
broadcast, stop or call itself has no place in a routine: :class:`NotStraight` says which block it was.

::

    Statement  = Assign(slot, value) | Change(slot, amount) | ListChange(opcode, items, operands)
               | Repeat(times, body) | Branch(condition, then, otherwise) | Call
    Expression = Constant(value) | Read(slot) | Operation(opcode, operands, items, menu)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scratchgen.scratch.program import Block, Procedure, Reference, Reporter, Shadow, Stack, Value
from scratchgen.simulator.values import join_halves
from scratchgen.simulator.variables import Names

__all__ = [
    "Assign",
    "Branch",
    "Call",
    "Change",
    "Constant",
    "Expression",
    "ListChange",
    "NotStraight",
    "Operation",
    "Procedures",
    "Read",
    "Repeat",
    "Slot",
    "Statement",
    "expressions_of",
    "parts_of",
    "read_routine",
    "walk_expression",
    "walk_statements",
]

Procedures = Mapping[str, tuple[Procedure, tuple[Block, ...]]]
"""Custom blocks by their code: what stands in the hat, and the blocks under it."""

MOST_STATEMENTS = 2_000
"""A routine that grows longer by writing out its custom blocks is none."""


class NotStraight(Exception):
    """Raised where blocks cannot be compiled as a whole; the text says why, for those who ask."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A variable, or a parameter of one call. ``place`` is where a variable is kept, in Python."""

    place: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that stands in a block."""

    value: Value


@dataclass(frozen=True, slots=True)
class Read:
    """The value of a slot."""

    slot: Slot


@dataclass(frozen=True, slots=True)
class Operation:
    """A reporter: its opcode, operands, the list that it reads, and the choice in its menu."""

    opcode: str
    operands: tuple[Expression, ...]
    items: str = ""
    menu: str = ""


Expression = Constant | Read | Operation


@dataclass(frozen=True, slots=True)
class Assign:
    """Sets a slot."""

    slot: Slot
    value: Expression


@dataclass(frozen=True, slots=True)
class Change:
    """Adds to a slot."""

    slot: Slot
    amount: Expression


@dataclass(frozen=True, slots=True)
class ListChange:
    """Changes a list; the operands are in the order of :data:`LIST_CHANGES`."""

    opcode: str
    items: str
    operands: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """Does the body so many times."""

    times: Expression
    body: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """Does the one or the other."""

    condition: Expression
    then: tuple[Statement, ...]
    otherwise: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """The call of a custom block where the screen is not refreshed: the engine looks at its stopwatch."""


Statement = Assign | Change | ListChange | Repeat | Branch | Call

LIST_CHANGES: Mapping[str, tuple[str, ...]] = {
    "data_addtolist": ("ITEM",),
    "data_deleteoflist": ("INDEX",),
    "data_deletealloflist": (),
    "data_insertatlist": ("ITEM", "INDEX"),
    "data_replaceitemoflist": ("INDEX", "ITEM"),
}
"""The blocks that change a list, and their operands, in the order in which the engine evaluates them."""

OPERANDS: Mapping[str, tuple[str, ...]] = {
    "operator_add": ("NUM1", "NUM2"),
    "operator_subtract": ("NUM1", "NUM2"),
    "operator_multiply": ("NUM1", "NUM2"),
    "operator_divide": ("NUM1", "NUM2"),
    "operator_mod": ("NUM1", "NUM2"),
    "operator_round": ("NUM",),
    "operator_mathop": ("NUM",),
    "operator_lt": ("OPERAND1", "OPERAND2"),
    "operator_gt": ("OPERAND1", "OPERAND2"),
    "operator_equals": ("OPERAND1", "OPERAND2"),
    "operator_and": ("OPERAND1", "OPERAND2"),
    "operator_or": ("OPERAND1", "OPERAND2"),
    "operator_not": ("OPERAND",),
    "operator_join": ("STRING1", "STRING2"),
    "operator_length": ("STRING",),
    "operator_letter_of": ("LETTER", "STRING"),
    "operator_contains": ("STRING1", "STRING2"),
    "data_itemoflist": ("INDEX",),
    "data_lengthoflist": (),
    "data_itemnumoflist": ("ITEM",),
    "data_listcontainsitem": ("ITEM",),
}
"""The reporters that a routine can hold, and their operands. *Pick random* is left to the translator: in the
number of a loop's turns it draws anew at each turn."""

CONDITIONS = frozenset({"operator_and", "operator_or", "operator_not"})


def read_routine(
    blocks: tuple[Block, ...],
    *,
    names: Names,
    procedures: Procedures,
    warp: bool,
    parameters: Mapping[str, Slot] | None = None,
    loops_yield: bool = True,
) -> tuple[Statement, ...]:
    """Read blocks that stand under one another; NotStraight when they cannot be compiled as a whole.

    ``warp`` tells whether they stand where the screen is not refreshed. Elsewhere every turn of a loop lets
    others run; who knows that there are no others says so with ``loops_yield=False``.
    """
    return _Reader(names, procedures, loops_yield).stack(blocks, warp, parameters or {}, ())


class _Reader:
    def __init__(self, names: Names, procedures: Procedures, loops_yield: bool) -> None:
        self.names = names
        self.procedures = procedures
        self.loops_yield = loops_yield
        self.count = 0
        self.calls = 0

    def stack(
        self,
        blocks: tuple[Block, ...],
        warp: bool,
        parameters: Mapping[str, Slot],
        calls: tuple[str, ...],
    ) -> tuple[Statement, ...]:
        found: list[Statement] = []
        for block in blocks:
            self.count += 1
            if self.count > MOST_STATEMENTS:
                raise NotStraight("its custom blocks, written out, are too long")
            found += self.statement(block, warp, parameters, calls)
        return tuple(found)

    def statement(
        self, block: Block, warp: bool, parameters: Mapping[str, Slot], calls: tuple[str, ...]
    ) -> tuple[Statement, ...]:
        def value(name: str) -> Expression:
            return self.value(block, name, parameters)

        def branch(name: str, inside: bool = warp) -> tuple[Statement, ...]:
            match block.inputs.get(name):
                case Stack(blocks=inner):
                    return self.stack(inner, inside, parameters, calls)
            return ()

        match block.opcode:
            case "data_setvariableto":
                return (Assign(self.slot(block), value("VALUE")),)
            case "data_changevariableby":
                return (Change(self.slot(block), value("VALUE")),)
            case opcode if opcode in LIST_CHANGES:
                operands = tuple(value(name) for name in LIST_CHANGES[opcode])
                return (ListChange(opcode, self.names.list_name(_reference(block, "LIST")), operands),)
            case "control_repeat" if warp or not self.loops_yield:
                return (Repeat(value("TIMES"), branch("SUBSTACK")),)
            case "control_if":
                return (Branch(self.condition(block, "CONDITION", parameters), branch("SUBSTACK"), ()),)
            case "control_if_else":
                condition = self.condition(block, "CONDITION", parameters)
                return (Branch(condition, branch("SUBSTACK"), branch("SUBSTACK2")),)
            case "control_all_at_once":
                return branch("SUBSTACK")
            case "procedures_call":
                return self.call(block, warp, parameters, calls)
        raise NotStraight(f"it holds the block {block.opcode}")

    def call(
        self, block: Block, warp: bool, parameters: Mapping[str, Slot], calls: tuple[str, ...]
    ) -> tuple[Statement, ...]:
        code = block.call or ""
        if code in calls:
            raise NotStraight(f"the custom block {code!r} calls itself")
        if code not in self.procedures:
            return ()
        procedure, blocks = self.procedures[code]
        self.calls += 1
        given: dict[str, Slot] = {}
        found: list[Statement] = [Call()] if warp else []
        for place, parameter in enumerate(procedure.parameters):
            slot = Slot(None, f"{parameter.name} of call {self.calls}")
            has_value = str(place) in block.inputs
            value = self.value(block, str(place), parameters) if has_value else Constant(parameter.default)
            found.append(Assign(slot, value))
            given[parameter.name] = slot
        found += self.stack(blocks, warp or procedure.warp, given, (*calls, code))
        return tuple(found)

    def slot(self, block: Block) -> Slot:
        reference = _reference(block, "VARIABLE")
        return Slot(self.names.variable(reference), reference.name)

    def value(self, block: Block, name: str, parameters: Mapping[str, Slot]) -> Expression:
        match block.inputs.get(name):
            case Shadow(value=value):
                return Constant(join_halves(value) if isinstance(value, str) else value)
            case Reporter(block=inner):
                return self.expression(inner, parameters)
        raise NotStraight(f"the slot {name} of a block {block.opcode} is empty")

    def condition(self, block: Block, name: str, parameters: Mapping[str, Slot]) -> Expression:
        return self.value(block, name, parameters) if name in block.inputs else Constant(False)

    def expression(self, block: Block, parameters: Mapping[str, Slot]) -> Expression:
        if block.opcode == "data_variable":
            return Read(self.slot(block))
        if block.opcode in ("argument_reporter_string_number", "argument_reporter_boolean"):
            slot = parameters.get(str(block.fields["VALUE"]))
            return Read(slot) if slot else Constant(0)
        if block.opcode not in OPERANDS:
            raise NotStraight(f"it holds the block {block.opcode}")
        read = self.condition if block.opcode in CONDITIONS else self.value
        operands = tuple(read(block, name, parameters) for name in OPERANDS[block.opcode])
        items = self.names.list_name(_reference(block, "LIST")) if "LIST" in block.fields else ""
        return Operation(block.opcode, operands, items, str(block.fields.get("OPERATOR", "")).lower())


def _reference(block: Block, name: str) -> Reference:
    field = block.fields[name]
    return field if isinstance(field, Reference) else Reference(name=field)


def walk_statements(statements: tuple[Statement, ...]) -> Iterator[Statement]:
    """Yield every statement, those within loops and branches too."""
    todo = [iter(statements)]
    while todo:
        statement = next(todo[-1], None)
        if statement is None:
            todo.pop()
            continue
        yield statement
        todo += [iter(part) for part in parts_of(statement)]


def parts_of(statement: Statement) -> tuple[tuple[Statement, ...], ...]:
    """Return the stacks within a statement."""
    match statement:
        case Repeat(body=body):
            return (body,)
        case Branch(then=then, otherwise=otherwise):
            return (then, otherwise)
    return ()


def expressions_of(statement: Statement) -> tuple[Expression, ...]:
    """Return the expressions of a statement itself."""
    match statement:
        case Assign(value=expression) | Change(amount=expression):
            return (expression,)
        case Repeat(times=expression) | Branch(condition=expression):
            return (expression,)
        case ListChange(operands=operands):
            return operands
    return ()


def walk_expression(expression: Expression) -> Iterator[Expression]:
    """Yield an expression and all that it is made of."""
    todo = [expression]
    while todo:
        found = todo.pop()
        yield found
        if isinstance(found, Operation):
            todo += found.operands
