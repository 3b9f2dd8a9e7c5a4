"""What happens to a running project from outside: a script of events, one a line, each at its second.

The words stand in a table, with what follows each of them and which of the simulator's methods does it. A
script is read whole and held against the project before anything runs, so that a slip of the pen is known at
once, by its line.
"""

from __future__ import annotations

import math
import re
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import category

from scratchgen.errors import EventsError, SimulationError
from scratchgen.simulator.sensing import NAMED_KEYS

if TYPE_CHECKING:
    from scratchgen.simulator.simulator import Simulator

__all__ = ["WORDS", "Event", "Plan", "Word", "parse_events", "print_events", "read_events"]

Argument = str | float

LARGEST_FILE = 2**20
"""Bytes; tens of thousands of events."""
LARGEST_NUMBER = 1e6
"""Seconds, and places on the stage or beside it."""
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
UNPRINTABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Kinds of characters that a line cannot hold: control characters, half surrogate pairs, ends of lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What an event does: the simulator's method, and what follows its word in a line."""

    method: str
    follows: tuple[str, ...] = ()
    """The kind of each argument, of :data:`KINDS`."""
    check: str = ""
    """The simulator's method that knows whether the project has what is named, if it has to."""


WORDS: Mapping[str, Word] = {
    "press": Word(method="press_key", follows=("key",)),
    "release": Word(method="release_key", follows=("key",)),
    "mouse": Word(method="move_mouse", follows=("x", "y")),
    "mouse down": Word(method="mouse_down"),
    "mouse up": Word(method="mouse_up"),
    "click": Word(method="click_sprite", follows=("sprite",), check="sprite"),
    "answer": Word(method="answer_next", follows=("text",)),
    "broadcast": Word(method="broadcast", follows=("message",), check="require_receiver"),
    "flag": Word(method="click_flag"),
    "stop": Word(method="click_stop"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happens from outside: the second, a word of :data:`WORDS`, and what follows it.

    Two numbers follow ``mouse``; a text follows ``press``, ``release``, ``click``, ``answer`` and
    ``broadcast``. ``where`` says which line it stands in. EventsError when it could not stand in a line.

    >>> print(Event(time=1.5, word="press", arguments=("space",)))
    1.5 press space
    """

    time: float
    word: str
    arguments: tuple[Argument, ...] = ()
    where: str = field(default="", compare=False, repr=False)

    def __post_init__(self) -> None:
        try:
            _checked_number(self.time, "the time", least=0)
            row = WORDS[_checked_word(self.word)]
            if len(self.arguments) != len(row.follows):
                raise _Slip(f"“{self.word}” is followed by {' '.join(row.follows).upper() or 'nothing'}")
            for kind, argument in zip(row.follows, self.arguments, strict=True):
                KINDS[kind].check(argument, f"the {kind}")
        except _Slip as slip:
            raise EventsError(slip.what, where=self.where or "an event", todo=slip.todo) from None

    def __str__(self) -> str:
        return " ".join([_number_text(self.time), self.word, *map(_argument_text, self.arguments)]).rstrip()

    def do(self, simulator: Simulator) -> None:
        """Let it happen."""
        getattr(simulator, WORDS[self.word].method)(*self.arguments)

    def check(self, simulator: Simulator) -> None:
        """Raise EventsError when the project does not have what the event names."""
        if name := WORDS[self.word].check:
            try:
                getattr(simulator, name)(*self.arguments)
            except SimulationError as fault:
                raise EventsError(fault.what, where=self.where or f"the event “{self}”") from None


class Plan:
    """The events of a run, each to happen when its time has come; of one time, in the order given.

    ``events`` are events, or the text of a script. EventsError when one of them asks for what the project
    does not have.
    """

    def __init__(self, events: Iterable[Event] | str, simulator: Simulator) -> None:
        given = parse_events(events) if isinstance(events, str) else events
        self._simulator = simulator
        self._later = deque(sorted(given, key=lambda event: event.time))
        for event in self._later:
            event.check(simulator)

    def do_due(self, seconds: float) -> None:
        """Let everything happen whose time has come."""
        while self._later and self._later[0].time <= seconds:
            self._later.popleft().do(self._simulator)

    @property
    def left(self) -> tuple[Event, ...]:
        """The events that have not happened yet, in order."""
        return tuple(self._later)


def read_events(path: Path | str) -> tuple[Event, ...]:
    """Return the events of a file in UTF-8; EventsError, with file and line, when it cannot be read."""
    path = Path(path)
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as fault:
        what = (fault.strerror or "it cannot be read").lower()
        raise EventsError(what, where=str(path), todo="name a text file of events") from None
    try:
        return parse_events(data.decode("utf-8-sig"), where=str(path))
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise EventsError("this is not UTF-8 text", where=f"{path}:{line}", todo="save it as UTF-8") from None


def parse_events(text: str, *, where: str = "events") -> tuple[Event, ...]:
    """Return the events of a script, in the order of its lines; EventsError names the line of a fault.

    >>> parse_events('''
    ... # jump, then answer
    ... 1.5 press space
    ... 4 answer Ada
    ... ''')[1]
    Event(time=4.0, word='answer', arguments=('Ada',))
    """
    if len(text) > LARGEST_FILE:
        raise EventsError(f"longer than {LARGEST_FILE:,} characters", where=where, todo="split it")
    events = []
    for number, line in enumerate(text.split("\n"), start=1):
        if (words := line.strip()) and not words.startswith("#"):
            events.append(_parse_line(words, f"{where}:{number}"))
    return tuple(events)


def print_events(events: Iterable[Event]) -> str:
    """Return the script of some events, which :func:`parse_events` reads again.

    >>> print_events([Event(time=2, word="mouse", arguments=(10, -20.5)), Event(time=3, word="stop")])
    '2 mouse 10 -20.5\\n3 stop\\n'
    """
    return "".join(f"{event}\n" for event in events)


class _Slip(Exception):
    """What is wrong with an event, and what to do; the line is known to whoever catches it."""

    def __init__(self, what: str, todo: str = "") -> None:
        self.what = what
        self.todo = todo
        super().__init__(what)


def _parse_line(line: str, where: str) -> Event:
    time, *rest = line.split(maxsplit=1)
    try:
        word, following = _split_word(rest[0] if rest else "")
        follows = WORDS[word].follows
        parts = following.split() if len(follows) > 1 else [following] * len(follows)
        if len(parts) != len(follows) or (following and not follows):
            raise _Slip(f"“{word}” is followed by {' '.join(follows).upper() or 'nothing'}")
        arguments = tuple(
            KINDS[kind].read(part, f"the {kind}") for kind, part in zip(follows, parts, strict=True)
        )
        return Event(time=_read_number(time, "the time"), word=word, arguments=arguments, where=where)
    except _Slip as slip:
        raise EventsError(slip.what, where=where, todo=slip.todo) from None


def _split_word(text: str) -> tuple[str, str]:
    """Split a line's event into its word, the longest that there is, and what follows."""
    parts = text.split(maxsplit=2)
    for count in (2, 1):
        word = " ".join(parts[:count])
        if word in WORDS:
            rest = text.split(maxsplit=count)[count:]
            return word, rest[0].rstrip() if rest else ""
    return _checked_word(parts[0] if parts else ""), ""


def _checked_word(word: str) -> str:
    if word not in WORDS:
        close = get_close_matches(word[:20], WORDS, n=1)
        hint = f"did you mean “{close[0]}”?" if close else f"write one of: {', '.join(WORDS)}"
        raise _Slip(f"there is no event “{_shown(word)}”" if word else "no event behind the time", hint)
    return word


def _read_number(text: str, what: str) -> float:
    if not NUMBER.fullmatch(text):
        raise _Slip(f"{what} is “{_shown(text)}”", "write a number such as 2 or 1.5")
    return float(text)


def _checked_number(number: Argument, what: str, least: float = -LARGEST_NUMBER) -> None:
    if isinstance(number, bool | str) or not math.isfinite(number) or not least <= number <= LARGEST_NUMBER:
        raise _Slip(
            f"{what} is {_shown(str(number))}", f"give a number from {least:.0f} to {LARGEST_NUMBER:.0f}"
        )


def _read_text(text: str, what: str) -> str:
    return text


def _checked_text(text: Argument, what: str) -> None:
    if (
        not isinstance(text, str)
        or text != text.strip()
        or any(category(each) in UNPRINTABLE for each in text)
    ):
        raise _Slip(f"{what} cannot stand in a line: {str(text)[:40]!r}", "leave out what is not printed")


def _checked_name(text: Argument, what: str) -> None:
    if text == "":
        raise _Slip(f"{what} is missing")
    _checked_text(text, what)


def _checked_key(key: Argument, what: str) -> None:
    _checked_name(key, what)
    if key not in NAMED_KEYS and not (isinstance(key, str) and len(key) == 1 and ord(key) < 0x10000):
        keys = ", ".join(NAMED_KEYS)
        raise _Slip(f"there is no key “{_shown(str(key))}”", f"write a letter, a digit, or one of: {keys}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """How an argument is read from a line, and what it may be."""

    read: Callable[[str, str], Argument] = _read_text
    check: Callable[[Argument, str], None] = _checked_name


KINDS: Mapping[str, _Kind] = {
    "key": _Kind(check=_checked_key),
    "x": _Kind(read=_read_number, check=_checked_number),
    "y": _Kind(read=_read_number, check=_checked_number),
    "sprite": _Kind(),
    "message": _Kind(),
    "text": _Kind(check=_checked_text),
}


def _number_text(number: float) -> str:
    """Return the digits that restore a number, without an exponent."""
    return f"{Decimal(repr(float(number))).normalize():f}"


def _argument_text(argument: Argument) -> str:
    return argument if isinstance(argument, str) else _number_text(argument)


def _shown(text: str) -> str:
    """Return the beginning of a text, as it can stand in a message of one line."""
    printable = "".join(each if each.isprintable() else "�" for each in text[:40])
    return printable + ("…" if len(text) > len(printable) else "")
