"""Ids for project files: short, and the same for the same program.

The program tree has no ids; the writer takes them from here in the order in which it meets things.
"""

from __future__ import annotations

import itertools
import string
from collections.abc import Iterator

__all__ = ["block_identifiers", "identifiers"]

LETTERS = string.ascii_letters
LETTERS_AND_DIGITS = string.ascii_letters + string.digits
PALETTE = frozenset(
    "of timer online answer current forever loudness askandwait backdropnumbername "
    "wait_until repeat_until".split()
)
"""Ids of blocks in the editor's own palette: a block of a project that has one of them breaks the palette."""


def block_identifiers() -> Iterator[str]:
    """Yield ``a``, ``b`` … ``Z``, ``aa``, ``ba`` …, none that begins with a digit or is of the palette.

    JavaScript puts keys that look like whole numbers first, and the order of the blocks in the file is the
    order in which their scripts run.

    >>> ids = block_identifiers()
    >>> [next(ids) for _ in range(3)], [next(ids) for _ in range(52)][-3:]
    (['a', 'b', 'c'], ['aa', 'ba', 'ca'])
    """
    for length in itertools.count():
        for tail in itertools.product(LETTERS_AND_DIGITS, repeat=length):
            for first in LETTERS:
                if (identifier := first + "".join(tail)) not in PALETTE:
                    yield identifier


def identifiers(kind: str) -> Iterator[str]:
    """Yield ``kind-1``, ``kind-2`` …, which no block has for an id.

    >>> ids = identifiers("list")
    >>> next(ids), next(ids)
    ('list-1', 'list-2')
    """
    for count in itertools.count(1):
        yield f"{kind}-{count}"
