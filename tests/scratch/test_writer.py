"""What stands in the file; that the reader reads it back is a property in test_round_trip."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import Any

import pytest

from scratchgen.errors import ProgramError
from scratchgen.scratch.program import (
    Asset,
    Block,
    Comment,
    Costume,
    Input,
    ListVariable,
    Monitor,
    Parameter,
    Procedure,
    Project,
    Reference,
    Reporter,
    Script,
    Shadow,
    Sprite,
    Stack,
    Value,
    Variable,
)
from scratchgen.scratch.writer import project_to_bytes, project_to_json

RED = Reporter(
    block=Block(opcode="data_variable", fields={"VARIABLE": Reference(name="red")}),
    shadow=Shadow(opcode="math_number", value="10"),
)


def project(*scripts: Script, **stage: Any) -> Project:
    variables = stage.pop("variables", (Variable(name="red", value=128),))
    return Project(
        sprites=(
            Sprite(name="Stage", is_stage=True, variables=variables, **stage),
            Sprite(name="Cat", scripts=scripts),
        )
    )


def content(program: Project) -> dict[str, Any]:
    """What a reader of the file finds: through bytes, not through our objects."""
    with zipfile.ZipFile(io.BytesIO(project_to_bytes(program))) as archive:
        loaded: dict[str, Any] = json.loads(archive.read("project.json"))
    return loaded


def blocks(*chain: Block) -> dict[str, Any]:
    written: dict[str, Any] = content(project(Script(blocks=chain)))["targets"][1]["blocks"]
    return written


def slot(opcode: str, name: str, filled: Input) -> Any:
    return next(iter(blocks(Block(opcode=opcode, inputs={name: filled})).values()))["inputs"].get(name)


def test_blocks_of_a_script_point_at_each_other() -> None:
    written = blocks(Block(opcode="event_whenflagclicked"), Block(opcode="looks_show"))
    (hat, first), (show, second) = written.items()
    assert (first["next"], first["parent"], first["topLevel"]) == (show, None, True)
    assert (second["next"], second["parent"], second["topLevel"]) == (None, hat, False)


def test_scripts_stand_in_the_order_in_which_they_run() -> None:
    scripts = [Script(blocks=(Block(opcode=opcode),)) for opcode in ("looks_show", "looks_hide")]
    written = content(project(*scripts))["targets"][1]["blocks"]
    assert [block["opcode"] for block in written.values()] == ["looks_show", "looks_hide"]


@pytest.mark.parametrize(
    ("shadow", "expected"),
    [
        (Shadow(opcode="math_number", value="10"), [1, [4, "10"]]),
        (Shadow(opcode="math_positive_number", value=1), [1, [5, 1]]),
        (Shadow(opcode="math_whole_number", value=2.0), [1, [6, 2]]),
        (Shadow(opcode="math_integer", value=""), [1, [7, ""]]),
        (Shadow(opcode="math_angle", value=0.1), [1, [8, 0.1]]),
        (Shadow(opcode="colour_picker", value="#0fbd8c"), [1, [9, "#0fbd8c"]]),
        (Shadow(opcode="text", value="hello"), [1, [10, "hello"]]),
        (Shadow(opcode="event_broadcast_menu", value="go"), [1, [11, "go", "b-1"]]),
    ],
)
def test_values_have_the_official_short_forms(shadow: Shadow, expected: list[Any]) -> None:
    assert slot("motion_movesteps", "STEPS", shadow) == expected


@pytest.mark.parametrize(
    ("opcode", "value"), [("colour_picker", "red"), ("colour_picker", 255), ("math_number", True)]
)
def test_a_value_that_the_schema_refuses_in_short_form_becomes_a_block(opcode: str, value: Value) -> None:
    written = blocks(Block(opcode="looks_say", inputs={"MESSAGE": Shadow(opcode=opcode, value=value)}))
    (say, shadow) = written.values()
    assert shadow["opcode"] == opcode
    assert shadow["shadow"] is True
    assert next(iter(shadow["fields"].values()))[0] == value
    assert say["inputs"]["MESSAGE"] == [1, list(written)[1]]


def test_a_reporter_covers_its_shadow() -> None:
    assert slot("motion_movesteps", "STEPS", RED) == [3, [12, "red", "v-1"], [4, "10"]]


def test_a_condition_covers_nothing() -> None:
    written = blocks(
        Block(
            opcode="control_wait_until",
            inputs={"CONDITION": Reporter(block=Block(opcode="sensing_mousedown"))},
        )
    )
    first, second = written
    assert written[first]["inputs"] == {"CONDITION": [2, second]}
    assert written[second]["parent"] == first


def test_a_mouth_without_blocks_is_left_out() -> None:
    assert slot("control_forever", "SUBSTACK", Stack(blocks=())) is None


def test_a_menu_is_a_shadow_block_of_its_own() -> None:
    first, second = blocks(
        Block(opcode="motion_goto", inputs={"TO": Shadow(opcode="motion_goto_menu", value="_mouse_")})
    ).values()
    assert first["opcode"] == "motion_goto"
    assert second["fields"] == {"TO": ["_mouse_", None]}


def test_a_variable_alone_on_the_page_is_short_and_placed() -> None:
    script = Script(blocks=(RED.block,), x=3, y=4.0)
    assert list(content(project(script))["targets"][1]["blocks"].values()) == [[12, "red", "v-1", 3, 4]]


@pytest.mark.parametrize(
    ("option", "goes_on"), [("all", "false"), ("other scripts in sprite", "true"), ("this script", "false")]
)
def test_stop_says_whether_blocks_may_follow(option: str, goes_on: str) -> None:
    (stop,) = blocks(Block(opcode="control_stop", fields={"STOP_OPTION": option})).values()
    assert stop["mutation"] == {"tagName": "mutation", "children": [], "hasnext": goes_on}


def test_a_custom_block_and_its_call_share_argument_ids() -> None:
    code = "turn %s if %b"
    parameters = (Parameter(name="angle"), Parameter(name="wanted", kind="boolean"))
    procedure = Procedure(code=code, parameters=parameters, warp=True)
    written = content(
        project(
            Script(
                blocks=(
                    Block(
                        opcode="procedures_call",
                        call=code,
                        inputs={"0": Shadow(opcode="text", value="90")},
                    ),
                )
            ),
            Script(blocks=(Block(opcode="procedures_definition", procedure=procedure),)),
        )
    )["targets"][1]["blocks"]
    by_opcode = {block["opcode"]: block for block in written.values()}
    call, prototype = by_opcode["procedures_call"], by_opcode["procedures_prototype"]
    assert call["inputs"] == {"a-1": [1, [10, "90"]]}
    assert json.loads(call["mutation"]["argumentids"]) == ["a-1", "a-2"]
    assert json.loads(prototype["mutation"]["argumentids"]) == ["a-1", "a-2"]
    assert json.loads(prototype["mutation"]["argumentdefaults"]) == ["", "false"]
    assert prototype["mutation"]["warp"] == "true"
    assert prototype["shadow"] is True
    reporters = [written[filled[1]] for filled in prototype["inputs"].values()]
    assert [reporter["fields"]["VALUE"][0] for reporter in reporters] == ["angle", "wanted"]
    assert [reporter["opcode"] for reporter in reporters] == [
        "argument_reporter_string_number",
        "argument_reporter_boolean",
    ]


def test_a_sprites_own_variable_hides_the_stages() -> None:
    own = Block(opcode="data_showvariable", fields={"VARIABLE": Reference(name="red")})
    stages = Block(opcode="data_showvariable", fields={"VARIABLE": Reference(name="red", scope="stage")})
    cat = Sprite(name="Cat", variables=(Variable(name="red"),), scripts=(Script(blocks=(own, stages)),))
    program = Project(sprites=(*project().sprites[:1], cat))
    written = content(program)["targets"][1]
    first, second = written["blocks"].values()
    assert first["fields"]["VARIABLE"] == ["red", *written["variables"]]
    assert second["fields"]["VARIABLE"] == ["red", "v-1"]


def test_a_broadcast_that_is_used_is_declared_on_the_stage() -> None:
    hat = Block(opcode="event_whenbroadcastreceived", fields={"BROADCAST_OPTION": "go"})
    written = content(project(Script(blocks=(hat,)), broadcasts=("stop",)))["targets"]
    assert written[0]["broadcasts"] == {"b-1": "stop", "b-2": "go"}
    (block,) = written[1]["blocks"].values()
    assert block["fields"]["BROADCAST_OPTION"] == ["go", "b-2"]


def test_extensions_that_are_used_are_listed() -> None:
    script = Script(blocks=(Block(opcode="pen_clear"), Block(opcode="music_getTempo")))
    assert content(project(script))["extensions"] == ["pen", "music"]


def test_comments_free_and_attached() -> None:
    block = Block(opcode="looks_show", comment=Comment(text="why", x=1.0, y=2, minimized=True))
    cat = Sprite(name="Cat", scripts=(Script(blocks=(block,)),), comments=(Comment(text="free"),))
    written = content(Project(sprites=(project().stage, cat)))["targets"][1]
    (block_id,) = written["blocks"]
    attached, free = written["comments"].values()
    assert attached["blockId"] == block_id
    assert (attached["x"], attached["minimized"]) == (1, True)
    assert free["blockId"] is None
    assert written["blocks"][block_id]["comment"] == next(iter(written["comments"]))


def test_an_asset_is_named_by_its_md5_and_stored_once() -> None:
    data = b"<svg/>"
    digest = hashlib.md5(data, usedforsecurity=False).hexdigest()
    costumes = tuple(Costume(name=name, asset=Asset(extension="svg", data=data)) for name in "ab")
    with zipfile.ZipFile(io.BytesIO(project_to_bytes(project(costumes=costumes)))) as archive:
        assert archive.read(f"{digest}.svg") == data
        assert len([name for name in archive.namelist() if name.startswith(digest)]) == 1
        written = json.loads(archive.read("project.json"))["targets"][0]["costumes"]
    assert [costume["md5ext"] for costume in written] == [f"{digest}.svg"] * 2


def test_a_sprite_without_costumes_gets_an_empty_one() -> None:
    assert [target["costumes"][0]["name"] for target in content(project())["targets"]] == [
        "backdrop1",
        "costume1",
    ]


def test_monitors_are_found_by_the_id_of_what_they_show() -> None:
    monitors = (
        Monitor(opcode="data_variable", params={"VARIABLE": "red"}, settings={"x": 7}),
        Monitor(opcode="data_listcontents", params={"LIST": "log"}, mode="list", value=[]),
        Monitor(opcode="sensing_current", params={"CURRENTMENU": "YEAR"}),
        Monitor(opcode="motion_xposition", sprite="Cat"),
    )
    stage = Sprite(
        name="Stage",
        is_stage=True,
        variables=(Variable(name="red"),),
        lists=(ListVariable(name="log"),),
    )
    written = content(Project(sprites=(stage,), monitors=monitors))["monitors"]
    assert [monitor["id"] for monitor in written] == ["v-1", "l-1", "current_year", "monitor-4"]
    assert (written[0]["x"], written[0]["y"], written[0]["sliderMax"]) == (7, 5, 100)
    assert "sliderMax" not in written[1]


def test_half_a_surrogate_pair_survives() -> None:
    written = content(project(variables=(Variable(name="half", value="\ud83d"),)))
    assert written["targets"][0]["variables"] == {"v-1": ["half", "\ud83d"]}


def test_json_has_no_spaces_and_numbers_are_short() -> None:
    values = (Variable(name="a", value=0.1), Variable(name="b", value=3.0))
    with zipfile.ZipFile(io.BytesIO(project_to_bytes(project(variables=values)))) as archive:
        text = archive.read("project.json").decode()
    assert '"variables":{"v-1":["a",0.1],"v-2":["b",3]}' in text


def test_nesting_has_no_limit() -> None:
    block = Block(opcode="operator_random")
    for _ in range(5000):
        block = Block(opcode="operator_round", inputs={"NUM": Reporter(block=block)})
    # written as a tree: the file itself is flat
    assert len(project_to_json(project(Script(blocks=(block,))))[0]["targets"][1]["blocks"]) == 5001


def test_the_same_program_gives_the_same_bytes() -> None:
    program = project(Script(blocks=(Block(opcode="looks_show"),)))
    assert project_to_bytes(program) == project_to_bytes(program)


@pytest.mark.parametrize(
    ("program", "message"),
    [
        (Project(sprites=()), "no stage"),
        (
            project(
                Script(blocks=(Block(opcode="data_showvariable", fields={"VARIABLE": Reference(name="x")}),))
            ),
            "sprite “Cat”: the variable “x” is used but not declared; declare it",
        ),
        (project(variables=(Variable(name="x"), Variable(name="x"))), "the stage: .*“x” is declared 2 times"),
        (project(variables=(Variable(name="x", value=float("nan")),)), "nan cannot be stored"),
        (
            project(
                Script(
                    blocks=(Block(opcode="procedures_definition", procedure=Procedure(code="jump %s")),)
                )
            ),
            "“jump %s” has 0 parameters",
        ),
        (
            project(
                Script(blocks=(Block(opcode="procedures_call", call="jump", inputs={"3": RED}),))
            ),
            "argument 4 and has 0",
        ),
        (
            project(
                Script(
                    blocks=(Block(opcode="x_y", inputs={"A": Shadow(opcode="x_menu_z", value="1")}),)
                )
            ),
            "x_menu_z is not in the catalogue",
        ),
        (
            Project(
                sprites=(project().stage,),
                monitors=(Monitor(opcode="data_variable", params={"VARIABLE": "gone"}),),
            ),
            "a monitor shows the variable “gone”",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_named(program: Project, message: str) -> None:
    with pytest.raises(ProgramError, match=message):
        project_to_bytes(program)
