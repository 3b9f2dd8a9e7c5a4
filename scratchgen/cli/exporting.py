"""`export-examples`: what pupils taught a project, for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scratchgen.cli.console import print_line
from scratchgen.files import write_whole
from scratchgen.networks.weights import write_weights
from scratchgen.projects.learnt import examples_table, learnt_network, read_learnt

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
    trained = learnt_network(learnt, source=f"learnt in {file.name}")
    table, weights = table or file.with_suffix(".csv"), weights or file.with_suffix(".json")
    write_weights(trained, weights)
    write_whole(table, examples_table(learnt.examples))
    print_line(f"{table}: {len(learnt.examples):,} examples")
    print_line(f"{weights}: {'-'.join(map(str, learnt.network.sizes))}, integers")
