"""Where variables and lists are kept: places in the list of a target's values, found by name.

A target has its own values; those of the stage are shared by all. A variable that nobody declared is made
for the sprite that uses it, as the engine does.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from scratchgen.scratch.program import Reference, Sprite

__all__ = ["Names"]


def places_of(names: list[str]) -> dict[str, int]:
    """Return the place of each name; of two equal names the first counts.

    >>> places_of(["a", "b", "a"])
    {'a': 0, 'b': 1}
    """
    places: dict[str, int] = {}
    for place, name in enumerate(names):
        places.setdefault(name, place)
    return places


@dataclass(kw_only=True)
class Names:
    """The names of one sprite's variables and lists, its own and the stage's; the stage has only its own."""

    own_variables: dict[str, int] = field(default_factory=dict)
    own_lists: dict[str, int] = field(default_factory=dict)
    shared_variables: dict[str, int] = field(default_factory=dict)
    shared_lists: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, sprite: Sprite, stage: Sprite) -> Names:
        """Return the names that a sprite's scripts see."""
        own = cls(
            own_variables=places_of([variable.name for variable in sprite.variables]),
            own_lists=places_of([each.name for each in sprite.lists]),
        )
        if sprite is not stage:
            own.shared_variables = places_of([variable.name for variable in stage.variables])
            own.shared_lists = places_of([each.name for each in stage.lists])
        return own

    def variable(self, reference: Reference) -> str:
        """Return the Python expression that holds the variable."""
        return _find(reference, "own[{}]", self.own_variables, "shared[{}]", self.shared_variables)

    def list_name(self, reference: Reference) -> str:
        """Return the Python name of the list."""
        return _find(reference, "own_list_{}", self.own_lists, "shared_list_{}", self.shared_lists)


def _find(
    reference: Reference, own_form: str, own: dict[str, int], shared_form: str, shared: dict[str, int]
) -> str:
    name = reference.name
    if name in shared and (reference.scope == "stage" or name not in own):
        return shared_form.format(shared[name])
    return own_form.format(own.setdefault(name, 1 + max(own.values(), default=-1)))
