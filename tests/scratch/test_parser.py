"""The notation: what text means, and what is said of text that means nothing."""

from __future__ import annotations

import re

import pytest

from scratchgen.errors import SyntaxErrors
from scratchgen.scratch.parser import parse_project, parse_scripts
from scratchgen.scratch.program import (
    Block,
    Comment,
    Input,
    Parameter,
    Procedure,
    Project,
    Reference,
    Reporter,
    Script,
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


def faults(text: str) -> str:
    with pytest.raises(SyntaxErrors) as caught:
        parse_project(text, where="bird.txt")
    return str(caught.value)


def fault(line: str) -> str:
    """What is said of one line, without its place and picture."""
    report = faults(HEADER + line).splitlines()[0]
    return re.sub(r"^bird\.txt:\d+:\d+: ", "", report)


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


# -- sections and headers


def test_headers_say_what_a_project_holds() -> None:
    project = parse_project(
        """\
//! stage
//! variable [a v] = (1)
//! variable [b v] = [1]
//! variable [c v] = <true>
//! variable [☁ d v] cloud = (0)
//! variable [e v]
//! list [l v] = (1) [x]
//! + <false> (-2)
//! list [m v] =
//! broadcast [go v]
//! sprite [Cat]
//! state [x] = (-140)
//! state [visible] = [false]
//! state [currentCostume] = (1)
//! state [volume] = (50.5)
//! costume [cat] from [cat.svg] centre (48) (50) resolution (2)
//! sound [pop] from [pop.wav] rate (22050) samples (258) format [adpcm]
//! comment [free\\ntext] at (1) (2) minimized
//! variable [own v] = [x]
//! extension [pen]
//! meta [agent] = [me]
//! monitor [data_variable] param [VARIABLE] [a] mode [large] value (3) set [x] (7)
""",
        assets={"cat.svg": b"<svg/>", "pop.wav": b"RIFF"}.__getitem__,
    )
    stage, cat = project.sprites
    assert [variable.value for variable in stage.variables] == [1, "1", True, 0, 0]
    assert [variable.cloud for variable in stage.variables] == [False, False, False, True, False]
    assert stage.lists[0].items == (1, "x", False, -2)
    assert stage.lists[1].items == ()
    assert stage.broadcasts == ("go",)
    assert dict(cat.state) == {"x": -140, "visible": False}
    assert (cat.current_costume, cat.volume) == (1, 50.5)
    costume, sound = cat.costumes[0], cat.sounds[0]
    assert (costume.asset.data, costume.centre_x, costume.bitmap_resolution) == (b"<svg/>", 48, 2)
    assert costume.asset.digest == "56f6e8ba8d86e5bd91caa96e8e3d8ebd" or len(costume.asset.digest) == 32
    assert (sound.rate, sound.sample_count, sound.format) == (22050, 258, "adpcm")
    assert cat.comments == (Comment(text="free\ntext", x=1, y=2, minimized=True),)
    assert cat.variables[0].name == "own"
    assert (project.extensions, dict(project.meta)) == (("pen",), {"agent": "me"})
    assert project.monitors[0].params == {"VARIABLE": "a"}
    assert project.monitors[0].settings == {"x": 7}


def test_files_can_be_embedded() -> None:
    text = HEADER + "//! costume [cat] from [cat.svg]\n\n//! asset [cat.svg] =\n//! + [PHN2]\n//! + [Zy8+]\n"
    costume = parse_project(text).sprites[1].costumes[0]
    assert costume.asset.data == b"<svg/>"


def test_a_project_without_a_stage_gets_one() -> None:
    project = parse_project("//! sprite [Cat]\nshow")
    assert [sprite.name for sprite in project.sprites] == ["Stage", "Cat"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_way(end: str) -> None:
    project = parse_project("\ufeff" + (HEADER + "show\nhide").replace("\n", end))
    assert len(project.sprites[1].scripts[0].blocks) == 2


# -- faults


def test_one_run_reports_all_faults_in_order_with_a_caret() -> None:
    text = HEADER + "when flag clicked\nmvoe (10) steps\nsay [hello\n  set [rde v] to (1)\n"
    assert faults(text) == (
        "bird.txt:6:1: there is no block “mvoe () steps”; did you mean “move () steps”\n"
        "    mvoe (10) steps\n"
        "    ^\n"
        "bird.txt:7:5: this [ is never closed\n"
        "    say [hello\n"
        "        ^\n"
        "bird.txt:8:7: there is no variable “rde”; did you mean “red”\n"
        "      set [rde v] to (1)\n"
        "          ^"
    )


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("say (unknown)", "there is no variable, list or parameter “unknown”"),
        ("say (rde)", "did you mean “red”"),
        ("say hello", "there is no block “say hello”; did you mean “say []”"),
        ("wait until (5)", "a condition is needed here"),
        ("wait until <timer>", "“timer” is no condition; write (timer)"),
        ("set [gost v] effect to (1)", "the menu has no choice “gost”; did you mean “ghost”"),
        ("set [red] to (1)", "a menu is needed here; write [red v]"),
        ("say [red v]", "a menu does not fit here"),
        ("add (1) to [red v]", "“red” is not a list"),
        ("move (1)) steps", "this ) closes nothing"),
        ("say (join [a] [b]", "this ( is never closed"),
        ("say {a}", "{ has no meaning in Scratch 3"),
        ("end", "this end closes nothing"),
        ("else", "this else belongs to no if"),
        ("repeat (2)\nelse\nend", "“repeat (2)” of line 5 has no place for this else"),
        ("repeat (2)\nshow", "“repeat (2)” has no end"),
        (
            "show :: control_whlie",
            "no block of Scratch has the opcode control_whlie; did you mean control_while",
        ),
        ("show :: looks_hide", "looks_hide is not written so; write “hide :: looks_hide”"),
        ("show //! wrap", "there is no option “wrap”; did you mean “warp”"),
        ("show //! note 1 [x]", "this line has no block number 1"),
        ("define", "a custom block needs a name"),
        ("define jump ((1) + (2))", "a parameter is only a name"),
        ("repeat (2)\n(timer)\nend", "a reporter cannot stand in a mouth"),
        ("repeat (2)\nstop [all v]\nhide\nend", "nothing can hang under the block before"),
        ("//! varable [x v]", "there is no header “//! varable”; did you mean “//! variable”"),
        ("//! costume [c] from [c.svg]", "the text does not hold the file “c.svg”"),
        ("//! variable [x v] = x", "here should stand a value"),
        ("//! variable [x v] = (1) (2)", "this does not belong to the header"),
        ("//! list [l v] =\n//! list [l v] =", "the list “l” is declared twice"),
        ("//! stage", "the stage has a section already"),
        ("//! + (1)", "this goes on with nothing"),
        ("a S " + "((a S " * 51 + ":: a) :: stack)" * 51 + " :: a", "more than 50 deep"),
    ],
)
def test_what_is_wrong_is_said_in_words(line: str, message: str) -> None:
    assert message in fault(line)


def test_a_file_that_cannot_be_read_is_a_fault_of_its_line() -> None:
    def missing(name: str) -> bytes:
        raise FileNotFoundError(2, "No such file or directory", name)

    with pytest.raises(SyntaxErrors, match=r"“c.svg” cannot be read \(No such file"):
        parse_project(HEADER + "//! costume [c] from [c.svg]", assets=missing)


def test_a_script_before_the_first_section_belongs_to_nobody() -> None:
    assert "a script stands before the first sprite" in faults("show\n" + HEADER)


def test_sections_do_not_fit_into_a_fragment() -> None:
    with pytest.raises(SyntaxErrors, match="here are only scripts"):
        parse_scripts(HEADER)


def test_empty_texts() -> None:
    assert parse_scripts("") == ()
    assert len(parse_project("").sprites) == 1


def test_long_lines_are_cut_around_the_caret() -> None:
    report = faults(HEADER + "say [" + "x" * 500 + "] )").splitlines()
    assert len(report[1]) < 140
    assert report[1][report[2].index("^")] == ")"


def test_positions_and_comments_can_be_mixed_above_a_script() -> None:
    (script,) = parse_scripts("// why\n//! at (1) (2)\nshow")
    assert script == Script(blocks=(Block(opcode="looks_show", comment=Comment(text="why")),), x=1, y=2)


def test_no_nesting_is_too_deep() -> None:
    (script,) = parse_scripts("say " + "(round " * 5000 + "(1)" + ")" * 5000)
    depth, filled = 0, script.blocks[0].inputs["MESSAGE"]
    while isinstance(filled, Reporter):
        depth, filled = depth + 1, filled.block.inputs["NUM"]
    assert (depth, filled) == (5000, Shadow(opcode="math_number", value=1))


def test_a_project_is_a_value() -> None:
    assert isinstance(parse_project(HEADER), Project)
    assert parse_project(HEADER + "show") == parse_project(HEADER + "show")
