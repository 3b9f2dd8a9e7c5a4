"""Makes matplotlib's SVG an element of an HTML page: no size, no dates, few and unmistakable identifiers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import StringIO
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["HALO", "INK", "QUIET", "Drawing", "drawing"]

INK, QUIET, FAINT = "#1f2933", "#52606d", "#d9dee3"
UNITS_AN_INCH = 72
STYLE: dict[Any, Any] = {
    "axes.edgecolor": QUIET,
    "axes.labelcolor": QUIET,
    "axes.linewidth": 0.8,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "font.family": [
        "DejaVu Sans"
    ],  # comes with matplotlib, to measure with; the page puts its own in its place
    "font.size": 10.0,
    "grid.color": FAINT,
    "grid.linewidth": 0.8,
    "svg.fonttype": "none",
    "svg.hashsalt": "scratchgen",
    "text.color": INK,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
}
HALO = "halo"
"""The group identifier of texts that the page gives a light edge; it becomes a class."""
UNWANTED = ("metadata", "style")
REFERENCE = re.compile(r"url\(#([^)]+)\)|^#(.+)$")
FRACTION = re.compile(r"-?\d+\.\d+")


@dataclass(slots=True, kw_only=True)
class Drawing:
    """A figure to draw on; ``svg`` is its text once the block of :func:`drawing` has ended."""

    figure: Figure
    title: str = ""
    description: str = ""
    svg: str = field(default="", init=False)


@contextmanager
def drawing(name: str, width: float, height: float) -> Iterator[Drawing]:
    """Yield an empty figure of so many SVG units in the report's style.

    ``name`` begins every identifier in the SVG, so it has to be another one for each drawing of a page. The
    block sets ``title`` and ``description``, which say in words what is to be seen.
    """
    import matplotlib
    from matplotlib.figure import Figure

    with matplotlib.rc_context():
        matplotlib.rcdefaults()  # the reader's own settings are not the report's
        matplotlib.rcParams.update(STYLE)
        made = Drawing(figure=Figure(figsize=(width / UNITS_AN_INCH, height / UNITS_AN_INCH)))
        yield made
        buffer = StringIO()
        made.figure.savefig(buffer, format="svg", transparent=True, metadata={"Date": None})
    made.svg = _element(buffer.getvalue(), made, name)


def _element(text: str, made: Drawing, name: str) -> str:
    root = ElementTree.fromstring(text)
    for parent in list(root.iter()):
        for child in [child for child in parent if _local(child.tag) in UNWANTED]:
            parent.remove(child)
    references = [
        found[1] or found[2]
        for element in root.iter()
        for value in element.attrib.values()
        for found in REFERENCE.finditer(value)
    ]
    names = {old: f"{name}-{number}" for number, old in enumerate(dict.fromkeys(references), start=1)}
    for element in root.iter():
        _simplify(element, names)
    for key in ("width", "height", "version"):
        root.attrib.pop(key, None)
    root.attrib |= {"role": "img", "aria-labelledby": f"{name}-title {name}-description"}
    words = (("title", made.title), ("desc", made.description))
    for at, (tag, said) in enumerate(words):
        element = ElementTree.Element(tag, {"id": f"{name}-{'description' if tag == 'desc' else tag}"})
        element.text = said
        root.insert(at, element)
    return ElementTree.tostring(root, encoding="unicode")


def _simplify(element: ElementTree.Element, names: dict[str, str]) -> None:
    """Drop namespaces (in a page there are none), identifiers that nothing refers to, and needless digits."""
    element.tag = _local(element.tag)
    attributes = {_local(key): value for key, value in element.attrib.items()}
    identifier = attributes.pop("id", "")
    kept: dict[str, str] = {"id": names[identifier]} if identifier in names else {}
    if identifier == HALO:
        kept["class"] = HALO
    for key, value in attributes.items():
        kept[key] = REFERENCE.sub(
            lambda found: found[0].replace(found[1] or found[2], names[found[1] or found[2]]), value
        )
    if "d" in kept:
        kept["d"] = " ".join(FRACTION.sub(lambda found: f"{float(found[0]):.1f}", kept["d"]).split())
    element.attrib = kept
    if not (element.text or "").strip():
        element.text = None
    element.tail = None


def _local(name: str) -> str:
    return name.rpartition("}")[2]
