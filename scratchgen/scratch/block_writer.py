"""Scripts to the blocks of ``project.json``, in the form in which the official editor saves them.

One :class:`BlockWriter` writes the blocks and comments of one sprite. It works through its scripts with a
list of what is left to write, so that no nesting is too deep for it. Names become ids in :class:`Scope`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from scratchgen.errors import ProgramError
from scratchgen.scratch.catalogue import CATALOGUE, SHADOWS, extension_of
from scratchgen.scratch.defaults import ARGUMENT_DEFAULTS
from scratchgen.scratch.identifiers import block_identifiers, identifiers
from scratchgen.scratch.numbers import as_javascript, is_number
from scratchgen.scratch.procedures import placeholders
from scratchgen.scratch.program import (
    Block,
    Comment,
    Input,
    Parameter,
    Procedure,
    Reference,
    Reporter,
    Script,
    Shadow,
    Stack,
    Value,
)

__all__ = ["BlockWriter", "Identifiers", "Scope", "json_value"]

SAME_AS_SHADOW, NO_SHADOW, OVER_SHADOW = 1, 2, 3
"""How an input says whether its slot shows a shadow, a block, or a block over a shadow."""

REFERENCE_PRIMITIVES = {"data_variable": (12, "VARIABLE"), "data_listcontents": (13, "LIST")}
"""The reporters with a short form of their own."""

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")

REPORTERS = {"text": "argument_reporter_string_number", "boolean": "argument_reporter_boolean"}

Kind = Literal["variable", "list"]
REFERENCE_KINDS: Mapping[str, tuple[Kind, ...]] = {"variable": ("variable",), "list": ("list",)}


@dataclass(slots=True)
class Identifiers:
    """The ids of one project, each kind counted through all sprites."""

    blocks: Iterator[str] = field(default_factory=block_identifiers)
    variables: Iterator[str] = field(default_factory=lambda: identifiers("v"))
    lists: Iterator[str] = field(default_factory=lambda: identifiers("l"))
    broadcasts: Iterator[str] = field(default_factory=lambda: identifiers("b"))
    arguments: Iterator[str] = field(default_factory=lambda: identifiers("a"))
    comments: Iterator[str] = field(default_factory=lambda: identifiers("c"))


@dataclass(slots=True, kw_only=True)
class Scope:
    """The names that the blocks of one sprite can use, and their ids.

    ``own`` and ``stage`` map a kind and a name to an id. ``broadcasts`` are those of the stage; one that is
    used and not declared is declared there.
    """

    place: str
    own: Mapping[tuple[Kind, str], str]
    stage: Mapping[tuple[Kind, str], str]
    broadcasts: dict[str, str]
    own_broadcasts: Mapping[str, str]
    ids: Identifiers

    def reference(self, reference: Reference, kinds: tuple[Kind, ...]) -> str:
        """The id of a variable or list; ProgramError when it is not declared."""
        places = (self.stage,) if reference.scope == "stage" else (self.own, self.stage)
        for names in places:
            for kind in kinds:
                if (kind, reference.name) in names:
                    return names[kind, reference.name]
        raise ProgramError(
            f"the {kinds[0]} “{reference.name}” is used but not declared",
            where=self.place,
            todo="declare it for this sprite or for all sprites",
        )

    def broadcast(self, name: str) -> str:
        """The id of a broadcast, declared now if need be."""
        if name in self.own_broadcasts:
            return self.own_broadcasts[name]
        if name not in self.broadcasts:
            self.broadcasts[name] = next(self.ids.broadcasts)
        return self.broadcasts[name]


def json_value(value: Value, where: str) -> Value:
    """A value as it stands in the file; ProgramError for what JSON or Scratch cannot hold.

    >>> json_value(2.0, "here"), json_value("2.0", "here")
    (2, '2.0')
    """
    if isinstance(value, float):
        if value - value != 0:  # NaN and both infinities, which JSON cannot hold
            raise ProgramError(f"{value} cannot be stored", where=where, todo="store a finite number")
        return as_javascript(value)
    if not isinstance(value, str | int):
        raise ProgramError(f"{value!r} is no value", where=where, todo="use text, a number or a boolean")
    return value


@dataclass(slots=True)
class BlockWriter:
    """Writes the scripts and comments of one sprite into ``blocks``, ``comments`` and ``extensions``."""

    scope: Scope
    procedures: Mapping[str, tuple[str, ...]]
    """The argument ids of the custom blocks that the sprite defines, by their code."""
    blocks: dict[str, Any] = field(default_factory=dict)
    comments: dict[str, Any] = field(default_factory=dict)
    extensions: dict[str, None] = field(default_factory=dict)
    left: list[tuple[Block, str, str | None, str | None]] = field(default_factory=list)
    """What is left to write: a block, its id, its parent's, and that of the block under it."""

    def write_script(self, script: Script) -> None:
        """Write a script, with all that hangs and nests in it."""
        if not script.blocks:
            return
        x, y = (as_javascript(place or 0) for place in (script.x, script.y))
        first = script.blocks[0]
        if len(script.blocks) == 1 and (short := self._short_reference(first)):
            self.blocks[next(self.scope.ids.blocks)] = [*short, x, y]
            return
        top = self._push(script.blocks, None)
        self.left.reverse()
        while self.left:
            block, block_id, parent, below = self.left.pop()
            rest = len(self.left)
            self._write(block, block_id, parent, below)
            # what the block has added comes next, in the order in which it is read
            self.left[rest:] = reversed(self.left[rest:])
        self.blocks[top] |= {"topLevel": True, "x": x, "y": y}

    def write_comment(self, comment: Comment, block_id: str | None = None) -> str:
        """Write a comment, attached to a block or free; returns its id."""
        # the editor knows the comment of a block by this id alone, and complains of any other
        comment_id = f"{block_id}_comment" if block_id else next(self.scope.ids.comments)
        self.comments[comment_id] = {
            "blockId": block_id,
            "x": as_javascript(comment.x or 0),
            "y": as_javascript(comment.y or 0),
            "width": as_javascript(comment.width),
            "height": as_javascript(comment.height),
            "minimized": comment.minimized,
            "text": comment.text,
        }
        return comment_id

    def _push(self, chain: tuple[Block, ...], parent: str | None) -> str:
        """Put blocks that hang together on the list of what is left; returns the id of the first."""
        ids = [next(self.scope.ids.blocks) for _ in chain]
        parents = [parent, *ids]
        below: list[str | None] = [*ids[1:], None]
        self.left.extend(zip(chain, ids, parents, below, strict=False))
        return ids[0]

    def _write(self, block: Block, block_id: str, parent: str | None, below: str | None) -> None:
        written = self.blocks[block_id] = _frame(block.opcode, parent, below, shadow=False)
        self._note_extension(block.opcode)
        arguments = self.procedures.get(block.call or "") or ()
        if block.call is not None:
            arguments = arguments or self._invent_arguments(block.call)
            written["mutation"] = _mutation(
                proccode=block.call, argumentids=_compact(arguments), warp="false"
            )
        if block.procedure is not None:
            self._write_prototype(block.procedure, block_id)
        # mouths last, as text has them: the order of the inputs is the order of the ids
        for name, content in _mouths_last(block.inputs):
            key = self._argument(arguments, name) if block.call is not None else name
            if (slot := self._slot(content, block_id)) is not None:
                written["inputs"][key] = slot
        for name, chosen in block.fields.items():
            written["fields"][name] = self._field(block.opcode, name, chosen)
        if block.mutation is not None:
            written["mutation"] = dict(block.mutation)
        elif block.opcode == "control_stop":
            written["mutation"] = _mutation(hasnext="true" if _goes_on(block) else "false")
        if block.comment is not None:
            written["comment"] = self.write_comment(block.comment, block_id)

    def _slot(self, content: Input, parent: str) -> list[Any] | None:
        match content:
            case Shadow():
                return [SAME_AS_SHADOW, self._shadow(content, parent)]
            case Stack(blocks=()):
                return None
            case Stack(blocks=chain):
                return [NO_SHADOW, self._push(chain, parent)]
            case Reporter(block=block, shadow=shadow):
                inside = self._short_reference(block) or self._push((block,), parent)
                if shadow is None:
                    return [NO_SHADOW, inside]
                return [OVER_SHADOW, inside, self._shadow(shadow, parent)]

    def _short_reference(self, block: Block) -> list[Any] | None:
        """The short form of a variable or list; None for other blocks, and where a comment needs the long."""
        if block.opcode not in REFERENCE_PRIMITIVES or block.comment is not None:
            return None
        number, name = REFERENCE_PRIMITIVES[block.opcode]
        if not isinstance(reference := block.fields.get(name), Reference):
            return None
        return [number, *self._field(block.opcode, name, reference)]

    def _shadow(self, shadow: Shadow, parent: str) -> list[Any] | str:
        """The short form of a shadow where there is one and the official schema takes it, else an id."""
        known = SHADOWS.get(shadow.opcode)
        name = shadow.field or (known.field if known else "")
        if not name:
            raise ProgramError(
                f"the shadow block {shadow.opcode} is not in the catalogue and its field has no name",
                where=self.scope.place,
                todo="name its field",
            )
        value = json_value(shadow.value, self.scope.place)
        broadcast = shadow.opcode == "event_broadcast_menu" and isinstance(value, str)
        if (
            known is not None
            and known.primitive is not None
            and name == known.field
            and _is_short(value, known.notation)
        ):
            return [known.primitive, value, *([self.scope.broadcast(str(value))] if broadcast else [])]
        shadow_id = next(self.scope.ids.blocks)
        written = _frame(shadow.opcode, parent, None, shadow=True)
        written["fields"][name] = [value, self.scope.broadcast(str(value)) if broadcast else None]
        self.blocks[shadow_id] = written
        self._note_extension(shadow.opcode)
        return shadow_id

    def _field(self, opcode: str, name: str, chosen: str | Reference) -> list[str | None]:
        known = CATALOGUE.get(opcode)
        kind = next((f.kind for f in known.fields if f.name == name), "menu") if known else "menu"
        if isinstance(chosen, Reference):
            # a block that the catalogue does not know may refer to either
            kinds = REFERENCE_KINDS.get(kind, ("variable", "list"))
            return [chosen.name, self.scope.reference(chosen, kinds)]
        return [chosen, self.scope.broadcast(chosen) if kind == "broadcast" else None]

    def _write_prototype(self, procedure: Procedure, definition_id: str) -> None:
        arguments = self.procedures[procedure.code]
        prototype_id = next(self.scope.ids.blocks)
        self.blocks[definition_id]["inputs"]["custom_block"] = [SAME_AS_SHADOW, prototype_id]
        prototype = self.blocks[prototype_id] = _frame(
            "procedures_prototype", definition_id, None, shadow=True
        )
        for parameter, argument_id in zip(procedure.parameters, arguments, strict=True):
            reporter_id = next(self.scope.ids.blocks)
            reporter = _frame(REPORTERS[parameter.kind], prototype_id, None, shadow=True)
            reporter["fields"]["VALUE"] = [parameter.name, None]
            self.blocks[reporter_id] = reporter
            prototype["inputs"][argument_id] = [SAME_AS_SHADOW, reporter_id]
        prototype["mutation"] = _mutation(
            proccode=procedure.code,
            argumentids=_compact(arguments),
            argumentnames=_compact([parameter.name for parameter in procedure.parameters]),
            argumentdefaults=_compact([_default(parameter) for parameter in procedure.parameters]),
            warp="true" if procedure.warp else "false",
        )

    def _argument(self, arguments: tuple[str, ...], name: str) -> str:
        """The id of an argument that is named by its number."""
        if not name.isdecimal():
            return name
        if int(name) >= len(arguments):
            raise ProgramError(
                f"a custom block is called with argument {int(name) + 1} and has {len(arguments)}",
                where=self.scope.place,
                todo="call it with as many arguments as it has parameters",
            )
        return arguments[int(name)]

    def _invent_arguments(self, code: str) -> tuple[str, ...]:
        """Argument ids for a call of a custom block that the sprite does not define."""
        return tuple(next(self.scope.ids.arguments) for _ in placeholders(code))

    def _note_extension(self, opcode: str) -> None:
        if extension := extension_of(opcode):
            self.extensions[extension] = None


def _mouths_last(inputs: Mapping[str, Input]) -> Iterable[tuple[str, Input]]:
    if len(inputs) < 2:
        return inputs.items()
    return sorted(inputs.items(), key=lambda entry: isinstance(entry[1], Stack))


def _frame(opcode: str, parent: str | None, below: str | None, *, shadow: bool) -> dict[str, Any]:
    return {
        "opcode": opcode,
        "next": below,
        "parent": parent,
        "inputs": {},
        "fields": {},
        "shadow": shadow,
        "topLevel": False,
    }


def _mutation(**content: str) -> dict[str, Any]:
    return {"tagName": "mutation", "children": [], **content}


def _compact(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _default(parameter: Parameter) -> str:
    return parameter.default or ARGUMENT_DEFAULTS[parameter.kind]


def _goes_on(block: Block) -> bool:
    """Whether blocks can hang under a stop block: only where it stops other scripts than its own."""
    return str(block.fields.get("STOP_OPTION", "")).startswith("other scripts in ")


def _is_short(value: Value, notation: str) -> bool:
    """Whether the official schema allows the value in a shadow's short form."""
    match notation:
        case "colour":
            return isinstance(value, str) and COLOUR.fullmatch(value) is not None
        case "menu":
            return isinstance(value, str)
        case _:
            return isinstance(value, str) or is_number(value)
