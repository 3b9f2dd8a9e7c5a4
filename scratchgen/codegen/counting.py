"""What a program executes when it is asked once: a walk over its tree, with the turns of its loops.

Loops of a network turn as often as its lists are long, and lists have a known length. How often a condition
holds is not known: half of the time, or a fifth where something is compared with the greatest so far.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from scratchgen.codegen.costs import CONSTANT_ITEM, tiers
from scratchgen.errors import ProgramError
from scratchgen.scratch.program import (
    Block,
    Input,
    Reference,
    Reporter,
    Shadow,
    Sprite,
    Stack,
    all_blocks,
)

__all__ = ["block_key", "count_blocks", "executed_by", "executed_total", "is_own_work"]

ITEM = "data_itemoflist"
CHANCE = 0.5
CHANCE_OF_A_GREATER = 0.2
"""How often something is the greatest so far, of about ten: (1/2 + 1/3 + … + 1/10) / 9."""

Weighted = dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Walk:
    """A sprite's custom blocks and the lengths of its lists; ``own`` are the variables and lists it has.

    ``total`` collects what each custom block has executed, once it is done.
    """

    procedures: Mapping[str, tuple[Block, ...]]
    lengths: Mapping[str, int]
    own: frozenset[str]
    chance: float | None
    total: Weighted

    def stack(self, blocks: tuple[Block, ...], times: float, found: Weighted) -> None:
        for block in blocks:
            self.block(block, times, found)

    def block(self, block: Block, times: float, found: Weighted) -> None:
        match block.opcode:
            case "control_repeat":
                turns = self.number(block.inputs.get("TIMES"))
                # the engine comes back to the block before each turn and once more, and asks for its number
                self.itself(block, times * (turns + 1), found)
                self.mouth(block, "SUBSTACK", times * turns, found)
            case "control_if" | "control_if_else":
                self.itself(block, times, found)
                chance = _chance(block.inputs.get("CONDITION")) if self.chance is None else self.chance
                self.mouth(block, "SUBSTACK", times * chance, found)
                self.mouth(block, "SUBSTACK2", times * (1 - chance), found)
            case "procedures_call":
                self.itself(block, times, found)
                _note(found, "procedures_call:argument", times * len(block.inputs))
                if block.call is not None and block.call in self.procedures:
                    _note(found, "procedures_definition", times)
                    self.procedure(self.procedures[block.call], times)
            case _:
                self.itself(block, times, found)

    def procedure(self, blocks: tuple[Block, ...], times: float) -> None:
        """Add what the blocks of a custom block execute to the total, by the amount of code around them."""
        found: Weighted = {}
        self.stack(blocks, times, found)
        opcodes = Counter(block.opcode for block in all_blocks(blocks))
        executed = sum(times for key, times in found.items() if is_own_work(key))
        size = sum(count for opcode, count in opcodes.items() if is_own_work(opcode))
        for part in (found, tiers(executed, blocks=size, items=opcodes[ITEM])):
            for key, each in part.items():
                _note(self.total, key, each)

    def itself(self, block: Block, times: float, found: Weighted) -> None:
        """Note a block and the reporters in its slots."""
        for part in all_blocks([_without_mouths(block)]):
            _note(found, block_key(part, self.own), times)
            if part.opcode == ITEM and isinstance(part.inputs.get("INDEX"), Shadow):
                _note(found, CONSTANT_ITEM, times)

    def mouth(self, block: Block, name: str, times: float, found: Weighted) -> None:
        match block.inputs.get(name):
            case Stack(blocks=blocks) if times:
                self.stack(blocks, times, found)

    def number(self, content: Input | None) -> float:
        """Return the number of a loop's turns; ProgramError when it cannot be told from the program."""
        match content:
            case Shadow(value=value):
                return float(value)
            case Reporter(block=Block(opcode="data_lengthoflist", fields={"LIST": Reference() as items})):
                assert isinstance(items, Reference)
                return self.lengths.get(items.name, 0)
            case Reporter(block=Block(opcode="operator_subtract", inputs={"NUM1": one, "NUM2": other})):
                return self.number(one) - self.number(other)
        raise ProgramError("nobody knows how often a loop of the network turns")


def block_key(block: Block, own: Collection[str]) -> str:
    """Return the key of a block in the cost table; ``own`` are the variables and lists that its sprite has.

    >>> block_key(Block(opcode="data_variable", fields={"VARIABLE": Reference(name="red")}), ["sum"])
    'data_variable@stage'
    """
    for name in ("VARIABLE", "LIST"):
        reference = block.fields.get(name)
        if isinstance(reference, Reference):
            hidden = reference.scope == "stage" or reference.name not in own
            return block.opcode + ("@stage" if hidden else "")
    return block.opcode


def is_own_work(key: str) -> bool:
    """Tell whether a key of the cost table is a block that a custom block executes by itself, calls apart.

    >>> is_own_work("operator_add"), is_own_work("procedures_call:argument"), is_own_work("procedures_call")
    (True, False, False)
    """
    return ":" not in key and not key.startswith("procedures_")


def _note(found: Weighted, key: str, times: float) -> None:
    if times:
        found[key] = found.get(key, 0.0) + times


def _chance(condition: Input | None) -> float:
    match condition:
        case Reporter(
            block=Block(opcode="operator_gt", inputs={"OPERAND1": Reporter(), "OPERAND2": Reporter()})
        ):
            return CHANCE_OF_A_GREATER
    return CHANCE


def _without_mouths(block: Block) -> Block:
    if not any(isinstance(slot, Stack) for slot in block.inputs.values()):
        return block
    inputs = {name: slot for name, slot in block.inputs.items() if not isinstance(slot, Stack)}
    return Block(opcode=block.opcode, fields=block.fields, inputs=inputs)


def executed_by(
    blocks: tuple[Block, ...], sprite: Sprite, lengths: Mapping[str, int], *, chance: float | None = None
) -> Mapping[str, float]:
    """Return how often each block is executed when these blocks of a sprite run once.

    ``lengths`` gives the lengths of the lists that the network fills; those of others are the sprite's own.
    ``chance`` says how often conditions hold, where that is known better.
    """
    found: Weighted = {}
    known = {each.name: len(each.items) for each in sprite.lists} | dict(lengths)
    procedures = {}
    for script in sprite.scripts:
        if (procedure := script.blocks[0].procedure) is not None:
            procedures[procedure.code] = script.blocks[1:]
    own = frozenset([each.name for each in sprite.variables] + [each.name for each in sprite.lists])
    total: Weighted = {}
    walk = _Walk(procedures=procedures, lengths=known, own=own, chance=chance, total=total)
    walk.stack(blocks, 1.0, found)
    for key, times in found.items():
        _note(total, key, times)
    return total


def count_blocks(sprite: Sprite) -> int:
    """Return how many blocks a sprite's scripts have, the variables in slots included."""
    return sum(len(all_blocks(script.blocks)) for script in sprite.scripts)


def executed_total(executed: Mapping[str, float]) -> float:
    """Return the number of blocks that are executed."""
    return math.fsum(times for key, times in executed.items() if ":" not in key)
