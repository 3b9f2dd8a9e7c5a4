"""The table of letters' widths is the font's, and texts that are fitted are no wider than they may be."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scratchgen.codegen.templates import render_svg
from scratchgen.codegen.text_width import OTHER_WIDTH, TABLE_SIZE, fitted, letter_widths
from scratchgen.projects.letters import ALPHABET

SCRIPT = Path(__file__).parent.parent.parent / "docs" / "letters.py"


@pytest.mark.engine
def test_the_table_is_what_the_font_says(engines_installed: Path) -> None:
    spec = importlib.util.spec_from_file_location("letters_script", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    table = dict(letter_widths())
    table.pop(" ")
    assert script.measured() == table
    assert list(table) == list(ALPHABET)


@given(st.text(max_size=40), st.floats(6, 60), st.floats(20, 500))
def test_a_fitted_text_is_within_its_width(text: str, size: float, width: float) -> None:
    found = fitted(text, size, width)
    natural = sum(letter_widths().get(letter, OTHER_WIDTH) for letter in text)
    rounding = 0.05  # sizes are rounded to a tenth of a pixel
    assert found <= size + rounding
    assert natural / TABLE_SIZE * (found - rounding) <= width + 1e-9  # the division rounds


def test_pictures_hold_no_blank_that_scratch_refuses() -> None:
    picture = render_svg(
        "stage/text.svg", text="a\u00a0b", width=9, height=9, size=9, weight="", anchor="", x=0, y=0, fill=""
    )
    assert "\u00a0" not in picture.decode()
    assert "a b" in picture.decode()
