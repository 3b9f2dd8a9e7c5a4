"""How a target stands on the stage: the part of its state that is not variables.

Here is what it begins with, from the file or from the sprite that it is a clone of. Who changes what, and
how, is said in :mod:`~scratchgen.simulator.motion`, :mod:`~scratchgen.simulator.looks`,
:mod:`~scratchgen.simulator.sound` and :mod:`~scratchgen.simulator.pen`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Literal

from scratchgen.scratch.program import Sprite

__all__ = ["GRAPHIC_EFFECTS", "SOUND_EFFECTS", "Pen", "Stance", "clamp", "wrap"]

GRAPHIC_EFFECTS = ("color", "fisheye", "whirl", "pixelate", "mosaic", "brightness", "ghost")
SOUND_EFFECTS = ("pitch", "pan")


def clamp(number: float, low: float, high: float) -> float:
    """Return the nearest number between two; NaN stays NaN.

    >>> clamp(120.0, 0.0, 100.0), clamp(-0.0, 0.0, 100.0)
    (100.0, 0.0)
    """
    if number != number:
        return number
    above = number if number > low else low
    return above if above < high else high


def wrap(number: float, low: float, high: float) -> float:
    """Return the number between two whole ones that differs from it by whole turns; NaN of infinities.

    >>> wrap(270.0, -179.0, 180.0), wrap(5.0, 0.0, 2.0)
    (-90.0, 2.0)
    """
    if not math.isfinite(number):
        return math.nan
    turn = high - low + 1
    return number - float(math.floor((number - low) / turn)) * turn


@dataclass(slots=True, kw_only=True)
class Pen:
    """A target's pen. Colour, saturation, brightness and transparency go from 0 to 100."""

    is_down: bool = False
    colour: float = 66.66
    saturation: float = 100.0
    brightness: float = 100.0
    transparency: float = 0.0
    shade: float = 50.0
    rgba: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)
    size: float = 1.0

    def copied(self) -> Pen:
        """Return the pen that a clone gets."""
        red, green, blue, opacity = map(_plain, self.rgba)
        return Pen(
            is_down=self.is_down,
            colour=_plain(self.colour),
            saturation=_plain(self.saturation),
            brightness=_plain(self.brightness),
            transparency=_plain(self.transparency),
            shade=_plain(self.shade),
            rgba=(red, green, blue, opacity),
            size=_plain(self.size),
        )


def _plain(number: float) -> float:
    """Return what is left of a number that went through JSON; adding 0 takes the sign from −0."""
    return number + 0.0 if math.isfinite(number) else 0.0


def _all_plain(numbers: dict[str, float]) -> dict[str, float]:
    return {name: _plain(number) for name, number in numbers.items()}


def _effects(names: tuple[str, ...]) -> dict[str, float]:
    return dict.fromkeys(names, 0.0)


@dataclass(slots=True, kw_only=True)
class Stance:
    """Where a target is and what it looks and sounds like; ``costume`` counts from 0."""

    x: float = 0.0
    y: float = 0.0
    direction: float = 90.0
    size: float = 100.0
    visible: bool = True
    draggable: bool = False
    rotation_style: str = "all around"
    costume: int = 0
    volume: float = 100.0
    tempo: float = 60.0
    instrument: float = 1.0
    effects: dict[str, float] = field(default_factory=lambda: _effects(GRAPHIC_EFFECTS))
    sound_effects: dict[str, float] = field(default_factory=lambda: _effects(SOUND_EFFECTS))
    pen: Pen = field(default_factory=Pen)
    bubble: str = ""
    bubble_kind: Literal["say", "think"] = "say"

    @classmethod
    def of(cls, sprite: Sprite) -> Stance:
        """Return the stance that the file gives a sprite or the stage."""
        state = sprite.state
        last = max(len(sprite.costumes) - 1, 0)
        return cls(
            x=float(state.get("x", 0)),
            y=float(state.get("y", 0)),
            direction=wrap(float(state.get("direction", 90)), -179.0, 180.0),
            size=float(state.get("size", 100)),
            visible=bool(state.get("visible", True)),
            draggable=bool(state.get("draggable", False)),
            rotation_style=str(state.get("rotationStyle", "all around")),
            costume=min(max(sprite.current_costume, 0), last),
            volume=float(sprite.volume),
            tempo=float(state.get("tempo", 60)),
        )

    def of_clone(self, original: Stance) -> Stance:
        """Return the stance of a new clone of this target, whose sprite's original is ``original``.

        As in the engine, the volume is not the clone's to inherit, and pen, instrument and sound effects are
        those of the sprite's original, even where a clone is cloned. They and the effects are copied by way
        of JSON, which knows no NaN, infinity or −0; the null in the place of those counts as 0.
        """
        return replace(
            self,
            volume=100.0,
            effects=_all_plain(self.effects),
            sound_effects=_all_plain(original.sound_effects),
            pen=original.pen.copied(),
            instrument=_plain(original.instrument - 1) + 1,
            bubble="",
            bubble_kind="say",
        )
