"""Scores are counts: checked against the definition."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scratchgen.colours.scoring import score

NAMES = ["black", "white", "grey"]
pairs = st.lists(st.tuples(st.sampled_from([*NAMES, "mauve"]), st.sampled_from(NAMES)), min_size=1)


@given(pairs)
def test_figures_are_the_definitions(rows: list[tuple[str, str]]) -> None:
    outcome = score([label for label, _ in rows], [name for _, name in rows], NAMES)
    assert outcome.rows == len(rows)
    assert outcome.right == sum(label == name for label, name in rows)
    assert outcome.accuracy == outcome.right / len(rows)
    assert outcome.labels == tuple(
        name for name in [*NAMES, "mauve"] if any(label == name for label, _ in rows)
    )
    for label in outcome.labels:
        of_label = [name for other, name in rows if other == label]
        assert outcome.recall(label) == of_label.count(label) / len(of_label)
        assert all(outcome.confusion[label].get(name, 0) == of_label.count(name) for name in NAMES)
    assert outcome.recall(outcome.worst) == min(map(outcome.recall, outcome.labels))


def test_nothing_to_score_is_refused() -> None:
    with pytest.raises(ValueError, match="one label at least"):
        score([], [], NAMES)
