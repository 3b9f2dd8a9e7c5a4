"""`name` and `evaluate`: the use of a project, by running its own blocks."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.table import Table

from scratchgen.cli.console import note, print_json, print_line, print_table, progress_bar
from scratchgen.cli.options import DEFAULT_PROJECT, JsonOption, ProjectOption
from scratchgen.colours.notation import Channels, parse_colour
from scratchgen.colours.scoring import Score, score
from scratchgen.colours.table import LabelledColour, open_table, read_colours, read_labelled, text_of_table
from scratchgen.errors import InputError, ProjectFileError, SimulationError
from scratchgen.scratch.manifest import Manifest, read_manifest
from scratchgen.scratch.reader import read_project
from scratchgen.simulator import Lanes, Simulator
from scratchgen.simulator.values import to_text

__all__ = ["add_commands"]

BATCH = 1000
MOST_LISTED = 8
"""Labels that a message names."""
BATCH_OF_LANES = 8192
STANDARD_INPUT = "-"


def add_commands(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command(epilog="Example: scratchgen name '#7f3fbf' 255,128,0 teal xkcd:teal")(name)
    app.command(epilog="Example: scratchgen evaluate survey.csv --only split=test")(evaluate)


class ColourNamer:
    """A project that names colours, asked through its manifest."""

    def __init__(self, path: Path) -> None:
        project = read_project(path)
        self.manifest: Manifest = read_manifest(project, where=str(path))
        if len(self.manifest.inputs) != 3:
            raise ProjectFileError(
                f"it takes {len(self.manifest.inputs)} inputs, not red, green and blue", where=str(path)
            )
        self._simulator = Simulator(project)
        self._project = project

    def names(self, rows: Sequence[Channels]) -> list[str]:
        """Return the project's name for each row of channels."""
        return [to_text(answer.answer) for answer in self._simulator.ask(self.manifest, rows)]

    def name_many(self, rows: Sequence[Channels], progress: Callable[[int, int], None]) -> Iterator[str]:
        """Yield the project's name for each row, many at once where its script allows it.

        Where it does not, a note says why. ``progress`` is told how many of how many rows are done.
        """
        try:
            lanes = Lanes(self._project, self.manifest)
        except SimulationError as fault:
            note(f"asking one by one: {fault}")
            lanes = None
        done = 0
        for batch in _batches(rows, BATCH if lanes is None else BATCH_OF_LANES):
            if lanes is None:
                yield from self.names(batch)
            else:
                _, answers = lanes.ask(np.array(batch, dtype=np.float64))
                yield from map(to_text, answers)
            done += len(batch)
            progress(done, len(rows))


def name(
    colours: Annotated[
        list[str] | None,
        typer.Argument(help="#7f3fbf, 255,128,0, a CSS name such as teal, a survey name such as xkcd:teal."),
    ] = None,
    table: Annotated[
        str | None, typer.Option("--csv", help="A file with the header r,g,b, or - for standard input.")
    ] = None,
    project: ProjectOption = DEFAULT_PROJECT,
    as_json: JsonOption = False,
) -> None:
    """Name colours, by running the project's own blocks."""
    if (table is None) == (not colours):
        raise InputError("give either colours or --csv", todo="for example: scratchgen name teal")
    if table is not None and as_json:
        raise InputError("--csv writes CSV", todo="leave out --json")
    if table is None:
        channels = [parse_colour(text) for text in colours or []]
        named = ColourNamer(project).names(channels)
        if as_json:
            print_json(
                [
                    {"r": r, "g": g, "b": b, "name": word}
                    for (r, g, b), word in zip(channels, named, strict=True)
                ]
            )
        else:
            for word in named:
                print_line(word)
        return
    # every row is read before the first is answered, so that a fault in the last leaves no half of a table
    rows = list(_read_table(table))
    _write_names(rows, ColourNamer(project))


def _read_table(table: str) -> Iterator[Channels]:
    if table == STANDARD_INPUT:
        where = "standard input"
        return read_colours(text_of_table(sys.stdin.buffer.read(), where=where), where=where)
    return read_colours(open_table(table), where=table)


def _write_names(rows: Sequence[Channels], namer: ColourNamer) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["r", "g", "b", "name"])
    with progress_bar("naming colours") as progress:
        for channels, word in zip(rows, namer.name_many(rows, progress), strict=True):
            writer.writerow([*channels, word])


def _batches(rows: Sequence[Channels], size: int) -> Iterator[Sequence[Channels]]:
    return (rows[at : at + size] for at in range(0, len(rows), size))


def evaluate(
    file: Annotated[Path, typer.Argument(help="A CSV file with the columns r,g,b,label.")],
    only: Annotated[
        str | None, typer.Option(help="Score only the rows where a column holds a value: COLUMN=VALUE.")
    ] = None,
    project: ProjectOption = DEFAULT_PROJECT,
    as_json: JsonOption = False,
) -> None:
    """Score the project's names against labels in its own language.

    Printed are accuracy, recall of each label, and who is taken for whom.
    """
    rows = _chosen(read_labelled(open_table(file), where=str(file)), only, where=str(file))
    namer = ColourNamer(project)
    _require_known_labels({row.label for row in rows}, namer.manifest, where=str(file))
    with progress_bar(f"naming {len(rows):,} colours") as progress:
        given = list(namer.name_many([row.channels for row in rows], progress))
    outcome = score([row.label for row in rows], given, namer.manifest.names)
    if as_json:
        print_json(_score_as_json(outcome))
    else:
        _print_score(outcome, namer.manifest.names)


def _chosen(rows: list[LabelledColour], only: str | None, *, where: str) -> list[LabelledColour]:
    if only is None:
        return rows
    column, sign, value = only.partition("=")
    if not sign or column not in rows[0].others:
        known = ", ".join(rows[0].others) or "none but r,g,b,label,weight"
        raise InputError(f"--only is {only!r}", where=where, todo=f"write COLUMN=VALUE; columns: {known}")
    chosen = [row for row in rows if row.others[column] == value]
    if not chosen:
        raise InputError(
            f"no row has {value!r} in the column {column}", where=where, todo="choose another value"
        )
    return chosen


def _require_known_labels(labels: set[str], manifest: Manifest, *, where: str) -> None:
    """Note the labels that the project never answers; InputError when it answers none of them."""
    unknown = sorted(labels.difference(manifest.names))
    if not unknown:
        return
    listed = ", ".join(unknown[:MOST_LISTED]) + (" …" if len(unknown) > MOST_LISTED else "")
    expected = f"its names, in the language {manifest.language!r}, are {', '.join(manifest.names)}"
    if len(unknown) == len(labels):
        raise InputError(
            f"the project answers none of the labels {listed}",
            where=where,
            todo=f"{expected}; translate the labels, or build the project in their language",
        )
    note(f"the project never answers {listed}; {expected}")


def _score_as_json(outcome: Score) -> dict[str, object]:
    return {
        "rows": outcome.rows,
        "right": outcome.right,
        "accuracy": outcome.accuracy,
        "worst": {"label": outcome.worst, "recall": outcome.recall(outcome.worst)},
        "recall": {label: outcome.recall(label) for label in outcome.labels},
        "confusion": {label: dict(outcome.confusion[label]) for label in outcome.labels},
    }


def _print_score(outcome: Score, names: Sequence[str]) -> None:
    print_line(f"accuracy {outcome.accuracy:.2%} ({outcome.right:,} of {outcome.rows:,})")
    print_line(f"worst recall {outcome.recall(outcome.worst):.2%} ({outcome.worst})")
    table = Table(title="rows: labels; columns: the project's names")
    table.add_column("label")
    table.add_column("recall", justify="right")
    for word in names:
        table.add_column(word, justify="right")
    for label in outcome.labels:
        counts = outcome.confusion[label]
        table.add_row(label, f"{outcome.recall(label):.1%}", *(str(counts.get(word, "·")) for word in names))
    print_table(table)
