"""`text`, `compile` and `check`: Scratch as a language, for any project."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from scratchgen.cli.console import ExitCode, leave, print_json, print_line
from scratchgen.cli.options import JsonOption
from scratchgen.errors import InputError
from scratchgen.files import write_whole
from scratchgen.projects.build import build_project
from scratchgen.scratch.layout import arrange
from scratchgen.scratch.linter import check_file
from scratchgen.scratch.parser import parse_project
from scratchgen.scratch.printer import print_project
from scratchgen.scratch.reader import read_project

__all__ = ["add_commands"]

LARGEST_TEXT = 64 * 2**20
"""Bytes; a project of 100,000 blocks takes about a tenth of it."""


def add_commands(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command("text", epilog="Example: scratchgen text out/colours.sb3")(text)
    app.command("compile", epilog="Example: scratchgen compile cat.txt --output cat.sb3")(compile_text)
    app.command("check", epilog="Example: scratchgen check out/colours.sb3")(check)


def text(
    file: Annotated[Path, typer.Argument(help="Any Scratch 3 project.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write the text to this file.")
    ] = None,
) -> None:
    """Print a project as text in the forum's notation; `scratchgen compile` makes the project of it again."""
    printed = print_project(read_project(file))
    if output is None:
        print_line(printed.rstrip("\n"))
    else:
        write_whole(output, printed)


def compile_text(
    file: Annotated[Path, typer.Argument(help="Text in the forum's notation; see docs/notation.md.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The project to write; else beside the text.")
    ] = None,
) -> None:
    """Make a project of text; nothing is written that the Scratch editor could not open."""
    project = parse_project(
        _read(file), where=str(file), assets=lambda name: (file.parent / name).read_bytes()
    )
    target = output or file.with_suffix(".sb3")
    print_line(f"{target}: {build_project(arrange(project), target):,} bytes")


def _read(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            data = stream.read(LARGEST_TEXT + 1)
    except OSError as fault:
        raise InputError(
            (fault.strerror or "it cannot be read").lower(), where=str(file), todo="name a text file"
        ) from None
    if len(data) > LARGEST_TEXT:
        raise InputError(f"larger than {LARGEST_TEXT // 2**20} MB", where=str(file), todo="split the project")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise InputError("not UTF-8 text", where=f"{file}, line {line}", todo="save it as UTF-8") from None


def check(
    files: Annotated[list[Path], typer.Argument(help="Scratch 3 projects.")],
    as_json: JsonOption = False,
) -> None:
    """Find what the editor would swallow in silence: one line a fault, exit 1 when one is an error."""
    findings = [(file, finding) for file in files for finding in check_file(file)]
    if as_json:
        print_json([{"file": str(file)} | asdict(finding) for file, finding in findings])
    else:
        for file, finding in findings:
            print_line(str(finding) if len(files) == 1 else f"{file}: {finding}")
    has_errors = any(finding.severity == "error" for _, finding in findings)
    leave(ExitCode.FINDING if has_errors else ExitCode.GOOD)
