"""What the stage of a digit project shows: the grid, the bars of both networks, what the filters see."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial

from scratchgen.codegen.templates import render_svg, template_bytes
from scratchgen.digits.drawing import BLOCK, GRID, SIDE
from scratchgen.networks.layers import Conv2d
from scratchgen.networks.weights import TrainedNetwork
from scratchgen.projects.stage_pictures import Picture, Pictures, text_picture

__all__ = ["DigitsLook"]

INK = "#22303c"
MAP_SIDE, MAP_GAP, MAPS_A_ROW = 8, 8, 4


class DigitsLook:
    """All that the templates of the stage are given; places are in Scratch's coordinates."""

    grid, block, side = GRID, BLOCK, SIDE
    cell = 7
    left, top = -230, 170
    small = 8
    seen_left, seen_top = -230, -78
    bars_left, bars_top, bars_pitch = 26, 112, 112
    bar_pitch, bar_height, bar_width = 17, 9, 70
    answer_y = 138

    def __init__(self, networks: Mapping[str, TrainedNetwork], language: str) -> None:
        self.language = language
        self.per_cents = [f"{name} per cents" for name in networks]
        self.examples = json.loads(template_bytes("digits/examples.json"))["examples"]
        convolving = [
            (each, layer) for each in networks.values() if isinstance(layer := each.network.layers[0], Conv2d)
        ]
        self.convolutional = convolving[0][0] if convolving else None
        self.maps = len(convolving[0][1].biases) if convolving else 0
        self.maps_list = "hidden 1"

    @property
    def width(self) -> int:
        """Pixels along each side of the grid."""
        return self.grid * self.cell

    @property
    def map_cell(self) -> int:
        """Pixels along each side of a cell of what a filter sees; its pictures are as large as the grid."""
        return (self.map_pitch - MAP_GAP) // MAP_SIDE

    @property
    def map_pitch(self) -> int:
        """Pixels from one picture to the next."""
        return self.width // MAPS_A_ROW

    def pictures(self) -> Pictures:
        """Return the costumes that the project names."""
        made: dict[str, Picture] = {}
        for page in ("start", "draw", "filters"):
            made[f"{page}.svg"] = partial(render_svg, f"digits/{page}.svg", language=self.language, look=self)
        for button in ("clear", "filters"):
            for ending, pressed in (("", False), (" pressed", True)):
                made[f"button {button}{ending}.svg"] = partial(
                    render_svg, "digits/button.svg", language=self.language, button=button, pressed=pressed
                )
        for digit in range(10):
            made[f"answer {digit}.svg"] = text_picture(
                str(digit), width=30, height=40, size=34, bold=True, middle=True, fill=INK
            )
        return Pictures(made)
