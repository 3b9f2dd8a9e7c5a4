"""What only the official engine is asked for: repeatable chance, and its operators as an oracle."""

from __future__ import annotations

import math
from collections.abc import Iterator
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


@pytest.fixture(scope="module")
def drawing_engine(engines_installed: Path) -> Iterator[OfficialEngine]:
    with OfficialEngine(drawn=True) as engine:
        yield engine


class TestDrawn:
    def test_pens_are_kept_and_steps_end_as_in_a_browser(self, drawing_engine: OfficialEngine) -> None:
        move = {"opcode": "motion_movesteps", "inputs": {"STEPS": [1, [4, "10"]]}}
        pen = ("pen_penDown", "pen_stamp", "pen_penUp")
        blocks = {
            **chain(received("draw"), {"opcode": pen[0]}, move, {"opcode": pen[1]}, {"opcode": pen[2]}),
            **chain(
                received("go on"),
                {"opcode": "control_forever", "inputs": {"SUBSTACK": [2, "m0"]}},
                prefix="g",
            ),
            **chain(move, prefix="m"),
        }
        blocks["m0"] |= {"topLevel": False, "parent": "g1"}
        monitor = {
            "id": "id of x", "mode": "default", "opcode": "data_variable", "params": {"VARIABLE": "x"},
            "spriteName": None, "value": 0, "x": 0, "y": 0, "width": 0, "height": 0, "visible": True,
        }  # fmt: skip
        stage = target("Stage", variables={"id of x": ["x", 0]})
        drawing_engine.load(sb3(stage, target("Cat", blocks=blocks, x=3, y=4), monitors=[monitor]))
        drawing_engine.broadcast("draw")
        drawing_engine.run()
        point, line, stamp = drawing_engine.strokes
        assert (point.kind, point.ends, point.rgba, point.size) == ("point", (3, 4, 3, 4), (0, 0, 1, 1), 1)
        assert (line.kind, line.ends, stamp.kind) == ("line", (3, 4, 13, 4), "stamp")
        cat = next(each for each in drawing_engine.sprites() if each.name == "Cat")
        assert cat.pen is not None
        assert (cat.pen.is_down, cat.pen.colour, cat.bubble, cat.instrument) == (False, 66.66, "", 1)
        [shown] = drawing_engine.monitors()
        assert (shown.sprite, dict(shown.params), shown.visible) == (None, {"VARIABLE": "x"}, True)
        drawing_engine.broadcast("go on")
        drawing_engine.step(3)
        assert next(each.x for each in drawing_engine.sprites() if each.name == "Cat") == 43
