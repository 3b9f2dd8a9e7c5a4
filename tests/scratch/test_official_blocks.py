"""The catalogue agrees with the official engine, which describes its own blocks."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from scratchgen.engines.install import find_node
from scratchgen.scratch.catalogue import CATALOGUE, SHADOWS, BlockType
from scratchgen.scratch.labels import label_key, label_words

pytestmark = pytest.mark.engine

NO_FUNCTION = {"procedures_definition", "argument_reporter_boolean", "argument_reporter_string_number"}
"""Blocks that the engine treats on its own, or that only mark where something begins."""

ENGINE_ONLY = re.compile(r"sound_(sounds|beats|effects)_menu|coreExample_.*")
"""Menus that answer for themselves, and a sample."""

FROM_SCRATCH_2 = ("music_midiPlayDrumForBeats", "DRUM")
"""Has a menu in the engine, but a plain number in the projects that hold it: those that it converts."""

SHAPES = {"command": "stack", "hat": "hat", "reporter": "reporter", "Boolean": "boolean", None: "stack"}
SHADOWS_OF_TYPES = {"number": "math_number", "string": "text", "color": "colour_picker", "note": "note"}
SHADOWS_OF_TYPES |= {"matrix": "matrix", "angle": "math_angle"}


@pytest.fixture(scope="module")
def official(engines_installed: Path) -> dict[str, Any]:
    script = Path(__file__).with_name("official_blocks.cjs")
    done = subprocess.run(
        [find_node(), str(script), str(engines_installed)],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    described: dict[str, Any] = json.loads(done.stdout)
    return described


def test_the_core_has_the_same_opcodes(official: dict[str, Any]) -> None:
    core = {opcode for opcode, block in CATALOGUE.items() if not block.extension}
    engine = {opcode for opcode in official["opcodes"] if not ENGINE_ONLY.fullmatch(opcode)}
    assert engine - core == set()
    assert core - engine <= NO_FUNCTION


def test_the_core_has_the_same_hats(official: dict[str, Any]) -> None:
    hats = {opcode for opcode, block in CATALOGUE.items() if block.shape == "hat" and not block.extension}
    assert hats == {*official["hats"], "procedures_definition"}


def described_blocks(official: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        f"{ext['id']}_{block['opcode']}": block for ext in official["extensions"] for block in ext["blocks"]
    }


def test_extensions_have_the_same_blocks(official: dict[str, Any]) -> None:
    ours = {opcode for opcode, block in CATALOGUE.items() if block.extension}
    assert ours == set(described_blocks(official))


def test_extensions_say_the_same_of_each_block(official: dict[str, Any]) -> None:
    for opcode, described in described_blocks(official).items():
        block = CATALOGUE[opcode]
        assert block.shape == SHAPES[described.get("blockType")], opcode
        assert block.is_hidden == bool(described.get("hideFromPalette")), opcode
        arguments = described.get("arguments") or {}
        order = [name for name in re.findall(r"\[(\w+)\]", described["text"]) if name in arguments]
        assert [slot.name for slot in block.inputs] == order, opcode
        label = re.sub(r"\[\w+\]", " _ ", described["text"])
        spoken = " ".join(word or "_" for word in label_key(label_words(block.label)))
        assert spoken == " ".join(word for word in label_key(label.split()) if word is not None), opcode
        check_slots(block, arguments)


def check_slots(block: BlockType, arguments: dict[str, Any]) -> None:
    for slot in block.inputs:
        described = arguments[slot.name]
        menu = described.get("menu")
        shadow = f"{block.extension}_menu_{menu}" if menu else SHADOWS_OF_TYPES[described["type"]]
        if (block.opcode, slot.name) != FROM_SCRATCH_2:
            assert slot.shadow == shadow, (block.opcode, slot.name)
        default = described.get("defaultValue")
        chosen_at_random = block.opcode == "translate_getTranslate" and slot.name == "LANGUAGE"
        if default is not None and not chosen_at_random:
            assert slot.default == str(default), (block.opcode, slot.name)


def test_extensions_have_the_same_menus(official: dict[str, Any]) -> None:
    for extension in official["extensions"]:
        for name, items in extension["menus"].items():
            shadow = SHADOWS[f"{extension['id']}_menu_{name}"]
            assert shadow.field == name
            assert shadow.menu is not None
            expected = {str(text): str(value) for text, value in items}
            assert dict(shadow.menu.choices) == expected, shadow.opcode
