"""Every error that scratchgen raises on purpose, one tree.

```
ScratchgenError                 what is wrong, where, what to do next
├── InputError                  the user's input cannot be used
│   ├── ColourError             a colour that cannot be read, or a channel outside 0 to 255
│   ├── TableError              a CSV file: the row and column are in the message
│   ├── WeightsError            a weights file that is damaged or of another version
│   ├── EventsError             a script of events: file and line are in the message
│   ├── ProjectFileError        an .sb3 file that cannot be read, or holds no manifest
│   └── SyntaxErrors            a Scratch script in text form; one object for all faults of a run
├── NetworkError                a network that is not exact (a bound over 2^53, shapes that do not fit)
├── ProgramError                a Scratch program that cannot be written
├── SimulationError             a block that the simulator does not know, or a run that cannot go on
└── EngineError                 Node or an engine is missing or has failed
```

The command line turns each of them into one line on standard error and exit code 2. Anything else that
escapes is a fault of ours.
"""

from __future__ import annotations

__all__ = [
    "ColourError",
    "EngineError",
    "EventsError",
    "InputError",
    "NetworkError",
    "ProgramError",
    "ProjectFileError",
    "ScratchgenError",
    "SimulationError",
    "SyntaxErrors",
    "TableError",
    "WeightsError",
]


class ScratchgenError(Exception):
    """The root: a message of one line that says what is wrong, where, and what to do next.

    >>> str(ScratchgenError("the list is empty", where="survey.csv", todo="add a row"))
    'survey.csv: the list is empty; add a row'
    """

    def __init__(self, what: str, *, where: str = "", todo: str = "") -> None:
        self.what = what
        self.where = where
        self.todo = todo
        super().__init__((f"{where}: " if where else "") + what + (f"; {todo}" if todo else ""))


class InputError(ScratchgenError):
    """The user's input cannot be used."""


class ColourError(InputError):
    """A colour that cannot be read, or a channel outside 0 to 255."""


class TableError(InputError):
    """A CSV file that cannot be used; the message holds row and column."""


class WeightsError(InputError):
    """A weights file that is damaged or of another version."""


class EventsError(InputError):
    """A script of events that cannot be used; the message holds file and line."""


class ProjectFileError(InputError):
    """An .sb3 file that cannot be read, or that holds no manifest."""


class SyntaxErrors(InputError):
    """A Scratch script in text form that does not parse; one object holds all faults of a run."""


class NetworkError(ScratchgenError):
    """A network that cannot be computed exactly, or whose shapes do not fit."""


class ProgramError(ScratchgenError):
    """A Scratch program that cannot be written."""


class SimulationError(ScratchgenError):
    """A block that the simulator does not know, or a run that cannot go on."""


class EngineError(ScratchgenError):
    """Node or one of the engines is missing or has failed."""
