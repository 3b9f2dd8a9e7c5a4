"""A project that the official editor saved, and hands that play it: the same on engine and simulator.

``projects/stars.txt`` is the project as text and ``projects/stars.sb3`` what the editor made of it: four
sprites with clones, messages, questions, timers, keys, the mouse, lists and custom blocks. Random scripts of
events play it, step for step; ``SCRATCHGEN_EXACT=full`` plays a thousand.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from scratchgen.cli import run_command_line
from scratchgen.engines.editor import Editor
from scratchgen.engines.official import OfficialEngine
from scratchgen.scratch.layout import arrange
from scratchgen.scratch.linter import check_file
from scratchgen.scratch.parser import parse_project
from scratchgen.scratch.program import Project
from scratchgen.scratch.reader import project_from_bytes, read_project
from scratchgen.scratch.writer import write_project
from scratchgen.simulator import Event, Simulator, machine, read_events, threads
from scratchgen.simulator.events import WORDS
from tests.compared import Compared
from tests.simulator.event_player import play_on_engine, play_on_simulator, random_events

FOLDER = Path(__file__).parent / "projects"
SAVED = FOLDER / "stars.sb3"
PLAYED = FOLDER / "stars.events.txt"
FULL = os.environ.get("SCRATCHGEN_EXACT") == "full"
SCRIPTS = 1000 if FULL else 30
SECONDS = 15
TURNS = 25
"""What a step allows, of 3,200: without a picture a loop without end takes them all, in each step."""
TIMED = ("ready", "night", "all", "owl")
"""How the lines of the diary begin that depend on when something happened."""


def written() -> Project:
    text = (FOLDER / "stars.txt").read_text("utf-8")
    return arrange(parse_project(text, assets=lambda name: (FOLDER / name).read_bytes()))


def content(project: Project) -> list[object]:
    """What a project has, but for the values that its scripts change in an open editor."""
    return [
        (
            *(each.name, each.scripts, each.broadcasts, [costume.name for costume in each.costumes]),
            *([entry.name for entry in entries] for entries in (each.variables, each.lists)),
        )
        for each in project.sprites
    ]


@pytest.fixture
def editor(editor_installed: Path) -> Iterator[Editor]:
    with Editor() as running:  # for one test alone: a game that goes on takes a processor
        yield running


@pytest.fixture(scope="module")
def quick_engine(engines_installed: Path) -> Iterator[OfficialEngine]:
    with OfficialEngine(turn_milliseconds=25 / TURNS) as engine:
        yield engine


@pytest.fixture
def few_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the simulator allow as many turns as the quick engine."""
    monkeypatch.setattr(machine, "TURNS_A_STEP", TURNS)
    monkeypatch.setattr(threads, "TURNS_IN_WARP", 500 * TURNS // 25 + 1)


def assert_played_alike(engine: OfficialEngine, events: tuple[Event, ...], compared: Compared) -> None:
    data = SAVED.read_bytes()
    theirs = play_on_engine(engine, data, events, SECONDS)
    ours = play_on_simulator(Simulator(project_from_bytes(data), drawn=False), events, SECONDS)
    compared("games played from scripts of events", 1, differences=int(asdict(ours) != asdict(theirs)))
    assert asdict(ours) == asdict(theirs)


@pytest.mark.engine
def test_the_editor_opens_it_draws_each_block_and_saves_it_so(editor: Editor, tmp_path: Path) -> None:
    write_project(written(), tmp_path / "written.sb3")
    assert editor.load(tmp_path / "written.sb3").loaded
    assert [one.missing for one in editor.drawn()] == [(), (), (), ()]
    editor.save(tmp_path / "saved.sb3")
    assert content(read_project(tmp_path / "saved.sb3")) == content(read_project(SAVED))
    assert [each.scripts for each in read_project(SAVED).sprites] == [
        each.scripts for each in read_project(tmp_path / "written.sb3").sprites
    ]
    assert check_file(SAVED) == []


@pytest.mark.engine
@pytest.mark.usefixtures("few_turns")
def test_in_the_editor_itself_it_comes_to_the_same_end(editor: Editor) -> None:
    editor.load(SAVED)
    editor.click_flag()
    for _ in range(4):
        editor.answer("8")
    for _ in range(60):
        if editor.state()["Stage"]["variables"]["score"] == "16":
            break
        editor.wait_frames(10)
    editor.press_key("a")
    editor.press_key("Space")
    editor.wait_frames(30)
    simulator = Simulator.load(SAVED, answers=["8"] * 4)
    simulator.click_flag()
    simulator.run(12, events="10 press a\n10.1 release a\n10.2 press space\n10.3 release space\n11.9 stop")
    ends = []
    for state in (editor.state(), simulator.state()):
        del state["Stage"]["variables"]["found"], state["Star"]["variables"]["speed"]
        state["Stage"]["lists"]["diary"] = sorted(
            line for line in state["Stage"]["lists"]["diary"] if not line.startswith(TIMED)
        )
        ends.append(state)
    assert ends[1] == ends[0]
    assert ends[0]["Cat"]["variables"]["jumps"] == "2"


@pytest.mark.engine
@pytest.mark.usefixtures("few_turns")
@pytest.mark.parametrize("number", range(SCRIPTS))
def test_whoever_plays_it_plays_the_same_on_the_engine(
    number: int, quick_engine: OfficialEngine, compared: Compared
) -> None:
    events = random_events(
        number,
        seconds=SECONDS - 3,
        sprites=("Stage", "Cat", "Star", "Owl"),
        broadcasts=("start", "Hurry", "quiz", "set up", "LEVEL 2"),
        answers=("8", "no", "Ada", "", "apple", "3", "banana"),
    )
    assert_played_alike(quick_engine, events, compared)


@pytest.mark.engine
@pytest.mark.usefixtures("few_turns")
def test_the_written_game_has_every_word_and_is_the_same_on_the_engine(
    quick_engine: OfficialEngine, compared: Compared
) -> None:
    events = read_events(PLAYED)
    assert {event.word for event in events} == set(WORDS)
    assert_played_alike(quick_engine, events, compared)


@pytest.mark.usefixtures("few_turns")
def test_the_command_plays_the_written_game(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command_line(["run", str(SAVED), "--events", str(PLAYED)]) == 0
    out, err = capsys.readouterr()
    said = [line for line in out.splitlines() if line]
    assert said[:3] == ["What's your name?", "Hello, Ada!", "3 letters"]
    assert "Ouch!" in said
    assert "Hello, Bob!" in said
    assert err == ""
