"""Common sub-expressions: what blocks compute several times is kept in a variable, where that pays.

Of what the cost table says would gain, the greatest gain is taken first. Nothing changes places: a value is
computed where it was computed first, and only while no other script can have its turn.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from itertools import count

from scratchgen.codegen.costs import CostTable, cost_table
from scratchgen.codegen.passes.effects import WRITERS, Names
from scratchgen.codegen.passes.numbering import Numbering, Parts
from scratchgen.codegen.passes.rewriting import rewritten, rewritten_scripts, with_inputs
from scratchgen.scratch.manifest import Manifest
from scratchgen.scratch.program import (
    Block,
    Input,
    Project,
    Reference,
    Reporter,
    Script,
    Shadow,
    Sprite,
    Variable,
    all_blocks,
)

__all__ = ["share"]

GOING_ON = frozenset({*WRITERS, "looks_say", "looks_think"})
"""Blocks after which a stretch goes on: no other script can have its turn meanwhile."""
LAST = frozenset({"control_if", "control_if_else", "procedures_call"})
"""Blocks whose slots still belong to the stretch before them, since they are evaluated once and first."""


def share(project: Project, manifest: Manifest) -> Project:
    """Return the project with common sub-expressions of custom blocks without screen refresh kept.

    What pays is what the cost table of the official engine says. The variables are the sprite's own, called
    ``shared 1``, ``shared 2`` …; one stretch uses those of another again.
    """
    stage = _declared(project.stage)
    return replace(project, sprites=tuple(_share_sprite(sprite, stage) for sprite in project.sprites))


def _share_sprite(sprite: Sprite, on_stage: set[str]) -> Sprite:
    sharing = _Sharing(
        names=Names.of(sprite), table=cost_table("scratch"), taken=frozenset(on_stage | _names_in(sprite))
    )

    def change(script: Script) -> tuple[Block, ...]:
        procedure = script.blocks[0].procedure
        if procedure is None or not procedure.warp:
            return script.blocks
        return rewritten(script.blocks, lambda block: (block,), sharing.chain)

    scripts = rewritten_scripts(sprite.scripts, change)
    if not sharing.variables:
        return sprite
    variables = (*sprite.variables, *(Variable(name=name) for name in sharing.variables))
    return replace(sprite, variables=variables, scripts=scripts)


def _declared(sprite: Sprite) -> set[str]:
    return {each.name for each in sprite.variables} | {each.name for each in sprite.lists}


def _names_in(sprite: Sprite) -> set[str]:
    """Return the names that a new variable must not have."""
    found = _declared(sprite)
    for script in sprite.scripts:
        for block in all_blocks(script.blocks):
            found.update(each.name for each in block.fields.values() if isinstance(each, Reference))
            if block.procedure is not None:
                found.update(parameter.name for parameter in block.procedure.parameters)
    return found


@dataclass(slots=True, kw_only=True)
class _Sharing:
    """Finds the stretches of a sprite, and names the variables in which they keep what they share."""

    names: Names
    table: CostTable
    taken: frozenset[str]
    variables: list[str] = field(default_factory=list)
    free: Iterator[int] = field(default_factory=lambda: count(1))

    def chain(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """Return blocks that hang together, with what their stretches share kept."""
        found: list[Block] = []
        stretch = Numbering(names=self.names, table=self.table)
        for block in blocks:
            if block.opcode in GOING_ON or block.opcode in LAST:
                stretch.add(block)
            if block.opcode not in GOING_ON:
                found += self._written(stretch)
                stretch = Numbering(names=self.names, table=self.table)
                if block.opcode not in LAST:
                    found.append(block)
        return (*found, *self._written(stretch))

    def _written(self, stretch: Numbering) -> list[Block]:
        """Return the blocks of a stretch, each kept value set before the first statement that needs it."""
        kept = worth_keeping(stretch, self.table)
        if not kept:
            return [block for block, _ in stretch.statements]
        order = sorted(kept, key=lambda number: (stretch.nodes[number].first, number))
        read = {number: self._read(place) for place, number in enumerate(order)}
        shown: dict[int, Block] = {}
        """What stands in the place of expressions that do not stay as they are."""
        sets: dict[int, list[Block]] = {}
        for number, node in enumerate(stretch.nodes):
            block = _with_shown(node.block, node.parts, shown)
            if number in read:
                sets.setdefault(node.first, []).append(_set(read[number], block))
                shown[number] = read[number]
            elif block is not node.block:
                shown[number] = block
        found = []
        for place, (block, parts) in enumerate(stretch.statements):
            found += [*sets.get(place, ()), _with_shown(block, parts, shown)]
        return found

    def _read(self, place: int) -> Block:
        while place >= len(self.variables):
            name = f"shared {next(self.free)}"
            if name not in self.taken:
                self.variables.append(name)
        return Block(opcode="data_variable", fields={"VARIABLE": Reference(name=self.variables[place])})


def _with_shown(block: Block, parts: Parts, shown: dict[int, Block]) -> Block:
    changed: dict[str, Input] = {}
    for name, part in parts:
        slot = block.inputs[name]
        if part in shown and isinstance(slot, Reporter):
            changed[name] = Reporter(block=shown[part], shadow=slot.shadow)
    return with_inputs(block, changed)


def _set(variable: Block, value: Block) -> Block:
    slot = Reporter(block=value, shadow=Shadow(opcode="text", value="0"))
    return Block(opcode="data_setvariableto", fields=variable.fields, inputs={"VALUE": slot})


def worth_keeping(stretch: Numbering, table: CostTable) -> Collection[int]:
    """Return the numbers of what is cheaper to keep than to compute wherever it is needed.

    Greedy, the greatest gain first; a gain only ever falls as others are taken, so one that has fallen goes
    back into the queue. At last what has come to be needed too seldom is given up.
    """
    setting, reading = table.of("data_setvariableto"), table.of("data_variable")

    def gain(times: int, cost: float) -> float:
        return times * cost - (setting + cost + times * reading)

    times, costs = stretch.reads(()), stretch.costs((), reading)
    queue = [
        (-gain(times[number], costs[number]), number)
        for number, node in enumerate(stretch.nodes)
        if node.may_be_kept and gain(times[number], costs[number]) > 0
    ]
    heapq.heapify(queue)
    kept: set[int] = set()
    while queue:
        promised, number = heapq.heappop(queue)
        if times[number] < 2:
            continue
        now = gain(times[number], _cost(stretch, number, kept, reading))
        if now < -promised:
            if now > 0:
                heapq.heappush(queue, (-now, number))
            continue
        kept.add(number)
        todo = [number]
        fewer = times[number] - 1
        while todo:
            for _, part in stretch.nodes[todo.pop()].parts:
                times[part] -= fewer
                if part not in kept:
                    todo.append(part)
    while kept:
        times, costs = stretch.reads(kept), stretch.costs(kept, reading)
        losing = {number for number in kept if gain(times[number], costs[number]) <= 0}
        if not losing:
            break
        kept -= losing
    return kept


def _cost(stretch: Numbering, number: int, kept: Collection[int], reading: float) -> float:
    """Return the cost of computing something once, when what is kept inside it is only read."""
    total, todo = 0.0, [number]
    while todo:
        node = stretch.nodes[todo.pop()]
        total += node.cost
        for _, part in node.parts:
            if part in kept:
                total += reading
            else:
                todo.append(part)
    return total
