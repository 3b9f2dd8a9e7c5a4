"""`make`, `train` and `build`: from data to weights, from weights to a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from scratchgen.cli.console import ExitCode, leave, note, print_line, print_table, progress_bar
from scratchgen.cli.kinds import make_digits, make_words, other_project, train_digits_to, train_words_to
from scratchgen.cli.options import DEFAULT_PROJECT, TEACH_PROJECT
from scratchgen.cli.proving import (
    LEARNING_STEPS,
    EngineName,
    learning_with_progress,
    steps_line,
    summary_line,
    verify_with_progress,
)
from scratchgen.codegen.costs import opening_seconds
from scratchgen.codegen.counting import count_blocks
from scratchgen.codegen.explain import cost_rows
from scratchgen.codegen.languages import ENGLISH, catalogue, languages
from scratchgen.codegen.plan import Budget, Plan, make_plan, readable_plan
from scratchgen.colours.names import BASIC_NAMES
from scratchgen.colours.survey import survey_colours
from scratchgen.colours.survey_examples import survey_examples
from scratchgen.colours.table import open_table, read_labelled
from scratchgen.colours.training_colours import TrainingColours, colours_of_table
from scratchgen.errors import InputError
from scratchgen.evidence.verify_learning import learning_manifest_of
from scratchgen.networks.weights import TrainedNetwork, read_weights, write_weights
from scratchgen.projects.build import build_project
from scratchgen.projects.colours import colours_manifest, colours_project
from scratchgen.projects.teach import teach_project
from scratchgen.resources import resource_folder
from scratchgen.scratch.program import Project
from scratchgen.training.in_scratch_order import ACTIVATION_NAMES, MOST_UNITS, Learner, Settings
from scratchgen.training.options import TrainingOptions
from scratchgen.training.train import TrainingResult, train_colours

__all__ = ["add_commands"]

DEFAULT_WEIGHTS = DEFAULT_PROJECT.with_suffix(".json")
DEFAULTS = TrainingOptions()
SURVEY = "the colour survey: 949 names and their colours, CC0, as matplotlib ships them"


LanguageOption = Annotated[
    str, typer.Option(help=f"What pupils read is in this language: {', '.join(languages())}.")
]


SeedOption = Annotated[
    int | None, typer.Option(help="Of everything that is drawn at random; else that of the shipped network.")
]


class Style(StrEnum):
    """How the network's blocks are written."""

    READABLE = "readable"
    FAST = "fast"


class Kind(StrEnum):
    """The projects that can be made."""

    COLOURS = "colours"
    DIGITS = "digits"
    WORDS = "words"
    TEACH = "teach"
    ALL = "all"


class TrainedKind(StrEnum):
    """The networks that can be trained."""

    COLOURS = "colours"
    DIGITS = "digits"
    WORDS = "words"


def add_commands(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command(epilog="Example: scratchgen make")(make)
    app.command(epilog="Example: scratchgen train --data my.csv --hidden 12 --output out/my.json")(train)
    app.command(epilog="Example: scratchgen build --weights out/my.json --output out/my.sb3")(build)


def make(
    kind: Annotated[Kind, typer.Argument(help="What to make.")] = Kind.COLOURS,
    seed: SeedOption = None,
    style: Annotated[
        Style, typer.Option(help="readable: loops over lists; fast: longer blocks that answer sooner.")
    ] = Style.READABLE,
    language: LanguageOption = ENGLISH,
) -> None:
    """Train the networks, quantize them, write the project, and prove it: everything, to a verified file."""
    MAKERS[kind](seed, style, language)


def _make_colours(seed: int | None, style: Style, language: str) -> None:
    catalogue(language)  # before anything takes long
    result = _train(survey_colours(), SURVEY, TrainingOptions(seed=_seed(seed)))
    write_weights(result.trained, DEFAULT_WEIGHTS)
    project, plan = _colours_in_style(result.trained, style, Budget(), language)
    size = build_project(project, DEFAULT_PROJECT)
    verification = verify_with_progress(DEFAULT_PROJECT, EngineName.SIMULATOR, DEFAULT_WEIGHTS)
    _print_figures(
        *_figures(result),
        ("bound", _bound(result.trained, plan)),
        ("size", f"{size:,} bytes"),
        ("verified", summary_line(verification)),
        ("file", str(DEFAULT_PROJECT)),
        ("next", "open it in the Scratch editor with File > Load from your computer"),
    )
    leave(ExitCode.FINDING if verification.mismatches else ExitCode.GOOD)


def _make_teach(seed: int | None, style: Style, language: str) -> None:
    if style is not Style.READABLE:
        raise InputError("the project that learns has one style", todo="leave out --style")
    size = build_project(teach_project(seed=_seed(seed), language=language), TEACH_PROJECT)
    manifest = learning_manifest_of(TEACH_PROJECT)
    assert manifest is not None
    found = learning_with_progress(TEACH_PROJECT, manifest, EngineName.SIMULATOR, LEARNING_STEPS)
    _print_figures(
        ("size", f"{size:,} bytes"),
        ("verified", steps_line(found)),
        ("file", str(TEACH_PROJECT)),
        ("next", "open it in the Scratch editor with File > Load from your computer"),
    )
    leave(ExitCode.FINDING if found.mismatches else ExitCode.GOOD)


def _make_digits(seed: int | None, style: Style, language: str) -> None:
    catalogue(language)  # before anything takes long
    leave(ExitCode(make_digits(seed, style, language)))


def _make_words(seed: int | None, style: Style, language: str) -> None:
    catalogue(language)  # before anything takes long
    leave(ExitCode(make_words(seed, style, language)))


def _make_all(seed: int | None, style: Style, language: str) -> None:
    catalogue(language)  # before anything takes long
    codes = []
    kinds = [Kind.COLOURS, Kind.DIGITS, Kind.WORDS, Kind.TEACH]
    if style is not Style.READABLE:
        note("the project that learns has no fast style, and is left out")
        kinds.remove(Kind.TEACH)
    for kind in kinds:
        try:
            MAKERS[kind](seed, style, language)
        except typer.Exit as left:
            codes.append(left.exit_code)
        print_line()
    leave(ExitCode(max(codes, default=0)))


MAKERS: Mapping[Kind, Callable[[int | None, Style, str], None]] = {
    Kind.COLOURS: _make_colours,
    Kind.DIGITS: _make_digits,
    Kind.WORDS: _make_words,
    Kind.TEACH: _make_teach,
    Kind.ALL: _make_all,
}


def train(
    kind: Annotated[TrainedKind, typer.Argument(help="What to train.")] = TrainedKind.COLOURS,
    data: Annotated[
        Path | None,
        typer.Option(help="A CSV file with the columns r,g,b,label[,weight]; else the colour survey."),
    ] = None,
    hidden: Annotated[
        str, typer.Option(help="The sizes of the hidden layers, such as 8 or 16,8.")
    ] = ",".join(map(str, DEFAULTS.hidden)),
    activation: Annotated[str, typer.Option(help="relu, tanh or sigmoid.")] = DEFAULTS.activation,
    bits: Annotated[int, typer.Option(help="The width of the integer weights, 4 to 8.")] = DEFAULTS.bits,
    seed: SeedOption = None,
    epochs: Annotated[int, typer.Option(help="At most so many rounds of learning.")] = DEFAULTS.epochs,
    restarts: Annotated[int, typer.Option(help="Beginnings, of which the best goes on.")] = DEFAULTS.restarts,
    mnist: Annotated[
        Path | None,
        typer.Option(help="For digits: a folder of MNIST's IDX files; else scikit-learn's digits."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option(help="The weights file to write; for digits, the folder of both.")
    ] = None,
    in_scratch_order: Annotated[
        int | None,
        typer.Option(min=1, help="Print the curve of so many rounds as `make teach` learns; writes nothing."),
    ] = None,
) -> None:
    """Train a network and write its integer weights as JSON."""
    if in_scratch_order is not None:
        if kind is not TrainedKind.COLOURS or data is not None:
            raise InputError(
                "--in-scratch-order takes the survey's colours", todo="leave out --data and the kind"
            )
        _print_curve(in_scratch_order, _sizes(hidden), activation, _seed(seed))
        return
    if mnist is not None and kind is not TrainedKind.DIGITS:
        raise InputError("--mnist holds digits", todo="say `scratchgen train digits --mnist FOLDER`")
    if kind is not TrainedKind.COLOURS:
        _refuse_colour_options(
            kind, data=data, hidden=hidden, activation=activation, bits=bits, epochs=epochs, restarts=restarts
        )
    if kind is TrainedKind.DIGITS:
        train_digits_to(output or DEFAULT_WEIGHTS.parent, mnist=mnist, seed=seed)
        return
    if kind is TrainedKind.WORDS:
        train_words_to(output or DEFAULT_WEIGHTS.with_stem("words"), seed=seed)
        return
    output = output or DEFAULT_WEIGHTS
    options = TrainingOptions(
        hidden=_sizes(hidden),
        activation=activation,
        bits=bits,
        seed=_seed(seed),
        epochs=epochs,
        restarts=restarts,
    )
    if data is None:
        result = _train(survey_colours(), SURVEY, options)
    else:
        result = _train(
            colours_of_table(read_labelled(open_table(data), where=str(data))), data.name, options
        )
    write_weights(result.trained, output)
    bound = ("bound", _bound(result.trained))
    _print_figures(*_figures(result), bound, ("weights", str(output)))


def _refuse_colour_options(kind: TrainedKind, **given: object) -> None:
    usual = {
        "data": None,
        "hidden": ",".join(map(str, DEFAULTS.hidden)),
        "activation": DEFAULTS.activation,
        "bits": DEFAULTS.bits,
        "epochs": DEFAULTS.epochs,
        "restarts": DEFAULTS.restarts,
    }
    for name, value in given.items():
        if value != usual[name]:
            raise InputError(f"--{name} is for colours, not for {kind.value}", todo=f"leave out --{name}")


def _print_curve(rounds: int, hidden: tuple[int, ...], activation: str, seed: int) -> None:
    spelled = {name.lower(): name for name in ACTIVATION_NAMES}
    few = len(hidden) in (1, 2) and all(1 <= units <= MOST_UNITS for units in hidden)
    if activation.lower() not in spelled or not few:
        raise InputError(
            "the project learns with one or two hidden layers of 1 to "
            f"{MOST_UNITS} units, and with {', '.join(ACTIVATION_NAMES)}",
            todo="choose such --hidden and --activation",
        )
    examples = [(*each.colour, BASIC_NAMES.index(each.name)) for each in survey_examples()]
    settings = Settings(hidden=hidden, activation=spelled[activation.lower()], seed=seed)
    learner = Learner(examples, len(BASIC_NAMES), settings)
    learner.learn(rounds * len(examples) + 1)  # a round is over when the next begins
    for number, each in enumerate(learner.rounds, start=1):
        print_line(f"round {number}: loss {each.loss!r}, accuracy {each.accuracy!r}")


def build(
    weights: Annotated[
        Path | None, typer.Option(help="A weights file of `scratchgen train`; else the shipped network.")
    ] = None,
    output: Annotated[Path, typer.Option(help="The project to write.")] = DEFAULT_PROJECT,
    style: Annotated[
        Style, typer.Option(help="readable: loops over lists; fast: the fastest blocks within the budget.")
    ] = Style.READABLE,
    budget_blocks: Annotated[
        int, typer.Option(help="Fast style: at most so many blocks for the layers.", min=1)
    ] = Budget().blocks,
    budget_bytes: Annotated[
        int, typer.Option(help="Fast style: at most so many bytes of project.json for the layers.", min=1)
    ] = Budget().bytes,
    language: LanguageOption = ENGLISH,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say for each layer what was picked, what it costs, and why.")
    ] = False,
) -> None:
    """Write the project of a trained network; nothing is written that the Scratch editor could not open."""
    trained = read_weights(weights or resource_folder("trained_weights") / "colours.json")
    budget = Budget(blocks=budget_blocks, bytes=budget_bytes)
    other = other_project(trained, style, language)
    if other is not None:
        _build_other(other, output, default_asked=budget == Budget() and not explain)
        return
    project, plan = _colours_in_style(trained, style, budget, language)
    size = build_project(project, output)
    if explain:
        _explain(plan, budget if style is Style.FAST else None)
        print_line(_bound(trained, plan))
        blocks = sum(count_blocks(sprite) for sprite in project.sprites)
        print_line(
            f"{blocks:,} blocks in all; the editor opens them in about {opening_seconds(blocks):.1f} s"
        )
    print_line(f"{output}: {size:,} bytes")


def _build_other(project: Project, output: Path, *, default_asked: bool) -> None:
    if not default_asked:
        raise InputError(
            "--budget-blocks, --budget-bytes and --explain are for networks that name colours",
            todo="leave them out",
        )
    print_line(f"{output}: {build_project(project, output):,} bytes")


def _colours_in_style(
    trained: TrainedNetwork, style: Style, budget: Budget, language: str
) -> tuple[Project, Plan]:
    manifest = colours_manifest(trained, style, language)
    if style is Style.FAST:
        plan = make_plan(trained.network, manifest, budget)
        return colours_project(trained, plan, language=language), plan
    return colours_project(trained, language=language), readable_plan(trained.network, manifest)


def _explain(plan: Plan, budget: Budget | None) -> None:
    rows = cost_rows(plan, budget)
    table = Table(title="the layers; times as the cost model predicts them")
    for column in ("layer", "shape", "values travel as", "blocks", "bytes", "Scratch", "TurboWarp"):
        table.add_column(column, justify="left" if column in ("layer", "shape") else "right")
    for row in rows:
        times = (row.scratch_microseconds, row.turbowarp_microseconds)
        sizes = (f"{row.blocks:,}", f"{row.bytes:,}", *(f"{time:,.1f} µs" for time in times))
        table.add_row(row.layer, row.shape, row.travels, *sizes)
    print_table(table)
    for row in rows:
        for reason in row.instead:
            print_line(f"{row.layer}, not {reason}")


def _seed(seed: int | None) -> int:
    return DEFAULTS.seed if seed is None else seed


def _sizes(text: str) -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in text.split(",") if part.strip())
    except ValueError:
        raise InputError(f"--hidden is {text!r}", todo="give whole numbers, such as 8 or 16,8") from None


def _train(colours: TrainingColours, source: str, options: TrainingOptions) -> TrainingResult:
    with progress_bar("training") as progress:
        return train_colours(
            colours, options, source=source, progress=lambda done, total, epoch: progress(done, total)
        )


def _figures(result: TrainingResult) -> list[tuple[str, str]]:
    network, figures = result.trained.network, result.figures
    sizes = [len(network.domain)] + [
        size for size, layer in zip(network.sizes[1:], network.layers, strict=True) if not layer.elementwise
    ]
    return [
        ("network", f"{'-'.join(map(str, sizes))}, integers"),
        ("accuracy", f"{figures.integer_accuracy:.1%} of {figures.validation_rows:,} rows kept aside"),
        ("agreement", f"{figures.agreement:.2%} of 64³ colours named alike by float and integer network"),
    ]


def _bound(trained: TrainedNetwork, plan: Plan | None = None) -> str:
    """Say what no number passes, in the network itself or as a plan writes it."""
    largest = max(bounds.largest for bounds in trained.network.bounds())
    largest = max(largest, plan.largest) if plan else largest
    return f"no number passes {largest:,}, which is below 2^53"


def _print_figures(*figures: tuple[str, str]) -> None:
    for label, text in figures:
        print_line(f"{label:<11}{text}")
