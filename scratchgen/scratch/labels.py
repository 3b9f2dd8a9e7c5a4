"""Which blocks a label can mean: texts compared as scratchblocks compares them.

Parser and printer both ask here, so that what one writes the other understands. Which of several blocks is
meant follows from the arguments, and is decided by the parser.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType

from scratchgen.scratch.catalogue import CATALOGUE, BlockType

__all__ = [
    "CATEGORY_WORDS",
    "Key",
    "blocks_with_label",
    "is_override_of_looks",
    "label_key",
    "label_words",
    "nearest",
    "spoken_label",
]

Key = tuple[str | None, ...]
"""A label's words in lower case, with None for each argument."""

IGNORED = re.compile(r"[,%?:]")
ARGUMENT = re.compile(r"(%\d)")

ICONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "@greenflag": ("flag", "gf", "green flag", "⚑"),
        "@turnright": ("cw", "right", "↻"),
        "@turnleft": ("ccw", "left", "↺"),
    }
)
"""What can be typed for the pictures in labels."""

OLDER_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "say %1 for %2 secs": "looks_sayforsecs",
        "think %1 for %2 secs": "looks_thinkforsecs",
        "play sound %1": "sound_play",
        "wait %1 secs": "control_wait",
        "clear": "pen_clear",
    }
)
"""Texts of Scratch 2 that scratchblocks still takes."""

CATEGORY_WORDS = frozenset(
    """
    motion looks sound variables list events control sensing operators custom custom-arg extension grey gray
    other obsolete pen video music faceSensing tts text2speech translate microbit gdxfor wedo wedo2 makeymakey
    ev3 boost
    """.split()
)
SHAPE_WORDS = frozenset("hat cap stack boolean reporter ring cat loop reset + -".split())
COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")


def is_override_of_looks(word: str) -> bool:
    """Whether a word after ``::`` only changes how scratchblocks draws the block."""
    return word in CATEGORY_WORDS or word in SHAPE_WORDS or COLOUR.fullmatch(word) is not None


@cache
def label_words(label: str) -> tuple[str | None, ...]:
    """The words of a label of the catalogue's, with None for each argument.

    >>> label_words("set size to %1%")
    ('set', 'size', 'to', None, '%')
    """
    pieces = [piece for part in label.split() for piece in ARGUMENT.split(part) if piece]
    return tuple(None if ARGUMENT.fullmatch(piece) else piece for piece in pieces)


def label_key(words: Iterable[str | None]) -> Key:
    """What of the words counts when labels are compared.

    >>> label_key(("Touching", None, "?"))
    ('touching', None)
    """
    return _label_key(tuple(words))


@lru_cache(maxsize=8192)
def _label_key(words: Key) -> Key:
    kept = ((None if word is None else IGNORED.sub("", word).lower()) for word in words)
    return tuple(word for word in kept if word != "")


def _index() -> dict[Key, tuple[BlockType, ...]]:
    index: dict[Key, tuple[BlockType, ...]] = {}

    def add(words: Sequence[str | None], block: BlockType) -> None:
        key = label_key(words)
        index[key] = (*index.get(key, ()), block)

    for block in CATALOGUE.values():
        if block.label:
            add(label_words(block.label), block)
            for icon, names in ICONS.items():
                for name in names if icon in block.label.lower() else ():
                    add(label_words(re.sub(icon, name, block.label, flags=re.IGNORECASE)), block)
    for label, opcode in OLDER_LABELS.items():
        add(label_words(label), CATALOGUE[opcode])
    return {key: tuple(sorted(blocks, key=_place_in_turn)) for key, blocks in index.items()}


def _place_in_turn(block: BlockType) -> tuple[bool, bool]:
    """Scratch's own blocks come before those of extensions: a key is one of the keyboard's.

    A block whose menus are closed fits less, so it is asked first: ``[floor v] of (x)`` is no attribute.
    """
    has_open_menu = any(field.menu is not None and field.menu.is_open for field in block.fields)
    return block.extension != "", has_open_menu


INDEX: Mapping[Key, tuple[BlockType, ...]] = MappingProxyType(_index())


def blocks_with_label(key: Key) -> tuple[BlockType, ...]:
    """The blocks that are written so, in the order in which they are tried.

    >>> [block.opcode for block in blocks_with_label(label_key(("length", "of", None)))]
    ['operator_length', 'data_lengthoflist']
    """
    return INDEX.get(key, ())


def spoken_label(block: BlockType) -> str:
    """A block's label with brackets in the places of its arguments.

    >>> spoken_label(CATALOGUE["data_setvariableto"])
    'set [ v] to []'
    """
    from_kind = {"variable": "[ v]", "list": "[ v]", "broadcast": "[ v]", "menu": "[ v]"}
    brackets = []
    for argument in block.arguments:
        kind = getattr(argument, "kind", None)
        if kind is not None:
            brackets.append(from_kind[kind])
        else:
            shadow = getattr(argument, "shadow", "")
            brackets.append({"": "<>", "text": "[]", "colour_picker": "[#9966ff]"}.get(shadow, "()"))
    return ARGUMENT.sub(lambda place: brackets[int(place[0][1]) - 1], block.label)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is most like the one written, if any is.

    >>> nearest("reapeat ()", ["repeat ()", "forever"])
    'repeat ()'
    """
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return found[0] if found else None
