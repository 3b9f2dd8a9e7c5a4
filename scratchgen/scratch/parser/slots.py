"""What fits into which slot, and what a literal in a slot becomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from scratchgen.scratch.catalogue import SHADOWS, Argument, BlockType, FieldType, InputType, ShadowType
from scratchgen.scratch.labels import nearest, spoken_label
from scratchgen.scratch.numbers import as_javascript, parse_number
from scratchgen.scratch.parser.faults import Fault
from scratchgen.scratch.parser.lexer import Literal, Nested, Part
from scratchgen.scratch.program import Shadow, Value

__all__ = ["SlotRules", "fits", "shadow_value", "why_not"]

MENUS = frozenset({"menu", "round menu"})
NUMBERS = frozenset({"number", "json number"})
TAKEN = {
    "number": NUMBERS | {"text", "colour"},
    "text": NUMBERS | {"text", "colour"},
    "colour": frozenset({"text", "colour"}),
    "menu": NUMBERS | MENUS | {"text", "colour"},
}
"""Which literals a shadow takes, by how it is written itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotRules:
    """What the headers of a text say of all of its slots, so that no line has to."""

    numbers_as_text: bool = False
    nothing_under_blocks: bool = False

    def covered(self, slot: InputType) -> Shadow | None:
        """What a block in the slot covers if its line says nothing else: what the palette has there."""
        if self.nothing_under_blocks or not slot.shadow:
            return None
        return _palette_shadow(slot.shadow, slot.default)


@cache
def _palette_shadow(opcode: str, default: str) -> Shadow:
    return Shadow(opcode=opcode, value=default)


def fits(argument: Argument, part: Part) -> bool:
    """Whether a part can stand in the place of an argument."""
    if isinstance(argument, FieldType):
        if not isinstance(part, Literal) or part.kind not in MENUS:
            return False
        return argument.menu is None or argument.menu.stored(part.value) is not None
    if isinstance(part, Nested) or (isinstance(part, Literal) and part.kind == "empty"):
        return True
    if not argument.shadow or not isinstance(part, Literal):
        return False
    shadow = SHADOWS[argument.shadow]
    if part.kind not in TAKEN[shadow.notation]:
        return False
    return shadow.menu is None or part.kind in NUMBERS or shadow.menu.stored(part.value) is not None


def shadow_value(shadow: ShadowType, literal: Literal, rules: SlotRules) -> Value:
    """The value that a literal puts into a shadow which it fits."""
    if literal.kind == "json number":
        try:
            return as_javascript(float(literal.value))
        except ValueError:
            raise Fault(literal.column, f"“{literal.value}” is not a number") from None
    if literal.kind == "number":
        if rules.numbers_as_text and shadow.notation == "number":
            return literal.value
        number = parse_number(literal.value)
        return literal.value if number is None else number
    if shadow.menu is not None:
        stored = shadow.menu.stored(literal.value)
        assert stored is not None  # else it would not fit
        return stored
    if literal.kind == "colour" and shadow.notation == "colour" and len(literal.value) == 4:
        return "#" + "".join(digit * 2 for digit in literal.value[1:])
    return literal.value


def why_not(block: BlockType, parts: Sequence[Part]) -> Fault:
    """Why the parts do not fit a block whose label they have."""
    for argument, part in zip(block.arguments, parts, strict=True):
        if not fits(argument, part):
            return _misfit(block, argument, part)
    raise AssertionError("all of them fit")


def _misfit(block: BlockType, argument: Argument, part: Part) -> Fault:
    value = part.value if isinstance(part, Literal) else ""
    if isinstance(argument, FieldType):
        if not isinstance(part, Literal) or part.kind not in MENUS:
            return Fault(part.column, "a menu is needed here", f"write [{value} v]")
        choices = list(argument.menu.choices) if argument.menu else []
        like = nearest(value, choices)
        hint = f"did you mean “{like}”" if like else f"choices are {', '.join(choices)}"
        return Fault(part.column, f"the menu has no choice “{value}”", hint)
    if not argument.shadow:
        return Fault(part.column, "a condition is needed here", "write it in pointed brackets: <…>")
    if isinstance(part, Literal) and part.kind in MENUS:
        return Fault(
            part.column,
            "a menu does not fit here",
            f"write [{value}], or [{value} \\v] for text that ends in v",
        )
    return Fault(part.column, "this does not fit here", f"the block is “{spoken_label(block)}”")
