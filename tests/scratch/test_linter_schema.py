"""The linter against the official schema check: what that refuses is an error here too."""

from __future__ import annotations

from pathlib import Path

import pytest

from scratchgen.engines.schema import schema_check
from scratchgen.errors import ProjectFileError
from scratchgen.scratch.linter import check_bytes
from tests.scratch.mutated_files import tampered_file
from tests.scratch.sample_project import good_assets, good_project, pack
from tests.scratch.seeded_faults import SEEDS

pytestmark = pytest.mark.engine

TAMPERED = 1_500


def passes(data: bytes) -> bool:
    """Whether the linter finds no error."""
    try:
        return all(finding.severity != "error" for finding in check_bytes(data))
    except ProjectFileError:
        return False


def seeded_files() -> dict[str, bytes]:
    files = {"good": pack(good_project())}
    for seed in SEEDS:
        project, assets = good_project(), good_assets()
        seed.change(project, assets)
        files[f"{seed.rule}: {seed.words}"] = pack(project, assets)
    return files


def officially_valid(files: list[bytes], folder: Path) -> list[bool]:
    paths = [folder / f"{number}.sb3" for number in range(len(files))]
    for path, data in zip(paths, files, strict=True):
        path.write_bytes(data)
    return [verdict.valid for verdict in schema_check(paths)]


def test_the_schema_rules_and_no_others_find_what_the_official_check_refuses(
    engines_installed: Path, tmp_path: Path
) -> None:
    files = seeded_files()
    valid = dict(zip(files, officially_valid(list(files.values()), tmp_path), strict=True))
    assert valid["good"]
    refused = {name for name, is_valid in valid.items() if not is_valid}
    assert {name for name in refused if not name.startswith("schema-")} == set()
    assert {name for name in refused if passes(files[name])} == set()


def test_whatever_the_official_check_refuses_is_an_error(engines_installed: Path, tmp_path: Path) -> None:
    files = [tampered_file(number) for number in range(TAMPERED)]
    valid = officially_valid(files, tmp_path)
    assert min(valid.count(True), valid.count(False)) > TAMPERED / 10
    wrong = [number for number, is_valid in enumerate(valid) if not is_valid and passes(files[number])]
    assert wrong == []
