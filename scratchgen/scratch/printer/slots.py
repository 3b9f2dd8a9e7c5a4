"""Values in slots as text: short where the slot's own shadow lies there, explicit elsewhere."""

from __future__ import annotations

import re

from scratchgen.scratch.catalogue import SHADOWS, InputType
from scratchgen.scratch.labels import is_override_of_looks
from scratchgen.scratch.notation import escape_text, escape_words, value_literal
from scratchgen.scratch.numbers import is_number, number_text, parse_number
from scratchgen.scratch.parser.lexer import COLOUR, NUMBER, Literal
from scratchgen.scratch.program import Shadow

__all__ = [
    "explicit_shadow_text",
    "is_plain_name",
    "is_plain_word",
    "menu_text",
    "shadow_literal",
    "slot_name",
]

PLAIN_WORD = re.compile(r"[A-Za-z]\w*(?:[.-]\w+)*", re.ASCII)
RESERVED = frozenset({"shadow", "number", "opcode", "custom", "custom-arg", "stage"})
"""Words of ours that mean something in the explicit form or after ``::``."""
LONG_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def is_plain_word(word: str) -> bool:
    """Whether a name or opcode can stand as a word, without brackets."""
    return PLAIN_WORD.fullmatch(word) is not None and word not in RESERVED and not is_override_of_looks(word)


def is_plain_name(name: str) -> bool:
    """Whether a name in round brackets is read as a name, and not as a number, a colour or a menu."""
    looks_like_number = not name.strip("0123456789e.-")  # to scratchblocks; also the empty name
    looks_like_menu = name.endswith(" v")
    return not looks_like_number and not looks_like_menu and COLOUR.fullmatch(name) is None


def slot_name(name: str) -> str:
    """The name of a slot or field in the explicit form."""
    return name if is_plain_word(name) else f"[{escape_text(name)}]"


def menu_text(label: str) -> str:
    """A choice in the square brackets of a block's own menu."""
    return f"[{escape_text(label)} v]"


def shadow_literal(
    shadow: Shadow, slot: InputType, *, numbers_as_text: bool, in_hat: bool = False
) -> tuple[str, Literal] | None:
    """The short text of a shadow, and what the parser makes of it; None where it has none in this slot.

    The menus of hats are written in square brackets, as the forum does: scratchblocks tells some by that.
    """
    if shadow.opcode != slot.shadow or shadow.field:
        return None
    kind = SHADOWS[shadow.opcode]
    value = shadow.value
    if isinstance(value, bool):
        return None
    if is_number(value):
        text = number_text(value)  # type: ignore[arg-type]
        if kind.notation == "colour":
            return None
        if kind.notation == "number" and numbers_as_text:
            return f"({text} :: number)", Literal("json number", text, 0)
        return f"({text})", Literal("number", text, 0)
    assert isinstance(value, str)
    if kind.menu is not None:
        label = kind.menu.label(value)
        if label is None:
            return None
        if in_hat:
            return menu_text(label), Literal("menu", label, 0)
        return f"({escape_words(label)} v)", Literal("round menu", label, 0)
    if kind.notation == "colour" and COLOUR.fullmatch(value):
        # the parser makes long ones of short ones
        return (f"[{value}]", Literal("colour", value, 0)) if LONG_COLOUR.fullmatch(value) else None
    looks_like_number = not value or NUMBER.fullmatch(value) is not None
    if kind.notation == "number" and looks_like_number and (numbers_as_text or parse_number(value) is None):
        return f"({value})", Literal("number", value, 0)
    return f"[{escape_text(value)}]", Literal("text", value, 0)


def explicit_shadow_text(shadow: Shadow) -> str:
    """A shadow with its opcode and field, its value as it is stored."""
    known = SHADOWS.get(shadow.opcode)
    name = shadow.field or (known.field if known else "")
    field = f"{slot_name(name)} = {value_literal(shadow.value)}"
    if is_plain_word(shadow.opcode):
        return f"({field} :: {shadow.opcode} shadow)"
    return f"(opcode [{escape_text(shadow.opcode)}] {field} :: shadow)"
