"""Rules about custom blocks: definitions, parameters, calls, and the texts in which the file keeps them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scratchgen.scratch.linting.findings import Fault, Rule, quoted
from scratchgen.scratch.linting.view import BlockView, ProjectView, TargetView
from scratchgen.scratch.linting.words import block_place, each_block
from scratchgen.scratch.procedures import placeholders

__all__ = ["RULES", "Definition", "definitions", "prototype_of"]

PARAMETER_REPORTERS = ("argument_reporter_string_number", "argument_reporter_boolean")
LONGEST_TEXT_ARRAY = 100_000
"""Characters of JSON within the JSON, which no limit of the archive bounds."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A custom block as its prototype describes it."""

    block: BlockView
    code: str
    ids: list[str]
    names: list[str]


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


def prototype_of(target: TargetView, definition: BlockView) -> BlockView | None:
    """The prototype in a definition: the block that has its name and parameters."""
    children = (target.blocks.get(child) for _, child in definition.children())
    return next((child for child in children if child and child.opcode == "procedures_prototype"), None)


def definitions(target: TargetView) -> Iterator[Definition]:
    """The custom blocks of a sprite, also those with the same code."""
    for block in target.blocks.values():
        prototype = prototype_of(target, block) if block.opcode == "procedures_definition" else None
        if prototype is not None and isinstance(prototype.mutation.get("proccode"), str):
            yield Definition(
                block,
                prototype.mutation["proccode"],
                text_array(prototype.mutation.get("argumentids")) or [],
                text_array(prototype.mutation.get("argumentnames")) or [],
            )


def _missing_prototype(target: TargetView, block: BlockView) -> Iterator[str]:
    prototype = prototype_of(target, block)
    if prototype is None:
        yield "the definition does not say which block it defines"
    elif not isinstance(prototype.mutation.get("proccode"), str):
        yield "the definition does not say what its block is called"


def _parameter_lists(_: TargetView, block: BlockView) -> Iterator[str]:
    count = len(placeholders(str(block.mutation.get("proccode", ""))))
    for key in ("argumentids", "argumentnames", "argumentdefaults"):
        fault = _list_fault(block.mutation, key, count)
        if fault:
            yield fault


def _call_lists(_: TargetView, block: BlockView) -> Iterator[str]:
    code = block.mutation.get("proccode")
    if not isinstance(code, str):
        yield "the call does not say which block it calls"
    elif fault := _list_fault(block.mutation, "argumentids", len(placeholders(code))):
        yield fault


def _list_fault(mutation: Mapping[str, Any], key: str, count: int) -> str:
    array = text_array(mutation.get(key))
    if array is None:
        return f"its {key} must be texts in JSON, not {quoted(mutation.get(key))}"
    return "" if len(array) == count else f"it has {count} parameters, but {len(array)} {key}"


def _duplicate_definition(view: ProjectView) -> Iterator[Fault]:
    for target in view.targets:
        seen: set[str] = set()
        for definition in definitions(target):
            if definition.code in seen:
                yield block_place(target, definition.block), "the sprite defines this block twice"
            seen.add(definition.code)


def _same_parameter(view: ProjectView) -> Iterator[Fault]:
    for target in view.targets:
        for definition in definitions(target):
            for names, what in ((definition.names, "name"), (definition.ids, "id")):
                if len(set(names)) < len(names):
                    yield block_place(target, definition.block), f"two of its parameters have one {what}"


def _parameter_reporter(view: ProjectView) -> Iterator[Fault]:
    """The editor shows as parameters the reporters in the prototype's slots."""
    for target in view.targets:
        for definition in definitions(target):
            prototype = prototype_of(target, definition.block)
            shown = dict(prototype.children()) if prototype else {}
            for argument, name in zip(definition.ids, definition.names, strict=False):
                reporter = target.blocks.get(shown.get(argument, ""))
                if reporter is None or reporter.opcode not in PARAMETER_REPORTERS:
                    yield block_place(target, definition.block), f"its parameter {quoted(name)} is not shown"
                elif reporter.value("VALUE") != name:
                    yield (
                        block_place(target, definition.block),
                        f"its parameter {quoted(name)} is shown as {quoted(reporter.value('VALUE'))}",
                    )


def _calls(view: ProjectView) -> Iterator[tuple[TargetView, BlockView, Definition | None]]:
    for target in view.targets:
        defined = {definition.code: definition for definition in reversed(list(definitions(target)))}
        for block in target.blocks.values():
            if block.opcode == "procedures_call" and isinstance(block.mutation.get("proccode"), str):
                yield target, block, defined.get(block.mutation["proccode"])


def _undefined_procedure(view: ProjectView) -> Iterator[Fault]:
    for target, block, definition in _calls(view):
        if definition is None:
            code = quoted(block.mutation["proccode"])
            yield block_place(target, block), f"the sprite does not define the block {code}"


def _argument_mismatch(view: ProjectView) -> Iterator[Fault]:
    for target, block, definition in _calls(view):
        if definition is None:
            continue
        if text_array(block.mutation.get("argumentids")) != definition.ids:
            yield block_place(target, block), "its arguments have other ids than the definition's parameters"
        for name in block.inputs:
            if name not in definition.ids:
                yield (
                    block_place(target, block),
                    f"the definition has no parameter for the argument {quoted(name)}",
                )


def _missing_argument(view: ProjectView) -> Iterator[Fault]:
    for target, block, definition in _calls(view):
        if definition is None:
            continue
        kinds = placeholders(definition.code)
        for argument, kind in zip(definition.ids, kinds, strict=False):
            if kind != "%b" and not any(content is not None for content in block.inputs.get(argument, ())):
                yield block_place(target, block), f"it has nothing for the parameter {quoted(argument)}"


def _stray_parameter(view: ProjectView) -> Iterator[Fault]:
    for target in view.targets:
        names = {definition.block.id: set(definition.names) for definition in definitions(target)}
        for block in target.blocks.values():
            if block.opcode in PARAMETER_REPORTERS and not block.shadow:
                known = names.get(target.heads.get(block.id, ""), set())
                if block.value("VALUE") not in known:
                    words = quoted(block.value("VALUE"))
                    yield block_place(target, block), f"the script has no parameter {words}; it is always 0"


RULES = (
    Rule(
        "missing-prototype",
        "error",
        "a definition says which block it defines",
        each_block(_missing_prototype, "procedures_definition"),
    ),
    Rule(
        "parameter-lists",
        "error",
        "a definition lists its parameters",
        each_block(_parameter_lists, "procedures_prototype"),
    ),
    Rule("call-lists", "error", "a call lists its arguments", each_block(_call_lists, "procedures_call")),
    Rule("duplicate-definition", "error", "a sprite defines a block once", _duplicate_definition),
    Rule("same-parameter", "error", "parameters have different names", _same_parameter),
    Rule("parameter-reporter", "error", "a definition shows its parameters", _parameter_reporter),
    Rule("undefined-procedure", "error", "a called block is defined", _undefined_procedure),
    Rule("argument-mismatch", "error", "arguments match the parameters", _argument_mismatch),
    Rule("missing-argument", "warning", "every parameter has an argument", _missing_argument),
    Rule("stray-parameter", "warning", "parameters are used in their definition", _stray_parameter),
)
