"""Every figure of lesson two is what the reference learns, and every name in it is the project's."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest

from scratchgen.cli import run_command_line
from scratchgen.colours.names import BASIC_NAMES
from scratchgen.colours.survey_examples import survey_examples, survey_tests
from scratchgen.projects.teach import teach_project
from scratchgen.scratch.program import all_blocks
from scratchgen.training.in_scratch_order import Example, Learner, Settings

LESSON = (Path(__file__).parent.parent / "docs" / "learning.md").read_text("utf-8")
SURVEY: list[Example] = [(*each.colour, BASIC_NAMES.index(each.name)) for each in survey_examples()]
TESTS: list[Example] = [(*each.colour, BASIC_NAMES.index(each.name)) for each in survey_tests()]
ROUNDS = 180


def rows(heading: str) -> list[list[str]]:
    """The numbers of a chapter's table, row by row, as they are written."""
    chapter = LESSON.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    found = re.findall(r"^\| (\d.*) \|$", chapter, re.MULTILINE)
    return [[cell.strip() for cell in row.split("|")] for row in found]


def right(learner: Learner, examples: list[Example]) -> str:
    share = sum(learner.name_of(*channels) == name for *channels, name in examples) / len(examples)
    return f"{share:.0%}".replace("%", " %")


def test_the_curve_is_the_references() -> None:
    learner = Learner(SURVEY, len(BASIC_NAMES), Settings())
    table = rows("The curve")
    assert [int(row[0]) for row in table] == [1, 10, 20, 50, 100, ROUNDS]
    for number, loss, examples, others in table:
        while len(learner.rounds) < int(number):
            learner.learn(1)  # the step that ends a round is the first of the next
        assert loss == f"{learner.rounds[-1].loss:.2f}"
        assert [examples, others] == [right(learner, SURVEY), right(learner, TESTS)], number
    assert f"of {len(TESTS)} names" in LESSON


def test_too_few_examples_are_learned_by_heart_as_the_table_says() -> None:
    for count, examples, others in rows("Too few examples"):
        kept = [each for at, each in enumerate(SURVEY) if at % 10 < int(count)]
        assert len(kept) == 11 * int(count)
        learner = Learner(kept, len(BASIC_NAMES), Settings())
        learner.learn(ROUNDS * len(SURVEY))
        assert [examples, others] == [right(learner, kept), right(learner, TESTS)], count


def test_a_network_that_cannot_tell_says_how_often_it_heard_a_name() -> None:
    learner = Learner([(128, 128, 128, 0)] * 9 + [(128, 128, 128, 1)], 2, Settings())
    learner.learn(2001)
    first, second = learner.forward(128, 128, 128)[-1].tolist()
    assert f"{1 / (1 + math.exp(second - first)):.0%}" == "90%"
    assert "the share of the\nfirst name is 90 %" in LESSON
    assert f"{learner.rounds[-1].loss:.2f} on average" in LESSON


def test_the_command_prints_the_curve_of_the_lesson(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command_line(["train", "--in-scratch-order", "3"]) == 0
    assert f"```\n{capsys.readouterr().out}```" in LESSON
    assert run_command_line(["train", "--in-scratch-order", "3", "--hidden", "99"]) == 2
    assert run_command_line(["train", "words", "--in-scratch-order", "3"]) == 2


def test_every_message_variable_list_and_block_of_the_lesson_is_the_projects() -> None:
    project = teach_project()
    stage = project.stage
    [learner] = [sprite for sprite in project.sprites if sprite.name == "Learner"]
    known = {each.name for each in stage.variables} | set(stage.broadcasts)
    known |= {each.name for each in (*stage.lists, *learner.lists)}
    known |= {
        block.procedure.code.replace("%s", "(count)")
        for script in learner.scripts
        for block in all_blocks(script.blocks)
        if block.procedure is not None
    }
    quoted = set(re.findall(r"`([^`\n]+)`", LESSON.replace("```", "")))
    quoted = {each for each in quoted if not each.startswith("scratchgen")}
    assert len(quoted) > 20
    assert quoted <= known
