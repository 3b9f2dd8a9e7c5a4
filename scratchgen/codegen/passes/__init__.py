"""The optimiser: passes over the program tree, between parsing what templates gave and writing the file.

Each pass is a function from program to program. None changes what the program does, to the last bit; the
simulator proves it by running the program before and after. Only the list of the logits may hold zeros before
the first answer, where it was empty.
"""

from __future__ import annotations

from collections.abc import Callable

from scratchgen.codegen.passes.dead import dead
from scratchgen.codegen.passes.fold import fold
from scratchgen.codegen.passes.inline import inline
from scratchgen.codegen.passes.refill import refill
from scratchgen.codegen.passes.share import share
from scratchgen.scratch.manifest import Manifest
from scratchgen.scratch.memory import collector_paused
from scratchgen.scratch.program import Project

__all__ = ["PASSES", "optimise"]

Pass = Callable[[Project, Manifest], Project]

PASSES: tuple[Pass, ...] = (fold, inline, dead, refill, share)
"""In this order: branches go before what only they used, and longer scripts have more in common."""


@collector_paused()
def optimise(project: Project, manifest: Manifest) -> Project:
    """Return a project that does the same with less: every pass once, in order."""
    for each in PASSES:
        project = each(project, manifest)
    return project
