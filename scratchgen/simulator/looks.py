"""The looks blocks: costumes and backdrops, size, effects, layers, and being seen at all.

Speech bubbles stand in :mod:`~scratchgen.simulator.bubbles`. The rules are the official engine's; limits of
the size follow from the size of the costume's picture, which :mod:`~scratchgen.simulator.pictures` reads.
"""
# ruff: noqa: ARG002 - every row's function gets the target (and, if it waits, the thread)

from __future__ import annotations

import math
from collections.abc import Generator, Mapping
from typing import TYPE_CHECKING

from scratchgen.scratch.program import Value
from scratchgen.simulator.operations import floor, rounded
from scratchgen.simulator.pictures import picture_size
from scratchgen.simulator.rows import Row
from scratchgen.simulator.signals import NEXT_STEP, RUNNING, Signal
from scratchgen.simulator.stance import clamp, wrap
from scratchgen.simulator.values import BLANKS, number_or_nan, to_text

if TYPE_CHECKING:
    from scratchgen.simulator.machine import Machine
    from scratchgen.simulator.targets import Target
    from scratchgen.simulator.threads import Thread

__all__ = ["REPORTERS", "STATEMENTS", "Looks"]

EFFECT_LIMITS = {"ghost": (0.0, 100.0), "brightness": (-100.0, 100.0)}
SMALLEST_SIDE, WIDEST, HIGHEST = 5.0, 720.0, 540.0
"""In stage units: how small a side of a costume may get, and one and a half times the stage."""


class Looks:
    """Does the looks blocks of a machine's targets."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine

    # -- costumes and backdrops

    def _set_costume(self, target: Target, index: float) -> None:
        """Set the costume by its place from 0, rounded; beyond the last it begins anew."""
        whole = rounded(index)
        count = len(target.sprite.costumes)
        target.stance.costume = int(wrap(whole if math.isfinite(whole) else 0.0, 0.0, count - 1.0))
        self.machine.redraw_for(target)

    def _choose(self, target: Target, wanted: Value, steps: Mapping[str, int]) -> bool:
        """Set the costume by number or name; tell whether the text meant any.

        A number is a place, from 1. Text is a name, or else one of ``steps`` from the costume that is on, or
        else a number written as text.
        """
        if isinstance(wanted, float):
            self._set_costume(target, wanted - 1)
            return True
        name = to_text(wanted)
        names = [costume.name for costume in target.sprite.costumes]
        if name in names:
            self._set_costume(target, names.index(name))
        elif wanted in steps:
            self._set_costume(target, target.stance.costume + steps[name])
        elif (number := number_or_nan(wanted)) == number and name.strip(BLANKS):
            self._set_costume(target, number - 1)
        else:
            return False
        return True

    def switch_costume(self, target: Target, wanted: Value) -> None:
        """Put a costume on, of the stage too; starts no script."""
        self._choose(target, wanted, {"next costume": 1, "previous costume": -1})

    def next_costume(self, target: Target) -> None:
        """Put the next costume on."""
        self._set_costume(target, target.stance.costume + 1)

    def _set_backdrop(self, wanted: Value) -> list[Thread]:
        stage = self.machine.stage
        names = [costume.name for costume in stage.sprite.costumes]
        if wanted == "random backdrop" and wanted not in names:
            if len(names) > 1:
                place = floor(self.machine.random() * (len(names) - 1))
                self._set_costume(stage, place + 1 if place >= stage.stance.costume else place)
        else:
            self._choose(stage, wanted, {"next backdrop": 1, "previous backdrop": -1})
        return self._tell_backdrop()

    def _tell_backdrop(self) -> list[Thread]:
        stage = self.machine.stage
        name = stage.sprite.costumes[stage.stance.costume].name
        return self.machine.start_hats("event_whenbackdropswitchesto", BACKDROP=name.upper())

    def switch_backdrop(self, target: Target, wanted: Value) -> None:
        """Switch the backdrop, and start what waits for it."""
        self._set_backdrop(wanted)

    def next_backdrop(self, target: Target) -> None:
        """Switch to the next backdrop."""
        self.next_costume(self.machine.stage)
        self._tell_backdrop()

    def switch_backdrop_and_wait(
        self, target: Target, thread: Thread, wanted: Value
    ) -> Generator[Signal, None, None]:
        """Switch the backdrop, and wait until all that it started has come to its end."""
        started = self._set_backdrop(wanted)
        while self.machine.any_alive(started):
            if self.machine.all_waiting(started):
                yield NEXT_STEP
            else:
                thread.left = -1
                yield RUNNING

    def costume(self, target: Target, kind: str) -> Value:
        """Return the costume's number or name."""
        place = target.stance.costume
        return float(place + 1) if kind == "number" else target.sprite.costumes[place].name

    def backdrop(self, target: Target, kind: str) -> Value:
        """Return the backdrop's number or name."""
        return self.costume(self.machine.stage, kind)

    # -- size, effects, being seen

    def set_size(self, target: Target, size: float) -> None:
        """Set the size in percent, not under 5 units a side nor over one and a half stages.

        Where nothing is drawn, as under Node, the engine does not know the costume and leaves the size alone.
        """
        if target is self.machine.stage or not self.machine.drawn:
            return
        measures = picture_size(target.sprite.costumes[target.stance.costume])
        if measures is not None:
            width, height = measures
            least = min(1.0, max(SMALLEST_SIDE / width, SMALLEST_SIDE / height))
            size = clamp(size / 100, least, min(WIDEST / width, HIGHEST / height)) * 100
        target.stance.size = size
        self.machine.redraw_for(target)

    def change_size(self, target: Target, change: float) -> None:
        """Change the size in percent."""
        self.set_size(target, target.stance.size + change)

    def size(self, target: Target) -> float:
        """Return the size in percent, rounded."""
        return rounded(target.stance.size)

    def set_effect(self, target: Target, effect: str, value: float) -> None:
        """Set a graphic effect, if there is such a one; ghost and brightness have limits."""
        name = effect.lower()
        if name in target.stance.effects:
            low, high = EFFECT_LIMITS.get(name, (-math.inf, math.inf))
            target.stance.effects[name] = clamp(value, low, high)
            self.machine.redraw_for(target)

    def change_effect(self, target: Target, effect: str, change: float) -> None:
        """Change a graphic effect."""
        self.set_effect(target, effect, change + target.stance.effects.get(effect.lower(), 0.0))

    def clear_effects(self, target: Target) -> None:
        """Set all graphic effects to 0."""
        target.stance.effects = dict.fromkeys(target.stance.effects, 0.0)
        self.machine.redraw_for(target)

    def show(self, target: Target) -> None:
        """Let a sprite be seen."""
        if target is not self.machine.stage:
            target.stance.visible = True
            self.machine.redraw_for(target)
        self.machine.bubbles.draw(target)  # the stage's too

    def hide(self, target: Target) -> None:
        """Let a sprite not be seen."""
        if target is not self.machine.stage:
            target.stance.visible = False
        self.machine.bubbles.draw(target)

    # -- layers

    def go_to_end(self, target: Target, end: str) -> None:
        """Bring a sprite to the front, or behind all others; this does not end a step."""
        self._shift(target, math.inf if end == "front" else -math.inf)

    def go_layers(self, target: Target, way: str, layers: float) -> None:
        """Bring a sprite some layers forward or backward."""
        self._shift(target, layers if way == "forward" else -layers)

    def _shift(self, target: Target, layers: float) -> None:
        if target is self.machine.stage:
            return
        layered = self.machine.layered
        place = layered.index(target) + layers
        layered.remove(target)
        if place > len(layered):
            place = len(layered)
        # the stage stays behind all sprites, unless a fraction of a layer has brought one behind it
        lowest = 1 if layered and layered[0] is self.machine.stage else 0
        layered.insert(lowest if place <= 0 else int(place), target)

    def nothing(self, target: Target) -> None:
        """Do what the blocks of Scratch 2 do that are kept without a meaning."""


STATEMENTS: Mapping[str, Row] = {
    "looks_switchcostumeto": Row(call="looks.switch_costume", arguments=("COSTUME:value",)),
    "looks_nextcostume": Row(call="looks.next_costume"),
    "looks_switchbackdropto": Row(call="looks.switch_backdrop", arguments=("BACKDROP:value",)),
    "looks_switchbackdroptoandwait": Row(
        call="looks.switch_backdrop_and_wait", arguments=("BACKDROP:value",), waits="turns"
    ),
    "looks_nextbackdrop": Row(call="looks.next_backdrop"),
    "looks_changesizeby": Row(call="looks.change_size", arguments=("CHANGE:number",)),
    "looks_setsizeto": Row(call="looks.set_size", arguments=("SIZE:number",)),
    "looks_changeeffectby": Row(call="looks.change_effect", arguments=("EFFECT:field", "CHANGE:number")),
    "looks_seteffectto": Row(call="looks.set_effect", arguments=("EFFECT:field", "VALUE:number")),
    "looks_cleargraphiceffects": Row(call="looks.clear_effects"),
    "looks_show": Row(call="looks.show"),
    "looks_hide": Row(call="looks.hide"),
    "looks_gotofrontback": Row(call="looks.go_to_end", arguments=("FRONT_BACK:field",)),
    "looks_goforwardbackwardlayers": Row(
        call="looks.go_layers", arguments=("FORWARD_BACKWARD:field", "NUM:number")
    ),
    "looks_hideallsprites": Row(call="looks.nothing"),
    "looks_changestretchby": Row(call="looks.nothing"),
    "looks_setstretchto": Row(call="looks.nothing"),
}

REPORTERS: Mapping[str, Row] = {
    "looks_costumenumbername": Row(call="looks.costume", arguments=("NUMBER_NAME:field",)),
    "looks_backdropnumbername": Row(call="looks.backdrop", arguments=("NUMBER_NAME:field",)),
    "looks_size": Row(call="looks.size", kind="number"),
}
