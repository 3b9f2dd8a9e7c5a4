"""`bench`: measures on the reader's own machine."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from scratchgen.cli.console import print_json, print_table, progress_bar
from scratchgen.cli.options import DEFAULT_PROJECT, JsonOption
from scratchgen.evidence.language_bench import SIZES, measure_language
from scratchgen.evidence.simulator_bench import measure_lanes, measure_speeds, measure_starts
from scratchgen.evidence.verify import read_claim

__all__ = ["add_commands"]

MEGABYTE = 2**20


def add_commands(app: typer.Typer) -> None:
    """Add this module's commands."""
    bench = typer.Typer(help="Measure on this machine.", no_args_is_help=True)
    bench.command("language", epilog="Example: scratchgen bench language")(language)
    bench.command("simulator", epilog="Example: scratchgen bench simulator")(simulator)
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


def simulator(
    file: Annotated[Path, typer.Argument(help="A project that scratchgen built.")] = DEFAULT_PROJECT,
    as_json: JsonOption = False,
) -> None:
    """Time the simulator against the official engine on the same file, in lanes, and at its start."""
    claim = read_claim(file)
    with progress_bar("asking simulator and engine in turns") as progress:
        speeds = measure_speeds(file, claim.manifest, progress=progress)
    with progress_bar("asking every colour there is, in lanes") as progress:
        lanes = measure_lanes(claim, progress=progress)
    starts = measure_starts()
    if as_json:
        print_json(asdict(speeds) | {"ratio": speeds.ratio} | asdict(lanes) | asdict(starts))
        return
    memory = "unknown" if lanes.memory is None else f"{lanes.memory / MEGABYTE:,.0f} MB"
    table = Table(title=f"{file.name} on the simulator", show_header=False)
    table.add_row("answers a second, simulator", f"{speeds.simulator:,.0f}")
    table.add_row("answers a second, simulator without its fast path", f"{speeds.slow_path:,.0f}")
    table.add_row("answers a second, official engine", f"{speeds.engine:,.0f}")
    table.add_row("simulator : official engine", f"{speeds.ratio:.1f}")
    table.add_row(f"{lanes.questions:,} colours in lanes, with the reference", f"{lanes.seconds:.1f} s")
    table.add_row("the most memory of a process", memory)
    table.add_row("to import scratchgen's simulator", f"{starts.importing:.2f} s")
    table.add_row("to load a project of 1,000 blocks", f"{starts.loading:.2f} s")
    print_table(table)
