"""A program to text that parses back to the same program: a page worth reading, the files at its end.

The notation is described in :mod:`scratchgen.scratch.parser`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scratchgen.scratch.memory import collector_paused
from scratchgen.scratch.numbers import is_number, parse_number
from scratchgen.scratch.printer.headers import asset_lines, comment_lines, project_lines, sprite_lines
from scratchgen.scratch.printer.scripts import ScriptPrinter, names_of
from scratchgen.scratch.program import Block, Project, Reporter, Script, Shadow, Sprite, Stack

__all__ = ["print_project", "print_scripts"]

NUMBER_SHADOWS = frozenset(
    {"math_number", "math_positive_number", "math_whole_number", "math_integer", "math_angle", "note"}
)
NUMBERS_AS_TEXT = "//! numbers as text"


@collector_paused()
def print_project(project: Project) -> str:
    """Return the text of a project.

    >>> stage = Sprite(name="Stage", is_stage=True)
    >>> script = Script(blocks=(Block(opcode="event_whenflagclicked"), Block(opcode="looks_show")))
    >>> print(print_project(Project(sprites=(stage, Sprite(name="Cat", scripts=(script,))))))
    //! stage
    <BLANKLINE>
    //! sprite [Cat]
    <BLANKLINE>
    when flag clicked
    show
    <BLANKLINE>
    """
    scripts = [script for sprite in project.sprites for script in sprite.scripts]
    as_text = _numbers_are_text(scripts)
    paragraphs: list[list[str]] = [[NUMBERS_AS_TEXT]] if as_text else []
    for sprite in project.sprites:
        paragraphs.append(list(sprite_lines(sprite)))
        printer = ScriptPrinter(names_of(sprite, project.stage, strict=True), numbers_as_text=as_text)
        paragraphs += (list(printer.script(script)) for script in sprite.scripts)
        paragraphs.append(list(comment_lines(sprite)))
    paragraphs += [list(project_lines(project)), list(asset_lines(project))]
    return _joined(paragraphs)


@collector_paused()
def print_scripts(scripts: Iterable[Script]) -> str:
    """Return the text of scripts alone.

    >>> print(print_scripts([Script(blocks=(Block(opcode="looks_show"),), x=1, y=2)]))
    //! at (1) (2)
    show
    <BLANKLINE>
    """
    scripts = tuple(scripts)
    as_text = _numbers_are_text(scripts)
    names = names_of(Sprite(name="", scripts=scripts), None, strict=False)
    printer = ScriptPrinter(names, numbers_as_text=as_text)
    paragraphs: list[list[str]] = [[NUMBERS_AS_TEXT]] if as_text else []
    return _joined([*paragraphs, *(list(printer.script(script)) for script in scripts)])


def _joined(paragraphs: Iterable[list[str]]) -> str:
    return "\n\n".join("\n".join(lines) for lines in paragraphs if lines) + "\n"


def _numbers_are_text(scripts: Iterable[Script]) -> bool:
    """Whether most numbers in slots are stored as text, as the editor does."""
    balance = 0
    for shadow in _shadows(scripts):
        if shadow.opcode in NUMBER_SHADOWS:
            if is_number(shadow.value):
                balance -= 1
            elif isinstance(shadow.value, str) and parse_number(shadow.value) is not None:
                balance += 1
    return balance > 0


def _shadows(scripts: Iterable[Script]) -> Iterator[Shadow]:
    left: list[Block] = [block for script in scripts for block in script.blocks]
    while left:
        for filled in left.pop().inputs.values():
            match filled:
                case Shadow():
                    yield filled
                case Reporter(block=block):
                    left.append(block)
                case Stack(blocks=blocks):
                    left += blocks
