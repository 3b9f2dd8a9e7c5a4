"""The linter against the official editor: silent about what that saves, and no mere warning when it swallows
blocks."""

from __future__ import annotations

import copy
from contextlib import suppress
from pathlib import Path

import pytest

from scratchgen.engines.editor import Editor
from scratchgen.scratch.linter import RULES, check_bytes, check_file
from tests.scratch.project_changes import Seed
from tests.scratch.sample_project import good_assets, good_project, pack
from tests.scratch.seeded_faults import SEEDS

pytestmark = pytest.mark.engine

SWALLOWED = (
    "lost-block",
    "unknown-opcode",
    "misplaced-next",
    "round-condition",
    "after-the-end",
)
"""Rules whose faults make the editor drop blocks without a word."""
LEFT_OUT = {
    "foreign-block",  # only other editors open the file
    "first-sprite",  # it opens, but takes its time
}
"""Warnings that are not tried."""


def harmless_files() -> list[bytes]:
    """All faults that the linter only warns of, as many in one file as go together without an error."""
    warnings = {rule.id for rule in RULES if rule.severity == "warning"} - LEFT_OUT
    waiting = [seed for seed in SEEDS if seed.rule in warnings]
    files = []
    while waiting:
        project, assets, left = good_project(), good_assets(), []
        for seed in waiting:
            tried = copy.deepcopy((project, assets))
            with suppress(LookupError):  # an earlier change has taken away what this one is about
                seed.change(*tried)
                if all(finding.severity == "warning" for finding in check_bytes(pack(*tried))):
                    project, assets = tried
                    continue
            left.append(seed)
        files.append(pack(project, assets))
        if left == waiting:
            break  # faults that come with others, which are errors
        waiting = left
    return files


def seeded(rule: str) -> bytes:
    """The first file with a fault of that rule."""
    seed: Seed = next(seed for seed in SEEDS if seed.rule == rule)
    project, assets = good_project(), good_assets()
    seed.change(project, assets)
    return pack(project, assets)


def test_warnings_harm_nothing_and_errors_are_what_the_editor_swallows(
    editor_installed: Path, tmp_path: Path
) -> None:
    path = tmp_path / "project.sb3"

    def draws_everything(data: bytes) -> bool:
        path.write_bytes(data)
        return editor.load(path).loaded and not any(sprite.missing for sprite in editor.drawn())

    harmless = harmless_files()
    assert len({finding.rule for data in harmless for finding in check_bytes(data)}) >= 20
    with Editor(seconds=60) as editor:
        assert draws_everything(pack(good_project()))
        editor.save(tmp_path / "saved.sb3")
        assert [number for number, data in enumerate(harmless) if not draws_everything(data)] == []
        assert [rule for rule in SWALLOWED if draws_everything(seeded(rule))] == []
    assert [str(finding) for finding in check_file(tmp_path / "saved.sb3")] == []
