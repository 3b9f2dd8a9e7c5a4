"""Reads the forum's notation with npm's ``scratchblocks``, the reader that forum, wiki and teachers use.

It refuses nothing: what it does not know has no identifier. Our own parser is elsewhere; this one tells
whether others understand the text that we print.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from scratchgen.engines.node_process import NodeProcess

__all__ = ["ForumBlock", "ForumScript", "ForumValue", "read_forum_texts"]

TEXTS_A_REQUEST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumValue:
    """A value typed or chosen in a slot; ``shape`` is the slot's (``number``, ``string``, ``dropdown`` …)."""

    shape: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumBlock:
    """A block as scratchblocks understands it.

    ``identifier`` is its own name for it (``MOTION_MOVESTEPS``, not the opcode), None for a block that it
    does not know. ``parts`` are the label's words and what is in the slots, in order of the text.
    """

    identifier: str | None
    shape: str
    category: str
    comment: str | None
    parts: tuple[str | ForumValue | ForumBlock | ForumScript, ...]

    def blocks(self) -> Iterator[ForumBlock]:
        """Yield this block and every block in its slots and mouths."""
        yield self
        for part in self.parts:
            for block in part.blocks if isinstance(part, ForumScript) else (part,):
                if isinstance(block, ForumBlock):
                    yield from block.blocks()


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumScript:
    """Blocks one below the other: a script, or what is in the mouth of a C-shaped block."""

    blocks: tuple[ForumBlock, ...]


def read_forum_texts(texts: Sequence[str]) -> list[list[ForumScript]]:
    """Return the scripts of each text, in order; EngineError when Node or the engines are missing."""
    read: list[list[ForumScript]] = []
    with NodeProcess("forum.cjs", title="scratchblocks") as node:
        for at in range(0, len(texts), TEXTS_A_REQUEST):
            documents = node.request("read", texts=list(texts[at : at + TEXTS_A_REQUEST]))
            read += [[_script(blocks) for blocks in scripts] for scripts in documents]
    return read


def _script(blocks: list[dict[str, Any]]) -> ForumScript:
    return ForumScript(blocks=tuple(map(_block, blocks)))


def _block(content: dict[str, Any]) -> ForumBlock:
    return ForumBlock(
        identifier=content["id"],
        shape=content["shape"],
        category=content["category"],
        comment=content["comment"],
        parts=tuple(map(_part, content["parts"])),
    )


def _part(content: dict[str, Any]) -> str | ForumValue | ForumBlock | ForumScript:
    match content["kind"]:
        case "label":
            return str(content["text"])
        case "value":
            return ForumValue(shape=content["shape"], text=content["text"])
        case "script":
            return _script(content["blocks"])
        case _:
            return _block(content)
