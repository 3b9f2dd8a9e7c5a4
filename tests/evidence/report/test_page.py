"""The page is whole in itself, says what was found, shows names as text, and is always the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from scratchgen.errors import ProjectFileError, WeightsError
from scratchgen.evidence.file_costs import CostRow, block_costs
from scratchgen.evidence.report import report_page
from scratchgen.evidence.verify import Claim, Mismatch, Verification, read_claim, verify_claim
from scratchgen.scratch.manifest import Answer
from scratchgen.simulator import Simulator
from tests.evidence.small_networks import NETWORKS, files

SHIPPED = Path(__file__).parents[3] / "out" / "colours.sb3"
EMPTY = {"meta", "br"}
APART = {"br", "caption", "dd", "div", "dt", "h1", "li", "p", "td", "th"}
HOSTILE = (
    "<script>alert(1)</script>",
    "&amp;",
    '" onload="x',
    "\0\x1b\ud800",
    "\u202eabc",
    "{{ 7 * 7 }}",
    "$x^$",
)


class Outline(HTMLParser):
    """Reads a page, and checks on the way that every element is closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.text += " " if tag in APART else ""
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.elements)

    def says(self) -> str:
        """Return all text, with single blanks."""
        return " ".join(self.text.split())


@pytest.fixture(scope="module")
def claim() -> Claim:
    return read_claim(SHIPPED)


@pytest.fixture(scope="module")
def verification(claim: Claim) -> Verification:
    return verify_claim(claim, Simulator.load(claim.path), engine_name="the Python simulator")


@pytest.fixture(scope="module")
def page(claim: Claim, verification: Verification) -> str:
    return report_page(claim, [verification])


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Claim:
    """A file whose weights file says nothing of its training."""
    return read_claim(files(tmp_path_factory.mktemp("small"), NETWORKS["curve"]))


def with_names(claim: Claim) -> Claim:
    names = (*HOSTILE, *claim.trained.names[len(HOSTILE) :])
    return replace(claim, path=Path("<b>&.sb3"), trained=replace(claim.trained, names=names))


def with_record(claim: Claim, change: Callable[[dict[str, Any]], object]) -> Claim:
    record = dict(claim.trained.training)
    change(record)
    return replace(claim, trained=replace(claim.trained, training=record))


def test_the_page_needs_nothing_from_elsewhere(page: str) -> None:
    outline = Outline(page)
    assert len(page.encode()) <= 2**20
    tags = {tag for tag, _ in outline.elements}
    assert tags.isdisjoint({"script", "link", "iframe", "object", "embed", "base", "form", "img"})
    for _, attributes in outline.elements:
        for key, value in attributes.items():
            assert not key.startswith("on")
            if key in ("src", "href", "xlink:href", "action"):
                assert value is not None
                assert value.startswith(("#", "data:image/png;base64,"))
    assert "://" not in page
    assert re.search(r"url\((?!#)|@import", page) is None


def test_the_page_is_built_for_every_reader(page: str) -> None:
    outline = Outline(page)
    assert ("html", {"lang": "en"}) in outline.elements
    assert outline.count("h1") == 1
    levels = [int(tag[1]) for tag, _ in outline.elements if re.fullmatch("h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert outline.count("table") == outline.count("caption") == 6
    assert all(attributes.get("scope") for tag, attributes in outline.elements if tag == "th")
    identifiers = [attributes["id"] for _, attributes in outline.elements if "id" in attributes]
    assert len(identifiers) == len(set(identifiers))
    for _, attributes in outline.elements:
        referred = (attributes.get("aria-labelledby") or "").split()
        if (attributes.get("href") or "").startswith("#"):
            referred.append((attributes["href"] or "")[1:])
        assert set(referred) <= set(identifiers)
    pictures = [attributes for tag, attributes in outline.elements if tag == "svg"]
    assert all("aria-hidden" in one or one.get("role") == "img" for one in pictures)


def test_the_page_says_what_was_found(page: str, claim: Claim, verification: Verification) -> None:
    said = Outline(page).says()
    assert f"its SHA-256 {verification.file_sha256}" in said
    assert f"SHA-256 of its network {claim.manifest.weights_sha256}" in said
    questions = verification.questions
    for label, count in (
        ("corners and edges of the cube", questions.corners_and_edges),
        ("an even grid", questions.grid),
        ("the closest races between two names", questions.races),
        ("different colours in all", len(questions.rows)),
        ("of them ties, which the first name wins", questions.ties),
        ("the Python simulator", len(questions.rows)),
    ):
        assert f"{label} {count:,}" in said
    assert "✓ Every answer" in said
    assert "✗" not in said
    figures = claim.trained.training["figures"]
    assert f"of 142 rows kept aside are named right {figures['integer_accuracy'] * 100:.1f} %" in said
    for bounds in claim.trained.network.bounds():
        assert f"{bounds.largest:,}" in said
        assert f"{bounds.margin_bits:.1f} bits" in said
    assert "after epoch 33, whose network was kept" in said
    assert "Cost" not in said


def test_the_same_inputs_give_the_same_page(page: str, claim: Claim, verification: Verification) -> None:
    assert report_page(claim, [verification]) == page


def test_names_and_paths_are_text(claim: Claim, verification: Verification) -> None:
    changed = with_record(with_names(claim), lambda record: record.update(source="<img src=x onerror=y>"))
    mismatch = Mismatch(question=(1, 2, 3), expected=Answer((1,), "a"), given=Answer((1,), "<i>"))
    engine = replace(verification, engine="<u>engine</u>", mismatches=(mismatch,))
    costs = [CostRow(block="<s>", blocks=1, bytes=1, executed=1.0, microseconds=1.0)]
    page = report_page(changed, [verification, engine], costs=costs)
    assert page.encode("utf-8")
    outline = Outline(page)
    assert {tag for tag, _ in outline.elements}.isdisjoint({"script", "img", "i", "u", "s"})
    assert outline.count("b") == 6  # the slices of the map
    assert not any(key.startswith("on") for _, attributes in outline.elements for key in attributes)
    for name in (
        "<script>alert(1)</script>",
        "&amp;",
        '" onload="x',
        "\\x00\\x1b\\ud800",
        "{{ 7 * 7 }}",
        "$x^$",
    ):
        assert name in outline.text
    assert "49" not in [part.strip() for part in outline.text.split("\n")]
    for text in ("Report on <b>&.sb3", "<img src=x onerror=y>", "<u>engine</u>", "'<i>'", "<s>"):
        assert text in outline.text
    assert "\0" not in page


def test_without_a_history_a_sentence_stands_for_the_curve(claim: Claim, verification: Verification) -> None:
    page = report_page(with_record(claim, lambda record: record.pop("history")), [verification])
    assert "keeps no history of its training" in Outline(page).says()
    assert 'id="loss-title"' not in page
    assert 'id="blue-0-title"' in page
    empty: dict[str, list[float]] = {"loss": [], "validation_loss": [], "validation_accuracy": []}
    bare = replace(claim, trained=replace(claim.trained, training={"history": empty}))
    assert "keeps no history of its training" in Outline(report_page(bare, [verification])).says()


def test_a_file_that_says_nothing_of_its_training_has_a_report(
    small: Claim, verification: Verification
) -> None:
    outline = Outline(report_page(small, [verification]))
    for sentence in (
        "The weights file says nothing about its training.",
        "keeps no history",
        "trained on other data",
        "keeps no float network",
    ):
        assert sentence in outline.says()
    assert "2 table" in outline.says()
    assert outline.count("svg") == len(small.trained.network.layers)


def test_damaged_records_are_refused(claim: Claim, verification: Verification) -> None:
    with pytest.raises(WeightsError, match="history"):
        report_page(with_record(claim, lambda record: record.update(history=3)), [verification])
    with pytest.raises(WeightsError, match="float network"):
        report_page(with_record(claim, lambda record: record.update(float_network=3)), [verification])


def test_what_differs_is_said_first_and_listed(small: Claim, verification: Verification) -> None:
    mismatch = Mismatch(question=(1, 2, 3), expected=Answer((1,), "a"), given=Answer((2,), "a"))
    other = replace(verification, engine="another engine", mismatches=(mismatch,) * 25)
    outline = Outline(report_page(small, [verification, other]))
    said = outline.says()
    assert "✗ The blocks in the file do not answer as the reference does" in said
    assert "✓ Every answer" not in said
    assert "the Python simulator 7,476 0 ✓ all equal" in said
    assert "another engine 7,476 25 ✗ not equal" in said
    assert said.count("1,2,3: logit 1 is 2 in the file, 1 in the reference") == 20
    assert "… and 5 more" in said


def test_costs_of_the_files_own_custom_blocks_are_shown(small: Claim, verification: Verification) -> None:
    rows = block_costs(small)
    outline = Outline(report_page(small, [verification], costs=rows))
    assert [row.block for row in rows][:2] == ["find the name", "layer 1 adds up"]
    for row in rows:
        assert f"{row.block} {row.blocks:,} {row.bytes:,}" in outline.says()
    assert ("a", {"href": "#cost"}) in outline.elements


def test_of_a_fast_file_it_says_that_numbers_may_hold_two_sums(
    page: str, claim: Claim, verification: Verification
) -> None:
    fast = replace(claim, manifest=replace(claim.manifest, style="fast"))
    said = "one number may hold the sums of two neurons"
    assert said in Outline(report_page(fast, [verification])).says()
    assert said not in Outline(page).says()


def test_verifications_of_two_files_are_refused(claim: Claim, verification: Verification) -> None:
    with pytest.raises(ProjectFileError, match="changed between two verifications"):
        report_page(claim, [verification, replace(verification, file_sha256="0" * 64)])
