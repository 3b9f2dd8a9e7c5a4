"""The shadow blocks: what lies in a slot until a reporter covers it, and the menus that some of them are.

Which slot holds which of them stands in the tables of blocks.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from scratchgen.scratch.catalogue.block_types import Menu, ShadowType, menu

__all__ = ["KEYS", "SHADOWS"]

KEYS = menu(
    "space, up arrow, down arrow, right arrow, left arrow, any, "
    + ", ".join("abcdefghijklmnopqrstuvwxyz0123456789"),
    is_open=True,
)

PLACES = {"random position": "_random_", "mouse-pointer": "_mouse_"}
NAMES = menu("", is_open=True)

DRUMS = (
    "Snare Drum, Bass Drum, Side Stick, Crash Cymbal, Open Hi-Hat, Closed Hi-Hat, Tambourine, Hand Clap, "
    "Claves, Wood Block, Cowbell, Triangle, Bongo, Conga, Cabasa, Guiro, Vibraslap, Cuica"
)
INSTRUMENTS = (
    "Piano, Electric Piano, Organ, Guitar, Electric Guitar, Bass, Pizzicato, Cello, Trombone, Clarinet, "
    "Saxophone, Flute, Wooden Flute, Bassoon, Choir, Vibraphone, Music Box, Steel Drum, Marimba, Synth Lead, "
    "Synth Pad"
)

VOICE_LANGUAGES = {
    "Arabic": "ar", "Chinese (Mandarin)": "zh-cn", "Danish": "da", "Dutch": "nl", "English": "en",
    "French": "fr", "German": "de", "Hindi": "hi", "Icelandic": "is", "Italian": "it", "Japanese": "ja",
    "Korean": "ko", "Norwegian": "nb", "Polish": "pl", "Portuguese (Brazilian)": "pt-br",
    "Portuguese": "pt", "Romanian": "ro", "Russian": "ru", "Spanish": "es",
    "Spanish (Latin American)": "es-419", "Swedish": "sv", "Turkish": "tr", "Welsh": "cy",
}  # fmt: skip

LANGUAGES = {
    "Amharic": "am", "Arabic": "ar", "Azerbaijani": "az", "Basque": "eu", "Bulgarian": "bg", "Catalan": "ca",
    "Chinese (Simplified)": "zh-cn", "Chinese (Traditional)": "zh-tw", "Croatian": "hr", "Czech": "cs",
    "Danish": "da", "Dutch": "nl", "English": "en", "Estonian": "et", "Finnish": "fi", "French": "fr",
    "Galician": "gl", "German": "de", "Greek": "el", "Hebrew": "he", "Hungarian": "hu", "Icelandic": "is",
    "Indonesian": "id", "Irish Gaelic": "ga", "Italian": "it", "Japanese": "ja", "Korean": "ko",
    "Kurdish (Sorani)": "ckb", "Latvian": "lv", "Lithuanian": "lt", "Maori": "mi", "Norwegian": "nb",
    "Persian": "fa", "Polish": "pl", "Portuguese": "pt", "Romanian": "ro", "Russian": "ru",
    "Scots Gaelic": "gd", "Serbian": "sr", "Slovak": "sk", "Slovenian": "sl", "Spanish": "es",
    "Swedish": "sv", "Thai": "th", "Turkish": "tr", "Ukrainian": "uk", "Vietnamese": "vi", "Welsh": "cy",
    "Zulu": "zu",
}  # fmt: skip

MAKEY_KEYS = {
    "space": "SPACE", "up arrow": "UP", "down arrow": "DOWN", "right arrow": "RIGHT", "left arrow": "LEFT",
    "w": "w", "a": "a", "s": "s", "d": "d", "f": "f", "g": "g",
}  # fmt: skip

MAKEY_SEQUENCES = (
    "left up right, right up left, left right, right left, up down, down up, up right down left, "
    "up left down right, up up down down left right left right"
)


def numbered(words: str) -> dict[str, str]:
    """Labels such as ``(1) Piano``, stored as the number."""
    return {f"({place}) {word}": str(place) for place, word in enumerate(words.split(", "), start=1)}


def primitive(number: int, opcode: str, field: str, notation: str) -> ShadowType:
    """A shadow with a short form in ``project.json``."""
    return ShadowType(opcode=opcode, field=field, notation=notation, primitive=number)  # type: ignore[arg-type]


def chooser(opcode: str, field: str, choices: Menu) -> ShadowType:
    """A shadow that is a menu."""
    return ShadowType(opcode=opcode, field=field, notation="menu", menu=choices)


def open_chooser(opcode: str, field: str, choices: Mapping[str, str] | str = "") -> ShadowType:
    """A shadow that is a menu and also takes names of the project's own."""
    return chooser(opcode, field, menu(choices, is_open=True))


def extension_menu(extension: str, field: str, choices: Mapping[str, str] | str) -> ShadowType:
    """A menu of an extension's, whose opcode follows from its name.

    A project may hold what the menu does not offer, and the engine does something sensible with it, so
    these menus are open.
    """
    return open_chooser(f"{extension}_menu_{field}", field, choices)


ROWS = (
    # -- values
    primitive(4, "math_number", "NUM", "number"),
    primitive(5, "math_positive_number", "NUM", "number"),
    primitive(6, "math_whole_number", "NUM", "number"),
    primitive(7, "math_integer", "NUM", "number"),
    primitive(8, "math_angle", "NUM", "number"),
    primitive(9, "colour_picker", "COLOUR", "colour"),
    primitive(10, "text", "TEXT", "text"),
    ShadowType(
        opcode="event_broadcast_menu", field="BROADCAST_OPTION", notation="menu", menu=NAMES, primitive=11
    ),
    ShadowType(opcode="note", field="NOTE", notation="number"),
    ShadowType(opcode="matrix", field="MATRIX", notation="number"),
    # -- menus of the core
    open_chooser("motion_goto_menu", "TO", PLACES),
    open_chooser("motion_glideto_menu", "TO", PLACES),
    open_chooser(
        "motion_pointtowards_menu", "TOWARDS", {"mouse-pointer": "_mouse_", "random direction": "_random_"}
    ),
    open_chooser("looks_costume", "COSTUME"),
    open_chooser("looks_backdrops", "BACKDROP", "next backdrop, previous backdrop, random backdrop"),
    open_chooser("sound_sounds_menu", "SOUND_MENU"),
    open_chooser("control_create_clone_of_menu", "CLONE_OPTION", {"myself": "_myself_"}),
    open_chooser(
        "sensing_touchingobjectmenu", "TOUCHINGOBJECTMENU", {"mouse-pointer": "_mouse_", "edge": "_edge_"}
    ),
    open_chooser(
        "event_touchingobjectmenu", "TOUCHINGOBJECTMENU", {"mouse-pointer": "_mouse_", "edge": "_edge_"}
    ),
    open_chooser("sensing_distancetomenu", "DISTANCETOMENU", {"mouse-pointer": "_mouse_"}),
    open_chooser("sensing_of_object_menu", "OBJECT", {"Stage": "_stage_"}),
    chooser("sensing_keyoptions", "KEY_OPTION", KEYS),
    # -- menus of extensions
    extension_menu("pen", "colorParam", "color, saturation, brightness, transparency"),
    extension_menu("music", "DRUM", numbered(DRUMS)),
    extension_menu("music", "INSTRUMENT", numbered(INSTRUMENTS)),
    extension_menu(
        "text2speech", "voices", {w: w.upper() for w in ("alto", "tenor", "squeak", "giant", "kitten")}
    ),
    extension_menu("text2speech", "languages", VOICE_LANGUAGES),
    extension_menu("translate", "languages", LANGUAGES),
    extension_menu("videoSensing", "ATTRIBUTE", "motion, direction"),
    extension_menu("videoSensing", "SUBJECT", {"sprite": "this sprite", "stage": "Stage"}),
    extension_menu("videoSensing", "VIDEO_STATE", {"off": "off", "on": "on", "on flipped": "on-flipped"}),
    extension_menu("makeymakey", "KEY", MAKEY_KEYS),
    extension_menu("makeymakey", "SEQUENCE", {words: words.upper() for words in MAKEY_SEQUENCES.split(", ")}),
    extension_menu("microbit", "buttons", "A, B, any"),
    extension_menu("microbit", "gestures", "moved, shaken, jumped"),
    extension_menu("microbit", "pinState", "on, off"),
    extension_menu("microbit", "tiltDirection", "front, back, left, right"),
    extension_menu("microbit", "tiltDirectionAny", "front, back, left, right, any"),
    extension_menu("microbit", "touchPins", "0, 1, 2"),
    extension_menu("ev3", "motorPorts", {"A": "0", "B": "1", "C": "2", "D": "3"}),
    extension_menu("ev3", "sensorPorts", {"1": "0", "2": "1", "3": "2", "4": "3"}),
    extension_menu("wedo2", "MOTOR_ID", "motor, motor A, motor B, all motors"),
    extension_menu("wedo2", "MOTOR_DIRECTION", "this way, that way, reverse"),
    extension_menu("wedo2", "TILT_DIRECTION", "up, down, left, right"),
    extension_menu("wedo2", "TILT_DIRECTION_ANY", "up, down, left, right, any"),
    extension_menu("wedo2", "OP", "<, >"),
    extension_menu("boost", "MOTOR_ID", "A, B, C, D, AB, ABCD"),
    extension_menu("boost", "MOTOR_REPORTER_ID", "A, B, C, D"),
    extension_menu("boost", "MOTOR_DIRECTION", "this way, that way, reverse"),
    extension_menu("boost", "TILT_DIRECTION", "up, down, left, right"),
    extension_menu("boost", "TILT_DIRECTION_ANY", "up, down, left, right, any"),
    extension_menu(
        "boost", "COLOR", {"any color": "any"} | {w: w for w in "red blue green yellow white black".split()}
    ),
    extension_menu("gdxfor", "gestureOptions", "shaken, started falling, turned face up, turned face down"),
    extension_menu("gdxfor", "pushPullOptions", "pushed, pulled"),
    extension_menu("gdxfor", "axisOptions", "x, y, z"),
    extension_menu("gdxfor", "tiltOptions", "front, back, left, right"),
    extension_menu("gdxfor", "tiltAnyOptions", "front, back, left, right, any"),
)

SHADOWS: Mapping[str, ShadowType] = MappingProxyType({row.opcode: row for row in ROWS})
"""Every shadow block by its opcode."""
