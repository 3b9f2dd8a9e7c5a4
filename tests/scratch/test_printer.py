"""Whatever a program holds, its text gives it back; and the text is a page worth reading."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scratchgen.scratch.catalogue import CATALOGUE
from scratchgen.scratch.layout import arrange
from scratchgen.scratch.numbers import as_javascript
from scratchgen.scratch.parser import parse_project, parse_scripts
from scratchgen.scratch.printer import print_project, print_scripts
from scratchgen.scratch.program import (
    Block,
    Comment,
    Input,
    Project,
    Reference,
    Reporter,
    Script,
    Shadow,
    Sprite,
    Stack,
)
from tests.scratch.program_values import names, texts
from tests.scratch.programs import NameSet, blocks, projects

slow = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def exact(node: Any) -> Any:
    """A tree that is equal only to itself: 1 is 1.0, as for JavaScript, but neither is True."""
    if is_dataclass(node) and not isinstance(node, type):
        return type(node).__name__, {field.name: exact(getattr(node, field.name)) for field in fields(node)}
    if isinstance(node, dict):
        return {key: exact(value) for key, value in node.items()}
    if isinstance(node, tuple | list):
        return [exact(item) for item in node]
    if isinstance(node, float):
        node = as_javascript(node)
    return type(node).__name__, node


@slow
@given(projects())
def test_the_text_of_a_project_gives_it_back(project: Project) -> None:
    text = print_project(project)
    assert exact(parse_project(text)) == exact(project)


@slow
@given(projects())
def test_text_to_program_to_text_is_identical(project: Project) -> None:
    text = print_project(project)
    assert print_project(parse_project(text)) == text


@pytest.mark.parametrize(
    "opcode", [o for o in CATALOGUE if o not in ("procedures_definition", "procedures_call")]
)
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_every_block_of_the_catalogue(opcode: str, data: st.DataObject) -> None:
    name_set = NameSet(variables=("x", "timer"), lists=("l",))
    block = data.draw(blocks(name_set, depth=1, opcodes=[opcode]))
    scripts = (Script(blocks=(block,)),)
    assert exact(parse_scripts(print_scripts(scripts))) == exact(scripts)


@given(names, st.sampled_from(["data_variable", "data_listcontents"]))
def test_any_name_can_be_a_variables_or_a_lists(name: str, opcode: str) -> None:
    field = CATALOGUE[opcode].fields[0].name
    script = Script(blocks=(Block(opcode=opcode, fields={field: Reference(name=name)}),))
    assert parse_scripts(print_scripts([script])) == (script,)


@given(texts | st.text())
def test_any_text_can_be_said(text: str) -> None:
    say = Block(opcode="looks_say", inputs={"MESSAGE": Shadow(opcode="text", value=text)})
    assert parse_scripts(print_scripts([Script(blocks=(say,))])) == (Script(blocks=(say,)),)


@slow
@given(projects())
def test_places_that_layout_finds_are_left_out(project: Project) -> None:
    placed = arrange(without_places(project))
    text = print_project(placed)
    if any(sprite.scripts or sprite.comments for sprite in placed.sprites):
        assert text.startswith("//! arranged\n")
        assert not any(line.startswith("//! at (") for line in text.splitlines())
    assert exact(parse_project(text)) == exact(placed)


def without_places(project: Project) -> Project:
    """The project with its scripts and free comments anywhere, and the comments of blocks as parsed."""
    bare = parse_project(print_project(project))
    return replace(
        bare,
        sprites=tuple(
            replace(
                sprite,
                scripts=tuple(
                    Script(blocks=tuple(map(bare_block, script.blocks))) for script in sprite.scripts
                ),
                comments=tuple(Comment(text=comment.text) for comment in sprite.comments),
            )
            for sprite in bare.sprites
        ),
    )


def bare_block(block: Block) -> Block:
    """A block whose comments are of no special size, those of the blocks in it as well."""
    inputs: dict[str, Input] = {}
    for name, filled in block.inputs.items():
        if isinstance(filled, Stack):
            filled = Stack(blocks=tuple(map(bare_block, filled.blocks)))
        elif isinstance(filled, Reporter):
            filled = replace(filled, block=bare_block(filled.block))
        inputs[name] = filled
    comment = block.comment and Comment(text=block.comment.text, minimized=block.comment.minimized)
    return replace(block, inputs=inputs, comment=comment)


def test_a_page_that_somebody_arranged_keeps_its_places() -> None:
    script = Script(blocks=(Block(opcode="event_whenflagclicked"),), x=48, y=48)
    stage, cat = Sprite(name="Stage", is_stage=True), Sprite(name="Cat", scripts=(script,))
    elsewhere = Sprite(name="Dog", scripts=(replace(script, x=7, y=9),))
    text = print_project(Project(sprites=(stage, cat, elsewhere)))
    assert text == (
        "//! arranged\n\n//! stage\n\n//! sprite [Cat]\n\nwhen flag clicked\n\n"
        "//! sprite [Dog]\n\n//! at (7) (9)\nwhen flag clicked\n"
    )
    placeless = replace(cat, scripts=(replace(script, x=None, y=None),))
    assert "arranged" not in print_project(Project(sprites=(stage, cat, placeless)))


def test_blocks_that_cover_nothing_are_said_once() -> None:
    def over(shadow: Shadow | None) -> Script:
        answer = Reporter(block=Block(opcode="sensing_answer"), shadow=shadow)
        return Script(blocks=(Block(opcode="looks_say", inputs={"MESSAGE": answer}),))

    scripts = (over(None), over(None), over(Shadow(opcode="text", value="Hello!")))
    text = print_scripts(scripts)
    assert text == (
        "//! nothing under blocks\n\nsay (answer)\n\nsay (answer)\n\nsay (answer) //! under 1 [Hello!]\n"
    )
    assert parse_scripts(text) == scripts


def test_a_long_comment_stands_above_its_script() -> None:
    hat = Block(opcode="event_whenflagclicked", comment=Comment(text="why " * 20 + "not"))
    text = print_scripts([Script(blocks=(hat,))])
    assert text == f"// {'why ' * 20}not\nwhen flag clicked\n"
    assert parse_scripts(text)[0].blocks == (hat,)
