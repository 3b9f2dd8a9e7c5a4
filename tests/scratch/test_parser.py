"""The notation: what text means."""

from __future__ import annotations

import pytest

from scratchgen.scratch.parser import parse_project, parse_scripts
from scratchgen.scratch.program import (
    Block,
    Comment,
    Input,
    Parameter,
    Procedure,
    Reference,
    Reporter,
    Shadow,
    Stack,
)

HEADER = """\
//! stage
//! variable [red v] = (128)
//! list [names v] = [red] [green]
//! sprite [Cat]
"""


def block(line: str) -> Block:
    """The block of a line, in a sprite that has a variable ``red`` and a list ``names``."""
    ((first,),) = [script.blocks for script in parse_project(HEADER + line).sprites[1].scripts]
    return first


def slot(line: str) -> Input:
    (filled,) = block(line).inputs.values()
    return filled


def reporter(line: str) -> Block:
    filled = slot(line)
    assert isinstance(filled, Reporter)
    return filled.block


# -- values in slots


@pytest.mark.parametrize(
    ("line", "shadow"),
    [
        ("move (10) steps", Shadow(opcode="math_number", value=10)),
        ("move (-0.5) steps", Shadow(opcode="math_number", value=-0.5)),
        ("move (1e+21) steps", Shadow(opcode="math_number", value=1e21)),
        ("move (1.50) steps", Shadow(opcode="math_number", value="1.50")),
        ("move [10] steps", Shadow(opcode="math_number", value="10")),
        ("move () steps", Shadow(opcode="math_number", value="")),
        ("point in direction (90)", Shadow(opcode="math_angle", value=90)),
        ("wait (1) seconds", Shadow(opcode="math_positive_number", value=1)),
        ("say [10]", Shadow(opcode="text", value="10")),
        ("say (10)", Shadow(opcode="text", value=10)),
        ("say []", Shadow(opcode="text", value="")),
        ("say [#fff]", Shadow(opcode="text", value="#fff")),
        (r"say [a\]b\\c\nd \v]", Shadow(opcode="text", value="a]b\\c\nd v")),
        (r"say [\u{d83d}]", Shadow(opcode="text", value="\ud83d")),
        ("set pen color to [#0FBD8C]", Shadow(opcode="colour_picker", value="#0FBD8C")),
        ("set pen color to [#fa0]", Shadow(opcode="colour_picker", value="#ffaa00")),
        ("go to (mouse-pointer v)", Shadow(opcode="motion_goto_menu", value="_mouse_")),
        ("go to [Dog v]", Shadow(opcode="motion_goto_menu", value="Dog")),
        ("broadcast (go on v)", Shadow(opcode="event_broadcast_menu", value="go on")),
        (r"set instrument to (\(1\) Piano v)", Shadow(opcode="music_menu_INSTRUMENT", value="1")),
        ("set instrument to (1)", Shadow(opcode="music_menu_INSTRUMENT", value=1)),
        ("switch costume to (a  b v)", Shadow(opcode="looks_costume", value="a b")),
        (r"switch costume to (a\ \ b v)", Shadow(opcode="looks_costume", value="a  b")),
        ("switch costume to ( v)", Shadow(opcode="looks_costume", value="")),
        ("play note (60) for <> beats", Shadow(opcode="note", value=60)),
    ],
)
def test_a_value_becomes_the_shadow_of_its_slot(line: str, shadow: Shadow) -> None:
    assert slot(line) == shadow


def test_numbers_as_text_are_stored_as_the_editor_does() -> None:
    text = "//! numbers as text\nmove (10) steps\nsay (10)\nmove (10 :: number) steps"
    (script,) = parse_scripts(text)
    values = [shadow.value for each in script.blocks for shadow in each.inputs.values()]  # type: ignore[union-attr]
    assert values == ["10", 10, 10]
    assert [type(value) for value in values] == [str, int, int]


@pytest.mark.parametrize("line", ["say <>", "move <> steps", "wait until <>", "go to <>"])
def test_pointed_brackets_with_nothing_are_an_empty_slot(line: str) -> None:
    assert block(line).inputs == {}


def test_a_reporter_covers_what_the_palette_shows() -> None:
    assert slot("move (timer) steps") == Reporter(
        block=Block(opcode="sensing_timer"), shadow=Shadow(opcode="math_number", value="10")
    )
    assert slot("wait until <mouse down?>") == Reporter(block=Block(opcode="sensing_mousedown"))


def test_an_option_says_what_else_is_covered() -> None:
    assert slot("move (timer) steps //! under 1 (25)") == Reporter(
        block=Block(opcode="sensing_timer"), shadow=Shadow(opcode="math_number", value=25)
    )
    assert slot("move (timer) steps //! under 1 nothing") == Reporter(block=Block(opcode="sensing_timer"))
    assert slot("move (timer) steps //! under 1 (TEXT = [x] :: text shadow)") == Reporter(
        block=Block(opcode="sensing_timer"), shadow=Shadow(opcode="text", value="x")
    )


# -- which block a label means


@pytest.mark.parametrize(
    ("line", "opcode"),
    [
        ("say ([floor v] of (2.5))", "operator_mathop"),
        ("say ([volume v] of (Stage v))", "sensing_of"),
        ("say ([abs v] of (Cat v))", "sensing_of"),
        ("say (length of [abc])", "operator_length"),
        ("say (length of (red))", "operator_length"),
        ("say (length of [names v])", "data_lengthoflist"),
        ("say <[abc] contains [a]?>", "operator_contains"),
        ("say <[names v] contains [a]?>", "data_listcontainsitem"),
        ("say (item (1) of [names v])", "data_itemoflist"),
        ("say (letter (1) of [names])", "operator_letter_of"),
        ("say (timer)", "sensing_timer"),
        ("say (Timer)", "sensing_timer"),
        ("say (red)", "data_variable"),
        ("say (names)", "data_listcontents"),
        ("say (timer :: variables)", "data_variable"),
        ("say (red :: list)", "data_listcontents"),
        ("say ((1) + (2))", "operator_add"),
        ("say <(1) < (2)>", "operator_lt"),
        ("say <(1) > (2)>", "operator_gt"),
        ("say <(1) = [a]>", "operator_equals"),
        ("say <<> and <>>", "operator_and"),
    ],
)
def test_reporters(line: str, opcode: str) -> None:
    assert reporter(line).opcode == opcode


@pytest.mark.parametrize(
    ("line", "opcode"),
    [
        ("set [ghost v] effect to (50)", "looks_seteffectto"),
        ("set [pitch v] effect to (50)", "sound_seteffectto"),
        ("change [pan left/right v] effect by (50)", "sound_changeeffectby"),
        ("set [red v] to (1)", "data_setvariableto"),
        ("set x to (1)", "motion_setx"),
        ("SET X TO (1)", "motion_setx"),
        ("go to x: (1) y: (2)", "motion_gotoxy"),
        ("go to x:(1) y:(2)", "motion_gotoxy"),
        ("turn cw (15) degrees", "motion_turnright"),
        ("turn @turnLeft (15) degrees", "motion_turnleft"),
        ("turn ↺ (15) degrees", "motion_turnleft"),
        ("when green flag clicked", "event_whenflagclicked"),
        ("when ⚑ clicked", "event_whenflagclicked"),
        ("wait (1) secs", "control_wait"),
        ("set pen color to [#ff0000]", "pen_setPenColorToColor"),
        ("set pen color to (red)", "pen_setPenColorToColor"),
        ("set pen color to (50)", "pen_setPenHueToNumber"),
        ("set pen (color v) to (50)", "pen_setPenColorParamTo"),
        ("play drum (1) for (0.25) beats", "music_playDrumForBeats"),
        ("play drum (1) for (0.25) beats :: music_midiPlayDrumForBeats", "music_midiPlayDrumForBeats"),
        ("when tilted (any v) :: wedo2_whenTilted", "wedo2_whenTilted"),
        ("when [timer v] > (10)", "event_whengreaterthan"),
        (r"when distance \< (5)", "ev3_whenDistanceLessThan"),
        ("set size to (100)%", "looks_setsizeto"),
        ("increment counter :: control_incr_counter", "control_incr_counter"),
        ("increment counter", "control_incr_counter"),
        ("say [hi] :: looks", "looks_say"),
        ("say [hi] :: looks_say #ff0000", "looks_say"),
        ("hide :: looks", "looks_hide"),
    ],
)
def test_blocks(line: str, opcode: str) -> None:
    assert block(line).opcode == opcode


def test_menus_of_the_block_itself() -> None:
    assert block("set [color v] effect to (0)").fields == {"EFFECT": "COLOR"}
    assert block("when I receive [go v]").fields == {"BROADCAST_OPTION": "go"}
    assert block("show variable [red v]").fields == {"VARIABLE": Reference(name="red")}
    assert reporter("say (red :: variables stage)").fields == {
        "VARIABLE": Reference(name="red", scope="stage")
    }


# -- scripts


def test_mouths_nest_and_may_be_left_empty() -> None:
    text = "repeat (2)\n  all at once\n  end\n\n  hide\nend\nshow"
    (script,) = parse_scripts(text)
    repeat, show = script.blocks
    assert show == Block(opcode="looks_show")
    assert repeat.inputs["SUBSTACK"] == Stack(
        blocks=(Block(opcode="control_all_at_once"), Block(opcode="looks_hide"))
    )


def test_else_makes_another_block_of_if() -> None:
    (script,) = parse_scripts("if <> then\nshow\nelse\nhide\nend\nif <> then\nelse\nend\nif <> then\nend")
    assert [each.opcode for each in script.blocks] == ["control_if_else", "control_if_else", "control_if"]
    assert script.blocks[0].inputs == {
        "SUBSTACK": Stack(blocks=(Block(opcode="looks_show"),)),
        "SUBSTACK2": Stack(blocks=(Block(opcode="looks_hide"),)),
    }


def test_where_scripts_end() -> None:
    text = "show\n\nhide\nwhen flag clicked\nshow\n\n(timer)\n(answer)\nstop [all v]\nhide"
    opcodes = [[each.opcode for each in script.blocks] for script in parse_scripts(text)]
    assert opcodes == [
        ["looks_show"],
        ["looks_hide"],
        ["event_whenflagclicked", "looks_show"],
        ["sensing_timer"],
        ["sensing_answer"],
        ["control_stop"],
        ["looks_hide"],
    ]


def test_what_hangs_where_nothing_can() -> None:
    (script,) = parse_scripts("stop [all v]\n(timer) //! hangs\nwhen flag clicked //! hangs")
    assert len(script.blocks) == 3


def test_places() -> None:
    scripts = parse_scripts("//! at (10) (-20.5)\nshow\n\nhide")
    assert [(script.x, script.y) for script in scripts] == [(10, -20.5), (None, None)]


# -- comments


def test_comments_belong_to_blocks() -> None:
    text = "// above\n//   and more\nwhen flag clicked // behind\nrepeat (2) // loop\n  show // inside\nend\n"
    (script,) = parse_scripts(text)
    assert script.blocks[0].comment == Comment(text="above\nand more\nbehind")
    repeat = script.blocks[1]
    assert repeat.comment == Comment(text="loop")
    assert repeat.inputs["SUBSTACK"] == Stack(
        blocks=(Block(opcode="looks_show", comment=Comment(text="inside")),)
    )


def test_comments_with_nothing_below_are_free() -> None:
    project = parse_project(HEADER + "// one\n// two\n\nshow\n// three")
    assert project.sprites[1].comments == (Comment(text="one\ntwo"), Comment(text="three"))
    assert project.sprites[1].scripts[0].blocks[0].comment is None


def test_what_stands_before_the_first_section_is_for_the_reader() -> None:
    assert parse_project("// A project of mine.\n\n" + HEADER).stage.comments == ()


def test_a_comment_can_say_where_it_lies() -> None:
    line = r"show // a\nb //! comment at (1) (2) size (3) (4) minimized"
    assert block(line).comment == Comment(text="a\nb", x=1, y=2, width=3, height=4, minimized=True)


def test_a_reporters_comment_is_found_by_its_number() -> None:
    filled = slot("say (join (red) (timer)) //! note 3 [time] at (5) (6)")
    assert isinstance(filled, Reporter)
    inner = filled.block.inputs["STRING2"]
    assert isinstance(inner, Reporter)
    assert inner.block.comment == Comment(text="time", x=5, y=6)


def test_two_slashes_in_brackets_are_text() -> None:
    assert slot("say [http://a.b]") == Shadow(opcode="text", value="http://a.b")
    assert parse_scripts("show // see http://a.b")[0].blocks[0].comment == Comment(text="see http://a.b")


# -- custom blocks


def test_a_definition_and_its_calls() -> None:
    text = """\
jump (10) if <mouse down?>

define jump (height) if <wanted> //! warp
if <wanted> then
  change y by (height)
end

say (height :: variables)
"""
    call, definition, other = parse_scripts(text)
    assert call.blocks[0].call == "jump %s if %b"
    assert call.blocks[0].inputs["0"] == Shadow(opcode="text", value=10)
    parameters = (Parameter(name="height"), Parameter(name="wanted", kind="boolean"))
    assert definition.blocks[0].procedure == Procedure(code="jump %s if %b", parameters=parameters, warp=True)
    condition = definition.blocks[1].inputs["CONDITION"]
    assert condition == Reporter(block=Block(opcode="argument_reporter_boolean", fields={"VALUE": "wanted"}))
    assert "data_variable" in repr(other)


def test_a_definition_may_be_called_before_it_and_without_arguments() -> None:
    call, _ = parse_scripts("jump\n\ndefine jump\nshow")
    assert call.blocks[0] == Block(opcode="procedures_call", call="jump")


def test_a_parameter_hides_a_block_of_its_name() -> None:
    inside, outside = parse_scripts("define tell (timer)\nsay (timer)\n\nsay (timer)")
    assert "argument_reporter_string_number" in repr(inside)
    assert "sensing_timer" in repr(outside)


def test_scratchs_own_block_comes_before_a_custom_one() -> None:
    scripts = parse_scripts("define show\n\nshow\n\nshow :: custom")
    assert [script.blocks[0].opcode for script in scripts[1:]] == ["looks_show", "procedures_call"]


def test_the_code_of_a_custom_block_can_be_told() -> None:
    (script,) = parse_scripts("define jump (a) <b> //! code [jump  %n %b] defaults [1] [true]")
    assert script.blocks[0].procedure == Procedure(
        code="jump  %n %b",
        parameters=(Parameter(name="a", default="1"), Parameter(name="b", kind="boolean", default="true")),
    )


# -- the explicit form


def test_any_block_can_be_written_by_its_opcode() -> None:
    text = (
        "my_ext_loop TIMES (timer) WHAT (what = [x] :: my_menu shadow) MODE = [fast v]"
        " VAR = (red :: variables)"
        ' BODY ... :: my_ext_loop //! mutation 0 [{"a": [1\\]}]\n  show\nend'
    )
    (script,) = parse_scripts(text)
    assert script.blocks == (
        Block(
            opcode="my_ext_loop",
            fields={"MODE": "fast", "VAR": Reference(name="red")},
            inputs={
                "TIMES": Reporter(block=Block(opcode="sensing_timer")),
                "WHAT": Shadow(opcode="my_menu", field="what", value="x"),
                "BODY": Stack(blocks=(Block(opcode="looks_show"),)),
            },
            mutation={"a": [1]},
        ),
    )


def test_the_explicit_form_takes_values_as_they_are_stored() -> None:
    text = (
        "looks_seteffectto EFFECT = [color v] VALUE (NUM = (25) :: math_number shadow) :: looks_seteffectto"
    )
    assert block(text).fields == {"EFFECT": "color"}
    assert block(text).inputs == {"VALUE": Shadow(opcode="math_number", value=25)}


def test_a_key_is_the_keyboards_unless_an_extension_is_named() -> None:
    hats = {
        "when [space v] key pressed": "event_whenkeypressed",
        "when [any v] key pressed": "event_whenkeypressed",
        "when (space v) key pressed :: makeymakey_whenMakeyKeyPressed": "makeymakey_whenMakeyKeyPressed",
    }
    for line, opcode in hats.items():
        project = parse_project(f"//! stage\n//! sprite [Cat]\n{line}\nhide\n")
        assert project.sprites[1].scripts[0].blocks[0].opcode == opcode
