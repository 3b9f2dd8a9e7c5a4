"""The names that a script can use: variables, lists, custom blocks, and the parameters of its own block."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from scratchgen.scratch.catalogue import InputType
from scratchgen.scratch.labels import Key, blocks_with_label, label_key
from scratchgen.scratch.parser.faults import Fault
from scratchgen.scratch.parser.lexer import Literal, Nested, Part, Word, words_of
from scratchgen.scratch.parser.options import LineOptions
from scratchgen.scratch.procedures import code_parts, placeholders
from scratchgen.scratch.program import Parameter, Procedure

__all__ = [
    "PARAMETER_REPORTERS",
    "SHAPES",
    "Names",
    "ProcedureNames",
    "argument_mark",
    "argument_slot",
    "code_of",
    "read_signature",
]


SHAPES: Mapping[str | None, frozenset[str]] = {
    None: frozenset({"hat", "stack", "cap", "c", "c cap"}),  # e is an if with an else, which comes later
    "(": frozenset({"reporter"}),
    "<": frozenset({"boolean"}),
}
"""What can be written in which brackets."""

PARAMETER_REPORTERS = {"(": "argument_reporter_string_number", "<": "argument_reporter_boolean"}
ARGUMENT_SHADOWS = {"%s": "text", "%n": "math_number", "%b": ""}


@dataclass(slots=True)
class ProcedureNames:
    """The custom blocks that a sprite defines, found by how a call of them is written."""

    by_code: dict[str, Procedure] = field(default_factory=dict)
    by_key: dict[Key, str] = field(default_factory=dict)

    def add(self, procedure: Procedure) -> None:
        """Note a custom block; of two that are written alike, the first is meant."""
        self.by_code.setdefault(procedure.code, procedure)
        self.by_key.setdefault(code_key(procedure.code), procedure.code)

    def find(self, words: Iterable[str | None], code: str) -> str | None:
        """The code of the block that a call means: the very same if there is one, else one written alike."""
        return code if code in self.by_code else self.by_key.get(label_key(words))


@dataclass(slots=True)
class Names:
    """What the blocks of one sprite can name; not ``strict`` takes any name for a variable."""

    variables: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()
    procedures: ProcedureNames = field(default_factory=ProcedureNames)
    parameters: Mapping[str, str] = field(default_factory=dict)
    strict: bool = True

    def opcode_of(self, name: str, bracket: str) -> str | None:
        """What a name in brackets is: a parameter, else a block without slots, else a list or a variable."""
        if name in self.parameters:
            return PARAMETER_REPORTERS[bracket]
        for block in blocks_with_label(label_key(name.split(" "))):
            if block.shape in SHAPES[bracket]:
                return block.opcode
        if bracket != "(":
            return None
        if name in self.variables:
            return "data_variable"
        if name in self.lists:
            return "data_listcontents"
        return None if self.strict else "data_variable"


def code_key(code: str) -> Key:
    """The key of a custom block's code."""
    words: list[str | None] = []
    for place, piece in enumerate(code_parts(code)):
        words += [None] if place % 2 else piece.split()
    return label_key(words)


def argument_slot(place: int, mark: str) -> InputType:
    """The slot of a call for an argument, by the mark in the code."""
    return InputType(name=str(place), shadow=ARGUMENT_SHADOWS[mark], default="")


def argument_mark(part: Part) -> str:
    """``%b`` for what stands in pointed brackets, else ``%s``."""
    pointed = part.kind == "empty" if isinstance(part, Literal) else getattr(part, "bracket", None) == "<"
    return "%b" if pointed else "%s"


def code_of(parts: list[Part]) -> str:
    """The code that a definition or a call spells."""
    return " ".join(part.text if isinstance(part, Word) else argument_mark(part) for part in parts)


def read_signature(parts: list[Part], options: LineOptions, column: int) -> Procedure:
    """Read what follows ``define``.

    Raises:
        Fault: a parameter without a name, two of one name, or options that do not fit the parameters.
    """
    found = [(_parameter_name(part), part) for part in parts if not isinstance(part, Word)]
    marks = [argument_mark(part) for _, part in found]
    code = code_of(parts) if options.code is None else options.code
    if options.code is not None and len(placeholders(code)) != len(found):
        raise Fault(column, f"“{code}” has {len(placeholders(code))} places for {len(found)} parameters")
    if len(options.defaults) not in (0, len(found)):
        raise Fault(column, f"{len(options.defaults)} defaults are given for {len(found)} parameters")
    if not code.strip():
        raise Fault(column, "a custom block needs a name", "write define and then what it does")
    parameters = tuple(
        Parameter(name=name, kind="boolean" if mark == "%b" else "text", default=default)
        for (name, _), mark, default in zip(found, marks, options.defaults or [""] * len(found), strict=True)
    )
    return Procedure(code=code, parameters=parameters, warp=options.warp)


def _parameter_name(part: Part) -> str:
    if isinstance(part, Literal):
        return part.value
    assert isinstance(part, Nested)
    name = words_of(part.parts)
    if name is None:
        raise Fault(part.column, "a parameter is only a name", "write (name), [name] or <name>")
    return name
