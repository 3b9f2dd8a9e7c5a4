"""Every block of the catalogue, as we write it, passes the official schema check; the editor draws each."""

from pathlib import Path

import pytest

from scratchgen.engines.editor import open_in_editor
from scratchgen.engines.schema import schema_check
from scratchgen.scratch.catalogue import CATALOGUE, SHADOWS, BlockType
from scratchgen.scratch.layout import arrange
from scratchgen.scratch.linter import check_file
from scratchgen.scratch.program import (
    Block,
    ListVariable,
    Procedure,
    Project,
    Reference,
    Script,
    Shadow,
    Sprite,
    Variable,
)
from scratchgen.scratch.writer import write_project

NAMES: dict[str, str | Reference] = {
    "variable": Reference(name="score"),
    "list": Reference(name="items"),
    "broadcast": "go",
}


def first_choice(opcode: str) -> str:
    menu = SHADOWS[opcode].menu
    return next(iter(menu.choices.values()), "x") if menu else "1"


def as_in_the_palette(row: BlockType) -> Block:
    fields: dict[str, str | Reference] = {
        field.name: next(iter(field.menu.choices.values()), "x") if field.menu else NAMES[field.kind]
        for field in row.fields
    }
    inputs = {
        slot.name: Shadow(opcode=slot.shadow, value=slot.default or first_choice(slot.shadow))
        for slot in row.inputs
        if slot.shadow
    }
    return Block(opcode=row.opcode, fields=fields, inputs=inputs)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = [row for row in CATALOGUE.values() if not row.opcode.startswith(("procedures_", "argument_"))]
    blocks = [as_in_the_palette(row) for row in rows]
    blocks.append(Block(opcode="procedures_definition", procedure=Procedure(code="jump")))
    blocks.append(Block(opcode="procedures_call", call="jump"))
    stage = Sprite(
        name="Stage",
        is_stage=True,
        variables=(Variable(name="score"),),
        lists=(ListVariable(name="items"),),
        broadcasts=("go",),
    )
    cat = Sprite(name="Cat", scripts=tuple(Script(blocks=(block,)) for block in blocks))
    path = tmp_path_factory.mktemp("every") / "every.sb3"
    write_project(arrange(Project(sprites=(stage, cat))), path)
    return path


def test_the_linter_finds_no_error(project: Path) -> None:
    assert [finding for finding in check_file(project) if finding.severity == "error"] == []


@pytest.mark.engine
def test_the_official_schema_check_takes_them(project: Path, engines_installed: Path) -> None:
    [verdict] = schema_check([project])
    assert verdict.valid, verdict.reason


@pytest.mark.engine
def test_the_editor_draws_them_all(project: Path, editor_installed: Path) -> None:
    [report] = open_in_editor([project], click_flag=False)
    assert report.opening.loaded
    drawn = {one.sprite: one for one in report.drawn}["Cat"]
    assert drawn.missing == ()
    assert drawn.blocks >= len(CATALOGUE) - 2
    # the machine of the tests has no camera, and the editor says so when video sensing is loaded
    assert [problem for problem in report.problems if "video" not in problem] == []
