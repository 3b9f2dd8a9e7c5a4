"""Puts findings and plots into one HTML page that needs nothing else: no script, no file, no other address.

Whatever comes from files (names, labels, sources) is text here and never HTML.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from typing import Any
from unicodedata import category

import jinja2
from markupsafe import Markup

from scratchgen.colours.survey import survey_colours
from scratchgen.colours.training_colours import TrainingColours
from scratchgen.errors import ProjectFileError
from scratchgen.evidence.file_costs import CostRow
from scratchgen.evidence.report.findings import (
    ColourMap,
    layer_rows,
    map_colours,
    score_kept_aside,
    training_facts,
)
from scratchgen.evidence.report.plots import accuracy_plot, loss_plot, slice_plot
from scratchgen.evidence.verify import Claim, Verification
from scratchgen.networks.intervals import EXACT_LIMIT
from scratchgen.networks.weights import TrainedNetwork
from scratchgen.resources import resource_folder
from scratchgen.training.fit import RESTART_EPOCHS, kept_epoch
from scratchgen.training.history import course_of

__all__ = ["report_page"]

MOST_MISMATCHES = 20
"""Mismatches of an engine that are shown; the others are only counted."""
MOST_SWAPS = 12
"""Pairs of names that are shown, the most frequent first."""


def report_page(
    claim: Claim,
    verifications: Sequence[Verification],
    *,
    data: TrainingColours | None = None,
    costs: Sequence[CostRow] = (),
) -> str:
    """Return the page about a file whose blocks were verified, on one engine at least, as HTML.

    ``data`` is what the network was trained on, the colour survey unless it is given; on other data there is
    no confusion table. ``costs`` are rows for the table of costs, which is left out when there are none. The
    same arguments give the same text.

    WeightsError when what the weights file keeps of its training is damaged; ProjectFileError when the
    verifications are not of one file.
    """
    if len({verification.file_sha256 for verification in verifications}) != 1:
        raise ProjectFileError(
            "it was changed between two verifications", where=str(claim.path), todo="make the report again"
        )
    trained, course = claim.trained, course_of(claim.trained)
    colours = survey_colours() if data is None else data
    colour_map, score = map_colours(trained), score_kept_aside(trained, colours)
    return (
        _environment()
        .get_template("report/report.html")
        .render(
            version=version("scratchgen"),
            file=claim.path.name,
            size=_size(trained),
            weights_sha256=claim.manifest.weights_sha256,
            verifications=verifications,
            most_mismatches=MOST_MISMATCHES,
            facts=training_facts(trained),
            course=course,
            kept=kept_epoch(course) if course else 0,
            compared=min(RESTART_EPOCHS, len(course)),
            curves=[Markup(loss_plot(course)), Markup(accuracy_plot(course))] if course else [],
            names=trained.names,
            score=score,
            learnt=not isinstance(score, str) and score.rows == len(colours),
            map=colour_map,
            slices=_slices(colour_map, trained),
            most_swaps=MOST_SWAPS,
            layers=layer_rows(trained),
            is_fast=claim.manifest.style == "fast",
            limit=EXACT_LIMIT,
            costs=costs,
        )
    )


def _size(trained: TrainedNetwork) -> str:
    network = trained.network
    sizes = zip(network.sizes[1:], network.layers, strict=True)
    return "-".join(
        map(str, [len(network.domain), *(size for size, layer in sizes if not layer.elementwise)])
    )


def _slices(colour_map: ColourMap | str, trained: TrainedNetwork) -> list[tuple[Any, Markup]]:
    if isinstance(colour_map, str):
        return []
    return [(part, Markup(slice_plot(part, trained.names))) for part in colour_map.slices]


def _whole(number: int) -> str:
    return f"{number:,}".replace("-", "−")


def _percent(share: float, digits: int = 1) -> str:
    return f"{share * 100:.{digits}f} %"


def _visible(value: Any) -> Any:
    """Show what no page may hold, controls and halves of surrogate pairs, by their numbers.

    >>> _visible("a\\0b\\ud800")
    'a\\\\x00b\\\\ud800'
    """
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return "".join(
        letter.encode("unicode_escape").decode() if category(letter) in ("Cc", "Cs") else letter
        for letter in value
    )


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(resource_folder("templates")),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"whole": _whole, "percent": _percent}
    environment.tests["text"] = lambda value: isinstance(value, str)
    return environment
