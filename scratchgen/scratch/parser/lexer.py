"""A line of the notation to words, values and brackets; what they mean is left to the rest of the parser.

The rules are those of scratchblocks 3. Where it shrugs (brackets that are never closed), this is strict. No
nesting is too deep for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from scratchgen.scratch.notation import unescape, unescape_comment

__all__ = ["LexedLine", "Literal", "Nested", "Part", "Word", "lex_line", "words_of"]

WORD = r"(?:\\u\{{[0-9a-fA-F]+\}}|\\.|[^\s\[()<>{{}}\\:{slash}]|:(?!:){slashes})+"
TOKEN = (
    r"\s*(?:(?P<square>\[(?P<text>(?:\\.|[^\]\\])*)\])"
    r"|(?P<round>\(\s*(?P<number>-?[0-9.]+(?:e[+-]?[0-9]+)?)\s*\))"
    rf"|(?P<word>{WORD})"
    r"|(?P<comment>{comment})"
    r"|(?P<overrides>::)"
    r"|(?P<mark>\S))"
)
"""The name of the outermost group that matches says what was found."""
OUTSIDE = re.compile(TOKEN.format(comment="//", slash="/", slashes="|/(?!/)"))
INSIDE = re.compile(TOKEN.format(comment="(?!)", slash="", slashes=""))
"""Inside brackets two slashes are only text."""

OVERRIDES = {
    None: re.compile(r"(.*?)(?=//|$)"),
    "(": re.compile(r"(.*?)(?=//|\)|$)"),
    "<": re.compile(r"(.*?)(?=//|>|$)"),
}
CLOSING = {"(": ")", "<": ">"}
NUMBER = re.compile(r"-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?")
COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")
BEFORE_OPERAND = re.compile(r"\s*[\[(<{]")


@dataclass(slots=True)
class Word:
    """A word of a label."""

    text: str
    column: int


@dataclass(slots=True)
class Literal:
    """A value: ``number`` (10), ``text`` [10], ``menu`` [10 v], ``round menu`` (10 v), ``colour`` [#fff],
    or ``empty`` <>."""

    kind: str
    value: str
    column: int


@dataclass(slots=True)
class Nested:
    """What stands in round or pointed brackets and is no value, with what follows ``::`` in them."""

    bracket: str | None
    column: int
    start: int
    parts: list[Part] = field(default_factory=list)
    overrides: list[str] = field(default_factory=list)


Part = Word | Literal | Nested


@dataclass(slots=True)
class LexedLine:
    """The parts of a line, its comment, and the parts of its ``//!`` options; ``fault`` is (column, what)."""

    parts: list[Part]
    overrides: list[str]
    comment: str | None = None
    options: list[Part] | None = None
    fault: tuple[int, str] | None = None


class LineFault(Exception):
    """A line whose brackets do not fit."""

    def __init__(self, column: int, what: str) -> None:
        self.column = column
        self.what = what
        super().__init__(what)


@lru_cache(maxsize=4096)
def lex_line(line: str) -> LexedLine:
    """Take a line apart; columns count from 1. Lines that are alike share their parts: nobody changes them.

    >>> lexed = lex_line("say (answer) // repeat it")
    >>> [type(part).__name__ for part in lexed.parts], lexed.comment
    (['Word', 'Nested'], 'repeat it')
    >>> lex_line("say [hello").fault
    (5, 'this [ is never closed')
    """
    try:
        whole, end = _scan(line, 0)
        lexed = LexedLine(whole.parts, whole.overrides)
        if end < len(line):
            options = end if line.startswith("//!", end) else line.find(" //!", end)
            if options != end:
                comment = line[end + 2 : options if options > end else len(line)]
                lexed.comment = unescape_comment(comment.strip())
            if options >= 0:
                lexed.options = _scan(line, line.index("//!", options) + 3)[0].parts
    except LineFault as fault:
        return LexedLine([], [], fault=(fault.column, fault.what))
    return lexed


def words_of(parts: list[Part]) -> str | None:
    """The words joined by spaces; None when there is anything else among them."""
    words = [part.text for part in parts if isinstance(part, Word)]
    return " ".join(words) if len(words) == len(parts) else None


def _scan(line: str, start: int) -> tuple[Nested, int]:
    """Take the line apart from ``start`` on; returns where its comment begins, or its end."""
    frame = whole = Nested(None, start + 1, start)
    above: list[Nested] = []
    at, end = start, len(line)
    while at < end:
        match = (INSIDE if above else OUTSIDE).match(line, at)
        if match is None:  # only blanks are left
            break
        kind = match.lastgroup or ""
        column = match.start(kind) + 1
        at = match.end()
        if kind == "word":
            frame.parts.append(Word(unescape(match["word"]), column))
        elif kind == "square":
            frame.parts.append(_square(match["text"], column))
        elif kind == "round":
            frame.parts.append(Literal("number", match["number"], column))
        elif kind == "overrides":
            rest = OVERRIDES[frame.bracket].match(line, at)
            assert rest is not None  # it matches the empty text
            frame.overrides = rest[1].split()
            at = rest.end()
        elif kind == "comment":
            return whole, column - 1
        else:
            mark = match["mark"]
            if mark in "<>" and _is_operator(frame, line, at):
                frame.parts.append(Word(mark, column))
            elif mark in CLOSING:
                above.append(frame)
                frame = Nested(mark, column, at)
            elif frame.bracket and mark == CLOSING[frame.bracket]:
                inside, frame = frame, above.pop()
                frame.parts.append(_round(inside, line, at - 1))
            elif mark == ">":
                frame.parts.append(Word(mark, column))
            else:
                raise LineFault(column, _misplaced(mark))
    if above:
        raise LineFault(frame.column, f"this {frame.bracket} is never closed")
    return whole, end


def _misplaced(mark: str) -> str:
    if mark == "[":
        return "this [ is never closed"
    if mark in "{}":
        return f"{mark} has no meaning in Scratch 3; write \\{mark} for the character itself"
    return f"this {mark} closes nothing"


def _is_operator(frame: Nested, line: str, at: int) -> bool:
    """Whether a < or > compares: as in scratchblocks, between two values in pointed brackets."""
    return (
        frame.bracket == "<"
        and len(frame.parts) == 1
        and not isinstance(frame.parts[0], Word)
        and BEFORE_OPERAND.match(line, at) is not None
    )


def _square(raw: str, column: int) -> Literal:
    """A value in square brackets."""
    if raw.endswith(" v"):
        return Literal("menu", unescape(raw[:-2]), column)
    if COLOUR.fullmatch(raw):
        return Literal("colour", raw, column)
    return Literal("text", unescape(raw), column)


def _round(inside: Nested, line: str, end: int) -> Part:
    """What brackets hold: a value where it looks like one, else the parts."""
    parts, column = inside.parts, inside.column
    if inside.overrides:
        number = parts[0] if len(parts) == 1 else None
        if inside.overrides == ["number"] and isinstance(number, Word):
            return Literal("json number", number.text, column)
        return inside
    if not parts:
        return Literal("empty" if inside.bracket == "<" else "number", "", column)
    if inside.bracket == "<" or not isinstance(last := parts[-1], Word):
        return inside
    if len(parts) == 1:
        raw = line[inside.start : end]
        if raw == " v":
            return Literal("round menu", "", column)
        if NUMBER.fullmatch(raw.strip()):
            return Literal("number", raw.strip(), column)
        if COLOUR.fullmatch(raw.strip()):
            return Literal("colour", raw.strip(), column)
        return inside
    # an escaped v is a word like any other
    is_menu = last.text == "v" and line[end - 2 : end].strip() == "v"
    if is_menu and (label := words_of(parts[:-1])) is not None:
        return Literal("round menu", label, column)
    return inside
