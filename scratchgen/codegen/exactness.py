"""Rejects a program whose answer could differ between browsers.

Everything that flows into the logits or the answer, by value or by condition, must be made of operations
that IEEE doubles do exactly. What only decorates (percentages) may use the others, and other scripts may run
the same custom blocks when they like: a question is answered by the scripts that receive it. This is backward
slicing (M. Weiser, 1981) on the program tree, by names instead of by statements: it may refuse too much,
never too little.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from scratchgen.codegen.passes.effects import WRITERS as PLAIN_WRITERS
from scratchgen.errors import ProgramError
from scratchgen.scratch.manifest import Manifest
from scratchgen.scratch.program import (
    Block,
    Project,
    Reference,
    Reporter,
    Script,
    Shadow,
    Sprite,
    Stack,
    all_blocks,
)

__all__ = ["require_exact_answer"]

EXACT_OPCODES = frozenset(
    """
    data_variable data_itemoflist data_lengthoflist data_itemnumoflist data_listcontainsitem
    operator_add operator_subtract operator_multiply operator_mod operator_round operator_lt operator_gt
    operator_equals operator_and operator_or operator_not operator_join operator_letter_of operator_length
    operator_contains argument_reporter_string_number argument_reporter_boolean
    """.split()
)
EXACT_FUNCTIONS = frozenset({"abs", "floor", "ceiling"})

WRITERS = {**PLAIN_WRITERS, "control_for_each": "VARIABLE"}
"""The blocks that change a variable or list, and the field that names it."""

Name = tuple[str, str]
"""A variable or list: the sprite that it belongs to, empty for all sprites, and what it is called."""


@dataclass(frozen=True, slots=True)
class Write:
    """Something that changes a name: the expressions that it uses, and where it stands.

    ``answers`` if that is in a script that answers, or in a custom block that such a script calls; ``own``
    are the variables and lists that the sprite has for itself.
    """

    name: Name
    expressions: tuple[Block, ...]
    sprite: str
    procedure: str
    answers: bool
    own: frozenset[str]

    def named(self, field: object) -> Name:
        """Return which variable or list a block's field means here."""
        name = field.name if isinstance(field, Reference) else str(field)
        return (self.sprite if name in self.own else "", name)


@dataclass(slots=True)
class Flow:
    """All writes of a project, and the expressions that decide whether each procedure is called at all."""

    writes: list[Write]
    calls: dict[str, list[Write]]


def require_exact_answer(project: Project, manifest: Manifest) -> None:
    """Raise ProgramError when an inexact operation lies on the way to the logits or the answer."""
    flow = Flow(writes=[], calls={})
    for sprite in project.sprites:
        answering = _answering(sprite, manifest)
        mine = [*(each.name for each in sprite.variables), *(each.name for each in sprite.lists)]
        own = frozenset(() if sprite.is_stage else mine)
        for script in sprite.scripts:
            first = script.blocks[0]
            procedure = first.procedure.code if first.procedure else ""
            place = Write(("", ""), (), sprite.name, procedure, script in answering, own)
            _collect(script.blocks, (), place, flow)
    questions = {("", entry.variable) for entry in manifest.inputs}
    wanted = {("", manifest.logits), ("", manifest.answer)}
    seen: set[int] = set()
    while True:
        reached = [write for write in _relevant(flow, wanted - questions) if id(write) not in seen]
        if not reached:
            return
        for write in reached:
            seen.add(id(write))
            for expression in write.expressions:
                for block in _nested(expression):
                    _require_exact(block, write)
                    wanted |= _names_read(block, write)


def _answering(sprite: Sprite, manifest: Manifest) -> list[Script]:
    """Return the scripts that receive the question, and those of the custom blocks that they call."""
    defined = {
        first.procedure.code: script for script in sprite.scripts if (first := script.blocks[0]).procedure
    }
    found = [
        script
        for script in sprite.scripts
        if script.blocks[0].fields.get("BROADCAST_OPTION") == manifest.broadcast
    ]
    for script in found:
        called = [block.call for block in all_blocks(script.blocks) if block.call in defined]
        found += [defined[code] for code in dict.fromkeys(called) if defined[code] not in found]
    return found


def _relevant(flow: Flow, wanted: set[Name]) -> Iterator[Write]:
    """Yield the writes of wanted names, and the calls of the procedures in which they stand.

    Who else calls a procedure that takes part in the answer does not matter to it.
    """
    todo = [write for write in flow.writes if write.name in wanted]
    done: set[str] = set()
    while todo:
        write = todo.pop()
        yield write
        if write.procedure not in done:
            done.add(write.procedure)
            todo += [
                call for call in flow.calls.get(write.procedure, []) if call.answers or not write.answers
            ]


def _collect(blocks: tuple[Block, ...], conditions: tuple[Block, ...], place: Write, flow: Flow) -> None:
    for block in blocks:
        here = tuple(slot.block for slot in block.inputs.values() if isinstance(slot, Reporter))
        expressions = (*conditions, *here)
        if block.opcode in WRITERS:
            name = place.named(block.fields[WRITERS[block.opcode]])
            flow.writes.append(replace(place, name=name, expressions=expressions))
        if block.call is not None:
            flow.calls.setdefault(block.call, []).append(replace(place, expressions=expressions))
        for slot in block.inputs.values():
            if isinstance(slot, Stack):
                _collect(slot.blocks, expressions, place, flow)


def _nested(block: Block) -> Iterator[Block]:
    todo = [block]
    while todo:
        block = todo.pop()
        yield block
        todo += [slot.block for slot in block.inputs.values() if isinstance(slot, Reporter)]


def _names_read(block: Block, write: Write) -> set[Name]:
    # an argument's value comes with the call, whose expressions the procedure's writes already bring along
    return {write.named(field) for field in block.fields.values() if isinstance(field, Reference)}


def _require_exact(block: Block, write: Write) -> None:
    match block.opcode:
        case "operator_mathop" if block.fields["OPERATOR"] in EXACT_FUNCTIONS:
            return
        case "operator_divide" if _is_power_of_two(block):
            return
        case opcode if opcode in EXACT_OPCODES:
            return
    function = block.fields.get("OPERATOR", "")
    place = f"sprite {write.sprite!r}" + (f", block {write.procedure!r}" if write.procedure else "")
    raise ProgramError(
        f"{block.opcode}{f' ({function})' if function else ''} lies on the way to the answer"
        f"{f' through {write.name[1]!r}' if write.name[1] else ''}, and browsers may disagree about it",
        where=place,
        todo="use + - × floor round, comparisons, division by a power of two, or a table",
    )


def _is_power_of_two(division: Block) -> bool:
    match division.inputs.get("NUM2"):
        case Shadow(value=value):
            try:
                number = float(value)
            except ValueError:
                return False
            return number >= 1 and number.is_integer() and int(number) & (int(number) - 1) == 0
    return False
