"""Reads colours from CSV: labelled ones to learn from and to score against, bare ones to name.

The header names the columns, in any order: ``r,g,b`` always, ``label`` and ``weight`` where they are
wanted; other columns are carried along as text. Every fault names its row (the header is row 1) and column.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from unicodedata import category

from scratchgen.colours.notation import Channels
from scratchgen.errors import TableError

__all__ = ["LabelledColour", "open_table", "read_colours", "read_labelled"]

CHANNELS = ("r", "g", "b")
LARGEST_FILE = 256 * 2**20
"""Bytes; more than all sixteen million colours take."""
LONGEST_FIELD = 10_000
LARGEST_WEIGHT = 1e6
MOST_LABELLED = 500_000
"""Rows; with a hundred labels their votes take 400 MB."""
FEWEST_LABELS, MOST_LABELS = 2, 100
LONGEST_LABEL = 60
"""Characters; a hundred such labels still fit in the manifest of a project."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledColour:
    """A row of a labelled table; ``others`` are the columns that have no meaning here."""

    channels: Channels
    label: str
    weight: float
    others: Mapping[str, str]


def open_table(path: Path | str) -> io.StringIO:
    """Return the text of a CSV file; TableError when it cannot be read."""
    path = Path(path)
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as fault:
        raise TableError(
            (fault.strerror or "it cannot be read").lower(), where=str(path), todo="name a CSV file"
        ) from None
    return text_of_table(data, where=str(path))


def text_of_table(data: bytes, *, where: str) -> io.StringIO:
    """Return the text in the bytes of a table; TableError when they are no UTF-8 text, or too many."""
    if len(data) > LARGEST_FILE:
        raise TableError(f"larger than {LARGEST_FILE // 2**20} MB", where=where, todo="split the file")
    try:
        return io.StringIO(data.decode("utf-8-sig"), newline="")
    except UnicodeDecodeError as fault:
        row = data.count(b"\n", 0, fault.start) + 1
        raise TableError(
            "not UTF-8 text", where=f"{where}, row {row}", todo="save it as CSV in UTF-8"
        ) from None


def read_colours(text: io.TextIOBase, *, where: str) -> Iterator[Channels]:
    """Yield the channels of each row of a table with the columns ``r,g,b``.

    >>> list(read_colours(io.StringIO("b,r,g\\n3,1,2\\n"), where="tiny.csv"))
    [(1, 2, 3)]

    TableError: a column is missing, a channel is not 0 to 255, there is no row.
    """
    empty = True
    for row in _rows(text, CHANNELS, where):
        empty = False
        yield row.channels()
    if empty:
        raise TableError("no row follows the header", where=where, todo="add a row such as 255,128,0")


def read_labelled(text: io.TextIOBase, *, where: str) -> list[LabelledColour]:
    """Return the rows of a table with the columns ``r,g,b,label`` and perhaps ``weight`` (1 where it is not).

    >>> rows = read_labelled(io.StringIO("r,g,b,label\\n1,2,3,ink\\n250,250,250,paper\\n"), where="t.csv")
    >>> rows[0].label
    'ink'

    TableError: as :func:`read_colours`; a label is empty, too long or holds control characters; two labels
    differ in capitals alone; a weight is not a positive number; there is one label only, or more than 100;
    there are more than 500,000 rows.
    """
    rows: list[LabelledColour] = []
    for row in _rows(text, (*CHANNELS, "label"), where):
        if len(rows) == MOST_LABELLED:
            todo = f"give at most {MOST_LABELLED:,} labelled rows"
            raise TableError("too many rows", where=row.where, todo=todo)
        others = {
            name: value for name, value in row.cells.items() if name not in (*CHANNELS, "label", "weight")
        }
        rows.append(
            LabelledColour(channels=row.channels(), label=row.label(), weight=row.weight(), others=others)
        )
    labels = {row.label for row in rows}
    if not FEWEST_LABELS <= len(labels) <= MOST_LABELS:
        found = (
            "no row follows the header"
            if not rows
            else f"the column label has {len(labels)} different labels"
        )
        raise TableError(found, where=where, todo=f"give rows of {FEWEST_LABELS} to {MOST_LABELS} labels")
    _refuse_twins(labels, where)
    return rows


def _refuse_twins(labels: Set[str], where: str) -> None:
    """Refuse labels that Scratch holds for the same, since its = does not see capitals."""
    known: dict[str, str] = {}
    for label in sorted(labels):
        twin = known.setdefault(label.lower(), label)
        if twin != label:
            raise TableError(
                f"the labels {twin!r} and {label!r} differ in capitals alone",
                where=f"{where}, column label",
                todo="write them alike",
            )


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells by the names of their columns, and its place for messages."""

    cells: Mapping[str, str]
    where: str

    def channels(self) -> Channels:
        """Return the three channels."""
        red, green, blue = map(self._channel, CHANNELS)
        return red, green, blue

    def _channel(self, column: str) -> int:
        text = self.cells[column].strip()
        if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text) <= 255):
            raise self._fault(column, text, "give a whole number from 0 to 255")
        return int(text)

    def label(self) -> str:
        """Return the label without the blanks around it."""
        label = " ".join(self.cells["label"].split())
        controls = any(category(character) in ("Cc", "Cs") for character in label)
        if not 0 < len(label) <= LONGEST_LABEL or controls:
            raise self._fault("label", label, f"give a name of 1 to {LONGEST_LABEL} characters, no controls")
        return label

    def weight(self) -> float:
        """Return the weight, 1 where the table has none."""
        text = self.cells.get("weight", "1").strip()
        try:
            weight = float(text) if text.isascii() and "_" not in text else math.nan
        except ValueError:
            weight = math.nan
        if not 0 < weight <= LARGEST_WEIGHT:
            raise self._fault("weight", text, f"give a number above 0, at most {LARGEST_WEIGHT:,.0f}")
        return weight

    def _fault(self, column: str, text: str, todo: str) -> TableError:
        shown = repr(text if len(text) <= 40 else text[:39] + "…")
        return TableError(f"{column} is {shown}", where=f"{self.where}, column {column}", todo=todo)


def _rows(text: io.TextIOBase, needed: tuple[str, ...], where: str) -> Iterator[Row]:
    reader = csv.reader(text, strict=True)
    csv.field_size_limit(LONGEST_FIELD)
    header: list[str] | None = None
    try:
        for cells in reader:
            place = f"{where}, row {reader.line_num}"
            if not any(cell.strip() for cell in cells):
                continue
            if header is None:
                header = _header(cells, needed, place)
            elif len(cells) != len(header):
                raise TableError(
                    f"{len(cells)} columns, and the header has {len(header)}",
                    where=place,
                    todo="give each row all columns",
                )
            else:
                yield Row(dict(zip(header, cells, strict=True)), place)
    except csv.Error as fault:
        place = f"{where}, row {reader.line_num}"
        raise TableError(f"not CSV ({fault})", where=place, todo="save it as CSV with commas") from None
    if header is None:
        raise TableError("the file is empty", where=where, todo=f"begin with the header {','.join(needed)}")


def _header(cells: list[str], needed: tuple[str, ...], place: str) -> list[str]:
    header = [cell.strip().lower() for cell in cells]
    missing = [name for name in needed if name not in header]
    if missing:
        found = ",".join(header)
        raise TableError(
            f"the header {found[:60]!r} lacks {', '.join(missing)}",
            where=place,
            todo=f"begin with the header {','.join(needed)}",
        )
    doubled = [name for name in header if header.count(name) > 1]
    if doubled:
        raise TableError(f"the header names {doubled[0]!r} twice", where=place, todo="name each column once")
    return header
