"""`run`: clicks the flag of any project and prints what its sprites say."""

from __future__ import annotations

import json
import math
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from scratchgen.cli.console import note, print_line
from scratchgen.errors import InputError
from scratchgen.files import write_whole
from scratchgen.simulator import Simulator, read_events
from scratchgen.simulator.sensing import START

__all__ = ["add_commands"]


def add_commands(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command(epilog="Example: scratchgen run game.sb3 --events game.txt --state state.json")(run)


def run(
    file: Annotated[Path, typer.Argument(help="Any Scratch 3 project.")],
    seconds: Annotated[float, typer.Option(help="Stop after so many simulated seconds.")] = 60.0,
    state: Annotated[
        Path | None, typer.Option(help="Write all variables and lists to this JSON file at the end.")
    ] = None,
    events: Annotated[
        Path | None, typer.Option(help="A script of keys, mouse, clicks and answers; see docs/events.md.")
    ] = None,
    answer: Annotated[
        list[str] | None, typer.Option(help="Answer the next question so; may be given several times.")
    ] = None,
    date: Annotated[
        datetime | None, typer.Option(help="When simulated time begins, in universal time.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Decides what is drawn at random.")] = 0,
    lenient: Annotated[
        bool, typer.Option("--lenient", help="Answer neutrally for blocks that need pixels or the network.")
    ] = False,
) -> None:
    """Click the flag, print each say as a line, and stop when nothing runs and no event is to come."""
    if not (math.isfinite(seconds) and seconds >= 0):
        raise InputError(f"--seconds is {seconds}", todo="give a number of seconds, 0 or more")
    script = read_events(events) if events is not None else ()
    simulator = Simulator.load(file, seed=seed, lenient=lenient, date=date or START, answers=answer or ())
    simulator.click_flag()
    idle = simulator.run(seconds=seconds, events=script, on_say=lambda say: print_line(say.text))
    if not idle:
        todo = simulator.events_left
        rest = f"the event “{todo[0]}” was still to come" if todo else "scripts are still running"
        note(f"stopped after {seconds:g} simulated seconds; {rest}")
    for text in simulator.answers_left:
        note(f"nothing asked for the answer “{text}”")
    if state is not None:
        write_whole(state, json.dumps(simulator.state(), indent=1) + "\n")
