"""A program to the bytes of an ``.sb3`` file: the same program, the same bytes.

Blocks are :mod:`~scratchgen.scratch.block_writer`'s. Whether the program makes sense is the linter's to say;
the writer refuses only what cannot be written.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from scratchgen.errors import ProgramError
from scratchgen.files import write_whole
from scratchgen.scratch.block_writer import BlockWriter, Identifiers, Kind, Scope, json_value
from scratchgen.scratch.defaults import MONITOR_SETTINGS, SLIDER_SETTINGS, SPRITE_STATE, STAGE_STATE
from scratchgen.scratch.memory import collector_paused
from scratchgen.scratch.numbers import as_javascript, is_number
from scratchgen.scratch.procedures import placeholders
from scratchgen.scratch.program import Asset, Costume, Monitor, Project, Sound, Sprite, Variable

__all__ = ["project_to_bytes", "project_to_json", "write_project"]

SEMVER = "3.0.0"

EMPTY_PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2" viewBox="-1 -1 2 2"/>'

MONITOR_IDS: Mapping[str, str] = MappingProxyType(
    {
        "looks_backdropnumbername": "backdropnumbername",
        "sensing_answer": "answer",
        "sensing_current": "current",
        "sensing_loudness": "loudness",
        "sensing_timer": "timer",
    }
)
"""The ids under which the editor finds the monitors that belong to no sprite."""

SURROGATE = re.compile("[\ud800-\udfff]")

COMPRESSION = 6
"""The official editor's level of deflate; 9 takes three times as long and saves two per cent."""

EARLIEST_TIME = (1980, 1, 1, 0, 0, 0)
"""What every file in the archive is dated, so that the same program gives the same bytes."""


def write_project(project: Project, path: Path | str) -> None:
    """Write a project file, whole or not at all; see :func:`project_to_bytes`."""
    write_whole(path, project_to_bytes(project))


@collector_paused()
def project_to_bytes(project: Project) -> bytes:
    """Return the bytes of the ``.sb3`` file: the same for the same program (and the same zlib).

    Ids are made here. Broadcasts that are used and not declared are declared on the stage, extensions that
    are used are listed, a sprite without costumes gets an empty one.

    Raises:
        ProgramError: a variable or list that is not declared, two of one name, a value that a project cannot
            hold, or a custom block whose parameters do not fit.

    >>> stage = Sprite(name="Stage", is_stage=True, variables=(Variable(name="red", value=128),))
    >>> data = project_to_bytes(Project(sprites=(stage,)))
    >>> data == project_to_bytes(Project(sprites=(stage,)))
    True
    >>> zipfile.ZipFile(io.BytesIO(data)).namelist()[0]
    'project.json'
    """
    try:
        with collector_paused():
            content, assets = project_to_json(project)
            text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise ProgramError(
            f"a monitor, a mutation or the meta data cannot be stored ({error})", todo="store plain JSON"
        ) from None
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError:  # half a surrogate pair, for which JSON has an escape
        data = SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", text).encode("utf-8")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, file in {"project.json": data, **assets}.items():
            entry = zipfile.ZipInfo(name, EARLIEST_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # else it says on which system it was written
            archive.writestr(entry, file, compresslevel=COMPRESSION)
    return buffer.getvalue()


def project_to_json(project: Project) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return the content of ``project.json``, and the assets by the names under which it refers to them."""
    if not project.sprites or not project.sprites[0].is_stage:
        raise ProgramError("the project has no stage", todo="make the stage the first of its sprites")
    writer = _ProjectWriter()
    targets = [writer.target(sprite, order) for order, sprite in enumerate(project.sprites)]
    targets[0]["broadcasts"] = {id_: name for name, id_ in writer.broadcasts.items()}
    extensions = dict.fromkeys((*project.extensions, *writer.extensions))
    content = {
        "targets": targets,
        "monitors": [writer.monitor(monitor, place) for place, monitor in enumerate(project.monitors)],
        "extensions": list(extensions),
        "meta": {"semver": SEMVER, **project.meta},
    }
    return content, writer.assets


class _ProjectWriter:
    """What the sprites of one project share: ids, the stage's names, and the assets."""

    def __init__(self) -> None:
        self.ids = Identifiers()
        self.names: dict[str | None, dict[tuple[Kind, str], str]] = {}
        self.broadcasts: dict[str, str] = {}
        self.extensions: dict[str, None] = {}
        self.assets: dict[str, bytes] = {}

    def target(self, sprite: Sprite, order: int) -> dict[str, Any]:
        """One sprite, or the stage."""
        place = "the stage" if sprite.is_stage else f"sprite “{sprite.name}”"
        names = self.declare(sprite, place)
        self.names.setdefault(None if sprite.is_stage else sprite.name, names)
        own_broadcasts = {} if sprite.is_stage else {b: next(self.ids.broadcasts) for b in sprite.broadcasts}
        if sprite.is_stage:
            self.broadcasts.update({b: next(self.ids.broadcasts) for b in sprite.broadcasts})
        writer = BlockWriter(
            Scope(
                place=place,
                own=names,
                stage=self.names[None],
                broadcasts=self.broadcasts,
                own_broadcasts=own_broadcasts,
                ids=self.ids,
            ),
            self.procedures(sprite, place),
        )
        for script in sprite.scripts:
            writer.write_script(script)
        for comment in sprite.comments:
            writer.write_comment(comment)
        self.extensions.update(writer.extensions)
        return {
            "isStage": sprite.is_stage,
            "name": "Stage" if sprite.is_stage else sprite.name,
            "variables": {
                names["variable", variable.name]: _variable(variable, place) for variable in sprite.variables
            },
            "lists": {
                names["list", each.name]: [each.name, [json_value(item, place) for item in each.items]]
                for each in sprite.lists
            },
            "broadcasts": {id_: name for name, id_ in own_broadcasts.items()},
            "blocks": writer.blocks,
            "comments": writer.comments,
            "currentCostume": sprite.current_costume,
            "costumes": [self.costume(costume) for costume in sprite.costumes or (_empty_costume(sprite),)],
            "sounds": [self.sound(sound) for sound in sprite.sounds],
            "volume": _number(sprite.volume),
            "layerOrder": order if sprite.layer_order is None else sprite.layer_order,
            **{key: _number(value) for key, value in _state(sprite).items()},
        }

    def declare(self, sprite: Sprite, place: str) -> dict[tuple[Kind, str], str]:
        """Ids for the sprite's variables and lists."""
        names: dict[tuple[Kind, str], str] = {}
        declared: list[tuple[Kind, str]] = [("variable", variable.name) for variable in sprite.variables]
        declared += [("list", each.name) for each in sprite.lists]
        for (kind, name), count in Counter(declared).items():
            if count > 1:
                raise ProgramError(
                    f"the {kind} “{name}” is declared {count} times", where=place, todo="declare it once"
                )
            names[kind, name] = next(self.ids.variables if kind == "variable" else self.ids.lists)
        return names

    def procedures(self, sprite: Sprite, place: str) -> dict[str, tuple[str, ...]]:
        """Argument ids for the custom blocks that the sprite defines."""
        procedures: dict[str, tuple[str, ...]] = {}
        for script in sprite.scripts:
            for procedure in (block.procedure for block in script.blocks if block.procedure is not None):
                if len(placeholders(procedure.code)) != len(procedure.parameters):
                    raise ProgramError(
                        f"the custom block “{procedure.code}” has {len(procedure.parameters)} parameters",
                        where=place,
                        todo="write one %s or %b in its code for each of them",
                    )
                ids = tuple(next(self.ids.arguments) for _ in procedure.parameters)
                procedures.setdefault(procedure.code, ids)
        return procedures

    def costume(self, costume: Costume) -> dict[str, Any]:
        """A costume, whose picture goes to the assets."""
        return {
            "name": costume.name,
            "bitmapResolution": costume.bitmap_resolution,
            **self.asset(costume.asset),
            "rotationCenterX": as_javascript(costume.centre_x),
            "rotationCenterY": as_javascript(costume.centre_y),
        }

    def sound(self, sound: Sound) -> dict[str, Any]:
        """A sound, whose recording goes to the assets."""
        return {
            "name": sound.name,
            **self.asset(sound.asset),
            "format": sound.format,
            "rate": as_javascript(sound.rate),
            "sampleCount": as_javascript(sound.sample_count),
        }

    def asset(self, asset: Asset) -> dict[str, str]:
        """How a project refers to a file, which is named by the MD5 of what it holds."""
        digest = asset.digest
        if asset.data is not None:
            digest = hashlib.md5(asset.data, usedforsecurity=False).hexdigest()
            self.assets[f"{digest}.{asset.extension}"] = asset.data
        return {
            "dataFormat": asset.extension,
            "assetId": digest,
            "md5ext": f"{digest}.{asset.extension}",
        }

    def monitor(self, monitor: Monitor, place: int) -> dict[str, Any]:
        """A monitor, under the id by which the engine finds what it shows."""
        is_list = monitor.opcode == "data_listcontents"
        settings = {**MONITOR_SETTINGS, **({} if is_list else SLIDER_SETTINGS), **monitor.settings}
        return {
            "id": self.monitor_id(monitor, place),
            "mode": monitor.mode,
            "opcode": monitor.opcode,
            "params": dict(monitor.params),
            "spriteName": monitor.sprite,
            "value": monitor.value,
            **{key: _number(value) for key, value in settings.items()},
        }

    def monitor_id(self, monitor: Monitor, place: int) -> str:
        """That of the variable or list, else the editor's for the reporter, else one of ours."""
        kinds: dict[str, tuple[Kind, str]] = {
            "data_variable": ("variable", "VARIABLE"),
            "data_listcontents": ("list", "LIST"),
        }
        if monitor.opcode in kinds:
            kind, parameter = kinds[monitor.opcode]
            name = monitor.params.get(parameter, "")
            id_ = self.names.get(monitor.sprite, {}).get((kind, name))
            if id_ is None:
                raise ProgramError(
                    f"a monitor shows the {kind} “{name}”, which is not declared",
                    where=f"sprite “{monitor.sprite}”" if monitor.sprite else "the stage",
                    todo="declare it, or take the monitor away",
                )
            return id_
        if monitor.sprite is not None:
            return f"monitor-{place + 1}"  # the engine makes its own when it loads the project
        id_ = MONITOR_IDS.get(monitor.opcode, monitor.opcode)
        return "_".join((id_, *(str(value).lower() for value in monitor.params.values())))


def _variable(variable: Variable, place: str) -> list[Any]:
    return [variable.name, json_value(variable.value, place), *([True] if variable.cloud else [])]


def _state(sprite: Sprite) -> dict[str, Any]:
    return {**(STAGE_STATE if sprite.is_stage else SPRITE_STATE), **sprite.state}


def _number(value: Any) -> Any:
    return as_javascript(value) if is_number(value) else value


def _empty_costume(sprite: Sprite) -> Costume:
    name = "backdrop1" if sprite.is_stage else "costume1"
    return Costume(name=name, asset=Asset(extension="svg", data=EMPTY_PICTURE))
