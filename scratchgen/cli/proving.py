"""`verify` and `engines install`: evidence about a file, and what is needed to get it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from scratchgen.cli.console import ExitCode, leave, note, print_json, print_line, progress_bar
from scratchgen.cli.options import DEFAULT_PROJECT, JsonOption
from scratchgen.engines.editor_install import install_editor
from scratchgen.engines.install import install_engines
from scratchgen.engines.official import OfficialEngine
from scratchgen.errors import InputError
from scratchgen.evidence.exhaustive import verify_all
from scratchgen.evidence.verify import Engine, Mismatch, Verification, read_claim, verify_claim
from scratchgen.simulator import Simulator

__all__ = ["EngineName", "add_commands", "summary_line", "verify_with_progress"]

SHOWN = 20
"""Mismatches printed before the rest is only counted."""


class EngineName(StrEnum):
    """The engines that can answer a file's questions."""

    SIMULATOR = "simulator"
    SCRATCH = "scratch"


@contextmanager
def _simulator(path: Path) -> Iterator[Engine]:
    yield Simulator.load(path)


@contextmanager
def _official(path: Path) -> Iterator[Engine]:
    with OfficialEngine() as engine:
        engine.load(path)
        yield engine


OPENERS: dict[EngineName, tuple[str, Callable[[Path], AbstractContextManager[Engine]]]] = {
    EngineName.SIMULATOR: ("the Python simulator", _simulator),
    EngineName.SCRATCH: ("the official engine", _official),
}


def add_commands(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command(epilog="Example: scratchgen verify out/colours.sb3 --engine scratch")(verify)
    engines = typer.Typer(help="The real engines, fetched to test with.", no_args_is_help=True)
    engines.command("install", epilog="Example: scratchgen engines install")(install)
    app.add_typer(engines, name="engines")


def verify(
    file: Annotated[Path, typer.Argument(help="A project that scratchgen built.")] = DEFAULT_PROJECT,
    weights: Annotated[Path | None, typer.Option(help="The weights file it was built from.")] = None,
    engine: Annotated[EngineName, typer.Option(help="What runs the file's blocks.")] = EngineName.SIMULATOR,
    everything: Annotated[
        bool, typer.Option("--all", help="Ask every colour there is, 16,777,216, in the simulator.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Compare the file's own blocks with the integer reference: every logit and the name."""
    if everything:
        _verify_all(file, engine, weights, as_json=as_json)
    verification = verify_with_progress(file, engine, weights)
    if as_json:
        print_json(_as_json(file, verification))
    else:
        for mismatch in verification.mismatches[:SHOWN]:
            print_line(f"mismatch at {mismatch}")
        if len(verification.mismatches) > SHOWN:
            print_line(f"… and {len(verification.mismatches) - SHOWN:,} more")
        print_line(summary_line(verification))
    leave(ExitCode.FINDING if verification.mismatches else ExitCode.GOOD)


def _verify_all(file: Path, engine: EngineName, weights: Path | None, *, as_json: bool) -> NoReturn:
    if engine is not EngineName.SIMULATOR:
        raise InputError("--all asks the simulator", todo="leave out --engine, or --all")
    claim = read_claim(file, weights=weights)
    with progress_bar(f"asking {file.name} every colour there is") as progress:
        found = verify_all(claim, progress=progress)
    if found.lanes_refused:
        note(f"asked one by one: {found.lanes_refused}")
    if as_json:
        print_json(
            {
                "file": str(file),
                "sha256": found.file_sha256,
                "engine": "the Python simulator, in lanes"
                if not found.lanes_refused
                else "the Python simulator",
                "colours": found.questions,
                "ties": found.ties,
                "equal": not found.differing,
                "differing": found.differing,
                "mismatches": [_mismatch_as_json(mismatch) for mismatch in found.mismatches],
            }
        )
    else:
        for mismatch in found.mismatches[:SHOWN]:
            print_line(f"mismatch at {mismatch}")
        if found.differing > SHOWN:
            print_line(f"… and {found.differing - SHOWN:,} more")
        outcome = f"{found.differing:,} differ" if found.differing else "all equal"
        print_line(
            f"{found.questions:,} colours, all there are ({found.ties:,} ties): every logit and the name, "
            f"reference = the file's blocks: {outcome} (SHA-256 of the file {found.file_sha256})"
        )
    leave(ExitCode.FINDING if found.differing else ExitCode.GOOD)


def verify_with_progress(file: Path, engine: EngineName, weights: Path | None) -> Verification:
    """Verify a file under a progress bar."""
    claim = read_claim(file, weights=weights)
    title, opener = OPENERS[engine]
    with progress_bar(f"asking {file.name} on {title}") as progress, opener(file) as asked:
        return verify_claim(claim, asked, engine_name=title, progress=progress)


def summary_line(verification: Verification) -> str:
    """Say in one line what was tried and how it came out."""
    questions = verification.questions
    outcome = f"{len(verification.mismatches):,} differ" if verification.mismatches else "all equal"
    return (
        f"{len(questions.rows):,} colours ({questions.corners_and_edges:,} on corners and edges, "
        f"{questions.grid:,} of a grid, {questions.races:,} closest races, {questions.ties:,} ties): "
        f"every logit and the name, reference = {verification.engine}: {outcome} "
        f"(SHA-256 of the file {verification.file_sha256[:16]}…)"
    )


def _as_json(file: Path, verification: Verification) -> dict[str, object]:
    questions = verification.questions
    return {
        "file": str(file),
        "sha256": verification.file_sha256,
        "engine": verification.engine,
        "colours": len(questions.rows),
        "corners_and_edges": questions.corners_and_edges,
        "grid": questions.grid,
        "closest_races": questions.races,
        "ties": questions.ties,
        "equal": not verification.mismatches,
        "mismatches": [_mismatch_as_json(mismatch) for mismatch in verification.mismatches],
    }


def _mismatch_as_json(mismatch: Mismatch) -> dict[str, object]:
    return {
        "colour": mismatch.question,
        "reference": {"logits": mismatch.expected.logits, "name": mismatch.expected.answer},
        "file": {"logits": mismatch.given.logits, "name": mismatch.given.answer},
    }


def install(
    editor: Annotated[
        bool, typer.Option("--editor", help="Fetch the official editor too, to be run in Chromium.")
    ] = False,
) -> None:
    """Fetch the official engine into the user's cache folder (needs Node 20 and npm)."""
    print_line(f"the engines are ready in {install_engines(progress=note)}")
    if editor:
        print_line(f"the editor is ready in {install_editor(progress=note)}")
