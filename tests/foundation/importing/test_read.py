"""A table saved by any spreadsheet just works, and what does not is told line by line."""

import codecs
import csv
import io
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.importing import Column, Sheet, day, email, minutes, read_table, text
from foundation.importing.encodings import decode

COLUMNS = (
    Column("name", text(80), ("Nome", "Name"), required=True),
    Column("email", email(), ("E-mail", "Posta elettronica"), unique=True),
    Column("joined", day(), ("Data di iscrizione", "Joined on")),
    Column("balance", minutes(signed=True), ("Saldo", "Balance"), default=0),
)
ITALIAN = "Nome;E-mail;Data di iscrizione;Saldo\r\nLucà;luca@esempio.it;22/11/2026;-1,5\r\nZoë;;;\r\n"
LUCA = {"name": "Lucà", "email": "luca@esempio.it", "joined": date(2026, 11, 22), "balance": -90}
ZOE = {"name": "Zoë", "email": None, "joined": None, "balance": 0}


def read(content: str | bytes, **options: Any) -> Sheet:
    return read_table(content.encode() if isinstance(content, str) else content, COLUMNS, **options)


def values(sheet: Sheet) -> list[Any]:
    assert sheet.faults == []
    return [dict(row.values) for row in sheet.rows]


def faults(sheet: Sheet) -> list[str]:
    assert sheet.fault_count == len(sheet.faults)
    return [str(fault) for fault in sheet.faults]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (ITALIAN.encode(), "utf-8"),
        (codecs.BOM_UTF8 + ITALIAN.encode(), "utf-8"),
        (ITALIAN.encode("cp1252"), "windows-1252"),
        (ITALIAN.encode("mac-roman"), "mac-roman"),
        (ITALIAN.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + ITALIAN.encode("utf-16-be"), "utf-16"),
        (ITALIAN.encode("utf-16-le"), "utf-16-le"),
        (ITALIAN.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_every_usual_encoding(content: bytes, encoding: str) -> None:
    sheet = read(content)
    assert values(sheet) == [LUCA, ZOE]
    assert sheet.encoding == encoding


@pytest.mark.parametrize("words", ["D’Àngelo, «Caffè» – 5 €", "perché “così”, l’età è più", "Zoë Müller", "Ñandú"])
def test_windows_and_old_macs_are_told_apart_by_the_accents_within_words(words: str) -> None:
    for encoding in ("cp1252", "mac-roman"):
        assert decode(f"Nome\nNiccolò\n{words}\n".encode(encoding))[0].split("\n")[2] == words


@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_every_usual_delimiter_and_line_end(delimiter: str, line_end: str) -> None:
    content = ITALIAN.replace("-1,5", "-90 min").replace("\r\n", line_end).replace(";", delimiter)
    sheet = read(content)
    assert values(sheet) == [LUCA, ZOE]
    assert sheet.delimiter == delimiter


def test_what_italian_excel_saves() -> None:
    content = (
        "sep=;\r\n"
        "NOME ;Posta  Elettronica;DATA DI ISCRIZIONE;saldo;Note interne;;\r\n"
        '"Lucà";"luca@esempio.it";22/11/2026;"-1,5";"dice ""ciao""\r\ne poi; altro";;\r\n'
        ";;;;;;\r\n"
        "Zoë;;;;;;\r\n"
        ";;;;;;\r\n"
    )
    sheet = read(content.encode("cp1252"))
    assert values(sheet) == [LUCA, ZOE]
    assert sheet.unknown_headings == ["Note interne"]
    assert [row.line for row in sheet.rows] == [3, 6]


def test_english_headings_in_another_order() -> None:
    assert values(read("balance,Joined on,e_mail,NAME\n-1:30,2026-11-22,luca@esempio.it,Lucà\n,,,Zoë\n")) == [LUCA, ZOE]


def test_short_lines_have_empty_cells() -> None:
    assert values(read("Nome;E-mail;Saldo\nZoë\n")) == [ZOE]


def test_the_separator_line_is_believed_before_the_eye() -> None:
    assert values(read('"sep=,"\nNome,Saldo\n"a;b",2\n'))[0]["name"] == "a;b"


def test_all_faults_are_told_with_their_place() -> None:
    sheet = read("Nome;E-mail;Data;Saldo\nAnna;anna;;\n\n;a@esempio.it;;tanto\nAda;a@esempio.it;;\nEva;;;;x\n")
    assert faults(sheet) == [
        "2, E-mail: This is not an e-mail address.",
        "4, Nome: This cell must not be empty.",
        "4, Saldo: Write the time as 1 h 30, 1:30, 1,5 or 90 min.",
        "5, E-mail: This is already on line 4.",
        "6: On this line there is a cell without a heading above it.",
    ]
    assert (sheet.rows, sheet.unknown_headings) == ([], ["Data"])


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "1: This file is empty."),
        (b"\n\n  \n", "1: This file is empty."),
        (b"Cognome;Via\nRossi;Roma\n", "1: These columns are missing: Nome."),
        (b"Nome;NAME\nAnna;Ada\n", "1: Two columns are called \u201cNAME\u201d."),
        (b"Nome\nAn\x00na\n", "1: This file contains characters that are not text (U+0000)."),
        ("Nome\nAn\x00na\n".encode("utf-16"), "1: This file contains characters that are not text (U+0000)."),
        (b"Nome\nAnna \x81\x8d\n", "1: This file is in an unknown encoding. Save it as \u201cCSV UTF-8\u201d."),
        (
            codecs.BOM_UTF8 + b"Nome\n\xe0\n",
            "1: This file is in an unknown encoding. Save it as \u201cCSV UTF-8\u201d.",
        ),
        (b'"Nome\nAnna\n', "1: The quotation marks on this line do not match, or a cell is far too long."),
    ],
)
def test_a_file_that_cannot_be_read_is_told_why(content: bytes, sentence: str) -> None:
    assert faults(read(content)) == [sentence]


@pytest.mark.parametrize("beginning", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"])
def test_a_workbook_is_told_to_be_saved_as_text(beginning: bytes) -> None:
    assert "workbook" in faults(read(beginning + b"\x00" * 50))[0]


def test_broken_quotes_are_told_where_they_begin() -> None:
    sheet = read('Nome;Saldo\nAnna;1\n"Ada;2\nEva;3\n')
    assert [row["name"] for row in sheet.rows] == ["Anna"]
    assert faults(sheet) == ["3: The quotation marks on this line do not match, or a cell is far too long."]
    assert "3: The quotation" in faults(read('Nome;Saldo\nAnna;1\n"Ada" x;2\n'))[0]


def test_files_have_their_limits() -> None:
    assert faults(read("Nome\n" + "a" * 2**20, max_bytes=2**20)) == ["1: This file is larger than 1 MB."]
    sheet = read("Nome\nAnna\nAda\n\nEva\nIda\n", max_rows=3)
    assert faults(sheet) == ["6: This file has more than 3 lines."]
    assert "far too long" in faults(read("Nome\n" + "a" * 200_000))[0]


def test_a_thousand_faults_are_counted_but_not_all_told() -> None:
    sheet = read("Nome;E-mail\n" + "Anna;x\n" * 1000)
    assert (sheet.fault_count, len(sheet.faults)) == (1000, 500)


def test_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    read("Nome\n" + "Anna\n" * 1200, progress=lambda done, total: told.append((done, total)))
    assert told[0] == (500, 1202)
    assert told[-1] == (1200, 1200)


def prints(content: str | bytes) -> list[str]:
    sheet = read(content)
    assert sheet.faults == []
    return [row.fingerprint for row in sheet.rows]


def test_a_line_has_the_same_fingerprint_however_it_is_saved() -> None:
    again = 'Saldo,Nota,nome,E-mail,Joined on\n"-1,5",x,Lucà ,luca@esempio.it,22/11/2026\n,,Zoë,,\n'
    assert prints(ITALIAN) == prints(again) == prints(ITALIAN.encode("utf-16"))


def test_equal_lines_have_fingerprints_of_their_own() -> None:
    first = prints("Nome\nAnna\nAda\nAnna\nAnna\n")
    assert len(set(first)) == 4
    assert prints("Nome\nAnna\nAnna\nAnna\nAda\n") == [first[0], first[2], first[3], first[1]]


def test_no_two_different_lines_share_a_fingerprint() -> None:
    assert len(set(prints("Nome;Saldo\nAnna;1\nAnna;2\nAnna 1;\n"))) == 3


cells = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)


@given(
    st.lists(st.tuples(cells.filter(str.strip), cells), min_size=1, max_size=8),
    st.sampled_from([";", ",", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_whatever_is_written_is_read(lines: list[tuple[str, str]], delimiter: str, encoding: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([("Nome", "Nota"), *lines])
    columns = (Column("name", str, ("Nome",), required=True), Column("note", str, ("Nota",), default=""))
    sheet = read_table(out.getvalue().encode(encoding), columns)
    assert sheet.faults == []
    assert [(row["name"], row["note"]) for row in sheet.rows] == [(a.strip(), b.strip()) for a, b in lines]


@given(st.binary(max_size=300))
def test_any_bytes_give_a_sheet(content: bytes) -> None:
    sheet = read(content)
    assert sheet.rows or sheet.faults or sheet.delimiter


@given(st.text(max_size=200))
def test_any_text_below_a_good_heading_gives_lines_and_faults(content: str) -> None:
    sheet = read(("Nome;Saldo\n" + content).encode("utf-8", "replace"))
    assert all(row["name"] for row in sheet.rows)
    assert all(fault.line >= 1 and str(fault) for fault in sheet.faults)
