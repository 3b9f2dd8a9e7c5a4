"""Fetches the prebuilt official editor into the cache folder, and finds the browser to open it in.

The package's own ``npm install`` fails, and only its one big bundle is needed: the archive is fetched, its
hash compared with ours, and the part that runs is unpacked.
"""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from scratchgen.engines.install import Notify, cache_folder, find_node, install_once, run_npm, silent
from scratchgen.errors import EngineError

__all__ = ["editor_folder", "find_chromium", "install_editor"]

PACKAGE = "@scratch/scratch-gui@15.2.0"
INTEGRITY = "sha512-ZjKknkK6Suh0qtfCgaKNUt2Ilz/j6pWdTn6+Brrb2NLn8iXviccLfiSezAFvXqFqWaOMjac0sMfe8JpKkkOPTg=="
ROOT = "package/dist/"
UNUSED_TYPES = {".gif", ".hex", ".jpg", ".map", ".mp4", ".png", ".ts", ".webp"}
"""Pictures of tutorials and extensions, the firmware of a board, what only the editor's programmers need."""
UNUSED_PARTS = ("types", "mediapipe", "scratch-gui.js", "scratch-gui.js.LICENSE.txt")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def find_chromium() -> str:
    """Return the program of Chromium; EngineError when there is none.

    The environment variable ``SCRATCHGEN_CHROMIUM`` may name it; else it is looked for on the path.
    """
    named = os.environ.get("SCRATCHGEN_CHROMIUM")
    for name in (named,) if named else BROWSERS:
        if found := shutil.which(name):
            return found
    what = (
        f"SCRATCHGEN_CHROMIUM names {named!r}, which is no program" if named else "Chromium is not installed"
    )
    raise EngineError(what, todo="install Chromium, or name its program in SCRATCHGEN_CHROMIUM")


def _folder() -> Path:
    return cache_folder() / "editor" / PACKAGE.rpartition("@")[2]


def editor_folder() -> Path:
    """Return the folder that the editor is unpacked in; EngineError when it is not."""
    if not _folder().is_dir():
        raise EngineError("the editor is not installed", todo="run `scratchgen engines install --editor`")
    return _folder()


def install_editor(progress: Notify = silent) -> Path:
    """Fetch the editor (150 MB, of which 25 are kept), once, and return its folder.

    ``progress`` is told in a sentence what is going on. EngineError when Node or npm is missing, npm fails,
    or the archive is not the one that we know.
    """
    node = find_node()

    def fill(folder: Path) -> None:
        progress(f"fetching {PACKAGE} with npm")
        run_npm(node, ["pack", PACKAGE, "--silent", "--ignore-scripts", "--pack-destination", "."], folder)
        archive = next(folder.glob("*.tgz"))
        _check(archive)
        progress("unpacking the editor")
        with tarfile.open(archive) as tar:
            tar.extractall(folder, members=_needed(tar), filter="data")
        archive.unlink()

    return install_once(_folder(), fill)


def _check(archive: Path) -> None:
    with archive.open("rb") as file:
        digest = hashlib.file_digest(file, "sha512").digest()
    if f"sha512-{base64.b64encode(digest).decode()}" != INTEGRITY:
        raise EngineError(
            f"the archive of {PACKAGE} is not the one that is known (its SHA-512 differs)",
            todo="look at npm's registry setting and try again",
        )


def _needed(tar: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    """Yield the files of the built editor that a page of it asks for, at the place where it asks for them."""
    for member in tar:
        place = PurePosixPath(member.name.removeprefix(ROOT))
        used = place.suffix not in UNUSED_TYPES and not any(part in place.parts for part in UNUSED_PARTS)
        if member.isfile() and member.name.startswith(ROOT) and used:
            yield member.replace(name=str(place), deep=False)
