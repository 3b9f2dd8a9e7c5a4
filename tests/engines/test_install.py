"""Installing: complete or absent, once, and with errors that say what to do."""

from __future__ import annotations

import json
import os
import stat
import threading
from pathlib import Path

import pytest

from scratchgen.engines.install import (
    NODE_FOLDER,
    cache_folder,
    engine_folder,
    find_node,
    install_engines,
    install_once,
    run_npm,
)
from scratchgen.errors import EngineError


def program(folder: Path, name: str, script: str) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def test_the_lock_file_names_hashes_and_no_registry() -> None:
    lock = json.loads((NODE_FOLDER / "package-lock.json").read_text())
    wanted = json.loads((NODE_FOLDER / "package.json").read_text())["dependencies"]
    packages = {path: entry for path, entry in lock["packages"].items() if path}
    assert {name: packages[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert not any("resolved" in entry for entry in packages.values())


def test_missing_node_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SCRATCHGEN_NODE", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EngineError, match="Node is not installed; install Node 20"):
        find_node()


def test_a_named_node_that_does_not_exist_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCRATCHGEN_NODE", "/nowhere/node")
    with pytest.raises(EngineError, match="'/nowhere/node', which is no program"):
        find_node()


@pytest.mark.skipif(os.name == "nt", reason="the fake programs are shell scripts")
class TestFakePrograms:
    def test_another_major_version_is_refused(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("SCRATCHGEN_NODE", str(program(tmp_path, "node", "echo v22.1.0")))
        with pytest.raises(EngineError, match=r"is v22\.1\.0, not Node 20"):
            find_node()

    def test_the_named_node_is_taken(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        node = program(tmp_path, "old-node", "echo v20.9.9")
        monkeypatch.setenv("SCRATCHGEN_NODE", str(node))
        assert find_node() == str(node)

    def test_npm_beside_node_is_run_in_the_folder(self, tmp_path: Path) -> None:
        program(tmp_path, "npm", 'pwd; echo "$@"')
        folder = tmp_path / "work"
        folder.mkdir()
        assert run_npm(str(tmp_path / "node"), ["ci", "--quiet"], folder).split() == [
            str(folder),
            "ci",
            "--quiet",
        ]

    def test_a_failing_npm_is_quoted_and_leaves_nothing(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("SCRATCHGEN_NODE", str(program(tmp_path, "node", "echo v20.0.0")))
        monkeypatch.setenv("SCRATCHGEN_CACHE", str(tmp_path / "cache"))
        program(tmp_path, "npm", 'echo "npm error network is down" >&2; exit 3')
        with pytest.raises(EngineError, match="`npm ci` failed: network is down"):
            install_engines()
        assert [path for path in (tmp_path / "cache").rglob("*") if path.is_file()] == []
        with pytest.raises(EngineError, match="run `scratchgen engines install`"):
            engine_folder()

    def test_an_install_copies_the_lock_and_is_found(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("SCRATCHGEN_NODE", str(program(tmp_path, "node", "echo v20.0.0")))
        monkeypatch.setenv("SCRATCHGEN_CACHE", str(tmp_path / "cache"))
        program(tmp_path, "npm", "mkdir node_modules")
        told: list[str] = []
        folder = install_engines(told.append)
        assert folder == engine_folder() == install_engines(told.append)
        assert len(told) == 1
        assert sorted(path.name for path in folder.iterdir()) == [
            "node_modules",
            "package-lock.json",
            "package.json",
        ]


def test_the_cache_folder_can_be_moved(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SCRATCHGEN_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path
    monkeypatch.delenv("SCRATCHGEN_CACHE")
    assert cache_folder().name == "scratchgen"


class TestInstallOnce:
    def test_an_interrupted_fill_leaves_nothing(self, tmp_path: Path) -> None:
        def fill(folder: Path) -> None:
            (folder / "half").write_text("half")
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            install_once(tmp_path / "engines" / "lock", fill)
        assert list((tmp_path / "engines").iterdir()) == []

    def test_concurrent_installs_agree(self, tmp_path: Path) -> None:
        together = threading.Barrier(3)

        def fill(folder: Path) -> None:
            together.wait(timeout=30)
            (folder / "whole").write_text("whole")

        found: list[Path] = []
        workers = [
            threading.Thread(target=lambda: found.append(install_once(tmp_path / "lock", fill)))
            for _ in range(3)
        ]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert found == [tmp_path / "lock"] * 3
        assert [path.name for path in tmp_path.iterdir()] == ["lock"]
        assert (tmp_path / "lock" / "whole").read_text() == "whole"

    def test_what_an_interrupted_install_left_long_ago_is_removed(self, tmp_path: Path) -> None:
        old, young = tmp_path / "lock.part-1", tmp_path / "lock.part-2"
        for folder in (old, young):
            (folder / "whole").mkdir(parents=True)
        os.utime(old, (0, 0))
        install_once(tmp_path / "lock", lambda folder: None)
        assert not old.exists()
        assert young.exists()
