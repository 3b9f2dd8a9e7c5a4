"""What every command needs: results on standard output, progress and notes on standard error, exit codes."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import Any, NoReturn

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

__all__ = ["ExitCode", "leave", "note", "print_json", "print_line", "print_table", "progress_bar"]

PLAIN_WIDTH = 200
"""Columns that a table may take where there is no terminal to say how wide it is."""


class ExitCode(IntEnum):
    """What the caller learns from the exit code."""

    GOOD = 0
    FINDING = 1
    BAD_INPUT = 2


def leave(code: ExitCode) -> NoReturn:
    """End the command with that exit code."""
    raise typer.Exit(int(code))


def print_line(text: str = "") -> None:
    """Print one line of the result as it is: no markup, no wrapping, lone surrogates and all."""
    data = (text + "\n").encode("utf-8", "surrogatepass")
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        sys.stdout.flush()
        buffer = getattr(sys.stdout, "buffer", None)
        if buffer is not None and (sys.stdout.encoding or "").lower().replace("-", "") == "utf8":
            buffer.write(data)
            buffer.flush()
        else:
            sys.stdout.write(text.encode("ascii", "backslashreplace").decode() + "\n")
        return
    sys.stdout.write(text + "\n")


def print_json(content: Any) -> None:
    """Print a result for machines."""
    print_line(json.dumps(content, indent=1))


def print_table(table: Table) -> None:
    """Print a table of the result."""
    console = Console(width=None if sys.stdout.isatty() else PLAIN_WIDTH)
    console.print(table)


def note(text: str, *, style: str = "") -> None:
    """Say something to the person on standard error."""
    Console(stderr=True, soft_wrap=True, highlight=False).print(Text(text, style=style))


@contextmanager
def progress_bar(title: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on standard error while the block runs; call what it yields with (done, total).

    Off a terminal nothing is drawn, and one line says what is being done.
    """
    console = Console(stderr=True)
    if not console.is_terminal:
        note(f"{title} …")
        yield lambda done, total: None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as progress:
        task = progress.add_task(title, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
