"""The extensions that the editor offers: pen, music, speech, translation, video, and the boards and bricks.

Checked against what each extension of the official engine says of itself. An extension's menu is a shadow
block whose opcode is made of the extension's name and the menu's.
"""

from __future__ import annotations

from scratchgen.scratch.catalogue.block_types import BlockType, InputType, block, number, text, value

__all__ = ["ROWS"]


def pick(shadow: str, name: str, default: str) -> InputType:
    """A slot with one of the extension's menus in it."""
    return value(shadow, name, default)


def colour(name: str) -> InputType:
    """A slot for a colour."""
    return value("colour_picker", name, "#9966ff")


DRUM = pick("music_menu_DRUM", "DRUM", "1")
BEATS = number("BEATS", "0.25")
PEN_PARAMETER = pick("pen_menu_colorParam", "COLOR_PARAM", "color")

PEN = (
    block("stack", "pen_clear", "erase all"),
    block("stack", "pen_stamp", "stamp"),
    block("stack", "pen_penDown", "pen down"),
    block("stack", "pen_penUp", "pen up"),
    block("stack", "pen_setPenColorToColor", "set pen color to %1", colour("COLOR")),
    block("stack", "pen_changePenColorParamBy", "change pen %1 by %2", PEN_PARAMETER, number("VALUE", "10")),
    block("stack", "pen_setPenColorParamTo", "set pen %1 to %2", PEN_PARAMETER, number("VALUE", "50")),
    block("stack", "pen_changePenSizeBy", "change pen size by %1", number("SIZE", "1")),
    block("stack", "pen_setPenSizeTo", "set pen size to %1", number("SIZE", "1")),
    block("stack", "pen_setPenShadeToNumber", "set pen shade to %1", number("SHADE", "1"), hidden=True),
    block("stack", "pen_changePenShadeBy", "change pen shade by %1", number("SHADE", "1"), hidden=True),
    block("stack", "pen_setPenHueToNumber", "set pen color to %1", number("HUE", "1"), hidden=True),
    block("stack", "pen_changePenHueBy", "change pen color by %1", number("HUE", "1"), hidden=True),
)

MUSIC = (
    block("stack", "music_playDrumForBeats", "play drum %1 for %2 beats", DRUM, BEATS),
    block("stack", "music_restForBeats", "rest for %1 beats", BEATS),
    block("stack", "music_playNoteForBeats", "play note %1 for %2 beats", value("note", "NOTE", "60"), BEATS),
    block(
        "stack", "music_setInstrument", "set instrument to %1",
        pick("music_menu_INSTRUMENT", "INSTRUMENT", "1"),
    ),
    block("stack", "music_setTempo", "set tempo to %1", number("TEMPO", "60")),
    block("stack", "music_changeTempo", "change tempo by %1", number("TEMPO", "20")),
    block("reporter", "music_getTempo", "tempo"),
    block(
        "stack", "music_midiPlayDrumForBeats", "play drum %1 for %2 beats",
        number("DRUM", "1"), BEATS, hidden=True,
    ),
    block("stack", "music_midiSetInstrument", "set instrument to %1", number("INSTRUMENT", "1"), hidden=True),
)  # fmt: skip

SPEECH = (
    block("stack", "text2speech_speakAndWait", "speak %1", text("WORDS", "hello")),
    block(
        "stack", "text2speech_setVoice", "set voice to %1",
        pick("text2speech_menu_voices", "VOICE", "ALTO"),
    ),
    block(
        "stack", "text2speech_setLanguage", "set language to %1",
        pick("text2speech_menu_languages", "LANGUAGE", "en"),
    ),
)  # fmt: skip

TRANSLATE = (
    block(
        "reporter", "translate_getTranslate", "translate %1 to %2",
        text("WORDS", "hello"), pick("translate_menu_languages", "LANGUAGE", "fr"),
    ),
    block("reporter", "translate_getViewerLanguage", "language"),
)  # fmt: skip

VIDEO = (
    block("hat", "videoSensing_whenMotionGreaterThan", "when video motion > %1", number("REFERENCE", "10")),
    block(
        "reporter", "videoSensing_videoOn", "video %1 on %2",
        pick("videoSensing_menu_ATTRIBUTE", "ATTRIBUTE", "motion"),
        pick("videoSensing_menu_SUBJECT", "SUBJECT", "this sprite"),
    ),
    block(
        "stack", "videoSensing_videoToggle", "turn video %1",
        pick("videoSensing_menu_VIDEO_STATE", "VIDEO_STATE", "on"),
    ),
    block(
        "stack", "videoSensing_setVideoTransparency", "set video transparency to %1%",
        number("TRANSPARENCY", "50"),
    ),
)  # fmt: skip

MAKEY = (
    block(
        "hat", "makeymakey_whenMakeyKeyPressed", "when %1 key pressed",
        pick("makeymakey_menu_KEY", "KEY", "SPACE"),
    ),
    block(
        "hat", "makeymakey_whenCodePressed", "when %1 pressed in order",
        pick("makeymakey_menu_SEQUENCE", "SEQUENCE", "LEFT UP RIGHT"),
    ),
)  # fmt: skip

BUTTON = pick("microbit_menu_buttons", "BTN", "A")
TILT = pick("microbit_menu_tiltDirectionAny", "DIRECTION", "any")

MICROBIT = (
    block("hat", "microbit_whenButtonPressed", "when %1 button pressed", BUTTON),
    block("boolean", "microbit_isButtonPressed", "%1 button pressed?", BUTTON),
    block("hat", "microbit_whenGesture", "when %1", pick("microbit_menu_gestures", "GESTURE", "moved")),
    block(
        "stack", "microbit_displaySymbol", "display %1",
        value("matrix", "MATRIX", "0101010101100010101000100"),
    ),
    block("stack", "microbit_displayText", "display text %1", text("TEXT", "Hello!")),
    block("stack", "microbit_displayClear", "clear display"),
    block("hat", "microbit_whenTilted", "when tilted %1", TILT),
    block("boolean", "microbit_isTilted", "tilted %1?", TILT),
    block(
        "reporter", "microbit_getTiltAngle", "tilt angle %1",
        pick("microbit_menu_tiltDirection", "DIRECTION", "front"),
    ),
    block(
        "hat", "microbit_whenPinConnected", "when pin %1 connected",
        pick("microbit_menu_touchPins", "PIN", "0"),
    ),
)  # fmt: skip

EV3_MOTOR = pick("ev3_menu_motorPorts", "PORT", "0")
EV3_SENSOR = pick("ev3_menu_sensorPorts", "PORT", "0")

EV3 = (
    block(
        "stack", "ev3_motorTurnClockwise", "motor %1 turn this way for %2 seconds",
        EV3_MOTOR, number("TIME", "1"),
    ),
    block(
        "stack", "ev3_motorTurnCounterClockwise", "motor %1 turn that way for %2 seconds",
        EV3_MOTOR, number("TIME", "1"),
    ),
    block("stack", "ev3_motorSetPower", "motor %1 set power %2%", EV3_MOTOR, number("POWER", "100")),
    block("reporter", "ev3_getMotorPosition", "motor %1 position", EV3_MOTOR),
    block("hat", "ev3_whenButtonPressed", "when button %1 pressed", EV3_SENSOR),
    block("hat", "ev3_whenDistanceLessThan", "when distance < %1", number("DISTANCE", "5")),
    block("hat", "ev3_whenBrightnessLessThan", "when brightness < %1", number("DISTANCE", "50")),
    block("boolean", "ev3_buttonPressed", "button %1 pressed?", EV3_SENSOR),
    block("reporter", "ev3_getDistance", "distance"),
    block("reporter", "ev3_getBrightness", "brightness"),
    block(
        "stack", "ev3_beep", "beep note %1 for %2 secs",
        value("note", "NOTE", "60"), number("TIME", "0.5"),
    ),
)  # fmt: skip

WEDO_MOTOR = pick("wedo2_menu_MOTOR_ID", "MOTOR_ID", "motor")
WEDO_TILT = pick("wedo2_menu_TILT_DIRECTION_ANY", "TILT_DIRECTION_ANY", "any")

WEDO = (
    block("stack", "wedo2_motorOnFor", "turn %1 on for %2 seconds", WEDO_MOTOR, number("DURATION", "1")),
    block("stack", "wedo2_motorOn", "turn %1 on", WEDO_MOTOR),
    block("stack", "wedo2_motorOff", "turn %1 off", WEDO_MOTOR),
    block("stack", "wedo2_startMotorPower", "set %1 power to %2", WEDO_MOTOR, number("POWER", "100")),
    block(
        "stack", "wedo2_setMotorDirection", "set %1 direction to %2",
        WEDO_MOTOR, pick("wedo2_menu_MOTOR_DIRECTION", "MOTOR_DIRECTION", "this way"),
    ),
    block("stack", "wedo2_setLightHue", "set light color to %1", number("HUE", "50")),
    block(
        "hat", "wedo2_whenDistance", "when distance %1 %2",
        pick("wedo2_menu_OP", "OP", "<"), number("REFERENCE", "50"),
    ),
    block("hat", "wedo2_whenTilted", "when tilted %1", WEDO_TILT),
    block("reporter", "wedo2_getDistance", "distance"),
    block("boolean", "wedo2_isTilted", "tilted %1?", WEDO_TILT),
    block(
        "reporter", "wedo2_getTiltAngle", "tilt angle %1",
        pick("wedo2_menu_TILT_DIRECTION", "TILT_DIRECTION", "up"),
    ),
    block(
        "stack", "wedo2_playNoteFor", "play note %1 for %2 seconds",
        number("NOTE", "60"), number("DURATION", "0.5"), hidden=True,
    ),
)  # fmt: skip

BOOST_MOTOR = pick("boost_menu_MOTOR_ID", "MOTOR_ID", "A")

BOOST = (
    block("stack", "boost_motorOnFor", "turn motor %1 for %2 seconds", BOOST_MOTOR, number("DURATION", "1")),
    block(
        "stack", "boost_motorOnForRotation", "turn motor %1 for %2 rotations",
        BOOST_MOTOR, number("ROTATION", "1"),
    ),
    block("stack", "boost_motorOn", "turn motor %1 on", BOOST_MOTOR),
    block("stack", "boost_motorOff", "turn motor %1 off", BOOST_MOTOR),
    block(
        "stack", "boost_setMotorPower", "set motor %1 speed to %2%",
        pick("boost_menu_MOTOR_ID", "MOTOR_ID", "ABCD"), number("POWER", "100"),
    ),
    block(
        "stack", "boost_setMotorDirection", "set motor %1 direction %2",
        BOOST_MOTOR, pick("boost_menu_MOTOR_DIRECTION", "MOTOR_DIRECTION", "this way"),
    ),
    block(
        "reporter", "boost_getMotorPosition", "motor %1 position",
        pick("boost_menu_MOTOR_REPORTER_ID", "MOTOR_REPORTER_ID", "A"),
    ),
    block("hat", "boost_whenColor", "when %1 brick seen", pick("boost_menu_COLOR", "COLOR", "any")),
    block("boolean", "boost_seeingColor", "seeing %1 brick?", pick("boost_menu_COLOR", "COLOR", "any")),
    block(
        "hat", "boost_whenTilted", "when tilted %1",
        pick("boost_menu_TILT_DIRECTION_ANY", "TILT_DIRECTION_ANY", "any"),
    ),
    block(
        "reporter", "boost_getTiltAngle", "tilt angle %1",
        pick("boost_menu_TILT_DIRECTION", "TILT_DIRECTION", "up"),
    ),
    block("stack", "boost_setLightHue", "set light color to %1", number("HUE", "50")),
)  # fmt: skip

GDX_TILT = pick("gdxfor_menu_tiltAnyOptions", "TILT", "any")

GDX = (
    block("hat", "gdxfor_whenGesture", "when %1", pick("gdxfor_menu_gestureOptions", "GESTURE", "shaken")),
    block(
        "hat", "gdxfor_whenForcePushedOrPulled", "when force sensor %1",
        pick("gdxfor_menu_pushPullOptions", "PUSH_PULL", "pushed"),
    ),
    block("reporter", "gdxfor_getForce", "force"),
    block("hat", "gdxfor_whenTilted", "when tilted %1", GDX_TILT),
    block("boolean", "gdxfor_isTilted", "tilted %1?", GDX_TILT),
    block("reporter", "gdxfor_getTilt", "tilt angle %1", pick("gdxfor_menu_tiltOptions", "TILT", "front")),
    block("boolean", "gdxfor_isFreeFalling", "falling?"),
    block(
        "reporter", "gdxfor_getSpinSpeed", "spin speed %1",
        pick("gdxfor_menu_axisOptions", "DIRECTION", "z"),
    ),
    block(
        "reporter", "gdxfor_getAcceleration", "acceleration %1",
        pick("gdxfor_menu_axisOptions", "DIRECTION", "x"),
    ),
)  # fmt: skip

ROWS: tuple[BlockType, ...] = (
    PEN + MUSIC + SPEECH + TRANSLATE + VIDEO + MAKEY + MICROBIT + EV3 + WEDO + BOOST + GDX
)
