"""Fetches the engines that we test with into the user's cache folder, and finds them there.

The lock file beside this module names every package and its hash; npm checks them. An installed folder is
complete or absent: it is filled under another name and renamed. Running the engines is left to the others.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import platformdirs

from scratchgen.errors import EngineError

__all__ = [
    "NODE_FOLDER",
    "Notify",
    "cache_folder",
    "engine_folder",
    "find_node",
    "install_engines",
    "install_once",
    "run_npm",
    "silent",
]

NODE_FOLDER = Path(__file__).parent / "node"
"""Our own scripts for Node, with the lock file of the packages that they need."""
NODE_MAJOR = 20
"""The exactness of the elementary functions is stated for this version's V8."""
NODE_ADVICE = f"install Node {NODE_MAJOR} with npm, or name its program in SCRATCHGEN_NODE"
LOCKED = ("package.json", "package-lock.json")
NPM_SECONDS = 900
PROBE_SECONDS = 30
ABANDONED_SECONDS = 3600
"""A half-filled folder older than this belongs to an install that was interrupted."""
QUIET = ("--no-audit", "--no-fund", "--ignore-scripts", "--no-update-notifier")

Notify = Callable[[str], None]


def silent(message: str) -> None:
    """Say nothing."""


def find_node() -> str:
    """Return the program of Node 20; EngineError when there is none, or only another version.

    The environment variable ``SCRATCHGEN_NODE`` may name it; else it is looked for on the path.
    """
    named = os.environ.get("SCRATCHGEN_NODE")
    node = shutil.which(named or "node")
    if node is None:
        what = f"SCRATCHGEN_NODE names {named!r}, which is no program" if named else "Node is not installed"
        raise EngineError(what, todo=NODE_ADVICE)
    try:
        answer = subprocess.run(
            [node, "--version"], capture_output=True, text=True, timeout=PROBE_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise EngineError(f"{node} does not run ({fault})", todo=NODE_ADVICE) from None
    version = answer.stdout.strip()
    if not version.startswith(f"v{NODE_MAJOR}."):
        raise EngineError(f"{node} is {version or 'not Node'}, not Node {NODE_MAJOR}", todo=NODE_ADVICE)
    return node


def cache_folder() -> Path:
    """Return the folder that fetched things are kept in; ``SCRATCHGEN_CACHE`` overrides the user's own."""
    return Path(os.environ.get("SCRATCHGEN_CACHE") or platformdirs.user_cache_dir("scratchgen"))


def _folder_of_lock() -> Path:
    digest = hashlib.sha256(b"".join((NODE_FOLDER / name).read_bytes() for name in LOCKED)).hexdigest()
    return cache_folder() / "engines" / digest[:16]


def engine_folder() -> Path:
    """Return the folder that the engines are installed in; EngineError when they are not."""
    folder = _folder_of_lock()
    if not folder.is_dir():
        raise EngineError("the engines are not installed", todo="run `scratchgen engines install`")
    return folder


def install_engines(progress: Notify = silent) -> Path:
    """Install the locked packages, once for each lock file, and return their folder (about 200 MB).

    ``progress`` is told in a sentence what is going on. Several processes may install at the same time.
    EngineError when Node or npm is missing or npm fails.
    """
    node = find_node()

    def fill(folder: Path) -> None:
        for name in LOCKED:
            shutil.copyfile(NODE_FOLDER / name, folder / name)
        progress("fetching the locked packages with npm")
        run_npm(node, ["ci", *QUIET], folder)

    return install_once(_folder_of_lock(), fill)


def install_once(folder: Path, fill: Callable[[Path], None]) -> Path:
    """Return ``folder``; where it is missing, let ``fill`` make it under another name, and rename it.

    Whoever comes second with the same folder throws the own one away; what an interrupted install left is
    removed by a later one.
    """
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    _remove_abandoned(folder.parent)
    with tempfile.TemporaryDirectory(
        dir=folder.parent, prefix=f"{folder.name}.part-", ignore_cleanup_errors=True
    ) as temporary:
        filled = Path(temporary) / "whole"
        filled.mkdir()
        fill(filled)
        try:
            filled.rename(folder)
        except OSError:
            if not folder.is_dir():
                raise
    return folder


def _remove_abandoned(parent: Path) -> None:
    for path in parent.glob("*.part-*"):
        try:
            if time.time() - path.stat().st_mtime > ABANDONED_SECONDS:
                shutil.rmtree(path, ignore_errors=True)
        except FileNotFoundError:
            continue  # another process was quicker


def run_npm(node: str, arguments: Sequence[str], folder: Path) -> str:
    """Run npm in a folder, under that Node, and return what it printed; EngineError with its last words."""
    search = os.pathsep.join([str(Path(node).parent), os.environ.get("PATH", os.defpath)])
    npm = shutil.which("npm", path=search)
    if npm is None:
        raise EngineError("npm is not installed", todo=NODE_ADVICE)
    try:
        outcome = subprocess.run(
            [npm, *arguments],
            cwd=folder,
            env={**os.environ, "PATH": search},
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=NPM_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise EngineError(
            f"npm was not done after {NPM_SECONDS} seconds", todo="look at the network and try again"
        ) from None
    except OSError as fault:
        raise EngineError(f"{npm} does not run ({fault})", todo=NODE_ADVICE) from None
    if outcome.returncode:
        raise EngineError(
            f"`npm {arguments[0]}` failed: {_last_words(outcome.stderr)}",
            todo="look at the network and try again",
        )
    return outcome.stdout


def _last_words(text: str) -> str:
    lines = [
        line.removeprefix("npm error").strip() for line in text.splitlines() if line.startswith("npm error")
    ]
    told = [line for line in lines if line and "A complete log" not in line]
    return " ".join((told or text.split("\n"))[:4])[:400]
