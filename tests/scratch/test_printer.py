"""Whatever a program holds, its text gives it back; and the text is a page worth reading."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scratchgen.scratch.catalogue import CATALOGUE
from scratchgen.scratch.numbers import as_javascript
from scratchgen.scratch.parser import parse_project, parse_scripts
from scratchgen.scratch.printer import print_project, print_scripts
from scratchgen.scratch.program import Block, Project, Reference, Script, Shadow
from tests.scratch.programs import NameSet, blocks, names, projects, texts

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
