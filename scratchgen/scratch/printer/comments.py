"""Where a comment lies, in the words of the options and headers that say it."""

from __future__ import annotations

from scratchgen.scratch.numbers import number_text
from scratchgen.scratch.program import Comment

__all__ = ["geometry_text"]

PLAIN_COMMENT = Comment(text="")


def geometry_text(comment: Comment) -> str:
    """Where a comment lies and how large it is, as far as that is not as usual."""
    text = ""
    if comment.x is not None or comment.y is not None:
        text += f" at ({number_text(comment.x or 0)}) ({number_text(comment.y or 0)})"
    if (comment.width, comment.height) != (PLAIN_COMMENT.width, PLAIN_COMMENT.height):
        text += f" size ({number_text(comment.width)}) ({number_text(comment.height)})"
    return text + (" minimized" if comment.minimized else "")
