"""What the catalogue says of a block: its text, its shape, and what goes into its slots.

The tables of the catalogue are written with the short constructors at the end; they leave every fact of a
block in one row. Which blocks there are stands in the neighbouring modules.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

__all__ = [
    "Argument",
    "BlockType",
    "FieldType",
    "InputType",
    "Menu",
    "ShadowType",
    "Shape",
]

Shape = Literal["hat", "stack", "cap", "c", "c cap", "e", "reporter", "boolean"]
"""``c`` has one mouth and ``e`` two (if … else); under a ``cap`` or ``c cap`` nothing can hang."""

MOUTHS: Mapping[Shape, tuple[str, ...]] = MappingProxyType(
    {"c": ("SUBSTACK",), "c cap": ("SUBSTACK",), "e": ("SUBSTACK", "SUBSTACK2")}
)

CORE_CATEGORIES = MappingProxyType(
    {
        "argument": "custom-arg",
        "control": "control",
        "data": "variables",
        "event": "events",
        "looks": "looks",
        "motion": "motion",
        "operator": "operators",
        "procedures": "custom",
        "sensing": "sensing",
        "sound": "sound",
    }
)
"""The category of a core block, in the forum's words, by the first part of its opcode."""

EXTENSION_CATEGORIES = MappingProxyType({"text2speech": "tts", "videoSensing": "video", "wedo2": "wedo"})
"""The extensions that the forum calls otherwise than their opcodes do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """The choices of a drop-down menu.

    ``choices`` maps what the pupil reads to what the project stores. An ``is_open`` menu also takes names
    of the project's own: sprites, costumes, variables, keys.

    >>> menu({"mouse-pointer": "_mouse_"}, is_open=True).stored("mouse-pointer")
    '_mouse_'
    """

    choices: Mapping[str, str]
    is_open: bool
    labels: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        labels = {value: label for label, value in self.choices.items()}
        object.__setattr__(self, "labels", MappingProxyType(labels))

    def stored(self, label: str) -> str | None:
        """What the project stores for a label; None when a closed menu has no such choice."""
        return self.choices.get(label, label if self.is_open else None)

    def label(self, stored: str) -> str | None:
        """The label that is stored so; None when no label is, as in a project that was tampered with."""
        if stored in self.labels:
            return self.labels[stored]
        return stored if self.is_open and stored not in self.choices else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShadowType:
    """The block that lies in a slot until a reporter covers it.

    ``field`` is the name of its only field. ``notation`` says how its value is written: ``(10)``,
    ``[text]``, ``[#ff0000]`` or ``(choice v)``. ``primitive`` is the number of its short form in
    ``project.json``, None where the official serializer has no short form.
    """

    opcode: str
    field: str
    notation: Literal["number", "text", "colour", "menu"]
    menu: Menu | None = None
    primitive: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InputType:
    """A slot for a value; ``shadow`` is the opcode of what lies in it, empty for a condition.

    ``default`` is what the editor's palette shows in the slot.
    """

    name: str
    shadow: str
    default: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldType:
    """A menu of the block itself: of choices, or of the project's variables, lists or broadcasts."""

    name: str
    kind: Literal["menu", "variable", "list", "broadcast"]
    menu: Menu | None = None


Argument = InputType | FieldType


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockType:
    """One block of Scratch.

    ``label`` is its text in the forum's notation, English, with ``%1``, ``%2`` … for the arguments; it is
    empty for the few blocks that have a notation of their own (variables, parameters, ``define``, calls).
    ``has_forum_text`` is False where scratchblocks has no text; there we write ours and name the opcode.
    ``is_hidden`` blocks are not in the editor's palette, but projects contain them. ``inputs`` and ``fields``
    are the arguments of either kind, in the order of the label; ``mouths`` the inputs that hold blocks.
    """

    opcode: str
    label: str
    shape: Shape
    arguments: tuple[Argument, ...] = ()
    has_forum_text: bool = True
    is_hidden: bool = False
    mouths: tuple[str, ...] = field(init=False, repr=False, compare=False)
    inputs: tuple[InputType, ...] = field(init=False, repr=False, compare=False)
    fields: tuple[FieldType, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # kept, not computed, since every block of a project asks for them
        inputs = tuple(argument for argument in self.arguments if isinstance(argument, InputType))
        fields = tuple(argument for argument in self.arguments if isinstance(argument, FieldType))
        object.__setattr__(self, "mouths", MOUTHS.get(self.shape, ()))
        object.__setattr__(self, "inputs", inputs)
        object.__setattr__(self, "fields", fields)

    @property
    def extension(self) -> str:
        """The extension that must be loaded for the block, empty for the core's."""
        prefix = self.opcode.partition("_")[0]
        return "" if prefix in CORE_CATEGORIES else prefix

    @property
    def category(self) -> str:
        """The category that gives the block its colour, as scratchblocks calls it."""
        if self.opcode.startswith("data_") and "list" in self.opcode:
            return "list"
        prefix = self.opcode.partition("_")[0]
        return CORE_CATEGORIES.get(prefix) or EXTENSION_CATEGORIES.get(prefix, prefix)

    @property
    def ends_script(self) -> bool:
        """Whether nothing can hang under the block."""
        return self.shape in ("cap", "c cap")


def menu(choices: Mapping[str, str] | str, *, is_open: bool = False) -> Menu:
    """A menu of a mapping from label to stored value, or of words that are stored as they are shown."""
    if isinstance(choices, str):
        words = [word.strip() for word in choices.split(",") if word.strip()]
        choices = {word: word for word in words}
    return Menu(choices=MappingProxyType(dict(choices)), is_open=is_open)


def value(shadow: str, name: str, default: str = "") -> InputType:
    """A slot in which the shadow block of that opcode lies."""
    return InputType(name=name, shadow=shadow, default=default)


def number(name: str, default: str = "") -> InputType:
    """A slot for a number."""
    return value("math_number", name, default)


def text(name: str, default: str = "") -> InputType:
    """A slot for text."""
    return value("text", name, default)


def condition(name: str) -> InputType:
    """A slot for a condition, in which nothing lies."""
    return value("", name)


def choice(name: str, choices: Menu) -> FieldType:
    """A menu of the block itself."""
    return FieldType(name=name, kind="menu", menu=choices)


VARIABLE = FieldType(name="VARIABLE", kind="variable")
LIST = FieldType(name="LIST", kind="list")
BROADCAST = FieldType(name="BROADCAST_OPTION", kind="broadcast")


def block(
    shape: Shape, opcode: str, label: str, *arguments: Argument, forum: bool = True, hidden: bool = False
) -> BlockType:
    """A row of the catalogue."""
    return BlockType(
        opcode=opcode,
        label=label,
        shape=shape,
        arguments=arguments,
        has_forum_text=forum,
        is_hidden=hidden or not forum,
    )
