"""The fast path of the translator: stretches of blocks that it writes a second time, compiled as a whole.

The fast form is a function that first looks whether it may be used: its variables hold numbers of the size
they began with, and the stopwatch leaves time for all its turns. Where it may not, it does nothing and says
so, and the blocks run as they are translated one by one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from scratchgen.scratch.program import Block, Project, Reference, Sprite, Value, all_blocks
from scratchgen.simulator.regions.compiler import Compiled, compile_routine
from scratchgen.simulator.regions.facts import ANY, Fact, ListFact, fact_of_items
from scratchgen.simulator.regions.ranges import Range
from scratchgen.simulator.regions.routine import (
    LIST_CHANGES,
    NotStraight,
    Procedures,
    Repeat,
    Slot,
    Statement,
    read_routine,
    walk_statements,
)
from scratchgen.simulator.threads import TURNS_IN_WARP
from scratchgen.simulator.variables import Names

__all__ = ["FastPath", "Knowledge", "changed_lists", "fast_lines", "knowledge_of"]

INDENT = "    "
USUAL = 2.0**20
"""Variables that begin as whole numbers are expected to stay within this magnitude."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """What a sprite's scripts can rely on.

    ``values`` are those that variables begin with, by the Python expression that holds them;
    ``constant_lists`` tells what is known of the lists that no block changes, by their Python name.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    constant_lists: Mapping[str, ListFact] = field(default_factory=dict)


def knowledge_of(sprite: Sprite, project: Project, changed: frozenset[tuple[str, str]]) -> Knowledge:
    """Return what the scripts of a sprite can rely on, with the lists that the project's blocks change."""
    values: dict[str, Value] = {}
    lists: dict[str, ListFact] = {}
    sides = [("own", sprite)] if sprite.is_stage else [("own", sprite), ("shared", project.stage)]
    for side, owner in sides:
        names = Names.of(owner, owner)
        by_name = {each.name: each for each in reversed(owner.variables)}
        values |= {f"{side}[{place}]": by_name[name].value for name, place in names.own_variables.items()}
        items_by_name = {each.name: each.items for each in reversed(owner.lists)}
        for name, place in names.own_lists.items():
            if (owner.name, name) not in changed:
                lists[f"{side}_list_{place}"] = _constant_list(items_by_name[name])
    return Knowledge(values=values, constant_lists=lists)


def _constant_list(items: tuple[Value, ...]) -> ListFact:
    numbers = [float(item) if type(item) is int else item for item in items]
    count = float(len(items))
    return ListFact(length=Range(count, count, whole=True), items=fact_of_items(numbers))


def changed_lists(project: Project) -> frozenset[tuple[str, str]]:
    """Return the lists that any block changes, by the names of their owner and their own."""
    shared = {each.name for each in project.stage.lists}
    found = set()
    for sprite in project.sprites:
        own = {each.name for each in sprite.lists}
        for script in sprite.scripts:
            for block in all_blocks(script.blocks):
                if block.opcode in LIST_CHANGES:
                    reference = block.fields["LIST"]
                    name = reference.name if isinstance(reference, Reference) else reference
                    is_stage = isinstance(reference, Reference) and reference.scope == "stage"
                    is_shared = name in shared and (is_stage or name not in own)
                    found.add((project.stage.name if is_shared else sprite.name, name))
    return frozenset(found)


Read = Callable[[tuple[Block, ...]], tuple[Statement, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FastPath:
    """Finds the stretches of a sprite's scripts that can be compiled as a whole, and writes them."""

    names: Names
    procedures: Procedures
    knowledge: Knowledge

    def runs(
        self, blocks: tuple[Block, ...], *, warp: bool, parameters: Mapping[str, str]
    ) -> Iterator[tuple[int, int, Compiled]]:
        """Yield stretches of blocks under one another, with a loop in each, and their compiled form.

        ``parameters`` are the Python names of the custom block's around. Where a long stretch cannot be
        compiled, its blocks are tried one by one.
        """
        read = partial(
            read_routine,
            names=self.names,
            procedures=self.procedures,
            warp=warp,
            parameters={name: Slot(place, name) for name, place in parameters.items()},
        )
        straight = [_has_loop(read, block) for block in blocks]
        start = 0
        while start < len(blocks):
            if straight[start] is None:
                start += 1
                continue
            end = start
            while end < len(blocks) and straight[end] is not None:
                end += 1
            if any(straight[start:end]):
                yield from self._tried(read, blocks, start, end, straight)
            start = end

    def _tried(
        self, read: Read, blocks: tuple[Block, ...], start: int, end: int, straight: list[bool | None]
    ) -> Iterator[tuple[int, int, Compiled]]:
        try:
            yield start, end, self._compile(read(blocks[start:end]))
        except NotStraight:
            places = range(start, end) if end - start > 1 else ()
            for place in places:
                if straight[place]:
                    yield from self._tried(read, blocks, place, place + 1, straight)

    def _compile(self, routine: tuple[Statement, ...]) -> Compiled:
        compiled = compile_routine(routine, entry=self._expected, lists=self.knowledge.constant_lists)
        if compiled.looks.high > TURNS_IN_WARP:
            raise NotStraight("it takes longer than a script without screen refresh may")
        return compiled

    def _expected(self, slot: Slot) -> Fact:
        """Return what a variable is expected to hold: a number of the size that it begins with."""
        value = self.knowledge.values.get(slot.place or "", 0 if slot.place else "")
        if isinstance(value, bool | str) or not math.isfinite(value):
            return ANY
        if float(value).is_integer() and abs(value) <= USUAL:
            return Fact(kind="number", range=Range(-USUAL, USUAL))
        bound = 2.0 ** math.frexp(float(value))[1]
        return Fact(kind="number", range=Range(-bound, bound))


def _has_loop(read: Read, block: Block) -> bool | None:
    """Tell whether a block holds a loop; None where it cannot be compiled."""
    try:
        routine = read((block,))
    except NotStraight:
        return None
    return any(isinstance(each, Repeat) for each in walk_statements(routine))


def fast_lines(compiled: Compiled) -> list[str]:
    """Return the lines of a function of a thread; it returns False when it may not be used."""
    names = compiled.locals
    lines = [
        f"if thread.left < {int(compiled.looks.high)} or not machine.constants_hold:",
        f"{INDENT}return False",
    ]
    for slot, fact in compiled.loaded.items():
        lines.append(f"{names[slot]} = {slot.place}")
        if fact.range is not None:
            check = (
                f"type({names[slot]}) is float and {fact.range.low!r} <= {names[slot]} <= {fact.range.high!r}"
            )
            lines += [f"if not ({check}):", f"{INDENT}return False"]
    lines += compiled.lines
    lines += [f"{slot.place} = {text}" for slot, text in compiled.written.items()]
    if compiled.looks.low == compiled.looks.high:
        lines.append(f"thread.left -= {int(compiled.looks.high)}")
    return [*lines, "return True"]
