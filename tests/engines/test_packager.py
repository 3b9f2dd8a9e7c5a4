"""A packed page plays the project without a network, can be used by keyboard, and shows its notices."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from scratchgen.cli import run_command_line
from scratchgen.engines.editor_install import find_chromium
from scratchgen.engines.install import find_node
from scratchgen.engines.packager import WORDS, pack_page
from scratchgen.engines.packager_notices import PARTS, notices
from scratchgen.errors import EngineError, InputError
from tests.engines.handmade import FLAG, chain, sb3, set_variable, target

SHIPPED = Path(__file__).parent.parent.parent / "out" / "colours.sb3"
BROWSERS_OWN = re.compile(r"GL Driver Message|willReadFrequently")
"""Advice of the browser to the player's programmers, about its speed."""
pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def endless(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that runs until it is stopped, hears a key and the mouse, and has a variable in the cloud."""
    forever = {"opcode": "control_forever"}
    key = {"opcode": "event_whenkeypressed", "fields": {"KEY_OPTION": ["space", None]}}
    clicked = {"opcode": "event_whenstageclicked"}
    blocks = {
        **chain(FLAG, set_variable("flag", [10, "clicked"]), forever),
        **chain(key, set_variable("key", [10, "heard"]), prefix="k"),
        **chain(clicked, set_variable("mouse", [10, "heard"]), prefix="m"),
    }
    variables: dict[str, list[object]] = {f"id of {name}": [name, ""] for name in ("flag", "key", "mouse")}
    variables["id of cloud"] = ["☁ score", "0", True]
    path = tmp_path_factory.mktemp("endless") / "a < b & “c”.sb3"
    path.write_bytes(sb3(target("Stage", blocks=blocks, variables=variables)))
    return path


def played(page: Path, engines: Path) -> Any:
    script = Path(__file__).with_name("play_page.cjs")
    done = subprocess.run(
        [find_node(), str(script), str(engines), find_chromium(), str(page), str(page.parent)],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def seen(endless: Path, editor_installed: Path, engines_installed: Path) -> Any:
    assert run_command_line(["page", str(endless), "--language", "de-AT"]) == 0
    return played(endless.with_suffix(".html"), engines_installed)


def test_it_plays_any_project_and_asks_for_nothing(seen: Any) -> None:
    assert [text for text in seen["complaints"] if not BROWSERS_OWN.search(text)] == []
    assert {address.partition(":")[0] for address in seen["requests"]} <= {"file", "blob", "data"}
    assert sum(address.startswith("file:") for address in seen["requests"]) == 1
    assert seen["title"] == "a < b & “c”"
    assert seen["language"] == "de-AT"
    assert [text.split(" ", 1)[-1] for text in seen["bar"]] == [
        WORDS["de"]["start"],
        WORDS["de"]["stop"],
        WORDS["de"]["about"].split(" ", 1)[-1],
    ]


def test_the_flag_is_clicked_and_the_bar_works_by_keyboard(seen: Any) -> None:
    assert seen["started"]["running"] == 1
    assert seen["started"]["variables"] == {"flag": "clicked", "key": "", "mouse": "", "☁ score": "0"}
    assert seen["reached"] == {"stop": True, "start": True, "notices": True}
    assert seen["stopped"]["running"] == 0
    assert seen["again"]["running"] == 1
    # the keys that were pressed in the bar were not the project's, the one on the stage is
    assert seen["again"]["variables"]["key"] == ""
    assert seen["key"]["variables"]["key"] == "heard"
    assert seen["click"]["variables"]["mouse"] == "heard"


def test_the_notices_open_and_close_by_keyboard(seen: Any) -> None:
    assert seen["opened"]
    assert seen["closed"]
    assert seen["room"]["height"] > 300
    shown = seen["notices"]
    for words in ("a < b & “c”", "@turbowarp/packager 3.13.0", "github.com/TurboWarp/packager"):
        assert words in shown
    for words in (
        "Thomas Weber",
        "Massachusetts Institute of Technology",
        "Mozilla Public License Version 2.0",
    ):
        assert words in shown
    assert all(f"{part.name}: {part.licence}" in shown for part in PARTS)


def test_the_notices_name_every_package_that_the_player_names(engines_installed: Path) -> None:
    packages = engines_installed / "node_modules"
    bundled = packages / "@turbowarp" / "packager" / "dist" / "scaffolding"
    named = " ".join(part.name + " ".join(part.files) for part in PARTS) + " node-libs-browser babel-loader"
    for bundle in bundled.glob("scaffolding-*.js*"):
        text = bundle.read_text("utf-8")
        found = set(re.findall(r"node_modules/((?:@[\w.-]+/)?[\w.-]+)", text)) - {"node_modules"}
        assert found
        assert {name for name in found if name not in named} == set()
    with pytest.raises(EngineError, match="the licence of TurboWarp's packager"):
        notices("/*!\nParts of this script are from Scratch\n*/", packages / "nowhere")
    with pytest.raises(EngineError, match="holds no notice"):
        notices("", packages)


def test_the_colour_project_names_a_colour_in_it(
    tmp_path: Path, editor_installed: Path, engines_installed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pages = [tmp_path / "colours.html", tmp_path / "new" / "again.html"]
    for page in pages:
        assert run_command_line(["page", str(SHIPPED), "--output", str(page)]) == 0
        assert capsys.readouterr().out == f"{page}: {page.stat().st_size:,} bytes\n"
    assert pages[0].read_bytes() == pages[1].read_bytes()
    seen = played(pages[0], engines_installed)
    assert [text for text in seen["complaints"] if not BROWSERS_OWN.search(text)] == []
    assert seen["title"] == "colours"
    assert seen["language"] == "en"
    assert seen["started"]["variables"]["name"] == "grey"


def test_blocks_that_ask_a_server_are_told_of(
    tmp_path: Path, engines_installed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "speaker.sb3"
    path.write_bytes(sb3(target("Stage", blocks=chain(FLAG, {"opcode": "text2speech_speakAndWaitBlock"}))))
    assert run_command_line(["page", str(path)]) == 0
    assert capsys.readouterr().err == (
        "Text to Speech asks a server; without a network its blocks do nothing\n"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.sb3"], "nowhere.sb3"),
        (["text.sb3"], "text.sb3"),
        ([str(SHIPPED), "--language", 'de" onload="'], "is no language tag"),
    ],
)
def test_bad_input_costs_one_line_and_leaves_nothing(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "text.sb3").write_text("no archive", "utf-8")
    assert run_command_line(["page", *arguments, "--output", "page.html"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert message in err
    assert [path.name for path in tmp_path.iterdir()] == ["text.sb3"]


def test_without_engines_it_says_how_to_get_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SCRATCHGEN_CACHE", str(tmp_path / "empty"))
    assert run_command_line(["page", str(SHIPPED), "--output", str(tmp_path / "page.html")]) == 2
    assert "run `scratchgen engines install`" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_tag_that_is_none_is_refused_before_the_work() -> None:
    with pytest.raises(InputError, match="no language tag"):
        pack_page("nowhere.sb3", title="x", language="")


def test_help_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command_line(["page", "--help"]) == 0
    assert "Example: scratchgen page" in capsys.readouterr().out
