"""A program to text that parses back to the same program: a page worth reading, the files at its end.

The notation is described in :mod:`scratchgen.scratch.parser`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scratchgen.scratch.catalogue import CATALOGUE, BlockType
from scratchgen.scratch.layout import unarranged
from scratchgen.scratch.memory import collector_paused
from scratchgen.scratch.numbers import is_number, parse_number
from scratchgen.scratch.parser.slots import SlotRules
from scratchgen.scratch.printer.headers import asset_lines, comment_lines, project_lines, sprite_lines
from scratchgen.scratch.printer.scripts import ScriptPrinter, names_of
from scratchgen.scratch.program import Project, Reporter, Script, Shadow, Sprite, all_blocks

__all__ = ["print_project", "print_scripts"]

NUMBER_SHADOWS = frozenset(
    {"math_number", "math_positive_number", "math_whole_number", "math_integer", "math_angle", "note"}
)


@collector_paused()
def print_project(project: Project) -> str:
    """Return the text of a project.

    >>> from scratchgen.scratch.program import Block
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
    rules = _rules_of(script for sprite in project.sprites for script in sprite.scripts)
    shorter = unarranged(project)
    paragraphs = [["//! arranged", *_rule_lines(rules)] if shorter else list(_rule_lines(rules))]
    project = shorter or project
    for sprite in project.sprites:
        paragraphs.append(list(sprite_lines(sprite)))
        printer = ScriptPrinter(names_of(sprite, project.stage, strict=True), rules)
        paragraphs += (list(printer.script(script)) for script in sprite.scripts)
        paragraphs.append(list(comment_lines(sprite)))
    paragraphs += [list(project_lines(project)), list(asset_lines(project))]
    return _joined(paragraphs)


@collector_paused()
def print_scripts(scripts: Iterable[Script]) -> str:
    """Return the text of scripts alone.

    >>> from scratchgen.scratch.program import Block
    >>> print(print_scripts([Script(blocks=(Block(opcode="looks_show"),), x=1, y=2)]))
    //! at (1) (2)
    show
    <BLANKLINE>
    """
    scripts = tuple(scripts)
    rules = _rules_of(scripts)
    names = names_of(Sprite(name="", scripts=scripts), None, strict=False)
    printer = ScriptPrinter(names, rules)
    return _joined([list(_rule_lines(rules)), *(list(printer.script(script)) for script in scripts)])


def _joined(paragraphs: Iterable[list[str]]) -> str:
    return "\n\n".join("\n".join(lines) for lines in paragraphs if lines) + "\n"


def _rule_lines(rules: SlotRules) -> Iterator[str]:
    if rules.numbers_as_text:
        yield "//! numbers as text"
    if rules.nothing_under_blocks:
        yield "//! nothing under blocks"


def _rules_of(scripts: Iterable[Script]) -> SlotRules:
    """What most slots have in common: numbers stored as text, as the editor does, nothing under blocks."""
    as_text, nothing = 0, 0
    for block in all_blocks(block for script in scripts for block in script.blocks):
        known = CATALOGUE.get(block.opcode)
        for name, filled in block.inputs.items():
            if isinstance(filled, Shadow):
                as_text += _is_number_as_text(filled)
            elif isinstance(filled, Reporter) and known is not None and _holds_value(known, name):
                nothing += 1 if filled.shadow is None else -1
    return SlotRules(numbers_as_text=as_text > 0, nothing_under_blocks=nothing > 0)


def _holds_value(known: BlockType, name: str) -> bool:
    return any(slot.name == name and slot.shadow for slot in known.inputs)


def _is_number_as_text(shadow: Shadow) -> int:
    """1 for a number that is stored as text, -1 for one that is stored as a number, 0 for all else."""
    if shadow.opcode not in NUMBER_SHADOWS:
        return 0
    if isinstance(shadow.value, str):
        return 0 if parse_number(shadow.value) is None else 1
    return -1 if is_number(shadow.value) else 0
