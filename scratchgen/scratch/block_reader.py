"""From the blocks of a target in ``project.json`` to scripts: ids become nesting.

Nothing here recurses, so nesting of any depth is read; a block that stands in two places, or in itself, is
an error. What an id points to nowhere is left out, as the official engine does; the linter reports it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from scratchgen.errors import ProjectFileError
from scratchgen.scratch.catalogue import CATALOGUE, SHADOWS
from scratchgen.scratch.defaults import ARGUMENT_DEFAULTS
from scratchgen.scratch.numbers import is_number, number_text
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
from scratchgen.scratch.project_json import one_line

__all__ = ["BlockReader", "in_javascript_order"]

PRIMITIVES = {row.primitive: row for row in SHADOWS.values() if row.primitive is not None}
REPORTERS = {12: ("data_variable", "VARIABLE"), 13: ("data_listcontents", "LIST")}
"""The short forms of a variable's and a list's reporter."""
COVERED_SHADOW = 3
"""How an input begins whose block covers a shadow; elsewhere the shadow shows, or there is none."""
REFERENCES = frozenset({"variable", "list"})
MOUTH = "SUBSTACK"
REPORTER_SHAPES = frozenset({"reporter", "boolean"})
DERIVED_MUTATIONS = frozenset({"control_stop"})
"""The blocks whose mutation follows from their fields; the writer makes it anew."""

INDEX_KEY = re.compile(r"0|[1-9][0-9]{0,9}")


def in_javascript_order(content: Mapping[str, Any]) -> list[str]:
    """Return the keys in the order in which JavaScript walks an object: whole numbers first, ascending.

    The engine starts scripts in that order (ECMA-262, OrdinaryOwnPropertyKeys).

    >>> in_javascript_order({"b": 1, "10": 2, "a": 3, "9": 4, "01": 5})
    ['9', '10', 'b', 'a', '01']
    """
    numbers = [key for key in content if INDEX_KEY.fullmatch(key) and int(key) < 2**32 - 1]
    if not numbers:
        return list(content)
    taken = set(numbers)
    return sorted(numbers, key=int) + [key for key in content if key not in taken]


@dataclass(slots=True, kw_only=True)
class BlockReader:
    """Reads the blocks of one target.

    ``names`` finds the current name of a variable, list or broadcast by its id; ``reference`` makes the
    reference for a field's text and id. ``comments`` are those attached to blocks, by the block's id.
    ``where`` begins the messages.
    """

    content: Mapping[str, Any]
    names: Mapping[str, str]
    reference: Callable[[str, str | None, str], Reference]
    comments: Mapping[str, Comment]
    where: str
    used_comments: set[str] = field(default_factory=set)
    _built: dict[str, Block] = field(default_factory=dict)
    _chains: dict[str, list[str]] = field(default_factory=dict)

    def scripts(self) -> tuple[Script, ...]:
        """Return the scripts in the order in which the engine starts them."""
        return tuple(script for key in in_javascript_order(self.content) for script in self._script(key))

    def _script(self, key: str) -> Iterator[Script]:
        match self.content[key]:
            case [int(), _, _, x, y, *_] as literal:
                yield Script(blocks=(self._reporter_literal(literal),), x=self._number(x), y=self._number(y))
            case {"topLevel": True, **raw} if not raw.get("shadow"):
                self._build_below(key)
                blocks = tuple(self._built[each] for each in self._chains[key])
                yield Script(blocks=blocks, x=self._number(raw.get("x", 0)), y=self._number(raw.get("y", 0)))
            case {} | [*_]:
                return
            case _:
                raise self._fault(f"the block {key!r} is not an object")

    def _build_below(self, head: str) -> None:
        """Build every block of a script: first those that stand inside others."""
        order: list[str] = []
        heads = [head]
        while heads:
            chain = self._follow(heads.pop())
            for key in chain:
                order.append(key)
                heads += self._block_ids(key)
        for key in reversed(order):
            self._built[key] = self._block(key, self.content[key])

    def _follow(self, head: str) -> list[str]:
        """Return the ids from ``head`` down along ``next``, and take them: nobody else may hold them."""
        chain: list[str] = []
        self._chains[head] = chain
        key: Any = head
        while isinstance(key, str) and isinstance(self.content.get(key), Mapping):
            if key in self._built:
                raise self._fault(f"the block {key!r} stands in two places, or inside itself")
            self._built[key] = PENDING
            chain.append(key)
            key = self.content[key].get("next")
        return chain

    def _block_ids(self, key: str) -> Iterator[str]:
        """Yield the ids of the blocks in a block's inputs."""
        if self._opcode(key) == "procedures_definition":
            return
        for slots in self._inputs(key).values():
            for slot in slots:
                if isinstance(slot, str) and isinstance(self.content.get(slot), Mapping):
                    yield slot

    # -- one block

    def _block(self, key: str, raw: Mapping[str, Any]) -> Block:
        opcode = self._opcode(key)
        is_definition, is_call = opcode == "procedures_definition", opcode == "procedures_call"
        mutation = raw.get("mutation")
        if mutation is not None and not isinstance(mutation, Mapping):
            raise self._fault(f"the mutation of the block {key!r} is not an object")
        if key in self.comments:
            self.used_comments.add(key)
        return Block(
            opcode=opcode,
            fields=self._fields(key, raw, opcode),
            inputs={} if is_definition else self._filled_inputs(key, opcode, mutation),
            procedure=self._procedure(key) if is_definition else None,
            call=self._code(key, mutation) if is_call else None,
            mutation=None if is_call or mutation is None or opcode in DERIVED_MUTATIONS else dict(mutation),
            comment=self.comments.get(key),
        )

    def _opcode(self, key: str) -> str:
        opcode = self.content[key].get("opcode")
        if not isinstance(opcode, str):
            raise self._fault(f"the block {key!r} has no opcode")
        return opcode

    def _fields(self, key: str, raw: Mapping[str, Any], opcode: str) -> dict[str, str | Reference]:
        kinds = {entry.name: entry.kind for entry in CATALOGUE[opcode].fields} if opcode in CATALOGUE else {}
        content = raw.get("fields", {})
        if not isinstance(content, Mapping):
            raise self._fault(f"the fields of the block {key!r} are not an object")
        fields: dict[str, str | Reference] = {}
        for name, entry in content.items():
            if not isinstance(entry, list) or not entry:
                raise self._fault(f"the field {name!r} of the block {key!r} is empty")
            identifier = entry[1] if len(entry) > 1 and isinstance(entry[1], str) else None
            text = self._text(entry[0])
            kind = kinds.get(name, "variable" if identifier in self.names else "menu")
            if kind in REFERENCES:
                fields[name] = self.reference(text, identifier, kind)
            elif kind == "broadcast" and identifier is not None:
                fields[name] = self.names.get(identifier, text)
            else:
                fields[name] = text
        return fields

    def _filled_inputs(self, key: str, opcode: str, mutation: Mapping[str, Any] | None) -> dict[str, Input]:
        rename = self._argument_numbers(key, mutation) if opcode == "procedures_call" else None
        inputs: dict[str, Input] = {}
        for name, slots in self._inputs(key).items():
            own_name = name if rename is None else rename.get(name)
            filled = self._input(name, opcode, slots)
            if own_name is not None and filled is not None:
                inputs[own_name] = filled
        return inputs

    def _inputs(self, key: str) -> dict[str, list[Any]]:
        """Return the slots of each input: what lies in it, then what that covers."""
        content = self.content[key].get("inputs", {})
        if not isinstance(content, Mapping):
            raise self._fault(f"the inputs of the block {key!r} are not an object")
        inputs = {}
        for name, entry in content.items():
            match entry:
                case [1 | 2, _, *_]:
                    inputs[name] = entry[:2]
                case [3, _, *_]:
                    inputs[name] = entry[:3]
                case _:
                    raise self._fault(f"the input {name!r} of the block {key!r} is malformed")
        return inputs

    def _input(self, name: str, opcode: str, entry: list[Any]) -> Input | None:
        kind, held, *covered = entry
        if self._is_mouth(name, opcode, held, is_over_shadow=bool(covered)):
            chain = self._chains.get(held, []) if isinstance(held, str) else []
            return Stack(blocks=tuple(self._built[each] for each in chain)) if chain else None
        shadow = self._shadow(covered[0]) if covered else None
        if kind != COVERED_SHADOW and (own := self._shadow(held)) is not None:
            return own
        block = self._held_block(held)
        return Reporter(block=block, shadow=shadow) if block is not None else shadow

    def _is_mouth(self, name: str, opcode: str, held: Any, *, is_over_shadow: bool) -> bool:
        """Whether an input holds blocks that hang together: by the catalogue, else by what lies there."""
        chain = self._chains.get(held, []) if isinstance(held, str) else []
        if len(chain) > 1 or (opcode in CATALOGUE and name in CATALOGUE[opcode].mouths):
            return True
        if opcode in CATALOGUE or is_over_shadow:
            return False
        first = CATALOGUE.get(self._opcode(chain[0])) if chain else None
        return first.shape not in REPORTER_SHAPES if first is not None else name.startswith(MOUTH)

    def _held_block(self, held: Any) -> Block | None:
        match held:
            case str() if held in self._built:
                return self._built[held]
            case [12 | 13, *_]:
                return self._reporter_literal(held)
            case [int(number), value, *_] if number in PRIMITIVES:
                # a value that covers another, as no editor writes it: the engine makes a block of it
                row = PRIMITIVES[number]
                return Block(opcode=row.opcode, fields={row.field: self._text(value)})
        return None

    def _shadow(self, held: Any) -> Shadow | None:
        """Return the value that lies in a slot; None when a block lies there, or nothing."""
        match held:
            case [int(number), value, *rest] if number in PRIMITIVES:
                row = PRIMITIVES[number]
                if row.opcode == "event_broadcast_menu" and rest and isinstance(rest[0], str):
                    value = self.names.get(rest[0], value)
                return Shadow(opcode=row.opcode, value=self._value(value))
            case str() if held in self._built:
                raw = self.content[held]
                fields = raw.get("fields", {})
                if raw.get("shadow") and len(fields) == 1 and not self._inputs(held):
                    [(name, entry)] = fields.items()
                    row_or_none = SHADOWS.get(raw["opcode"])
                    known = row_or_none is not None and row_or_none.field == name
                    return Shadow(
                        opcode=raw["opcode"], value=self._value(entry[0]), field="" if known else name
                    )
        return None

    def _reporter_literal(self, literal: list[Any]) -> Block:
        match literal:
            case [int(number), str(name), *rest] if number in REPORTERS:
                opcode, field_name = REPORTERS[number]
                identifier = rest[0] if rest and isinstance(rest[0], str) else None
                kind = CATALOGUE[opcode].fields[0].kind
                return Block(opcode=opcode, fields={field_name: self.reference(name, identifier, kind)})
        raise self._fault(f"the value {json.dumps(literal)[:60]} is malformed")

    # -- custom blocks

    def _procedure(self, key: str) -> Procedure:
        match self._inputs(key).get("custom_block"):
            case [_, str(prototype), *_] if isinstance(self.content.get(prototype), Mapping):
                mutation = self.content[prototype].get("mutation")
            case _:
                mutation = None
        if not isinstance(mutation, Mapping):
            raise self._fault(f"the definition {key!r} does not say which block it defines")
        code = self._code(key, mutation)
        names, defaults = (
            self._json_list(key, mutation, part) for part in ("argumentnames", "argumentdefaults")
        )
        marks = placeholders(code)
        if len(names) != len(marks):
            raise self._fault(
                f"the custom block {code!r} has {len(marks)} places and {len(names)} parameters"
            )
        defaults += [""] * (len(marks) - len(defaults))
        parameters = tuple(
            self._parameter(mark, self._text(name), self._text(default))
            for mark, name, default in zip(marks, names, defaults, strict=False)
        )
        return Procedure(code=code, parameters=parameters, warp=mutation.get("warp") in (True, "true"))

    def _parameter(self, mark: str, name: str, default: str) -> Parameter:
        kind: Literal["boolean", "text"] = "boolean" if mark == "%b" else "text"
        return Parameter(name=name, kind=kind, default="" if default == ARGUMENT_DEFAULTS[kind] else default)

    def _code(self, key: str, mutation: Any) -> str:
        code = mutation.get("proccode") if isinstance(mutation, Mapping) else None
        if not isinstance(code, str):
            raise self._fault(f"the block {key!r} does not say which custom block it is")
        return code

    def _argument_numbers(self, key: str, mutation: Mapping[str, Any] | None) -> dict[str, str]:
        identifiers = self._json_list(key, mutation or {}, "argumentids")
        return {self._text(identifier): str(place) for place, identifier in enumerate(identifiers)}

    def _json_list(self, key: str, mutation: Mapping[str, Any], part: str) -> list[Any]:
        content = mutation.get(part, "[]")
        if isinstance(content, str):
            try:
                content = json.loads(content)
            except (ValueError, RecursionError):
                content = None
        if not isinstance(content, list):
            raise self._fault(f"{part!r} of the block {key!r} is not a list")
        return list(content)

    # -- plain values

    def _text(self, value: Any) -> str:
        value = self._value(value)
        match value:
            case str():
                return value
            case bool():
                return "true" if value else "false"
        return number_text(value)

    def _value(self, value: Any) -> Value:
        if isinstance(value, str | int | float):
            return value
        raise self._fault(f"a slot holds {json.dumps(value)[:60]}, which is neither text nor a number")

    def _number(self, value: Any) -> float:
        if is_number(value):
            number: float = value
            return number
        return 0

    def _fault(self, what: str) -> ProjectFileError:
        return ProjectFileError(
            one_line(what, LONGEST_FAULT),
            where=self.where,
            todo="run `scratchgen check` for all faults of the file",
        )


LONGEST_FAULT = 200
PENDING = Block(opcode="")
"""Stands for a block that is found but not yet built."""
