"""The program tree: what a Scratch project is, without ids and without JSON.

Every node is frozen, slotted and keyword-only. A block is an opcode with its fields and inputs; what an
opcode *means* stands in the catalogue alone. Ids are made by the writer and never seen here: variables,
lists and broadcasts are named, sprites hold their scripts, scripts hold their blocks in order.

The grammar, in one place::

    Project   = sprites (the stage first), monitors, extensions, meta
    Sprite    = name, variables, lists, broadcasts, costumes, sounds, scripts, comments, state on the stage
    Script    = blocks (the first may be a hat), x, y
    Block     = opcode, fields, inputs, procedure | call | mutation, comment
    Input     = Shadow                       a value typed or chosen in the slot
              | Reporter(block, shadow)      a block dropped on the slot, and what it covers
              | Stack(blocks)                the mouth of a C-shaped block
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

__all__ = [
    "Asset",
    "Block",
    "Comment",
    "Costume",
    "Input",
    "ListVariable",
    "Monitor",
    "Parameter",
    "Procedure",
    "Project",
    "Reference",
    "Reporter",
    "Script",
    "Shadow",
    "Sound",
    "Sprite",
    "Stack",
    "Value",
    "Variable",
    "all_blocks",
]

Value = str | int | float | bool
"""What a variable, a list item or a literal can hold. JSON's ``null`` is not a value in Scratch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shadow:
    """A value typed or chosen in the slot itself.

    ``opcode`` is the shadow block's own (``math_number``, ``text``, ``event_broadcast_menu``,
    ``looks_costume`` …). ``field`` is the name of its only field; it may stay empty for the shadows of the
    catalogue, which knows it.
    """

    opcode: str
    value: Value
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporter:
    """A block dropped on a slot, and the shadow that it covers (none under a boolean)."""

    block: Block
    shadow: Shadow | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """The blocks in the mouth of a C-shaped block, in order."""

    blocks: tuple[Block, ...]


Input = Shadow | Reporter | Stack


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A variable or list named by a block's field.

    ``nearest`` means what a pupil means: the sprite's own if it has one of that name, else the stage's.
    ``stage`` is used only where a sprite hides a variable of the stage with one of its own.
    """

    name: str
    scope: Literal["nearest", "stage"] = "nearest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter of a custom block."""

    name: str
    kind: Literal["text", "boolean"] = "text"
    default: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """A custom block's signature.

    ``code`` is Scratch's own form, with ``%s`` and ``%b`` in the places of the parameters:
    ``"name the colour %s %s %s"``. ``warp`` is *run without screen refresh*.
    """

    code: str
    parameters: tuple[Parameter, ...] = ()
    warp: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A comment, free on the page or attached to a block; positions and sizes in the editor's units."""

    text: str
    x: float | None = None
    y: float | None = None
    width: float = 200
    height: float = 200
    minimized: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block.

    ``fields`` holds text for a menu and a :class:`Reference` for a variable or list. ``inputs`` are keyed by
    the input's name in the catalogue; for a call of a custom block (``procedures_call``) by the number of
    the argument, ``"0"``, ``"1"`` …. An empty slot has no entry.

    ``procedure`` belongs to ``procedures_definition`` alone; ``call`` (the procedure's code) to
    ``procedures_call`` alone; ``mutation`` carries what blocks of unknown extensions keep there.
    """

    opcode: str
    fields: Mapping[str, str | Reference] = field(default_factory=dict)
    inputs: Mapping[str, Input] = field(default_factory=dict)
    procedure: Procedure | None = None
    call: str | None = None
    mutation: Mapping[str, Any] | None = None
    comment: Comment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """Blocks that hang together, and where the first one lies; None until layout has placed it."""

    blocks: tuple[Block, ...]
    x: float | None = None
    y: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """A variable and its value."""

    name: str
    value: Value = 0
    cloud: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListVariable:
    """A list and its items."""

    name: str
    items: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A costume's or sound's file. ``data`` is None when the project names a file that it does not hold;
    then ``digest`` is what the project says of it."""

    extension: str
    data: bytes | None
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Costume:
    """A costume or backdrop; the rotation centre in the picture's own units."""

    name: str
    asset: Asset
    centre_x: float = 0
    centre_y: float = 0
    bitmap_resolution: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """A sound; ``rate`` in samples a second."""

    name: str
    asset: Asset
    format: str = ""
    rate: float = 48000
    sample_count: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sprite:
    """A sprite, or the stage (``is_stage``), with the state in which the project opens.

    ``state`` holds what the file says of a sprite (``x``, ``y``, ``size``, ``direction``, ``visible``,
    ``draggable``, ``rotationStyle``) or of the stage (``tempo``, ``videoState`` …), under the file's own
    names; what is missing takes Scratch's default. ``layer_order`` None means: in the order of the file.
    """

    name: str
    is_stage: bool = False
    variables: tuple[Variable, ...] = ()
    lists: tuple[ListVariable, ...] = ()
    broadcasts: tuple[str, ...] = ()
    scripts: tuple[Script, ...] = ()
    comments: tuple[Comment, ...] = ()
    costumes: tuple[Costume, ...] = ()
    sounds: tuple[Sound, ...] = ()
    current_costume: int = 0
    volume: float = 100
    layer_order: int | None = None
    state: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Monitor:
    """A value shown on the stage: of a variable, a list or a reporter.

    ``sprite`` is None for a monitor of the stage's. ``settings`` keeps the rest under the file's own names
    (``width``, ``height``, ``x``, ``y``, ``visible``, ``sliderMin``, ``sliderMax``, ``isDiscrete``).
    """

    opcode: str
    params: Mapping[str, str] = field(default_factory=dict)
    sprite: str | None = None
    mode: str = "default"
    value: Any = 0
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A whole project. ``sprites[0]`` is the stage; the other sprites follow in the editor's order."""

    sprites: tuple[Sprite, ...]
    monitors: tuple[Monitor, ...] = ()
    extensions: tuple[str, ...] = ()
    meta: Mapping[str, Any] = field(default_factory=dict)

    @property
    def stage(self) -> Sprite:
        """The stage."""
        return self.sprites[0]


def all_blocks(blocks: Iterable[Block]) -> list[Block]:
    """Return the blocks and all that stand in them, each before those inside it; nesting may be of any depth.

    >>> inner = Block(opcode="operator_not")
    >>> loop = Block(opcode="control_forever", inputs={"SUBSTACK": Stack(blocks=(inner,))})
    >>> [block.opcode for block in all_blocks([loop])]
    ['control_forever', 'operator_not']
    """
    found: list[Block] = []
    todo = list(blocks)
    while todo:
        block = todo.pop()
        found.append(block)
        for slot in block.inputs.values():
            if isinstance(slot, Stack):
                todo += slot.blocks
            elif isinstance(slot, Reporter):
                todo.append(slot.block)
    return found
