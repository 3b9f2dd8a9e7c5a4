"""Short ways to write program trees, for the simulator's tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scratchgen.scratch.program import (
    Asset,
    Block,
    Costume,
    Input,
    ListVariable,
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

__all__ = [
    "broadcast",
    "call",
    "define",
    "get",
    "item",
    "make",
    "one_sprite",
    "parameter",
    "received",
    "sprite",
    "stage_and",
    "when_flag_clicked",
]

Argument = Value | Block | tuple[Block, ...] | list[Block]

COSTUME = Costume(
    name="square",
    asset=Asset(extension="svg", data=b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
)
REFERENCES = frozenset({"VARIABLE", "LIST"})
FIELDS = frozenset(
    """
    STOP_OPTION OPERATOR EFFECT NUMBER_NAME FRONT_BACK FORWARD_BACKWARD STYLE DRAG_MODE CURRENTMENU PROPERTY
    """.split()
)
MENUS = {
    "BROADCAST_INPUT": "event_broadcast_menu",
    "CLONE_OPTION": "control_create_clone_of_menu",
    "OBJECT": "sensing_of_object_menu",
    "KEY_OPTION": "sensing_keyoptions",
    "COSTUME": "looks_costume",
    "BACKDROP": "looks_backdrops",
    "TO": "motion_goto_menu",
    "TOWARDS": "motion_pointtowards_menu",
    "DISTANCETOMENU": "sensing_distancetomenu",
    "COLOR_PARAM": "pen_menu_colorParam",
    "DRUM": "music_menu_DRUM",
    "INSTRUMENT": "music_menu_INSTRUMENT",
}


def make(opcode: str, **arguments: Argument) -> Block:
    """A block; what is a field and what an input is known by its name.

    >>> make("data_setvariableto", VARIABLE="x", VALUE=make("operator_add", NUM1=1, NUM2="2")).opcode
    'data_setvariableto'
    """
    fields: dict[str, str | Reference] = {}
    inputs: dict[str, Input] = {}
    for name, argument in arguments.items():
        if name in REFERENCES:
            fields[name] = Reference(name=str(argument))
        elif name in FIELDS:
            fields[name] = str(argument)
        else:
            inputs[name] = _input(name, argument)
    return Block(opcode=opcode, fields=fields, inputs=inputs)


def _input(name: str, argument: Argument) -> Input:
    if isinstance(argument, Block):
        return Reporter(block=argument)
    if isinstance(argument, tuple | list):
        return Stack(blocks=tuple(argument))
    shadow = MENUS.get(name, "text" if isinstance(argument, str) else "math_number")
    return Shadow(opcode=shadow, value=argument)


def get(name: str) -> Block:
    """A variable's reporter."""
    return make("data_variable", VARIABLE=name)


def item(index: Argument, name: str) -> Block:
    """An item of a list."""
    return make("data_itemoflist", INDEX=index, LIST=name)


def broadcast(name: Argument, *, wait: bool = False) -> Block:
    """A broadcast, with waiting or without."""
    return make("event_broadcastandwait" if wait else "event_broadcast", BROADCAST_INPUT=name)


def call(code: str, *arguments: Argument) -> Block:
    """A call of a custom block."""
    inputs = {str(place): _input("", argument) for place, argument in enumerate(arguments)}
    return Block(opcode="procedures_call", call=code, inputs=inputs)


def parameter(name: str) -> Block:
    """A parameter's reporter, inside the custom block's definition."""
    return Block(opcode="argument_reporter_string_number", fields={"VALUE": name})


def define(code: str, *blocks: Block, parameters: Iterable[str] = (), warp: bool = False) -> Script:
    """A custom block's definition."""
    procedure = Procedure(code=code, parameters=tuple(Parameter(name=name) for name in parameters), warp=warp)
    return Script(blocks=(Block(opcode="procedures_definition", procedure=procedure), *blocks))


def when_flag_clicked(*blocks: Block) -> Script:
    """A script under the green flag."""
    return Script(blocks=(Block(opcode="event_whenflagclicked"), *blocks))


def received(name: str, *blocks: Block) -> Script:
    """A script that receives a broadcast."""
    hat = Block(opcode="event_whenbroadcastreceived", fields={"BROADCAST_OPTION": name})
    return Script(blocks=(hat, *blocks))


def sprite(
    name: str,
    *scripts: Script,
    variables: Mapping[str, Value] | None = None,
    lists: Mapping[str, Iterable[Value]] | None = None,
    broadcasts: Iterable[str] = (),
    costumes: Iterable[Costume] = (COSTUME,),
) -> Sprite:
    """A sprite, or the stage."""
    return Sprite(
        name=name,
        is_stage=name == "Stage",
        variables=tuple(Variable(name=key, value=value) for key, value in (variables or {}).items()),
        lists=tuple(ListVariable(name=key, items=tuple(items)) for key, items in (lists or {}).items()),
        broadcasts=tuple(broadcasts),
        scripts=scripts,
        costumes=tuple(costumes),
    )


def stage_and(
    *sprites: Sprite,
    variables: Mapping[str, Value] | None = None,
    lists: Mapping[str, Iterable[Value]] | None = None,
    broadcasts: Iterable[str] = (),
    scripts: Iterable[Script] = (),
) -> Project:
    """A project of a stage with variables and lists for all, and sprites."""
    stage = sprite("Stage", *scripts, variables=variables, lists=lists, broadcasts=broadcasts)
    return Project(sprites=(stage, *sprites))


def one_sprite(
    *scripts: Script,
    variables: Mapping[str, Value] | None = None,
    lists: Mapping[str, Iterable[Value]] | None = None,
    broadcasts: Iterable[str] = (),
) -> Project:
    """A project whose scripts all belong to the sprite ``Cat``; variables and lists are the stage's."""
    return stage_and(sprite("Cat", *scripts), variables=variables, lists=lists, broadcasts=broadcasts)
