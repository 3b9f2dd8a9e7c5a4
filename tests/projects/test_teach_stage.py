"""The stage of the project that learns, on the simulator: names, examples, settings, by mouse and message."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scratchgen.codegen.languages import languages
from scratchgen.codegen.templates import template_value
from scratchgen.projects.letters import ALPHABET, UNKNOWN
from scratchgen.projects.teach import EXAMPLE_LISTS, LEARNER, LEARNT_LISTS, teach_project
from scratchgen.scratch.linter import check_bytes
from scratchgen.scratch.program import Value
from scratchgen.scratch.writer import project_to_bytes
from scratchgen.simulator import Simulator
from scratchgen.simulator.values import to_number, to_text

PROJECT = teach_project()
HERE = {
    name: template_value("teach/places.txt", name)
    for name in ("rows", "dots", "settings", "track", "longest_name", "buttons")
}
SAY = template_value("teach/messages.txt", "say")
Example = tuple[int, int, int, str]


def started(names: Sequence[str] = ("warm", "cold"), examples: Sequence[Example] = ()) -> Simulator:
    machine = Simulator(PROJECT, fast=False)  # it loads sooner
    machine.set_list("names", list(names))
    for place, name in enumerate(EXAMPLE_LISTS):
        machine.set_list(name, [example[place] for example in examples])
    machine.click_flag()
    machine.step(5)
    return machine


def tell(machine: Simulator, message: str, answer: str | None = None) -> None:
    if answer is not None:
        machine.answer_next(answer)
    assert machine.broadcast(message) == 1
    machine.step(5)


def click(machine: Simulator, x: float, y: float) -> None:
    machine.move_mouse(x, y)
    machine.mouse_down()
    machine.step(3)
    machine.mouse_up()
    machine.step(3)


def row_y(row: int, names: int) -> float:
    rows = HERE["rows"]
    pitch = (rows["top"] - rows["bottom"]) / max(names, rows["fewest"])
    return float(rows["top"] - (row - 0.5) * pitch)


def examples_of(machine: Simulator) -> list[Example]:
    columns = [machine.list_items(name) for name in EXAMPLE_LISTS]
    return [
        (int(to_number(r)), int(to_number(g)), int(to_number(b)), str(n))
        for r, g, b, n in zip(*columns, strict=True)
    ]


def weights_of(machine: Simulator) -> list[list[Value]]:
    return [machine.list_items(name, LEARNER) for name in LEARNT_LISTS]


@pytest.mark.parametrize("language", languages())
def test_the_file_is_clean_and_every_sentence_has_its_costume(language: str) -> None:
    project = teach_project(language=language)
    assert [str(each) for each in check_bytes(project_to_bytes(project))] == []
    [message] = [sprite for sprite in project.sprites if sprite.name == "Message"]
    costumes = [costume.name for costume in message.costumes]
    assert costumes == list(template_value("teach/messages.txt", "say", language=language).values())
    machine = Simulator(project)
    machine.click_flag()
    machine.step(5)
    assert machine.sprite("Message").visible
    assert machine.variable("message") == costumes[0]
    assert len(machine.list_items("names")) == 2


def test_each_message_that_a_script_sets_is_a_costume() -> None:
    machine = started()
    for message in ("forget", "forget with another seed", "stop learning", "start with the survey", "remove"):
        tell(machine, message)
        assert machine.sprite("Message").visible
        assert machine.variable("message") in SAY.values()


def test_this_is_it_makes_the_present_colour_an_example_of_the_chosen_name() -> None:
    machine = started()
    click(machine, HERE["track"]["left"] + 200, HERE["track"]["rows"][0])
    tell(machine, "this is it")
    click(machine, HERE["rows"]["left"] + 20, row_y(2, 2))
    click(machine, HERE["track"]["left"] + 7, HERE["track"]["rows"][2])
    tell(machine, "this is it")
    assert examples_of(machine) == [(200, 128, 128, "warm"), (200, 128, 7, "cold")]
    assert machine.variable("chosen example") == 2


def test_the_first_name_is_meant_when_the_chosen_one_is_gone() -> None:
    machine = started()
    machine.set_variable("chosen name", 7)
    tell(machine, "this is it")
    assert examples_of(machine) == [(128, 128, 128, "warm")]


def test_five_hundred_examples_are_the_most() -> None:
    machine = started(examples=[(n % 256, 0, 0, "warm") for n in range(499)])
    tell(machine, "this is it")
    tell(machine, "this is it")
    assert len(examples_of(machine)) == 500
    assert machine.variable("message") == SAY["full"]


colours = st.tuples(*[st.integers(0, 255)] * 3)


@st.composite
def taught(draw: st.DrawFn) -> tuple[list[str], list[Example]]:
    names = [f"name {number}" for number in range(draw(st.integers(2, 12)))]
    labels = st.sampled_from(names)
    return names, draw(
        st.lists(st.tuples(colours, labels).map(lambda each: (*each[0], each[1])), min_size=1, max_size=30)
    )


@settings(max_examples=25, deadline=None)
@given(given=taught(), data=st.data())
def test_a_click_on_a_dot_picks_its_example_and_remove_takes_it_away(
    given: tuple[list[str], list[Example]], data: st.DataObject
) -> None:
    names, examples = given
    machine = started(names, examples)
    number = data.draw(st.integers(0, len(examples) - 1))
    wanted = examples[number]
    row = names.index(wanted[3]) + 1
    place = sum(example[3] == wanted[3] for example in examples[: number + 1])
    pitch = machine.list_items("dot pitches")[row - 1]
    assert isinstance(pitch, float)
    dot = (HERE["dots"]["left"] + (place - 0.5) * pitch, row_y(row, len(names)))
    painted = [stroke.start for stroke in machine.pen_strokes if stroke.kind == "point"]
    assert min(math.dist(dot, each) for each in painted) < 0.5  # pixels: nobody sees less
    click(machine, *dot)
    assert machine.variable("chosen example") == number + 1
    assert machine.variable("chosen name") == row
    assert [machine.variable(name) for name in ("red", "green", "blue")] == list(wanted[:3])
    tell(machine, "remove")
    assert examples_of(machine) == examples[:number] + examples[number + 1 :]


def test_the_key_e_goes_from_example_to_example() -> None:
    examples: list[Example] = [(10, 20, 30, "cold"), (1, 2, 3, "warm")]
    machine = started(examples=examples)
    for number in (1, 2, 1):
        machine.press_key("e")
        machine.step(2)
        machine.release_key("e")
        machine.step(2)
        red, green, blue, name = examples[number - 1]
        assert machine.variable("chosen example") == number
        assert machine.variable("chosen name") == ["warm", "cold"].index(name) + 1
        assert [machine.variable(each) for each in ("red", "green", "blue")] == [red, green, blue]


def test_an_example_is_let_go_when_a_slider_moves() -> None:
    machine = started(examples=[(10, 20, 30, "warm"), (1, 2, 3, "cold")])
    click(machine, HERE["dots"]["left"] + 5, row_y(1, 2))
    assert machine.variable("chosen example") == 1
    click(machine, HERE["track"]["left"] + 90, HERE["track"]["rows"][1])
    assert machine.variable("chosen example") == 0
    tell(machine, "remove")
    assert machine.variable("message") == SAY["two_names"]
    assert len(examples_of(machine)) == 2


def test_a_name_goes_with_its_examples_when_asked_twice() -> None:
    examples: list[Example] = [(1, 1, 1, "a"), (2, 2, 2, "b"), (3, 3, 3, "b"), (4, 4, 4, "c"), (5, 5, 5, "b")]
    machine = started(["a", "b", "c"], examples)
    click(machine, HERE["rows"]["left"] + 20, row_y(2, 3))
    tell(machine, "remove")
    assert machine.variable("message") == SAY["sure_name"]
    click(machine, HERE["rows"]["left"] + 20, row_y(1, 3))  # another is chosen: it must be asked again
    tell(machine, "remove")
    assert machine.list_items("names") == ["a", "b", "c"]
    click(machine, HERE["rows"]["left"] + 20, row_y(2, 3))
    tell(machine, "remove")
    for message in ("settings", "settings"):
        tell(machine, message)  # whoever does something else in between is asked again
    tell(machine, "remove")
    assert machine.list_items("names") == ["a", "b", "c"]
    tell(machine, "remove")
    assert machine.list_items("names") == ["a", "c"]
    assert examples_of(machine) == [examples[0], examples[3]]
    assert machine.variable("message") == SAY["name_removed"]


@pytest.mark.parametrize(
    ("typed", "names", "said"),
    [
        ("  sea green ", ["warm", "cold", "sea green"], "new_name"),
        ("", ["warm", "cold"], "welcome"),
        ("   ", ["warm", "cold"], "welcome"),
        ("WARM", ["warm", "cold"], "name_there"),
        ("abcdefghijklmnopqrstuvw", ["warm", "cold", "abcdefghijklmnop"], "new_name"),
        ("7", ["warm", "cold", "7"], "new_name"),
        ("v] (x) // \\", ["warm", "cold", "v] (x) // \\"], "new_name"),
        ("😀 мир", ["warm", "cold", "😀 мир"], "new_name"),
    ],
)
def test_a_new_name_is_any_word_that_is_not_there(typed: str, names: list[str], said: str) -> None:
    machine = started()
    tell(machine, "new name", typed)
    assert [to_text(name) for name in machine.list_items("names")] == names
    assert machine.variable("message") == SAY[said]
    assert machine.variable("chosen name") == (len(names) if said == "new_name" else 1)
    assert len(machine.list_items("shares")) == len(names)


def test_twelve_names_are_the_most() -> None:
    machine = started([f"name {number}" for number in range(12)])
    tell(machine, "new name")
    assert machine.questions == []
    assert machine.variable("message") == SAY["twelve_names"]


def test_renaming_while_it_learns_keeps_what_was_learned() -> None:
    machine = started(["a", "b"], [(0, 0, 0, "a"), (255, 255, 255, "b"), (9, 9, 9, "a")])
    machine.broadcast("learn")
    machine.step(10)
    steps, losses = machine.variable("steps learned"), len(machine.list_items("losses"))
    tell(machine, "rename", "night")
    assert machine.list_items("names") == ["night", "b"]
    assert [example[3] for example in examples_of(machine)] == ["night", "b", "night"]
    now = machine.variable("steps learned")
    assert isinstance(now, float)
    assert isinstance(steps, float)
    assert now > steps, "it learns on"
    assert len(machine.list_items("losses")) > losses
    assert machine.variable("learning") == 1
    for value in ("red", "green", "blue"):
        machine.set_variable(value, 3)
    machine.step(60)
    assert machine.variable("name") == "night"


def test_a_word_of_another_name_is_refused_but_its_own_in_capitals_is_shown() -> None:
    machine = started()
    tell(machine, "rename", "COLD")
    assert machine.list_items("names") == ["warm", "cold"]
    assert machine.variable("message") == SAY["name_taken"]
    tell(machine, "rename", "Warm")
    assert machine.list_items("names") == ["Warm", "cold"]
    assert letters_on_stage(machine)[:8] == list("Warmcold")


def letters_on_stage(machine: Simulator) -> list[str]:
    """What was stamped since the last change of the names, letter by letter."""
    return [stroke.costume for stroke in machine.pen_strokes if stroke.kind == "stamp"]


def test_names_are_written_letter_by_letter_and_unknown_letters_are_boxes() -> None:
    machine = started(["Größe", "мир"])
    assert letters_on_stage(machine)[:8] == [*"Größe", *[UNKNOWN] * 3]


def test_long_names_stay_within_their_column_and_the_colour() -> None:
    machine = started(["W" * 16, "cold"])
    machine.step(5)
    right = HERE["rows"]["left"] + 8 + HERE["rows"]["names"]
    xs = [stroke.start[0] for stroke in machine.pen_strokes if stroke.kind == "stamp"][:16]
    assert max(xs) < right
    assert all(after > before for before, after in pairwise(xs))


def test_every_letter_has_one_costume() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET)
    [painter] = [sprite for sprite in PROJECT.sprites if sprite.name == "Painter"]
    assert [costume.name for costume in painter.costumes] == [UNKNOWN, *ALPHABET]


def press_setting(machine: Simulator, row: int, side: str) -> None:
    place = HERE["settings"]
    click(machine, place[side], place["top"] - (row - 0.5) * place["pitch"])


@pytest.mark.parametrize(
    ("row", "name", "plus", "minus"),
    [
        (1, "learning rate", [0.03, 0.1, 0.3, 1, 1], [0.003, 0.001, 0.0003, 0.0001, 0.0001]),
        (2, "momentum", [0.7, 0.8, 0.9, 0.95, 0.99, 0.99], [0.3, 0, 0]),
        (3, "hidden units", [9, 10], [7, 6, 5, 4, 3, 2, 1, 1]),
        (4, "hidden units 2", [1, 2], [0]),
        (5, "activation", ["tanh", "sigmoid", "ReLU"], ["sigmoid", "tanh", "ReLU"]),
        (6, "seed", [2, 3], [0, -1]),
    ],
)
def test_settings_turn_by_plus_and_minus(row: int, name: str, plus: list[Value], minus: list[Value]) -> None:
    for side, values in (("plus", plus), ("minus", minus)):
        machine = started()
        tell(machine, "settings")
        assert machine.variable("page") == 2
        for value in values:
            press_setting(machine, row, side)
            assert machine.variable(name) == value
        assert len(machine.list_items("biases", LEARNER)) > 2


def test_a_setting_between_the_steps_goes_to_the_next_one() -> None:
    machine = started()
    tell(machine, "settings")
    machine.set_variable("learning rate", 0.05)
    press_setting(machine, 1, "plus")
    assert machine.variable("learning rate") == 0.1
    machine.set_variable("learning rate", "nonsense")  # counts as 0, below which there is no step
    for side, value in (("minus", "nonsense"), ("plus", 0.0001)):
        press_setting(machine, 1, side)
        assert machine.variable("learning rate") == value


def test_the_survey_asks_first_when_there_are_examples() -> None:
    machine = started()
    tell(machine, "ask for the survey")
    assert len(examples_of(machine)) == 110
    kept = [(1, 2, 3, "warm")]
    machine = started(examples=kept)
    tell(machine, "ask for the survey")
    assert examples_of(machine) == kept
    assert machine.variable("message") == SAY["sure_survey"]
    tell(machine, "ask for the survey")
    assert len(examples_of(machine)) == 110
    assert len(machine.list_items("names")) == 11


def test_one_step_is_one_step_and_the_curve_grows_by_rounds() -> None:
    machine = started(examples=[(1, 2, 3, "warm"), (250, 2, 3, "cold")])
    before = weights_of(machine)
    for taken in (1, 2, 3):
        tell(machine, "one step")
        assert machine.variable("steps learned") == taken
    assert weights_of(machine) != before
    assert len(machine.list_items("losses")) == 1


def test_learn_and_stop_are_one_button() -> None:
    machine = started(examples=[(1, 2, 3, "warm"), (250, 2, 3, "cold")])
    assert machine.sprite("Learn").costume == 1
    tell(machine, "learn or stop")
    assert machine.variable("learning") == 1
    assert machine.sprite("Learn").costume == 2
    tell(machine, "learn or stop")
    assert machine.variable("learning") == 0
    assert machine.sprite("Learn").costume == 1


def test_every_button_has_a_key_of_its_own() -> None:
    keys = [button["key"] for button in HERE["buttons"]]
    assert len(set(keys)) == len(keys)
    machine = started()
    for key, variable, value in (("t", "page", 2), ("o", "learning", 0), ("t", "page", 1)):
        machine.press_key(key)
        machine.step(3)
        machine.release_key(key)
        machine.step(2)
        assert machine.variable(variable) == value
    machine.press_key("down arrow")
    machine.step(1)
    machine.release_key("down arrow")
    machine.step(2)
    assert machine.variable("chosen name") == 2


def test_the_curve_is_drawn_within_its_field_however_long_it_learns() -> None:
    machine = started(examples=[(1, 2, 3, "warm"), (250, 2, 3, "cold")])
    for rounds in (1, 59, 60, 61, 1000, 50_000):
        machine.set_list("losses", [9.0] * rounds)
        machine.set_list("accuracies", [1.0] * rounds)
        before = len(machine.pen_strokes)
        machine.step(3)
        drawn = machine.pen_strokes[before:]
        places = [stroke.end for stroke in drawn if stroke.kind == "line" and stroke.size in (2, 3)]
        curve = template_value("teach/places.txt", "curve")
        assert all(curve["left"] <= x <= curve["right"] + 1 for x, _ in places if x > 60)
        assert all(curve["bottom"] <= y <= curve["top"] for x, y in places if x > 60)
        assert len(places) < 400


def test_the_whole_stage_is_painted_only_when_something_is_new() -> None:
    machine = started()
    before = len(machine.pen_strokes)
    machine.step(10)
    assert len(machine.pen_strokes) == before
