"""Dead code: what no block of a sprite can ever look at is taken out, and what nothing calls.

Liveness goes backwards from what somebody sees: a variable that is only read to compute a dead one is dead
as well. The stage's variables stay, and whatever a monitor, another sprite or the manifest names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from scratchgen.codegen.passes.effects import WRITERS, Names, Place, writes_only
from scratchgen.codegen.passes.rewriting import (
    begins_with_hat,
    expressions_in,
    rewritten,
    rewritten_scripts,
    stacked,
)
from scratchgen.scratch.manifest import Manifest
from scratchgen.scratch.program import Block, Project, Script, Sprite, all_blocks

__all__ = ["dead"]


def dead(project: Project, manifest: Manifest) -> Project:
    """Return the project without custom blocks that nothing calls and what nobody reads.

    A statement goes with the variable or list that it writes, unless its expressions do more than give a
    value. Scripts under hats stay, empty if need be.
    """
    project = replace(project, sprites=tuple(map(_without_uncalled, project.sprites)))
    seen = _names_seen(project, manifest)
    sprites = [each if each.is_stage else _without_unread(each, seen) for each in project.sprites]
    return replace(project, sprites=tuple(sprites))


def _without_uncalled(sprite: Sprite) -> Sprite:
    """Return the sprite without the custom blocks that no script leads to, except through themselves."""
    calls: dict[str, set[str]] = {}
    todo: list[str] = []
    for script in sprite.scripts:
        called = {block.call for block in all_blocks(script.blocks) if block.call is not None}
        procedure = script.blocks[0].procedure if script.blocks else None
        if procedure is None:
            todo += called
        else:
            calls.setdefault(procedure.code, set()).update(called)
    reached: set[str] = set()
    while todo:
        code = todo.pop()
        if code not in reached:
            reached.add(code)
            todo += calls.get(code, ())
    kept = tuple(script for script in sprite.scripts if _code(script) in reached | {None})
    return sprite if len(kept) == len(sprite.scripts) else replace(sprite, scripts=kept)


def _code(script: Script) -> str | None:
    procedure = script.blocks[0].procedure if script.blocks else None
    return procedure.code if procedure else None


def _names_seen(project: Project, manifest: Manifest) -> frozenset[str]:
    """Return the names that something else than a sprite's own blocks looks for."""
    found = {manifest.logits, manifest.answer, *(entry.variable for entry in manifest.inputs)}
    for monitor in project.monitors:
        found.update(monitor.params.values())
    for sprite in project.sprites:
        for script in sprite.scripts:
            for block in all_blocks(script.blocks):
                if block.opcode == "sensing_of":
                    found.add(str(block.fields.get("PROPERTY")))
    return frozenset(found)


def _without_unread(sprite: Sprite, seen: frozenset[str]) -> Sprite:
    names = Names.of(sprite)
    unread = {
        Place(kind, False, name)
        for kind, entries in (("VARIABLE", sprite.variables), ("LIST", sprite.lists))
        for name, times in Counter(each.name for each in entries).items()
        if times == 1 and name not in seen
    } - _live(sprite, names)
    unread -= {Place("VARIABLE", False, each.name) for each in sprite.variables if each.cloud}
    if not unread:
        return sprite

    def change(block: Block) -> Sequence[Block]:
        is_unread = block.opcode in WRITERS and not unread.isdisjoint(names.places(block))
        return () if is_unread else (block,)

    return replace(
        sprite,
        variables=tuple(v for v in sprite.variables if Place("VARIABLE", False, v.name) not in unread),
        lists=tuple(each for each in sprite.lists if Place("LIST", False, each.name) not in unread),
        scripts=rewritten_scripts(sprite.scripts, lambda script: rewritten(script.blocks, change)),
    )


def _live(sprite: Sprite, names: Names) -> set[Place]:
    """Return what is read for something that somebody may see."""
    todo: list[Place] = []
    behind: dict[Place, list[Place]] = {}
    for script in sprite.scripts:
        for block in stacked(script.blocks):
            used = [place for each in expressions_in(block) for place in _named(each, names)]
            if begins_with_hat(script) and writes_only(block):
                for place in names.places(block):
                    behind.setdefault(place, []).extend(used)
            else:
                todo += [*_named(block, names), *used]
    own = {Place(kind, False, name) for kind, name in names.own}
    # what is written for others to see
    todo += [place for place in behind if place not in own]
    live: set[Place] = set()
    while todo:
        place = todo.pop()
        if place not in live:
            live.add(place)
            todo += behind.get(place, ())
    return live


def _named(block: Block, names: Names) -> list[Place]:
    """Return what a block's fields name; a field that nobody knows may name a variable or a list."""
    return [
        replace(place, kind=kind)
        for place in names.places(block)
        for kind in ((place.kind,) if place.kind in ("VARIABLE", "LIST") else ("VARIABLE", "LIST"))
    ]
