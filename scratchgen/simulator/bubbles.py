"""Speech bubbles: what is said and thought, when it is taken away, and what others hear of it.

A bubble that was put up for some seconds goes when they are over, even if the script that put it up was
stopped or began anew in between.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from scratchgen.scratch.program import Value
from scratchgen.simulator.values import to_fixed, to_text

if TYPE_CHECKING:
    from scratchgen.simulator.machine import Machine
    from scratchgen.simulator.targets import Target

__all__ = ["Bubbles", "Say", "bubble_text"]

LONGEST_SAY = 330
SMALLEST_CUT = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """Something said or thought: by whom, the text of the bubble, and the simulated second."""

    sprite: str
    text: str
    kind: str
    time: float


class Bubbles:
    """Shows and takes away the bubbles of a machine's targets."""

    def __init__(self, machine: Machine, on_say: Callable[[Say], None]) -> None:
        self.machine = machine
        self.on_say = on_say
        self._ends: list[tuple[float, Target, int]] = []
        """When the bubble of a target is taken away, if it is still the one of that number."""

    def say(self, target: Target, kind: Literal["say", "think"], value: Value) -> None:
        """Show a value in the target's bubble."""
        text = bubble_text(value)
        target.stance.bubble_kind = kind
        self._show(target, text)
        self.on_say(Say(sprite=target.name, text=text, kind=kind, time=self.machine.now / 1000))

    def say_for(self, target: Target, kind: Literal["say", "think"], value: Value, seconds: Value) -> float:
        """Show a value in the target's bubble, and return the time at which it is taken away."""
        self.say(target, kind, value)
        end = self.machine.alarm(seconds)
        self._ends.append((end, target, target.bubble))
        return end

    def end_those_due(self) -> None:
        """Take away the bubbles whose time is over, unless something else was said; nobody hears of it."""
        now = self.machine.now
        due = [each for each in self._ends if each[0] <= now]
        self._ends = [each for each in self._ends if each[0] > now]
        for _, target, bubble in due:
            if target.bubble == bubble:
                self._show(target, "")

    def take_away(self, target: Target) -> None:
        """Take the target's bubble away."""
        target.stance.bubble = ""
        self.draw(target)

    def forget_ends(self) -> None:
        """Let no bubble end by itself any more."""
        self._ends = []

    def _show(self, target: Target, text: str) -> None:
        target.bubble += 1
        target.stance.bubble = text
        self.draw(target)

    def draw(self, target: Target) -> None:
        """Draw the bubble of a target that is seen, or take it away."""
        is_shown = bool(target.stance.bubble) and target.stance.visible
        # where there is no bubble and none comes, nothing is drawn
        if self.machine.drawn and (is_shown or target.has_bubble):
            self.machine.redraw = True
        target.has_bubble = is_shown


def bubble_text(value: Value) -> str:
    """Return what a speech bubble shows: fractions with two decimals, at most 330 letters.

    >>> bubble_text(0.5), bubble_text(3.0), bubble_text(0.001), bubble_text("0.5")
    ('0.50', '3', '0.001', '0.5')
    """
    is_cut = isinstance(value, float) and math.isfinite(value) and abs(value) >= SMALLEST_CUT
    if is_cut and not float(value).is_integer():
        return to_fixed(float(value), 2)
    text = to_text(value)
    if len(text) <= LONGEST_SAY // 2 or (text.isascii() and len(text) <= LONGEST_SAY):
        return text
    return text.encode("utf-16-be", "surrogatepass")[: 2 * LONGEST_SAY].decode("utf-16-be", "surrogatepass")
