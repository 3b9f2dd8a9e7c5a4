"""One line's parts to a block with all that its slots hold.

Which block a label means follows from the catalogue and from what stands in the slots; overrides after ``::``
can name its opcode. Mouths are left to :mod:`~scratchgen.scratch.parser.scripts`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from scratchgen.scratch.catalogue import CATALOGUE, SHADOWS, BlockType, FieldType, InputType
from scratchgen.scratch.labels import (
    blocks_with_label,
    is_override_of_looks,
    label_key,
    label_words,
    nearest,
    spoken_label,
)
from scratchgen.scratch.parser.draft import Draft
from scratchgen.scratch.parser.explicit import explicit_shadow, read_explicit
from scratchgen.scratch.parser.faults import Fault
from scratchgen.scratch.parser.lexer import Literal as LiteralPart
from scratchgen.scratch.parser.lexer import Nested, Part, Word, words_of
from scratchgen.scratch.parser.names import PARAMETER_REPORTERS, SHAPES, Names, argument_slot, code_of
from scratchgen.scratch.parser.options import LineOptions
from scratchgen.scratch.parser.slots import SlotRules, fits, shadow_value, why_not
from scratchgen.scratch.procedures import placeholders
from scratchgen.scratch.program import Input, Reference, Reporter, Shadow, Stack

__all__ = ["LineReader"]

MAX_STACKS = 50
"""Stacks of blocks in stacks of blocks, all on one line; only what no editor writes is printed so."""

OPCODES_TOLD: Mapping[str, Mapping[str, str]] = {
    "(": {
        "variables": "data_variable",
        "list": "data_listcontents",
        "custom-arg": PARAMETER_REPORTERS["("],
    },
    "<": {"custom-arg": PARAMETER_REPORTERS["<"]},
}
"""What an override says that a name is."""
REFERENCES = {"data_variable": "VARIABLE", "data_listcontents": "LIST"}
STACK = "stack"
"""Says in the explicit form that brackets hold blocks that hang together."""
OWN_WORDS = frozenset({"variables", "list", "custom", "custom-arg", "stage"})
"""Overrides that say what a name is; ``stage`` is ours, for a variable that the sprite hides."""


@dataclass(slots=True)
class LineReader:
    """Reads the blocks of one line; ``count`` numbers them for the line's options.

    Blocks in slots are kept in a list until it is their turn, so that no nesting is too deep.
    """

    names: Names
    options: LineOptions
    rules: SlotRules
    count: int = 0
    _left: list[tuple[dict[str, Input], str, Nested, InputType | None]] = field(default_factory=list)
    """What is left to read: the inputs to fill, the slot's name, what stands there, and the slot."""
    _stacks: int = 0

    def read(self, parts: list[Part], overrides: list[str], column: int) -> Draft:
        """Read a line: a block, or a single reporter in its brackets.

        Raises:
            Fault: the line means no block.
        """
        if len(parts) == 1 and isinstance(whole := parts[0], Nested) and not overrides:
            draft = self._draft(whole.parts, whole.overrides, whole.bracket, whole.column)
        else:
            draft = self._draft(parts, overrides, None, column)
        self._read_left(0)
        return draft

    def _read_left(self, rest: int) -> None:
        """Read the blocks in slots that have come up since ``rest`` were left, in the order of the line."""
        self._left[rest:] = reversed(self._left[rest:])
        while len(self._left) > rest:
            inputs, name, part, slot = self._left.pop()
            before = len(self._left)
            inputs[name] = self._stack(part) if part.overrides == [STACK] else self._reporter(part, slot)
            self._left[before:] = reversed(self._left[before:])

    def _put(self, inputs: dict[str, Input], name: str, part: Nested, slot: InputType | None) -> None:
        """Keep a slot's block for later; its place among the inputs is taken now."""
        inputs[name] = Stack(blocks=())
        self._left.append((inputs, name, part, slot))

    def _stack(self, part: Nested) -> Stack:
        """Blocks in brackets, one after the other, as the explicit form writes them in a slot."""
        if self._stacks >= MAX_STACKS:
            raise Fault(part.column, f"stacks stand in stacks more than {MAX_STACKS} deep")
        self._stacks += 1
        blocks = []
        for each in (each for each in part.parts if isinstance(each, Nested)):
            rest = len(self._left)
            blocks.append(self._reporter(each, None).block)
            self._read_left(rest)
        self._stacks -= 1
        return Stack(blocks=tuple(blocks))

    def _draft(self, parts: list[Part], overrides: list[str], bracket: str | None, column: int) -> Draft:
        number = self.count
        self.count += 1
        opcode = self._opcode(overrides, column)
        if opcode is not None and parts and isinstance(parts[0], Word) and parts[0].text == opcode:
            draft = Draft(self.options.opcodes.get(number, opcode), column)
            read_explicit(draft, parts[1:], self._put)
        elif opcode is not None:
            draft = self._typed(self._named(opcode, parts, column), _arguments(parts), column)
        else:
            draft = self._spoken(parts, overrides, bracket, column, number)
        draft.is_reporter = bracket is not None
        draft.mutation = self.options.mutations.get(number)
        draft.call = self.options.calls.get(number, draft.call)
        return draft

    def _opcode(self, overrides: list[str], column: int) -> str | None:
        """The opcode that the overrides name, if they name one."""
        opcodes = [word for word in overrides if not is_override_of_looks(word) and word not in OWN_WORDS]
        if len(opcodes) > 1:
            raise Fault(column, f"a block has one opcode, not {len(opcodes)}: {', '.join(opcodes)}")
        return opcodes[0] if opcodes else None

    def _named(self, opcode: str, parts: list[Part], column: int) -> BlockType:
        """The block of that opcode, which must be written as the catalogue writes it."""
        block = CATALOGUE.get(opcode)
        if block is None:
            like = nearest(opcode, CATALOGUE)
            raise Fault(
                column,
                f"no block of Scratch has the opcode {opcode}",
                f"did you mean {like}" if like else f"for a block of another's begin with {opcode} itself",
            )
        if block not in blocks_with_label(_key(parts)):
            raise Fault(column, f"{opcode} is not written so", f"write “{spoken_label(block)} :: {opcode}”")
        arguments = _arguments(parts)
        if not all(map(fits, block.arguments, arguments)):
            raise why_not(block, arguments)
        return block

    def _spoken(
        self,
        parts: list[Part],
        overrides: list[str],
        bracket: str | None,
        column: int,
        number: int,
    ) -> Draft:
        """A block that is known by its label, or a name."""
        if bracket is not None and (name := words_of(parts)) is not None:
            return self._name(name, overrides, bracket, column)
        key = _key(parts)
        arguments = _arguments(parts)
        if "custom" not in overrides and number not in self.options.calls:
            candidates = [block for block in blocks_with_label(key) if block.shape in SHAPES[bracket]]
            for block in candidates:
                if all(map(fits, block.arguments, arguments)):
                    return self._typed(block, arguments, column)
            if candidates:
                raise why_not(candidates[0], arguments)
        if bracket is None and parts:
            return self._call(parts, overrides, column, number)
        raise self._unknown(parts, bracket, column)

    def _name(self, name: str, overrides: list[str], bracket: str, column: int) -> Draft:
        """A parameter, a block without slots, a variable or a list: the first that it can be."""
        told = next((word for word in overrides if word in OWN_WORDS), None)
        opcode = OPCODES_TOLD[bracket].get(told) if told else self.names.opcode_of(name, bracket)
        if opcode is None:
            raise self._unknown_name(name, bracket, column)
        draft = Draft(opcode, column)
        if opcode in REFERENCES:
            scope: Literal["stage", "nearest"] = "stage" if "stage" in overrides else "nearest"
            draft.fields[REFERENCES[opcode]] = Reference(name=name, scope=scope)
        elif opcode in PARAMETER_REPORTERS.values():
            draft.fields["VALUE"] = name
        return draft

    def _call(self, parts: list[Part], overrides: list[str], column: int, number: int) -> Draft:
        """A call of a custom block."""
        words = [part.text if isinstance(part, Word) else None for part in parts]
        spelled = code_of(parts)
        code = self.options.calls.get(number) or self.names.procedures.find(words, spelled)
        if code is None:
            if "custom" not in overrides:
                raise self._unknown(parts, None, column)
            code = spelled
        draft = Draft("procedures_call", column, call=code)
        for place, (mark, part) in enumerate(zip(placeholders(code), _arguments(parts), strict=False)):
            slot = argument_slot(place, mark)
            if not fits(slot, part):
                raise Fault(part.column, *_misfit(slot))
            self._fill(draft, slot, part)
        return draft

    def _typed(self, block: BlockType, arguments: list[Part], column: int) -> Draft:
        """A block of the catalogue with arguments that fit it."""
        draft = Draft(block.opcode, column, mouths=block.mouths)
        for argument, part in zip(block.arguments, arguments, strict=True):
            if isinstance(argument, InputType):
                self._fill(draft, argument, part)
            else:
                draft.fields[argument.name] = self._chosen(argument, part)
        return draft

    def _fill(self, draft: Draft, slot: InputType, part: Part) -> None:
        """Put into a slot what the part says; an empty slot holds nothing."""
        if isinstance(part, Nested):
            if (shadow := explicit_shadow(part)) is not None:
                draft.inputs[slot.name] = shadow
            else:
                self._put(draft.inputs, slot.name, part, slot)
        elif isinstance(part, LiteralPart) and part.kind != "empty":
            draft.inputs[slot.name] = self._shadow(slot, part)

    def _shadow(self, slot: InputType, literal: LiteralPart) -> Shadow:
        value = shadow_value(SHADOWS[slot.shadow], literal, self.rules)
        return Shadow(opcode=slot.shadow, value=value)

    def _reporter(self, part: Nested, slot: InputType | None) -> Reporter:
        number = self.count
        draft = self._draft(part.parts, part.overrides, part.bracket, part.column)
        covered = self.rules.covered(slot) if slot is not None else None
        if number in self.options.covered:
            covered = self._covered(self.options.covered[number], slot)
        block = draft.block(self.options.comments.get(number))
        return Reporter(block=block, shadow=covered)

    def _covered(self, part: Part | None, slot: InputType | None) -> Shadow | None:
        """What the option says that a block covers."""
        match part:
            case None:
                return None
            case Nested() if (shadow := explicit_shadow(part)) is not None:
                return shadow
            case LiteralPart() if slot is not None and slot.shadow and fits(slot, part):
                return self._shadow(slot, part)
        raise Fault(part.column, "this cannot lie under a block", "write a value that fits the slot")

    def _chosen(self, argument: FieldType, part: Part) -> str | Reference:
        """What a menu of the block itself says."""
        assert isinstance(part, LiteralPart)
        if argument.kind == "menu":
            stored = argument.menu.stored(part.value) if argument.menu else None
            assert stored is not None  # else it would not fit
            return stored
        if argument.kind == "broadcast":
            return part.value
        known = self.names.variables if argument.kind == "variable" else self.names.lists
        if self.names.strict and part.value not in known:
            other = self.names.lists if argument.kind == "variable" else self.names.variables
            raise _undeclared(argument.kind, part.value, known, part.column, is_other=part.value in other)
        return Reference(name=part.value)

    def _unknown(self, parts: list[Part], bracket: str | None, column: int) -> Fault:
        """Why a label means nothing, with the block that is most like it."""
        known = {_spelled(block): spoken_label(block) for block in CATALOGUE.values() if block.label}
        known |= {code.replace("%s", "_").replace("%b", "_"): code for code in self.names.procedures.by_code}
        spelled = " ".join(part.text if isinstance(part, Word) else "_" for part in parts).lower()
        like = nearest(spelled, known) or _begins_alike(spelled.split(" "), known)
        written = " ".join(part.text if isinstance(part, Word) else "()" for part in parts)
        inside = {"(": "reporter", "<": "condition"}.get(bracket or "", "block")
        return Fault(
            column,
            f"there is no {inside} “{written}”",
            f"did you mean “{known[like]}”" if like else "define it, or name its opcode after ::",
        )

    def _unknown_name(self, name: str, bracket: str, column: int) -> Fault:
        if bracket == "<":
            if any(block.shape == "reporter" for block in blocks_with_label(label_key(name.split(" ")))):
                return Fault(column, f"“{name}” is no condition", f"write ({name})")
            return self._unknown([Word(word, column) for word in name.split(" ")], bracket, column)
        reporters = [block.label for block in CATALOGUE.values() if block.label and not block.arguments]
        known = [*self.names.variables, *self.names.lists, *self.names.parameters, *reporters]
        like = nearest(name, known)
        return Fault(
            column,
            f"there is no variable, list or parameter “{name}”",
            f"did you mean “{like}”" if like else f"declare it: //! variable [{name} v] = (0)",
        )


def _key(parts: list[Part]) -> tuple[str | None, ...]:
    return label_key([part.text if isinstance(part, Word) else None for part in parts])


def _arguments(parts: list[Part]) -> list[Part]:
    return [part for part in parts if not isinstance(part, Word)]


def _spelled(block: BlockType) -> str:
    return " ".join(word or "_" for word in label_key(label_words(block.label)))


def _begins_alike(words: list[str], known: Iterable[str]) -> str | None:
    """The label with the same first word and most nearly as many words."""
    alike = [label for label in known if label.split(" ")[0] == words[0] != "_"]
    return min(alike, key=lambda label: abs(label.count(" ") + 1 - len(words)), default=None)


def _misfit(slot: InputType) -> tuple[str, str]:
    if not slot.shadow:
        return "a condition is needed here", "write it in pointed brackets: <…>"
    return "this does not fit here", "write [text], (10) or a block"


def _undeclared(kind: str, name: str, known: frozenset[str], column: int, *, is_other: bool) -> Fault:
    if is_other:
        return Fault(column, f"“{name}” is not a {kind}", f"declare a {kind} of that name")
    like = nearest(name, known)
    return Fault(
        column,
        f"there is no {kind} “{name}”",
        f"did you mean “{like}”" if like else f"declare it: //! {kind} [{name} v] =",
    )
