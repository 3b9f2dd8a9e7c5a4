"""Text in the forum's notation (scratchblocks 3, English) to a program.

Our additions stand in ``//!`` comments, which other readers of the notation skip:

``//! stage``, ``//! sprite [Cat]``
    begin the section of the stage, of a sprite. What stands before the first is for the reader of the text.
``//! variable [score v] = (0)``, ``//! list [names v] = [red] [green]``, ``//! broadcast [go v]``
    declare, in the stage's section for all sprites. ``(0)`` is a number, ``[0]`` text, ``<true>`` a boolean.
    A long list goes on in lines that begin with ``//! +``.
``//! costume [cat] from [cat.svg] centre (48) (50)``, ``//! sound [pop] from [pop.wav]``
    name files, which stand beside the text or in it: ``//! asset [cat.svg] = [base64…]``.
``//! state [x] = (10)``, ``//! comment [text] at (0) (0)``, ``//! monitor``, ``//! extension``, ``//! meta``
    say the rest of what a project holds.
``//! at (100) (50)``
    above a script gives it a place; others are placed by :mod:`~scratchgen.scratch.layout`.
``define jump (height) <high> //! warp``
    *run without screen refresh*; ``<high>`` is a boolean parameter, the others are text.
``//! arranged``
    at the top: what is given no place, or whose comment no size, has those that
    :func:`~scratchgen.scratch.layout.arrange` computes. Without it, such things have none yet.
``//! numbers as text``
    at the top: ``(10)`` in a slot for a number is stored as the editor does, as text.
``//! nothing under blocks``
    at the top: a block in a slot covers no value, as in projects that no editor made; without it, it covers
    what the palette has in that slot. ``//! under 1 …`` behind a line says otherwise of one block.

``// text`` behind a block is its comment, lines of it directly above a script are the comment of its first
block, and lines with nothing below them a free comment. ``:: opcode`` says which block is meant. What the
notation has no words for is written in the explicit form of :mod:`~scratchgen.scratch.parser.explicit`.
"""

from __future__ import annotations

from collections.abc import Callable

from scratchgen.scratch.memory import collector_paused
from scratchgen.scratch.parser.document import Document
from scratchgen.scratch.program import Project, Script

__all__ = ["parse_project", "parse_scripts"]


def parse_project(
    text: str, *, where: str = "<text>", assets: Callable[[str], bytes] | None = None
) -> Project:
    """Read a whole project.

    ``where`` begins the messages. ``assets`` gives the bytes of a file that a costume or sound names and the
    text does not embed; it may raise OSError or KeyError.

    Raises:
        SyntaxErrors: all that is wrong in the text, each with file, line, column, and a caret in the line.

    >>> project = parse_project('''//! stage
    ... //! variable [score v] = (0)
    ... //! sprite [Cat]
    ... when flag clicked
    ... set [score v] to (1)
    ... ''')
    >>> [block.opcode for block in project.sprites[1].scripts[0].blocks]
    ['event_whenflagclicked', 'data_setvariableto']
    """
    with collector_paused():
        return Document(text, where, assets).project()


def parse_scripts(text: str, *, where: str = "<text>") -> tuple[Script, ...]:
    """Read scripts alone; any name that nothing else has is a variable's.

    Raises:
        SyntaxErrors: all that is wrong in the text.

    >>> [len(script.blocks) for script in parse_scripts("when flag clicked\\nmove (10) steps")]
    [2]
    >>> parse_scripts("mvoe (10) steps", where="cat")
    Traceback (most recent call last):
        ...
    scratchgen.errors.SyntaxErrors: cat:1:1: there is no block “mvoe () steps”; did you mean “move () steps”
        mvoe (10) steps
        ^
    """
    with collector_paused():
        return Document(text, where, None).fragment()
