"""The command line: arguments, progress, tables, exit codes. The only room that prints."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

import scratchgen
from scratchgen.cli import (
    asking,
    exporting,
    language,
    making,
    measuring,
    packing,
    proving,
    reporting,
    running,
)
from scratchgen.cli.console import ExitCode, note, print_line
from scratchgen.errors import ScratchgenError

__all__ = ["app", "run_command_line"]

app = typer.Typer(
    name="scratchgen",
    help="Train a small network that names colours, and compile it to a plain Scratch project that answers "
    "exactly as the reference does.",
    epilog="Example: scratchgen make",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for room in (making, asking, proving, running, language, exporting, packing, measuring, reporting):
    room.add_commands(app)


def _print_version(wanted: bool) -> None:
    if wanted:
        print_line(f"scratchgen {scratchgen.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


def run_command_line(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; every error of ours becomes one line."""
    try:
        app(args=list(arguments), prog_name="scratchgen")
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except ScratchgenError as fault:
        note(f"error: {fault}", style="bold red")
        return ExitCode.BAD_INPUT
    except BrokenPipeError:
        # the reader of our output has gone; say nothing, and keep Python from saying it at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.GOOD
    except OSError as fault:
        place = f"{fault.filename}: " if fault.filename else ""
        note(f"error: {place}{fault.strerror or fault}", style="bold red")
        return ExitCode.BAD_INPUT
    return ExitCode.GOOD
