"""What each custom block of a file costs in an answer, told from the blocks in the file alone.

How long its lists are when it has answered, the simulator knows; how often each block is executed follows
from the program, and the time from the cost model.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from scratchgen.codegen.costs import cost_table
from scratchgen.codegen.counting import executed_by, executed_total
from scratchgen.errors import ProgramError
from scratchgen.evidence.verify import Claim
from scratchgen.scratch.archive import unpack_archive
from scratchgen.scratch.program import Block, Project, Script, Sprite, Stack, all_blocks
from scratchgen.scratch.reader import read_project
from scratchgen.scratch.writer import project_to_bytes
from scratchgen.simulator import Simulator

__all__ = ["CostRow", "block_costs", "project_size"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CostRow:
    """A custom block of a file: its blocks, its bytes in project.json, and what it does in one answer.

    ``executed`` counts the blocks that are executed, those of other custom blocks that it calls apart. The
    time on the official engine is a prediction.
    """

    block: str
    blocks: int
    bytes: int
    executed: float
    microseconds: float


def project_size(project: Project) -> int:
    """Return the bytes of a project's project.json."""
    return len(unpack_archive(project_to_bytes(project), where="the project")[0])


def block_costs(claim: Claim) -> list[CostRow]:
    """Return a row for each custom block that takes part in an answer, in the order of their first calls.

    Empty when a loop turns a number of times that the program does not tell.
    """
    project = read_project(claim.path)
    [sprite] = [each for each in project.sprites if each.name == claim.manifest.sprite]
    lengths = _lengths(project, claim)
    try:
        return [
            _row(project, sprite, script, lengths) for script in _answering(sprite, claim.manifest.broadcast)
        ]
    except ProgramError:
        return []


def _lengths(project: Project, claim: Claim) -> Mapping[str, int]:
    simulator = Simulator(project)
    simulator.ask(claim.manifest, [[entry.low for entry in claim.manifest.inputs]])
    found = {each.name: len(simulator.list_items(each.name)) for each in project.stage.lists}
    sprite = claim.manifest.sprite
    own = next(each for each in project.sprites if each.name == sprite).lists
    return found | {each.name: len(simulator.list_items(each.name, sprite)) for each in own}


def _answering(sprite: Sprite, broadcast: str) -> Iterator[Script]:
    """Yield the definitions that the script of the broadcast calls, and those that they call."""
    definitions = {
        script.blocks[0].procedure.code: script
        for script in sprite.scripts
        if script.blocks[0].procedure is not None
    }
    hats = [each for each in sprite.scripts if each.blocks[0].fields.get("BROADCAST_OPTION") == broadcast]
    seen: set[str] = set()
    todo = [code for hat in hats for code in _called(hat.blocks)][::-1]
    while todo:
        code = todo.pop()
        if code in definitions and code not in seen:
            seen.add(code)
            yield definitions[code]
            todo += reversed(_called(definitions[code].blocks))


def _called(blocks: tuple[Block, ...]) -> list[str]:
    """Return the custom blocks that are called, in the order in which they stand there."""
    found: list[str] = []
    for block in blocks:
        found += [block.call] if block.call is not None else []
        for slot in block.inputs.values():
            found += _called(slot.blocks) if isinstance(slot, Stack) else ()
    return found


def _row(project: Project, sprite: Sprite, script: Script, lengths: Mapping[str, int]) -> CostRow:
    alone = replace(sprite, scripts=())
    executed = dict(executed_by(script.blocks[1:], alone, lengths))
    executed["procedures_definition"] = 1.0
    procedure = script.blocks[0].procedure
    return CostRow(
        block=" ".join((procedure.code if procedure else "").replace("%s", "").replace("%b", "").split()),
        blocks=len(all_blocks(script.blocks)),
        bytes=_size(project, sprite, (script,)) - _size(project, sprite, ()),
        executed=executed_total(executed),
        microseconds=cost_table("scratch").time(executed) / 1000,
    )


def _size(project: Project, sprite: Sprite, scripts: tuple[Script, ...]) -> int:
    others = [replace(each, scripts=(), comments=()) for each in project.sprites]
    changed = replace(sprite, scripts=scripts, comments=())
    kept = [changed if each.name == sprite.name else each for each in others]
    return project_size(replace(project, sprites=tuple(kept)))
