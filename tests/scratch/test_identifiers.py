"""Ids are short, never repeated, and none of those that the editor's own palette has."""

import re
from itertools import islice
from pathlib import Path

import pytest

from scratchgen.scratch.identifiers import PALETTE, block_identifiers

SOME = 80_000
"""More than a project that a browser can open has; past all ids of two letters."""


def test_no_id_is_given_twice_or_begins_with_a_digit() -> None:
    found = list(islice(block_identifiers(), SOME))
    assert len(set(found)) == SOME
    assert not any(each[0].isdigit() for each in found)


def test_no_id_is_one_of_the_palettes() -> None:
    found = set(islice(block_identifiers(), SOME))
    assert {"og", "pf"} <= found
    assert not found & PALETTE


@pytest.mark.engine
def test_the_palettes_ids_are_those_of_the_editor(editor_installed: Path) -> None:
    editor = (editor_installed / "scratch-gui-standalone.js").read_text("utf-8")
    assert set(re.findall(r'<block id="(\w+)" type=', editor)) == PALETTE
