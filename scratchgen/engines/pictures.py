"""Draws scripts in the forum's notation as SVG pictures, with npm's ``scratchblocks``.

The pictures stand alone (style and icons are inside, no font is asked for) and do not depend on the machine
that draws them.
"""

from __future__ import annotations

from dataclasses import dataclass

from scratchgen.engines.node_process import NodeProcess

__all__ = ["ScriptPicture", "draw_scripts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptPicture:
    """A script's text as scratchblocks understands it, and the picture of its blocks as SVG."""

    text: str
    svg: str


def draw_scripts(text: str, *, scale: float = 1.0) -> list[ScriptPicture]:
    """Return a picture of each script of a text, in order; ``scale`` 1 draws text of 16 pixels.

    Comments are not drawn. Custom blocks are known as such where the text defines them. EngineError when
    Node or the engines are missing.
    """
    with NodeProcess("pictures.cjs", title="scratchblocks") as node:
        drawn = node.request("draw", text=text, scale=scale)
    return [ScriptPicture(text=script, svg=svg) for script, svg in drawn]
