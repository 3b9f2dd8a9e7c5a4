"""The growth of networks as a plot: how many answers a second each form gives, by its weights."""

from __future__ import annotations

import io
from collections.abc import Sequence

from scratchgen.evidence.network_bench import FormTimes

__all__ = ["growth_plot"]

COLOURS = {"hobbyist": "#7a7a7a", "readable": "#1f5fa8", "fast": "#c4431a", "naive": "#8a6d1f"}
"""Distinct in brightness too, for those who cannot tell the colours."""
MARKERS = {"hobbyist": "s", "readable": "o", "fast": "^", "naive": "D"}
TITLES = {"scratch": "official engine", "turbowarp": "TurboWarp", "simulator": "Python simulator"}


def growth_plot(measured: Sequence[FormTimes]) -> bytes:
    """Return an SVG with one panel an engine, both axes logarithmic."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    engines = list(dict.fromkeys(engine for each in measured for engine in each.seconds))
    figure = Figure(figsize=(4.2 * len(engines), 3.8), layout="constrained")
    FigureCanvasSVG(figure)
    panels = figure.subplots(1, len(engines), sharey=True, squeeze=False)[0]
    for panel, engine in zip(panels, engines, strict=True):
        for form, colour in COLOURS.items():
            points = [(each.weights, 1 / each.seconds[engine]) for each in measured if each.form == form]
            if points:
                panel.plot(*zip(*sorted(points), strict=True), MARKERS[form] + "-", color=colour, label=form)
        panel.set(xscale="log", yscale="log", xlabel="weights", title=TITLES[engine])
        panel.grid(alpha=0.3)
    panels[0].set_ylabel("answers a second")
    panels[-1].legend()
    buffer = io.BytesIO()
    with rc_context({"svg.hashsalt": "scratchgen"}):
        figure.savefig(buffer, format="svg", metadata={"Date": None})
    return buffer.getvalue()
