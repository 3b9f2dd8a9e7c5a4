"""What a rule is and what it says: severity, message, and the place in words that a person understands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from scratchgen.scratch.project_json import one_line

if TYPE_CHECKING:
    from scratchgen.scratch.linting.view import ProjectView

__all__ = ["WHOLE_PROJECT", "Fault", "Finding", "Place", "Rule", "Severity", "quoted"]

Severity = Literal["error", "warning"]


def quoted(value: object) -> str:
    """A value from the file, fit to stand in a message.

    >>> quoted("my variable"), quoted(None)
    ('"my variable"', 'null')
    """
    if isinstance(value, str):
        return f'"{one_line(value)}"'
    names = {None: "null", True: "true", False: "false"}
    if value is None or isinstance(value, bool):
        return names[value]
    return one_line(repr(value)) if isinstance(value, int | float) else KINDS.get(type(value), "something")


KINDS: dict[type, str] = {dict: "an object", list: "an array"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a project: all three are words, and empty where they do not apply."""

    sprite: str = ""
    script: str = ""
    block: str = ""

    def __str__(self) -> str:
        named = (("sprite", self.sprite), ("script", self.script), ("block", self.block))
        return ", ".join(f"{kind} {quoted(words)}" for kind, words in named if words)


WHOLE_PROJECT = Place()

Fault = tuple[Place, str]
"""What the check of a rule yields: the place, and what is wrong there."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of a table of rules: its name, how bad a breach is, what it demands, and the check."""

    id: str
    severity: Severity
    demand: str
    check: Callable[[ProjectView], Iterable[Fault]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault of a file.

    >>> print(Finding(severity="error", rule="dangling-next", message="the next block is missing",
    ...     place=Place("Cat", "when flag clicked", "hide")))
    error: sprite "Cat", script "when flag clicked", block "hide": the next block is missing (dangling-next)
    """

    severity: Severity
    rule: str
    message: str
    place: Place = WHOLE_PROJECT

    def __str__(self) -> str:
        place = str(self.place)
        return f"{self.severity}: {place + ': ' if place else ''}{self.message} ({self.rule})"
