"""A block and all that stands in its slots as one line of text, with the options that say the rest.

Where the parser would take the plain words for another block, an override names the opcode; what has no
words is written in the explicit form. The names and rules are the parser's own, so that both agree. Blocks
in slots are kept in a list until it is their turn, so that no nesting is too deep.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from scratchgen.scratch.catalogue import CATALOGUE, BlockType, FieldType, InputType
from scratchgen.scratch.labels import blocks_with_label, label_key, label_words
from scratchgen.scratch.notation import escape_text, escape_words
from scratchgen.scratch.parser.lexer import Literal, Nested, Part
from scratchgen.scratch.parser.names import PARAMETER_REPORTERS, SHAPES, Names, argument_slot, code_of
from scratchgen.scratch.parser.slots import SlotRules, fits
from scratchgen.scratch.printer.comments import geometry_text
from scratchgen.scratch.printer.definitions import definition_options, definition_text
from scratchgen.scratch.printer.slots import (
    explicit_shadow_text,
    is_plain_name,
    is_plain_word,
    menu_text,
    shadow_literal,
    slot_name,
)
from scratchgen.scratch.procedures import code_parts, placeholders
from scratchgen.scratch.program import Block, Input, Procedure, Reference, Reporter, Shadow, Stack

__all__ = ["LinePrinter", "PrintedLine"]

STAND_IN = "odd"
"""Stands after ``::`` for an opcode that is no word."""
BRACKETS = {"(": ")", "<": ">"}
REFERENCES = {"data_variable": ("VARIABLE", "variables"), "data_listcontents": ("LIST", "list")}
PARAMETERS = {opcode: bracket for bracket, opcode in PARAMETER_REPORTERS.items()}
PICTURES = {"@greenFlag": "flag", "@turnRight": "right", "@turnLeft": "left"}
"""The words for the pictures in labels."""
MENU = Literal("menu", "", 0)


@dataclass(slots=True)
class Inside:
    """A block in a slot that is left to print; ``slot`` None means the explicit form's."""

    block: Block
    covered: Shadow | None
    slot: InputType | None
    bracket: str


@dataclass(slots=True)
class PrintedLine:
    """The text of a line, its options, and the inputs whose blocks follow on lines of their own."""

    text: str
    options: list[str]
    mouths: tuple[str, ...]
    is_reporter: bool


Piece = str | Inside


@dataclass(slots=True)
class LinePrinter:
    """Prints the blocks of one sprite, a line at a time."""

    names: Names
    rules: SlotRules
    _options: list[str] = field(default_factory=list)
    _count: int = 0

    def line(self, block: Block) -> PrintedLine:
        """Print a block that stands on a line of its own; its comment is left to the caller."""
        self._options, self._count = [], 0
        bracket = self._line_bracket(block)
        pieces, mouths = self._pieces(block, bracket)
        left = list(reversed(pieces))
        text: list[str] = []
        while left:
            piece = left.pop()
            if isinstance(piece, str):
                text.append(piece)
            else:
                left += reversed(self._inside(piece))
        return PrintedLine("".join(text), self._options, mouths, bracket is not None)

    def _line_bracket(self, block: Block) -> str | None:
        """The brackets that a reporter has on a line of its own."""
        known = CATALOGUE.get(block.opcode)
        return {"reporter": "(", "boolean": "<"}.get(known.shape) if known else None

    def _inside(self, inside: Inside) -> list[Piece]:
        """A block in a slot, with the options that only such a block needs."""
        number, block = self._count, inside.block
        default = self.rules.covered(inside.slot) if inside.slot else None
        if inside.covered != default:
            self._options.append(f"under {number} {self._covered(inside.covered, inside.slot)}")
        if block.comment is not None:
            text = f"note {number} [{escape_text(block.comment.text)}]"
            self._options.append(text + geometry_text(block.comment))
        return self._pieces(block, inside.bracket)[0]

    def _covered(self, shadow: Shadow | None, slot: InputType | None) -> str:
        if shadow is None:
            return "nothing"
        return self._value(shadow, slot)[0] if slot is not None else explicit_shadow_text(shadow)

    # -- forms

    def _pieces(self, block: Block, bracket: str | None) -> tuple[list[Piece], tuple[str, ...]]:
        """A block in the shortest form that means it, and its mouths."""
        number = self._count
        self._count += 1
        if block.mutation is not None:
            content = json.dumps(block.mutation, ensure_ascii=False, separators=(",", ":"))
            self._options.append(f"mutation {number} [{escape_text(content)}]")
        known = CATALOGUE.get(block.opcode)
        words: list[Piece] | None = None
        if block.procedure is not None:
            words = self._definition(block, block.procedure)
        elif block.opcode in REFERENCES or block.opcode in PARAMETERS:
            words = self._name(block, bracket)
        elif block.opcode == "procedures_call":
            words = self._call(block, bracket, number)
        elif known is not None and known.label:
            words = self._typed(block, known, bracket)
        if words is not None:
            mouths = known.mouths if known is not None else ()
        else:
            words, mouths = self._explicit(block, number, in_line=bracket is not None)
            bracket = "(" if bracket is not None else None
        if bracket is not None:
            words = [bracket, *words, BRACKETS[bracket]]
        return words, mouths

    def _typed(self, block: Block, known: BlockType, bracket: str | None) -> list[Piece] | None:
        """A block of the catalogue in its own words; None where they cannot say what it holds."""
        shape = "c" if known.shape == "e" else known.shape
        if shape not in SHAPES[bracket] or block.call is not None:
            return None
        if not self._is_filled_as_known(block, known):
            return None
        arguments = [self._argument(block, argument) for argument in known.arguments]
        if any(argument is None for argument in arguments):
            return None
        printed = [argument for argument in arguments if argument is not None]
        texts = iter(printed)
        words = label_words(known.label)
        pieces: list[Piece] = []
        for word in words:
            if word is None:
                pieces += [*next(texts)[0], " "]
            else:
                self._add_word(pieces, word, bracket)
        pieces = _without_last_space(pieces)
        parts = [part for _, part in printed]
        if not known.has_forum_text or not self._is_meant(known, bracket, words, parts):
            pieces.append(f" :: {known.opcode}")
        return pieces

    def _add_word(self, pieces: list[Piece], word: str, bracket: str | None) -> None:
        word = PICTURES.get(word, word)
        if word in "%?" and pieces and pieces[-1] == " ":
            pieces.pop()
        elif word == "<" and bracket is None:
            word = "\\<"
        pieces += [word, " "]

    def _is_filled_as_known(self, block: Block, known: BlockType) -> bool:
        """Whether the block has just the fields and inputs that the catalogue knows."""
        if set(block.fields) != {field.name for field in known.fields}:
            return False
        slots = {slot.name for slot in known.inputs}
        return all(
            name in known.mouths if isinstance(filled, Stack) else name in slots
            for name, filled in block.inputs.items()
        )

    def _is_meant(
        self, known: BlockType, bracket: str | None, words: tuple[str | None, ...], parts: list[Part]
    ) -> bool:
        """Whether the parser takes these words for this block, without being told its opcode."""
        if not parts and bracket is not None:
            spoken = " ".join(word for word in words if word is not None)
            return self.names.opcode_of(spoken, bracket) == known.opcode
        for candidate in blocks_with_label(label_key(words)):
            if candidate.shape in SHAPES[bracket] and all(map(fits, candidate.arguments, parts)):
                return candidate is known or known.shape == "e"
        return False

    def _argument(self, block: Block, argument: InputType | FieldType) -> tuple[list[Piece], Part] | None:
        """An argument's text, and what the parser sees; None for a field that no menu offers."""
        if isinstance(argument, InputType):
            in_hat = CATALOGUE[block.opcode].shape == "hat"
            return self._slot(block.inputs.get(argument.name), argument, in_hat=in_hat)
        chosen = block.fields[argument.name]
        if argument.kind in ("variable", "list"):
            known = self.names.variables if argument.kind == "variable" else self.names.lists
            if not isinstance(chosen, Reference) or chosen.scope != "nearest":
                return None
            if self.names.strict and chosen.name not in known:
                return None
            return [menu_text(chosen.name)], MENU
        if not isinstance(chosen, str):
            return None
        label = chosen if argument.menu is None else argument.menu.label(chosen)
        return None if label is None else ([menu_text(label)], Literal("menu", label, 0))

    def _slot(
        self, filled: Input | None, slot: InputType, *, in_hat: bool = False
    ) -> tuple[list[Piece], Part]:
        match filled:
            case Reporter(block=block, shadow=shadow):
                bracket = self._slot_bracket(block)
                return [Inside(block, shadow, slot, bracket)], Nested(bracket, 0, 0)
            case Shadow():
                text, part = self._value(filled, slot, in_hat=in_hat)
                return [text], part
        return ["<>"], Literal("empty", "", 0)

    def _value(self, shadow: Shadow, slot: InputType, *, in_hat: bool = False) -> tuple[str, Part]:
        short = None
        if slot.shadow:
            short = shadow_literal(shadow, slot, numbers_as_text=self.rules.numbers_as_text, in_hat=in_hat)
        return short or (explicit_shadow_text(shadow), Nested("(", 0, 0))

    def _slot_bracket(self, block: Block) -> str:
        known = CATALOGUE.get(block.opcode)
        return "<" if known is not None and known.shape == "boolean" else "("

    def _name(self, block: Block, bracket: str | None) -> list[Piece] | None:
        """A variable, a list or a parameter."""
        if bracket is None or block.inputs or block.call is not None or len(block.fields) != 1:
            return None
        ((key, chosen),) = block.fields.items()
        overrides: list[str] = []
        if isinstance(chosen, Reference):
            name = chosen.name
            if block.opcode not in REFERENCES or REFERENCES[block.opcode][0] != key:
                return None
            told = REFERENCES[block.opcode][1]
            overrides += ["stage"] if chosen.scope == "stage" else []
        else:
            name, told = chosen, "custom-arg"
            if key != "VALUE" or PARAMETERS.get(block.opcode) != bracket:
                return None
        plain = is_plain_name(name) if bracket == "(" else bool(name)
        if overrides or not plain or self.names.opcode_of(name, bracket) != block.opcode:
            overrides.insert(0, told)
        return [escape_words(name) + (f" :: {' '.join(overrides)}" if overrides else "")]

    # -- custom blocks

    def _definition(self, block: Block, procedure: Procedure) -> list[Piece] | None:
        if block.opcode != "procedures_definition" or block.inputs or block.fields or block.call is not None:
            return None
        if len(placeholders(procedure.code)) != len(procedure.parameters):
            return None
        self._options += definition_options(procedure)
        return [definition_text(procedure)]

    def _call(self, block: Block, bracket: str | None, number: int) -> list[Piece] | None:
        code = block.call
        marks = placeholders(code or "")
        known_inputs = {str(place) for place in range(len(marks))}
        can_be_words = (
            code is not None
            and bracket is None
            and bool(code.split())
            and not block.fields
            and block.inputs.keys() <= known_inputs
            and not any(isinstance(filled, Stack) for filled in block.inputs.values())
        )
        if not can_be_words or code is None:
            if code is not None:
                self._options.append(f"call {number} [{escape_text(code)}]")
            return None
        pieces: list[Piece] = []
        words: list[str | None] = []
        spelled: list[str] = []
        for place, piece in enumerate(code_parts(code)):
            if place % 2 == 0:
                for word in piece.split():
                    pieces += [escape_words(word), " "]
                    words.append(word)
                    spelled.append(word)
            else:
                slot = argument_slot(place // 2, piece)
                texts, part = self._slot(block.inputs.get(slot.name), slot)
                pieces += [*texts, " "]
                words.append(None)
                spelled.append(code_of([part]))
        pieces = _without_last_space(pieces)
        spelled_code = " ".join(spelled)
        if self.names.procedures.find(words, spelled_code) != code and (
            spelled_code != code or self.names.procedures.find(words, spelled_code) is not None
        ):
            self._options.append(f"call {number} [{escape_text(code)}]")
        if self._needs_custom(words, code):
            pieces.append(" :: custom")
        return pieces

    def _needs_custom(self, words: list[str | None], code: str) -> bool:
        """Whether the words of a call would be taken for something else."""
        first = (words[0] or "").lower()
        return (
            first == "define"
            or words == [None]
            or (len(words) == 1 and first in ("end", "else"))
            or any(block.shape in SHAPES[None] for block in blocks_with_label(label_key(words)))
            or code not in self.names.procedures.by_code
        )

    # -- the explicit form

    def _explicit(self, block: Block, number: int, *, in_line: bool) -> tuple[list[Piece], tuple[str, ...]]:
        """A block by its opcode and the names of its slots; mouths are on this line if it is inside one."""
        opcode = block.opcode
        if not is_plain_word(opcode):
            self._options.append(f"opcode {number} [{escape_text(opcode)}]")
            opcode = STAND_IN
        pieces: list[Piece] = [opcode]
        mouths: list[str] = []
        for name, chosen in block.fields.items():
            pieces.append(f" {slot_name(name)} = {self._field(block.opcode, name, chosen)}")
        for name, filled in block.inputs.items():
            match filled:
                case Shadow():
                    pieces.append(f" {slot_name(name)} {explicit_shadow_text(filled)}")
                case Reporter(block=inner, shadow=shadow):
                    inside = Inside(inner, shadow, None, self._slot_bracket(inner))
                    pieces += [f" {slot_name(name)} ", inside]
                case Stack(blocks=blocks) if in_line:
                    pieces += [f" {slot_name(name)} (", *self._stack(blocks), " :: stack)"]
                case Stack(blocks=blocks) if blocks:
                    mouths.append(name)
        # last, since their blocks are read last
        pieces += [f" {slot_name(name)} ..." for name in mouths]
        pieces.append(f" :: {opcode}")
        return pieces, tuple(mouths)

    def _stack(self, blocks: Iterable[Block]) -> list[Piece]:
        pieces: list[Piece] = []
        for block in blocks:
            pieces += [Inside(block, None, None, self._slot_bracket(block)), " "]
        return _without_last_space(pieces)

    def _field(self, opcode: str, name: str, chosen: str | Reference) -> str:
        if isinstance(chosen, str):
            return menu_text(chosen)
        known = CATALOGUE.get(opcode)
        kind = next((each.kind for each in known.fields if each.name == name), "") if known else ""
        told = "list" if kind == "list" else "variables"
        stage = " stage" if chosen.scope == "stage" else ""
        return f"({escape_words(chosen.name)} :: {told}{stage})"


def _without_last_space(pieces: list[Piece]) -> list[Piece]:
    return pieces[:-1] if pieces and pieces[-1] == " " else pieces
