"""The course of a training in a weights file: what each epoch came to, measure by measure, for reports.

Nothing is computed from it; files that were written before it existed simply lack it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from scratchgen.errors import WeightsError
from scratchgen.networks.weights import TrainedNetwork
from scratchgen.training.fit import Epoch

__all__ = ["course_of", "history_of"]

MEASURES = tuple(field.name for field in fields(Epoch))


def history_of(course: Sequence[Epoch]) -> dict[str, list[float]]:
    """Return the course as JSON values: for each measure of an epoch all its values in order.

    >>> history_of([Epoch(loss=1.25, validation_loss=1.5, validation_accuracy=0.5)])
    {'loss': [1.25], 'validation_loss': [1.5], 'validation_accuracy': [0.5]}
    """
    return {name: [getattr(epoch, name) for epoch in course] for name in MEASURES}


def course_of(trained: TrainedNetwork) -> tuple[Epoch, ...]:
    """Return the course that a weights file keeps; empty when it keeps none.

    WeightsError when what it keeps is no course.
    """
    content: Mapping[str, Any] = trained.training
    if "history" not in content:
        return ()
    match content["history"]:
        case {"loss": [*_], "validation_loss": [*_], "validation_accuracy": [*_]} as history:
            columns = [history[name] for name in MEASURES]
            alike = len({len(column) for column in columns}) == 1
            if alike and all(_is_number(value) for column in columns for value in column):
                return tuple(
                    Epoch(**dict(zip(MEASURES, map(float, row), strict=True)))
                    for row in zip(*columns, strict=True)
                )
    raise WeightsError("the history of the training is damaged", todo="train the network again")


def _is_number(value: object) -> bool:
    try:
        return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    except OverflowError:  # an integer that no double holds
        return False
