"""Tables are read whatever their column order; every fault names its row and column."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scratchgen.colours import table
from scratchgen.colours.table import open_table, read_colours, read_labelled, text_of_table
from scratchgen.errors import TableError

channels = st.tuples(*[st.integers(0, 255)] * 3)
labels = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60).filter(str.strip)


@given(
    st.lists(
        st.tuples(channels, labels, st.floats(1e-6, 1e6)),
        min_size=2,
        max_size=9,
        unique_by=lambda row: " ".join(row[1].split()).lower(),
    ),
    st.permutations(["r", "g", "b", "label", "weight", "note"]),
)
def test_what_csv_writes_is_read_back(
    rows: list[tuple[tuple[int, int, int], str, float]], header: list[str]
) -> None:
    file = io.StringIO()
    writer = csv.DictWriter(file, header)
    writer.writeheader()
    for (red, green, blue), label, weight in rows:
        writer.writerow(
            {"r": red, "g": green, "b": blue, "label": label, "weight": repr(weight), "note": "a,\nb"}
        )
    file.seek(0)
    read = read_labelled(file, where="t.csv")
    assert [(row.channels, row.label, row.weight) for row in read] == [
        (colour, " ".join(label.split()), weight) for colour, label, weight in rows
    ]
    assert {row.others["note"] for row in read} == {"a,\nb"}


def test_a_byte_order_mark_blank_lines_and_capital_letters_do_no_harm() -> None:
    text = text_of_table("\ufeffR, G ,B\r\n1,2,3\r\n\r\n 4 ,5,6\r\n".encode(), where="t.csv")
    assert list(read_colours(text, where="t.csv")) == [(1, 2, 3), (4, 5, 6)]


HEADER = "r,g,b,label,weight\n"
FAULTS = {
    "": r"^t\.csv: the file is empty; begin with the header r,g,b,label$",
    "\n \n": "the file is empty",
    "r,g,b\n1,2,3\n": r"^t\.csv, row 1: the header 'r,g,b' lacks label; begin",
    "1,2,3,ink\n": "lacks r, g, b, label",
    "r,g,b,r,label\n": "names 'r' twice",
    HEADER: r"^t\.csv: no row follows the header; give rows of 2 to 100 labels$",
    HEADER + "1,2,3,ink,1\n": "the column label has 1 different labels; give rows of 2 to 100",
    HEADER + "1,2,3,ink,1\n1,2,3,a\n": r"^t\.csv, row 3: 4 columns, and the header has 5",
    HEADER + "256,2,3,ink,1\n": r"^t\.csv, row 2, column r: r is '256'; give a whole number from 0 to 255$",
    HEADER + "1,-2,3,ink,1\n": "column g: g is '-2'",
    HEADER + "1,2,nan,ink,1\n": "column b: b is 'nan'",
    HEADER + "1,2,3.5,ink,1\n": "column b: b is '3.5'",
    HEADER + "1,2,,ink,1\n": "column b: b is ''",
    HEADER + "1,2,²,ink,1\n": "column b: b is '²'",
    HEADER + "1,2,٣,ink,1\n": "column b",
    HEADER + f"1,2,{'9' * 5000},ink,1\n": "column b: b is '9999.*…'",
    HEADER + "1,2,3, ,1\n": "column label: label is ''; give a name",
    HEADER + "1,2,3,ink,0\n": "column weight: weight is '0'; give a number above 0",
    HEADER + "1,2,3,ink,nan\n": "column weight",
    HEADER + "1,2,3,ink,inf\n": "column weight",
    HEADER + "1,2,3,ink,1_0\n": "column weight",
    HEADER + "1,2,3,ink,-1\n": "column weight",
    HEADER + '1,2,3,"ink,1\n': r"row 2: not CSV",
    HEADER + f"1,2,3,{'x' * 20_000},1\n": "not CSV",
}


@pytest.mark.parametrize(("text", "message"), FAULTS.items(), ids=range(len(FAULTS)))
def test_every_fault_is_one_line_with_its_place(text: str, message: str) -> None:
    with pytest.raises(TableError, match=message) as caught:
        read_labelled(io.StringIO(text, newline=""), where="t.csv")
    assert len(str(caught.value).splitlines()) == 1


def test_more_than_a_hundred_labels_are_refused() -> None:
    rows = "".join(f"1,2,3,label {number},1\n" for number in range(101))
    with pytest.raises(TableError, match="101 different labels"):
        read_labelled(io.StringIO(HEADER + rows), where="t.csv")


@pytest.mark.parametrize("label", ["a\0b", "a\x1bb", "x" * 61])
def test_labels_that_scratch_could_not_show_are_refused(label: str) -> None:
    with pytest.raises(TableError, match=r"row 2, column label: .*; give a name") as caught:
        read_labelled(io.StringIO(f"r,g,b,label\n1,2,3,{label}\n4,5,6,b\n"), where="t.csv")
    assert str(caught.value).isprintable()


def test_labels_that_differ_in_capitals_alone_are_refused() -> None:
    with pytest.raises(TableError, match="'Red' and 'red' differ in capitals"):
        read_labelled(io.StringIO("r,g,b,label\n1,2,3,red\n4,5,6,Red\n"), where="t.csv")


def test_more_rows_than_memory_should_hold_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MOST_LABELLED", 2)
    with pytest.raises(TableError, match=r"^t\.csv, row 4: too many rows; give at most 2 labelled rows$"):
        read_labelled(io.StringIO("r,g,b,label\n1,2,3,a\n4,5,6,b\n7,8,9,a\n"), where="t.csv")


def test_colours_without_a_row_are_refused() -> None:
    with pytest.raises(TableError, match="no row follows the header"):
        list(read_colours(io.StringIO("r,g,b\n"), where="t.csv"))


def test_missing_files_folders_and_other_encodings_are_refused(tmp_path: Path) -> None:
    (tmp_path / "latin.csv").write_bytes("r,g,b\n1,2,3\nü".encode("latin-1"))
    with pytest.raises(TableError, match=r"latin\.csv, row 3: not UTF-8 text"):
        open_table(tmp_path / "latin.csv")
    with pytest.raises(TableError, match=r"gone\.csv: no such file or directory; name a CSV file"):
        open_table(tmp_path / "gone.csv")
    with pytest.raises(TableError, match="is a directory"):
        open_table(tmp_path)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_table_or_an_error(data: bytes) -> None:
    try:
        rows = read_labelled(text_of_table(b"r,g,b,label\n" + data, where="t.csv"), where="t.csv")
    except TableError:
        return
    assert len({row.label for row in rows}) >= 2
