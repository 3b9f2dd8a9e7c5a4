"""Reads an ``.sb3`` file into a program tree.

The archive's bytes and JSON are :mod:`~scratchgen.scratch.archive`'s, the scripts
:mod:`~scratchgen.scratch.block_reader`'s. What cannot be understood is an error with a place in words; what
is merely wrong in a program (a variable that nobody declared, a custom block that nobody defined) is read,
and left to the linter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from scratchgen.errors import ProjectFileError
from scratchgen.scratch.archive import Archive, read_archive, read_archive_file
from scratchgen.scratch.block_reader import BlockReader
from scratchgen.scratch.defaults import (
    MONITOR_SETTINGS,
    SLIDER_SETTINGS,
    SPRITE_STATE,
    STAGE_STATE,
    special,
)
from scratchgen.scratch.memory import collector_paused
from scratchgen.scratch.numbers import is_number
from scratchgen.scratch.program import (
    Asset,
    Comment,
    Costume,
    ListVariable,
    Monitor,
    Project,
    Reference,
    Sound,
    Sprite,
    Value,
    Variable,
)

__all__ = ["project_from_bytes", "read_project"]

TARGET_KEYS = frozenset(
    """
    id name isStage variables lists broadcasts blocks comments
    currentCostume costumes sounds volume layerOrder
    """.split()
)
"""What has a place of its own in the tree; the rest of a target is its state."""
MONITOR_KEYS = frozenset({"id", "opcode", "params", "spriteName", "mode", "value"})
NUMERIC_STATE = frozenset({"x", "y", "size", "direction", "tempo", "videoTransparency"})

_SAVE_AGAIN = "open it in the Scratch editor and save it again"


def read_project(path: Path | str) -> Project:
    """Read an ``.sb3`` file.

    Raises:
        ProjectFileError: there is no such file, or it is no project.
    """
    return _project(read_archive_file(path), str(path))


def project_from_bytes(data: bytes, where: str = "project") -> Project:
    """Read the bytes of an ``.sb3`` file; ``where`` begins the messages.

    >>> project_from_bytes(b'{"targets": [{"isStage": true, "name": "Stage"}]}').stage.name
    'Stage'

    Raises:
        ProjectFileError: the bytes are no project.
    """
    return _project(read_archive(data, where=where), where)


@collector_paused()
def _project(archive: Archive, where: str) -> Project:
    with collector_paused():
        return _tree(archive, where)


def _tree(archive: Archive, where: str) -> Project:
    content = archive.project
    targets = [_object(target, where, "a target") for target in _list(content, "targets", where)]
    stages = [target for target in targets if target.get("isStage") is True]
    if len(stages) != 1:
        raise ProjectFileError(f"it has {len(stages)} stages, not one", where=where, todo=_SAVE_AGAIN)
    stage = TargetReader(stages[0], archive.assets, where, None)
    others = [target for target in targets if target is not stages[0]]
    sprites = [stage.sprite()] + [
        TargetReader(target, archive.assets, where, stage).sprite() for target in others
    ]
    monitors = [_object(monitor, where, "a monitor") for monitor in _list(content, "monitors", where)]
    extensions = _list(content, "extensions", where)
    if not all(isinstance(extension, str) for extension in extensions):
        raise ProjectFileError("an extension's name is not text", where=where, todo=_SAVE_AGAIN)
    if [sprite.layer_order for sprite in sprites] == list(range(len(sprites))):
        sprites = [replace(sprite, layer_order=None) for sprite in sprites]
    return Project(
        sprites=tuple(sprites),
        monitors=tuple(_monitor(monitor, where) for monitor in monitors),
        extensions=tuple(extensions),
        meta=_object(content.get("meta", {}), where, "meta"),
    )


def _monitor(content: Mapping[str, Any], where: str) -> Monitor:
    params = _object(content.get("params") or {}, where, "a monitor's params")
    sprite = content.get("spriteName")
    value = content.get("value", 0)
    if not (sprite is None or isinstance(sprite, str)) or not all(
        isinstance(p, str) for p in params.values()
    ):
        raise ProjectFileError("a monitor is malformed", where=where, todo=_SAVE_AGAIN)
    return Monitor(
        opcode=_text(content, "opcode", f"{where}: a monitor"),
        params=params,
        sprite=sprite,
        mode=_text(content, "mode", f"{where}: a monitor", "default"),
        value=tuple(value) if isinstance(value, list) else value,
        settings=special(
            {key: entry for key, entry in content.items() if key not in MONITOR_KEYS},
            {**MONITOR_SETTINGS, **SLIDER_SETTINGS},
        ),
    )


class TargetReader:
    """Reads the stage or a sprite; a sprite also knows the stage's names."""

    def __init__(
        self,
        content: Mapping[str, Any],
        assets: Mapping[str, bytes],
        where: str,
        stage: TargetReader | None,
    ) -> None:
        self.content = content
        self.assets = assets
        self.name = _text(content, "name", f"{where}: a target")
        self.where = f"{where}: sprite {self.name!r}" if stage else f"{where}: the stage"
        self.stage = stage
        self.variables = _with_own_names(dict(self._entries("variables")))
        self.lists = _with_own_names(dict(self._entries("lists")))
        self.broadcasts = _object(content.get("broadcasts", {}), self.where, "broadcasts")
        own = {key: entry[0] for table in (self.variables, self.lists) for key, entry in table.items()}
        self.own_names: dict[str, str] = own
        self.names: dict[str, str] = (
            (stage.names if stage else {})
            | own
            | {key: name for key, name in self.broadcasts.items() if isinstance(name, str)}
        )

    def sprite(self) -> Sprite:
        """Return the target as a node of the tree."""
        attached, free = self._comments()
        reader = BlockReader(
            content=_object(self.content.get("blocks", {}), self.where, "blocks"),
            names=self.names,
            reference=self._reference,
            comments=attached,
            where=self.where,
        )
        scripts = reader.scripts()
        lost = [comment for key, comment in attached.items() if key not in reader.used_comments]
        layer = self.content.get("layerOrder")
        return Sprite(
            name=self.name if self.stage else "Stage",
            is_stage=self.stage is None,
            variables=tuple(self._variables()),
            lists=tuple(self._lists()),
            broadcasts=tuple(self._broadcasts()),
            scripts=scripts,
            comments=(*free, *lost),
            costumes=tuple(map(self._costume, self._things("costumes"))),
            sounds=tuple(map(self._sound, self._things("sounds"))),
            current_costume=int(_number(self.content, "currentCostume", self.where, 0)),
            volume=_number(self.content, "volume", self.where, 100),
            layer_order=layer if isinstance(layer, int) else None,
            state=self._state(),
        )

    def _entries(self, key: str) -> Iterator[tuple[str, list[Any]]]:
        """Yield the id and the row of each variable or list."""
        for identifier, row in _object(self.content.get(key, {}), self.where, key).items():
            if not isinstance(row, list) or len(row) < 2 or not isinstance(row[0], str):
                raise self._fault(f"an entry of {key} is not a name and a value")
            yield identifier, row

    def _variables(self) -> Iterator[Variable]:
        for name, value, *rest in self.variables.values():
            yield Variable(name=name, value=self._value(value, name), cloud=rest[:1] == [True])

    def _lists(self) -> Iterator[ListVariable]:
        for name, items, *_ in self.lists.values():
            if not isinstance(items, list):
                raise self._fault(f"the list {name!r} is not a list")
            yield ListVariable(name=name, items=tuple(self._value(item, name) for item in items))

    def _value(self, value: Any, name: str) -> Value:
        if isinstance(value, str | int | float):
            return value
        kind = "null" if value is None else "neither text nor a number"
        raise self._fault(f"{name!r} holds a value that is {kind}")

    def _broadcasts(self) -> Iterator[str]:
        for name in self.broadcasts.values():
            if not isinstance(name, str):
                raise self._fault("a broadcast's name is not text")
            yield name

    def _reference(self, text: str, identifier: str | None, kind: str) -> Reference:
        """Return the reference for what a field says: by its id where that is known, else by its text."""
        table = "lists" if kind == "list" else "variables"
        own: dict[str, list[Any]] = getattr(self, table)
        if identifier in own:
            return Reference(name=own[identifier][0])
        stage: dict[str, list[Any]] = getattr(self.stage, table) if self.stage else {}
        if identifier in stage:
            name = stage[identifier][0]
            hidden = any(row[0] == name for row in own.values())
            return Reference(name=name, scope="stage" if hidden else "nearest")
        return Reference(name=text)

    def _comments(self) -> tuple[dict[str, Comment], list[Comment]]:
        """Return the first comment of each block by the block's id, and all the others."""
        attached: dict[str, Comment] = {}
        free: list[Comment] = []
        for raw in _object(self.content.get("comments", {}), self.where, "comments").values():
            content = _object(raw, self.where, "a comment")
            comment = Comment(
                text=_text(content, "text", self.where),
                x=_number_or_none(content.get("x")),
                y=_number_or_none(content.get("y")),
                width=_number(content, "width", self.where, 200),
                height=_number(content, "height", self.where, 200),
                minimized=content.get("minimized") is True,
            )
            block = content.get("blockId")
            if isinstance(block, str) and block not in attached:
                attached[block] = comment
            else:
                free.append(comment)
        return attached, free

    def _things(self, key: str) -> list[Mapping[str, Any]]:
        return [
            _object(entry, self.where, f"one of its {key}") for entry in _list(self.content, key, self.where)
        ]

    def _asset(self, content: Mapping[str, Any]) -> Asset:
        digest = _text(content, "assetId", self.where)
        extension = _text(content, "dataFormat", self.where)
        file = _text(content, "md5ext", self.where, f"{digest}.{extension}")
        return Asset(extension=extension, data=self.assets.get(file), digest=digest)

    def _costume(self, content: Mapping[str, Any]) -> Costume:
        return Costume(
            name=_text(content, "name", self.where),
            asset=self._asset(content),
            centre_x=_number(content, "rotationCenterX", self.where, 0),
            centre_y=_number(content, "rotationCenterY", self.where, 0),
            bitmap_resolution=int(_number(content, "bitmapResolution", self.where, 1)),
        )

    def _sound(self, content: Mapping[str, Any]) -> Sound:
        return Sound(
            name=_text(content, "name", self.where),
            asset=self._asset(content),
            format=_text(content, "format", self.where, ""),
            rate=_number(content, "rate", self.where, 48000),
            sample_count=_number(content, "sampleCount", self.where, 0),
        )

    def _state(self) -> dict[str, Any]:
        state = {key: value for key, value in self.content.items() if key not in TARGET_KEYS}
        for key in NUMERIC_STATE & state.keys():
            _number(state, key, self.where, 0)
        return special(state, SPRITE_STATE if self.stage else STAGE_STATE)

    def _fault(self, what: str) -> ProjectFileError:
        return ProjectFileError(what, where=self.where, todo=_SAVE_AGAIN)


def _with_own_names(rows: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Give names of their own to all but the first of several entries that are called alike.

    The file tells them apart by their ids; the tree, like a pupil, only by their names.

    >>> [row[0] for row in _with_own_names({"a": ["x", 1], "b": ["x", 2], "c": ["x (2)", 3]}).values()]
    ['x', 'x (3)', 'x (2)']
    """
    taken = {row[0] for row in rows.values()}
    seen: set[str] = set()
    named: dict[str, list[Any]] = {}
    for identifier, (name, *rest) in rows.items():
        if name in seen:
            number = 2
            while f"{name} ({number})" in taken:
                number += 1
            name = f"{name} ({number})"
            taken.add(name)
        seen.add(name)
        named[identifier] = [name, *rest]
    return named


def _object(content: Any, where: str, what: str) -> dict[str, Any]:
    if isinstance(content, dict):
        return content
    raise ProjectFileError(f"{what} is not an object in its JSON", where=where, todo=_SAVE_AGAIN)


def _list(content: Mapping[str, Any], key: str, where: str) -> list[Any]:
    value = content.get(key, [])
    if isinstance(value, list):
        return value
    raise ProjectFileError(f"{key!r} is not a list in its JSON", where=where, todo=_SAVE_AGAIN)


def _text(content: Mapping[str, Any], key: str, where: str, default: str | None = None) -> str:
    value = content.get(key, default)
    if isinstance(value, str):
        return value
    raise ProjectFileError(f"{key!r} is not text in its JSON", where=where, todo=_SAVE_AGAIN)


def _number(content: Mapping[str, Any], key: str, where: str, default: float) -> float:
    value = content.get(key, default)
    if is_number(value):
        number: float = value
        return number
    raise ProjectFileError(f"{key!r} is not a number in its JSON", where=where, todo=_SAVE_AGAIN)


def _number_or_none(value: Any) -> float | None:
    return value if is_number(value) else None
