"""Rules about single blocks: opcodes, inputs, fields and menus that the catalogue does not know, blocks whose
shape does not fit where they are."""

from __future__ import annotations

from collections.abc import Iterator

from scratchgen.scratch.catalogue import CATALOGUE, SHADOWS, BlockType, extension_of
from scratchgen.scratch.linting.findings import WHOLE_PROJECT, Fault, Rule, quoted
from scratchgen.scratch.linting.view import BlockView, ProjectView, TargetView
from scratchgen.scratch.linting.words import in_blocks, literal_words

__all__ = ["RULES"]

PROTOTYPE = "procedures_prototype"
STATEMENTS = {"stack", "c", "c cap", "e", "cap"}
VALUES = {"reporter", "boolean", "shadow"}

EXTENSIONS = {row.extension for row in CATALOGUE.values()} - {""}

FREE_INPUTS = {"procedures_definition", "procedures_call"}
"""Opcodes whose inputs stand in the project and not in the catalogue."""

STOPS_OTHERS = {"other scripts in sprite", "other scripts in stage"}
"""The choices of *stop* after which the script goes on."""


Found = Iterator[tuple[BlockView, str]]


def _is_known(opcode: str) -> bool:
    return opcode in CATALOGUE or opcode in SHADOWS or opcode == PROTOTYPE


def _shape(block: BlockView) -> str:
    """The block's shape in the catalogue; ``shadow`` for values of slots, empty for unknown opcodes."""
    row = CATALOGUE.get(block.opcode)
    if row is not None:
        goes_on = block.opcode == "control_stop" and block.value("STOP_OPTION") in STOPS_OTHERS
        return "stack" if goes_on else row.shape
    return "shadow" if _is_known(block.opcode) else ""


def _rows(target: TargetView) -> Iterator[tuple[BlockType, list[BlockView]]]:
    """The rows of the catalogue that a sprite uses, each with its blocks."""
    for opcode, blocks in target.by_opcode.items():
        if opcode in CATALOGUE:
            yield CATALOGUE[opcode], blocks


def _unknown_opcode(target: TargetView) -> Found:
    for opcode, blocks in target.by_opcode.items():
        if not _is_known(opcode) and extension_of(opcode) in EXTENSIONS | {""}:
            for block in blocks:
                yield block, f"Scratch has no block {quoted(opcode)}"


def _foreign_block(target: TargetView) -> Found:
    for opcode, blocks in target.by_opcode.items():
        extension = extension_of(opcode)
        if not _is_known(opcode) and extension not in EXTENSIONS | {""}:
            for block in blocks:
                words = f"it needs the extension {quoted(extension)}, which the official editor does not have"
                yield block, f"{words}: scratch.mit.edu cannot open the project"


def _undeclared_extension(view: ProjectView) -> Iterator[Fault]:
    used = dict.fromkeys(extension_of(opcode) for target in view.targets for opcode in target.by_opcode)
    for extension in used:
        if extension and extension not in view.extensions:
            yield (
                WHOLE_PROJECT,
                f"blocks of the extension {quoted(extension)} are used, but it is not declared",
            )


def _unknown_extension(view: ProjectView) -> Iterator[Fault]:
    for extension in sorted(view.extensions - EXTENSIONS):
        yield WHOLE_PROJECT, f"Scratch has no extension {quoted(extension)}"


def _unknown_input(target: TargetView) -> Found:
    for row, blocks in _rows(target):
        known = {slot.name for slot in row.inputs} | set(row.mouths)
        for block in blocks if row.opcode not in FREE_INPUTS else ():
            if not known.issuperset(block.inputs):
                unknown = next(name for name in block.inputs if name not in known)
                yield block, f"the block has no input {quoted(unknown)}"


def _empty_slot(target: TargetView) -> Found:
    for row, blocks in _rows(target):
        names = [slot.name for slot in row.inputs if slot.shadow]
        for block in blocks if names else ():
            for name in names:
                contents = block.inputs.get(name, [])
                if contents.count(None) == len(contents):
                    yield block, f"there is nothing in its input {name}"


def _known_fields(opcode: str) -> set[str] | None:
    """The menus and values that a block has; None when the catalogue does not know the block."""
    if opcode in SHADOWS:
        return {SHADOWS[opcode].field}
    return {what.name for what in CATALOGUE[opcode].fields} if opcode in CATALOGUE else None


def _missing_field(target: TargetView) -> Found:
    for opcode, blocks in target.by_opcode.items():
        for name in _known_fields(opcode) or ():
            for block in blocks:
                if not block.fields.get(name):
                    yield block, f"it says nothing about its menu or value {name}"


def _unknown_field(target: TargetView) -> Found:
    for opcode, blocks in target.by_opcode.items():
        known = _known_fields(opcode)
        for block in blocks if known is not None else ():
            if block.fields.keys() - (known or ()):
                yield block, f"the block has no menu {quoted(min(block.fields.keys() - (known or ())))}"


def _menu_choice(target: TargetView) -> Found:
    for row, blocks in _rows(target):
        closed = [(what.name, what.menu.labels) for what in row.fields if what.menu and not what.menu.is_open]
        for name, labels in closed:
            for block in blocks:
                value = block.value(name)
                if value is not None and value not in labels:
                    yield block, f"its menu has no choice {quoted(value)}"


def _misplaced_child(target: TargetView) -> Found:
    """Values in mouths, and commands in slots for values."""
    for row, blocks in _rows(target):
        mouths = row.mouths
        for block in blocks:
            for name, child_id in block.children:
                child = target.blocks.get(child_id)
                shape = _shape(child) if child else ""
                if shape and name in mouths and shape not in STATEMENTS:
                    yield block, f"a {shape} block is in its mouth {name}, where commands belong"
                elif shape and name not in mouths and shape not in VALUES:
                    yield block, f"a {shape} block is in its slot {quoted(name)}, where a value belongs"
            for name, literal in block.literals if mouths else ():
                if name in mouths:
                    yield block, f"the value {literal_words(literal)} is in its mouth {name}"


def _misplaced_next(target: TargetView) -> Found:
    for block in target.blocks.values():
        following = target.blocks.get(block.next) if block.next is not None else None
        if following is None:
            continue
        if _shape(following) not in STATEMENTS | {""}:
            yield block, f"a {_shape(following)} block is under it, where a command belongs"
        if _shape(block) in VALUES:
            yield block, "another block is under it, but nothing can hang under a value"


def _round_condition(target: TargetView) -> Found:
    for row, blocks in _rows(target):
        conditions = [slot.name for slot in row.inputs if not slot.shadow]
        for name in conditions:
            for block in blocks:
                for content in block.inputs.get(name, ()):
                    child = target.blocks.get(content) if isinstance(content, str) else None
                    if isinstance(content, list) or (child and _shape(child) in ("reporter", "shadow")):
                        yield block, f"a round block is in its slot {name}, where only a condition fits"


def _after_the_end(target: TargetView) -> Found:
    for row, blocks in _rows(target):
        for block in blocks if row.ends_script else ():
            if block.next in target.blocks and _shape(block) in ("cap", "c cap"):
                yield block, "nothing can hang under it; the editor drops the whole script"


def _shadow_mark(target: TargetView) -> Found:
    """The number before a slot's contents says which of them is the slot's own value: 1 the first, 2 none,
    3 all but the first."""
    for block in target.blocks.values():
        for name, child_id in block.children:
            child = target.blocks.get(child_id)
            kind = _kind(block, name)
            is_own = kind == 1 or (kind == 3 and block.inputs[name][0] != child_id)
            if child and child.shadow is not is_own:
                yield block, f"it is unclear whether the block in {quoted(name)} is the slot's own value"


def _kind(block: BlockView, name: str) -> int:
    """The number at the beginning of an input that holds something; 0 when it is no number."""
    number = block.raw["inputs"][name][0]
    return number if isinstance(number, int) else 0


def _motion_of_stage(target: TargetView) -> Found:
    for row, blocks in _rows(target):
        if target.is_stage and row.opcode.startswith("motion_") and row.shape == "stack":
            for block in blocks:
                yield block, "the stage cannot move"


RULES = (
    Rule("unknown-opcode", "error", "every block is one of Scratch's", in_blocks(_unknown_opcode)),
    Rule(
        "foreign-block",
        "warning",
        "no block is of a foreign extension",
        in_blocks(_foreign_block),
    ),
    Rule("unknown-extension", "warning", "the declared extensions are Scratch's", _unknown_extension),
    Rule("undeclared-extension", "warning", "used extensions are declared", _undeclared_extension),
    Rule("unknown-input", "error", "a block has its own inputs only", in_blocks(_unknown_input)),
    Rule("empty-slot", "warning", "slots for values hold one", in_blocks(_empty_slot)),
    Rule("missing-field", "error", "a block has all of its menus", in_blocks(_missing_field)),
    Rule("unknown-field", "warning", "a block has its own menus only", in_blocks(_unknown_field)),
    Rule("menu-choice", "warning", "a menu's choice is in the menu", in_blocks(_menu_choice)),
    Rule("misplaced-block", "error", "commands and values are in their places", in_blocks(_misplaced_child)),
    Rule("misplaced-next", "error", "commands hang under commands", in_blocks(_misplaced_next)),
    Rule("round-condition", "error", "conditions are in slots for conditions", in_blocks(_round_condition)),
    Rule("after-the-end", "error", "nothing hangs under the last block", in_blocks(_after_the_end)),
    Rule("shadow-mark", "warning", "slots mark their own values", in_blocks(_shadow_mark)),
    Rule("motion-of-stage", "warning", "the stage has no motion blocks", in_blocks(_motion_of_stage)),
)
