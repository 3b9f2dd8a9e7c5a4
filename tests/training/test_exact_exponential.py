"""e^x, ln, tanh and the logistic curve of exact operations against decimal arithmetic of 40 digits."""

from __future__ import annotations

from decimal import Decimal, localcontext

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scratchgen.training.exact_exponential import exp_down, ln_share, logistic, tangent

WITHIN = Decimal("1e-12")
"""What the exponential promises; the series is cut there."""


def exact_exp(x: float) -> Decimal:
    return Decimal(x).exp()


@given(st.floats(-44, 0))
def test_the_exponential_is_within_its_promise(x: float) -> None:
    with localcontext() as context:
        context.prec = 40
        found = Decimal(float(exp_down(np.array([x]))[0]))
        assert abs(found / exact_exp(x) - 1) <= WITHIN


def test_the_exponential_is_within_its_promise_at_every_sixteenth_and_between() -> None:
    step = float(Decimal(2).ln()) / 32
    arguments = [-step * number for number in range(2030)]
    with localcontext() as context:
        context.prec = 40
        for x, found in zip(arguments, exp_down(np.array(arguments)).tolist(), strict=True):
            assert abs(Decimal(found) / exact_exp(x) - 1) <= WITHIN


def test_below_the_lowest_argument_it_is_nothing() -> None:
    assert exp_down(np.array([-44.0]))[0] > 0
    assert exp_down(np.array([-44.000001, -1e300])).tolist() == [0, 0]


@given(st.floats(2.0**-64, 1))
def test_the_logarithm_is_within_its_promise(share: float) -> None:
    with localcontext() as context:
        context.prec = 40
        assert abs(Decimal(ln_share(share)) - Decimal(share).ln()) <= WITHIN


@given(st.floats(-1e6, 1e6))
def test_the_curves_are_within_their_promise(x: float) -> None:
    with localcontext() as context:
        context.prec = 40
        power = exact_exp(max(-abs(x), -100.0))
        positive = 1 / (1 + power)
        assert abs(Decimal(logistic(x)) - (positive if x > 0 else 1 - positive)) <= WITHIN
        double = exact_exp(max(-2 * abs(x), -100.0))
        wanted = (1 - double) / (1 + double)
        assert abs(Decimal(tangent(x)) - (wanted if x > 0 else -wanted)) <= WITHIN
