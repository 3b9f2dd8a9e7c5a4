"""A whole text: its lines to sections, their headers, and their scripts.

Headers and definitions are read first, so that a script may use what stands further down.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from scratchgen.scratch.labels import blocks_with_label, label_key
from scratchgen.scratch.parser.faults import Fault, Faults
from scratchgen.scratch.parser.headers import ProjectHeaders, SpriteHeaders, read_header, read_items
from scratchgen.scratch.parser.lexer import LexedLine, Word, lex_line
from scratchgen.scratch.parser.names import Names, ProcedureNames, read_signature
from scratchgen.scratch.parser.options import PartReader, read_options
from scratchgen.scratch.parser.scripts import ScriptReader
from scratchgen.scratch.program import Procedure, Project, Script, Sprite, Value

__all__ = ["Document"]

LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(slots=True)
class Line:
    """A line with its number, counted from 1; ``placed`` is where the script that follows lies."""

    number: int
    text: str
    lexed: LexedLine | None = None
    placed: tuple[float, float] | None = None


@dataclass(slots=True)
class Section:
    """The lines of the stage, of a sprite, or of what stands before both."""

    headers: SpriteHeaders
    number: int
    lines: list[Line] = field(default_factory=list)
    procedures: dict[int, Procedure] = field(default_factory=dict)
    names: ProcedureNames = field(default_factory=ProcedureNames)


class Document:
    """Reads one text."""

    def __init__(self, text: str, where: str, assets: Callable[[str], bytes] | None) -> None:
        self.lines = LINE_END.split(text.removeprefix("\ufeff"))
        self.faults = Faults(where, self.lines)
        self.headers = ProjectHeaders(assets)
        self.sections = [Section(SpriteHeaders("", is_stage=True), 1)]
        self._items: list[Value] | None = None
        self._in_asset = False
        self._read_embedded()
        for number, line in enumerate(self.lines, start=1):
            try:
                self._line(number, line)
            except Fault as fault:
                self.faults.add(number, fault)

    def project(self) -> Project:
        """The project, or all that is wrong with it."""
        prologue, *sections = self.sections
        stages = [section for section in sections if section.headers.is_stage]
        self._check_sections(prologue, stages)
        stage = stages[0].headers if stages else SpriteHeaders("Stage", is_stage=True)
        ordered = [*stages[:1], *(section for section in sections if not section.headers.is_stage)]
        sprites = tuple(self._sprite(section, stage) for section in ordered)
        if not stages:
            sprites = (stage.sprite(), *sprites)
        self.faults.raise_any()
        return self.headers.project(sprites)

    def fragment(self) -> tuple[Script, ...]:
        """The scripts of a text without sections, or all that is wrong with it."""
        for section in self.sections[1:]:
            self.faults.add(section.number, Fault(1, "here are only scripts, no sprites"))
        section = self.sections[0]
        names = self._names(section, section.headers)
        names.strict = False
        reader = self._read_scripts(section, names)
        self.faults.raise_any()
        return tuple(reader.scripts)

    # -- first pass: sections, headers, definitions

    def _line(self, number: int, text: str) -> None:
        if not text.strip():
            self.sections[-1].lines.append(Line(number, text))
            return
        lexed = lex_line(text)
        if lexed.fault is not None:
            self._items = None
            raise Fault(*lexed.fault)
        if not lexed.parts and not lexed.overrides and lexed.options is not None and lexed.comment is None:
            self._header(number, text, lexed)
            return
        self._items = None
        section = self.sections[-1]
        section.lines.append(Line(number, text, lexed))
        if self._is_definition(lexed):
            section.procedures[number] = Procedure(code="")  # stays when the line is at fault
            options = read_options(lexed.options or [], len(text) + 1)
            procedure = read_signature(lexed.parts[1:], options, lexed.parts[0].column)
            section.procedures[number] = procedure
            section.names.add(procedure)

    def _is_definition(self, lexed: LexedLine) -> bool:
        """Whether the line begins with ``define`` and is no block of Scratch's."""
        first = lexed.parts[0] if lexed.parts else None
        if not isinstance(first, Word) or first.text.lower() != "define" or "custom" in lexed.overrides:
            return False
        return not blocks_with_label(
            label_key(part.text if isinstance(part, Word) else None for part in lexed.parts)
        )

    def _header(self, number: int, text: str, lexed: LexedLine) -> None:
        reader = PartReader(lexed.options or [], len(text) + 1)
        column, word = reader.column, reader.word()
        section = self.sections[-1]
        if word == "+":
            if self._items is not None:
                read_items(reader, self._items)
            elif not self._in_asset:
                raise Fault(column, "this goes on with nothing", "write it under //! list or //! asset")
            return
        self._in_asset = word == "asset"
        self._items = None
        match word:
            case None:
                raise Fault(column, "here should stand the name of a header")
            case "stage":
                self.sections.append(Section(SpriteHeaders("Stage", is_stage=True), number))
            case "sprite":
                self.sections.append(Section(SpriteHeaders(reader.name()), number))
            case "at":
                place = (reader.number(), reader.number())
                section.lines.append(Line(number, text, placed=place))
            case "asset":
                pass  # read already
            case _:
                read_header(word, column, reader, section.headers, self.headers)
                if word == "list" and section.headers.lists:
                    self._items = list(section.headers.lists.values())[-1]

    def _read_embedded(self) -> None:
        """Find the files that the text embeds, which may stand below the costumes that use them."""
        pieces: list[str] | None = None
        for number, line in enumerate(self.lines, start=1):
            if line.startswith("//! asset "):
                try:
                    reader = PartReader(lex_line(line).options or [], len(line) + 1)
                    reader.word()
                    name = reader.text("the name of a file, in square brackets")
                    reader.skip("=")
                    pieces = self.headers.embedded.setdefault(name, [])
                    if not reader.done():
                        pieces.append(reader.text())
                except Fault as fault:
                    self.faults.add(number, fault)
            elif pieces is not None and line.startswith("//! + [") and line.endswith("]"):
                pieces.append(line[len("//! + [") : -1])
            else:
                pieces = None

    # -- second pass: scripts

    def _check_sections(self, prologue: Section, stages: list[Section]) -> None:
        for line in prologue.lines:
            if line.lexed is not None and (line.lexed.parts or line.lexed.overrides):
                what = "a script stands before the first sprite"
                self.faults.add(line.number, Fault(1, what, "write //! sprite [name] above it"))
                break
        for section in stages[1:]:
            self.faults.add(section.number, Fault(1, "the stage has a section already", "join the two"))

    def _names(self, section: Section, stage: SpriteHeaders) -> Names:
        headers = (section.headers, stage)
        return Names(
            variables=frozenset(each.name for held in headers for each in held.variables),
            lists=frozenset(name for held in headers for name in held.lists),
            procedures=section.names,
        )

    def _sprite(self, section: Section, stage: SpriteHeaders) -> Sprite:
        reader = self._read_scripts(section, self._names(section, stage))
        return section.headers.sprite(reader.scripts, reader.comments)

    def _read_scripts(self, section: Section, names: Names) -> ScriptReader:
        reader = ScriptReader(names, self.faults, self.headers.rules, section.procedures)
        for line in section.lines:
            if line.placed is not None:
                reader.finish_script()
                reader.position = line.placed
            elif line.lexed is None:
                reader.blank()
            else:
                reader.line(line.number, line.lexed, line.text)
        reader.finish()
        return reader
