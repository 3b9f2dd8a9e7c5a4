"""The official schema check takes what is right and says why it refuses the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from scratchgen.engines.schema import schema_check
from tests.engines.handmade import adder, sb3, target

pytestmark = pytest.mark.engine


def test_verdicts_in_order(engines_installed: Path, tmp_path: Path) -> None:
    files = {"good": adder(), "no_stage": sb3(target("Cat")), "not_zip": b"hello", "again": adder()}
    paths = [tmp_path / f"{name}.sb3" for name in files]
    for path, data in zip(paths, files.values(), strict=True):
        path.write_bytes(data)
    verdicts = schema_check(paths)
    assert [verdict.path for verdict in verdicts] == paths
    assert [verdict.valid for verdict in verdicts] == [True, False, False, True]
    assert "targets[0].name" in verdicts[1].reason
    assert verdicts[2].reason
