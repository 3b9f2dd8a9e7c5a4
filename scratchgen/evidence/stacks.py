"""Blocks as project.json has them, made without our own writer: what proves a file shares nothing with what
wrote it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Stacks", "Step", "argument_free_call", "list_of", "variable_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A block: an input is another block, a stack of them, or what project.json has for a literal."""

    opcode: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    inputs: Mapping[str, Step | Sequence[Any]] = field(default_factory=dict)
    mutation: Mapping[str, Any] = field(default_factory=dict)


def variable_of(name: str, id_: str) -> list[Any]:
    """Return a variable's reporter as an input."""
    return [3, [12, name, id_], [10, ""]]


def list_of(name: str, id_: str) -> dict[str, Any]:
    """Return the field that names a list."""
    return {"LIST": [name, id_]}


def argument_free_call(name: str, warp: str) -> Step:
    """Return a call of a custom block without inputs; ``warp`` is ``true`` or ``false``."""
    return Step(opcode="procedures_call", mutation=_mutation(name, warp))


def _mutation(name: str, warp: str) -> dict[str, Any]:
    return {"tagName": "mutation", "children": [], "proccode": name, "argumentids": "[]", "warp": warp}


class Stacks:
    """Scripts as they are added; ``blocks`` holds them by ids that begin with a prefix."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.blocks: dict[str, dict[str, Any]] = {}

    def add(self, steps: Sequence[Step]) -> str:
        """Add a script, a hat first, and return the hat's id."""
        return self._stack(steps, None)

    def define(self, name: str, steps: Sequence[Step]) -> None:
        """Add the definition of a custom block without inputs that runs without screen refresh."""
        definition = self.add([Step(opcode="procedures_definition"), *steps])
        prototype = self._id()
        names = {"argumentnames": "[]", "argumentdefaults": "[]"}
        self.blocks[prototype] = {
            **_block("procedures_prototype", definition, None),
            "shadow": True,
            "mutation": _mutation(name, "true") | names,
        }
        self.blocks[definition]["inputs"] = {"custom_block": [1, prototype]}

    def _id(self) -> str:
        id_ = f"{self.prefix}-{len(self.blocks)}"
        self.blocks[id_] = {}
        return id_

    def _stack(self, steps: Sequence[Step], parent: str | None) -> str:
        ids = [self._id() for _ in steps]
        befores, nexts = [parent, *ids[:-1]], [*ids[1:], None]
        for id_, step, before, following in zip(ids, steps, befores, nexts, strict=True):
            self.blocks[id_] = _block(step.opcode, before, following) | {
                "inputs": {name: self._input(given, id_) for name, given in step.inputs.items()},
                "fields": dict(step.fields),
                **({"mutation": dict(step.mutation)} if step.mutation else {}),
            }
        return ids[0]

    def _input(self, given: Step | Sequence[Any], parent: str) -> Sequence[Any]:
        if isinstance(given, Step):
            return [3, self._stack([given], parent), [10, ""]]
        if isinstance(given[0], Step):
            return [2, self._stack(given, parent)]
        return given


def _block(opcode: str, parent: str | None, following: str | None) -> dict[str, Any]:
    place = {"x": 0, "y": 0} if parent is None else {}
    return {
        "opcode": opcode,
        "next": following,
        "parent": parent,
        "inputs": {},
        "fields": {},
        "shadow": False,
        "topLevel": parent is None,
        **place,
    }
