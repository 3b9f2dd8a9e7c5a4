"""Scripts as lines: mouths indented and closed by ``end``, comments behind or above their blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scratchgen.scratch.catalogue import CATALOGUE
from scratchgen.scratch.notation import escape_comment
from scratchgen.scratch.numbers import number_text
from scratchgen.scratch.parser.names import Names, ProcedureNames
from scratchgen.scratch.parser.slots import SlotRules
from scratchgen.scratch.printer.blocks import LinePrinter
from scratchgen.scratch.printer.comments import geometry_text
from scratchgen.scratch.program import Block, Comment, Script, Sprite, Stack

__all__ = ["ScriptPrinter", "names_of"]

INDENT = "  "
LONGEST_BEHIND = 60
"""Characters of a comment behind the first block of a script; longer ones stand above it."""


@dataclass(slots=True)
class Chain:
    """Blocks that are left to print, and where the one before them leaves the parser."""

    blocks: tuple[Block, ...]
    at: int
    depth: int
    ended: bool
    """Whether nothing can hang under the block before."""
    in_mouth: bool


def names_of(sprite: Sprite, stage: Sprite | None, *, strict: bool) -> Names:
    """The names that the scripts of a sprite can use."""
    holders = [holder for holder in (sprite, stage) if holder is not None]
    procedures = ProcedureNames()
    for script in sprite.scripts:
        for block in script.blocks:
            if block.procedure is not None and block.opcode == "procedures_definition":
                procedures.add(block.procedure)
    return Names(
        variables=frozenset(each.name for holder in holders for each in holder.variables),
        lists=frozenset(each.name for holder in holders for each in holder.lists),
        procedures=procedures,
        strict=strict,
    )


class ScriptPrinter:
    """Prints the scripts of one sprite."""

    def __init__(self, names: Names, rules: SlotRules) -> None:
        self.names = names
        self.printer = LinePrinter(names, rules)

    def script(self, script: Script) -> Iterator[str]:
        """Yield the lines of a script."""
        if not script.blocks:
            return
        if script.x is not None or script.y is not None:
            yield f"//! at ({number_text(script.x or 0)}) ({number_text(script.y or 0)})"
        first = script.blocks[0]
        if first.procedure is not None:
            self.names.parameters = {each.name: each.kind for each in first.procedure.parameters}
        if first.comment is not None and _stands_above(first.comment):
            for line in first.comment.text.split("\n"):
                yield f"// {escape_comment(line)}".rstrip()
        yield from self._lines(script.blocks)
        self.names.parameters = {}

    def _lines(self, blocks: tuple[Block, ...]) -> Iterator[str]:
        """Yield the lines of blocks and mouths; what is left to print is kept in a list."""
        left: list[Chain | str] = [Chain(blocks, 0, 0, ended=False, in_mouth=False)]
        is_first = True
        while left:
            item = left[-1]
            if isinstance(item, str):
                yield item
                left.pop()
                continue
            if item.at >= len(item.blocks):
                left.pop()
                continue
            block = item.blocks[item.at]
            line = self.printer.line(block)
            options = list(line.options)
            if not is_first and self._would_not_hang(block, item, is_reporter=line.is_reporter):
                options.append("hangs")
            above = is_first and block.comment is not None and _stands_above(block.comment)
            indent = INDENT * item.depth
            yield indent + line.text + self._tail(block.comment, options, above=above)
            item.at += 1
            item.ended = line.is_reporter or _ends_script(block)
            is_first = False
            if line.mouths:
                left += self._mouths(block, line.mouths, item.depth)

    def _mouths(self, block: Block, mouths: tuple[str, ...], depth: int) -> list[Chain | str]:
        """What follows a line with mouths, last first."""
        indent = INDENT * depth
        items: list[Chain | str] = []
        for place, name in enumerate(mouths):
            if place:
                items.append(f"{indent}else")
            filled = block.inputs.get(name)
            if isinstance(filled, Stack):
                items.append(Chain(filled.blocks, 0, depth + 1, ended=False, in_mouth=True))
        items.append(f"{indent}end")
        return items[::-1]

    def _would_not_hang(self, block: Block, chain: Chain, *, is_reporter: bool) -> bool:
        """Whether the parser would not put the block under the one before without being told."""
        known = CATALOGUE.get(block.opcode)
        is_hat = known is not None and known.shape == "hat"
        return is_hat or is_reporter or chain.ended

    def _tail(self, comment: Comment | None, options: list[str], *, above: bool) -> str:
        """The comment and the options behind a block."""
        tail = ""
        if comment is not None:
            if not above:
                tail += f" // {escape_comment(comment.text)}".rstrip()
            if geometry := geometry_text(comment):
                options.append(f"comment{geometry}")
        return tail + (f" //! {' '.join(options)}" if options else "")


def _stands_above(comment: Comment) -> bool:
    """Whether the comment of a script's first block is better read above it than behind it."""
    return "\n" in comment.text or len(comment.text) > LONGEST_BEHIND


def _ends_script(block: Block) -> bool:
    known = CATALOGUE.get(block.opcode)
    if block.opcode == "control_stop":
        return not str(block.fields.get("STOP_OPTION", "")).startswith("other scripts in ")
    return known is not None and known.ends_script
