"""The course of a training travels in the weights file; what is no course is refused."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scratchgen.errors import WeightsError
from scratchgen.networks.weights import from_text, read_weights, to_text
from scratchgen.resources import resource_folder
from scratchgen.training.fit import PATIENCE, Epoch, kept_epoch
from scratchgen.training.history import course_of, history_of

SHIPPED = read_weights(resource_folder("trained_weights") / "colours.json")
MEASURES = ("loss", "validation_loss", "validation_accuracy")
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
EPOCHS = st.builds(Epoch, loss=NUMBERS, validation_loss=NUMBERS, validation_accuracy=NUMBERS)


@given(st.lists(EPOCHS))
def test_a_course_survives_the_file(course: list[Epoch]) -> None:
    kept = replace(SHIPPED, training={"history": history_of(course)})
    assert course_of(from_text(to_text(kept))) == tuple(course)


def test_the_shipped_course_is_that_of_the_shipped_network() -> None:
    course = course_of(SHIPPED)
    assert len(course) == SHIPPED.training["epochs"]
    kept = course[kept_epoch(course) - 1]
    assert kept.validation_accuracy == SHIPPED.training["figures"]["float_accuracy"]
    # training ended because so many epochs brought nothing better
    assert len(course) - kept_epoch(course) == PATIENCE


def test_a_file_without_a_history_has_no_course() -> None:
    assert course_of(replace(SHIPPED, training={})) == ()


def columns(**changed: object) -> dict[str, object]:
    return {name: [0.5, 0.25] for name in MEASURES} | changed


@pytest.mark.parametrize(
    "history",
    [
        None,
        [],
        {},
        {"loss": [1.0]},
        columns(loss=[0.5]),
        columns(loss="ab"),
        columns(loss=[0.5, None]),
        columns(loss=[0.5, True]),
        columns(loss=[0.5, float("nan")]),
        columns(loss=[0.5, 10**400]),
    ],
)
def test_what_is_no_course_is_refused(history: object) -> None:
    with pytest.raises(WeightsError, match="history of the training is damaged"):
        course_of(replace(SHIPPED, training={"history": history}))
