"""`bench`: measures on the reader's own machine."""

from __future__ import annotations

from dataclasses import asdict

import typer
from rich.table import Table

from scratchgen.cli.console import print_json, print_table, progress_bar
from scratchgen.cli.options import JsonOption
from scratchgen.evidence.language_bench import SIZES, measure_language

__all__ = ["add_commands"]

MEGABYTE = 2**20


def add_commands(app: typer.Typer) -> None:
    """Add this module's commands."""
    bench = typer.Typer(help="Measure on this machine.", no_args_is_help=True)
    bench.command("language", epilog="Example: scratchgen bench language")(language)
    app.add_typer(bench, name="bench")


def language(as_json: JsonOption = False) -> None:
    """Time the parser, layout, writer, linter, reader and printer on up to 100,000 blocks."""
    measured = []
    with progress_bar("parsing, writing, checking") as progress:
        for times in measure_language():
            measured.append(times)
            progress(len(measured), len(SIZES))
    if as_json:
        print_json([asdict(times) | {"compile": times.compile} for times in measured])
        return
    table = Table(title="processor seconds by number of blocks")
    for column in (
        "blocks",
        "parse",
        "arrange",
        "write",
        "lint",
        "these four",
        "read",
        "print",
        "peak memory",
    ):
        table.add_column(column, justify="right")
    for times in measured:
        steps = (times.parse, times.arrange, times.write, times.lint, times.compile, times.read, times.print)
        memory = "unknown" if times.memory is None else f"{times.memory / MEGABYTE:,.0f} MB"
        table.add_row(f"{times.blocks:,}", *(f"{seconds:.2f}" for seconds in steps), memory)
    print_table(table)
