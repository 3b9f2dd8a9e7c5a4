"""Value numbering: which expressions of a stretch of blocks compute the same (J. Cocke, 1970).

Two have one number when they are alike and nothing in between wrote what they read. What draws at random, or
carries a comment of its own, has a number that nothing else has.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from scratchgen.codegen.costs import CostTable
from scratchgen.codegen.counting import block_key
from scratchgen.codegen.passes.effects import Names, Place, is_pure
from scratchgen.scratch.catalogue import CATALOGUE
from scratchgen.scratch.procedures import placeholders
from scratchgen.scratch.program import Block, Reference, Reporter

__all__ = ["Node", "Numbering", "Parts"]

Key = tuple[object, ...]
Parts = tuple[tuple[str, int], ...]
"""The slots that hold reporters, and the numbers of those."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """Something that is computed, perhaps at several places.

    ``cost`` is that of the block alone, in nanoseconds; ``first`` is the statement in which it is computed
    first. What ``may_be_kept`` always gives the same and stands where a variable can stand.
    """

    block: Block
    parts: Parts
    cost: float
    first: int
    is_pure: bool
    may_be_kept: bool


@dataclass(slots=True, kw_only=True)
class Numbering:
    """The expressions of blocks that run one after the other, those inside others first."""

    names: Names
    table: CostTable
    nodes: list[Node] = field(default_factory=list)
    statements: list[tuple[Block, Parts]] = field(default_factory=list)
    _numbers: dict[Key, int] = field(default_factory=dict)
    _versions: dict[Place, int] = field(default_factory=dict)

    def add(self, statement: Block) -> None:
        """Number what a statement computes, and then note what it writes."""
        order: list[tuple[Block, bool]] = []
        todo = _reporters(statement)
        while todo:
            order.append(todo.pop())
            todo += _reporters(order[-1][0])
        found: dict[tuple[int, bool], int] = {}
        for block, decides in reversed(order):
            found[id(block), decides] = self._number(block, _parts(block, found), decides)
        self.statements.append((statement, _parts(statement, found)))
        for place in self.names.places(statement):
            self._versions[place] = self._versions.get(place, 0) + 1

    def _number(self, block: Block, parts: Parts, decides: bool) -> int:
        new = len(self.nodes)
        pure = block.comment is None and is_pure(block) and all(self.nodes[part].is_pure for _, part in parts)
        number = self._numbers.setdefault(self._key(block, parts, decides), new) if pure else new
        if number == new:
            self.nodes.append(
                Node(
                    block=block,
                    parts=parts,
                    cost=self.table.of(block_key(block, self.names.words)),
                    first=len(self.statements),
                    is_pure=pure,
                    may_be_kept=pure and not decides,
                )
            )
        return number

    def _key(self, block: Block, parts: Parts, decides: bool) -> Key:
        """Return what two expressions have in common that compute the same; shadows, since they are kept."""
        places = [(place, self._versions.get(place, 0)) for place in self.names.places(block)]
        menus = [(name, value) for name, value in block.fields.items() if not isinstance(value, Reference)]
        shadows = [
            (name, repr(slot.shadow if isinstance(slot, Reporter) else slot))
            for name, slot in block.inputs.items()
        ]
        return (block.opcode, decides, *places, *menus, *shadows, *parts)

    def reads(self, kept: Collection[int]) -> list[int]:
        """Return at how many places each is needed, when what is kept is computed once."""
        found = [0] * len(self.nodes)
        for _, parts in self.statements:
            for _, part in parts:
                found[part] += 1
        for number in reversed(range(len(self.nodes))):
            times = min(found[number], 1) if number in kept else found[number]
            for _, part in self.nodes[number].parts:
                found[part] += times
        return found

    def costs(self, kept: Collection[int], reading: float) -> list[float]:
        """Return the cost of computing each, when what is kept is only read."""
        found: list[float] = []
        for node in self.nodes:
            inner = (reading if part in kept else found[part] for _, part in node.parts)
            found.append(node.cost + sum(inner))
        return found


def _reporters(block: Block) -> list[tuple[Block, bool]]:
    """Return the reporters in a block's slots, and whether each stands where a condition stands."""
    return [
        (slot.block, _decides(block, name))
        for name, slot in block.inputs.items()
        if isinstance(slot, Reporter)
    ]


def _parts(block: Block, found: dict[tuple[int, bool], int]) -> Parts:
    return tuple(
        (name, found[id(slot.block), _decides(block, name)])
        for name, slot in block.inputs.items()
        if isinstance(slot, Reporter)
    )


def _decides(block: Block, name: str) -> bool:
    """Tell whether a slot is one for a condition, in which no variable can stand."""
    if block.call is not None:
        return name.isdecimal() and placeholders(block.call)[int(name) : int(name) + 1] == ["%b"]
    row = CATALOGUE.get(block.opcode)
    return row is None or not next((slot.shadow for slot in row.inputs if slot.name == name), "")
