"""Workbooks (.xlsx) as people and strangers make them: read as a table, or refused with a reason."""

import io
import zipfile
from datetime import date, datetime, time
from typing import Any

import pytest
from openpyxl import Workbook

from foundation.errors import Invalid
from foundation.importing import Column, day, minutes, text, workbooks
from foundation.importing.figures import figure
from foundation.importing.peeking import peek
from foundation.importing.reading import read_table
from foundation.importing.returning import faulty_lines
from foundation.importing.workbooks import sheets_of

COLUMNS = (
    Column("name", text(40), ("Nome",), required=True),
    Column("much", figure, ("Quanto",)),
    Column("born", day(), ("Nato il",)),
    Column("hours", minutes(), ("Ore",)),
)


def book(*rows: list[Any], title: str = "Foglio1", **formats: str) -> Workbook:
    made = Workbook()
    sheet = made.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for cell, shown in formats.items():
        sheet[cell].number_format = shown
    return made


def packed(made: Workbook) -> bytes:
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def cells(*rows: list[Any], **formats: str) -> list[list[str]]:
    return [line for _, line in sheets_of(packed(book(*rows, **formats)))[0]]


def repacked(data: bytes, part: str, change: Any) -> bytes:
    """The same workbook with one of its parts changed."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return written.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_it_is_read_like_any_table() -> None:
    rows = (
        ["Nome", "Quanto", "Nato il", "Ore"],
        ["Èva", 3.465, date(2019, 3, 1), time(1, 30)],
        [],
        ["Ida", 12, None, "2 h"],
    )
    sheet = read_table(packed(book(*rows)), COLUMNS)
    assert sheet.faults == []
    assert [(row.line, row["name"], str(row["much"]), row["born"], row["hours"]) for row in sheet.rows] == [
        (2, "Èva", "3.465", date(2019, 3, 1), 90),
        (4, "Ida", "12", None, 120),
    ]


@pytest.mark.parametrize(
    ("value", "shown_as", "written"),
    [
        (3.465, "General", "3,465"),
        (0.1 + 0.2, "General", "0,3"),
        (1234.5, "#,##0.00", "1234,5"),
        (1.234, "General", "1,234"),
        (12.0, "0.00", "12"),
        (7, "00000", "00007"),
        (0.04, "0%", "4%"),
        (0.105, "0.0%", "10,5%"),
        (True, "General", "true"),
        (datetime.combine(date(2027, 1, 11), time()), "yyyy-mm-dd", "2027-01-11"),
        (datetime.combine(date(2027, 1, 11), time(8, 30)), "yyyy-mm-dd h:mm", "2027-01-11 08:30"),
        ("'=1+1", "General", "'=1+1"),
        ("  words ", "General", "  words "),
    ],
)
def test_a_value_is_as_somebody_would_type_it(value: Any, shown_as: str, written: str) -> None:
    assert cells(["x", value], B1=shown_as)[0][1] == written


def test_headings_below_a_title_are_found() -> None:
    rows = (["Registro di gennaio"], ["Nome", "Quanto"], ["Anna", 1])
    sheet = read_table(packed(book(*rows)), COLUMNS)
    assert [(row.line, row["name"]) for row in sheet.rows] == [(3, "Anna")]
    assert [row["name"] for row in read_table(b"Registro\n\nNome;Quanto\nAnna;1\n", COLUMNS).rows] == ["Anna"]


def test_headings_merged_over_two_lines_are_one() -> None:
    made = book(["Nome", "Prezzo", None], [None, "al kg", "al pezzo"], ["Mele", 1, 2])
    made.active.merge_cells("A1:A2")
    made.active.merge_cells("B1:C1")
    found = peek(packed(made), COLUMNS, max_bytes=10**6)
    assert [one.heading for one in found] == ["Nome", "Prezzo al kg", "Prezzo al pezzo"]
    assert found[1].samples == ("1",)


def test_the_sheet_with_the_headings_is_read_and_hidden_ones_never() -> None:
    made = book(["Grazie per l’ordine"], title="Saluti")
    made.create_sheet("Nascosto").append(["Nome", "Quanto", "Ore"])
    made["Nascosto"].sheet_state = "hidden"
    listed = made.create_sheet("Listino")
    listed.append(["Nome", "Quanto"])
    listed.append(["Mele", 2])
    assert [row["name"] for row in read_table(packed(made), COLUMNS).rows] == ["Mele"]


def test_a_line_alone_is_a_heading_for_those_below() -> None:
    columns = (*COLUMNS, Column("group", text(20), ("Gruppo",), default=""))
    sheet = read_table(b"Nome;Quanto\nA;1\nFORMAGGI;\nB;2\nC;3\nORTAGGI\nD;4\n", columns, band="group")
    assert [(row["name"], row["group"]) for row in sheet.rows] == [
        ("A", ""), ("B", "FORMAGGI"), ("C", "FORMAGGI"), ("D", "ORTAGGI"),
    ]  # fmt: skip


def test_a_formula_gives_what_it_came_to() -> None:
    def worked_out(xml: bytes) -> bytes:
        return xml.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>").replace(
            b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>"
        )

    data = packed(book(["Nome", "Quanto"], ["Mele", "=1+1"]))
    assert [str(row["much"]) for row in read_table(repacked(data, SHEET, worked_out), COLUMNS).rows] == ["2"]
    sheet = read_table(data, COLUMNS)
    assert str(sheet.faults[0]).startswith("1: Cell B2 is a formula without a result")


def test_what_is_wrong_is_given_back_as_a_table() -> None:
    data = packed(book(["Nome", "Quanto"], ["Mele", "molto"], ["Pere", 1]))
    [fault] = read_table(data, COLUMNS).faults
    assert list(faulty_lines(data, COLUMNS, [(fault.line, "no")], "Errore")) == [
        ["Errore", "Nome", "Quanto"], ["no", "Mele", "molto"],
    ]  # fmt: skip


# ---------------------------------------------------------------- what strangers send


def refused(data: bytes) -> str:
    with pytest.raises(Invalid) as caught:
        sheets_of(data)
    return str(caught.value)


def test_a_bomb_is_refused_unopened() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("[Content_Types].xml", "<x/>")
        bomb.writestr(SHEET, b"0" * (workbooks.MOST_OPENED + 1))
    assert len(written.getvalue()) < 200_000
    assert "far too much" in refused(written.getvalue())


def test_so_is_one_of_many_parts() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as bomb:
        bomb.writestr("[Content_Types].xml", "<x/>")
        for number in range(workbooks.MOST_PARTS):
            bomb.writestr(f"{number}", "")
    assert "far too much" in refused(written.getvalue())


def test_entities_are_refused() -> None:
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    data = repacked(packed(book(["Nome"])), "xl/workbook.xml", lambda xml: laughs + xml.partition(b"?>")[2].lstrip())
    assert "cannot be opened" in refused(data)


def test_a_line_far_below_and_a_cell_far_to_the_right(monkeypatch: pytest.MonkeyPatch) -> None:
    made = book(["Nome"])
    made.active["A60000"] = "x"
    assert "more than 50000 lines" in refused(packed(made))
    monkeypatch.setattr(workbooks, "MOST_CELLS", 10_000)
    made = book(["Nome"])
    made.active["XFD2"] = "x"
    assert "far too much" in refused(packed(made))


def test_its_own_extent_is_not_believed() -> None:
    data = packed(book(["Nome"], ["Mele"], ["Pere"]))
    small = repacked(data, SHEET, lambda xml: xml.replace(b'ref="A1:A3"', b'ref="A1:A1"'))
    assert [line for _, line in sheets_of(small)[0]] == [["Nome"], ["Mele"], ["Pere"]]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xd0\xcf\x11\xe0" + b"x" * 100, "old workbook"),
        (b"PK\x03\x04" + b"x" * 100, "cannot be opened"),
        (b"PK\x03\x04", "cannot be opened"),
        (packed(book(["Nome"]))[:-40], "cannot be opened"),
    ],
)
def test_what_is_no_workbook(data: bytes, words: str) -> None:
    assert words in refused(data)


def test_another_kind_of_workbook() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as other:
        other.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert ".ods" in refused(written.getvalue())


def test_a_broken_part() -> None:
    data = repacked(packed(book(["Nome"])), SHEET, lambda xml: xml[: len(xml) // 2])
    assert "cannot be opened" in refused(data)
