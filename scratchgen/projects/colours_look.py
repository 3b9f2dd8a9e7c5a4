"""What the stage of a colour project shows of its network: names and their colours, bars, map, inside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from scratchgen.codegen.placed import INPUTS, PlacedLayer, place_layers
from scratchgen.codegen.templates import render_svg
from scratchgen.codegen.text_width import fitted
from scratchgen.networks.layers import Dense
from scratchgen.networks.weights import TrainedNetwork
from scratchgen.projects.stage_ink import LIGHT_LIMIT, light
from scratchgen.projects.stage_pictures import Picture, Pictures, stage_parts, text_picture
from scratchgen.scratch.manifest import Manifest

__all__ = ["Look", "best_colours"]

BLACK, WHITE, INK = "#000000", "#ffffff", "#22303c"
CUBE_STEPS = 33
MOST_DRAWN = 24
"""Neurons of a layer in the picture of the network; more would be dots."""
LEGEND_ROWS = 11
NET: Mapping[str, int] = {"left": -176, "right": 120, "top": 166, "bottom": -4}
"""Where the neurons of the picture are, in Scratch's coordinates."""
NET_PITCH = 30
LEGEND_LEFT, LEGEND_TOP, LEGEND_SIZE = 42, 160, 188
"""Where the names beside the map are; as wide as high."""


def best_colours(trained: TrainedNetwork) -> list[int]:
    """Return for each name the colour of which the network is surest, as red × 65536 + green × 256 + blue.

    Looked for among 33³ colours of the network's domain; the first of equals.
    """
    domain = trained.network.domain
    steps = [
        np.linspace(low, high, CUBE_STEPS).round().astype(np.int64)
        for low, high in zip(domain.low, domain.high, strict=True)
    ]
    rows = np.stack(np.meshgrid(*steps, indexing="ij"), axis=-1).reshape(-1, len(steps))
    logits = trained.network.reference(rows) * trained.logit_scale
    shares = np.exp(logits - logits.max(axis=1, keepdims=True))
    surest = (shares / shares.sum(axis=1, keepdims=True)).argmax(axis=0)
    return [int(red * 65536 + green * 256 + blue) for red, green, blue in rows[surest].tolist()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """The neurons of a layer in the picture: the list of their values, how many, and where they are."""

    list: str
    size: int
    x: float
    most: int

    @property
    def drawn(self) -> int:
        """How many of them are drawn."""
        return min(self.size, MOST_DRAWN)

    @property
    def pitch(self) -> float:
        """Pixels from one to the next."""
        return round(min(NET_PITCH, (NET["top"] - NET["bottom"]) / self.drawn), 2)

    @property
    def top(self) -> float:
        """Where number 0 would be; the others follow downwards."""
        return round((NET["top"] + NET["bottom"]) / 2 + self.pitch * (self.drawn + 1) / 2, 2)

    @property
    def circle(self) -> float:
        """The diameter of each."""
        return round(min(18, 0.85 * self.pitch), 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamePicture:
    """A name and the files of its costumes."""

    name: str
    number: int

    @property
    def dark(self) -> str:
        """In large black letters."""
        return f"name {self.number}.svg"

    @property
    def light(self) -> str:
        """In large white letters."""
        return f"name {self.number} light.svg"

    @property
    def label(self) -> str:
        """Small."""
        return f"label {self.number}.svg"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageButton:
    """A button that turns to a page and back: its sprite, its picture, the page, and the key that does the
    same."""

    sprite: str
    picture: str
    page: int
    key: str


PAGE_BUTTONS = (
    PageButton(sprite="Colour map", picture="map", page=2, key="m"),
    PageButton(sprite="Look inside", picture="inside", page=3, key="i"),
)


class Look:
    """All that the templates of the stage are given; ``pictures`` makes the costumes that they name."""

    light_limit = LIGHT_LIMIT
    solid_colour, dashed_colour, lit = "#1d6fb8", "#b8501d", "#f2b705"
    solid, dashed = 0x1D6FB8, 0xB8501D
    dashes = 9
    net = NET

    def __init__(self, trained: TrainedNetwork, manifest: Manifest) -> None:
        self.language = manifest.language
        self.names = [
            NamePicture(name=name, number=number) for number, name in enumerate(manifest.names, start=1)
        ]
        self.name_colours = best_colours(trained)
        self.light = light()
        placed = place_layers(trained.network, manifest.logits)
        self.inside = manifest.style == "readable"
        self.dense = [_lines_of(layer) for layer in placed if isinstance(layer.network_layer, Dense)]
        self.columns = _columns(trained, manifest, placed)
        self.pages = 3 if self.inside else 2
        self.buttons = [button for button in PAGE_BUTTONS if button.page <= self.pages]

    @property
    def legend(self) -> list[dict[str, Any]]:
        """The rows beside the colour map: number, colour and name of each."""
        columns = -(-len(self.names) // LEGEND_ROWS)
        rows = -(-len(self.names) // columns)
        pitch = min(16.5, LEGEND_SIZE / rows)
        return [
            {
                "x": LEGEND_LEFT + (number // rows) * LEGEND_SIZE / columns,
                "y": round(LEGEND_TOP - pitch * (number % rows), 1),
                "size": 12,
                "font": fitted(
                    f"{picture.number} {picture.name}", 12 if columns == 1 else 9, LEGEND_SIZE / columns - 22
                ),
                "colour": f"#{colour:06x}",
                "name": picture.name,
            }
            for number, (picture, colour) in enumerate(zip(self.names, self.name_colours, strict=True))
        ]

    def pictures(self, context: Mapping[str, Any]) -> Pictures:
        """Return the costumes; ``context`` is what the templates of the pages are given."""
        made: dict[str, Picture] = {}
        for each in self.names:
            for name, fill in ((each.dark, BLACK), (each.light, WHITE)):
                made[name] = text_picture(
                    each.name, width=260, height=80, size=46, bold=True, middle=True, fill=fill
                )
            made[each.label] = text_picture(each.name, fill=INK, width=130, height=20, size=15)
            made[f"mark {each.number}.svg"] = partial(render_svg, "stage/mark.svg", text=each.number)
        for page in ("start", "colour", "map", "inside"):
            made[f"{page}.svg"] = partial(
                render_svg, f"colours/{page}.svg", language=self.language, **context
            )
        for button in ("random", *(each.picture for each in self.buttons)):
            for ending, pressed in (("", False), (" pressed", True)):
                made[f"button {button}{ending}.svg"] = partial(
                    render_svg, "colours/button.svg", language=self.language, button=button, pressed=pressed
                )
        return Pictures(made | stage_parts(INK))


def _lines_of(layer: PlacedLayer) -> dict[str, Any]:
    assert isinstance(layer.network_layer, Dense)
    largest = max(1, int(np.abs(layer.network_layer.weights).max()))
    return {"title": layer.title, "weights": layer.lists["weights"], "largest": largest}


def _columns(trained: TrainedNetwork, manifest: Manifest, placed: tuple[PlacedLayer, ...]) -> list[Column]:
    """Return the inputs and each dense layer's neurons; these lists keep what later layers make of them."""
    dense = [layer for layer in placed if isinstance(layer.network_layer, Dense)]
    lists = [(INPUTS, len(trained.network.domain), max(trained.network.domain.high))]
    lists += [(layer.target, len(layer.network_layer.biases), 0) for layer in dense[:-1]]  # type: ignore[attr-defined]
    lists += [("per cent", len(manifest.names), 100)]
    step = (NET["right"] - NET["left"]) / (len(lists) - 1)
    return [
        Column(list=name, size=size, x=round(NET["left"] + step * at, 1), most=most)
        for at, (name, size, most) in enumerate(lists)
    ]
