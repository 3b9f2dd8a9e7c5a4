"""Rules about single blocks: opcodes, inputs, fields and menus that the catalogue does not know, blocks whose
shape does not fit where they are."""

from __future__ import annotations

from collections.abc import Iterator

from scratchgen.scratch.catalogue import CATALOGUE, SHADOWS, BlockType, extension_of
from scratchgen.scratch.linting.findings import WHOLE_PROJECT, Fault, Rule, quoted
from scratchgen.scratch.linting.view import BlockView, ProjectView, TargetView, as_dict, as_list
from scratchgen.scratch.linting.words import each_block

__all__ = ["RULES"]

PROTOTYPE = "procedures_prototype"
STATEMENTS = {"stack", "c", "c cap", "e", "cap"}
VALUES = {"reporter", "boolean", "shadow"}

EXTENSIONS = {row.extension for row in CATALOGUE.values()} - {""}

FREE_INPUTS = {"procedures_definition", "procedures_call"}
"""Opcodes whose inputs stand in the project and not in the catalogue."""

STOPS_OTHERS = {"other scripts in sprite", "other scripts in stage"}
"""The choices of *stop* after which the script goes on."""


def _shape(block: BlockView) -> str:
    """The block's shape in the catalogue; ``shadow`` for values of slots, empty for unknown opcodes."""
    row = CATALOGUE.get(block.opcode)
    if row is not None:
        goes_on = block.opcode == "control_stop" and block.value("STOP_OPTION") in STOPS_OTHERS
        return "stack" if goes_on else row.shape
    return "shadow" if block.opcode in SHADOWS or block.opcode == PROTOTYPE else ""


def _is_foreign(opcode: str) -> bool:
    """Whether a block is of an extension that Scratch itself does not have."""
    return extension_of(opcode) not in EXTENSIONS | {""}


def _unknown_opcode(_: TargetView, block: BlockView) -> Iterator[str]:
    if not _shape(block) and not _is_foreign(block.opcode):
        yield f"Scratch has no block {quoted(block.opcode)}"


def _foreign_block(_: TargetView, block: BlockView) -> Iterator[str]:
    if not _shape(block) and _is_foreign(block.opcode):
        yield f"it is of the extension {quoted(extension_of(block.opcode))}, which Scratch does not have"


def _undeclared_extension(view: ProjectView) -> Iterator[Fault]:
    used = dict.fromkeys(extension_of(block.opcode) for _, block in view.blocks())
    for extension in used:
        if extension and extension not in view.extensions:
            yield (
                WHOLE_PROJECT,
                f"blocks of the extension {quoted(extension)} are used, but it is not declared",
            )


def _unknown_extension(view: ProjectView) -> Iterator[Fault]:
    for extension in sorted(view.extensions - EXTENSIONS):
        yield WHOLE_PROJECT, f"Scratch has no extension {quoted(extension)}"


def _rows(block: BlockView) -> Iterator[BlockType]:
    """The block's row in the catalogue, if it says what the block's inputs are."""
    row = CATALOGUE.get(block.opcode)
    if row is not None and block.opcode not in FREE_INPUTS:
        yield row


def _unknown_input(_: TargetView, block: BlockView) -> Iterator[str]:
    for row in _rows(block):
        known = {slot.name for slot in row.inputs} | set(row.mouths)
        for name in block.inputs:
            if name not in known:
                yield f"the block has no input {quoted(name)}"


def _empty_slot(_: TargetView, block: BlockView) -> Iterator[str]:
    for row in _rows(block):
        for slot in row.inputs:
            if slot.shadow and not any(content is not None for content in block.inputs.get(slot.name, ())):
                yield f"there is nothing in its input {slot.name}"


def _missing_field(_: TargetView, block: BlockView) -> Iterator[str]:
    row, shadow = CATALOGUE.get(block.opcode), SHADOWS.get(block.opcode)
    names = [what.name for what in row.fields] if row else [shadow.field] if shadow else []
    for name in names:
        if not block.fields.get(name):
            yield f"it says nothing about its menu or value {name}"


def _unknown_field(_: TargetView, block: BlockView) -> Iterator[str]:
    row, shadow = CATALOGUE.get(block.opcode), SHADOWS.get(block.opcode)
    if row or shadow:
        known = {what.name for what in row.fields} if row else {shadow.field if shadow else ""}
        for name in block.fields:
            if name not in known:
                yield f"the block has no menu {quoted(name)}"


def _menu_choice(_: TargetView, block: BlockView) -> Iterator[str]:
    row = CATALOGUE.get(block.opcode)
    for what in row.fields if row else ():
        value = block.value(what.name)
        if what.menu and not what.menu.is_open and value is not None and value not in what.menu.labels:
            yield f"its menu has no choice {quoted(value)}"


def _misplaced_block(target: TargetView, block: BlockView) -> Iterator[str]:
    """Values where commands belong, commands where values belong, hats in the middle."""
    row = CATALOGUE.get(block.opcode)
    mouths = set(row.mouths) if row else {"SUBSTACK", "SUBSTACK2"}
    for name, child_id in block.children():
        child = target.blocks.get(child_id)
        shape = _shape(child) if child else ""
        if shape and name in mouths and shape not in STATEMENTS:
            yield f"a {shape} block is in its mouth {name}, where commands belong"
        elif shape and row and name not in mouths and shape not in VALUES:
            yield f"a {shape} block is in its slot {name}, where a value belongs"
    for name, literal in block.literals():
        if name in mouths and row:
            yield f"the value {quoted(literal[-1] if literal else None)} is in its mouth {name}"
    following = target.blocks.get(block.next or "")
    shape = _shape(following) if following else ""
    if shape and shape not in STATEMENTS:
        yield f"a {shape} block is under it, where a command belongs"
    if following and _shape(block) in VALUES:
        yield "another block is under it, but nothing can hang under a value"


def _round_condition(target: TargetView, block: BlockView) -> Iterator[str]:
    for row in _rows(block):
        for slot in row.inputs:
            if slot.shadow:
                continue
            for content in block.inputs.get(slot.name, ()):
                child = target.blocks.get(content) if isinstance(content, str) else None
                if isinstance(content, list) or (child and _shape(child) in ("reporter", "shadow")):
                    yield f"a round block is in its slot {slot.name}, where only a condition fits"


def _after_the_end(target: TargetView, block: BlockView) -> Iterator[str]:
    if block.next in target.blocks and _shape(block) in ("cap", "c cap"):
        yield "the blocks under it can never run"


def _shadow_mark(target: TargetView, block: BlockView) -> Iterator[str]:
    """The number before a slot's contents says which of them is the slot's own value."""
    for name, raw in as_dict(block.raw.get("inputs")).items():
        kind, contents = next(iter(as_list(raw)), None), as_list(raw)[1:]
        own = {1: contents[:1], 2: [], 3: contents[1:]}.get(kind if isinstance(kind, int) else 0, [])
        for content in contents:
            child = target.blocks.get(content) if isinstance(content, str) else None
            if child and child.shadow is not (content in own):
                yield f"its input {name} and the block there disagree on whether that is the slot's own value"


def _motion_of_stage(target: TargetView, block: BlockView) -> Iterator[str]:
    if target.is_stage and block.opcode.startswith("motion_") and _shape(block) == "stack":
        yield "the stage cannot move"


RULES = (
    Rule("unknown-opcode", "error", "every block is one of Scratch's", each_block(_unknown_opcode)),
    Rule("foreign-block", "warning", "no block is of a foreign extension", each_block(_foreign_block)),
    Rule("unknown-extension", "warning", "the declared extensions are Scratch's", _unknown_extension),
    Rule("undeclared-extension", "warning", "used extensions are declared", _undeclared_extension),
    Rule("unknown-input", "error", "a block has its own inputs only", each_block(_unknown_input)),
    Rule("empty-slot", "warning", "slots for values hold one", each_block(_empty_slot)),
    Rule("missing-field", "error", "a block has all of its menus", each_block(_missing_field)),
    Rule("unknown-field", "warning", "a block has its own menus only", each_block(_unknown_field)),
    Rule("menu-choice", "warning", "a menu's choice is in the menu", each_block(_menu_choice)),
    Rule(
        "misplaced-block", "error", "values and commands are where they belong", each_block(_misplaced_block)
    ),
    Rule("round-condition", "error", "conditions are in slots for conditions", each_block(_round_condition)),
    Rule("after-the-end", "warning", "nothing hangs under the last block", each_block(_after_the_end)),
    Rule("shadow-mark", "warning", "slots mark their own values", each_block(_shadow_mark)),
    Rule("motion-of-stage", "warning", "the stage has no motion blocks", each_block(_motion_of_stage)),
)
