"""The projects shown in the pages for people compile, run, and pass the linter."""

import re
from pathlib import Path

import pytest

from scratchgen.scratch.catalogue import CATALOGUE
from scratchgen.scratch.layout import arrange
from scratchgen.scratch.linter import check_bytes
from scratchgen.scratch.parser import parse_project
from scratchgen.scratch.writer import project_to_bytes
from scratchgen.simulator import Simulator

ROOT = Path(__file__).parent.parent
PAGES = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "docs/notation.md")}
EXAMPLES = [
    pytest.param(text, id=name)
    for name, page in PAGES.items()
    for text in re.findall(r"```\n(//! stage\n.*?)```", page, re.DOTALL)
]


def test_both_pages_show_a_project() -> None:
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


def test_the_notation_page_names_every_block_without_forum_text() -> None:
    for row in CATALOGUE.values():
        if not row.has_forum_text:
            assert f"`{row.opcode}`" in PAGES["docs/notation.md"]
