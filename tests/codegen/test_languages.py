"""Translations: nothing is missing, nothing is obsolete, and any text of a catalogue is safe in a script."""

from __future__ import annotations

import importlib.util
import io
import json
import re
import zipfile
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import numpy as np
import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from scratchgen.cli import run_command_line
from scratchgen.codegen import templates
from scratchgen.codegen.languages import NAMES, catalogue, languages, placeholders, translated
from scratchgen.codegen.templates import render_svg
from scratchgen.errors import InputError
from scratchgen.networks.intervals import Interval
from scratchgen.networks.layers import Dense
from scratchgen.networks.network import IntegerNetwork
from scratchgen.networks.weights import TrainedNetwork, read_weights
from scratchgen.projects.colours import colours_manifest, colours_project
from scratchgen.resources import resource_folder
from scratchgen.scratch.linter import check_bytes
from scratchgen.scratch.notation import escape_comment
from scratchgen.scratch.parser import parse_project
from scratchgen.scratch.writer import project_to_bytes

ROOT = Path(__file__).parent.parent.parent
OTHERS = languages()[1:]
TRAINED = read_weights(resource_folder("trained_weights") / "colours.json")


def maintainers_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("languages_script", ROOT / "docs" / "languages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_german_french_and_spanish_are_there() -> None:
    assert {"de", "fr", "es"} <= set(OTHERS)


@pytest.mark.parametrize("language", OTHERS)
def test_every_message_is_translated_and_none_is_obsolete(language: str) -> None:
    wanted = {(each.context or "", str(each.id)) for each in maintainers_script().messages() if each.id}
    assert len(wanted) > 60
    with (ROOT / "templates" / "languages" / f"{language}.po").open("rb") as file:
        found = read_po(file, locale=language, abort_invalid=True)
        messages = {(each.context or "", str(each.id)): each for each in found if each.id}
    assert sorted(wanted - messages.keys()) == [], "missing; run `make languages`"
    assert sorted(messages.keys() - wanted) == [], "obsolete; run `make languages`"
    assert [key for key, each in messages.items() if not each.string or each.fuzzy] == []
    for (_, text), each in messages.items():
        assert placeholders(str(each.string)) == placeholders(text), text
        assert "%" not in placeholders(text), text


@pytest.mark.parametrize("language", OTHERS)
def test_updating_a_catalogue_that_is_up_to_date_changes_nothing(language: str) -> None:
    content = (ROOT / "templates" / "languages" / f"{language}.po").read_bytes()
    assert maintainers_script().updated(content, language) == content


def test_updating_a_catalogue_adds_what_is_new_and_drops_what_is_obsolete() -> None:
    old = b'msgid "old"\nmsgstr "alt"\n\nmsgid "space"\nmsgstr "Leertaste"\n'
    new = maintainers_script().updated(old, "de").decode()
    assert 'msgid "old"' not in new
    assert 'msgid "space"\nmsgstr "Leertaste"' in new
    assert 'msgctxt "colour name"\nmsgid "black"\nmsgstr ""' in new


def test_no_french_line_breaks_before_a_sign_of_two_parts() -> None:
    texts = list(catalogue("fr").values())
    assert [text for text in texts if re.search(" [:;?!»]|« ", text)] == []
    assert any("\u00a0:" in text for text in texts)


@pytest.mark.parametrize("language", OTHERS)
def test_the_names_of_the_shipped_network_are_different_words(language: str) -> None:
    words = {translated(name, language, NAMES) for name in TRAINED.names}
    assert len(words) == len(TRAINED.names)
    assert words != set(TRAINED.names)


def test_a_language_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(InputError, match="no language 'tlh'; choose one of en, de, es, fr"):
        catalogue("tlh")


@pytest.mark.parametrize("content", ["msgid\n", "\xff", 'no "catalogue"\n'])
def test_a_damaged_catalogue_is_named_in_one_error(
    content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "languages").mkdir()
    (tmp_path / "languages" / "de.po").write_text(content, "latin-1")
    monkeypatch.setattr("scratchgen.codegen.languages.resource_folder", lambda name: tmp_path)
    with pytest.raises(InputError, match=r"de\.po: it is no catalogue"):
        catalogue.__wrapped__("de")
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("translation", "fault"),
    [
        ("%(schicht)s: still", r"should hold %\(layer\)s"),
        ("still", r"should hold %\(layer\)s"),
        ("%(layer)s: zu 100 % still", "a per cent sign stands alone"),
        ("%(layer)d: still", "a per cent sign stands alone"),
    ],
)
def test_a_translation_that_cannot_be_filled_in_is_named(
    translation: str, fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "languages").mkdir()
    content = f'msgid "%(layer)s: silent"\nmsgstr "{translation}"\n'
    (tmp_path / "languages" / "de.po").write_text(content, "utf-8")
    monkeypatch.setattr("scratchgen.codegen.languages.resource_folder", lambda name: tmp_path)
    with pytest.raises(InputError, match=rf"de\.po: .*{fault}"):
        catalogue.__wrapped__("de")


def one_line(text: str) -> str:
    return " ".join(text.split())


@given(st.text().map(one_line).filter(bool))
def test_any_translation_is_the_text_of_its_comment(text: str) -> None:
    line = escape_comment(text)  # as templates do
    project = parse_project(f"//! stage\n//! sprite [x]\n\n// {line}\nwhen flag clicked\nhide // {line}\n")
    [script] = project.sprites[1].scripts
    assert [block.comment.text for block in script.blocks if block.comment] == [text, text]


def test_a_translation_may_hold_marks_of_the_notation(monkeypatch: pytest.MonkeyPatch) -> None:
    nasty = {"Without this step, two layers could do no more than one.": r"a \\ b \n // c {{ d }} [e v]"}
    monkeypatch.setattr(templates, "catalogue", lambda language: nasty)
    templates._environment.cache_clear()
    try:
        text = templates.render("layers/relu.txt", layer={"title": "layer 1", "target": "hidden 1"})
    finally:
        templates._environment.cache_clear()
    header = "//! stage\n//! sprite [x]\n//! list [hidden 1 v] =\n//! variable [neuron v] = (0)\n\n"
    [script] = parse_project(header + text).sprites[1].scripts
    [comment] = [block.comment for block in script.blocks if block.comment]
    assert comment.text.split("\n")[1:] == list(nasty.values())


@pytest.mark.parametrize("text", ["a < b & c > d", 'say "x"', "100 %% sure", "l’eau </text>"])
def test_any_translation_is_the_text_in_a_picture(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(templates, "catalogue", lambda language: {"colour map": text})
    templates._environment.cache_clear()
    try:
        picture = render_svg("colours/button.svg", button="map", pressed=False)
    finally:
        templates._environment.cache_clear()
    assert text.replace("%%", "%") in [each.text for each in ElementTree.fromstring(picture).iter()]


@given(st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff")))
def test_any_name_is_safe_in_a_picture(text: str) -> None:
    picture = render_svg("stage/mark.svg", text=text).decode()
    assert picture.count("<") == len(re.findall(r"</?(?:svg|circle|text)\b", picture))


@pytest.mark.parametrize("language", OTHERS)
def test_the_whole_project_speaks_the_language(language: str, tmp_path: Path) -> None:
    path = tmp_path / "colours.sb3"
    assert run_command_line(["build", "--language", language, "--output", str(path)]) == 0
    assert check_bytes(path.read_bytes()) == []
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        content = json.loads(archive.read("project.json"))
        pictures = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith("svg"))
    comments = {each["text"] for target in content["targets"] for each in target["comments"].values()}
    spoken = set(catalogue(language).values())
    english = set(catalogue(language))
    lines = {
        line for text in comments for line in text.split("\n") if not line.startswith(("{", "scratchgen"))
    }
    filled = [line for line in lines if line not in spoken]
    assert lines & english <= spoken
    # what is left has the title of a layer, or numbers, filled in
    assert all("layer " in line or "120" in line for line in filled)
    title = catalogue(language)["What do you call this colour?"]
    assert title.replace("\u00a0", " ") in pictures  # see render_svg


def test_files_answer_and_are_verified_in_their_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for style in ("readable", "fast"):
        path = str(tmp_path / "farben.sb3")
        assert run_command_line(["build", "--language", "de", "--style", style, "--output", path]) == 0
        assert run_command_line(["verify", path]) == 0
        capsys.readouterr()
        assert run_command_line(["name", "white", "#00ff00", "--project", path]) == 0
        assert capsys.readouterr().out.splitlines() == ["weiß", "grün"]


def test_a_label_that_a_button_happens_to_bear_stays_as_it_is() -> None:
    assert "space" in catalogue("de")
    layer = Dense(weights=np.ones((2, 3), dtype=np.int64), biases=np.arange(2))
    network = IntegerNetwork(domain=Interval(low=(0,) * 3, high=(255,) * 3), layers=(layer,))
    trained = TrainedNetwork(names=("space", "red"), network=network, logit_scale=1e-3)
    assert colours_manifest(trained, "readable", "de").names == ("space", "rot")


def test_two_names_that_are_one_word_are_refused() -> None:
    layer = Dense(weights=np.ones((2, 3), dtype=np.int64), biases=np.arange(2))
    network = IntegerNetwork(domain=Interval(low=(0,) * 3, high=(255,) * 3), layers=(layer,))
    trained = TrainedNetwork(names=("red", "rot"), network=network, logit_scale=1e-3)
    assert project_to_bytes(colours_project(trained))
    with pytest.raises(InputError, match="'red' and 'rot' are both 'rot'"):
        colours_project(trained, language="de")
