"""Both real engines do what is asked of them, exactly, in bounded time."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scratchgen.engines.engine import Engine, RunOutcome
from scratchgen.engines.official import OfficialEngine
from scratchgen.errors import EngineError, ProjectFileError
from scratchgen.scratch.manifest import Manifest, ManifestInput
from scratchgen.scratch.program import Value
from tests.engines.handmade import (
    FLAG,
    adder,
    chain,
    forever,
    reporter,
    same,
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


@pytest.fixture(scope="module", params=["official_engine", "turbowarp_engine"])
def engine(request: pytest.FixtureRequest) -> Engine:
    running: Engine = request.getfixturevalue(request.param)
    return running


class TestProjects:
    @given(value=VALUES)
    def test_variables_keep_every_value(self, engine: Engine, value: Value) -> None:
        engine.load(adder())
        engine.set_variable("x", value)
        engine.set_list("parts", [value, 1, value])
        assert same(engine.variable("x"), value)
        items = engine.list_items("parts", "Sprite")
        assert same(items[0], value)
        assert same(items[1], 1.0)

    def test_asking_many_rows(self, engine: Engine) -> None:
        engine.load(adder())
        rows = [(x, 2 * x) for x in range(2500)]
        answers = engine.ask(ADDER, rows)
        assert [answer.answer for answer in answers] == [3.0 * x for x, _ in rows]
        assert [answer.logits for answer in answers] == [(float(x),) for x, _ in rows]

    def test_asking_for_what_is_not_there(self, engine: Engine) -> None:
        engine.load(sb3(target("Stage")))
        with pytest.raises(EngineError, match='no variable named "x"'):
            engine.ask(ADDER, [(1, 2)])

    def test_state_is_text_in_full_precision(self, engine: Engine) -> None:
        engine.load(adder())
        engine.set_variable("x", 1 / 3)
        engine.set_variable("y", -0.0)
        engine.set_list("parts", [1e21, True])
        stage = engine.state()["Stage"]
        assert stage["variables"] == {"x": "0.3333333333333333", "y": "0", "sum": "0"}
        assert stage["lists"] == {"parts": ["1e+21", "true"]}
        assert list(engine.state()) == ["Stage", "Sprite"]

    def test_a_refused_project_is_an_error_and_the_next_one_loads(self, engine: Engine) -> None:
        with pytest.raises(EngineError, match="`load` failed"):
            engine.load(sb3(target("Sprite")))
        engine.load(adder())
        assert engine.broadcast("add") == 1

    def test_a_missing_costume_does_not_keep_the_blocks_from_running(self, engine: Engine) -> None:
        project = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(adder())) as whole, zipfile.ZipFile(project, "w") as part:
            part.writestr("project.json", whole.read("project.json"))
        engine.load(project.getvalue())
        assert engine.ask(ADDER, [(20, 3)])[0].answer == 23

    def test_a_missing_file_is_named(self, engine: Engine, tmp_path: Path) -> None:
        with pytest.raises(ProjectFileError, match=r"missing\.sb3"):
            engine.load(tmp_path / "missing.sb3")


class TestTime:
    def test_waiting_costs_frames_and_no_time(self, engine: Engine) -> None:
        engine.load(sb3(target("Stage"), target("Cat", blocks=chain(FLAG, say("a"), wait(60), say("b")))))
        engine.click_flag()
        assert engine.run(max_steps=1000).idle is False
        assert engine.run() == RunOutcome(steps=801, idle=True)
        assert [(one.sprite, one.text, one.kind, one.step) for one in engine.says] == [
            ("Cat", "a", "say", 0),
            ("Cat", "b", "say", 1800),
        ]

    def test_speech_that_ends_by_itself(self, engine: Engine) -> None:
        block = {
            "opcode": "looks_sayforsecs",
            "inputs": {"MESSAGE": [1, [10, "hello"]], "SECS": [1, [4, "2"]]},
        }
        engine.load(sb3(target("Stage"), target("Cat", blocks=chain(FLAG, block, say("end")))))
        engine.click_flag()
        engine.run()
        assert [(one.text, one.step) for one in engine.says] == [("hello", 0), ("end", 60)]
        assert [one.time for one in engine.says] == [0.033, 2.033]

    def test_an_endless_loop_is_cut_after_its_share_of_a_step(self, engine: Engine) -> None:
        engine.load(forever())
        engine.click_flag()
        engine.step(2)
        assert engine.variable("turns") == 2 * 3200

    def test_turns_may_be_dearer(self, engines_installed: Path) -> None:
        with OfficialEngine(turn_milliseconds=1) as engine:
            engine.load(forever())
            engine.click_flag()
            engine.step(2)
            assert engine.variable("turns") == 2 * 25

    def test_a_question_waits_for_its_answer(self, engine: Engine) -> None:
        ask = {"opcode": "sensing_askandwait", "inputs": {"QUESTION": [1, [10, "who?"]]}}
        blocks = chain(FLAG, ask, set_variable("who", "answer"))
        blocks["answer"] = reporter("sensing_answer", "b2")
        engine.load(sb3(target("Stage", blocks=blocks, variables={"id of who": ["who", ""]})))
        engine.click_flag()
        assert engine.run(max_steps=10).idle is False
        assert engine.questions == ["who?"]
        assert engine.question_times == [0.033]
        asking = [engine.is_asking]
        engine.answer("me")
        assert [*asking, engine.is_asking] == [True, False]
        assert engine.run(max_steps=10).idle is True
        assert engine.variable("who") == "me"

    def test_the_real_clock(self, engines_installed: Path) -> None:
        with OfficialEngine(simulated_clock=False) as engine:
            engine.load(sb3(target("Stage"), target("Cat", blocks=chain(FLAG, wait(0.05), say("b")))))
            engine.click_flag()
            assert engine.run(max_steps=10**7).idle
            assert [one.text for one in engine.says] == ["b"]


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


def test_reading_by_name_prefers_the_sprites_own(engine: Engine) -> None:
    stage = target("Stage", variables={"global": ["x", "stage's"]})
    engine.load(sb3(stage, target("Cat", variables={"local": ["x", "cat's"]})))
    assert engine.variable("x") == "stage's"
    assert engine.variable("x", "Cat") == "cat's"
    with pytest.raises(EngineError, match='no sprite named "Dog"'):
        engine.variable("x", "Dog")


def test_keys_mouse_and_clicks_reach_the_project(engine: Engine) -> None:
    key = {"opcode": "event_whenkeypressed", "fields": {"KEY_OPTION": ["a", None]}}
    click = {"opcode": "event_whenthisspriteclicked"}
    blocks = {
        **chain(key, say("key"), prefix="k"),
        **chain(click, set_variable("where", "mouse"), prefix="c"),
        "mouse": reporter("sensing_mousex", "c1"),
    }
    cat = target("Cat", blocks=blocks, variables={"id of where": ["where", 0]}, x=12.5, size=50)
    engine.load(sb3(target("Stage"), cat))
    engine.press_key("a")
    engine.move_mouse(-30, 40)
    engine.click_sprite("Cat")
    engine.run()
    assert [one.text for one in engine.says] == ["key"]
    assert engine.variable("where", "Cat") == -30
    stage, sprite = sorted(engine.sprites(), key=lambda one: one.name != "Stage")
    assert (sprite.x, sprite.size, sprite.costume, sprite.is_clone) == (12.5, 50.0, 1, False)
    assert stage.name == "Stage"
