"""The files that a teacher downloads are what the repository makes: the project is rebuilt byte for byte."""

import io
import zipfile
import zlib
from pathlib import Path

from scratchgen.evidence.verify import read_claim
from scratchgen.projects.colours import colours_project
from scratchgen.resources import resource_folder
from scratchgen.scratch.linter import check_file
from scratchgen.scratch.writer import project_to_bytes

SHIPPED = Path(__file__).parent.parent / "out" / "colours.sb3"
LARGEST = 60_000
"""Bytes."""


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_project_is_rebuilt_byte_for_byte() -> None:
    # after `make demo` the file in out/ is the reader's own, and so are the weights beside it
    rebuilt = project_to_bytes(colours_project(read_claim(SHIPPED).trained))
    shipped = SHIPPED.read_bytes()
    assert members(rebuilt) == members(shipped)
    if "ng" not in zlib.ZLIB_RUNTIME_VERSION:  # another library packs the same content into other bytes
        assert rebuilt == shipped


def test_the_project_is_small_and_without_a_fault() -> None:
    assert SHIPPED.stat().st_size <= LARGEST
    assert check_file(SHIPPED) == []


def test_one_weights_file_is_shipped_for_it() -> None:
    assert (resource_folder("trained_weights") / "colours.json").is_file()
