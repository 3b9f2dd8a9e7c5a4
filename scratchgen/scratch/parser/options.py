"""What may stand in ``//!`` behind a block: our additions that other readers of the notation skip.

Most options belong to the block of the line. Those that can belong to a block inside it begin with its
number, counted along the line by opening brackets; the line's own block is 0.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from scratchgen.scratch.labels import nearest
from scratchgen.scratch.numbers import as_javascript, parse_number
from scratchgen.scratch.parser.faults import Fault
from scratchgen.scratch.parser.lexer import Literal, Nested, Part, Word, words_of
from scratchgen.scratch.program import Comment, Value

__all__ = ["LineOptions", "PartReader", "read_options"]

LONGEST_NUMBER = 9
TRUTHS = {"true": True, "false": False}


class PartReader:
    """Reads the parts of an option or header one after the other."""

    def __init__(self, parts: list[Part], column: int) -> None:
        self.parts = parts
        self.at = 0
        self.end_column = column

    @property
    def column(self) -> int:
        """Where the next part stands."""
        return self.parts[self.at].column if self.at < len(self.parts) else self.end_column

    def done(self) -> bool:
        """Whether everything is read."""
        return self.at >= len(self.parts)

    def word(self) -> str | None:
        """The next part, if it is a word."""
        if not self.done() and isinstance(part := self.parts[self.at], Word):
            self.at += 1
            return part.text
        return None

    def skip(self, word: str) -> bool:
        """Whether the next part is that word; it is read then."""
        if not self.done() and isinstance(part := self.parts[self.at], Word) and part.text == word:
            self.at += 1
            return True
        return False

    def literal(self, what: str, *kinds: str) -> Literal:
        """The next part, which must be a value of one of the kinds."""
        if not self.done():
            part = self.parts[self.at]
            if isinstance(part, Literal) and part.kind in kinds:
                self.at += 1
                return part
        raise Fault(self.column, f"here should stand {what}")

    def text(self, what: str = "a text, in square brackets") -> str:
        """A text."""
        return self.literal(what, "text", "colour").value

    def name(self) -> str:
        """A name, as a text or as a menu."""
        return self.literal("a name, in square brackets", "text", "menu", "colour").value

    def number(self) -> float:
        """A number."""
        part = self.literal("a number, in round brackets", "number", "json number")
        number = parse_number(part.value)
        if number is None:
            try:
                number = as_javascript(float(part.value))
            except ValueError:
                raise Fault(part.column, f"“{part.value}” is not a number") from None
        return number

    def value(self) -> Value:
        """A value in the brackets that tell its type."""
        if self.has_value():
            part = self.parts[self.at]
            if isinstance(part, Nested):
                self.at += 1
                return TRUTHS[words_of(part.parts) or ""]
            if part.kind in ("number", "json number"):  # type: ignore[union-attr]
                return self.number()
            self.at += 1
            return part.value  # type: ignore[union-attr]
        raise Fault(self.column, "here should stand a value: (10), [text], <true> or <false>")

    def has_value(self) -> bool:
        """Whether the next part is a value."""
        if self.done():
            return False
        part = self.parts[self.at]
        if isinstance(part, Nested):
            return part.bracket == "<" and words_of(part.parts) in TRUTHS
        return isinstance(part, Literal) and part.kind in ("number", "json number", "text", "colour")

    def part(self, what: str) -> Part:
        """The next part, whatever it is."""
        if self.done():
            raise Fault(self.column, f"here should stand {what}")
        self.at += 1
        return self.parts[self.at - 1]


@dataclass(slots=True)
class LineOptions:
    """The options of one line; what is kept by number belongs to a block inside the line."""

    warp: bool = False
    hangs: bool = False
    code: str | None = None
    defaults: list[str] = field(default_factory=list)
    comments: dict[int, Comment] = field(default_factory=dict)
    covered: dict[int, Part | None] = field(default_factory=dict)
    mutations: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    calls: dict[int, str] = field(default_factory=dict)
    opcodes: dict[int, str] = field(default_factory=dict)


def read_options(parts: list[Part], column: int) -> LineOptions:
    """Read the options of a line.

    Raises:
        Fault: an option that does not exist, or one that is not complete.
    """
    options = LineOptions()
    reader = PartReader(parts, column)
    while not reader.done():
        at = reader.column
        word = reader.word()
        if word is None or word not in READERS:
            like = nearest(word or "", READERS)
            raise Fault(
                at,
                f"there is no option “{word}”" if word else "here should stand the name of an option",
                f"did you mean “{like}”" if like else f"options are {', '.join(READERS)}",
            )
        READERS[word](options, reader)
    return options


def read_geometry(reader: PartReader, comment: Comment) -> Comment:
    """Read where a comment lies and how large it is."""
    while True:
        if reader.skip("at"):
            comment = replace(comment, x=reader.number(), y=reader.number())
        elif reader.skip("size"):
            comment = replace(comment, width=reader.number(), height=reader.number())
        elif reader.skip("minimized"):
            comment = replace(comment, minimized=True)
        else:
            return comment


def _warp(options: LineOptions, _: PartReader) -> None:
    options.warp = True


def _hangs(options: LineOptions, _: PartReader) -> None:
    options.hangs = True


def _code(options: LineOptions, reader: PartReader) -> None:
    options.code = reader.text("the code of the custom block, in square brackets")


def _defaults(options: LineOptions, reader: PartReader) -> None:
    while reader.has_value():
        options.defaults.append(reader.text())


def _comment(options: LineOptions, reader: PartReader) -> None:
    options.comments[0] = read_geometry(reader, Comment(text=""))


def _note(options: LineOptions, reader: PartReader) -> None:
    number = _block_number(reader)
    options.comments[number] = read_geometry(reader, Comment(text=reader.text()))


def _under(options: LineOptions, reader: PartReader) -> None:
    number = _block_number(reader)
    options.covered[number] = None if reader.skip("nothing") else reader.part("what the block covers")


def _mutation(options: LineOptions, reader: PartReader) -> None:
    number, column = _block_number(reader), reader.column
    try:
        content = json.loads(reader.text("JSON, in square brackets"))
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        raise Fault(column, "this is not a JSON object")
    options.mutations[number] = content


def _call(options: LineOptions, reader: PartReader) -> None:
    number = _block_number(reader)
    options.calls[number] = reader.text("the code of a custom block, in square brackets")


def _opcode(options: LineOptions, reader: PartReader) -> None:
    number = _block_number(reader)
    options.opcodes[number] = reader.text("an opcode, in square brackets")


def _block_number(reader: PartReader) -> int:
    column, word = reader.column, reader.word()
    if word is None or not word.isascii() or not word.isdecimal() or len(word) > LONGEST_NUMBER:
        raise Fault(column, "here should stand the number of a block in the line", "0 is the line's own")
    return int(word)


READERS: Mapping[str, Callable[[LineOptions, PartReader], None]] = {
    "warp": _warp,
    "comment": _comment,
    "note": _note,
    "under": _under,
    "call": _call,
    "code": _code,
    "defaults": _defaults,
    "mutation": _mutation,
    "opcode": _opcode,
    "hangs": _hangs,
}
