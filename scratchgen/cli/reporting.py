"""`report`: one page about a file, made while its blocks are verified."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scratchgen.cli.console import ExitCode, leave, note, print_line
from scratchgen.cli.options import DEFAULT_PROJECT
from scratchgen.cli.proving import EngineName, summary_line, verify_with_progress
from scratchgen.colours.table import open_table, read_labelled
from scratchgen.colours.training_colours import TrainingColours, colours_of_table
from scratchgen.evidence.file_costs import block_costs
from scratchgen.evidence.report import report_page
from scratchgen.evidence.verify import read_claim
from scratchgen.files import write_whole
from scratchgen.training.train import rows_kept_aside

__all__ = ["add_commands"]

DEFAULT_REPORT = DEFAULT_PROJECT.with_name("report.html")


def add_commands(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command(epilog="Example: scratchgen report out/colours.sb3 --engine scratch")(report)


def report(
    file: Annotated[Path, typer.Argument(help="A project that scratchgen built.")] = DEFAULT_PROJECT,
    weights: Annotated[Path | None, typer.Option(help="The weights file it was built from.")] = None,
    data: Annotated[
        Path | None, typer.Option(help="The CSV file it was trained on, if not on the colour survey.")
    ] = None,
    output: Annotated[Path, typer.Option(help="The page to write.")] = DEFAULT_REPORT,
    engine: Annotated[
        list[EngineName] | None,
        typer.Option(help="Verify on this engine besides the simulator; may be given several times."),
    ] = None,
) -> None:
    """Verify a file and write a page about it: training, names, map, bounds, and what was verified."""
    claim = read_claim(file, weights=weights)
    colours = None
    if data is not None:
        colours = _training_colours(data)
        rows_kept_aside(claim.trained, colours)  # other data than the network's are refused before the work
    engines = dict.fromkeys([EngineName.SIMULATOR, *(engine or ())])
    verifications = [verify_with_progress(file, one, weights) for one in engines]
    note("drawing the page …")
    write_whole(output, report_page(claim, verifications, data=colours, costs=block_costs(claim)))
    for verification in verifications:
        print_line(summary_line(verification))
    print_line(f"{output}: {output.stat().st_size:,} bytes")
    leave(ExitCode.FINDING if any(one.mismatches for one in verifications) else ExitCode.GOOD)


def _training_colours(path: Path) -> TrainingColours:
    return colours_of_table(read_labelled(open_table(path), where=str(path)))
