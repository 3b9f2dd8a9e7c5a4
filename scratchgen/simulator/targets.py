"""The stage, the sprites and their clones: what each of them keeps for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scratchgen.scratch.program import Sprite, Value
from scratchgen.simulator.operations import Items
from scratchgen.simulator.stance import Stance
from scratchgen.simulator.translate import ScriptFunction, TranslatedSprite
from scratchgen.simulator.values import join_halves

if TYPE_CHECKING:
    from scratchgen.simulator.machine import Machine

__all__ = ["Target"]


def as_value(value: Value) -> Value:
    """Return a value from outside as the simulator keeps it.

    Every number is a float, and the halves of a surrogate pair that stand beside each other are one letter.

    >>> as_value(3), as_value("\\ud83d\\ude00"), as_value(True)
    (3.0, '😀', True)
    """
    if isinstance(value, str):
        return join_halves(value)
    return value if isinstance(value, bool) else float(value)


class Target:
    """The stage, a sprite, or a clone of one, with its variables and its scripts."""

    def __init__(
        self, sprite: Sprite, code: TranslatedSprite, *, cloned: Target | None = None, stance: Stance
    ) -> None:
        self.sprite = sprite
        self.code = code
        self.stance = stance
        self.is_original = cloned is None
        self.edges: dict[int, bool] = {} if cloned is None else dict(cloned.edges)
        """What the hats that look for themselves saw last, by the number of their script."""
        if cloned is None:
            self.values: list[Value] = [as_value(variable.value) for variable in sprite.variables]
            self.lists: list[Items] = [[as_value(item) for item in each.items] for each in sprite.lists]
        else:
            self.values = list(cloned.values)
            self.lists = [list(items) for items in cloned.lists]
        names = code.names
        self.values += [0.0] * (1 + max(names.own_variables.values(), default=-1) - len(self.values))
        while len(self.lists) <= max(names.own_lists.values(), default=-1):
            self.lists.append([])
        self.scripts: dict[str, ScriptFunction] = {}
        self.has_bubble = False
        self.bubble = 0
        """Counts what was said, so that a bubble is not ended by who did not begin it."""

    @property
    def name(self) -> str:
        """The sprite's name."""
        return self.sprite.name

    def bind(self, machine: Machine) -> None:
        """Make the scripts work on this target's variables and the stage's."""
        stage = machine.stage
        self.scripts = self.code.bind(
            machine,
            self,
            self.values,
            stage.values,
            self.lists,
            stage.lists,
            machine.random,
            machine.profile,
        )
