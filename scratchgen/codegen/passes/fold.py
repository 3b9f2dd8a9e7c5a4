"""Constant folding: operators on numbers that stand in the blocks are computed now, as an engine would.

The arithmetic is IEEE doubles', as JavaScript defines it (ECMA-262, Number::add and so on; Math.round). Only
results that a slot can hold as they are replace a block: finite, not −0. There are no identities: what is
added to a variable that may hold text is not even left out when it is 0.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from scratchgen.codegen.passes.effects import defined_procedures, is_plain, plain_procedures
from scratchgen.codegen.passes.rewriting import rewritten, rewritten_scripts, with_comments, with_inputs
from scratchgen.scratch.catalogue import CATALOGUE
from scratchgen.scratch.manifest import Manifest
from scratchgen.scratch.numbers import as_javascript, is_negative_zero, is_number, parse_number
from scratchgen.scratch.procedures import placeholders
from scratchgen.scratch.program import Block, Input, Project, Reporter, Script, Shadow, Sprite, Stack

__all__ = ["fold"]

LEAST_TURN = 0.5
"""Half a turn is rounded up to one."""


def divide(dividend: float, divisor: float) -> float:
    """Return the quotient; of a division by zero only that it is not finite."""
    return dividend / divisor if divisor else math.nan


def modulo(dividend: float, divisor: float) -> float:
    """Return the remainder with the divisor's sign; NaN for a divisor of zero.

    >>> modulo(-7.0, 3.0), modulo(7.0, -3.0)
    (2.0, -2.0)
    """
    if not divisor:
        return math.nan
    rest = math.fmod(dividend, divisor)
    # the engine looks at the quotient, which may vanish where the remainder does not
    return rest + divisor if rest / divisor < 0 else rest


def rounded(number: float) -> float:
    """Return the nearest whole number, halves up.

    >>> rounded(-2.5), rounded(0.49999999999999994), rounded(-0.2)
    (-2.0, 0.0, -0.0)
    """
    below = math.floor(number)
    return math.copysign(float(below + 1 if number - below >= 0.5 else below), number)


ARITHMETIC: Mapping[str, Callable[[float, float], float]] = {
    "operator_add": operator.add,
    "operator_subtract": operator.sub,
    "operator_multiply": operator.mul,
    "operator_divide": divide,
    "operator_mod": modulo,
}
FUNCTIONS: Mapping[str, Callable[[float], float]] = {
    "abs": abs,
    "floor": lambda number: math.copysign(float(math.floor(number)), number),
    "ceiling": lambda number: math.copysign(float(math.ceil(number)), number),
}
"""The functions of *[… v] of ()* that every engine computes alike and that cannot fail."""
COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "operator_lt": operator.lt,
    "operator_gt": operator.gt,
    "operator_equals": operator.eq,
}
LOGIC: Mapping[str, Callable[[bool, bool], bool]] = {
    "operator_and": operator.and_,
    "operator_or": operator.or_,
}

HOLDS: Mapping[str, Callable[[float], bool]] = {
    "math_number": lambda number: True,
    "text": lambda number: True,
    "math_positive_number": lambda number: number >= 0,
    "math_integer": lambda number: number.is_integer(),
    "math_whole_number": lambda number: number >= 0 and number.is_integer(),
}
"""The shadows that a number can be written into, and which numbers the editor takes there."""


def fold(project: Project, manifest: Manifest) -> Project:
    """Return the project with constants computed, and without branches and loops that are never entered."""
    return replace(project, sprites=tuple(map(_fold_sprite, project.sprites)))


def _fold_sprite(sprite: Sprite) -> Sprite:
    plain, known = plain_procedures(sprite), frozenset(defined_procedures(sprite))

    def change(script: Script) -> tuple[Block, ...]:
        # where something waits, the engine can tell whether a block stood around or behind it
        may_drop = is_plain(script, plain, known)
        return rewritten(script.blocks, _decided if may_drop else _computed)

    return replace(sprite, scripts=rewritten_scripts(sprite.scripts, change))


def _computed(block: Block) -> Sequence[Block]:
    """Return the block with numbers in the slots whose reporters can be computed."""
    changed: dict[str, Input] = {}
    for name, slot in block.inputs.items():
        if isinstance(slot, Reporter) and (result := _result(slot.block)) is not None:
            kind = slot.shadow.opcode if slot.shadow else _palette_shadow(block, name)
            if kind in HOLDS and HOLDS[kind](result):
                changed[name] = Shadow(opcode=kind, value=as_javascript(result))
    return (with_inputs(block, changed),)


def _palette_shadow(block: Block, name: str) -> str:
    if block.call is not None:
        marks = placeholders(block.call)
        return "text" if name.isdecimal() and marks[int(name) : int(name) + 1] == ["%s"] else ""
    row = CATALOGUE.get(block.opcode)
    return next((slot.shadow for slot in row.inputs if slot.name == name), "") if row else ""


def _decided(block: Block) -> Sequence[Block]:
    """Return what is left of the block, once it is computed, where it is known which way it goes."""
    [block] = _computed(block)
    match block.opcode:
        case "control_if" | "control_if_else":
            truth = _truth(block.inputs.get("CONDITION"))
            if truth is not None:
                taken = block.inputs.get("SUBSTACK" if truth else "SUBSTACK2")
                return with_comments(taken.blocks if isinstance(taken, Stack) else (), [block.comment])
        case "control_repeat":
            slot = block.inputs.get("TIMES")
            # a number of turns below 0 cannot be written into the slot
            times = _result(slot.block) if isinstance(slot, Reporter) else constant(slot)
            if times is not None and times < LEAST_TURN:
                return ()
    return (block,)


def constant(slot: Input | None) -> float | None:
    """Return the number that stands in a slot, or None; text counts where JavaScript would write it so.

    >>> constant(Shadow(opcode="text", value="0.5")), constant(Shadow(opcode="text", value="0.50"))
    (0.5, None)
    """
    if not isinstance(slot, Shadow) or slot.opcode not in HOLDS:
        return None
    value = parse_number(slot.value) if isinstance(slot.value, str) else slot.value
    if value is None or not is_number(value):
        return None
    try:
        number = float(value)
    except OverflowError:  # a whole number beyond all doubles
        return None
    return number if math.isfinite(number) else None


def _constants(block: Block, *names: str) -> tuple[float, ...] | None:
    found = [constant(block.inputs.get(name)) for name in names]
    numbers = tuple(number for number in found if number is not None)
    return numbers if len(numbers) == len(names) else None


def _result(block: Block) -> float | None:
    """Return the number that a reporter of constants gives; None where there is none that a slot can hold."""
    number = math.nan
    if block.comment is not None:
        return None  # somebody explains the calculation
    if block.opcode in ARITHMETIC and (pair := _constants(block, "NUM1", "NUM2")):
        number = ARITHMETIC[block.opcode](*pair)
    elif block.opcode == "operator_round" and (one := _constants(block, "NUM")):
        number = rounded(*one)
    elif block.opcode == "operator_mathop" and (one := _constants(block, "NUM")):
        function = FUNCTIONS.get(str(block.fields.get("OPERATOR")))
        number = function(*one) if function else math.nan
    return number if math.isfinite(number) and not is_negative_zero(number) else None


def _truth(slot: Input | None) -> bool | None:
    """Return whether a condition made of comparisons of constants holds; None where it is not known."""
    known: dict[int, bool] = {}
    if not isinstance(slot, Reporter):
        return None
    order = [slot.block]
    for block in order:
        if block.opcode in LOGIC or block.opcode == "operator_not":
            order += [each.block for each in block.inputs.values() if isinstance(each, Reporter)]
    for block in reversed(order):
        if block.opcode in COMPARISONS and (pair := _constants(block, "OPERAND1", "OPERAND2")):
            known[id(block)] = COMPARISONS[block.opcode](*pair)
            continue
        inner = [
            known.get(id(each.block)) if isinstance(each, Reporter) else None
            for each in (block.inputs.get(name) for name in ("OPERAND1", "OPERAND2", "OPERAND"))
            if each is not None
        ]
        match inner:
            case [bool(one), bool(other)] if block.opcode in LOGIC:
                known[id(block)] = LOGIC[block.opcode](one, other)
            case [bool(one)] if block.opcode == "operator_not":
                known[id(block)] = not one
    return known.get(id(slot.block))
