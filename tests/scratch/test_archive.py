"""The archive: it reads what the official engine reads, and refuses everything hostile in one clear line."""

from __future__ import annotations

import io
import json
import os
import struct
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from scratchgen.errors import ProjectFileError
from scratchgen.scratch.archive import MAX_ENTRIES, MAX_UNPACKED_BYTES, read_archive, read_archive_file
from scratchgen.scratch.project_json import MAX_PROJECT_BYTES
from tests.scratch.sample_project import SVG_ID, good_assets, good_project, pack

PROJECT = json.dumps(good_project()).encode()
ROOT = Path(__file__).parents[2]
MEMORY = 500_000_000


def zipped(*entries: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED, comment: bytes = b"") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # names that stand twice are meant
        archive.comment = comment
        for name, data in entries:
            archive.writestr(name, data)
    return stream.getvalue()


def patched(data: bytes, header: bytes, offset: int, value: bytes) -> bytes:
    """Overwrite a part of the first header of a kind."""
    start = data.index(header) + offset
    return data[:start] + value + data[start + len(value) :]


GOOD = zipped(("project.json", PROJECT))
CENTRAL, LOCAL, END = b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"


class TestWhatIsRead:
    def test_an_archive_of_the_editor(self) -> None:
        archive = read_archive(pack(good_project()), where="good")
        assert archive.project == good_project()
        assert archive.assets == good_assets()
        assert archive.project_bytes == len(PROJECT)
        assert archive.duplicate_keys == ()

    def test_everything_in_one_folder(self) -> None:
        archive = read_archive(pack(good_project(), folder="my project/"), where="good")
        assert archive.project == good_project()
        assert archive.assets == good_assets()

    def test_an_asset_in_the_root_comes_before_one_in_a_folder(self) -> None:
        name = f"{SVG_ID}.svg"
        data = zipped(("old/" + name, b"old"), ("project.json", PROJECT), (name, b"new"))
        assert read_archive(data, where="good").assets == {name: b"new"}

    def test_what_lies_deeper_is_left_alone(self) -> None:
        data = zipped(("project.json", PROJECT), ("a/b/c.png", b""), ("folder/", b""))
        assert read_archive(data, where="good").assets == {}

    def test_stored_without_packing_and_with_a_comment(self) -> None:
        data = zipped(("project.json", PROJECT), method=zipfile.ZIP_STORED, comment=b"hello")
        assert read_archive(data, where="good").project == good_project()

    def test_the_bare_json(self) -> None:
        archive = read_archive(b" \n" + PROJECT, where="good")
        assert archive.project == good_project()
        assert archive.assets == {}

    def test_the_assets_cannot_be_changed(self) -> None:
        assets = read_archive(pack(good_project()), where="good").assets
        with pytest.raises(TypeError):
            assets["new"] = b""  # type: ignore[index]


def bomb() -> bytes:
    """Little more than 64 MB of nothing, in 65 KB."""
    return zipped(("project.json", PROJECT), *((f"{i}.png", bytes(13_000_000)) for i in range(5)))


def lying_bomb() -> bytes:
    """An entry that says in both places that it has ten bytes."""
    data = zipped(("project.json", b"{" + b" " * 1_000_000 + b"}"))
    ten = struct.pack("<I", 10)
    return patched(patched(data, CENTRAL, 24, ten), LOCAL, 22, ten)


def overlapping_bomb() -> bytes:
    """Many entries in the table of contents, all of which are the same megabytes."""
    data = zipped(("project.json", PROJECT), ("0.png", bytes(9_000_000)))
    start = data.index(CENTRAL, data.index(CENTRAL) + 1)
    end = data.index(END)
    entry = data[start:end]
    copies = b"".join(entry.replace(b"0.png", bytes([65 + i]) + b".png") for i in range(26))
    size = struct.pack("<I", end - data.index(CENTRAL) + len(copies))
    record = data[end:]
    return data[:end] + copies + record[:8] + struct.pack("<HH", 28, 28) + size + record[16:]


def many_entries() -> bytes:
    return zipped(("project.json", PROJECT), *((f"{i}", b"") for i in range(MAX_ENTRIES)))


def zip64() -> bytes:
    """A locator that sends the reader to other numbers than those that are checked."""
    start = GOOD.index(END)
    return GOOD[:start] + b"PK\x06\x07" + struct.pack("<IQI", 0, 0, 1) + GOOD[start:]


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "the file is empty"),
    "a picture": (lambda: b"\x89PNG\r\n", "neither a zip archive nor JSON"),
    "Scratch 1.4": (lambda: b"ScratchV02", "a project of Scratch 1.4"),
    "Scratch 2": (lambda: zipped(("project.json", b'{"objName": "Stage"}')), "a project of Scratch 2"),
    "a sprite": (lambda: zipped(("sprite.json", b"{}")), "a single sprite, not a project"),
    "no project": (lambda: zipped(("readme.txt", b"")), "the archive holds no project.json"),
    "a project too deep": (lambda: zipped(("a/b/project.json", PROJECT)), "holds no project.json"),
    "cut off": (lambda: GOOD[:-30], "not a whole zip archive"),
    "cut off at the front": (lambda: b"PK" + GOOD[200:], "a damaged archive"),
    "a wrong checksum": (lambda: patched(GOOD, CENTRAL, 16, b"\0\0\0\0"), "Bad CRC-32"),
    "damaged data": (lambda: patched(GOOD, LOCAL, 60, b"\xff" * 40), "a damaged archive"),
    "encrypted": (lambda: patched(GOOD, CENTRAL, 8, b"\x01\x00"), "is encrypted"),
    "another method": (lambda: zipped(("project.json", PROJECT), method=14), "in a way that Scratch cannot"),
    "two of one name": (lambda: zipped(("a.png", b""), ("a.png", b"")), "a.png is in it 2 times"),
    "climbs out": (lambda: zipped(("../project.json", PROJECT)), "leads out"),
    "climbs out in the middle": (lambda: zipped(("a/../../b", b"")), "leads out"),
    "an absolute path": (lambda: zipped(("/etc/passwd", b"")), "leads out"),
    "a drive": (lambda: zipped(("C:\\a", b"")), "leads out"),
    "backslashes": (lambda: zipped(("a\\..\\..\\b", b"")), "leads out"),
    "a name in no encoding": (
        lambda: patched(GOOD, CENTRAL, 8, b"\x00\x08\x08\x00" + b"\0" * 34 + b"\xff"),
        ".",
    ),
    "a bomb": (bomb, "would unpack to 65 MB"),
    "a bomb that lies": (lying_bomb, "a damaged archive"),
    "a bomb of one file many times": (overlapping_bomb, "would unpack to 243 MB"),
    "a long project": (lambda: zipped(("project.json", b" " * 33_000_000)), "larger than 30 MB"),
    "too many files": (many_entries, "an archive of too many files"),
    "zip64": (zip64, "an archive of too many files"),
    "too large": (lambda: bytes(MAX_UNPACKED_BYTES + 1), "larger than 128 MB"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_archive_is_refused_in_one_line(name: str) -> None:
    build, words = HOSTILE[name]
    with pytest.raises(ProjectFileError, match=words) as caught:
        read_archive(build(), where="bad.sb3")
    message = str(caught.value)
    assert message.startswith("bad.sb3: ")
    assert message.isprintable()
    assert caught.value.todo
    assert caught.value.__suppress_context__ or caught.value.__cause__ is None


def test_the_worst_files_stay_within_the_limit_on_memory(tmp_path: Path) -> None:
    """Each of them is made to cost as much as the limits allow, in a process that may not have more."""
    paths = [tmp_path / f"{number}.sb3" for number in range(len(WORST_PIECES))]
    for path, piece in zip(paths, WORST_PIECES, strict=True):
        text = b"[" + piece * (MAX_PROJECT_BYTES // len(piece) - 2) + b"0]"
        path.write_bytes(zipped(("project.json", text)))
    program = (
        "import resource, sys\n"
        "from scratchgen.errors import ProjectFileError\n"
        "from scratchgen.scratch.archive import read_archive_file\n"
        f"resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))\n"
        "for path in sys.argv[1:]:\n"
        "    try: read_archive_file(path)\n"
        "    except ProjectFileError as error: print(error)\n"
    )
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-c", program, *map(str, paths)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-1000:]
    assert len(done.stdout.splitlines()) == len(WORST_PIECES)


WORST_PIECES = (
    b"{},",
    b"12345.678,",
    # Texts that take four bytes a letter in memory for the sake of one of them.
    b'"aaaaaaaaaa\xf0\x9f\x98\x80",',
    b'"' + b"a" * 60 + b'\xf0\x9f\x98\x80",',
)
"""Of the costliest JSON: each file is refused, some only after all of it was read."""


class TestFiles:
    def test_a_file(self, tmp_path: Path) -> None:
        path = tmp_path / "good.sb3"
        path.write_bytes(GOOD)
        assert read_archive_file(path).project == good_project()
        assert read_archive_file(str(path)).project == good_project()

    def test_no_file(self, tmp_path: Path) -> None:
        with pytest.raises(ProjectFileError, match=r"gone\.sb3: there is no such file; check the name"):
            read_archive_file(tmp_path / "gone.sb3")

    def test_a_folder(self, tmp_path: Path) -> None:
        with pytest.raises(ProjectFileError, match="this is a folder"):
            read_archive_file(tmp_path)

    def test_a_forbidden_file(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def forbid(*_: object) -> None:  # since nothing is forbidden to root, who may run the tests
            raise PermissionError

        monkeypatch.setattr(Path, "open", forbid)
        with pytest.raises(ProjectFileError, match="may not be read"):
            read_archive_file("secret.sb3")

    @pytest.mark.parametrize("name", ["a" * 5000, "a\0b", "a\nb.sb3"])
    def test_a_name_that_is_none(self, name: str) -> None:
        with pytest.raises(ProjectFileError) as caught:
            read_archive_file(name)
        assert str(caught.value).isprintable()

    def test_a_file_without_end(self) -> None:
        with pytest.raises(ProjectFileError, match="larger than 128 MB"):
            read_archive_file("/dev/zero")
