"""The survey's votes, weights and anchors; rows held out by colour; the even filling."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scratchgen.colours.names import BASIC_NAMES
from scratchgen.colours.survey import survey_colours, survey_names, votes_of, word_votes
from scratchgen.colours.table import LabelledColour
from scratchgen.colours.training_colours import TrainingColours, colours_of_table, fill_evenly, hold_out


def test_every_word_votes_with_a_whole_vote_for_basic_names() -> None:
    assert len(word_votes()) >= 150
    for word, votes in word_votes().items():
        assert word not in BASIC_NAMES
        assert set(votes) <= set(BASIC_NAMES), word
        # shares are written with two decimals; their sum in binary may miss 1 by a rounding
        assert sum(votes.values()) == pytest.approx(1, abs=1e-9), word
        assert min(votes.values()) > 0


def test_every_word_of_the_table_is_the_last_word_of_a_survey_name() -> None:
    last = {name.replace("/", " ").split()[-1] for name in survey_names()}
    assert set(word_votes()) <= last


@pytest.mark.parametrize(
    ("name", "votes"),
    [
        ("red", {"red": 1}),
        ("very dark blue", {"blue": 1}),
        ("blue green", {"blue": 0.35, "green": 0.65}),
        ("green/yellow", {"green": 0.35, "yellow": 0.65}),
        ("unheard of", {}),
    ],
)
def test_names_vote_by_the_rule(name: str, votes: dict[str, float]) -> None:
    assert votes_of(name) == votes


def test_all_names_but_a_few_are_used_and_rows_are_votes() -> None:
    data = survey_colours()
    assert data.may_be_held_out.sum() >= 900
    assert data.votes.sum(axis=1) == pytest.approx(np.ones(len(data)), abs=1e-9)  # two decimals, as above
    assert (data.weights > 0).all()
    assert set(data.labels) == set(BASIC_NAMES)
    anchored = {name for name, held in zip(data.labels, data.may_be_held_out, strict=True) if not held}
    assert anchored == {"black", "white", "grey"}


def test_popular_names_weigh_more_and_rare_answers_are_raised() -> None:
    data = survey_colours()
    weight = dict(zip(map(tuple, data.colours.tolist()), data.weights.tolist(), strict=True))
    names = survey_names()
    assert weight[names["green"]] > weight[names["grass green"]] > weight[names["booger green"]]


def tables() -> st.SearchStrategy[TrainingColours]:
    row = st.builds(
        lambda channels, label: LabelledColour(channels=channels, label=label, weight=1.0, others={}),
        st.tuples(*[st.integers(0, 3)] * 3),
        st.sampled_from("abc"),
    )
    return st.lists(row, min_size=2, max_size=40).map(colours_of_table)


@given(tables(), st.floats(0.01, 0.9), st.integers(0, 2**32))
def test_no_colour_stands_on_both_sides_and_no_name_is_lost(
    data: TrainingColours, share: float, seed: int
) -> None:
    training, validation = hold_out(data, share, np.random.default_rng(seed))
    if training is validation:
        return
    assert len(training) + len(validation) == len(data)
    assert not set(map(tuple, training.colours.tolist())) & set(map(tuple, validation.colours.tolist()))
    assert set(validation.labels) <= set(training.labels)


@settings(max_examples=10)
@given(st.integers(0, 2**32))
def test_the_filling_has_its_share_of_the_weight(seed: int) -> None:
    data = survey_colours()
    filled = fill_evenly(data, np.random.default_rng(seed), count=64)
    assert len(filled) == len(data) + 64
    # sums of floats in another order
    assert filled.weights[-64:].sum() == pytest.approx(data.even_share * data.weights.sum(), rel=1e-12)
    assert filled.weights.sum() == pytest.approx(data.weights.sum(), rel=1e-12)
    assert filled.votes.sum(axis=1) == pytest.approx(np.ones(len(filled)), abs=1e-9)


def test_the_digest_changes_with_the_data() -> None:
    data = survey_colours()
    assert data.digest() == survey_colours().digest()
    assert data.rows(np.arange(len(data)) > 0).digest() != data.digest()
