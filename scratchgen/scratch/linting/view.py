"""A tolerant view of a project's JSON for the rules: only what has the right type is seen.

Building it never fails, whatever the JSON is; what it leaves out is reported by the rules of
:mod:`~scratchgen.scratch.linting.schema`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from scratchgen.scratch.archive import Archive

__all__ = [
    "BlockView",
    "Literal",
    "ProjectView",
    "TargetView",
    "as_dict",
    "as_list",
    "as_text",
    "block_view",
    "view_of",
]

Literal = list[Any]
"""A value, variable or list in the compact form of the file, such as ``[10, "hello"]``."""

BROADCAST_LITERAL, VARIABLE_LITERAL, LIST_LITERAL = 11, 12, 13


def as_dict(value: object) -> dict[str, Any]:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def as_list(value: object) -> list[Any]:
    """The value if it is an array, else an empty one."""
    return value if isinstance(value, list) else []


def as_text(value: object) -> str:
    """The value if it is text, else an empty one."""
    return value if isinstance(value, str) else ""


@dataclass(slots=True, kw_only=True)
class BlockView:
    """A block as the file has it. ``inputs`` hold the slots of each input, without the leading number."""

    id: str
    opcode: str
    next: str | None
    parent: str | None
    shadow: bool
    top_level: bool
    inputs: Mapping[str, list[Any]]
    fields: Mapping[str, list[Any]]
    mutation: Mapping[str, Any]
    raw: Mapping[str, Any]

    def children(self) -> Iterator[tuple[str, str]]:
        """Name of the input and id of the block, for each block in an input."""
        for name, slots in self.inputs.items():
            for slot in slots:
                if isinstance(slot, str):
                    yield name, slot

    def held(self) -> Iterator[str]:
        """The ids of all blocks that hang in or under this one; some may not exist."""
        for _, child in self.children():
            yield child
        if self.next is not None:
            yield self.next

    def literals(self) -> Iterator[tuple[str, Literal]]:
        """Name of the input and the compact value, for each of those in an input."""
        for name, slots in self.inputs.items():
            for slot in slots:
                if isinstance(slot, list):
                    yield name, slot

    def value(self, field_name: str) -> str | None:
        """The value of a field as text; None when there is none."""
        value = next(iter(self.fields.get(field_name, ())), None)
        return str(value) if isinstance(value, str | int | float) else None


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
    def referrers(self) -> dict[str, list[str]]:
        """For each block that is named as ``next`` or in an input: the blocks that name it."""
        found: dict[str, list[str]] = {}
        for block in self.blocks.values():
            for child in block.held():
                if child in self.blocks:
                    found.setdefault(child, []).append(block.id)
        return found

    @cached_property
    def heads(self) -> dict[str, str]:
        """For each block that hangs in a script: the first block of that script."""
        heads: dict[str, str] = {}
        seen: set[str] = set()
        for start in self.blocks.values():
            if start.top_level:
                heads.update((block.id, start.id) for block in self.below(start.id, seen))
        return heads

    def below(self, start: str, seen: set[str] | None = None) -> Iterator[BlockView]:
        """A block and all blocks that hang in or under it, in reading order, but for those already seen."""
        seen = set() if seen is None else seen
        waiting = [start]
        while waiting:
            block = self.blocks.get(waiting.pop())
            if block is not None and block.id not in seen:
                seen.add(block.id)
                yield block
                waiting.extend(reversed(list(block.held())))


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

    def blocks(self, *opcodes: str) -> Iterator[tuple[TargetView, BlockView]]:
        """Every block with its sprite, or every block of these opcodes."""
        for target in self.targets:
            for block in target.blocks.values():
                if not opcodes or block.opcode in opcodes:
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
    following, parent = raw.get("next"), raw.get("parent")
    return BlockView(
        id=block_id,
        opcode=as_text(raw.get("opcode")),
        next=following if isinstance(following, str) else None,
        parent=parent if isinstance(parent, str) else None,
        shadow=raw.get("shadow") is True,
        top_level=raw.get("topLevel") is True,
        inputs={name: as_list(slots)[1:] for name, slots in as_dict(raw.get("inputs")).items()},
        fields={name: as_list(slots) for name, slots in as_dict(raw.get("fields")).items()},
        mutation=as_dict(raw.get("mutation")),
        raw=raw,
    )


def _names(declarations: object) -> dict[str, str]:
    """The names of variables or lists, which lead their declarations."""
    named = {key: as_list(value)[:1] for key, value in as_dict(declarations).items()}
    return {key: value[0] for key, value in named.items() if value and isinstance(value[0], str)}


def _texts(declarations: object) -> dict[str, str]:
    return {key: value for key, value in as_dict(declarations).items() if isinstance(value, str)}
