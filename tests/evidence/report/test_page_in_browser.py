"""The page in Chromium: on a phone, on a desk, in print; its pictures lie in the folder of the test."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from scratchgen.cli import run_command_line
from scratchgen.engines.editor_install import find_chromium
from scratchgen.engines.install import find_node

SHIPPED = Path(__file__).parents[3] / "out" / "colours.sb3"
LEAST_CONTRAST = 4.5
SMALLEST_LETTERS = 8.0
"""Pixels of a phone's screen, in the plots."""
MOST_PAGES = 5


@pytest.fixture(scope="module")
def seen(editor_installed: Path, engines_installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("looked at")
    page = folder / "page.html"
    assert run_command_line(["report", str(SHIPPED), "--output", str(page)]) == 0
    script = Path(__file__).with_name("look.cjs")
    done = subprocess.run(
        [find_node(), str(script), str(engines_installed), find_chromium(), str(page), str(folder)],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.mark.engine
def test_nothing_is_asked_for_and_nothing_complained_about(seen: Any) -> None:
    assert seen["complaints"] == []
    asked = {address for address in seen["requests"] if not address.startswith("data:")}
    assert len(asked) == 1
    assert asked.pop().endswith("page.html")


@pytest.mark.engine
@pytest.mark.parametrize("width", ["360", "1100"])
def test_the_page_fits_and_is_readable(seen: Any, width: str) -> None:
    measured = seen["widths"][width]
    assert measured["sideways"] == 0
    assert measured["scrolled"] == []
    assert measured["least"]["contrast"] >= LEAST_CONTRAST, measured["least"]
    assert measured["smallest"] >= SMALLEST_LETTERS


@pytest.mark.engine
def test_it_prints_on_few_pages(seen: Any) -> None:
    assert 1 < seen["pages"] <= MOST_PAGES
