"""A tolerant view of a project's JSON for the rules: only what has the right type is seen.

Building it never fails, whatever the JSON is; what it leaves out is reported by the rules of
:mod:`~scratchgen.scratch.linting.schema`. It keeps the indexes that let a rule look at few blocks of many.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from scratchgen.scratch.archive import Archive
from scratchgen.scratch.catalogue import CATALOGUE

__all__ = [
    "BlockView",
    "Definition",
    "Literal",
    "Mention",
    "ProjectView",
    "TargetView",
    "as_dict",
    "as_list",
    "as_text",
    "block_view",
    "text_array",
    "view_of",
]

Literal = list[Any]
"""A value, variable or list in the compact form of the file, such as ``[10, "hello"]``."""


def as_dict(value: object) -> dict[str, Any]:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def as_list(value: object) -> list[Any]:
    """The value if it is an array, else an empty one."""
    return value if isinstance(value, list) else []


def as_text(value: object) -> str:
    """The value if it is text, else an empty one."""
    return value if isinstance(value, str) else ""


LONGEST_TEXT_ARRAY = 100_000
"""Characters of JSON within the JSON, whose cost no limit of the archive bounds."""


def text_array(text: object) -> list[str] | None:
    """The texts that a mutation keeps as JSON in a string; None when they are not that.

    >>> text_array('["a", "b"]'), text_array("[1]"), text_array("a, b")
    (['a', 'b'], None, None)
    """
    if not isinstance(text, str) or len(text) > LONGEST_TEXT_ARRAY:
        return None
    try:
        array = json.loads(text)
    except (ValueError, RecursionError):
        return None
    is_texts = isinstance(array, list) and all(isinstance(item, str) for item in array)
    return array if is_texts else None


LITERAL_KINDS = {11: "broadcast", 12: "variable", 13: "list"}
"""The compact values that name something, by the number that leads."""
FIELD_KINDS = {"VARIABLE": "variable", "LIST": "list", "BROADCAST_OPTION": "broadcast"}
"""The fields that name something; the engine tells them by these names in every block."""


class Mention(NamedTuple):
    """A variable, list or broadcast as a block names it."""

    kind: str
    name: str | None
    id: str | None


@dataclass(slots=True, kw_only=True)
class BlockView:
    """A block as the file has it.

    ``inputs`` hold the slots of each input, without the leading number. ``children`` are the ids of blocks
    in inputs, and ``literals`` the compact values there, each with the name of the input. ``held`` are the
    ids of all blocks that hang in or under this one; some of them may not exist.
    """

    id: str
    opcode: str
    next: str | None
    parent: str | None
    shadow: bool
    top_level: bool
    inputs: dict[str, list[Any]]
    children: list[tuple[str, str]]
    literals: list[tuple[str, Literal]]
    held: list[str]
    fields: dict[str, list[Any]]
    mutation: dict[str, Any]
    raw: Mapping[str, Any]

    def value(self, field_name: str) -> str | None:
        """The value of a field as text; None when there is none."""
        value = next(iter(self.fields.get(field_name, ())), None)
        return str(value) if isinstance(value, str | int | float) else None


@dataclass(frozen=True, slots=True)
class Definition:
    """A custom block as its prototype describes it."""

    block: BlockView
    code: str
    ids: list[str]
    names: list[str]


@dataclass(kw_only=True)
class TargetView:
    """The stage or a sprite. ``variables``, ``lists`` and ``broadcasts`` are names by id."""

    name: str
    is_stage: bool
    raw: Mapping[str, Any]
    blocks: dict[str, BlockView]
    loose: dict[str, Literal]
    variables: dict[str, str]
    lists: dict[str, str]
    broadcasts: dict[str, str]
    comments: dict[str, dict[str, Any]]
    costumes: list[dict[str, Any]]
    sounds: list[dict[str, Any]]

    @cached_property
    def by_opcode(self) -> dict[str, list[BlockView]]:
        """The blocks of each opcode."""
        found: dict[str, list[BlockView]] = {}
        for block in self.blocks.values():
            found.setdefault(block.opcode, []).append(block)
        return found

    def of_opcode(self, *opcodes: str) -> Iterator[BlockView]:
        """The blocks of these opcodes."""
        for opcode in opcodes:
            yield from self.by_opcode.get(opcode, ())

    @cached_property
    def holders(self) -> dict[str, list[str]]:
        """For each block that another one holds: the blocks that do, which should be one."""
        found: dict[str, list[str]] = {}
        for block in self.blocks.values():
            for child in block.held:
                if child in self.blocks:
                    found.setdefault(child, []).append(block.id)
        return found

    @cached_property
    def definitions(self) -> list[Definition]:
        """The custom blocks of the sprite, also those that are defined twice."""
        found = []
        for block in self.of_opcode("procedures_definition"):
            prototype = self.prototype_of(block)
            mutation = prototype.mutation if prototype else {}
            if isinstance(mutation.get("proccode"), str):
                ids, names = (text_array(mutation.get(key)) for key in ("argumentids", "argumentnames"))
                found.append(Definition(block, mutation["proccode"], ids or [], names or []))
        return found

    def prototype_of(self, definition: BlockView) -> BlockView | None:
        """The prototype in a definition: the block that has its name and parameters."""
        children = (self.blocks.get(child) for _, child in definition.children)
        return next((child for child in children if child and child.opcode == "procedures_prototype"), None)

    @cached_property
    def mentions(self) -> dict[Mention, BlockView | None]:
        """What the sprite names, with the first block that does; None for a value loose on the page."""
        loose = map(_literal_mention, self.loose.values())
        found: dict[Mention, BlockView | None] = {mention: None for mention in loose if mention is not None}
        for block in self.blocks.values():
            for _, literal in block.literals:
                if (mention := _literal_mention(literal)) is not None:
                    found.setdefault(mention, block)
            for name, slots in block.fields.items():
                if name in FIELD_KINDS and slots and _is_reference(block.opcode, name):
                    found.setdefault(_mention(FIELD_KINDS[name], slots), block)
        return found

    @cached_property
    def scripts(self) -> dict[str, list[BlockView]]:
        """By the id of a script's first block: its blocks in reading order, each block in one script."""
        seen: set[str] = set()
        return {
            block.id: list(self.below(block.id, seen)) for block in self.blocks.values() if block.top_level
        }

    @cached_property
    def heads(self) -> dict[str, str]:
        """For each block that hangs in a script: the first block of that script."""
        return {block.id: head for head, blocks in self.scripts.items() for block in blocks}

    def below(self, start: str, seen: set[str] | None = None) -> Iterator[BlockView]:
        """A block and all blocks that hang in or under it, in reading order, but for those already seen."""
        seen = set() if seen is None else seen
        waiting = [start]
        while waiting:
            block = self.blocks.get(waiting.pop())
            if block is not None and block.id not in seen:
                seen.add(block.id)
                yield block
                waiting.extend(reversed(block.held))


@dataclass(kw_only=True)
class ProjectView:
    """The whole file."""

    archive: Archive
    targets: list[TargetView]

    @property
    def raw(self) -> Mapping[str, Any]:
        """The JSON itself."""
        return self.archive.project

    @cached_property
    def stage(self) -> TargetView | None:
        """The stage, if there is one."""
        return next((target for target in self.targets if target.is_stage), None)

    @cached_property
    def extensions(self) -> set[str]:
        """The extensions that the file declares."""
        return {name for name in as_list(self.raw.get("extensions")) if isinstance(name, str)}

    def of_opcode(self, *opcodes: str) -> Iterator[tuple[TargetView, BlockView]]:
        """The blocks of these opcodes, with their sprites."""
        for target in self.targets:
            for block in target.of_opcode(*opcodes):
                yield target, block


def view_of(archive: Archive) -> ProjectView:
    """See an archive's project as far as it can be seen."""
    targets = as_list(archive.project.get("targets"))
    return ProjectView(
        archive=archive,
        targets=[_target(raw, number) for number, raw in enumerate(targets) if isinstance(raw, dict)],
    )


def _target(raw: Mapping[str, Any], number: int) -> TargetView:
    name, blocks = raw.get("name"), as_dict(raw.get("blocks"))
    return TargetView(
        name=name if isinstance(name, str) else f"(number {number})",
        is_stage=raw.get("isStage") is True,
        raw=raw,
        blocks={key: block_view(key, value) for key, value in blocks.items() if isinstance(value, dict)},
        loose={key: value for key, value in blocks.items() if isinstance(value, list)},
        variables=_names(raw.get("variables")),
        lists=_names(raw.get("lists")),
        broadcasts=_texts(raw.get("broadcasts")),
        comments={k: v for k, v in as_dict(raw.get("comments")).items() if isinstance(v, dict)},
        costumes=[costume for costume in as_list(raw.get("costumes")) if isinstance(costume, dict)],
        sounds=[sound for sound in as_list(raw.get("sounds")) if isinstance(sound, dict)],
    )


def block_view(block_id: str, raw: Mapping[str, Any]) -> BlockView:
    """See one block as far as it can be seen."""
    following, parent, fields = raw.get("next"), raw.get("parent"), as_dict(raw.get("fields"))
    inputs: dict[str, list[Any]] = {}
    children: list[tuple[str, str]] = []
    literals: list[tuple[str, Literal]] = []
    held: list[str] = []
    for name, slots in as_dict(raw.get("inputs")).items():
        inputs[name] = contents = slots[1:] if type(slots) is list else []
        for content in contents:
            if type(content) is list:
                literals.append((name, content))
            elif type(content) is str:
                children.append((name, content))
                held.append(content)
    if isinstance(following, str):
        held.append(following)
    return BlockView(
        id=block_id,
        opcode=as_text(raw.get("opcode")),
        next=following if isinstance(following, str) else None,
        parent=parent if isinstance(parent, str) else None,
        shadow=raw.get("shadow") is True,
        top_level=raw.get("topLevel") is True,
        inputs=inputs,
        children=children,
        literals=literals,
        held=held,
        fields={name: as_list(slots) for name, slots in fields.items()} if fields else {},
        mutation=as_dict(raw.get("mutation")),
        raw=raw,
    )


def _literal_mention(literal: Literal) -> Mention | None:
    kind = LITERAL_KINDS.get(literal[0]) if literal and isinstance(literal[0], int) else None
    return None if kind is None else _mention(kind, literal[1:3])


def _mention(kind: str, named: list[Any]) -> Mention:
    name = named[0] if named and isinstance(named[0], str) else None
    identifier = named[1] if len(named) > 1 and isinstance(named[1], str) else None
    return Mention(kind, name, identifier)


def _is_reference(opcode: str, field_name: str) -> bool:
    """Whether the field names something declared: not so where the catalogue has a menu of that name."""
    row = CATALOGUE.get(opcode)
    return not row or any(what.name == field_name and what.kind != "menu" for what in row.fields)


def _names(declarations: object) -> dict[str, str]:
    """The names of variables or lists, which lead their declarations."""
    named = {key: as_list(value)[:1] for key, value in as_dict(declarations).items()}
    return {key: value[0] for key, value in named.items() if value and isinstance(value[0], str)}


def _texts(declarations: object) -> dict[str, str]:
    return {key: value for key, value in as_dict(declarations).items() if isinstance(value, str)}
