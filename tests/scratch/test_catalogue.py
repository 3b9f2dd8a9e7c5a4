"""The catalogue agrees with itself; that it agrees with the engine is tested with the engine."""

from __future__ import annotations

import re

import pytest

from scratchgen.scratch.catalogue import (
    CATALOGUE,
    SHADOWS,
    BlockType,
    FieldType,
    InputType,
    core,
    extension_of,
    extensions,
    shadows,
)

every_block = pytest.mark.parametrize("block", CATALOGUE.values(), ids=lambda block: block.opcode)


def test_no_opcode_stands_twice() -> None:
    assert len(CATALOGUE) == len(core.ROWS) + len(extensions.ROWS)
    assert len(SHADOWS) == len(shadows.ROWS)
    assert not set(CATALOGUE) & set(SHADOWS)


@every_block
def test_the_label_has_a_place_for_each_argument(block: BlockType) -> None:
    if block.label:
        places = [int(place) for place in re.findall(r"%(\d)", block.label)]
        assert places == list(range(1, len(block.arguments) + 1))


@every_block
def test_the_arguments_have_names_of_their_own(block: BlockType) -> None:
    names = [argument.name for argument in block.arguments] + list(block.mouths)
    assert len(names) == len(set(names))


@every_block
def test_every_slot_holds_a_known_shadow(block: BlockType) -> None:
    for slot in block.inputs:
        assert not slot.shadow or slot.shadow in SHADOWS


@every_block
def test_an_extension_uses_only_its_own_menus(block: BlockType) -> None:
    for slot in block.inputs:
        if "_menu_" in slot.shadow:
            assert extension_of(slot.shadow) == block.extension


@every_block
def test_fields_that_are_menus_have_choices(block: BlockType) -> None:
    for field in block.fields:
        assert (field.menu is not None) == (field.kind == "menu")


def test_the_default_of_a_menu_is_one_of_its_choices() -> None:
    for block in CATALOGUE.values():
        for slot in block.inputs:
            menu = SHADOWS[slot.shadow].menu if slot.shadow else None
            if menu is not None and menu.choices:
                assert menu.label(slot.default) is not None, (block.opcode, slot.name)


def test_arguments_are_sorted_by_kind() -> None:
    block = CATALOGUE["data_replaceitemoflist"]
    assert [type(argument) for argument in block.arguments] == [InputType, FieldType, InputType]
    assert [slot.name for slot in block.inputs] == ["INDEX", "ITEM"]
    assert [field.name for field in block.fields] == ["LIST"]


def test_extensions_and_categories_follow_from_the_opcode() -> None:
    assert CATALOGUE["pen_clear"].extension == "pen"
    assert CATALOGUE["motion_setx"].extension == ""
    assert CATALOGUE["data_itemoflist"].category == "list"
    assert CATALOGUE["data_setvariableto"].category == "variables"
    assert CATALOGUE["text2speech_setVoice"].category == "tts"
    assert {block.extension for block in CATALOGUE.values()} - {""} == {
        "boost", "ev3", "gdxfor", "makeymakey", "microbit", "music", "pen", "text2speech", "translate",
        "videoSensing", "wedo2",
    }  # fmt: skip


def test_mouths_and_endings_follow_from_the_shape() -> None:
    assert CATALOGUE["control_if_else"].mouths == ("SUBSTACK", "SUBSTACK2")
    assert CATALOGUE["control_forever"].mouths == ("SUBSTACK",)
    assert CATALOGUE["control_forever"].ends_script
    assert not CATALOGUE["control_repeat"].ends_script
    assert CATALOGUE["looks_say"].mouths == ()


def test_a_closed_menu_knows_only_its_choices() -> None:
    menu = CATALOGUE["looks_seteffectto"].fields[0].menu
    assert menu is not None
    assert menu.stored("ghost") == "GHOST"
    assert menu.label("GHOST") == "ghost"
    assert menu.stored("GHOST") is None
    assert menu.label("ghost") is None


def test_an_open_menu_takes_names_but_none_that_a_label_stands_for() -> None:
    menu = SHADOWS["motion_goto_menu"].menu
    assert menu is not None
    assert menu.stored("Cat") == "Cat"
    assert menu.label("Cat") == "Cat"
    assert menu.stored("mouse-pointer") == "_mouse_"
    assert menu.label("mouse-pointer") is None
