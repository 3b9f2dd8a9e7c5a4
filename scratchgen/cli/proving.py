"""`verify` and `engines install`: evidence about a file, and what is needed to get it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from scratchgen.cli.console import ExitCode, leave, note, print_json, print_line, progress_bar
from scratchgen.cli.options import DEFAULT_PROJECT, JsonOption
from scratchgen.engines.editor_install import install_editor
from scratchgen.engines.engine import Engine as RealEngine
from scratchgen.engines.install import install_engines
from scratchgen.engines.official import OfficialEngine
from scratchgen.engines.turbowarp import TurboWarpEngine
from scratchgen.errors import InputError
from scratchgen.evidence.exhaustive import Exhaustion, verify_all, verify_rows
from scratchgen.evidence.questions import draw_questions
from scratchgen.evidence.verify import (
    Claim,
    Engine,
    Mismatch,
    Verification,
    read_claim,
    read_claims,
    verify_claim,
)
from scratchgen.evidence.verify_learning import StepsVerification, learning_manifest_of, verify_steps
from scratchgen.networks.layers import IntegerArray
from scratchgen.scratch.learning_manifest import LearningManifest
from scratchgen.scratch.reader import read_project
from scratchgen.simulator import Simulator

__all__ = [
    "LEARNING_STEPS",
    "EngineName",
    "add_commands",
    "learning_with_progress",
    "steps_line",
    "summary_line",
    "verify_all_claims",
    "verify_with_progress",
]

LEARNING_STEPS = 2_000
SHOWN = 20
"""Mismatches printed before the rest is only counted."""


class EngineName(StrEnum):
    """The engines that can answer a file's questions."""

    SIMULATOR = "simulator"
    SCRATCH = "scratch"
    TURBOWARP = "turbowarp"


REAL_ENGINES: dict[EngineName, type[RealEngine]] = {
    EngineName.SCRATCH: OfficialEngine,
    EngineName.TURBOWARP: TurboWarpEngine,
}
TITLES = {
    EngineName.SIMULATOR: "the Python simulator",
    EngineName.SCRATCH: "the official engine",
    EngineName.TURBOWARP: "TurboWarp",
}


@contextmanager
def _opened(name: EngineName, path: Path) -> Iterator[Engine]:
    if name not in REAL_ENGINES:
        yield Simulator.load(path)
        return
    with REAL_ENGINES[name]() as engine:
        engine.load(path)
        yield engine


def add_commands(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command(epilog="Example: scratchgen verify out/colours.sb3 --engine scratch")(verify)
    engines = typer.Typer(help="The real engines, fetched to test with.", no_args_is_help=True)
    engines.command("install", epilog="Example: scratchgen engines install")(install)
    app.add_typer(engines, name="engines")


def verify(
    file: Annotated[Path, typer.Argument(help="A project that scratchgen built.")] = DEFAULT_PROJECT,
    weights: Annotated[Path | None, typer.Option(help="The weights file it was built from.")] = None,
    engine: Annotated[
        EngineName,
        typer.Option(help="What runs the file's blocks; TurboWarp also runs files that are not valid."),
    ] = EngineName.SIMULATOR,
    count: Annotated[
        int, typer.Option(min=0, help="Ask so many more questions, drawn from all there are.")
    ] = 0,
    seed: Annotated[int, typer.Option(min=0, help="Another one draws other questions for --count.")] = 1,
    everything: Annotated[
        bool,
        typer.Option("--all", help="Ask every colour there is, 16,777,216; `scratch` takes long for it."),
    ] = False,
    steps: Annotated[
        int | None, typer.Option(min=1, help="Of a file that learns: so many steps of learning (2000).")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Compare the file's own blocks with the reference: every logit and name, or every learnt weight."""
    if (learns := learning_manifest_of(file)) is not None:
        if weights or everything or count:
            raise InputError(
                "a file that learns is verified by its steps", where=str(file), todo="use --steps alone"
            )
        learnt = learning_with_progress(file, learns, engine, steps or LEARNING_STEPS)
        _report_steps(file, learnt, as_json=as_json)
    if steps is not None:
        raise InputError("--steps is for files that learn", where=str(file), todo="leave it out")
    if everything and count:
        raise InputError("--all leaves nothing to draw for --count", todo="leave out one of them")
    claims = read_claims(file, weights=weights)
    if len(claims) > 1 or claims[0].manifest.begins:
        _verify_each(claims, engine, everything=everything, count=count, as_json=as_json)
    claim = claims[0]
    if everything:
        found = _all_with_progress(claim, engine)
        outcome, line = _all_as_json(file, found, engine), _all_line(found, engine)
        differing, shown = found.differing, found.mismatches
    else:
        rows = draw_questions(claim.trained.network, count, seed=seed) if count else None
        verification = _chosen_with_progress(claim, engine)
        outcome, line = _as_json(file, verification), summary_line(verification)
        differing, shown = len(verification.mismatches), verification.mismatches
        if rows is not None:
            drawn = _drawn_with_progress(claim, engine, rows)
            outcome |= {
                "equal": not (differing or drawn.differing),
                "drawn": {"seed": seed} | _asked_as_json(drawn, engine),
            }
            line += f"\n{_drawn_line(drawn, seed, TITLES[engine])}"
            differing, shown = differing + drawn.differing, (*shown, *drawn.mismatches)
    if as_json:
        print_json(outcome)
    else:
        for mismatch in shown[:SHOWN]:
            print_line(f"mismatch at {mismatch}")
        if differing > SHOWN:
            print_line(f"… and {differing - SHOWN:,} more")
        print_line(line)
    leave(ExitCode.FINDING if differing else ExitCode.GOOD)


def _verify_each(
    claims: list[Claim], engine: EngineName, *, everything: bool, count: int, as_json: bool
) -> NoReturn:
    """Verify a file of several networks, or one that reads sequences."""
    if everything or count:
        raise InputError(
            "--all and --count are for files of one network without memory", todo="leave them out"
        )
    found = [_chosen_with_progress(claim, engine) for claim in claims]
    outcomes = [
        _as_json(claim.path, each) | {"sprite": claim.manifest.sprite}
        for claim, each in zip(claims, found, strict=True)
    ]
    if as_json:
        equal = all(not each.mismatches for each in found)
        print_json({"file": str(claims[0].path), "equal": equal, "networks": outcomes})
    for claim, each in [] if as_json else zip(claims, found, strict=True):
        for mismatch in each.mismatches[:SHOWN]:
            print_line(f"mismatch at {mismatch}")
        if len(each.mismatches) > SHOWN:
            print_line(f"… and {len(each.mismatches) - SHOWN:,} more")
        print_line(f"{claim.manifest.sprite}: {summary_line(each)}")
    leave(ExitCode.FINDING if any(each.mismatches for each in found) else ExitCode.GOOD)


def verify_all_claims(file: Path, engine: EngineName) -> list[Verification]:
    """Verify every network of a file under progress bars."""
    return [_chosen_with_progress(claim, engine) for claim in read_claims(file)]


def learning_with_progress(
    file: Path, manifest: LearningManifest, engine: EngineName, steps: int
) -> StepsVerification:
    """Verify a file that learns, under a progress bar."""
    title = TITLES[engine]
    with progress_bar(f"teaching {file.name} on {title}") as progress:
        progress(0, 1)
        if engine not in REAL_ENGINES:
            # compiled block by block: it learns as quickly, and is ready at once
            simulator = Simulator(read_project(file), fast=False)
            return verify_steps(file, manifest, simulator, engine_name=title, steps=steps)
        with REAL_ENGINES[engine]() as machine:
            machine.load(file)
            return verify_steps(file, manifest, machine, engine_name=title, steps=steps)


def steps_line(found: StepsVerification) -> str:
    """Say in one line what was learnt and how it came out."""
    return (
        f"{found.compared:,} weights and biases after {found.steps:,} steps on {found.examples:,} examples: "
        f"reference = {found.engine}: {_outcome(len(found.mismatches))} "
        f"(SHA-256 of the file {found.file_sha256[:16]}…)"
    )


def _report_steps(file: Path, found: StepsVerification, *, as_json: bool) -> NoReturn:
    if as_json:
        print_json({"file": str(file), "equal": not found.mismatches} | asdict(found))
    else:
        for mismatch in found.mismatches[:SHOWN]:
            print_line(f"mismatch: {mismatch}")
        print_line(steps_line(found))
    leave(ExitCode.FINDING if found.mismatches else ExitCode.GOOD)


def verify_with_progress(file: Path, engine: EngineName, weights: Path | None) -> Verification:
    """Verify a file under a progress bar."""
    return _chosen_with_progress(read_claim(file, weights=weights), engine)


def _chosen_with_progress(claim: Claim, engine: EngineName) -> Verification:
    title = TITLES[engine]
    with (
        progress_bar(f"asking {claim.path.name} on {title}") as progress,
        _opened(engine, claim.path) as asked,
    ):
        return verify_claim(claim, asked, engine_name=title, progress=progress)


def _drawn_with_progress(claim: Claim, engine: EngineName, rows: IntegerArray) -> Exhaustion:
    opener = REAL_ENGINES.get(engine)
    with progress_bar(f"asking {claim.path.name} more on {TITLES[engine]}") as progress:
        return _noted(verify_rows(claim, rows, open_engine=opener, progress=progress))


def _all_with_progress(claim: Claim, engine: EngineName) -> Exhaustion:
    opener = REAL_ENGINES.get(engine)
    with progress_bar(f"asking {claim.path.name} every colour there is on {TITLES[engine]}") as progress:
        return _noted(verify_all(claim, open_engine=opener, progress=progress))


def _noted(found: Exhaustion) -> Exhaustion:
    if found.one_by_one:
        note(f"asked one by one: {found.one_by_one}")
    for reason in found.not_compiled:
        note(f"not compiled: {reason}")
    return found


def _all_line(found: Exhaustion, engine: EngineName) -> str:
    return (
        f"{found.questions:,} colours, all there are ({found.ties:,} ties): every logit and the name, "
        f"reference = the file's blocks on {TITLES[engine]}: {_outcome(found.differing)} "
        f"(SHA-256 of the file {found.file_sha256})"
    )


def _drawn_line(found: Exhaustion, seed: int, title: str) -> str:
    return (
        f"{found.questions:,} more, drawn with seed {seed} ({found.ties:,} ties): every logit and the name, "
        f"reference = {title}: {_outcome(found.differing)}"
    )


def _outcome(differing: int) -> str:
    return f"{differing:,} differ" if differing else "all equal"


def summary_line(verification: Verification) -> str:
    """Say in one line what was tried and how it came out."""
    questions = verification.questions
    outcome = _outcome(len(verification.mismatches))
    if questions.drawn:
        return (
            f"{len(questions.rows):,} questions ({questions.corners_and_edges:,} corners, "
            f"{questions.drawn:,} drawn at random, {questions.ties:,} ties): "
            f"every logit and the answer, reference = {verification.engine}: {outcome} "
            f"(SHA-256 of the file {verification.file_sha256[:16]}…)"
        )
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
        **({"drawn_at_random": questions.drawn} if questions.drawn else {}),
        "equal": not verification.mismatches,
        "mismatches": [_mismatch_as_json(mismatch) for mismatch in verification.mismatches],
    }


def _all_as_json(file: Path, found: Exhaustion, engine: EngineName) -> dict[str, object]:
    return {"file": str(file), "sha256": found.file_sha256} | _asked_as_json(found, engine)


def _asked_as_json(found: Exhaustion, engine: EngineName) -> dict[str, object]:
    many = "in lanes" if engine is EngineName.SIMULATOR else "by a harness in a copy"
    return {
        "engine": TITLES[engine] if found.one_by_one else f"{TITLES[engine]}, {many}",
        "colours": found.questions,
        "ties": found.ties,
        "equal": not found.differing,
        "differing": found.differing,
        "mismatches": [_mismatch_as_json(mismatch) for mismatch in found.mismatches],
        **({"not_compiled": found.not_compiled} if found.not_compiled else {}),
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
