"""Inlining: a custom block that is called once is written in the place of its call.

A call costs as much as a dozen additions. Only blocks that run without screen refresh are moved, and only
into such blocks, so nothing can come between; and scripts under other hats keep their calls, by which
a reader and other tools find their way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from scratchgen.codegen.passes.effects import defined_procedures, plain_procedures
from scratchgen.codegen.passes.rewriting import rewritten, with_comments
from scratchgen.scratch.manifest import Manifest
from scratchgen.scratch.program import Block, Project, Script, Sprite, all_blocks

__all__ = ["inline"]

ARGUMENTS = frozenset({"argument_reporter_string_number", "argument_reporter_boolean"})


def inline(project: Project, manifest: Manifest) -> Project:
    """Return the project with custom blocks that have one caller and no parameter moved to their caller.

    An engine looks at the stopwatch at every call; one look less changes when others have their turn only in
    scripts that run for half a second on end.
    """
    return replace(project, sprites=tuple(map(_inline_sprite, project.sprites)))


def _inline_sprite(sprite: Sprite) -> Sprite:
    moved = _movable(sprite)
    if not moved:
        return sprite
    bodies: dict[str, tuple[Block, ...]] = {}

    def change(block: Block) -> Sequence[Block]:
        if block.call not in bodies:
            return (block,)
        head, *body = bodies[block.call]
        return with_comments(tuple(body), [block.comment, head.comment])

    # what is called comes first, so that it is whole when it is moved
    for code in moved:
        bodies[code] = rewritten(moved[code].blocks, change)
    scripts = []
    for script in sprite.scripts:
        if not any(script is each for each in moved.values()):
            blocks = rewritten(script.blocks, change)
            scripts.append(replace(script, blocks=blocks))
    return replace(sprite, scripts=tuple(scripts))


def _movable(sprite: Sprite) -> dict[str, Script]:
    """Return the definitions that can be written where they are called, each before its caller."""
    defined, plain = defined_procedures(sprite), plain_procedures(sprite)
    codes = Counter(
        script.blocks[0].procedure.code
        for script in sprite.scripts
        if script.blocks and script.blocks[0].procedure is not None
    )
    calls: Counter[str] = Counter()
    welcome: set[str] = set()
    for script in sprite.scripts:
        called = [block.call for block in all_blocks(script.blocks) if block.call is not None]
        calls.update(called)
        procedure = script.blocks[0].procedure if script.blocks else None
        if procedure is not None and procedure.warp and plain.get(procedure.code) is script:
            welcome.update(called)
    return {
        code: script
        for code, script in plain.items()
        if code in welcome
        and calls[code] == codes[code] == 1
        and defined[code][0].warp
        and not defined[code][0].parameters
        # a parameter that it does not have is 0 there, and the caller's here
        and not any(block.opcode in ARGUMENTS for block in all_blocks(script.blocks))
    }
