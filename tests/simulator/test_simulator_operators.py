"""Every operator and list block on odd values, against the functions of the official engine in V8.

``SCRATCHGEN_EXACT=full`` (``make exact``) compares more than a million calls of operators, and some hundred
thousand of list blocks; otherwise some thousands are enough.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Sequence
from random import Random

import pytest

from scratchgen.engines.official import OfficialEngine, OperatorCall
from scratchgen.scratch.program import Block, Value
from scratchgen.simulator import Simulator
from scratchgen.simulator.values import compare, lower
from tests.compared import Compared
from tests.simulator.odd_values import odd_text, odd_value
from tests.simulator.programs import call, define, get, item, make, one_sprite, when_flag_clicked

pytestmark = pytest.mark.engine

FULL = os.environ.get("SCRATCHGEN_EXACT") == "full"
ROUNDS = 50 if FULL else 1
FUNCTION_ROUNDS = 12 if FULL else 1
CALLS = 1000
"""Calls of each block, or each function of a block, in a round."""

OPERATORS: dict[str, tuple[str, ...]] = {
    **{f"operator_{name}": ("NUM1", "NUM2") for name in ("add", "subtract", "multiply", "divide", "mod")},
    **{f"operator_{name}": ("OPERAND1", "OPERAND2") for name in ("lt", "gt", "equals", "and", "or")},
    "operator_not": ("OPERAND",),
    "operator_round": ("NUM",),
    "operator_join": ("STRING1", "STRING2"),
    "operator_length": ("STRING",),
    "operator_letter_of": ("LETTER", "STRING"),
    "operator_contains": ("STRING1", "STRING2"),
}
FUNCTIONS = (
    *"abs floor ceiling sqrt sin cos tan asin acos atan ln log".split(),
    "e ^",
    "10 ^",
    "Sqrt",
    "none",
)
LISTS: dict[str, tuple[str, ...]] = {
    "data_itemoflist": ("INDEX",),
    "data_itemnumoflist": ("ITEM",),
    "data_listcontainsitem": ("ITEM",),
    "data_lengthoflist": (),
    "data_addtolist": ("ITEM",),
    "data_deleteoflist": ("INDEX",),
    "data_insertatlist": ("INDEX", "ITEM"),
    "data_replaceitemoflist": ("INDEX", "ITEM"),
}
COMMANDS = frozenset({"data_addtolist", "data_deleteoflist", "data_insertatlist", "data_replaceitemoflist"})


def same(one: object, other: object) -> bool:
    """Tell whether two values are the same to the last bit, NaN and −0 included."""
    if isinstance(one, float) and isinstance(other, float):
        return struct.pack("<d", one) == struct.pack("<d", other) or (one != one and other != other)
    return type(one) is type(other) and one == other


def assert_same(
    calls: Sequence[OperatorCall], expected: Sequence[object], given: Sequence[object], compared: Compared
) -> None:
    """Count the calls, and fail with those where the simulator's outcome is another one."""
    different = [
        f"{opcode} {arguments!r}: the engine {theirs!r}, the simulator {ours!r}"
        for (opcode, arguments), theirs, ours in zip(calls, expected, given, strict=True)
        if not same(theirs, ours)
    ]
    compared("calls of operators", len(calls), differences=len(different))
    assert different == []


def applied(block: Block, first: Sequence[Value], second: Sequence[Value]) -> list[Value]:
    """Run a block in a loop over two lists of arguments."""
    body = [
        make("data_addtolist", LIST="out", ITEM=block),
        make("data_changevariableby", VARIABLE="i", VALUE=1),
    ]
    loop = make("control_repeat", TIMES=make("data_lengthoflist", LIST="one"), SUBSTACK=body)
    project = one_sprite(
        when_flag_clicked(make("data_setvariableto", VARIABLE="i", VALUE=1), call("all")),
        define("all", loop, warp=True),
        variables={"i": 0},
        lists={"one": (), "two": (), "out": ()},
    )
    simulator = Simulator(project)
    simulator.set_list("one", first)
    simulator.set_list("two", second)
    simulator.click_flag()
    assert simulator.run()
    return simulator.list_items("out")


@pytest.mark.parametrize("opcode", OPERATORS)
def test_an_operator_on_values_that_are_known_only_when_it_runs(
    opcode: str, official_engine: OfficialEngine, compared: Compared
) -> None:
    random = Random(opcode)
    names = OPERATORS[opcode]
    block = make(opcode, **dict(zip(names, (item(get("i"), "one"), item(get("i"), "two")), strict=False)))
    for _ in range(ROUNDS):
        first, second = ([odd_value(random) for _ in range(CALLS)] for _ in range(2))
        calls = [(opcode, dict(zip(names, pair, strict=False))) for pair in zip(first, second, strict=True)]
        assert_same(calls, official_engine.operators(calls), applied(block, first, second), compared)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_on_values_that_are_known_only_when_it_runs(
    function: str, official_engine: OfficialEngine, compared: Compared
) -> None:
    random = Random(function)
    block = make("operator_mathop", OPERATOR=function, NUM=item(get("i"), "one"))
    for _ in range(FUNCTION_ROUNDS):
        values = [odd_value(random) for _ in range(CALLS)]
        calls: list[OperatorCall] = [("operator_mathop", {"OPERATOR": function, "NUM": v}) for v in values]
        assert_same(calls, official_engine.operators(calls), applied(block, values, values), compared)


def test_operators_on_values_written_in_their_slots(
    official_engine: OfficialEngine, compared: Compared
) -> None:
    random = Random("written in their slots")
    for _ in range(ROUNDS):
        calls: list[OperatorCall] = []
        for opcode, names in OPERATORS.items():
            calls += [(opcode, {name: odd_value(random) for name in names}) for _ in range(CALLS // 40)]
        for function in FUNCTIONS:
            calls += [
                ("operator_mathop", {"OPERATOR": function, "NUM": odd_value(random)})
                for _ in range(CALLS // 40)
            ]
        blocks = [
            make("data_addtolist", LIST="out", ITEM=make(opcode, **arguments))  # type: ignore[arg-type]
            for opcode, arguments in calls
        ]
        simulator = Simulator(one_sprite(when_flag_clicked(*blocks), lists={"out": ()}))
        simulator.click_flag()
        assert simulator.run()
        assert_same(calls, official_engine.operators(calls), simulator.list_items("out"), compared)


def list_arguments(random: Random, opcode: str) -> dict[str, Value | Sequence[Value]]:
    """A list and arguments, indices mostly inside it; *random* places are the business of another test."""
    items = [odd_value(random) for _ in range(random.choice((0, 1, 2, 3, 5)))]
    arguments: dict[str, Value | Sequence[Value]] = {"LIST": items}
    for name in LISTS[opcode]:
        if name == "INDEX" and random.random() < 0.6:
            arguments[name] = random.choice(
                (1, 2, 3, 1.9, 5, 6, 0, -1, "1", "2.5", "last", "all", True, "0x2")
            )
        elif items and random.random() < 0.4:
            arguments[name] = random.choice(items)
        else:
            arguments[name] = odd_value(random)
        if arguments[name] in ("random", "any"):
            arguments[name] = odd_text(random) + "!"
    return arguments


@pytest.mark.parametrize("opcode", LISTS)
def test_a_list_block(opcode: str, official_engine: OfficialEngine, compared: Compared) -> None:
    random = Random(opcode)
    block = make(opcode, LIST="items", **{name: get(name) for name in LISTS[opcode]})
    if opcode not in COMMANDS:
        block = make("data_setvariableto", VARIABLE="reported", VALUE=block)
    project = one_sprite(
        when_flag_clicked(block),
        variables={"INDEX": 0, "ITEM": 0, "reported": 0},
        lists={"items": ()},
    )
    simulator = Simulator(project)
    for _ in range(ROUNDS):
        calls = [(opcode, list_arguments(random, opcode)) for _ in range(CALLS)]
        different = []
        for (_, arguments), outcome in zip(calls, official_engine.operators(calls), strict=True):
            assert isinstance(outcome, tuple)
            reported, items = outcome
            for name, value in arguments.items():
                if isinstance(value, str | float | int):
                    simulator.set_variable(name, value)
            simulator.set_list("items", arguments["LIST"])  # type: ignore[arg-type]
            simulator.click_flag()
            assert simulator.run()
            theirs, ours = [*items], simulator.list_items("items")
            if opcode not in COMMANDS:
                assert reported is not None
                theirs.append(reported)
                ours.append(simulator.variable("reported"))
            if len(ours) != len(theirs) or not all(map(same, theirs, ours)):
                different.append((arguments, theirs, ours))
        compared("calls of list blocks", len(calls), differences=len(different))
        assert different == []


@pytest.mark.parametrize("opcode", ["operator_equals", "operator_contains"])
def test_halves_of_a_letter_that_come_in_side_by_side_are_one_letter(
    opcode: str, official_engine: OfficialEngine, compared: Compared
) -> None:
    halves, small = "\ud801" + "\udc00", "\U00010428"
    names = OPERATORS[opcode]
    calls: list[OperatorCall] = [(opcode, dict(zip(names, (halves, small), strict=True)))] * 5

    def block(one: Value | Block) -> Block:
        return make(
            "data_addtolist", LIST="out", ITEM=make(opcode, **dict(zip(names, (one, small), strict=True)))
        )

    set_before = [block(get("text")), block(item(1, "texts"))]
    typed = [block(halves), make("control_repeat", TIMES=1, SUBSTACK=[block(halves)])]
    asked = [make("sensing_askandwait", QUESTION=""), block(make("sensing_answer"))]
    project = one_sprite(
        when_flag_clicked(call("all"), *asked),
        define("all", *set_before, *typed, warp=True),
        variables={"text": ""},
        lists={"texts": (), "out": ()},
    )
    simulator = Simulator(project, answers=[halves])
    simulator.set_variable("text", halves)
    simulator.set_list("texts", [halves])
    simulator.click_flag()
    assert simulator.run()
    assert_same(calls, official_engine.operators(calls), simulator.list_items("out"), compared)


def test_capital_letters_are_those_of_the_engine(official_engine: OfficialEngine) -> None:
    capitals = [chr(code) for code in range(0x20000) if lower(chr(code)) != chr(code)]
    calls: list[OperatorCall] = [
        ("operator_equals", {"OPERAND1": each, "OPERAND2": lower(each)}) for each in capitals
    ]
    assert all(official_engine.operators(calls))
    cased = (
        *range(0x100, 0x3000),
        *range(0xA640, 0xAC00),
        *range(0x10400, 0x10E00),
        *range(0x16E00, 0x17000),
    )
    others = [chr(code) for code in cased if lower(chr(code)) == chr(code)]
    for distance in (1, 8, 27, 32):
        pairs = [(each, chr(ord(each) + distance)) for each in others]
        calls = [("operator_equals", {"OPERAND1": one, "OPERAND2": other}) for one, other in pairs]
        equal = [compare(*pair) == 0 for pair in pairs]
        assert official_engine.operators(calls) == equal
