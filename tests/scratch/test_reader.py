"""What the reader understands of a file, and what it says of one that it does not."""

import json
from typing import Any

import pytest

from scratchgen.errors import ProjectFileError
from scratchgen.scratch.block_reader import in_javascript_order
from scratchgen.scratch.program import (
    Block,
    Comment,
    Parameter,
    Procedure,
    Project,
    Reference,
    Reporter,
    Script,
    Shadow,
    Stack,
)
from scratchgen.scratch.reader import project_from_bytes, read_project

SET = {
    "opcode": "data_setvariableto",
    "inputs": {"VALUE": [1, [10, "0"]]},
    "fields": {"VARIABLE": ["x", "x-id"]},
}


def read(blocks: dict[str, Any], *, stage: dict[str, Any] | None = None, **sprite: Any) -> Project:
    targets = [
        {"isStage": True, "name": "Stage", "variables": {"x-id": ["x", 1]}} | (stage or {}),
        {"isStage": False, "name": "Cat", "blocks": blocks} | sprite,
    ]
    return project_from_bytes(json.dumps({"targets": targets}).encode(), where="cat.sb3")


def script(blocks: dict[str, Any], **sprite: Any) -> tuple[Block, ...]:
    [only] = read(blocks, **sprite).sprites[1].scripts
    return only.blocks


def test_blocks_hang_together_by_their_ids() -> None:
    blocks = script(
        {
            "loop": {
                "opcode": "control_repeat",
                "topLevel": True,
                "next": "stop",
                "inputs": {"TIMES": [3, "sum", [6, "10"]], "SUBSTACK": [2, "set"]},
            },
            "sum": {"opcode": "operator_add", "inputs": {"NUM1": [3, [12, "x", "x-id"], [4, ""]]}},
            "set": SET,
            "stop": {
                "opcode": "control_stop",
                "fields": {"STOP_OPTION": ["all", None]},
                "mutation": {"hasnext": "false"},
            },
        }
    )
    variable = Block(opcode="data_variable", fields={"VARIABLE": Reference(name="x")})
    total = Block(
        opcode="operator_add",
        inputs={"NUM1": Reporter(block=variable, shadow=Shadow(opcode="math_number", value=""))},
    )
    assignment = Block(
        opcode="data_setvariableto",
        fields={"VARIABLE": Reference(name="x")},
        inputs={"VALUE": Shadow(opcode="text", value="0")},
    )
    assert blocks == (
        Block(
            opcode="control_repeat",
            inputs={
                "TIMES": Reporter(block=total, shadow=Shadow(opcode="math_whole_number", value="10")),
                "SUBSTACK": Stack(blocks=(assignment,)),
            },
        ),
        Block(opcode="control_stop", fields={"STOP_OPTION": "all"}),
    )


def test_custom_blocks_are_matched_by_their_argument_ids() -> None:
    mutation = {
        "proccode": "jump %s if %b",
        "argumentids": '["p", "q"]',
        "argumentnames": '["height", "dry"]',
        "argumentdefaults": '["", "false"]',
        "warp": "true",
    }
    project = read(
        {
            "d": {
                "opcode": "procedures_definition",
                "topLevel": True,
                "inputs": {"custom_block": [1, "proto"]},
            },
            "proto": {"opcode": "procedures_prototype", "shadow": True, "mutation": mutation},
            "c": {
                "opcode": "procedures_call",
                "topLevel": True,
                "mutation": mutation,
                "inputs": {"q": [2, "yes"], "p": [1, [10, "9"]], "gone": [1, [10, "lost"]]},
            },
            "yes": {"opcode": "operator_not"},
        }
    )
    definition, call = (each.blocks[0] for each in project.sprites[1].scripts)
    assert definition.procedure == Procedure(
        code="jump %s if %b",
        parameters=(Parameter(name="height"), Parameter(name="dry", kind="boolean")),
        warp=True,
    )
    assert call.call == "jump %s if %b"
    assert call.inputs == {
        "0": Shadow(opcode="text", value="9"),
        "1": Reporter(block=Block(opcode="operator_not")),
    }


@pytest.mark.parametrize(
    ("own", "field", "expected"),
    [
        ({}, ["stale text", "x-id"], Reference(name="x")),
        ({"y-id": ["x", 2]}, ["x", "x-id"], Reference(name="x", scope="stage")),
        ({"y-id": ["x", 2]}, ["x", "y-id"], Reference(name="x")),
        ({}, ["nobody's", "lost-id"], Reference(name="nobody's")),
        ({}, ["bare"], Reference(name="bare")),
    ],
)
def test_variables_are_found_by_id_then_by_name(own: Any, field: Any, expected: Reference) -> None:
    [block] = script({"s": SET | {"topLevel": True, "fields": {"VARIABLE": field}}}, variables=own)
    assert block.fields == {"VARIABLE": expected}


def test_menus_comments_and_loose_reporters_are_kept() -> None:
    project = read(
        {
            "v": [12, "x", "x-id", 30, 40],
            "say": {"opcode": "sound_play", "topLevel": True, "inputs": {"SOUND_MENU": [1, "menu"]}, "x": 5},
            "menu": {"opcode": "sound_sounds_menu", "shadow": True, "fields": {"SOUND_MENU": ["Meow", None]}},
            "lost": SET,
        },
        comments={
            "c1": {
                "blockId": "say",
                "text": "loud",
                "x": 1,
                "y": 2,
                "width": 3,
                "height": 4,
                "minimized": True,
            },
            "c2": {"blockId": None, "text": "free", "x": None, "y": None},
            "c3": {"blockId": "nowhere", "text": "astray"},
        },
    )
    cat = project.sprites[1]
    variable = Block(opcode="data_variable", fields={"VARIABLE": Reference(name="x")})
    assert cat.scripts[0] == Script(blocks=(variable,), x=30, y=40)
    [say] = cat.scripts[1].blocks
    assert say.inputs == {"SOUND_MENU": Shadow(opcode="sound_sounds_menu", value="Meow")}
    assert say.comment == Comment(text="loud", x=1, y=2, width=3, height=4, minimized=True)
    assert [comment.text for comment in cat.comments] == ["free", "astray"]
    assert len(cat.scripts) == 2


def test_scripts_come_in_the_order_in_which_javascript_walks_the_blocks() -> None:
    block = {"opcode": "event_whenflagclicked", "topLevel": True}
    project = read(
        {"z": block | {"x": 1}, "20": block | {"x": 2}, "3": block | {"x": 3}, "4294967295": block | {"x": 4}}
    )
    assert [each.x for each in project.sprites[1].scripts] == [3, 2, 1, 4]
    assert in_javascript_order({"a": 0, "1": 0, "01": 0}) == ["1", "a", "01"]


def test_deep_nesting_costs_no_recursion() -> None:
    depth = 20_000
    blocks = {
        str(at): {"opcode": "operator_not", "topLevel": at == 0, "inputs": {"OPERAND": [2, str(at + 1)]}}
        for at in range(depth)
    }
    [block] = script(blocks)
    for _ in range(depth - 1):
        slot = block.inputs["OPERAND"]
        assert isinstance(slot, Reporter)
        block = slot.block
    assert block.inputs == {}


BAD_BLOCKS = {
    "loops": {"a": {"opcode": "x_y", "topLevel": True, "next": "a"}},
    "shared": {
        "a": {"opcode": "x_y", "topLevel": True, "inputs": {"P": [2, "b"], "Q": [2, "b"]}},
        "b": {"opcode": "x_z"},
    },
    "no opcode": {"a": {"topLevel": True}},
    "text": {"a": "motion"},
    "inputs": {"a": {"opcode": "x_y", "topLevel": True, "inputs": {"P": [9, "b"]}}},
    "inputs list": {"a": {"opcode": "x_y", "topLevel": True, "inputs": []}},
    "fields": {"a": {"opcode": "x_y", "topLevel": True, "fields": {"P": []}}},
    "null": {"a": SET | {"topLevel": True, "inputs": {"VALUE": [1, [10, None]]}}},
    "mutation": {"a": {"opcode": "procedures_call", "topLevel": True, "mutation": 3}},
    "call": {"a": {"opcode": "procedures_call", "topLevel": True, "mutation": {}}},
    "define": {"a": {"opcode": "procedures_definition", "topLevel": True}},
    "arguments": {
        "a": {
            "opcode": "procedures_call",
            "topLevel": True,
            "mutation": {"proccode": "f", "argumentids": "[" * 9999},
        }
    },
}


@pytest.mark.parametrize("blocks", BAD_BLOCKS.values(), ids=BAD_BLOCKS)
def test_malformed_blocks_are_said_with_their_place(blocks: dict[str, Any]) -> None:
    with pytest.raises(ProjectFileError, match=r"^cat\.sb3: sprite 'Cat': .*; run `scratchgen check`"):
        read(blocks)


BAD_SPRITES: dict[str, dict[str, Any]] = {
    "variables": {"variables": {"v": ["x", None]}},
    "variables list": {"variables": []},
    "list": {"lists": {"l": ["x", 3]}},
    "list items": {"lists": {"l": ["x", [None]]}},
    "broadcasts": {"broadcasts": {"b": 3}},
    "comments": {"comments": {"c": None}},
    "comment text": {"comments": {"c": {"text": 3}}},
    "costumes": {"costumes": [3]},
    "costume name": {"costumes": [{"assetId": "0", "dataFormat": "svg"}]},
    "sounds": {"sounds": {}},
    "x": {"x": "left"},
    "volume": {"volume": True},
}


@pytest.mark.parametrize("sprite", BAD_SPRITES.values(), ids=BAD_SPRITES)
def test_malformed_sprites_are_said_with_their_place(sprite: dict[str, Any]) -> None:
    with pytest.raises(ProjectFileError, match=r"^cat\.sb3: sprite 'Cat': .*; open it in the Scratch editor"):
        read({}, **sprite)


@pytest.mark.parametrize(
    "project", [{}, {"targets": 3}, {"targets": [3]}, {"targets": [{"isStage": True}] * 2}]
)
def test_a_project_needs_one_stage(project: dict[str, Any]) -> None:
    with pytest.raises(ProjectFileError, match=r"^p: "):
        project_from_bytes(json.dumps(project).encode(), where="p")


def test_a_missing_file_is_said_by_its_name() -> None:
    with pytest.raises(ProjectFileError, match=r"^nowhere\.sb3: "):
        read_project("nowhere.sb3")
