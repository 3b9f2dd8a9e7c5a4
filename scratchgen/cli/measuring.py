"""`bench`: measures on the reader's own machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from scratchgen.cli.console import print_json, print_line, print_table, progress_bar
from scratchgen.cli.measuring_projects import add_project_commands
from scratchgen.cli.options import DEFAULT_PROJECT, JsonOption
from scratchgen.codegen.costs import CostTable, cost_table, cost_tables, opening_seconds
from scratchgen.errors import InputError
from scratchgen.evidence.bench_growth import measure_compilation, measure_openings
from scratchgen.evidence.bench_plot import growth_plot
from scratchgen.evidence.cost_bench import (
    Measured,
    errors,
    fitted,
    fitted_opening,
    measure_costs,
    measure_editor,
    table_text,
    winners_right,
)
from scratchgen.evidence.language_bench import SIZES, measure_language
from scratchgen.evidence.many_inputs import MOST_INPUTS_SEARCHED
from scratchgen.evidence.network_bench import (
    BASELINE,
    NETWORK_SIZES,
    FormTimes,
    dense_sizes,
    measure_network,
    random_network,
)
from scratchgen.evidence.simulator_bench import measure_lanes, measure_speeds, measure_starts
from scratchgen.evidence.verify import read_claim
from scratchgen.files import write_whole
from scratchgen.networks.weights import TrainedNetwork, read_weights
from scratchgen.resources import resource_folder

__all__ = ["add_commands"]

MEGABYTE = 2**20
ENGINE_TITLES = {
    "scratch": "the official engine",
    "turbowarp": "TurboWarp",
    "simulator": "the Python simulator",
}


class EngineOfCosts(StrEnum):
    """The engines for which there is a table of costs."""

    SCRATCH = "scratch"
    TURBOWARP = "turbowarp"


class EngineOfBench(StrEnum):
    """The engines on which networks are measured."""

    SCRATCH = "scratch"
    TURBOWARP = "turbowarp"
    SIMULATOR = "simulator"


def add_commands(app: typer.Typer) -> None:
    """Add this module's commands."""
    bench = typer.Typer(help="Measure on this machine: networks, or what a command below says.")
    bench.callback(invoke_without_command=True, epilog="Example: scratchgen bench --plot out/bench.svg")(
        networks
    )
    bench.command("language", epilog="Example: scratchgen bench language")(language)
    bench.command("simulator", epilog="Example: scratchgen bench simulator")(simulator)
    bench.command("costs", epilog="Example: scratchgen bench costs --engine scratch")(costs)
    add_project_commands(bench)
    app.add_typer(bench, name="bench")


def networks(
    context: typer.Context,
    engine: Annotated[
        list[EngineOfBench] | None, typer.Option(help="Measure on this engine alone; may be repeated.")
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Only the network that names colours.")] = False,
    editor: Annotated[
        bool, typer.Option("--editor", help="Open every form in the official editor, too (needs Chromium).")
    ] = False,
    plot: Annotated[Path | None, typer.Option(help="Draw the growth as an SVG file.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Measure every form of networks of 100 to 200,000 weights on every engine, in one run.

    A form is the network as a hobbyist writes it (the baseline), readable, fast; for small ones also written
    naively without loops, and as a table instead of a network.
    """
    if context.invoked_subcommand is not None:
        return
    engines = [each.value for each in engine or EngineOfBench]
    chosen = [_shipped_network(), *([] if quick else map(random_network, NETWORK_SIZES[1:]))]
    measured: list[FormTimes] = []
    openings: list[Mapping[str, float]] = []
    for trained in chosen:
        title = f"{'-'.join(map(str, dense_sizes(trained)))}: every form on every engine"
        with progress_bar(title) as progress:
            measured += measure_network(trained, engines=engines, progress=progress)
        openings.append(measure_openings(trained) if editor else {})
    compilation = None if quick else measure_compilation(NETWORK_SIZES[-1])
    if plot is not None:
        write_whole(plot, growth_plot(measured))
    if as_json:
        print_json(
            {
                "networks": [asdict(each) for each in measured],
                "openings": openings,
                "compilation": compilation and asdict(compilation),
            }
        )
        return
    opening = {trained.network.sizes: found for trained, found in zip(chosen, openings, strict=True)}
    for one in engines:
        print_table(_speeds(measured, one))
    print_table(_sizes(measured, opening))
    if compilation is not None:
        print_line(
            f"{'-'.join(map(str, compilation.sizes))} compiled in the readable style: "
            f"{compilation.seconds:.1f} s, {compilation.memory / MEGABYTE:,.0f} MB, "
            f"a file of {compilation.file:,} bytes"
        )


def _shipped_network() -> TrainedNetwork:
    return read_weights(resource_folder("trained_weights") / "colours.json")


def _speeds(measured: Sequence[FormTimes], engine: str) -> Table:
    table = Table(title=f"{ENGINE_TITLES[engine]}, an empty call subtracted")
    for column in ("weights", "form", "µs an answer", "answers a second", "products a second", "ratio"):
        table.add_column(column, justify="left" if column == "form" else "right")
    for each in measured:
        base = next(one for one in measured if one.sizes == each.sizes and one.form == BASELINE)
        seconds = each.seconds[engine]
        table.add_row(
            f"{each.weights:,}",
            each.form,
            f"{seconds * 1e6:,.1f}",
            f"{1 / seconds:,.0f}",
            f"{each.weights / seconds:,.0f}" if each.is_network else "",
            f"{base.seconds[engine] / seconds:.2f}",
        )
    return table


def _sizes(measured: Sequence[FormTimes], openings: Mapping[tuple[int, ...], Mapping[str, float]]) -> Table:
    table = Table(title="what is executed in an answer, and what stands in the file")
    for column in (
        "weights",
        "form",
        "blocks executed",
        "housekeeping a neuron",
        "blocks",
        "bytes",
        "editor",
    ):
        table.add_column(column, justify="left" if column == "form" else "right")
    for each in measured:
        opening = openings[each.sizes].get(each.form)
        table.add_row(
            f"{each.weights:,}",
            each.form,
            f"{each.executed:,.0f}",
            f"{each.housekeeping / each.neurons:.1f}" if each.is_network else "",
            f"{each.blocks:,}",
            f"{each.bytes:,}",
            f"{opening:.1f} s" if opening is not None else "",
        )
    return table


def costs(
    engine: Annotated[
        list[EngineOfCosts] | None, typer.Option(help="Measure on this engine alone; may be repeated.")
    ] = None,
    write: Annotated[
        Path | None, typer.Option(help="Fit a table of costs to what was measured, and write it here.")
    ] = None,
    editor: Annotated[
        bool, typer.Option("--editor", help="Open projects in the editor, too (needs Chromium).")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Hold the cost model to measurement: every shape, in networks of five sizes.

    Predictions are scaled to this machine by their median. The table in use is part of the package.
    """
    found: dict[str, list[Measured]] = {}
    for one in map(str, engine or EngineOfCosts):
        with progress_bar(f"every shape on {ENGINE_TITLES[one]}") as progress:
            found[one] = measure_costs(one, progress=progress)
    openings = measure_editor() if editor else []
    tables = {one: cost_table(one) for one in found}
    if write is not None:
        fits = {one: fitted(measured, tables[one]) for one, measured in found.items()}
        opening = {"editor": fitted_opening(openings)} if openings else {}
        write_whole(write, table_text({**cost_tables(), **fits, **opening}))
        tables = {one: CostTable(engine=one, nanoseconds=costs) for one, costs in fits.items()}
    if as_json:
        programs = {one: [asdict(each) for each in measured] for one, measured in found.items()}
        print_json({"programs": programs, "openings": openings})
        return
    for blocks, seconds in openings:
        print_line(f"{blocks:,} blocks: opened in {seconds:.1f} s, predicted {opening_seconds(blocks):.1f} s")
    for one, measured in found.items():
        table = Table(title=f"{ENGINE_TITLES[one]}: predicted against measured")
        for column in ("network", "shape", "blocks executed", "µs measured", "predicted : measured"):
            table.add_column(column, justify="left" if column in ("network", "shape") else "right")
        ratios = errors(measured, tables[one])
        for each, ratio in zip(measured, ratios, strict=True):
            size, took = "-".join(map(str, each.sizes)), each.nanoseconds / 1000
            table.add_row(size, each.shape, f"{each.blocks_executed:,.0f}", f"{took:,.1f}", f"{ratio:.2f}")
        print_table(table)
        right, pairs = winners_right(measured, tables[one])
        print_line(
            f"{ENGINE_TITLES[one]}: predicted {min(ratios):.2f} to {max(ratios):.2f} of what was measured; "
            f"the quicker of two shapes named rightly in {right} of {pairs} pairs"
        )


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
    if claim.manifest.begins or len(claim.manifest.inputs) > MOST_INPUTS_SEARCHED:
        raise InputError(
            f"{file}: its network takes too many inputs to ask all there is, or remembers what it was asked",
            todo="name a project that names colours",
        )
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
