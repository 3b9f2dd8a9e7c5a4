"""Projects of shapes for which a careless rule would take quadratic time, or endless, or all of the stack."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from scratchgen.scratch.linter import check_bytes
from tests.scratch.project_changes import cat, hat, second_definition
from tests.scratch.sample_project import Json, block, call, costume, good_project, pack

MANY = 6_000
"""Blocks; quadratic time would be minutes, and endless time would never pass."""


def chain(opcode: str = "looks_hide") -> Json:
    """A script of very many blocks."""
    blocks = {"b0": hat("b1")}
    for number in range(1, MANY):
        following = f"b{number + 1}" if number + 1 < MANY else None
        blocks[f"b{number}"] = block(opcode, parent=f"b{number - 1}", next=following)
    return blocks


def nest(opcode: str, slot: str) -> Json:
    """Blocks in blocks in blocks."""
    blocks = {"b0": hat("b1")}
    for number in range(1, MANY):
        inputs = {slot: [2, f"b{number + 1}"]} if number + 1 < MANY else {}
        blocks[f"b{number}"] = block(opcode, parent=f"b{number - 1}", inputs=inputs)
    return blocks


def heads_of_one_chain() -> Json:
    return chain() | {f"h{number}": hat("b1") for number in range(MANY)}


def ring() -> Json:
    blocks = chain()
    blocks[f"b{MANY - 1}"]["next"] = "b1"
    return blocks


def web() -> Json:
    """Blocks each of which holds a hundred others, which hold it."""
    count = MANY // 100
    inputs = {f"i{other}": [2, f"b{other}"] for other in range(100)}
    return {
        f"b{number}": block("looks_say", inputs=inputs, topLevel=True, x=0, y=0) for number in range(count)
    }


def scripts(places: Iterable[tuple[int, int]]) -> Json:
    return {f"h{number}": hat() | {"x": x, "y": y} for number, (x, y) in enumerate(places)}


def calls() -> Json:
    """Custom blocks each of which calls the next, without screen refresh, and the last the first."""
    blocks: Json = {}
    for number in range(2_000):
        blocks |= second_definition(f"{number}", f"block {number}", warp="true")
        blocks[f"define {number}"]["next"] = f"call {number}"
        blocks[f"call {number}"] = block(
            "procedures_call",
            parent=f"define {number}",
            mutation=call(f"block {(number + 1) % 2_000}", warp="true"),
        )
    return blocks


BLOCKS: dict[str, Callable[[], Json]] = {
    "a long script": chain,
    "a long script of loops without end": lambda: chain("control_forever"),
    "mouths in mouths": lambda: nest("control_forever", "SUBSTACK"),
    "conditions in conditions": lambda: nest("operator_not", "OPERAND"),
    "very many heads of one script": heads_of_one_chain,
    "a ring": ring,
    "a web": web,
    "all scripts at one place": lambda: scripts([(0, 0)] * MANY),
    "all scripts in a row": lambda: scripts((100 * number, 0) for number in range(MANY)),
    "all scripts in a column": lambda: scripts((0, 10 * number) for number in range(MANY)),
    "calls of calls": calls,
}


def check(project: Json) -> list[Any]:
    return check_bytes(pack(project))


@pytest.mark.parametrize("name", BLOCKS)
def test_blocks_of_any_shape_are_checked_in_time(name: str) -> None:
    project = good_project()
    cat(project)["blocks"] = BLOCKS[name]()
    assert check(project)


def test_names_without_end_are_checked_in_time() -> None:
    project = good_project()
    cat(project)["variables"] = {f"v{number}": ["x", 0] for number in range(MANY)}
    cat(project)["lists"] = {f"l{number}": ["x", []] for number in range(MANY)}
    cat(project)["costumes"] = [costume("x") for _ in range(MANY)]
    cat(project)["comments"] = {f"c{number}": {"text": "", "blockId": "stop"} for number in range(MANY)}
    project["targets"] += [cat(project) | {"blocks": {}, "costumes": [], "variables": {}, "comments": {}}] * 2
    project["monitors"] *= MANY
    assert check(project)


def test_long_texts_are_checked_in_time() -> None:
    project = good_project()
    mutation = cat(project)["blocks"]["prototype"]["mutation"]
    mutation["proccode"] = "%s " * 500_000
    mutation["argumentids"] = "[" * 500_000
    mutation["argumentnames"] = "[" + '"a",' * 500_000 + '"a"]'
    cat(project)["blocks"]["draw"]["mutation"]["proccode"] = mutation["proccode"]
    assert check(project)
