"""Refilling: the list of the logits, emptied and filled anew for each answer, keeps its items instead.

Replacing an item takes an engine less time than adding one, and emptying the list takes none at all. Before
the first answer the list then holds zeros, where it was empty; what it holds after an answer is the same.
"""

from __future__ import annotations

from dataclasses import replace

from scratchgen.codegen.passes.effects import WRITERS, Names, Place
from scratchgen.codegen.passes.rewriting import (
    Chain,
    expressions_in,
    rewritten,
    rewritten_scripts,
    stacked,
    with_comments,
)
from scratchgen.scratch.manifest import Manifest
from scratchgen.scratch.program import Block, Project, Shadow, Sprite

__all__ = ["refill"]


def refill(project: Project, manifest: Manifest) -> Project:
    """Return the project with the logits replaced one by one, if one place alone fills their list.

    There the list must be emptied and filled without a block in between and without a look at it. A list that
    has a monitor stays as it is, since a pupil may delete its items there.
    """
    if any(monitor.params.get("LIST") == manifest.logits for monitor in project.monitors):
        return project
    changes = [
        block.opcode
        for sprite in project.sprites
        for script in sprite.scripts
        for block in stacked(script.blocks)
        if block.opcode in WRITERS and _names_list(block, sprite, manifest)
    ]
    count = changes.count("data_addtolist")
    if count == 0 or sorted(changes) != ["data_addtolist"] * count + ["data_deletealloflist"]:
        return project
    sprites = tuple(_refilled(sprite, manifest, count) for sprite in project.sprites)
    if all(new is old for new, old in zip(sprites, project.sprites, strict=True)):
        return project
    stage = sprites[0]
    lists = [
        replace(each, items=(0,) * count) if each.name == manifest.logits else each for each in stage.lists
    ]
    return replace(project, sprites=(replace(stage, lists=tuple(lists)), *sprites[1:]))


def _names_list(block: Block, sprite: Sprite, manifest: Manifest) -> bool:
    """Tell whether a block's fields name the stage's list of the logits."""
    return Place("LIST", not sprite.is_stage, manifest.logits) in Names.of(sprite).places(block)


def _refilled(sprite: Sprite, manifest: Manifest, count: int) -> Sprite:
    """Return the sprite with the blocks that empty and fill the list changed, if it has them in one place."""

    def chain(blocks: Chain) -> Chain:
        for at, block in enumerate(blocks):
            filling = blocks[at + 1 : at + 1 + count]
            if block.opcode == "data_deletealloflist" and _names_list(block, sprite, manifest):
                if [each.opcode for each in filling] != ["data_addtolist"] * count:
                    return blocks
                named = [*filling, *(inner for each in filling for inner in expressions_in(each))]
                if sum(_names_list(each, sprite, manifest) for each in named) != count:
                    return blocks
                replaced = tuple(_replacing(each, place) for place, each in enumerate(filling, start=1))
                rest = blocks[at + 1 + count :]
                return (*blocks[:at], *with_comments(replaced, [block.comment]), *rest)
        return blocks

    scripts = rewritten_scripts(
        sprite.scripts, lambda script: rewritten(script.blocks, lambda block: (block,), chain)
    )
    is_same = all(new is old for new, old in zip(scripts, sprite.scripts, strict=True))
    return sprite if is_same else replace(sprite, scripts=scripts)


def _replacing(adding: Block, place: int) -> Block:
    inputs = {"INDEX": Shadow(opcode="math_integer", value=place), **adding.inputs}
    return replace(adding, opcode="data_replaceitemoflist", inputs=inputs)
