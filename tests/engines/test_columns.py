"""Long lists reach real engines and come back, every item as it was."""

from __future__ import annotations

import base64

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scratchgen.engines.columns import pack_numbers, unpack_column
from scratchgen.engines.engine import Engine
from scratchgen.errors import EngineError
from scratchgen.scratch.program import Value
from tests.engines.handmade import chain, read, received, reporter, same, sb3, set_variable, target

VALUES = st.one_of(
    st.floats(), st.integers(-9, 9).map(float), st.booleans(), st.text(max_size=3), st.just("same")
)


@given(st.lists(st.floats(), max_size=9))
def test_numbers_are_packed_to_the_last_bit(numbers: list[float]) -> None:
    back = np.frombuffer(base64.b64decode(pack_numbers(np.array(numbers))), dtype="<f8")
    assert all(map(same, back.tolist(), numbers))


def test_a_column_tells_numbers_from_others() -> None:
    which = base64.b64encode(np.array([1, -1, 0], dtype="<i4").tobytes()).decode()
    numbers = pack_numbers(np.array([np.nan, 2.5, np.nan]))
    column = unpack_column({"count": 3, "numbers": numbers, "which": which, "values": ["a", True]})
    assert [column.item(place) for place in range(3)] == [True, 2.5, "a"]


def copier() -> bytes:
    """A project that appends at *copy* each item of ``from`` to ``to``; ``other`` stays as it is."""

    def of_list(name: str) -> dict[str, object]:
        return {"LIST": [name, f"id of {name}"]}

    repeat = {
        "opcode": "control_repeat",
        "inputs": {"TIMES": [3, "length", [6, ""]], "SUBSTACK": [2, "next"]},
    }
    blocks = chain(received("copy"), set_variable("row", [10, 0]), repeat)
    blocks["length"] = {**reporter("data_lengthoflist", "b2"), "fields": of_list("from")}
    blocks["next"] = {
        **reporter("data_changevariableby", "b2", VALUE=[4, "1"]),
        "fields": {"VARIABLE": ["row", "id of row"]},
        "next": "add",
    }
    blocks["add"] = {
        **reporter("data_addtolist", "next"),
        "inputs": {"ITEM": [3, "item", [10, ""]]},
        "fields": of_list("to"),
    }
    blocks["item"] = {**reporter("data_itemoflist", "add", INDEX=read("row")), "fields": of_list("from")}
    lists: dict[str, object] = {f"id of {name}": [name, []] for name in ("from", "to", "other")}
    stage = target("Stage", variables={"id of row": ["row", 0]})
    return sb3(stage, target("Sprite", blocks=blocks, lists=lists))


@pytest.fixture(scope="module", params=["official_engine", "turbowarp_engine"])
def engine(request: pytest.FixtureRequest) -> Engine:
    running: Engine = request.getfixturevalue(request.param)
    running.load(copier())
    return running


@pytest.mark.engine
class TestInEngines:
    @settings(max_examples=30)
    @given(items=st.lists(VALUES, max_size=20))
    def test_every_item_comes_back(self, engine: Engine, items: list[Value]) -> None:
        engine.set_list("from", items, "Sprite")
        engine.set_list("to", ["left", "over"], "Sprite")
        [column] = engine.work("copy", sprite="Sprite", given={}, wanted=["to"])
        assert len(column.which) == len(column.numbers) == len(items)
        assert all(same(column.item(place), item) for place, item in enumerate(items))
        assert len(set(map(repr, column.values))) == len(column.values)

    @settings(max_examples=30)
    @given(numbers=st.lists(st.floats(), max_size=20))
    def test_numbers_go_in(self, engine: Engine, numbers: list[float]) -> None:
        given = {"from": np.array(numbers, dtype=np.float64)}
        copied, other = engine.work("copy", sprite="Sprite", given=given, wanted=["to", "other"])
        assert all(map(same, copied.numbers.tolist(), numbers))
        assert other.numbers.size == 0

    def test_what_does_not_end_or_begin_is_an_error(self, engine: Engine) -> None:
        engine.set_list("from", [0] * 9, "Sprite")
        with pytest.raises(EngineError, match="scripts still run 0 steps after"):
            engine.work("copy", sprite="Sprite", given={}, wanted=[], max_steps=0)
        with pytest.raises(EngineError, match="no script receives"):
            engine.work("cpoy", sprite="Sprite", given={}, wanted=[])
        with pytest.raises(EngineError, match='no list named "form"'):
            engine.work("copy", sprite="Sprite", given={}, wanted=["form"])
