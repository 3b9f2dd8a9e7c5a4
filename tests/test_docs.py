"""The projects shown in the pages for people compile, run, and pass the linter."""

import re
from pathlib import Path

import pytest

from scratchgen.cli import run_command_line
from scratchgen.errors import EventsError
from scratchgen.scratch.catalogue import CATALOGUE
from scratchgen.scratch.layout import arrange
from scratchgen.scratch.linter import check_bytes
from scratchgen.scratch.parser import parse_project
from scratchgen.scratch.writer import project_to_bytes
from scratchgen.simulator import Simulator, parse_events
from scratchgen.simulator.events import WORDS

ROOT = Path(__file__).parent.parent
PAGES = {
    name: (ROOT / name).read_text(encoding="utf-8")
    for name in ("README.md", "docs/notation.md", "docs/events.md")
}
EXAMPLES = [
    pytest.param(text, id=name)
    for name, page in PAGES.items()
    for text in re.findall(r"```\n(//! stage\n.*?)```", page, re.DOTALL)
]


def test_each_page_shows_a_project() -> None:
    assert len(EXAMPLES) == len(PAGES)


@pytest.mark.parametrize("text", EXAMPLES)
def test_the_shown_project_compiles_without_a_warning(text: str) -> None:
    assert check_bytes(project_to_bytes(arrange(parse_project(text)))) == []


def test_the_project_of_the_readme_says_what_the_readme_says() -> None:
    [text] = [example.values[0] for example in EXAMPLES if example.id == "README.md"]
    simulator = Simulator(parse_project(str(text)))
    simulator.click_flag()
    simulator.run()
    said = ", ".join(say.text for say in simulator.says)
    assert said == "score: 1, score: 2, score: 3"
    assert f"# {said}" in PAGES["README.md"]


def block_of(page: str, pattern: str) -> str:
    """The one block of code of a page that is so."""
    [found] = re.findall(rf"```{pattern}```", PAGES[page], re.DOTALL)
    return str(found)


def test_the_game_of_the_events_page_is_played_as_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    [text] = [example.values[0] for example in EXAMPLES if example.id == "docs/events.md"]
    (tmp_path / "race.txt").write_text(str(text), "utf-8")
    (tmp_path / "race.events.txt").write_text(block_of("docs/events.md", "\n(# Ada.*?)"), "utf-8")
    for line in block_of("docs/events.md", "sh\n(scratchgen .*?)").splitlines():
        capsys.readouterr()
        assert run_command_line(line.split()[1:]) == 0
    assert capsys.readouterr().out == block_of("docs/events.md", "text\n(What.*?)")
    exec(block_of("docs/events.md", "python\n(.*?)"), {})  # its own assertions have to hold


def test_the_events_page_names_every_word_and_says_what_slips_are_called() -> None:
    page = PAGES["docs/events.md"]
    for word, row in WORDS.items():
        assert re.search(rf"`[0-9.]+ {word}{' .+?' if row.follows else ''}`", page), word
    simulator = Simulator(parse_project(str(EXAMPLES[-1].values[0])))
    for line in block_of("docs/events.md", "text\n(race.*?)").splitlines():
        where, number, slip = line.split(":", maxsplit=2)
        event = {"“pres”": "1 pres", "'Dog'": "1 click Dog", "'goo'": "1 broadcast goo"}
        [script] = [event[name] for name in event if name in slip]
        with pytest.raises(EventsError) as caught:
            simulator.run(events=parse_events("\n" * (int(number) - 1) + script, where=where))
        assert str(caught.value) == line


def test_the_notation_page_names_every_block_without_forum_text() -> None:
    for row in CATALOGUE.values():
        if not row.has_forum_text:
            assert f"`{row.opcode}`" in PAGES["docs/notation.md"]
