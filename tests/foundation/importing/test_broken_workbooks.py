"""Workbooks that are broken, locked or packed in some other way: refused in words, never with a fault of ours."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.errors import Invalid
from foundation.importing.workbooks import is_of_a_version_to_come, sheets_of
from tests.foundation.importing.test_workbooks import SHEET, book, packed, refused, repacked


def as_packed(method: int) -> bytes:
    """A workbook whose parts are packed in some other way."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed(book(["Nome"])))) as old,
        zipfile.ZipFile(written, "w", method) as new,
    ):
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return written.getvalue()


def locked(flag: int = 1) -> bytes:
    """The same with the flag of a password on every part, or another."""
    data = bytearray(packed(book(["Nome"])))
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        found = data.find(mark)
        while found >= 0:
            data[found + place] |= flag
            found = data.find(mark, found + 1)
    return bytes(data)


def of_version(number: int) -> bytes:
    """The same whose last part says that it is made for some version of zip: 20 is 2.0."""
    data = bytearray(packed(book(["Nome"])))
    data[data.rfind(b"PK\x01\x02") + 6] = number
    return bytes(data)


def without(part: str) -> bytes:
    """A workbook that lacks one of its parts."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed(book(["Nome"])))) as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
    return written.getvalue()


def with_a_chart_sheet() -> bytes:
    made = book(["Nome"])
    made.create_chartsheet("Grafico")
    return packed(made)


def swapped(part: str, old: bytes, new: bytes) -> bytes:
    """A workbook with other bytes in a part."""
    data = packed(book(["Nome", 7]))
    changed = repacked(data, part, lambda xml: xml.replace(old, new, 1))
    assert changed != data
    return changed


@pytest.mark.parametrize(
    "data",
    [
        as_packed(zipfile.ZIP_BZIP2),
        as_packed(zipfile.ZIP_LZMA),
        locked(),
        locked(0x20),
        locked(0x40),
        of_version(64),
        of_version(255),
        without("xl/_rels/workbook.xml.rels"),
        with_a_chart_sheet(),
        swapped(SHEET, b"<v>7</v>", b"<v>sette</v>"),
        swapped(SHEET, b"<worksheet", b'<?xml version="1.0" encoding="klingon"?><worksheet'),
        swapped(SHEET, b't="n"', b's="99999999999999999999"'),
        swapped("xl/workbook.xml", b"<sheets>", b"<sheets><sheet/>"),
        swapped(
            "xl/styles.xml",
            b'<cellXfs count="1"><xf numFmtId="0" fontId="0"',
            b'<cellXfs count="1"><xf numFmtId="0" fontId="99999999999"',
        ),
        swapped("[Content_Types].xml", b"sheet.main+xml", b"sheet.none+xml"),
    ],
)
def test_whatever_is_broken_is_refused_kindly(data: bytes) -> None:
    assert "cannot be opened" in refused(data)


def test_the_newest_version_of_a_zip_is_read() -> None:
    assert sheets_of(of_version(63)) == [[(1, ["Nome"])]]


@settings(max_examples=80, deadline=None)
@given(
    places=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=5),
    kept=st.floats(0.5, 1),
)
def test_whichever_bytes_were_changed_it_is_read_or_refused(places: list[tuple[float, int]], kept: float) -> None:
    data = bytearray(packed(book(["Nome", "Quanto"], ["Anna", 1.5])))
    for place, byte in places:
        data[int(place * len(data))] = byte
    with suppress(Invalid):
        sheets_of(bytes(data[: int(kept * len(data))] if kept < 0.6 else data))


def test_what_is_packed_may_look_like_a_list_of_parts() -> None:
    good = packed(book(["Nome"]))
    end = good.rfind(b"PK\x05\x06")
    long = int.from_bytes(good[end + 12 : end + 16], "little")
    assert not is_of_a_version_to_come(b"PK\x01\x02" + b"\xff" * 8 + good)
    assert is_of_a_version_to_come(good[: end - long + 6] + b"\xff" + good[end - long + 7 :])
