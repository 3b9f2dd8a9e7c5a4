"""Letters become numbers of 1 to 30, whatever text there is."""

from hypothesis import given
from hypothesis import strategies as st

from scratchgen.colours.survey import survey_names
from scratchgen.words.letters import UNKNOWN, letter_numbers, padded


@given(st.text(min_size=1))
def test_every_letter_has_a_number(text: str) -> None:
    numbers = letter_numbers(text)
    assert len(numbers) == len(text.lower())
    assert all(1 <= number <= UNKNOWN for number in numbers)


def test_the_survey_has_every_letter_and_no_unknown_one() -> None:
    assert {n for name in survey_names() for n in letter_numbers(name)} == set(range(1, UNKNOWN))


@given(st.lists(st.text("abc ", min_size=1), min_size=1, max_size=5))
def test_padding_leaves_names_as_they_are(names: list[str]) -> None:
    rows, lengths = padded(names)
    assert [row[:length].tolist() for row, length in zip(rows, lengths, strict=True)] == [
        letter_numbers(name) for name in names
    ]
