"""The ``//!`` lines of a project's text: what each sprite is and has, and at the end the files."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from typing import Any

from scratchgen.scratch.notation import escape_text, value_literal
from scratchgen.scratch.numbers import number_text
from scratchgen.scratch.printer.comments import geometry_text
from scratchgen.scratch.printer.slots import menu_text
from scratchgen.scratch.program import Asset, Monitor, Project, Sound, Sprite

__all__ = ["asset_lines", "comment_lines", "project_lines", "sprite_lines"]

WIDTH = 100
"""Lists and files go on in a next line from here on."""
GOES_ON = "//! + "


def sprite_lines(sprite: Sprite) -> Iterator[str]:
    """Yield the headers of a sprite, or of the stage."""
    yield "//! stage" if sprite.is_stage else f"//! sprite [{escape_text(sprite.name)}]"
    for variable in sprite.variables:
        cloud = " cloud" if variable.cloud else ""
        yield f"//! variable {menu_text(variable.name)}{cloud} = {value_literal(variable.value)}"
    for each in sprite.lists:
        yield from _wrapped(f"//! list {menu_text(each.name)} =", map(value_literal, each.items))
    for broadcast in sprite.broadcasts:
        yield f"//! broadcast {menu_text(broadcast)}"
    for costume in sprite.costumes:
        line = f"//! costume {_text(costume.name)} {_file(costume.asset)}"
        if costume.centre_x or costume.centre_y:
            line += f" centre ({number_text(costume.centre_x)}) ({number_text(costume.centre_y)})"
        yield line + (f" resolution ({costume.bitmap_resolution})" if costume.bitmap_resolution != 1 else "")
    yield from map(_sound, sprite.sounds)
    if sprite.current_costume:
        yield f"//! state [currentCostume] = ({sprite.current_costume})"
    if sprite.volume != 100:
        yield f"//! state [volume] = ({number_text(sprite.volume)})"
    if sprite.layer_order is not None:
        yield f"//! state [layerOrder] = ({sprite.layer_order})"
    for key, value in sprite.state.items():
        yield f"//! state {_text(key)} = {_any_value(value)}"


def comment_lines(sprite: Sprite) -> Iterator[str]:
    """Yield the comments that belong to no block."""
    for comment in sprite.comments:
        yield f"//! comment {_text(comment.text)}{geometry_text(comment)}"


def project_lines(project: Project) -> Iterator[str]:
    """Yield what belongs to no sprite."""
    for extension in project.extensions:
        yield f"//! extension {_text(extension)}"
    for key, value in project.meta.items():
        yield f"//! meta {_text(key)} = {_any_value(value)}"
    yield from map(_monitor, project.monitors)


def asset_lines(project: Project) -> Iterator[str]:
    """Yield the files of the costumes and sounds, each once."""
    files: dict[str, bytes] = {}
    for sprite in project.sprites:
        assets = [costume.asset for costume in sprite.costumes] + [sound.asset for sound in sprite.sounds]
        for asset in assets:
            if asset.data is not None:
                files.setdefault(_file_name(asset), asset.data)
    for name, data in files.items():
        yield f"//! asset {_text(name)} ="
        encoded = base64.b64encode(data).decode("ascii")
        for at in range(0, len(encoded), WIDTH):
            yield f"{GOES_ON}[{encoded[at : at + WIDTH]}]"


def _sound(sound: Sound) -> str:
    line = f"//! sound {_text(sound.name)} {_file(sound.asset)}"
    line += f" rate ({number_text(sound.rate)}) samples ({number_text(sound.sample_count)})"
    return line + (f" format {_text(sound.format)}" if sound.format else "")


def _monitor(monitor: Monitor) -> str:
    line = f"//! monitor {_text(monitor.opcode)}"
    for name, value in monitor.params.items():
        line += f" param {_text(name)} {_text(value)}"
    if monitor.sprite is not None:
        line += f" of {_text(monitor.sprite)}"
    if monitor.mode != "default":
        line += f" mode {_text(monitor.mode)}"
    if monitor.value != 0 or isinstance(monitor.value, bool):
        line += f" value {_any_value(monitor.value)}"
    for name, value in monitor.settings.items():
        line += f" set {_text(name)} {_any_value(value)}"
    return line


def _text(text: str) -> str:
    return f"[{escape_text(text)}]"


def _any_value(value: Any) -> str:
    if isinstance(value, str | int | float):
        return value_literal(value)
    content = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"json {_text(content)}"


def _file_name(asset: Asset) -> str:
    return f"{asset.digest}.{asset.extension}"


def _file(asset: Asset) -> str:
    return f"{'missing' if asset.data is None else 'from'} {_text(_file_name(asset))}"


def _wrapped(begin: str, items: Iterable[str]) -> Iterator[str]:
    """Yield a line that goes on in further lines where it would become too long."""
    line = begin
    for item in items:
        if len(line) + len(item) >= WIDTH and line not in (begin, GOES_ON.rstrip()):
            yield line
            line = GOES_ON.rstrip()
        line += f" {item}"
    yield line
