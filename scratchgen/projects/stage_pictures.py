"""Pictures that stages are made of: names, digits, marks, knobs and buttons, from SVG templates.

A picture is asked for by name when the project's text is parsed, and rendered then, so no file lies about.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from scratchgen.codegen.templates import render_svg, template_bytes
from scratchgen.codegen.text_width import fitted

__all__ = ["Picture", "Pictures", "stage_parts", "text_picture"]

WIDTH_OF_BOLD = 1.12
"""How much wider bold letters are, at most."""

Picture = Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Pictures:
    """Costumes by the names that a project's text calls them by; what is not made is a file as it is."""

    made: Mapping[str, Picture]

    def __call__(self, name: str) -> bytes:
        """Return a costume's bytes."""
        if name in self.made:
            return self.made[name]()
        return template_bytes(f"stage/{name}")


def text_picture(
    text: str, *, width: int, height: int, size: float, bold: bool = False, middle: bool = False, fill: str
) -> Picture:
    """Return a line of text, as large as ``size`` or as fits into the width; all in pixels."""
    size = fitted(text, size, width / WIDTH_OF_BOLD if bold else width)
    return partial(
        render_svg,
        "stage/text.svg",
        text=text,
        width=width,
        height=height,
        size=size,
        weight="bold" if bold else "normal",
        anchor="middle" if middle else "start",
        x=width / 2 if middle else 0,
        y=round(height / 2 + size * 0.34, 1),
        fill=fill,
    )


def stage_parts(ink: str) -> dict[str, Picture]:
    """Return digits, the per cent sign, and the ring of a map, by their files' names."""
    digits = {
        f"digit {digit}.svg": text_picture(str(digit), width=10, height=20, size=15, middle=True, fill=ink)
        for digit in range(10)
    }
    return digits | {
        "per cent.svg": text_picture("%", width=16, height=20, size=15, fill=ink),
        "marker.svg": partial(render_svg, "stage/marker.svg"),
    }
