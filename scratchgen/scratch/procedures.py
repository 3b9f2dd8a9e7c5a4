"""The code of a custom block, such as ``"add %s to %b"``, taken apart.

Parser, printer, reader and writer agree here on which marks in it stand for parameters.
"""

from __future__ import annotations

import re

__all__ = ["code_parts", "placeholders"]

PLACEHOLDER = re.compile(r"(?<!\S)%[snb]")
"""``%s`` text, ``%b`` a condition, ``%n`` a number: that one only in projects that come from Scratch 2.

As in the editor, a mark begins a word; ``100%s`` is only text.
"""


def placeholders(code: str) -> list[str]:
    """The marks that stand for parameters, in order.

    >>> placeholders("add %s to %b, 100% sure")
    ['%s', '%b']
    """
    return PLACEHOLDER.findall(code)


def code_parts(code: str) -> list[str]:
    """The code cut at its marks; marks and words alternate, beginning with words.

    >>> code_parts("add %s to %b")
    ['add ', '%s', ' to ', '%b', '']
    """
    return re.split(f"({PLACEHOLDER.pattern})", code)
