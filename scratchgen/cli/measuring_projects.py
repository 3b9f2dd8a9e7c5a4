"""`bench editor`, `answers`, `words` and `teach`: what projects take on the reader's own machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from scratchgen.cli.console import print_json, print_table, progress_bar
from scratchgen.cli.kinds import named_colours
from scratchgen.cli.options import DEFAULT_PROJECT, TEACH_PROJECT, JsonOption
from scratchgen.errors import InputError
from scratchgen.evidence.answer_bench import measure_answers
from scratchgen.evidence.editor_bench import EditorTimes, measure_in_editor
from scratchgen.evidence.teach_bench import GOAL, measure_drawn_teaching, measure_teaching
from scratchgen.evidence.verify_learning import learning_manifest_of
from scratchgen.evidence.word_bench import compare_ways
from scratchgen.networks.weights import read_weights
from scratchgen.resources import resource_folder

__all__ = ["add_project_commands"]


def add_project_commands(bench: typer.Typer) -> None:
    """Add this module's commands to those of ``bench``."""
    bench.command("editor", epilog="Example: scratchgen bench editor out/colours.sb3")(in_editor)
    bench.command("answers", epilog="Example: scratchgen bench answers out/digits.sb3")(answers)
    bench.command("words", epilog="Example: scratchgen bench words")(words)
    bench.command("teach", epilog="Example: scratchgen bench teach out/teach.sb3")(teaching)


def answers(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Projects of scratchgen; else those in out/.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Time an answer of each network of projects on the official engine; in out/, of those that answer."""
    made = sorted(DEFAULT_PROJECT.parent.glob("*.sb3"))
    paths = files or [path for path in made if learning_manifest_of(path) is None]
    measured = [each for path in paths for each in measure_answers(path)]
    if as_json:
        print_json([asdict(each) for each in measured])
        return
    table = Table(title="an answer on the official engine")
    for column in ("project", "network", "numbers", "bytes of the file", "ms an answer"):
        table.add_column(column, justify="left" if column in ("project", "network") else "right")
    for each in measured:
        sizes = (f"{each.weights:,}", f"{each.bytes:,}", f"{each.milliseconds:.2f}")
        table.add_row(each.project, each.network, *sizes)
    print_table(table)


def words(
    weights: Annotated[
        Path | None,
        typer.Option(help="A weights file of `scratchgen train words`; else the shipped network."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Compare the network that turns names into colours with simple ways, on names that none of them saw."""
    trained = read_weights(weights or resource_folder("trained_weights") / "words.json")
    scores = compare_ways(trained.network, named_colours())
    if as_json:
        print_json([asdict(each) for each in scores])
        return
    table = Table(title="mean CIELAB distance to the survey's colours")
    table.add_column("way")
    table.add_column("distance", justify="right")
    for each in scores:
        table.add_row(each.way, f"{each.distance:.1f}")
    print_table(table)


def in_editor(
    file: Annotated[Path, typer.Argument(help="Any Scratch 3 project.")] = DEFAULT_PROJECT,
    as_json: JsonOption = False,
) -> None:
    """Open a file in the official editor, and time what a pupil waits for (needs Chromium).

    Of the colour project also: frames until the stage answers a slider, and how the colour map is painted.
    """
    with progress_bar(f"using {file.name} in the editor") as progress:
        times = measure_in_editor(file, progress=progress)
    if as_json:
        print_json(asdict(times))
    else:
        print_table(_waits(file, times))


def _waits(file: Path, times: EditorTimes) -> Table:
    table = Table(title=f"{file.name} in the official editor", show_header=False)
    table.add_row("size of the file", f"{times.bytes:,} bytes")
    table.add_row("until it is open, in a new browser", _seconds(times.cold))
    table.add_row("until it is open, in one that has opened it before", _seconds(times.warm))
    table.add_row("blocks drawn", f"{times.drawn:,} of {times.blocks:,}")
    if times.response is not None:
        for title, (median, most) in (
            ("frames from a slider to the new name and bars", times.response.answer),
            ("frames from a slider to the last change on the stage", times.response.picture),
        ):
            table.add_row(title, f"{median:g} (at most {most})")
    if times.map is not None:
        table.add_row(
            "until the colour map is painted", f"{times.map.seconds:.1f} s, {times.map.frames} frames"
        )
        table.add_row("longest gap between its frames", f"{times.map.longest_gap:.0f} ms")
    return table


def _seconds(openings: Sequence[float]) -> str:
    return ", ".join(f"{seconds:.1f} s" for seconds in openings)


def teaching(
    file: Annotated[Path, typer.Argument(help="A project of `scratchgen make teach`.")] = TEACH_PROJECT,
    editor: Annotated[
        bool, typer.Option("--editor", help="Also let it learn in the official editor (needs Chromium).")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Count the training steps a second that the official engine takes, on the survey's examples."""
    manifest = learning_manifest_of(file)
    if manifest is None:
        raise InputError("it is no project that learns", where=str(file), todo="run `scratchgen make teach`")
    with progress_bar(f"teaching {file.name}") as progress:
        progress(0, 1)
        speed = measure_teaching(file, manifest)
        drawn = measure_drawn_teaching(file, manifest) if editor else None
    if as_json:
        print_json({**asdict(speed), "drawn": drawn and asdict(drawn)})
        return
    table = Table(title=f"{file.name} on the official engine", show_header=False)
    table.add_row("training steps a second of its work", f"{speed.work:,.0f}")
    table.add_row("steps a second at 30 frames a second, nothing drawn", f"{speed.live:,.0f}")
    table.add_row("longest frame", f"{1000 * speed.longest_frame:.0f} ms")
    if drawn is not None:
        table.add_row("steps a second in the editor, its stage drawn", f"{drawn.steps:,.0f}")
        reached = (
            f"{drawn.goal_seconds:.1f} s, {drawn.goal_rounds} rounds" if drawn.goal_seconds else "not reached"
        )
        table.add_row(f"until {GOAL:.0%} of the examples are named rightly", reached)
        table.add_row("longest gap between its frames", f"{drawn.longest_gap:.0f} ms")
        table.add_row("and with 500 examples, removed and given meanwhile", f"{drawn.crowded_gap:.0f} ms")
    print_table(table)
