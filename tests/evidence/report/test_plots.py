"""Plots are whole SVG elements, the same for the same data; labels lie inside of what they name."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.typing import NDArray

from scratchgen.evidence.report.findings import MapSlice
from scratchgen.evidence.report.plots import accuracy_plot, loss_plot, map_label, roomiest, slice_plot
from scratchgen.evidence.report.svg import drawing
from scratchgen.training.fit import Epoch

COURSE = [Epoch(loss=2 / n, validation_loss=3 / n, validation_accuracy=1 - 1 / n) for n in range(1, 12)]
NAMES = ("left", "right, and so long a name that there is no room", "$x^$", "<b>")


def halves(*, differing: int) -> MapSlice:
    """A plane of four names in quarters, of which some points differ."""
    green, red = np.indices((86, 86))
    floats = (green >= 43) * 2 + (red >= 43)
    integers = floats.copy()
    integers.flat[:differing] = 3
    return MapSlice(blue=51, floats=floats, integers=integers)


def plots() -> dict[str, str]:
    return {
        "loss": loss_plot(COURSE),
        "accuracy": accuracy_plot(COURSE),
        "one epoch": loss_plot(COURSE[:1]),
        "slice": slice_plot(halves(differing=5), NAMES),
        "one name": slice_plot(
            MapSlice(blue=0, floats=np.zeros((86, 86), np.int64), integers=np.zeros((86, 86), np.int64)),
            NAMES,
        ),
    }


PLOTS = plots()


@pytest.mark.parametrize("svg", PLOTS.values(), ids=PLOTS)
def test_a_plot_is_an_element_with_a_title_and_nothing_from_elsewhere(svg: str) -> None:
    root = ElementTree.fromstring(svg)
    assert root.tag == "svg"
    assert root.get("viewBox")
    assert root.get("width") is None
    title, description = root[0], root[1]
    assert (title.tag, description.tag) == ("title", "desc")
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert title.text
    assert description.text
    assert {element.tag for element in root.iter()}.isdisjoint(
        {"script", "style", "metadata", "foreignObject"}
    )
    identifiers = {element.get("id") for element in root.iter()} - {None}
    for element in root.iter():
        for key, value in element.attrib.items():
            for name in re.findall(r"url\(#([^)]+)\)", value):
                assert name in identifiers
            if key == "href":
                assert value.startswith("data:image/png;base64,") or value[1:] in identifiers


def test_the_reader_settings_and_the_time_change_nothing() -> None:
    with matplotlib.rc_context({"axes.facecolor": "red", "font.size": 30.0, "lines.linewidth": 9.0}):
        assert plots() == PLOTS


def test_identifiers_begin_with_the_name_of_the_drawing() -> None:
    texts = []
    for name in ("one", "two"):
        with drawing(name, 100, 100) as made:
            axes = made.figure.add_subplot()
            axes.plot([1, 2], [1, 2])
        texts.append(made.svg)
    one, two = (re.findall(r'id="([^"]+)"', text) for text in texts)
    assert one
    assert set(one).isdisjoint(two)
    assert all(name.startswith("one-") for name in one)


def test_the_curve_marks_the_kept_epoch() -> None:
    assert "the kept network, epoch 11" in loss_plot(COURSE)
    assert f"{COURSE[-1].validation_accuracy * 100:.1f}%" in accuracy_plot(COURSE)
    # a better epoch before the beginnings were compared was not kept
    early = [Epoch(loss=1, validation_loss=0.1, validation_accuracy=0.9), *COURSE[1:]]
    assert "the kept network, epoch 11" in loss_plot(early)


@pytest.mark.parametrize("count", [0, 1, 40])
def test_every_difference_is_a_dot(count: int) -> None:
    svg = slice_plot(halves(differing=count), NAMES)
    dots = re.findall(r"<use [^>]*stroke: #000000[^>]*>", svg)
    assert len(dots) == count
    assert f"names {count:,} otherwise" in svg


def test_names_are_words_or_numbers_and_never_formulas() -> None:
    svg = slice_plot(halves(differing=0), NAMES)
    said = [text.text for text in ElementTree.fromstring(svg).iter("text")]
    for label in ("left", "2", "$x^$", "<b>"):
        assert said.count(label) == 2, said
    assert "<b>" not in svg


@pytest.mark.parametrize(
    ("name", "label"),
    [("tan", "tan"), ("bläulich", "1"), ("a\tb", "1"), ("😀", "1"), ("x" * 13, "1"), ("", "")],
)
def test_what_may_not_be_measured_is_a_number(name: str, label: str) -> None:
    assert map_label(0, [name], 100) == label


@given(arrays(np.bool_, array_shapes(min_dims=2, max_dims=2, max_side=12)).filter(np.any))
def test_a_label_and_its_room_lie_inside(region: NDArray[np.bool_]) -> None:
    row, column, room = roomiest(region)
    half = (room - 1) // 2
    assert region[row, column - half : column + half + 1].all()
    assert column - half >= 0
    assert column + half < region.shape[1]


@given(st.integers(1, 12), st.integers(1, 12))
def test_in_a_rectangle_the_label_is_in_the_middle(rows: int, columns: int) -> None:
    row, column, room = roomiest(np.ones((rows, columns), dtype=bool))
    assert abs(row - (rows - 1) / 2) <= 0.5
    assert abs(column - (columns - 1) / 2) <= 0.5
    assert room == columns - (columns % 2 == 0)
