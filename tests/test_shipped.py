"""The files that a teacher downloads are what the repository makes: the project is rebuilt byte for byte."""

import io
import zipfile
import zlib
from pathlib import Path

from scratchgen.codegen.languages import languages
from scratchgen.evidence.verify import read_claim
from scratchgen.projects.colours import colours_project
from scratchgen.projects.teach import teach_project
from scratchgen.resources import resource_folder
from scratchgen.scratch.linter import check_file
from scratchgen.scratch.reader import read_project
from scratchgen.scratch.writer import project_to_bytes
from scratchgen.simulator.values import to_number

SHIPPED = Path(__file__).parent.parent / "out" / "colours.sb3"
TEACH = SHIPPED.with_name("teach.sb3")
LARGEST, LARGEST_THAT_LEARNS = 60_000, 200_000
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


def test_the_project_that_learns_is_rebuilt_byte_for_byte() -> None:
    # `make teach` may have made it in another language or from another seed; pupils save theirs elsewhere
    [seed] = [each.value for each in read_project(TEACH).stage.variables if each.name == "seed"]
    rebuilt = [
        project_to_bytes(teach_project(seed=int(to_number(seed)), language=language))
        for language in languages()
    ]
    assert members(TEACH.read_bytes()) in [members(each) for each in rebuilt]
    assert TEACH.stat().st_size <= LARGEST_THAT_LEARNS
    assert check_file(TEACH) == []


def test_one_weights_file_is_shipped_for_it() -> None:
    assert (resource_folder("trained_weights") / "colours.json").is_file()
