"""The motion blocks: where a sprite is and where it points.

Nothing here knows the pixels of a costume, so no sprite is held back at the stage's edge: positions are those
of the official engine under Node. The stage itself never moves.
"""
# ruff: noqa: ARG002 - every row's function gets the target (and, if it waits, the thread)

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Mapping
from typing import TYPE_CHECKING

from scratchgen.scratch.program import Value
from scratchgen.simulator.operations import rounded
from scratchgen.simulator.rows import Row
from scratchgen.simulator.signals import RUNNING, Signal
from scratchgen.simulator.stance import wrap
from scratchgen.simulator.values import to_number, to_text

if TYPE_CHECKING:
    from scratchgen.simulator.machine import Machine
    from scratchgen.simulator.targets import Target
    from scratchgen.simulator.threads import Thread

__all__ = ["REPORTERS", "STATEMENTS", "Motion"]

STAGE_WIDTH, STAGE_HEIGHT = 480.0, 360.0
ROTATION_STYLES = ("all around", "left-right", "don't rotate")
NEARLY_WHOLE = 1e-9


class Motion:
    """Does the motion blocks of a machine's targets."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine

    def go_to(self, target: Target, x: float, y: float) -> None:
        """Move a sprite to a position; its pen, if it is down, draws."""
        if target is self.machine.stage:
            return
        stance = target.stance
        start = (stance.x, stance.y)
        stance.x, stance.y = x, y
        self.machine.redraw_for(target)
        if stance.pen.is_down:
            self.machine.pen.line(target, start)

    def move(self, target: Target, steps: float) -> None:
        """Move a sprite in its direction."""
        radians = (90.0 - target.stance.direction) * math.pi / 180
        profile = self.machine.profile
        across, up = steps * profile.cos(radians), steps * profile.sin(radians)
        self.go_to(target, target.stance.x + across, target.stance.y + up)

    def set_x(self, target: Target, x: float) -> None:
        """Set the x position."""
        self.go_to(target, x, target.stance.y)

    def set_y(self, target: Target, y: float) -> None:
        """Set the y position."""
        self.go_to(target, target.stance.x, y)

    def change_x(self, target: Target, change: float) -> None:
        """Change the x position."""
        self.go_to(target, target.stance.x + change, target.stance.y)

    def change_y(self, target: Target, change: float) -> None:
        """Change the y position."""
        self.go_to(target, target.stance.x, target.stance.y + change)

    def _place(self, name: Value) -> tuple[float, float] | None:
        """Return where the mouse, a sprite, or a place drawn at random is; None where there is no sprite."""
        if name == "_mouse_":
            return self.machine.sensing.mouse
        if name == "_random_":
            x = rounded(STAGE_WIDTH * (self.machine.random() - 0.5))
            return x, rounded(STAGE_HEIGHT * (self.machine.random() - 0.5))
        found = self.machine.sprite(to_text(name))
        return None if found is None else (found.stance.x, found.stance.y)

    def go_to_place(self, target: Target, name: Value) -> None:
        """Move a sprite to the mouse, to another sprite or to a place drawn at random."""
        place = self._place(name)
        if place is not None:
            self.go_to(target, *place)

    def point(self, target: Target, direction: float) -> None:
        """Set the direction, from more than -180 up to 180 degrees; infinite ones change nothing."""
        if target is self.machine.stage or not math.isfinite(direction):
            return
        target.stance.direction = wrap(direction, -179.0, 180.0)
        self.machine.redraw_for(target)

    def turn(self, target: Target, degrees: float) -> None:
        """Turn clockwise."""
        self.point(target, target.stance.direction + degrees)

    def turn_left(self, target: Target, degrees: float) -> None:
        """Turn anticlockwise."""
        self.point(target, target.stance.direction - degrees)

    def point_towards(self, target: Target, name: Value) -> None:
        """Point at the mouse, at another sprite, or anywhere."""
        if name == "_random_":
            self.point(target, rounded(self.machine.random() * 360) - 180)
            return
        place = self._place(name)
        if place is not None:
            angle = self.machine.profile.atan2(place[1] - target.stance.y, place[0] - target.stance.x)
            self.point(target, 90.0 - angle * 180 / math.pi)

    def glide(
        self, target: Target, thread: Thread, seconds: float, x: float, y: float
    ) -> Generator[Signal, None, None]:
        """Move to a position in equal parts, one whenever it is the thread's turn."""
        start_x, start_y = target.stance.x, target.stance.y
        start, duration = self.machine.now, seconds * 1000
        if seconds > 0:
            thread.left = -1
            yield RUNNING
            while (elapsed := self.machine.now - start) < duration:
                part = elapsed / duration
                self.go_to(target, start_x + part * (x - start_x), start_y + part * (y - start_y))
                thread.left = -1
                yield RUNNING
        self.go_to(target, x, y)

    def glide_to_place(
        self, target: Target, thread: Thread, seconds: float, name: Callable[[], Value]
    ) -> Generator[Signal, None, None]:
        """Glide to where a sprite or the mouse is when the gliding begins.

        The engine asks for the place anew at every turn, which counts only where that draws at random or the
        name has become that of no sprite.
        """
        place = self._place(name())
        if place is None:
            return
        for signal in self.glide(target, thread, seconds, *map(to_number, place)):
            yield signal
            if self._place(name()) is None:
                return

    def set_rotation_style(self, target: Target, style: str) -> None:
        """Set the rotation style, if there is such a one."""
        if style in ROTATION_STYLES:
            target.stance.rotation_style = style
            self.machine.redraw_for(target)

    def x_position(self, target: Target) -> float:
        """Return the x position, whole where it nearly is."""
        return _snapped(target.stance.x)

    def y_position(self, target: Target) -> float:
        """Return the y position, whole where it nearly is."""
        return _snapped(target.stance.y)

    def direction(self, target: Target) -> float:
        """Return the direction in degrees, 90 to the right."""
        return target.stance.direction

    def nothing(self, target: Target) -> str:
        """Do what the blocks of Scratch 2 do that are kept without a meaning; they report nothing."""
        return "undefined"


def _snapped(coordinate: float) -> float:
    near = rounded(coordinate)
    return near if abs(coordinate - near) < NEARLY_WHOLE else coordinate


STATEMENTS: Mapping[str, Row] = {
    "motion_movesteps": Row(call="motion.move", arguments=("STEPS:number",)),
    "motion_gotoxy": Row(call="motion.go_to", arguments=("X:number", "Y:number")),
    "motion_goto": Row(call="motion.go_to_place", arguments=("TO:value",)),
    "motion_turnright": Row(call="motion.turn", arguments=("DEGREES:number",)),
    "motion_turnleft": Row(call="motion.turn_left", arguments=("DEGREES:number",)),
    "motion_pointindirection": Row(call="motion.point", arguments=("DIRECTION:number",)),
    "motion_pointtowards": Row(call="motion.point_towards", arguments=("TOWARDS:value",)),
    "motion_glidesecstoxy": Row(
        call="motion.glide", arguments=("SECS:number", "X:number", "Y:number"), waits="turns"
    ),
    "motion_glideto": Row(call="motion.glide_to_place", arguments=("SECS:number", "TO:again"), waits="turns"),
    "motion_setrotationstyle": Row(call="motion.set_rotation_style", arguments=("STYLE:field",)),
    "motion_changexby": Row(call="motion.change_x", arguments=("DX:number",)),
    "motion_setx": Row(call="motion.set_x", arguments=("X:number",)),
    "motion_changeyby": Row(call="motion.change_y", arguments=("DY:number",)),
    "motion_sety": Row(call="motion.set_y", arguments=("Y:number",)),
    "motion_scroll_right": Row(call="motion.nothing"),
    "motion_scroll_up": Row(call="motion.nothing"),
    "motion_align_scene": Row(call="motion.nothing"),
}

REPORTERS: Mapping[str, Row] = {
    "motion_xposition": Row(call="motion.x_position", kind="number"),
    "motion_yposition": Row(call="motion.y_position", kind="number"),
    "motion_direction": Row(call="motion.direction", kind="number"),
    "motion_xscroll": Row(call="motion.nothing"),
    "motion_yscroll": Row(call="motion.nothing"),
}
