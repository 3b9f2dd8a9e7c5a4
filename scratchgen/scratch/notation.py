"""Values and names in the notation: what the printer writes so, the parser reads so.

As in scratchblocks, a backslash takes a mark's meaning away. Ours besides, since text there ends with its
line: ``\\n``, ``\\r``, ``\\t``, and ``\\u{d83d}`` for what no text file can hold.
"""

from __future__ import annotations

import re

from scratchgen.scratch.numbers import number_text
from scratchgen.scratch.program import Value

__all__ = ["escape_comment", "escape_text", "escape_words", "unescape", "unescape_comment", "value_literal"]

LETTERS = {"n": "\n", "r": "\r", "t": "\t"}
ESCAPES = {character: f"\\{letter}" for letter, character in LETTERS.items()}

ESCAPED = re.compile(r"\\(u\{([0-9a-fA-F]{1,6})\}|.?)", re.DOTALL)
COMMENT_ESCAPED = re.compile(r"\\(u\{([0-9a-fA-F]{1,6})\}|[nrt\\/])")

UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""What ends a line for somebody, or is lost on the way through a text file."""

TEXT_MARKS = re.compile(r"[\]\\]")
WORD_MARKS = re.compile(r"[\[\](){}<>\\@◂▸]|^[+-]|(?<=:):|(?<=/)/|(?<=&)(?=[lg]t;)")
"""Brackets, icons, what begins a comment or an override, and what scratchblocks takes for HTML or a patch."""
COMMENT_MARKS = re.compile(r"\\|//(?=!)")
LAST_CODE_POINT = 0x10FFFF


def _undo(match: re.Match[str]) -> str:
    letter, code = match[1], match[2]
    if code is not None:
        return chr(int(code, 16)) if int(code, 16) <= LAST_CODE_POINT else "�"
    return LETTERS.get(letter, letter)


def unescape(text: str) -> str:
    """Text in brackets or in a label, without its backslashes.

    >>> unescape(r"a\\]b\\\\c\\nd")
    'a]b\\\\c\\nd'
    """
    return ESCAPED.sub(_undo, text) if "\\" in text else text


def unescape_comment(text: str) -> str:
    """A comment without its backslashes; those that mean nothing stay, since comments hold paths.

    >>> unescape_comment(r"C:\\pictures\\\\new")
    'C:\\\\pictures\\\\new'
    """
    return COMMENT_ESCAPED.sub(_undo, text) if "\\" in text else text


def _unprintable(match: re.Match[str]) -> str:
    return ESCAPES.get(match[0], f"\\u{{{ord(match[0]):x}}}")


def escape_text(text: str) -> str:
    """Text as it stands between square brackets.

    >>> print(escape_text("a]b"), escape_text("I am v"), escape_text("#fff"))
    a\\]b I am \\v \\#fff
    """
    text = TEXT_MARKS.sub(r"\\\g<0>", text).replace("&lt;", "&\\lt;").replace("&gt;", "&\\gt;")
    text = UNPRINTABLE.sub(_unprintable, text)
    if text.endswith(" v"):
        return text[:-1] + "\\v"
    return f"\\{text}" if text.startswith("#") else text


def escape_words(text: str) -> str:
    """A name as the words of a label; spaces that would be lost are kept by a backslash.

    >>> print(escape_words("a  (b) :: c"))
    a\\ \\ \\(b\\) :\\: c
    """
    text = WORD_MARKS.sub(r"\\\g<0>", text)
    text = UNPRINTABLE.sub(_unprintable, text)
    return re.sub(r"^\s+|\s{2,}|\s+$|[^\S ]+", lambda spaces: "".join(f"\\{s}" for s in spaces[0]), text)


def escape_comment(text: str) -> str:
    """One comment as it stands at the end of a line.

    >>> print(escape_comment("first\\nsecond"))
    first\\nsecond
    """
    text = COMMENT_MARKS.sub(r"\\\g<0>", text)
    text = UNPRINTABLE.sub(_unprintable, text)
    return re.sub(r"^\s|\s$", lambda space: f"\\u{{{ord(space[0]):x}}}", text)


def value_literal(value: Value) -> str:
    """A value in the brackets that tell its type.

    >>> value_literal(-2), value_literal("-2"), value_literal(True)
    ('(-2)', '[-2]', '<true>')
    """
    match value:
        case bool():
            return "<true>" if value else "<false>"
        case str():
            return f"[{escape_text(value)}]"
    return f"({number_text(value)})"
