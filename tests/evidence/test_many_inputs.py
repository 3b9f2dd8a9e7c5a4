"""Questions where nobody could ask all, and the reference's answers to sequences."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scratchgen.errors import InputError
from scratchgen.evidence.many_inputs import many_questions, reference_logits
from scratchgen.evidence.questions import draw_questions
from scratchgen.networks.network import IntegerNetwork
from scratchgen.networks.weights import read_weights
from scratchgen.resources import resource_folder
from tests.codegen.any_projects import any_networks, manifest_of


@settings(max_examples=30)
@given(any_networks().filter(lambda network: len(network.domain) > 4 or network.remembers))
def test_questions_are_of_the_domain_and_begin_with_its_corners(network: IntegerNetwork) -> None:
    manifest = manifest_of(network)
    rows, corners = many_questions(network, manifest)
    low, high = network.domain.low, network.domain.high
    assert corners == 2 + 2 * len(low)
    assert len(rows) == corners + 2000
    values = rows[:, : len(low)]
    assert (values >= low).all()
    assert (values <= high).all()
    assert values[0].tolist() == list(low)
    assert values[1].tolist() == list(high)
    if network.remembers:
        assert set(rows[:, -1].tolist()) == {0, 1}
        assert rows[0, -1] == 1
        assert np.diff([*np.flatnonzero(rows[:, -1]), len(rows)]).max() <= 20


@settings(max_examples=30)
@given(
    any_networks().filter(lambda network: network.remembers),
    st.lists(st.integers(1, 4), min_size=1, max_size=4),
    st.integers(0, 2**32 - 1),
)
def test_sequences_in_a_row_are_answered_as_each_alone(
    network: IntegerNetwork, lengths: list[int], seed: int
) -> None:
    draws = np.random.default_rng(seed)
    low, high = np.array(network.domain.low), np.array(network.domain.high)
    words = [draws.integers(low, high + 1, (length, len(low))) for length in lengths]
    begins = [int(at == 0) for length in lengths for at in range(length)]
    rows = np.column_stack([np.concatenate(words), begins])
    alone = [network.sequences(word[None])[0].tolist() for word in words]
    expected = [logits for word in alone for logits in word]
    assert reference_logits(network, manifest_of(network), rows).tolist() == expected


def test_questions_of_many_inputs_are_not_numbered_through() -> None:
    network = read_weights(resource_folder("trained_weights") / "digits_dense.json").network
    with pytest.raises(InputError, match="64 inputs"):
        draw_questions(network, 5, seed=1)
