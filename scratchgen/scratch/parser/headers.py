"""The ``//!`` lines before the scripts: what a sprite is and has, and what the project has besides.

Each header's first word finds its reader in a table. Values lie in brackets that tell their type.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from scratchgen.errors import ScratchgenError
from scratchgen.scratch.labels import nearest
from scratchgen.scratch.layout import arrange
from scratchgen.scratch.parser.faults import Fault
from scratchgen.scratch.parser.options import PartReader, read_geometry
from scratchgen.scratch.parser.slots import SlotRules
from scratchgen.scratch.program import (
    Asset,
    Comment,
    Costume,
    ListVariable,
    Monitor,
    Project,
    Script,
    Sound,
    Sprite,
    Value,
    Variable,
)

__all__ = ["ProjectHeaders", "SpriteHeaders", "read_header"]

BOOLEAN_STATE = frozenset({"visible", "draggable"})
SPRITE_FIELDS: Mapping[str, str] = {
    "currentCostume": "current_costume",
    "volume": "volume",
    "layerOrder": "layer_order",
}
"""State that has a place of its own in the tree."""
HEX_DIGITS = frozenset("0123456789abcdefABCDEF")
LIST_MONITOR = "data_listcontents"


@dataclass(slots=True)
class SpriteHeaders:
    """What the headers of a section say of a sprite or the stage."""

    name: str
    is_stage: bool = False
    variables: list[Variable] = field(default_factory=list)
    lists: dict[str, list[Value]] = field(default_factory=dict)
    broadcasts: list[str] = field(default_factory=list)
    costumes: list[Costume] = field(default_factory=list)
    sounds: list[Sound] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    state: dict[str, Any] = field(default_factory=dict)
    current_costume: int = 0
    volume: float = 100
    layer_order: int | None = None

    def sprite(self, scripts: Iterable[Script] = (), comments: Iterable[Comment] = ()) -> Sprite:
        """The sprite with its scripts, and the comments that were found between them."""
        return Sprite(
            name=self.name,
            is_stage=self.is_stage,
            variables=tuple(self.variables),
            lists=tuple(ListVariable(name=name, items=tuple(items)) for name, items in self.lists.items()),
            broadcasts=tuple(self.broadcasts),
            scripts=tuple(scripts),
            comments=(*self.comments, *comments),
            costumes=tuple(self.costumes),
            sounds=tuple(self.sounds),
            current_costume=self.current_costume,
            volume=self.volume,
            layer_order=self.layer_order,
            state=self.state,
        )


@dataclass(slots=True)
class ProjectHeaders:
    """What the headers say of the whole project, and where its assets come from."""

    find_asset: Callable[[str], bytes] | None
    rules: SlotRules = field(default_factory=SlotRules)
    is_arranged: bool = False
    monitors: list[Monitor] = field(default_factory=list)
    extensions: list[str] = field(default_factory=list)
    meta: dict[str, Any] = field(default_factory=dict)
    embedded: dict[str, list[str]] = field(default_factory=dict)

    def asset(self, name: str, column: int) -> Asset:
        """The costume's or sound's file of that name: embedded in the text, or beside it."""
        stem, _, extension = name.rpartition(".")
        if not stem:
            raise Fault(column, f"“{name}” has no ending", "name a file such as [cat.svg]")
        if name in self.embedded:
            try:
                data = base64.b64decode("".join(self.embedded[name]), validate=True)
            except binascii.Error:
                raise Fault(column, f"the asset “{name}” is damaged", "embed the file again") from None
        elif self.find_asset is not None:
            try:
                data = self.find_asset(name)
            except (OSError, KeyError, ScratchgenError) as error:
                reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
                raise Fault(
                    column, f"the file “{name}” cannot be read ({reason})", "check its name"
                ) from None
        else:
            raise Fault(column, f"the text does not hold the file “{name}”", "embed it: //! asset")
        return Asset(extension=extension, data=data, digest=digest_of(stem, data))

    def project(self, sprites: tuple[Sprite, ...]) -> Project:
        """The project of these sprites."""
        project = Project(
            sprites=sprites,
            monitors=tuple(self.monitors),
            extensions=tuple(self.extensions),
            meta=self.meta,
        )
        return arrange(project) if self.is_arranged else project


def digest_of(stem: str, data: bytes) -> str:
    """The MD5 by which a project names a file; the name itself when it is one already."""
    if len(stem) == 32 and HEX_DIGITS.issuperset(stem):
        return stem
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


def read_header(
    word: str, column: int, reader: PartReader, sprite: SpriteHeaders, project: ProjectHeaders
) -> None:
    """Read what follows a header's first word.

    Raises:
        Fault: there is no such header, or it is not complete.
    """
    if word not in READERS:
        like = nearest(word, [*READERS, "stage", "sprite", "at"])
        hint = f"did you mean “//! {like}”" if like else f"headers are {', '.join(READERS)}"
        raise Fault(column, f"there is no header “//! {word}”", hint)
    READERS[word](reader, sprite, project)
    if not reader.done():
        raise Fault(reader.column, "this does not belong to the header", "delete it")


def _variable(reader: PartReader, sprite: SpriteHeaders, _: ProjectHeaders) -> None:
    name = reader.name()
    cloud = reader.skip("cloud")
    value: Value = 0
    if reader.skip("="):
        value = reader.value()
    sprite.variables.append(Variable(name=name, value=value, cloud=cloud))


def _list(reader: PartReader, sprite: SpriteHeaders, _: ProjectHeaders) -> None:
    column, name = reader.column, reader.name()
    if name in sprite.lists:
        raise Fault(column, f"the list “{name}” is declared twice", "go on with //! + on the next line")
    reader.skip("=")
    sprite.lists[name] = []
    read_items(reader, sprite.lists[name])


def read_items(reader: PartReader, items: list[Value]) -> None:
    """Read the items of a list, up to the end of the line."""
    while reader.has_value():
        items.append(reader.value())


def _broadcast(reader: PartReader, sprite: SpriteHeaders, _: ProjectHeaders) -> None:
    sprite.broadcasts.append(reader.name())


def _costume(reader: PartReader, sprite: SpriteHeaders, project: ProjectHeaders) -> None:
    costume = Costume(name=reader.name(), asset=_asset(reader, project))
    while not reader.done():
        if reader.skip("centre"):
            costume = replace(costume, centre_x=reader.number(), centre_y=reader.number())
        elif reader.skip("resolution"):
            costume = replace(costume, bitmap_resolution=_whole(reader))
        else:
            raise Fault(reader.column, "here should stand centre (x) (y) or resolution (1)")
    sprite.costumes.append(costume)


def _sound(reader: PartReader, sprite: SpriteHeaders, project: ProjectHeaders) -> None:
    sound = Sound(name=reader.name(), asset=_asset(reader, project))
    while not reader.done():
        if reader.skip("rate"):
            sound = replace(sound, rate=reader.number())
        elif reader.skip("samples"):
            sound = replace(sound, sample_count=reader.number())
        elif reader.skip("format"):
            sound = replace(sound, format=reader.text())
        else:
            raise Fault(reader.column, "here should stand rate (48000), samples (1000) or format [adpcm]")
    sprite.sounds.append(sound)


def _asset(reader: PartReader, project: ProjectHeaders) -> Asset:
    if reader.skip("missing"):  # the project names a file that it does not hold
        stem, _, extension = reader.text().rpartition(".")
        return Asset(extension=extension, data=None, digest=stem)
    if not reader.skip("from"):
        raise Fault(reader.column, "here should stand from [file]")
    column = reader.column
    return project.asset(reader.text("the name of a file, in square brackets"), column)


def _state(reader: PartReader, sprite: SpriteHeaders, _: ProjectHeaders) -> None:
    column, key = reader.column, reader.name()
    if not reader.skip("="):
        raise Fault(reader.column, "here should stand = and a value")
    value = _any_value(reader)
    if key in BOOLEAN_STATE and value in ("true", "false"):
        value = value == "true"
    if key in SPRITE_FIELDS:
        if not isinstance(value, int | float) or (key != "volume" and not isinstance(value, int)):
            raise Fault(column, f"{key} is a number")
        setattr(sprite, SPRITE_FIELDS[key], value)
    else:
        sprite.state[key] = value


def _any_value(reader: PartReader) -> Any:
    """A value, or ``json [...]`` for what Scratch keeps besides values."""
    if not reader.skip("json"):
        return reader.value()
    column = reader.column
    try:
        return json.loads(reader.text("JSON, in square brackets"))
    except (ValueError, RecursionError):
        raise Fault(column, "this is not JSON") from None


def _comment(reader: PartReader, sprite: SpriteHeaders, _: ProjectHeaders) -> None:
    sprite.comments.append(read_geometry(reader, Comment(text=reader.text())))


def _whole(reader: PartReader) -> int:
    column, number = reader.column, reader.number()
    if not isinstance(number, int):
        raise Fault(column, "this must be a whole number")
    return number


def _monitor(reader: PartReader, _: SpriteHeaders, project: ProjectHeaders) -> None:
    monitor = Monitor(opcode=reader.text("an opcode, in square brackets"))
    while not reader.done():
        column, word = reader.column, reader.word()
        if word == "param":
            monitor = replace(monitor, params={**monitor.params, reader.name(): reader.name()})
        elif word == "of":
            monitor = replace(monitor, sprite=reader.name())
        elif word == "mode":
            monitor = replace(monitor, mode=reader.text())
        elif word == "value":
            monitor = replace(monitor, value=_any_value(reader))
        elif word == "set":
            key = reader.name()
            monitor = replace(monitor, settings={**monitor.settings, key: _any_value(reader)})
        else:
            raise Fault(column, "here should stand param, of, mode, value or set")
    if isinstance(monitor.value, list):
        monitor = replace(monitor, value=tuple(monitor.value))
    project.monitors.append(monitor)


def _extension(reader: PartReader, _: SpriteHeaders, project: ProjectHeaders) -> None:
    project.extensions.append(reader.name())


def _numbers(reader: PartReader, _: SpriteHeaders, project: ProjectHeaders) -> None:
    _expect(reader, "as", "text")
    project.rules = replace(project.rules, numbers_as_text=True)


def _nothing(reader: PartReader, _: SpriteHeaders, project: ProjectHeaders) -> None:
    _expect(reader, "under", "blocks")
    project.rules = replace(project.rules, nothing_under_blocks=True)


def _arranged(_: PartReader, __: SpriteHeaders, project: ProjectHeaders) -> None:
    project.is_arranged = True


def _expect(reader: PartReader, *words: str) -> None:
    for word in words:
        column = reader.column
        if not reader.skip(word):
            raise Fault(column, f"here should stand “{word}”")


def _meta(reader: PartReader, _: SpriteHeaders, project: ProjectHeaders) -> None:
    key = reader.name()
    if not reader.skip("="):
        raise Fault(reader.column, "here should stand = and a value")
    project.meta[key] = _any_value(reader)


READERS: Mapping[str, Callable[[PartReader, SpriteHeaders, ProjectHeaders], None]] = {
    "variable": _variable,
    "list": _list,
    "broadcast": _broadcast,
    "costume": _costume,
    "sound": _sound,
    "state": _state,
    "comment": _comment,
    "monitor": _monitor,
    "extension": _extension,
    "meta": _meta,
    "numbers": _numbers,
    "nothing": _nothing,
    "arranged": _arranged,
}
