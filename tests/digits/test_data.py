"""The handwritten digits, their parts, and what augmentation makes of them."""

import builtins

import numpy as np
import pytest

from scratchgen.digits.augment import augmented
from scratchgen.digits.data import handwritten_digits, hold_out
from scratchgen.errors import InputError


def test_a_fifth_is_kept_aside_with_every_digits_share() -> None:
    rows = handwritten_digits()
    training, held_out = hold_out(rows, seed=0)
    assert (len(rows), len(training) + len(held_out)) == (1797, 1797)
    shares = np.bincount(held_out.labels) / np.bincount(rows.labels)
    assert (abs(shares - 0.2) < 0.5 / 170).all()  # half a digit of the 170 or more that there are of each
    seen = {row.tobytes() for row in training.counts}
    assert sum(row.tobytes() in seen for row in held_out.counts) == 0
    assert hold_out(rows, seed=0)[1].digest() == held_out.digest() != hold_out(rows, seed=1)[1].digest()


def test_without_scikit_learn_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def missing(name: str, *rest: object, **more: object) -> object:
        if name.startswith("sklearn"):
            raise ImportError(name)
        return real(name, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(InputError, match=r"scratchgen\[digits\]"):
        handwritten_digits()


def test_bent_digits_are_counts_and_are_like_themselves_more_than_like_others() -> None:
    rows, _ = hold_out(handwritten_digits(), seed=0)
    rows = rows[np.arange(200)]
    bent = augmented(rows.counts, np.random.default_rng(0))
    assert bent.min() >= 0
    assert bent.max() <= 16
    assert not np.array_equal(bent, rows.counts)
    apart = ((bent[:, None, :] - rows.counts[None, :, :]) ** 2).sum(axis=2)
    others = rows.labels[:, None] != rows.labels[None, :]
    assert np.median(np.diag(apart)) < np.median(apart[others]) / 2
