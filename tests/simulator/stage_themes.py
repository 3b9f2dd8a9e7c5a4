"""The themes of the random scenes: which blocks and hats the programs of each are made of."""

from __future__ import annotations

from collections.abc import Callable

from scratchgen.scratch.program import Block, Reporter, Shadow, Value
from tests.simulator.programs import Argument, make
from tests.simulator.stage_makers import SPRITES, MakeBlock, Maker, Theme

__all__ = ["KEYS", "THEMES"]

KEYS = {
    "a": "a",
    "7": "7",
    "space": " ",
    "left arrow": "ArrowLeft",
    "enter": "Enter",
    "down arrow": "ArrowDown",
}
"""Keys as Scratch names them, and as a browser does."""
BACKDROPS = ("day", "night", "3", "next backdrop")
COSTUMES = ("plain", "wide", "2")

MakeArgument = Callable[[Maker], Argument]
number: MakeArgument = Maker.number
place: MakeArgument = Maker.place


def hat(opcode: str, **fields: str) -> Block:
    """A hat whose choices are fields."""
    return Block(opcode=opcode, fields=fields)


def when_greater(maker: Maker) -> Block:
    """A hat that waits for the timer, or for noise, which never comes."""
    limit = maker.pick(0, 0.1, 0.3, "0.2", -1, "")
    value = Shadow(opcode="math_number", value=limit)
    inputs = {
        "VALUE": Reporter(block=maker.reporter(), shadow=value) if maker.random.random() < 0.1 else value
    }
    return Block(
        opcode="event_whengreaterthan",
        fields={"WHENGREATERTHANMENU": str(maker.pick("TIMER", "TIMER", "LOUDNESS"))},
        inputs=inputs,
    )


def row(opcode: str, **arguments: MakeArgument) -> MakeBlock:
    """A block that is made with arguments that are made anew each time."""
    return lambda maker: make(opcode, **{name: argument(maker) for name, argument in arguments.items()})


def one_of(*choices: Value) -> MakeArgument:
    """An argument out of some."""
    return lambda maker: maker.random.choice(choices)


MOVES = (
    row("motion_movesteps", STEPS=number),
    row("motion_turnright", DEGREES=number),
    row("motion_gotoxy", X=number, Y=number),
    row("motion_goto", TO=place),
    row("motion_pointtowards", TOWARDS=place),
    row("motion_glidesecstoxy", SECS=one_of(0, 0.1, "0.2"), X=number, Y=number),
    row("motion_glideto", SECS=one_of(0, 0.1), TO=place),
)
LOOKS = (
    row("looks_show"),
    row("looks_hide"),
    row("looks_setsizeto", SIZE=number),
    row("looks_changesizeby", CHANGE=number),
    row("looks_nextcostume"),
    row("looks_switchcostumeto", COSTUME=one_of(*COSTUMES, "next costume", 3, 0)),
    row("looks_seteffectto", EFFECT=one_of("GHOST", "COLOR"), VALUE=number),
    row("looks_cleargraphiceffects"),
)
STANDING = (
    row("motion_xposition"),
    row("motion_yposition"),
    row("motion_direction"),
    row("looks_size"),
    row("looks_costumenumbername", NUMBER_NAME=one_of("number", "name")),
)
PEN = Theme(
    statements=(
        row("pen_penDown"),
        row("pen_penDown"),
        row("pen_penUp"),
        row("pen_stamp"),
        row("pen_clear"),
        row(
            "pen_setPenColorToColor",
            COLOR=one_of("#abcdef", "#f00", "#00zz00", "red", 255, 2**31, -5, "0x80ff00ff"),
        ),
        row(
            "pen_setPenColorParamTo",
            COLOR_PARAM=one_of("color", "saturation", "brightness", "odd"),
            VALUE=number,
        ),
        row(
            "pen_changePenColorParamBy",
            COLOR_PARAM=one_of("color", "transparency", "brightness"),
            VALUE=number,
        ),
        row("pen_setPenSizeTo", SIZE=number),
        row("pen_changePenSizeBy", SIZE=number),
        row("pen_setPenShadeToNumber", SHADE=number),
        row("pen_changePenShadeBy", SHADE=number),
        row("pen_setPenHueToNumber", HUE=number),
        row("pen_changePenHueBy", HUE=number),
        *MOVES,
    ),
    reporters=STANDING,
)
LAYERS = Theme(
    statements=(
        row("looks_gotofrontback", FRONT_BACK=one_of("front", "back")),
        row(
            "looks_goforwardbackwardlayers",
            FORWARD_BACKWARD=one_of("forward", "backward"),
            NUM=one_of(0, 1, 1, 2, -1, 0.5, 1.5, "x", "Infinity"),
        ),
        Maker.clone,
        Maker.send,
        *LOOKS,
    ),
    reporters=STANDING,
)
SENSING = Theme(
    statements=(
        row("sensing_askandwait", QUESTION=one_of("who?", "", 3)),
        row("control_stop", STOP_OPTION=one_of("other scripts in sprite")),
        row("control_delete_this_clone"),
        row("sensing_setdragmode", DRAG_MODE=one_of("draggable", "not draggable")),
        row("sensing_resettimer"),
        row(
            "looks_switchbackdropto",
            BACKDROP=one_of(*BACKDROPS, "previous backdrop", "random backdrop", 2, "x"),
        ),
        row("looks_switchbackdroptoandwait", BACKDROP=one_of("3", 3, "03")),
        row("looks_nextbackdrop"),
        Maker.log,
        Maker.log,
        *MOVES,
        *LOOKS[:2],
    ),
    reporters=(
        *STANDING,
        row("sensing_answer"),
        row("sensing_timer"),
        row("sensing_keypressed", KEY_OPTION=one_of(*KEYS, "any", "A", 65, 32, 37, "", "Ab")),
        row("sensing_mousex"),
        row("sensing_mousey"),
        row("sensing_mousedown"),
        row("sensing_distanceto", DISTANCETOMENU=place),
        row(
            "sensing_of",
            PROPERTY=one_of(
                "x position", "direction", "costume name", "size", "volume", "mine", "a", "backdrop #", "odd"
            ),
            OBJECT=one_of("_stage_", *SPRITES, "nobody"),
        ),
        row(
            "sensing_current",
            CURRENTMENU=one_of("YEAR", "MONTH", "DATE", "DAYOFWEEK", "HOUR", "MINUTE", "SECOND"),
        ),
        row("sensing_dayssince2000"),
        row("sensing_loudness"),
        row("sensing_username"),
        row("looks_backdropnumbername", NUMBER_NAME=one_of("number", "name")),
    ),
    hats=(
        lambda maker: hat("event_whenkeypressed", KEY_OPTION=str(maker.pick(*KEYS, "any"))),
        # none for "3": the engine stumbles over its own "switch backdrop and wait" where that starts a script
        lambda maker: hat("event_whenbackdropswitchesto", BACKDROP=str(maker.pick("day", "night"))),
        lambda maker: (
            hat("event_whenthisspriteclicked") if maker.name != "Stage" else hat("event_whenstageclicked")
        ),
        when_greater,
        when_greater,
    ),
)
MUSIC = Theme(
    statements=(
        row("music_setTempo", TEMPO=number),
        row("music_changeTempo", TEMPO=number),
        row("music_setInstrument", INSTRUMENT=number),
        row("music_midiSetInstrument", INSTRUMENT=number),
        row("music_restForBeats", BEATS=one_of(0, 0.1, 0.25, "0.2", -1, "x")),
        row("music_playDrumForBeats", DRUM=one_of(1, 20, "x"), BEATS=one_of(0, 0.1, 0.25)),
        row("music_midiPlayDrumForBeats", DRUM=number, BEATS=one_of(0, 0.1)),
        row("music_playNoteForBeats", NOTE=one_of(60, 0), BEATS=one_of(0, 0.1, 0.25)),
        row("sound_seteffectto", EFFECT=one_of("PITCH", "PAN", "odd"), VALUE=number),
        row("sound_changeeffectby", EFFECT=one_of("PITCH", "PAN", "odd"), VALUE=number),
        row("sound_cleareffects"),
        row("sound_setvolumeto", VOLUME=number),
        row("sound_changevolumeby", VOLUME=number),
        row("sound_stopallsounds"),
        row("music_restForBeats", BEATS=number),
        Maker.log,
        Maker.clone,
    ),
    reporters=(row("music_getTempo"), row("sound_volume"), row("motion_direction")),
)
CLONES = Theme(
    statements=(
        Maker.clone,
        Maker.clone,
        Maker.monitor,
        row("control_delete_this_clone"),
        row("pen_penDown"),
        row("pen_changePenSizeBy", SIZE=number),
        row("music_setInstrument", INSTRUMENT=number),
        row("sound_setvolumeto", VOLUME=number),
        row("sound_seteffectto", EFFECT=one_of("PITCH"), VALUE=number),
        row("data_changevariableby", VARIABLE=one_of("a"), VALUE=number),
        row("looks_gotofrontback", FRONT_BACK=one_of("front", "back")),
        row("sensing_setdragmode", DRAG_MODE=one_of("draggable", "not draggable")),
        row("motion_setrotationstyle", STYLE=one_of("left-right", "don't rotate")),
        *LOOKS,
        *MOVES,
    ),
    reporters=STANDING,
    hats=(when_greater, lambda maker: hat("event_whenkeypressed", KEY_OPTION=str(maker.pick("a", "any")))),
)
THEMES = {"pen": PEN, "layers": LAYERS, "sensing": SENSING, "music": MUSIC, "clones": CLONES}
