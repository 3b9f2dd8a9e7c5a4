"""The core palette: motion, looks, sound, events, control, sensing, operators, data, custom blocks.

Checked against the block functions of the official engine; labels are those of scratchblocks 3 in English.
"""

from __future__ import annotations

from scratchgen.scratch.catalogue.block_types import (
    BROADCAST,
    LIST,
    VARIABLE,
    BlockType,
    FieldType,
    block,
    choice,
    condition,
    menu,
    number,
    text,
    value,
)
from scratchgen.scratch.catalogue.shadows import KEYS

__all__ = ["ROWS"]

GRAPHIC_EFFECT = choice(
    "EFFECT", menu({w: w.upper() for w in "color fisheye whirl pixelate mosaic brightness ghost".split()})
)
SOUND_EFFECT = choice("EFFECT", menu({"pitch": "PITCH", "pan left/right": "PAN"}))
NUMBER_OR_NAME = choice("NUMBER_NAME", menu("number, name"))
STOP = choice("STOP_OPTION", menu("all, this script, other scripts in sprite, other scripts in stage"))
CURRENT = choice(
    "CURRENTMENU",
    menu({w: w.upper() for w in "year month date hour minute second".split()} | {"day of week": "DAYOFWEEK"}),
)
PROPERTY = choice(
    "PROPERTY",
    menu(
        "x position, y position, direction, costume #, costume name, size, volume, backdrop #, backdrop name",
        is_open=True,
    ),
)
FUNCTION = choice(
    "OPERATOR", menu("abs, floor, ceiling, sqrt, sin, cos, tan, asin, acos, atan, ln, log, e ^, 10 ^")
)
BACKDROP = choice("BACKDROP", menu("", is_open=True))
ROTATION_STYLE = choice("STYLE", menu("left-right, don't rotate, all around"))
DRAG_MODE = choice("DRAG_MODE", menu("draggable, not draggable"))
SENSOR = choice("WHENGREATERTHANMENU", menu({"loudness": "LOUDNESS", "timer": "TIMER"}))
PARAMETER = FieldType(name="VALUE", kind="menu", menu=menu("", is_open=True))

MOTION = (
    block("stack", "motion_movesteps", "move %1 steps", number("STEPS", "10")),
    block("stack", "motion_turnright", "turn @turnRight %1 degrees", number("DEGREES", "15")),
    block("stack", "motion_turnleft", "turn @turnLeft %1 degrees", number("DEGREES", "15")),
    block("stack", "motion_goto", "go to %1", value("motion_goto_menu", "TO", "_random_")),
    block("stack", "motion_gotoxy", "go to x: %1 y: %2", number("X", "0"), number("Y", "0")),
    block(
        "stack", "motion_glideto", "glide %1 secs to %2",
        number("SECS", "1"), value("motion_glideto_menu", "TO", "_random_"),
    ),
    block(
        "stack", "motion_glidesecstoxy", "glide %1 secs to x: %2 y: %3",
        number("SECS", "1"), number("X", "0"), number("Y", "0"),
    ),
    block(
        "stack", "motion_pointindirection", "point in direction %1",
        value("math_angle", "DIRECTION", "90"),
    ),
    block(
        "stack", "motion_pointtowards", "point towards %1",
        value("motion_pointtowards_menu", "TOWARDS", "_mouse_"),
    ),
    block("stack", "motion_changexby", "change x by %1", number("DX", "10")),
    block("stack", "motion_setx", "set x to %1", number("X", "0")),
    block("stack", "motion_changeyby", "change y by %1", number("DY", "10")),
    block("stack", "motion_sety", "set y to %1", number("Y", "0")),
    block("stack", "motion_ifonedgebounce", "if on edge, bounce"),
    block("stack", "motion_setrotationstyle", "set rotation style %1", ROTATION_STYLE),
    block("reporter", "motion_xposition", "x position"),
    block("reporter", "motion_yposition", "y position"),
    block("reporter", "motion_direction", "direction"),
    block("stack", "motion_scroll_right", "scroll right %1", number("DISTANCE", "10"), forum=False),
    block("stack", "motion_scroll_up", "scroll up %1", number("DISTANCE", "10"), forum=False),
    block(
        "stack", "motion_align_scene", "align scene %1",
        choice("ALIGNMENT", menu("bottom-left, bottom-right, middle, top-left, top-right")),
        forum=False,
    ),
    block("reporter", "motion_xscroll", "x scroll", forum=False),
    block("reporter", "motion_yscroll", "y scroll", forum=False),
)  # fmt: skip

LOOKS = (
    block(
        "stack", "looks_sayforsecs", "say %1 for %2 seconds",
        text("MESSAGE", "Hello!"), number("SECS", "2"),
    ),
    block("stack", "looks_say", "say %1", text("MESSAGE", "Hello!")),
    block(
        "stack", "looks_thinkforsecs", "think %1 for %2 seconds",
        text("MESSAGE", "Hmm..."), number("SECS", "2"),
    ),
    block("stack", "looks_think", "think %1", text("MESSAGE", "Hmm...")),
    block(
        "stack", "looks_switchcostumeto", "switch costume to %1",
        value("looks_costume", "COSTUME", "costume1"),
    ),
    block("stack", "looks_nextcostume", "next costume"),
    block(
        "stack", "looks_switchbackdropto", "switch backdrop to %1",
        value("looks_backdrops", "BACKDROP", "backdrop1"),
    ),
    block(
        "stack", "looks_switchbackdroptoandwait", "switch backdrop to %1 and wait",
        value("looks_backdrops", "BACKDROP", "backdrop1"),
    ),
    block("stack", "looks_nextbackdrop", "next backdrop"),
    block("stack", "looks_changesizeby", "change size by %1", number("CHANGE", "10")),
    block("stack", "looks_setsizeto", "set size to %1%", number("SIZE", "100")),
    block("stack", "looks_changeeffectby", "change %1 effect by %2", GRAPHIC_EFFECT, number("CHANGE", "25")),
    block("stack", "looks_seteffectto", "set %1 effect to %2", GRAPHIC_EFFECT, number("VALUE", "0")),
    block("stack", "looks_cleargraphiceffects", "clear graphic effects"),
    block("stack", "looks_show", "show"),
    block("stack", "looks_hide", "hide"),
    block("stack", "looks_gotofrontback", "go to %1 layer", choice("FRONT_BACK", menu("front, back"))),
    block(
        "stack", "looks_goforwardbackwardlayers", "go %1 %2 layers",
        choice("FORWARD_BACKWARD", menu("forward, backward")), value("math_integer", "NUM", "1"),
    ),
    block("reporter", "looks_costumenumbername", "costume %1", NUMBER_OR_NAME),
    block("reporter", "looks_backdropnumbername", "backdrop %1", NUMBER_OR_NAME),
    block("reporter", "looks_size", "size"),
    block("stack", "looks_hideallsprites", "hide all sprites", forum=False),
    block("stack", "looks_changestretchby", "change stretch by %1", number("CHANGE", "10"), forum=False),
    block("stack", "looks_setstretchto", "set stretch to %1%", number("STRETCH", "100"), forum=False),
)  # fmt: skip

SOUND = (
    block(
        "stack",
        "sound_playuntildone",
        "play sound %1 until done",
        value("sound_sounds_menu", "SOUND_MENU", "pop"),
    ),
    block("stack", "sound_play", "start sound %1", value("sound_sounds_menu", "SOUND_MENU", "pop")),
    block("stack", "sound_stopallsounds", "stop all sounds"),
    block("stack", "sound_changeeffectby", "change %1 effect by %2", SOUND_EFFECT, number("VALUE", "10")),
    block("stack", "sound_seteffectto", "set %1 effect to %2", SOUND_EFFECT, number("VALUE", "100")),
    block("stack", "sound_cleareffects", "clear sound effects"),
    block("stack", "sound_changevolumeby", "change volume by %1", number("VOLUME", "-10")),
    block("stack", "sound_setvolumeto", "set volume to %1%", number("VOLUME", "100")),
    block("reporter", "sound_volume", "volume"),
)

EVENTS = (
    block("hat", "event_whenflagclicked", "when @greenFlag clicked"),
    block("hat", "event_whenkeypressed", "when %1 key pressed", choice("KEY_OPTION", KEYS)),
    block("hat", "event_whenthisspriteclicked", "when this sprite clicked"),
    block("hat", "event_whenstageclicked", "when stage clicked"),
    block("hat", "event_whenbackdropswitchesto", "when backdrop switches to %1", BACKDROP),
    block("hat", "event_whengreaterthan", "when %1 > %2", SENSOR, number("VALUE", "10")),
    block("hat", "event_whenbroadcastreceived", "when I receive %1", BROADCAST),
    block(
        "stack", "event_broadcast", "broadcast %1",
        value("event_broadcast_menu", "BROADCAST_INPUT", "message1"),
    ),
    block(
        "stack", "event_broadcastandwait", "broadcast %1 and wait",
        value("event_broadcast_menu", "BROADCAST_INPUT", "message1"),
    ),
    block(
        "hat", "event_whentouchingobject", "when this sprite touches %1",
        value("event_touchingobjectmenu", "TOUCHINGOBJECTMENU", "_mouse_"), forum=False,
    ),
)  # fmt: skip

CONTROL = (
    block("stack", "control_wait", "wait %1 seconds", value("math_positive_number", "DURATION", "1")),
    block("c", "control_repeat", "repeat %1", value("math_whole_number", "TIMES", "10")),
    block("c cap", "control_forever", "forever"),
    block("c", "control_if", "if %1 then", condition("CONDITION")),
    block("e", "control_if_else", "if %1 then", condition("CONDITION")),
    block("stack", "control_wait_until", "wait until %1", condition("CONDITION")),
    block("c", "control_repeat_until", "repeat until %1", condition("CONDITION")),
    block("cap", "control_stop", "stop %1", STOP),
    block("hat", "control_start_as_clone", "when I start as a clone"),
    block(
        "stack", "control_create_clone_of", "create clone of %1",
        value("control_create_clone_of_menu", "CLONE_OPTION", "_myself_"),
    ),
    block("cap", "control_delete_this_clone", "delete this clone"),
    block("c", "control_while", "while %1", condition("CONDITION"), forum=False),
    block(
        "c", "control_for_each", "for each %1 in %2",
        VARIABLE, value("math_whole_number", "VALUE", "10"), forum=False,
    ),
    block("c", "control_all_at_once", "all at once", forum=False),
    block("reporter", "control_get_counter", "counter", forum=False),
    block("stack", "control_incr_counter", "increment counter", forum=False),
    block("stack", "control_clear_counter", "clear counter", forum=False),
)  # fmt: skip

SENSING = (
    block(
        "boolean", "sensing_touchingobject", "touching %1?",
        value("sensing_touchingobjectmenu", "TOUCHINGOBJECTMENU", "_mouse_"),
    ),
    block(
        "boolean", "sensing_touchingcolor", "touching color %1?",
        value("colour_picker", "COLOR", "#9966ff"),
    ),
    block(
        "boolean", "sensing_coloristouchingcolor", "color %1 is touching %2?",
        value("colour_picker", "COLOR", "#9966ff"), value("colour_picker", "COLOR2", "#ffab19"),
    ),
    block(
        "reporter", "sensing_distanceto", "distance to %1",
        value("sensing_distancetomenu", "DISTANCETOMENU", "_mouse_"),
    ),
    block("stack", "sensing_askandwait", "ask %1 and wait", text("QUESTION", "What's your name?")),
    block("reporter", "sensing_answer", "answer"),
    block(
        "boolean", "sensing_keypressed", "key %1 pressed?",
        value("sensing_keyoptions", "KEY_OPTION", "space"),
    ),
    block("boolean", "sensing_mousedown", "mouse down?"),
    block("reporter", "sensing_mousex", "mouse x"),
    block("reporter", "sensing_mousey", "mouse y"),
    block("stack", "sensing_setdragmode", "set drag mode %1", DRAG_MODE),
    block("reporter", "sensing_loudness", "loudness"),
    block("reporter", "sensing_timer", "timer"),
    block("stack", "sensing_resettimer", "reset timer"),
    block(
        "reporter", "sensing_of", "%1 of %2",
        PROPERTY, value("sensing_of_object_menu", "OBJECT", "_stage_"),
    ),
    block("reporter", "sensing_current", "current %1", CURRENT),
    block("reporter", "sensing_dayssince2000", "days since 2000"),
    block("reporter", "sensing_username", "username"),
    block("boolean", "sensing_loud", "loud?", hidden=True),
    block("reporter", "sensing_userid", "user id", hidden=True),
)  # fmt: skip

OPERATORS = (
    block("reporter", "operator_add", "%1 + %2", number("NUM1"), number("NUM2")),
    block("reporter", "operator_subtract", "%1 - %2", number("NUM1"), number("NUM2")),
    block("reporter", "operator_multiply", "%1 * %2", number("NUM1"), number("NUM2")),
    block("reporter", "operator_divide", "%1 / %2", number("NUM1"), number("NUM2")),
    block("reporter", "operator_random", "pick random %1 to %2", number("FROM", "1"), number("TO", "10")),
    block("boolean", "operator_gt", "%1 > %2", text("OPERAND1"), text("OPERAND2", "50")),
    block("boolean", "operator_lt", "%1 < %2", text("OPERAND1"), text("OPERAND2", "50")),
    block("boolean", "operator_equals", "%1 = %2", text("OPERAND1"), text("OPERAND2", "50")),
    block("boolean", "operator_and", "%1 and %2", condition("OPERAND1"), condition("OPERAND2")),
    block("boolean", "operator_or", "%1 or %2", condition("OPERAND1"), condition("OPERAND2")),
    block("boolean", "operator_not", "not %1", condition("OPERAND")),
    block("reporter", "operator_join", "join %1 %2", text("STRING1", "apple "), text("STRING2", "banana")),
    block(
        "reporter", "operator_letter_of", "letter %1 of %2",
        value("math_whole_number", "LETTER", "1"), text("STRING", "apple"),
    ),
    block("reporter", "operator_length", "length of %1", text("STRING", "apple")),
    block("boolean", "operator_contains", "%1 contains %2?", text("STRING1", "apple"), text("STRING2", "a")),
    block("reporter", "operator_mod", "%1 mod %2", number("NUM1"), number("NUM2")),
    block("reporter", "operator_round", "round %1", number("NUM")),
    block("reporter", "operator_mathop", "%1 of %2", FUNCTION, number("NUM")),
)  # fmt: skip

DATA = (
    block("reporter", "data_variable", "", VARIABLE),
    block("stack", "data_setvariableto", "set %1 to %2", VARIABLE, text("VALUE", "0")),
    block("stack", "data_changevariableby", "change %1 by %2", VARIABLE, number("VALUE", "1")),
    block("stack", "data_showvariable", "show variable %1", VARIABLE),
    block("stack", "data_hidevariable", "hide variable %1", VARIABLE),
    block("reporter", "data_listcontents", "", LIST),
    block("stack", "data_addtolist", "add %1 to %2", text("ITEM", "thing"), LIST),
    block("stack", "data_deleteoflist", "delete %1 of %2", value("math_integer", "INDEX", "1"), LIST),
    block("stack", "data_deletealloflist", "delete all of %1", LIST),
    block(
        "stack", "data_insertatlist", "insert %1 at %2 of %3",
        text("ITEM", "thing"), value("math_integer", "INDEX", "1"), LIST,
    ),
    block(
        "stack", "data_replaceitemoflist", "replace item %1 of %2 with %3",
        value("math_integer", "INDEX", "1"), LIST, text("ITEM", "thing"),
    ),
    block("reporter", "data_itemoflist", "item %1 of %2", value("math_integer", "INDEX", "1"), LIST),
    block("reporter", "data_itemnumoflist", "item # of %1 in %2", text("ITEM", "thing"), LIST),
    block("reporter", "data_lengthoflist", "length of %1", LIST),
    block("boolean", "data_listcontainsitem", "%1 contains %2?", LIST, text("ITEM", "thing")),
    block("stack", "data_showlist", "show list %1", LIST),
    block("stack", "data_hidelist", "hide list %1", LIST),
)  # fmt: skip

PROCEDURES = (
    block("hat", "procedures_definition", ""),
    block("stack", "procedures_call", ""),
    block("reporter", "argument_reporter_string_number", "", PARAMETER),
    block("boolean", "argument_reporter_boolean", "", PARAMETER),
)

ROWS: tuple[BlockType, ...] = (
    MOTION + LOOKS + SOUND + EVENTS + CONTROL + SENSING + OPERATORS + DATA + PROCEDURES
)
