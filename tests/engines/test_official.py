"""The official engine does what is asked of it, exactly, in bounded time."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scratchgen.engines.engine import RunOutcome
from scratchgen.engines.official import OfficialEngine, OperatorCall
from scratchgen.errors import EngineError, ProjectFileError
from scratchgen.scratch.manifest import Manifest, ManifestInput
from scratchgen.scratch.program import Value
from tests.engines.handmade import (
    FLAG,
    adder,
    chain,
    forever,
    received,
    reporter,
    say,
    sb3,
    set_variable,
    target,
    wait,
)

pytestmark = pytest.mark.engine

ADDER = Manifest(
    kind="sum",
    sprite="Sprite",
    inputs=tuple(ManifestInput(variable=name, low=0, high=9) for name in ("x", "y")),
    broadcast="add",
    logits="parts",
    answer="sum",
    names=("any",),
    language="en",
    style="readable",
    weights_sha256="0" * 64,
)
VALUES = st.one_of(
    st.floats(), st.booleans(), st.text(), st.text(st.characters(categories=["Cs"]), max_size=1)
)


def same(one: object, other: object) -> bool:
    """Equal to the last bit and of one type; texts as UTF-16, where a pair of surrogates is one character."""
    if isinstance(one, float) and isinstance(other, float):
        return (math.isnan(one) and math.isnan(other)) or (
            one == other and math.copysign(1, one) == math.copysign(1, other)
        )
    if isinstance(one, str) and isinstance(other, str):
        return one.encode("utf-16", "surrogatepass") == other.encode("utf-16", "surrogatepass")
    return type(one) is type(other) and one == other


class TestProjects:
    @given(value=VALUES)
    def test_variables_keep_every_value(self, official_engine: OfficialEngine, value: Value) -> None:
        official_engine.load(adder())
        official_engine.set_variable("x", value)
        official_engine.set_list("parts", [value, 1, value])
        assert same(official_engine.variable("x"), value)
        items = official_engine.list_items("parts", "Sprite")
        assert same(items[0], value)
        assert same(items[1], 1.0)

    def test_asking_many_rows(self, official_engine: OfficialEngine) -> None:
        official_engine.load(adder())
        rows = [(x, 2 * x) for x in range(2500)]
        answers = official_engine.ask(ADDER, rows)
        assert [answer.answer for answer in answers] == [3.0 * x for x, _ in rows]
        assert [answer.logits for answer in answers] == [(float(x),) for x, _ in rows]

    def test_asking_for_what_is_not_there(self, official_engine: OfficialEngine) -> None:
        official_engine.load(sb3(target("Stage")))
        with pytest.raises(EngineError, match='no variable named "x"'):
            official_engine.ask(ADDER, [(1, 2)])

    def test_state_is_text_in_full_precision(self, official_engine: OfficialEngine) -> None:
        official_engine.load(adder())
        official_engine.set_variable("x", 1 / 3)
        official_engine.set_variable("y", -0.0)
        official_engine.set_list("parts", [1e21, True])
        stage = official_engine.state()["Stage"]
        assert stage["variables"] == {"x": "0.3333333333333333", "y": "0", "sum": "0"}
        assert stage["lists"] == {"parts": ["1e+21", "true"]}
        assert list(official_engine.state()) == ["Stage", "Sprite"]

    def test_a_refused_project_is_an_error_and_the_next_one_loads(
        self, official_engine: OfficialEngine
    ) -> None:
        with pytest.raises(EngineError, match="targets"):
            official_engine.load(sb3(target("Sprite")))
        official_engine.load(adder())
        assert official_engine.broadcast("add") == 1

    def test_a_missing_file_is_named(self, official_engine: OfficialEngine, tmp_path: Path) -> None:
        with pytest.raises(ProjectFileError, match=r"missing\.sb3"):
            official_engine.load(tmp_path / "missing.sb3")


class TestTime:
    def test_waiting_costs_frames_and_no_time(self, official_engine: OfficialEngine) -> None:
        official_engine.load(
            sb3(target("Stage"), target("Cat", blocks=chain(FLAG, say("a"), wait(60), say("b"))))
        )
        official_engine.click_flag()
        assert official_engine.run(max_steps=1000).idle is False
        assert official_engine.run() == RunOutcome(steps=801, idle=True)
        assert [(one.sprite, one.text, one.kind, one.step) for one in official_engine.says] == [
            ("Cat", "a", "say", 0),
            ("Cat", "b", "say", 1800),
        ]

    def test_speech_that_ends_by_itself(self, official_engine: OfficialEngine) -> None:
        block = {
            "opcode": "looks_sayforsecs",
            "inputs": {"MESSAGE": [1, [10, "hello"]], "SECS": [1, [4, "2"]]},
        }
        official_engine.load(sb3(target("Stage"), target("Cat", blocks=chain(FLAG, block, say("end")))))
        official_engine.click_flag()
        official_engine.run()
        assert [(one.text, one.step) for one in official_engine.says] == [("hello", 0), ("end", 60)]

    def test_an_endless_loop_is_cut_after_its_share_of_a_step(self, official_engine: OfficialEngine) -> None:
        official_engine.load(forever())
        official_engine.click_flag()
        official_engine.step(2)
        assert official_engine.variable("turns") == 2 * 3200

    def test_a_question_waits_for_its_answer(self, official_engine: OfficialEngine) -> None:
        ask = {"opcode": "sensing_askandwait", "inputs": {"QUESTION": [1, [10, "who?"]]}}
        blocks = chain(FLAG, ask, set_variable("who", "answer"))
        blocks["answer"] = reporter("sensing_answer", "b2")
        official_engine.load(sb3(target("Stage", blocks=blocks, variables={"id of who": ["who", ""]})))
        official_engine.click_flag()
        assert official_engine.run(max_steps=10).idle is False
        assert official_engine.questions == ["who?"]
        official_engine.answer("me")
        assert official_engine.run(max_steps=10).idle is True
        assert official_engine.variable("who") == "me"

    def test_the_real_clock(self, engines_installed: Path) -> None:
        with OfficialEngine(simulated_clock=False) as engine:
            engine.load(sb3(target("Stage"), target("Cat", blocks=chain(FLAG, wait(0.05), say("b")))))
            engine.click_flag()
            assert engine.run(max_steps=10**7).idle
            assert [one.text for one in engine.says] == ["b"]


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


class TestFailures:
    def test_a_process_that_takes_too_long_is_ended(self, engines_installed: Path) -> None:
        with OfficialEngine(simulated_clock=False, seconds=60) as engine:
            engine.load(forever())
            engine.click_flag()
            with pytest.raises(EngineError, match=r"`run` was not done after 0\.2 seconds"):
                engine._node.request("run", seconds=0.2, maxSteps=10**9)
            with pytest.raises(EngineError, match="start the engine again"):
                engine.run()

    def test_a_closed_engine_says_so(self, engines_installed: Path) -> None:
        engine = OfficialEngine()
        engine.close()
        engine.close()
        with pytest.raises(EngineError, match="it has been closed"):
            engine.load(adder())


def test_reading_by_name_prefers_the_sprites_own(official_engine: OfficialEngine) -> None:
    stage = target("Stage", variables={"global": ["x", "stage's"]})
    official_engine.load(sb3(stage, target("Cat", variables={"local": ["x", "cat's"]})))
    assert official_engine.variable("x") == "stage's"
    assert official_engine.variable("x", "Cat") == "cat's"
    with pytest.raises(EngineError, match='no sprite named "Dog"'):
        official_engine.variable("x", "Dog")


def test_keys_mouse_and_clicks_reach_the_project(official_engine: OfficialEngine) -> None:
    key = {"opcode": "event_whenkeypressed", "fields": {"KEY_OPTION": ["a", None]}}
    click = {"opcode": "event_whenthisspriteclicked"}
    blocks = {
        **chain(key, say("key"), prefix="k"),
        **chain(click, set_variable("where", "mouse"), prefix="c"),
        "mouse": reporter("sensing_mousex", "c1"),
    }
    cat = target("Cat", blocks=blocks, variables={"id of where": ["where", 0]}, x=12.5, size=50)
    official_engine.load(sb3(target("Stage"), cat))
    official_engine.press_key("a")
    official_engine.move_mouse(-30, 40)
    official_engine.click_sprite("Cat")
    official_engine.run()
    assert [one.text for one in official_engine.says] == ["key"]
    assert official_engine.variable("where", "Cat") == -30
    stage, sprite = sorted(official_engine.sprites(), key=lambda one: one.name != "Stage")
    assert (sprite.x, sprite.size, sprite.costume, sprite.is_clone) == (12.5, 50.0, 1, False)
    assert stage.name == "Stage"
