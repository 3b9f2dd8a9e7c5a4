"""The explicit form of a block: its opcode, then each slot and field by name.

For opcodes of others' extensions, and for what the notation has no words for: fields with values that no
menu offers, shadows of another kind than the slot's. Values are as they are stored::

    looks_seteffectto EFFECT = [SPARKLE v] VALUE (NUM = [25] :: math_number shadow) :: looks_seteffectto
"""

from __future__ import annotations

from collections.abc import Callable

from scratchgen.scratch.catalogue import SHADOWS
from scratchgen.scratch.parser.draft import Draft
from scratchgen.scratch.parser.faults import Fault
from scratchgen.scratch.parser.lexer import Literal, Nested, Part, words_of
from scratchgen.scratch.parser.options import PartReader
from scratchgen.scratch.program import Input, Reference, Shadow

__all__ = ["explicit_shadow", "read_explicit"]

SHADOW = "shadow"
MOUTH = "..."
"""Stands for blocks on the lines that follow."""


def read_explicit(
    draft: Draft,
    parts: list[Part],
    put: Callable[[dict[str, Input], str, Nested, None], None],
) -> None:
    """Read the slots and fields of a block that is written so; ``put`` fills an input from brackets."""
    reader = PartReader(parts, draft.column)
    while not reader.done():
        name = _slot_name(reader)
        if reader.skip("="):
            draft.fields[name] = _field(reader)
        elif reader.skip(MOUTH):
            draft.mouths = (*draft.mouths, name)
        else:
            part = reader.part("what the slot holds")
            if not isinstance(part, Nested):
                raise Fault(part.column, "here should stand a block or a shadow in brackets")
            shadow = explicit_shadow(part)
            if shadow is not None:
                draft.inputs[name] = shadow
            else:
                put(draft.inputs, name, part, None)


def explicit_shadow(part: Nested) -> Shadow | None:
    """The shadow that brackets such as ``(NUM = [10] :: math_number shadow)`` spell; None for others."""
    if SHADOW not in part.overrides:
        return None
    opcodes = [word for word in part.overrides if word != SHADOW]
    reader = PartReader(part.parts, part.column)
    if reader.skip("opcode"):  # one that cannot stand after ::
        opcodes.append(reader.text())
    if len(opcodes) != 1:
        raise Fault(part.column, "a shadow has one opcode", "write (FIELD = [value] :: opcode shadow)")
    name = _slot_name(reader)
    if not reader.skip("="):
        raise Fault(reader.column, "here should stand = and a value")
    value = reader.value()
    if not reader.done():
        raise Fault(reader.column, "a shadow has one field")
    known = SHADOWS.get(opcodes[0])
    return Shadow(opcode=opcodes[0], value=value, field="" if known and known.field == name else name)


def _slot_name(reader: PartReader) -> str:
    name = reader.word()
    return reader.text("the name of a slot or field") if name is None else name


def _field(reader: PartReader) -> str | Reference:
    """A field: a menu, or a variable or list in round brackets."""
    part = reader.part("what the field says")
    if isinstance(part, Literal) and part.kind == "menu":
        return part.value
    if isinstance(part, Nested) and (name := words_of(part.parts)) is not None:
        return Reference(name=name, scope="stage" if "stage" in part.overrides else "nearest")
    raise Fault(part.column, "a field is [choice v] or (name :: variables)")
