"""A block on its way from text to the program tree: its line is read, its mouths are not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scratchgen.scratch.catalogue import CATALOGUE, BlockType
from scratchgen.scratch.program import Block, Comment, Input, Procedure, Reference

__all__ = ["Draft"]


@dataclass(slots=True)
class Draft:
    """What :class:`~scratchgen.scratch.program.Block` holds; ``mouths`` are the inputs still to be read."""

    opcode: str
    column: int
    fields: dict[str, str | Reference] = field(default_factory=dict)
    inputs: dict[str, Input] = field(default_factory=dict)
    mouths: tuple[str, ...] = ()
    call: str | None = None
    procedure: Procedure | None = None
    mutation: Mapping[str, Any] | None = None
    is_reporter: bool = False

    @property
    def type(self) -> BlockType | None:
        """What the catalogue knows of the block."""
        return CATALOGUE.get(self.opcode)

    def block(self, comment: Comment | None) -> Block:
        """The finished block."""
        return Block(
            opcode=self.opcode,
            fields=self.fields,
            inputs=self.inputs,
            procedure=self.procedure,
            call=self.call,
            mutation=self.mutation,
            comment=comment,
        )
