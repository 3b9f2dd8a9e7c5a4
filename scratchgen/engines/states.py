"""What a real engine keeps of the stage, its sprites, their pens and the monitors without any pixels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scratchgen.engines.values import decode_value
from scratchgen.scratch.program import Value

__all__ = ["MonitorState", "PenState", "SpriteState", "StrokeRecord", "sprite_state", "stroke_record"]

RGBA = tuple[float, float, float, float]
"""Red, green, blue and opacity, each from 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PenState:
    """A sprite's pen. ``colour`` to ``transparency`` go from 0 to 100, ``shade`` from 0 to 200."""

    is_down: bool
    colour: float
    saturation: float
    brightness: float
    transparency: float
    shade: float
    size: float
    rgba: RGBA


@dataclass(frozen=True, slots=True, kw_only=True)
class SpriteState:
    """A sprite, a clone or the stage at one moment; ``costume`` and ``instrument`` count from 1.

    ``pen`` is None, and ``sound_effects`` may be empty, where no block of that category has run; ``tempo`` is
    the stage's.
    """

    name: str
    is_clone: bool
    x: float
    y: float
    direction: float
    size: float
    visible: bool
    draggable: bool
    rotation_style: str
    costume: int
    volume: float
    tempo: float
    instrument: float
    bubble: str
    pen: PenState | None
    effects: dict[str, float]
    sound_effects: dict[str, float]
    variables: dict[str, Value]
    lists: dict[str, list[Value]]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitorState:
    """A value shown on the stage, or hidden; ``sprite`` is None for one of the stage's."""

    sprite: str | None
    opcode: str
    params: Mapping[str, str]
    visible: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StrokeRecord:
    """What the engine told its renderer of a pen: a line, a point, or a stamp, of which nothing more is kept.

    ``ends`` are the x and y of the start and of the end.
    """

    kind: str
    ends: tuple[float, ...] = ()
    rgba: tuple[float, ...] = ()
    size: float = 0.0


def stroke_record(content: Mapping[str, Any]) -> StrokeRecord:
    """Return a stroke as Node wrote it."""
    return StrokeRecord(
        kind=content["kind"],
        ends=tuple(map(_number, content.get("ends", ()))),
        rgba=tuple(map(_number, content.get("rgba", ()))),
        size=_number(content.get("size", 0)),
    )


def sprite_state(content: Mapping[str, Any]) -> SpriteState:
    """Return a sprite's state as Node wrote it."""
    numbers = ("x", "y", "direction", "size", "volume", "tempo", "instrument")
    return SpriteState(
        **{
            **content,
            **{name: _number(content[name]) for name in numbers},
            **{name: _numbers(content[name]) for name in ("effects", "sound_effects")},
            "pen": _pen_state(content["pen"]) if content["pen"] else None,
            "variables": {name: decode_value(value) for name, value in content["variables"].items()},
            "lists": {name: list(map(decode_value, items)) for name, items in content["lists"].items()},
        }
    )


def _pen_state(content: Mapping[str, Any]) -> PenState:
    numbers = {name: value for name, value in content.items() if name not in ("is_down", "rgba")}
    red, green, blue, opacity = map(_number, content["rgba"])
    return PenState(is_down=content["is_down"], rgba=(red, green, blue, opacity), **_numbers(numbers))


def _numbers(content: Mapping[str, Any]) -> dict[str, float]:
    return {name: _number(value) for name, value in content.items()}


def _number(content: Any) -> float:
    """Return a number; the null that a clone gets for a number that JSON lacks counts as 0."""
    return 0.0 if content is None else float(decode_value(content))
