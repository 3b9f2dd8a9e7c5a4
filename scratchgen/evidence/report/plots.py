"""The plots of a report: the course of the training, and slices of the colour cube with the borders of names.

Each is drawn about as wide as a phone, so that its letters stay readable there; the page decides how many
stand side by side. What is told by colour is told by the style of a line, a mark or a word as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from scratchgen.evidence.report.findings import SLICE_STEP, MapSlice
from scratchgen.evidence.report.svg import HALO, INK, drawing
from scratchgen.training.fit import Epoch, kept_epoch

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["accuracy_plot", "loss_plot", "slice_plot"]

BLUE, ORANGE = "#1f5fa8", "#b3480f"
WIDTH = 340
"""SVG units, one a pixel on a phone."""
LONGEST_LABEL = 12
"""Characters of a name that may stand in the map; a longer name is shown by its number."""
LETTER = 4.8
"""SVG units that a letter of a label is wide, about."""
LETTER_ROWS = 3
"""Points of a slice that half a letter is high, about."""
MOST_REACH = 15
"""Points of a slice that half a long label is wide; where there is more room, it stands in the middle."""
PANEL = 144
"""SVG units along an edge of a slice."""
SLICE_HEIGHT = 184


def loss_plot(course: Sequence[Epoch]) -> str:
    """Draw the loss over the epochs: of the training samples and of the rows kept aside."""
    best, epochs = kept_epoch(course), range(1, len(course) + 1)
    kept = [epoch.validation_loss for epoch in course]
    with drawing("loss", WIDTH, 215) as made:
        axes = _axes(made.figure, "Loss, in nats a colour")
        axes.plot(
            epochs, [epoch.loss for epoch in course], color=BLUE, linestyle=(0, (4, 2)), label="training"
        )
        axes.plot(epochs, kept, color=ORANGE, label="kept aside")
        _mark(axes, best, kept[best - 1])
        axes.set_ylim(bottom=0)
        axes.legend(frameon=False, loc="upper right", handlelength=2.6)
        made.title = "Loss by epoch"
        made.description = (
            f"On the rows kept aside it is {kept[0]:.3f} after the first epoch and {kept[best - 1]:.3f} "
            f"after epoch {best}, whose network was kept. On the training samples it is "
            f"{course[0].loss:.3f} at first and {course[-1].loss:.3f} at last."
        )
    return made.svg


def accuracy_plot(course: Sequence[Epoch]) -> str:
    """Draw the accuracy on the rows kept aside over the epochs."""
    best, shares = kept_epoch(course), [epoch.validation_accuracy for epoch in course]
    with drawing("accuracy", WIDTH, 215) as made:
        axes = _axes(made.figure, "Accuracy on the rows kept aside")
        axes.plot(range(1, len(course) + 1), shares, color=ORANGE)
        _mark(axes, best, shares[best - 1])
        axes.set_ylim(0, 1.02)
        axes.yaxis.set_major_formatter(lambda share, _: f"{share * 100:.0f} %")
        axes.legend(frameon=False, loc="lower right")
        made.title = "Accuracy by epoch"
        made.description = (
            f"It is {shares[0]:.1%} after the first epoch and {shares[best - 1]:.1%} after epoch {best}, "
            "whose network was kept."
        )
    return made.svg


def _axes(figure: Figure, title: str) -> Axes:
    from matplotlib.ticker import MaxNLocator

    axes: Axes = figure.add_axes((0.115, 0.175, 0.87, 0.71))
    axes.set_title(title, loc="left", fontsize=10.5, x=-0.125, pad=8)
    axes.set_xlabel("epoch")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=7))
    axes.grid(axis="y")
    axes.set_axisbelow(True)
    axes.tick_params(length=3)
    return axes


def _mark(axes: Axes, epoch: int, value: float) -> None:
    axes.plot(
        [epoch],
        [value],
        label=f"the kept network, epoch {epoch}",
        linestyle="none",
        marker="o",
        markersize=6.5,
        markerfacecolor="white",
        markeredgecolor=INK,
        markeredgewidth=1.5,
    )


def slice_plot(part: MapSlice, names: Sequence[str]) -> str:
    """Draw a plane of the cube in its own colours, with the borders between names by both networks.

    Points that the integer network names otherwise are dotted in its half.
    """
    halves = (("float network", 22, part.floats), ("integer network", 190, part.integers))
    with drawing(f"blue-{part.blue}", WIDTH, SLICE_HEIGHT) as made:
        for title, left, named in halves:
            place = (left / WIDTH, 22 / SLICE_HEIGHT, PANEL / WIDTH, PANEL / SLICE_HEIGHT)
            axes: Axes = made.figure.add_axes(place)
            axes.set_title(title, fontsize=10, pad=4)
            _draw_plane(axes, part.blue)
            _draw_borders(axes, named)
            if named is part.integers:
                _draw_differences(axes, part)
            _draw_labels(axes, named, names)
            _draw_scales(axes, first=named is part.floats)
        made.title = f"The colours with blue {part.blue}"
        made.description = (
            f"Red grows to the right, green upwards. Of {part.points:,} points the integer network names "
            f"{part.differing:,} otherwise than the float network."
        )
    return made.svg


def _draw_plane(axes: Axes, blue: int) -> None:
    half = SLICE_STEP / 2
    axis = np.arange(0, 256, SLICE_STEP, dtype=np.uint8)
    green, red = np.meshgrid(axis, axis, indexing="ij")
    picture = np.stack([red, green, np.full_like(red, blue)], axis=-1)
    axes.imshow(picture, origin="lower", extent=(-half, 255 + half, -half, 255 + half), interpolation="none")


def _draw_borders(axes: Axes, named: NDArray[np.int64]) -> None:
    axis = np.arange(0, 256, SLICE_STEP)
    for colour, width in (("white", 2.4), ("black", 1.0)):  # one of them is seen on any ground
        for number in np.unique(named)[1:]:  # the first has no border that is not another's too
            inside = (named == number).astype(float)
            axes.contour(axis, axis, inside, levels=[0.5], colors=colour, linewidths=width)


def _draw_differences(axes: Axes, part: MapSlice) -> None:
    greens, reds = np.nonzero(part.floats != part.integers)
    axes.plot(
        reds * SLICE_STEP,
        greens * SLICE_STEP,
        linestyle="none",
        marker="o",
        markersize=3.4,
        markerfacecolor="white",
        markeredgecolor="black",
        markeredgewidth=0.9,
    )


def _draw_labels(axes: Axes, named: NDArray[np.int64], names: Sequence[str]) -> None:
    for number in np.unique(named).tolist():
        row, column, room = roomiest(named == number)
        label = map_label(number, names, room * SLICE_STEP * PANEL / 255)
        if label:
            place = (column * SLICE_STEP, row * SLICE_STEP)
            axes.text(*place, label, ha="center", va="center", fontsize=9.5, parse_math=False, gid=HALO)


def map_label(number: int, names: Sequence[str], room: float) -> str:
    """Return what the map calls a name in so many SVG units: the name, else its number from 1, else nothing.

    >>> [map_label(1, ["black", "white"], room) for room in (40, 14, 3)]
    ['white', '2', '']
    """
    name = names[number]
    plain = len(name) <= LONGEST_LABEL and name.isascii() and name.isprintable()
    for label in (name, f"{number + 1}") if plain else (f"{number + 1}",):
        if len(label) * LETTER <= room:
            return label
    return ""


def roomiest(region: NDArray[np.bool_]) -> tuple[int, int, int]:
    """Return row and column of a point of a region around which there is room for letters, and the room.

    The room is the number of columns, evenly to both sides, that are inside the region; no more is looked for
    than the longest label needs. Rows at the upper and lower edge do not count where others are left.

    >>> roomiest(np.array([[0, 0, 0, 0, 0], [1, 1, 1, 1, 1], [1, 1, 1, 1, 1], [1, 1, 1, 1, 1]], dtype=bool))
    (2, 2, 5)
    """
    inner = _without_edge(region, LETTER_ROWS)
    to_the_left, to_the_right = _runs(inner), _runs(inner[:, ::-1])[:, ::-1]
    reach = np.minimum(np.minimum(to_the_left, to_the_right), MOST_REACH)
    rows, columns = np.nonzero(reach == reach.max())
    row = rows[len(rows) // 2]
    among = columns[rows == row]
    return int(row), int(among[len(among) // 2]), int(2 * reach.max() - 1)


def _runs(region: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return for each point how many points in a row, up to it and counted from the left, are inside."""
    columns = np.arange(1, region.shape[1] + 1)
    outside = np.maximum.accumulate(np.where(region, 0, columns), axis=1)
    return columns - outside


def _without_edge(region: NDArray[np.bool_], rows: int) -> NDArray[np.bool_]:
    """Take so many rows from the upper and lower edge of a region, or fewer if nothing would be left."""
    inner = region
    for _ in range(rows):
        padded = np.pad(inner, ((1, 1), (0, 0)))
        smaller = padded[:-2] & padded[2:] & inner
        if not smaller.any():
            break
        inner = smaller
    return inner


def _draw_scales(axes: Axes, *, first: bool) -> None:
    axes.set_xlabel("red", labelpad=-7)
    axes.set_xticks([0, 255])
    axes.set_yticks([0, 255] if first else [])
    if first:
        axes.set_ylabel("green", labelpad=-14)
    axes.tick_params(length=2, pad=2, labelsize=9)
    red_low, red_high = axes.get_xticklabels()
    red_low.set_horizontalalignment("left")
    red_high.set_horizontalalignment("right")
    if first:
        green_low, green_high = axes.get_yticklabels()
        green_low.set_verticalalignment("bottom")
        green_high.set_verticalalignment("top")
    for spine in axes.spines.values():
        spine.set_visible(True)
