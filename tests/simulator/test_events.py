"""Scripts of events: what is printed is read again, things happen in their order, faults name their line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scratchgen.cli import run_command_line
from scratchgen.errors import EventsError
from scratchgen.scratch.program import Block, Script
from scratchgen.scratch.writer import write_project
from scratchgen.simulator import Event, Simulator, parse_events, print_events, read_events
from scratchgen.simulator.events import LARGEST_FILE, LARGEST_NUMBER, WORDS
from scratchgen.simulator.sensing import NAMED_KEYS
from tests.simulator.programs import make, one_sprite, received, when_flag_clicked

PLAIN = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"))
NAMES = st.text(PLAIN, min_size=1, max_size=20).map(str.strip).filter(bool)
PLACES = st.floats(-LARGEST_NUMBER, LARGEST_NUMBER) | st.integers(-240, 240)
SINGLE = st.characters(max_codepoint=0xFFFF, exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs"))
ARGUMENTS = {
    "key": st.sampled_from(NAMED_KEYS) | SINGLE,
    "x": PLACES,
    "y": PLACES,
    "sprite": NAMES,
    "message": NAMES,
    "text": st.just("") | NAMES,
}
PIECES = st.sampled_from([*WORDS, "0", "1.5", "-3", "space", "a", "Cat"]) | st.text(max_size=8)


@st.composite
def events(draw: st.DrawFn) -> Event:
    word = draw(st.sampled_from(sorted(WORDS)))
    arguments = tuple(draw(ARGUMENTS[kind]) for kind in WORDS[word].follows)
    return Event(time=draw(st.floats(0, LARGEST_NUMBER)), word=word, arguments=arguments)


def witness() -> Simulator:
    """A project that says what it hears of: *a* and *b* as keys, *go*, a click, and an answer."""
    heard = [
        Script(blocks=(Block(opcode="event_whenkeypressed", fields={"KEY_OPTION": key}), say(key)))
        for key in ("a", "b")
    ]
    click = Script(blocks=(Block(opcode="event_whenthisspriteclicked"), say("click")))
    ask = received("ask", make("sensing_askandwait", QUESTION="?"), say(make("sensing_answer")))
    flag = when_flag_clicked(say("flag"))
    return Simulator(one_sprite(flag, *heard, click, ask, received("go", say("go"))))


def say(what: str | Block) -> Block:
    return make("looks_say", MESSAGE=what)


def heard(simulator: Simulator) -> list[tuple[str, float]]:
    return [(each.text, each.time) for each in simulator.says if each.text != "?"]


@given(st.lists(events(), max_size=5))
def test_what_is_printed_is_read_again(given_events: list[Event]) -> None:
    assert list(parse_events(print_events(given_events))) == given_events


def fault_of(read: Callable[[], object]) -> str:
    """The message of the fault that reading comes upon; empty when there is none."""
    try:
        read()
    except EventsError as fault:
        return str(fault)
    return ""


@given(st.lists(st.lists(PIECES, max_size=5).map(" ".join), max_size=4).map("\n".join) | st.text())
def test_any_text_is_read_or_refused_in_one_line(text: str) -> None:
    if fault := fault_of(lambda: parse_events(text, where="game.txt")):
        assert fault.startswith("game.txt:")
        assert fault.isprintable()
    else:
        found = parse_events(text)
        assert parse_events(print_events(found)) == found


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("events") / "game.txt"
    path.write_bytes(data)
    assert (fault_of(lambda: read_events(path)) or f"{path}:").startswith(f"{path}:")


@given(st.lists(st.tuples(st.integers(0, 60), st.sampled_from("ab")), max_size=12))
def test_each_happens_in_the_first_step_after_its_time_and_in_the_order_written(
    presses: list[tuple[int, str]],
) -> None:
    # a time of n/64 s is exact, and lies between steps
    simulator = witness()
    script = "".join(f"{time / 64} press {key}\n" for time, key in presses)
    assert simulator.run(events=script)
    expected: list[tuple[str, float]] = []
    for time, key in sorted(presses, key=lambda press: press[0]):
        steps = next(step for step in range(61) if step * 1000 // 30 >= time * 1000 / 64)
        one = (key, (steps + 1) * 1000 // 30 / 1000)
        if one not in expected:  # a script that has not yet run is not started twice
            expected.append(one)
    assert heard(simulator) == expected


def test_comments_blanks_and_ends_of_lines_do_not_count() -> None:
    text = "\n # a comment\r\n\t1.50   mouse   down \r\n2 mouse -3 4.5\n3 answer a # b  \n4 answer\n"
    assert [str(event) for event in parse_events(text)] == [
        "1.5 mouse down",
        "2 mouse -3 4.5",
        "3 answer a # b",
        "4 answer",
    ]


SLIPS = {
    "1": "no event behind the time; write one of: press",
    "1 pres space": "there is no event “pres”; did you mean “press”?",
    "soon press a": "the time is “soon”; write a number such as 2 or 1.5",
    "-1 flag": "the time is -1.0; give a number from 0 to 1000000",
    "1e3 flag": "the time is “1e3”",
    "٣ flag": "the time is “٣”",
    f"{'9' * 400} flag": "the time is inf",
    "1 press": "the key is missing",
    "1 press shift": "there is no key “shift”; write a letter, a digit, or one of: space,",
    "1 press 😀": "there is no key “😀”",
    "1 mouse 1": "“mouse” is followed by X Y",
    "1 mouse 1 2 3": "“mouse” is followed by X Y",
    "1 mouse left": "“mouse” is followed by X Y",
    "1 mouse a 2": "the x is “a”",
    "1 mouse down 2": "“mouse down” is followed by nothing",
    "1 flag now": "“flag” is followed by nothing",
    "1 click": "the sprite is missing",
    "1 answer a\x00b": r"the text cannot stand in a line: 'a\x00b'",
}


@pytest.mark.parametrize("line", SLIPS)
def test_a_slip_is_told_with_its_line(line: str) -> None:
    with pytest.raises(EventsError) as caught:
        parse_events(f"0 flag\n{line}\n", where="game.txt")
    assert str(caught.value).startswith(f"game.txt:2: {SLIPS[line]}")


def test_an_event_that_could_not_be_written_cannot_be_made() -> None:
    for word, arguments in (("answer", (" a",)), ("answer", ("a\nb",)), ("mouse", (1.0,)), ("fly", ())):
        with pytest.raises(EventsError, match=r"^an event: "):
            Event(time=1, word=word, arguments=arguments)
    with pytest.raises(EventsError, match="the time is nan"):
        Event(time=float("nan"), word="flag")


def test_a_text_without_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EventsError, match="longer than"):
        parse_events("\n" * (LARGEST_FILE + 1))
    with pytest.raises(EventsError, match=r"nowhere\.txt: no such file or directory"):
        read_events(tmp_path / "nowhere.txt")


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("1 click Dog", "there is no sprite 'Dog'"),
        ("1 broadcast gone", "no script receives the broadcast 'gone'"),
    ],
)
def test_what_the_project_has_not_is_known_before_anything_runs(line: str, what: str) -> None:
    simulator = witness()
    simulator.click_flag()
    with pytest.raises(EventsError, match=f"^game:1: {what}$"):
        simulator.run(events=parse_events(line, where="game"))
    assert simulator.says == []


def test_an_answer_waits_for_its_question() -> None:
    simulator = witness()
    script = "0 answer Ada\n0.5 broadcast ask\n1 broadcast ask\n1.5 answer Bob\n2 answer Eve"
    assert simulator.run(events=script)
    assert [text for text, _ in heard(simulator) if text] == ["Ada", "Bob"]
    assert simulator.answers_left == ["Eve"]


def test_times_count_from_the_beginning_of_the_run() -> None:
    simulator = witness()
    simulator.step(30)
    assert simulator.run(events="0.5 broadcast go\n0.7 flag")
    assert heard(simulator) == [("go", 1.533), ("flag", 1.733)]
    assert not simulator.run(seconds=1, events="0 click Cat\n1 press a\n2 press b")
    assert [str(event) for event in simulator.events_left] == ["1 press a", "2 press b"]
    assert simulator.says[-1].text == "click"


class TestCommand:
    @pytest.fixture
    def project(self, tmp_path: Path) -> str:
        ask = make("sensing_askandwait", QUESTION="name?")
        write_project(
            one_sprite(when_flag_clicked(ask, say(make("sensing_answer"))), received("go", say("gone"))),
            tmp_path / "game.sb3",
        )
        return str(tmp_path / "game.sb3")

    def test_runs_the_events(self, project: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "game.txt").write_text("\ufeff2 broadcast go\n1 answer Ada\n3 answer Eve\n", "utf-8")
        assert run_command_line(["run", project, "--events", str(tmp_path / "game.txt")]) == 0
        out, err = capsys.readouterr()
        assert [line for line in out.splitlines() if line] == ["name?", "Ada", "gone"]
        assert err == "nothing asked for the answer “Eve”\n"

    def test_says_what_was_still_to_come(
        self, project: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "game.txt").write_text("0 answer Ada\n2 broadcast go\n", "utf-8")
        arguments = ["run", project, "--events", str(tmp_path / "game.txt"), "--seconds", "1"]
        assert run_command_line(arguments) == 0
        expected = "stopped after 1 simulated seconds; the event “2 broadcast go” was still to come\n"
        assert capsys.readouterr().err == expected

    def test_a_slip_is_bad_input(
        self, project: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "game.txt"
        for content in (b"0 flag\n1 click Dog\n", b"0 flag\n1 fly\n", b"0 flag\n\xff\n"):
            path.write_bytes(content)
            assert run_command_line(["run", project, "--events", str(path)]) == 2
            out, err = capsys.readouterr()
            assert out == ""
            assert err.startswith(f"error: {path}:2: ")
            assert err.count("\n") == 1
