"""A first look at a file: its columns, samples, and what they may mean; and files that are none."""

import pytest

from foundation.errors import Invalid
from foundation.importing import Column, text
from foundation.importing.peeking import MOST_COLUMNS, peek
from foundation.importing.reading import read_table
from foundation.importing.returning import faulty_lines

COLUMNS = (
    Column("name", text(40), ("Nome", "Given name"), required=True),
    Column("zone", text(40), ("Zona", "Quartiere")),
)
LIMIT = 1024 * 1024


def peeked(content: str | bytes) -> list[tuple[str, tuple[str, ...], str]]:
    data = content.encode() if isinstance(content, str) else content
    return [(one.heading, one.samples, one.guess) for one in peek(data, COLUMNS, max_bytes=LIMIT)]


def refused(content: bytes) -> str:
    with pytest.raises(Invalid) as caught:
        peek(content, COLUMNS, max_bytes=LIMIT)
    return caught.value.message


def test_headings_are_guessed_and_shown_with_three_samples() -> None:
    content = "Quartiere;Nome;Note\nPo;Samira;\nPo;Giorgio;ciao\nCentro;Ida;\nCentro;Wanda;"
    assert peeked(content) == [
        ("Quartiere", ("Po", "Centro"), "zone"),
        ("Nome", ("Samira", "Giorgio", "Ida"), "name"),
        ("Note", ("ciao",), ""),
    ]


def test_a_heading_that_comes_twice_is_guessed_once() -> None:
    assert [guess for _, _, guess in peeked("Nome;Given name;Nome\na;b;c\n")] == ["name", "", ""]


def test_a_column_without_a_heading_is_shown_when_something_stands_in_it() -> None:
    assert peeked("Nome;;\nSamira;x;\n") == [("Nome", ("Samira",), "name"), ("", ("x",), "")]


@pytest.mark.parametrize(
    "content",
    [
        "\ufeffNome;Zona\nÈva;Po\n".encode(),
        "Nome\tZona\nÈva\tPo\n".encode("utf-16"),
        "Nome,Zona\r\nÈva,Po\r\n".encode("cp1252"),
        "Nome;Zona\rÈva;Po\n\r\n".encode(),
    ],
)
def test_whatever_the_spreadsheet_writes(content: bytes) -> None:
    assert peeked(content) == [("Nome", ("Èva",), "name"), ("Zona", ("Po",), "zone")]


def test_only_headings_are_columns_without_samples() -> None:
    assert peeked("Nome;Zona") == [("Nome", (), "name"), ("Zona", (), "zone")]


PHOTO = bytes.fromhex("ffd8ffe000104a46494600010101") + bytes(range(256)) * 8


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "This file is empty."),
        (b"\n\r\n  \n", "This file is empty."),
        (PHOTO, "picture"),
        (b"%PDF-1.7\n" + PHOTO, "picture"),
        (b"\x7fELF" + bytes(range(256)) * 8, "not text"),
        (bytes(range(1, 256)) * 8, "unknown encoding"),
        (b"PK\x03\x04" + b"x" * 50, "workbook"),
        (b"Nome;Zona\nA\x00b;Po\n", "not text"),
        (b"x" * (LIMIT + 1), "larger"),
        (b";".join(b"c%d" % number for number in range(MOST_COLUMNS + 1)), "columns"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(content: bytes, words: str) -> None:
    assert words in refused(content)


def test_a_cell_of_ten_thousand_letters_is_shown_in_short_and_is_a_fault_of_its_line() -> None:
    content = f"Nome;Zona\n{'x' * 10_000};Po\n"
    assert peeked(content)[0][1] == ("x" * 60,)
    sheet = read_table(content.encode(), COLUMNS, places={"name": 0})
    assert [(fault.line, fault.params["longest"]) for fault in sheet.faults] == [(2, 40)]


def test_columns_stand_where_somebody_says() -> None:
    sheet = read_table(b"a;b;c\nPo;x;Samira\n", COLUMNS, places={"name": 2, "zone": 0})
    assert [dict(row.values) for row in sheet.rows] == [{"name": "Samira", "zone": "Po"}]
    assert sheet.unknown_headings == ["b"]
    assert read_table(b"a;b\nx;y\n", COLUMNS, places={"zone": 1}).fault_count == 1
    assert read_table(b"a;b\nx;y\n", COLUMNS, places={"name": 7}).fault_count == 1


def test_the_same_line_has_the_same_fingerprint_wherever_its_columns_stand() -> None:
    one = read_table(b"Nome;Zona\nSamira;Po\n", COLUMNS).rows[0]
    other = read_table(b"x,y,z\nPo,,Samira\n", COLUMNS, places={"name": 2, "zone": 0}).rows[0]
    assert one.fingerprint == other.fingerprint


def test_faulty_lines_come_back_as_they_were_with_what_is_wrong_beside_them() -> None:
    content = b'Nome;Zona\nSamira;Po\n"Gio; Bo";Atlantide\n;Po\n'
    told = [(3, "No such zone."), (4, "Empty."), (4, "Again.")]
    assert list(faulty_lines(content, COLUMNS, told, "Wrong")) == [
        ["Wrong", "Nome", "Zona"],
        ["No such zone.", "Gio; Bo", "Atlantide"],
        ["Empty. Again.", "", "Po"],
    ]


def test_a_line_that_cannot_be_read_has_its_words_alone() -> None:
    content = b'Nome;Zona\nSamira;Po\n"Gio;Atlantide\n'
    assert list(faulty_lines(content, COLUMNS, [(3, "Quotes.")], "Wrong"))[-1] == ["Quotes."]


def test_the_apostrophe_that_kept_a_cell_from_being_a_formula_is_no_part_of_it() -> None:
    sheet = read_table(b"Nome;Zona\n'=1+1;'@Po\n'Ndrangheta;'-3\n", COLUMNS)
    assert [tuple(row.values.values()) for row in sheet.rows] == [("=1+1", "@Po"), ("'Ndrangheta", "-3")]
