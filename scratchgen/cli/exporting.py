"""`export-examples`: what pupils taught a project, for other programs."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path
from typing import Annotated

import typer

from scratchgen.cli.console import print_line
from scratchgen.files import write_whole
from scratchgen.networks.weights import write_weights
from scratchgen.projects.learnt import read_learnt

__all__ = ["add_commands"]


def add_commands(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command("export-examples", epilog="Example: scratchgen export-examples teach.sb3")(export_examples)


def export_examples(
    file: Annotated[Path, typer.Argument(help="A saved project of `scratchgen make teach`.")],
    table: Annotated[
        Path | None, typer.Option("--csv", help="The examples; else beside the file, as .csv.")
    ] = None,
    weights: Annotated[
        Path | None, typer.Option(help="The network, for `scratchgen build`; else beside it, as .json.")
    ] = None,
) -> None:
    """Write a saved project's examples as r,g,b,label, and its network as a weights file."""
    learnt = read_learnt(file)
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("r", "g", "b", "label"))
    writer.writerows((*(f"{channel:g}" for channel in row[:3]), row[3]) for row in learnt.examples)
    table, weights = table or file.with_suffix(".csv"), weights or file.with_suffix(".json")
    write_weights(learnt.trained, weights)
    write_whole(table, text.getvalue())
    print_line(f"{table}: {len(learnt.examples):,} examples")
    print_line(f"{weights}: {'-'.join(map(str, learnt.trained.network.sizes))}, integers")
