"""The pen blocks: the pen of each target, and what they drew, as data.

Colours go from hue, saturation and brightness to red, green and blue and back as the engine computes them
(A. R. Smith's hexcone model, 1978), with whole steps of 1/255.
"""
# ruff: noqa: ARG002 - every row's function gets the target (and, if it waits, the thread)

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from scratchgen.scratch.program import Value
from scratchgen.simulator.operations import floor
from scratchgen.simulator.rows import Row
from scratchgen.simulator.stance import Pen, clamp, wrap
from scratchgen.simulator.values import to_number, to_text

if TYPE_CHECKING:
    from scratchgen.simulator.machine import Machine
    from scratchgen.simulator.targets import Target

__all__ = ["STATEMENTS", "PenDrawing", "Stroke"]

RGB = tuple[float, float, float]
SIZE_LIMITS = (1.0, 1200.0)
LONG_HEX = re.compile(r"#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", re.IGNORECASE)
SHORT_HEX = re.compile(r"#?([0-9a-f])([0-9a-f])([0-9a-f])", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """What a pen left: a line, a point where it was put down, or a stamp of the costume.

    ``start`` and ``end`` are positions on the stage, ``rgba`` goes from 0 to 1, ``size`` is the diameter;
    ``costume`` is the name of the stamped one.
    """

    kind: Literal["line", "point", "stamp"]
    sprite: str
    start: tuple[float, float]
    end: tuple[float, float]
    rgba: tuple[float, float, float, float]
    size: float
    costume: str = ""


class PenDrawing:
    """Does the pen blocks of a machine's targets, and keeps their strokes."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.strokes: list[Stroke] = []
        """What is drawn, in order."""

    def line(self, target: Target, start: tuple[float, float]) -> None:
        """Draw from where a target was to where it is."""
        self._draw(target, "line", start)

    def stamp(self, target: Target) -> None:
        """Leave a picture of the costume."""
        self._draw(target, "stamp", (target.stance.x, target.stance.y))

    def _draw(
        self, target: Target, kind: Literal["line", "point", "stamp"], start: tuple[float, float]
    ) -> None:
        stance = target.stance
        pen = stance.pen
        costumes = target.sprite.costumes
        self.strokes.append(
            Stroke(
                kind=kind,
                sprite=target.name,
                start=start,
                end=(stance.x, stance.y),
                rgba=pen.rgba,
                size=pen.size,
                costume=costumes[stance.costume].name if kind == "stamp" and costumes else "",
            )
        )
        self._redraw()

    def _redraw(self) -> None:
        if self.machine.drawn:
            self.machine.redraw = True

    def clear(self, target: Target) -> None:
        """Erase everything."""
        self.strokes.clear()
        self._redraw()

    def put_down(self, target: Target) -> None:
        """Put the pen down, which leaves a point."""
        target.stance.pen.is_down = True
        self._draw(target, "point", (target.stance.x, target.stance.y))

    def lift(self, target: Target) -> None:
        """Lift the pen."""
        target.stance.pen.is_down = False

    def set_size(self, target: Target, size: float) -> None:
        """Set the diameter."""
        target.stance.pen.size = clamp(size, *SIZE_LIMITS)

    def change_size(self, target: Target, change: float) -> None:
        """Change the diameter."""
        self.set_size(target, target.stance.pen.size + change)

    # -- colour

    def set_colour(self, target: Target, value: Value) -> None:
        """Set the colour to ``#rrggbb``, ``#rgb``, or a number: ``red·2¹⁶ + green·2⁸ + blue``."""
        pen = target.stance.pen
        (red, green, blue), alpha = _colour_of(value)
        hue, saturation, brightness = _hsv((red, green, blue))
        pen.colour = hue / 360 * 100
        pen.saturation = saturation * 100
        pen.brightness = brightness * 100
        pen.transparency = 100 * (1 - alpha / 255.0)
        pen.shade = pen.brightness / 2
        _mix(pen)

    def set_parameter(self, target: Target, name: Value, value: float) -> None:
        """Set colour, saturation, brightness or transparency; the colour goes round, the others end."""
        pen = target.stance.pen
        if name == "color":
            pen.colour = wrap(value, 0.0, 100.0)
        elif name in ("saturation", "brightness", "transparency"):
            setattr(pen, str(name), clamp(value, 0.0, 100.0))
        _mix(pen)

    def change_parameter(self, target: Target, name: Value, change: float) -> None:
        """Change colour, saturation, brightness or transparency."""
        attribute = {"color": "colour"}.get(to_text(name), to_text(name))
        before: float = getattr(target.stance.pen, attribute) if attribute in PARAMETERS else 0.0
        self.set_parameter(target, name, change + before)

    # -- as in Scratch 2

    def set_hue(self, target: Target, hue: float) -> None:
        """Set the hue, from 0 to 200, as in Scratch 2."""
        self.set_parameter(target, "color", hue / 2)
        self.set_parameter(target, "transparency", 0.0)
        _shade(target.stance.pen)

    def change_hue(self, target: Target, change: float) -> None:
        """Change the hue as in Scratch 2."""
        self.change_parameter(target, "color", change / 2)
        _shade(target.stance.pen)

    def set_shade(self, target: Target, shade: float) -> None:
        """Set the shade, from 0 to 200 and round, as in Scratch 2."""
        rest = math.fmod(shade, 200) if math.isfinite(shade) else math.nan
        target.stance.pen.shade = rest + 200 if rest < 0 else rest
        _shade(target.stance.pen)

    def change_shade(self, target: Target, change: float) -> None:
        """Change the shade as in Scratch 2."""
        self.set_shade(target, to_number(target.stance.pen.shade + change))


PARAMETERS = ("colour", "saturation", "brightness", "transparency")


def _colour_of(value: Value) -> tuple[RGB, float]:
    if isinstance(value, str) and value.startswith("#"):
        found = LONG_HEX.fullmatch(value)
        short = SHORT_HEX.fullmatch(value)
        digits = found.groups() if found else [2 * each for each in short.groups()] if short else ["0"] * 3
        red, green, blue = (float(int(each, 16)) for each in digits)
        return (red, green, blue), 255.0
    number = to_number(value)
    bits = int(number) & 0xFFFFFFFF if math.isfinite(number) else 0
    alpha = bits >> 24
    channels = (float(bits >> 16 & 255), float(bits >> 8 & 255), float(bits & 255))
    return channels, float(alpha or 255)


def _hsv(rgb: RGB) -> RGB:
    """Return hue in degrees, saturation and value from 0 to 1, of channels from 0 to 255."""
    red, green, blue = (each / 255 for each in rgb)
    if math.isnan(red + green + blue):
        return math.nan, math.nan, math.nan
    least, most = min(red, green, blue), max(red, green, blue)
    if least == most:
        return 0.0, 0.0, most
    if red == least:
        part, sector = green - blue, 3
    elif green == least:
        part, sector = blue - red, 5
    else:
        part, sector = red - green, 1
    return math.fmod((sector - part / (most - least)) * 60, 360), (most - least) / most, most


def _rgb(hue: float, saturation: float, brightness: float) -> RGB:
    """Return channels from 0 to 255, cut to whole numbers, of hue in degrees."""
    hue = math.fmod(hue, 360) if math.isfinite(hue) else math.nan
    if hue < 0:
        hue += 360
    saturation, value = clamp(saturation, 0.0, 1.0), clamp(brightness, 0.0, 1.0)
    sector = floor(hue / 60)
    part = hue / 60 - sector
    low = value * (1 - saturation)
    falling = value * (1 - saturation * part)
    rising = value * (1 - saturation * (1 - part))
    sectors = {
        1.0: (falling, value, low),
        2.0: (low, value, rising),
        3.0: (low, falling, value),
        4.0: (rising, low, value),
        5.0: (value, low, falling),
    }
    red, green, blue = sectors.get(sector, (value, rising, low))
    return floor(red * 255), floor(green * 255), floor(blue * 255)


def _mix(pen: Pen) -> None:
    red, green, blue = _rgb(pen.colour * 360 / 100, pen.saturation / 100, pen.brightness / 100)
    pen.rgba = (red / 255.0, green / 255.0, blue / 255.0, 1.0 - pen.transparency / 100.0)


def _shade(pen: Pen) -> None:
    """Compute the colour as Scratch 2 did, from hue and shade."""
    pure = _rgb(pen.colour * 360 / 100, 1.0, 1.0)
    shade = 200 - pen.shade if pen.shade > 100 else pen.shade
    if shade < 50:
        mixed = _between((0.0, 0.0, 0.0), pure, (10 + shade) / 60)
    else:
        mixed = _between(pure, (255.0, 255.0, 255.0), (shade - 50) / 60)
    hue, saturation, brightness = _hsv(mixed)
    pen.colour, pen.saturation, pen.brightness = 100 * hue / 360, 100 * saturation, 100 * brightness
    _mix(pen)


def _between(one: RGB, other: RGB, part: float) -> RGB:
    if part <= 0:
        return one
    if part >= 1:
        return other
    red, green, blue = ((1 - part) * low + part * high for low, high in zip(one, other, strict=True))
    return red, green, blue


STATEMENTS: Mapping[str, Row] = {
    "pen_clear": Row(call="pen.clear"),
    "pen_stamp": Row(call="pen.stamp"),
    "pen_penDown": Row(call="pen.put_down"),
    "pen_penUp": Row(call="pen.lift"),
    "pen_setPenColorToColor": Row(call="pen.set_colour", arguments=("COLOR:value",)),
    "pen_changePenColorParamBy": Row(
        call="pen.change_parameter", arguments=("COLOR_PARAM:value", "VALUE:number")
    ),
    "pen_setPenColorParamTo": Row(call="pen.set_parameter", arguments=("COLOR_PARAM:value", "VALUE:number")),
    "pen_changePenSizeBy": Row(call="pen.change_size", arguments=("SIZE:number",)),
    "pen_setPenSizeTo": Row(call="pen.set_size", arguments=("SIZE:number",)),
    "pen_setPenShadeToNumber": Row(call="pen.set_shade", arguments=("SHADE:number",)),
    "pen_changePenShadeBy": Row(call="pen.change_shade", arguments=("SHADE:number",)),
    "pen_setPenHueToNumber": Row(call="pen.set_hue", arguments=("HUE:number",)),
    "pen_changePenHueBy": Row(call="pen.change_hue", arguments=("HUE:number",)),
}
