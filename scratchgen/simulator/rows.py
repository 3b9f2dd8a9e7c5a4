"""How a block is done that is no more than a call of one of the machine's parts.

Each category of blocks lists its own as such rows beside the functions that do them; the translator turns a
row into a line of Python. What a row's function does, and in what order, is the category's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Kind", "Row", "Wait"]

Kind = Literal["number", "boolean", "text", "any"]
Wait = Literal["never", "turns", "alarm"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A block that calls ``machine.<call>`` with the target and its arguments.

    An argument is written as the name of an input or field and what is made of it: ``STEPS:number``,
    ``MESSAGE:value`` (as it is), ``TO:again`` (a function that computes it) or ``EFFECT:field``. A reporter
    says with ``kind`` what it gives. A block that waits is a generator, and gets the thread after the target;
    it waits in ``turns`` that it takes itself, or for an ``alarm``, as blocks do that promise something in
    the engine.
    """

    call: str
    arguments: tuple[str, ...] = ()
    kind: Kind = "any"
    waits: Wait = "never"
