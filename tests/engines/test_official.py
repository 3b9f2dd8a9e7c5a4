"""What only the official engine is asked for: repeatable chance, and its operators as an oracle."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from scratchgen.engines.official import OfficialEngine, OperatorCall
from scratchgen.errors import EngineError
from scratchgen.scratch.program import Value
from tests.engines.handmade import chain, received, reporter, same, sb3, set_variable, target

pytestmark = pytest.mark.engine


class TestChance:
    def draws(self, seed: int) -> list[Value]:
        blocks = chain(received("draw"), set_variable("x", "random"))
        blocks["random"] = reporter("operator_random", "b1", FROM=[4, "0.5"], TO=[4, "100"])
        project = sb3(target("Stage", blocks=blocks, variables={"id of x": ["x", 0]}))
        with OfficialEngine(seed=seed) as engine:
            engine.load(project)
            drawn = []
            for _ in range(3):
                engine.broadcast("draw")
                engine.run()
                drawn.append(engine.variable("x"))
        return drawn

    def test_a_seed_gives_the_documented_numbers(self, engines_installed: Path) -> None:
        state, expected = 8, []
        for _ in range(3):
            state = state * 48271 % 2147483647
            expected.append((state - 1) / 2147483646 * (100 - 0.5) + 0.5)
        assert self.draws(7) == expected


class TestOperators:
    def test_odd_values(self, official_engine: OfficialEngine) -> None:
        calls: list[OperatorCall] = [
            ("operator_letter_of", {"LETTER": 1, "STRING": "😀"}),
            ("operator_divide", {"NUM1": 1, "NUM2": -0.0}),
            ("operator_mathop", {"OPERATOR": "e ^", "NUM": 1}),
            ("operator_equals", {"OPERAND1": math.nan, "OPERAND2": "NAN"}),
            ("operator_round", {"NUM": -0.4}),
            ("operator_subtract", {"NUM1": math.inf, "NUM2": math.inf}),
            ("data_itemoflist", {"LIST": [1, "b", True], "INDEX": "last"}),
            ("data_deleteoflist", {"LIST": [1, "b", True], "INDEX": 1}),
        ]
        expected = ["\ud83d", -math.inf, math.e, True, -0.0, math.nan]
        outcomes = official_engine.operators(calls)
        assert all(map(same, outcomes, expected))
        assert outcomes[6:] == [(True, [1.0, "b", True]), (None, ["b", True])]

    def test_an_unknown_block_is_named(self, official_engine: OfficialEngine) -> None:
        with pytest.raises(EngineError, match="no block operator_teleport"):
            official_engine.operators([("operator_teleport", {})])

    def test_more_calls_than_one_request_takes(self, official_engine: OfficialEngine) -> None:
        calls = [("operator_add", {"NUM1": place, "NUM2": 0.5}) for place in range(45_000)]
        assert official_engine.operators(calls) == [place + 0.5 for place in range(45_000)]
