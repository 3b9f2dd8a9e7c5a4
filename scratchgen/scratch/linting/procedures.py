"""Rules about custom blocks: definitions, parameters, calls, and the texts in which the file keeps them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scratchgen.scratch.linting.findings import Rule, quoted
from scratchgen.scratch.linting.view import BlockView, Definition, TargetView, as_text, text_array
from scratchgen.scratch.linting.words import in_blocks
from scratchgen.scratch.procedures import placeholders

__all__ = ["RULES"]

PARAMETER_REPORTERS = ("argument_reporter_string_number", "argument_reporter_boolean")


Found = Iterator[tuple[BlockView, str]]


def _missing_prototype(target: TargetView) -> Found:
    for block in target.of_opcode("procedures_definition"):
        prototype = target.prototype_of(block)
        if prototype is None:
            yield block, "the definition does not say which block it defines"
        elif not isinstance(prototype.mutation.get("proccode"), str):
            yield block, "the definition does not say what its block is called"


def _parameter_lists(target: TargetView) -> Found:
    for block in target.of_opcode("procedures_prototype"):
        count = len(placeholders(as_text(block.mutation.get("proccode"))))
        for key in ("argumentids", "argumentnames", "argumentdefaults"):
            if fault := _list_fault(block.mutation, key, count):
                yield block, fault


def _call_lists(target: TargetView) -> Found:
    for block in target.of_opcode("procedures_call"):
        code = block.mutation.get("proccode")
        if not isinstance(code, str):
            yield block, "the call does not say which block it calls"
        elif fault := _list_fault(block.mutation, "argumentids", len(placeholders(code))):
            yield block, fault


def _list_fault(mutation: Mapping[str, Any], key: str, count: int) -> str:
    array = text_array(mutation.get(key))
    if array is None:
        return f"its {key} must be texts in JSON, not {quoted(mutation.get(key))}"
    return "" if len(array) == count else f"it has {count} parameters, but {len(array)} {key}"


def _duplicate_definition(target: TargetView) -> Found:
    seen: set[str] = set()
    for definition in target.definitions:
        if definition.code in seen:
            yield definition.block, "the sprite defines this block twice"
        seen.add(definition.code)


def _same_parameter(target: TargetView) -> Found:
    for definition in target.definitions:
        for names, what in ((definition.names, "name"), (definition.ids, "id")):
            if len(set(names)) < len(names):
                yield definition.block, f"two of its parameters have one {what}"


def _parameter_reporter(target: TargetView) -> Found:
    """A prototype may hold reporters that show its parameters; the newest editor leaves them out."""
    for definition in target.definitions:
        prototype = target.prototype_of(definition.block)
        shown = dict(prototype.children) if prototype else {}
        for argument, name in zip(definition.ids, definition.names, strict=False):
            reporter = target.blocks.get(shown.get(argument, ""))
            if reporter is not None and reporter.value("VALUE") != name:
                other = quoted(reporter.value("VALUE"))
                yield definition.block, f"its parameter {quoted(name)} is shown as {other}"


def _calls(target: TargetView) -> Iterator[tuple[BlockView, str, Definition | None]]:
    """The calls in a sprite, with the code of what they call and, if there is one, its definition."""
    defined = {definition.code: definition for definition in target.definitions}
    for block in target.of_opcode("procedures_call"):
        code = block.mutation.get("proccode")
        if isinstance(code, str):
            yield block, code, defined.get(code)


def _undefined_procedure(target: TargetView) -> Found:
    for block, code, definition in _calls(target):
        if definition is None:
            yield block, f"the sprite does not define the block {quoted(code)}"


def _argument_mismatch(target: TargetView) -> Found:
    for block, _, definition in _calls(target):
        if definition is None:
            continue
        if text_array(block.mutation.get("argumentids")) != definition.ids:
            yield block, "its arguments have other ids than the definition's parameters"
        for name in block.inputs:
            if name not in definition.ids:
                yield block, f"the definition has no parameter for the argument {quoted(name)}"


def _missing_argument(target: TargetView) -> Found:
    for block, code, definition in _calls(target):
        for argument, kind in zip(definition.ids if definition else (), placeholders(code), strict=False):
            if kind != "%b" and all(content is None for content in block.inputs.get(argument, ())):
                yield block, f"it has nothing for the parameter {quoted(argument)}"


def _stray_parameter(target: TargetView) -> Found:
    names = {definition.block.id: set(definition.names) for definition in target.definitions}
    for block in target.of_opcode(*PARAMETER_REPORTERS):
        name = block.value("VALUE")
        if not block.shadow and name not in names.get(target.heads.get(block.id, ""), ()):
            yield block, f"the script has no parameter {quoted(name)}; it is always 0"


RULES = (
    Rule("missing-prototype", "error", "a definition says what it defines", in_blocks(_missing_prototype)),
    Rule("parameter-lists", "error", "a definition lists its parameters", in_blocks(_parameter_lists)),
    Rule("call-lists", "error", "a call lists its arguments", in_blocks(_call_lists)),
    Rule("duplicate-definition", "error", "a sprite defines a block once", in_blocks(_duplicate_definition)),
    Rule("same-parameter", "error", "parameters have different names", in_blocks(_same_parameter)),
    Rule(
        "parameter-reporter",
        "warning",
        "parameters are shown as they are called",
        in_blocks(_parameter_reporter),
    ),
    Rule("undefined-procedure", "error", "a called block is defined", in_blocks(_undefined_procedure)),
    Rule("argument-mismatch", "error", "arguments match the parameters", in_blocks(_argument_mismatch)),
    Rule("missing-argument", "warning", "every parameter has an argument", in_blocks(_missing_argument)),
    Rule(
        "stray-parameter", "warning", "parameters are used in their definition", in_blocks(_stray_parameter)
    ),
)
