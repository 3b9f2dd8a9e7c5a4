"""Collects the faults of a text, so that one run reports all of them, each with its line and a caret."""

from __future__ import annotations

from dataclasses import dataclass, field

from scratchgen.errors import SyntaxErrors

__all__ = ["Fault", "Faults"]

MOST_FAULTS = 100
"""After so many the rest is only counted."""
WIDEST_LINE = 120
"""Longer lines are cut around the caret."""


class Fault(Exception):
    """Something in a line that cannot be understood; the line is known to whoever catches it."""

    def __init__(self, column: int, what: str, hint: str = "") -> None:
        self.column = column
        self.what = what
        self.hint = hint
        super().__init__(what)


@dataclass(slots=True)
class Faults:
    """The faults of one text."""

    where: str
    lines: list[str]
    found: list[tuple[int, Fault]] = field(default_factory=list)

    def add(self, number: int, fault: Fault) -> None:
        """Note a fault in the line of that number, counted from 1."""
        self.found.append((number, fault))

    def raise_any(self) -> None:
        """Raise all that was found, in the order of the text; nothing happens when nothing was."""
        if not self.found:
            return
        ordered = sorted(self.found, key=lambda found: (found[0], found[1].column))
        reports = [self._report(number, fault) for number, fault in ordered[:MOST_FAULTS]]
        if len(ordered) > MOST_FAULTS:
            reports.append(f"{self.where}: and {len(ordered) - MOST_FAULTS} more faults")
        raise SyntaxErrors("\n".join(reports))

    def _report(self, number: int, fault: Fault) -> str:
        """``file:line:column: what; hint``, the line, and a caret under the place."""
        line = self.lines[number - 1].expandtabs(1)
        cut = max(0, fault.column - WIDEST_LINE // 2) if len(line) > WIDEST_LINE else 0
        shown = line[cut : cut + WIDEST_LINE]
        shown = "".join(character if character.isprintable() else " " for character in shown)
        caret = " " * (fault.column - 1 - cut) + "^"
        hint = f"; {fault.hint}" if fault.hint else ""
        return f"{self.where}:{number}:{fault.column}: {fault.what}{hint}\n    {shown}\n    {caret}"
