"""What others see of the stage, a sprite or a clone: a copy that cannot be changed, and does not change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from scratchgen.scratch.program import Value
from scratchgen.simulator.stance import Pen
from scratchgen.simulator.targets import Target

__all__ = ["PenView", "SpriteView", "view_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PenView:
    """A pen. ``colour`` to ``transparency`` go from 0 to 100, ``rgba`` from 0 to 1, ``size`` is the diameter.

    ``shade`` is that of Scratch 2, from 0 to 200.
    """

    is_down: bool
    colour: float
    saturation: float
    brightness: float
    transparency: float
    shade: float
    size: float
    rgba: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpriteView:
    """How a sprite, a clone or the stage stands at one moment.

    ``x`` and ``y`` are in units of the stage, ``direction`` in degrees (90 to the right); size, volume and
    effects are as the blocks say them. ``costume`` counts from 1, and so does ``layer``, from back to front;
    the stage has 0, unless a fraction of a layer brought a sprite behind it. ``bubble`` is the text in the
    speech bubble, empty where there is none. ``tempo`` is the stage's for all. ``variables`` and ``lists``
    are the sprite's own.
    """

    name: str
    is_clone: bool
    x: float
    y: float
    direction: float
    rotation_style: str
    size: float
    visible: bool
    draggable: bool
    costume: int
    costume_name: str
    effects: Mapping[str, float]
    layer: int
    bubble: str
    bubble_kind: Literal["say", "think"]
    volume: float
    sound_effects: Mapping[str, float]
    instrument: float
    tempo: float
    pen: PenView
    variables: Mapping[str, Value]
    lists: Mapping[str, tuple[Value, ...]]


def view_of(target: Target, *, layer: int, tempo: float) -> SpriteView:
    """Return how a target stands now."""
    stance, names = target.stance, target.code.names
    costumes = target.sprite.costumes
    return SpriteView(
        name=target.name,
        is_clone=not target.is_original,
        x=stance.x,
        y=stance.y,
        direction=stance.direction,
        rotation_style=stance.rotation_style,
        size=stance.size,
        visible=stance.visible,
        draggable=stance.draggable,
        costume=stance.costume + 1,
        costume_name=costumes[stance.costume].name if costumes else "",
        effects=MappingProxyType(dict(stance.effects)),
        layer=layer,
        bubble=stance.bubble,
        bubble_kind=stance.bubble_kind,
        volume=stance.volume,
        sound_effects=MappingProxyType(dict(stance.sound_effects)),
        instrument=stance.instrument,
        tempo=tempo,
        pen=_pen_view(stance.pen),
        variables=MappingProxyType(
            {name: target.values[place] for name, place in names.own_variables.items()}
        ),
        lists=MappingProxyType({name: tuple(target.lists[place]) for name, place in names.own_lists.items()}),
    )


def _pen_view(pen: Pen) -> PenView:
    return PenView(
        is_down=pen.is_down,
        colour=pen.colour,
        saturation=pen.saturation,
        brightness=pen.brightness,
        transparency=pen.transparency,
        shade=pen.shade,
        size=pen.size,
        rgba=pen.rgba,
    )
