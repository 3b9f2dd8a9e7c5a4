"""The official editor opens, draws, runs and saves what is right, and the report tells what is not."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from scratchgen.engines import editor_install
from scratchgen.engines.editor import Editor, open_in_editor
from scratchgen.engines.editor_install import editor_folder, find_chromium, install_editor
from scratchgen.engines.official import OfficialEngine
from scratchgen.errors import EngineError, ProjectFileError
from tests.engines.handmade import FLAG, adder, chain, forever, reporter, say, sb3, set_variable, target, wait


@pytest.fixture(scope="module")
def editor(editor_installed: Path) -> Iterator[Editor]:
    with Editor() as running:
        yield running


def png_size(path: Path) -> tuple[int, ...]:
    data = path.read_bytes()
    assert data.startswith(b"\x89PNG")
    return struct.unpack(">II", data[16:24])


@pytest.mark.engine
def test_reports_on_good_and_bad_files(editor_installed: Path, tmp_path: Path) -> None:
    files = {
        "refused": sb3(target("Cat")),
        "good": sb3(target("Stage"), target("Cat", blocks=chain(FLAG, say("hello"), wait(0.1), say("bye")))),
        "unknown": sb3(
            target("Stage"), target("Cat", blocks=chain(FLAG, {"opcode": "motion_teleport"}, say("x")))
        ),
    }
    paths = [tmp_path / f"{name}.sb3" for name in files]
    for path, data in zip(paths, files.values(), strict=True):
        path.write_bytes(data)
    saved = tmp_path / "saved"
    refused, good, unknown = open_in_editor(paths, screenshots=tmp_path, save_to=saved)

    assert unknown.opening.loaded
    assert [len(one.missing) for one in unknown.drawn] == [0, 3]
    assert unknown.problems[0] == "Cat: 3 of 3 blocks not drawn, first event_whenflagclicked"
    assert "Invalid block definition for type: motion_teleport" in unknown.problems[1]

    assert not refused.opening.loaded
    assert "targets[0].name should be equal to one of" in refused.problems[0]

    assert good.problems == []
    assert [(one.sprite, one.blocks) for one in good.drawn] == [("Stage", 0), ("Cat", 4)]
    assert [(one.sprite, one.text) for one in good.says] == [("Cat", "hello"), ("Cat", "bye")]
    assert good.state["Cat"] == {"variables": {}, "lists": {}}
    assert png_size(tmp_path / "good.code.png") == (1400, 900)
    assert png_size(tmp_path / "good.stage.png") == (480, 360)
    assert (saved / "good.sb3").read_bytes().startswith(b"PK")


@pytest.mark.engine
def test_mouse_and_keys_reach_the_project(editor: Editor, tmp_path: Path) -> None:
    key = {"opcode": "event_whenkeypressed", "fields": {"KEY_OPTION": ["a", None]}}
    blocks = {
        **chain({"opcode": "event_whenthisspriteclicked"}, set_variable("where", "mouse"), prefix="c"),
        "mouse": reporter("sensing_mousex", "c1"),
        **chain(key, say("key"), prefix="k"),
    }
    path = tmp_path / "inputs.sb3"
    path.write_bytes(
        sb3(
            target("Stage"),
            target("Cat", x=100, y=50, blocks=blocks, variables={"id of where": ["where", 0]}),
        )
    )
    assert editor.load(path).loaded
    editor.click((104, 50))
    editor.press_key("a")
    assert [one.text for one in editor.says] == ["key"]
    assert float(editor.state()["Cat"]["variables"]["where"]) == pytest.approx(
        104, abs=1
    )  # a pixel of the screen


@pytest.mark.engine
def test_a_script_without_end_runs_until_stopped(editor: Editor, tmp_path: Path) -> None:
    (tmp_path / "endless.sb3").write_bytes(forever())
    editor.load(tmp_path / "endless.sb3")
    editor.click_flag()
    assert editor.run(5) is False
    editor.click_stop()
    editor.wait_frames(2)
    assert editor.run(5) is True


@pytest.mark.engine
def test_full_screen_and_back(editor: Editor, tmp_path: Path) -> None:
    (tmp_path / "adder.sb3").write_bytes(adder())
    editor.load(tmp_path / "adder.sb3")
    for name in ("small", "large", "small_again"):
        editor.screenshot(tmp_path / f"{name}.png", "stage")
        editor.toggle_full_screen()
    editor.toggle_full_screen()
    small, large, again = (png_size(tmp_path / f"{name}.png") for name in ("small", "large", "small_again"))
    assert small == again == (480, 360)
    assert large[0] > 1000


@pytest.mark.engine
def test_what_the_editor_saves_still_works(
    editor: Editor, official_engine: OfficialEngine, tmp_path: Path
) -> None:
    (tmp_path / "adder.sb3").write_bytes(adder())
    editor.load(tmp_path / "adder.sb3")
    editor.save(tmp_path / "saved.sb3")
    official_engine.load(tmp_path / "saved.sb3")
    official_engine.set_variable("x", 20)
    official_engine.set_variable("y", 3)
    official_engine.broadcast("add")
    official_engine.run()
    assert official_engine.variable("sum") == 23


@pytest.mark.engine
def test_a_missing_file_is_named(editor: Editor, tmp_path: Path) -> None:
    with pytest.raises(ProjectFileError, match=r"missing\.sb3"):
        editor.load(tmp_path / "missing.sb3")


def test_missing_chromium_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SCRATCHGEN_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EngineError, match="Chromium is not installed; install Chromium"):
        find_chromium()
    monkeypatch.setenv("SCRATCHGEN_CHROMIUM", "/nowhere/chromium")
    with pytest.raises(EngineError, match="names '/nowhere/chromium', which is no program"):
        find_chromium()


class TestInstall:
    def fake_pack(self, content: bytes) -> object:
        def run_npm(node: str, arguments: list[str], folder: Path) -> str:
            assert arguments[:2] == ["pack", editor_install.PACKAGE]
            (folder / "package.tgz").write_bytes(content)
            return ""

        return run_npm

    def test_another_archive_is_refused_and_leaves_nothing(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("SCRATCHGEN_CACHE", str(tmp_path))
        monkeypatch.setattr(editor_install, "find_node", lambda: "node")
        monkeypatch.setattr(editor_install, "run_npm", self.fake_pack(b"something else"))
        with pytest.raises(EngineError, match="its SHA-512 differs"):
            install_editor()
        assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
        with pytest.raises(EngineError, match="engines install --editor"):
            editor_folder()


@pytest.mark.engine
def test_only_what_the_editor_needs_is_kept(editor_installed: Path) -> None:
    assert (editor_installed / "scratch-gui-standalone.js").is_file()
    size = sum(path.stat().st_size for path in editor_installed.rglob("*") if path.is_file())
    assert 15e6 < size < 30e6
