"""Lines to scripts: which block hangs under which, what lies in a mouth, and whose comment it is.

One :class:`ScriptReader` reads the scripts of one sprite, line by line, and keeps the open mouths in a list,
so that no nesting of mouths is too deep for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from scratchgen.scratch.parser.draft import Draft
from scratchgen.scratch.parser.expressions import LineReader
from scratchgen.scratch.parser.faults import Fault, Faults
from scratchgen.scratch.parser.lexer import LexedLine, Word
from scratchgen.scratch.parser.names import Names
from scratchgen.scratch.parser.options import LineOptions, read_options
from scratchgen.scratch.parser.slots import SlotRules
from scratchgen.scratch.program import Block, Comment, Procedure, Script, Stack

__all__ = ["ScriptReader"]

IF, IF_ELSE = "control_if", "control_if_else"
NO_OPTIONS = LineOptions()
"""Those of most lines; nobody changes them."""


@dataclass(slots=True)
class OpenMouth:
    """A block with a mouth that is being read."""

    draft: Draft
    number: int
    label: str
    comment: Comment | None
    mouths: list[str]
    above: list[Block]
    """The blocks over this one, to which it will be added."""


@dataclass(slots=True)
class ScriptReader:
    """Reads the scripts of one sprite from their lines."""

    names: Names
    faults: Faults
    rules: SlotRules
    procedures: dict[int, Procedure]
    """What the definitions define, by the number of their line."""
    scripts: list[Script] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    position: tuple[float | None, float | None] = (None, None)
    _chain: list[Block] = field(default_factory=list)
    _open: list[OpenMouth] = field(default_factory=list)
    _remarks: list[str] = field(default_factory=list)
    _ended: bool = False

    def line(self, number: int, lexed: LexedLine, text: str) -> None:
        """Read a line that holds a block, or a comment alone."""
        if not lexed.parts and not lexed.overrides:
            self._remarks.append(lexed.comment or "")
            return
        try:
            word = lexed.parts[0].text.lower() if lexed.parts and isinstance(lexed.parts[0], Word) else ""
            if len(lexed.parts) == 1 and word in ("end", "else") and not lexed.overrides:
                (self._end if word == "end" else self._else)(lexed.parts[0].column)
            else:
                self._block(number, lexed, text)
        except Fault as fault:
            self.faults.add(number, fault)
            self._remarks.clear()

    def blank(self) -> None:
        """Read an empty line: it ends a script, but not a mouth; remarks before it are free comments."""
        self._take_free_remarks()
        if not self._open:
            self.finish_script()

    def finish(self) -> None:
        """End the sprite's scripts."""
        self._close_all()
        self._take_free_remarks()
        self.finish_script()

    def finish_script(self) -> None:
        """End a script, if one has begun."""
        if self._chain:
            x, y = self.position
            self.scripts.append(Script(blocks=tuple(self._chain), x=x, y=y))
            self._chain = []
            self.position = (None, None)
            self.names.parameters = {}
        self._ended = False

    def _take_free_remarks(self) -> None:
        if self._remarks:
            self.comments.append(Comment(text="\n".join(self._remarks)))
            self._remarks.clear()

    # -- one line

    def _block(self, number: int, lexed: LexedLine, text: str) -> None:
        options = NO_OPTIONS if lexed.options is None else read_options(lexed.options, len(text) + 1)
        column = lexed.parts[0].column if lexed.parts else len(text) - len(text.lstrip()) + 1
        if (procedure := self.procedures.get(number)) is not None:
            draft = Draft("procedures_definition", column, procedure=procedure)
            self._begin(draft, options)
            # a parameter is called as the definition calls it, until the script ends
            self.names.parameters = {each.name: each.kind for each in procedure.parameters}
        else:
            reader = LineReader(self.names, options, self.rules)
            draft = reader.read(lexed.parts, lexed.overrides, column)
            if options is not NO_OPTIONS:
                self._check_numbers(options, reader.count, column)
            self._begin(draft, options)
        comment = self._comment(lexed, options)
        if draft.mouths:
            self._open.append(
                OpenMouth(draft, number, text.strip(), comment, list(draft.mouths), self._chain)
            )
            self._chain, self._ended = [], False
            return
        self._chain.append(draft.block(comment))
        self._ended = draft.is_reporter or self._ends(draft)

    def _check_numbers(self, options: LineOptions, count: int, column: int) -> None:
        """Refuse options for blocks that the line does not have."""
        numbered = (options.comments, options.covered, options.mutations, options.calls, options.opcodes)
        for number in (number for option in numbered for number in option):
            if number >= count:
                raise Fault(column, f"this line has no block number {number}", "0 is the line's own block")

    def _begin(self, draft: Draft, options: LineOptions) -> None:
        """Decide whether the block hangs under the one before or begins a script."""
        shape = draft.type.shape if draft.type else None
        if options.hangs:
            return
        if shape == "hat":
            self._close_all()
            self.finish_script()
        elif draft.is_reporter:
            if self._open:
                raise Fault(draft.column, "a reporter cannot stand in a mouth", "put it into a slot")
            self.finish_script()
        elif self._ended:
            if self._open:
                raise Fault(draft.column, "nothing can hang under the block before", "move or delete it")
            self.finish_script()

    def _comment(self, lexed: LexedLine, options: LineOptions) -> Comment | None:
        """The comment of the line's own block: the remarks above it, then the one behind it."""
        texts = [*self._remarks, *([] if lexed.comment is None else [lexed.comment])]
        self._remarks.clear()
        geometry = options.comments.get(0)
        if not texts:
            return geometry
        return replace(geometry or Comment(text=""), text="\n".join(texts))

    def _ends(self, draft: Draft) -> bool:
        if draft.opcode == "control_stop":
            return not str(draft.fields.get("STOP_OPTION", "")).startswith("other scripts in ")
        return draft.type is not None and draft.type.ends_script

    # -- mouths

    def _fill_mouth(self) -> OpenMouth:
        mouth = self._open[-1]
        name = mouth.mouths.pop(0)
        if self._chain:
            mouth.draft.inputs[name] = Stack(blocks=tuple(self._chain))
        self._chain = []
        self._ended = False
        return mouth

    def _else(self, column: int) -> None:
        if not self._open:
            raise Fault(column, "this else belongs to no if")
        mouth = self._open[-1]
        if mouth.draft.opcode == IF and mouth.draft.mouths == ("SUBSTACK",):
            mouth.draft.opcode = IF_ELSE
            mouth.draft.mouths = ("SUBSTACK", "SUBSTACK2")
            mouth.mouths.append("SUBSTACK2")
        if len(mouth.mouths) < 2:
            raise Fault(column, f"“{mouth.label}” of line {mouth.number} has no place for this else")
        self._fill_mouth()

    def _end(self, column: int) -> None:
        if not self._open:
            raise Fault(column, "this end closes nothing")
        self._close()

    def _close(self) -> None:
        mouth = self._fill_mouth()
        self._open.pop()
        self._chain = mouth.above
        self._chain.append(mouth.draft.block(mouth.comment))
        self._ended = self._ends(mouth.draft)

    def _close_all(self) -> None:
        """Close mouths that no end closes, and say so."""
        while self._open:
            mouth = self._open[-1]
            what = f"“{mouth.label}” has no end"
            self.faults.add(mouth.number, Fault(mouth.draft.column, what, "write end under its last block"))
            self._close()
