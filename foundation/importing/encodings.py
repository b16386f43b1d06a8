"""From bytes to text: which encoding a file is in, though nobody says."""

import codecs
import re
from collections.abc import Iterator

from foundation.errors import N_, Invalid

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"%PDF-", b"RIFF", b"II*\x00", b"MM\x00*", b"\x1f\x8b")
"""How files begin that are often chosen by mistake: photographs, drawings, documents."""
_NOT_TEXT = N_("This file contains characters that are not text (U+0000).")
_SAMPLE = 4000


_OF_A_MAC = re.compile(rb"[A-Za-z][\x87\x88\x8a\x8d-\x8f\x93\x98\x9d\x9f]")
"""á à ä ç é è ì ò ù ü as old Macs write them. Windows has punctuation there that follows no letter, or nothing."""
_OF_WINDOWS = re.compile(rb"[A-Za-z][\xe0-\xff]")


def decode(data: bytes) -> tuple[str, str]:
    """The text of a file and the encoding it was in: UTF-8, UTF-16, Windows-1252 or that of old Macs.

    Raises Invalid for a picture, U+0000, and for what is in none of these.
    """
    if data.startswith(_PICTURES):
        raise Invalid(N_("This is a picture or a document, not a table. In the spreadsheet choose “Save as” and CSV."))
    for encoding in _candidates(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            raise Invalid(_NOT_TEXT)
        return text.removeprefix("\ufeff"), encoding.removesuffix("-sig")
    if b"\x00" in data:
        raise Invalid(_NOT_TEXT)
    raise Invalid(N_("This file is in an unknown encoding. Save it as “CSV UTF-8”."))


def _candidates(data: bytes) -> Iterator[str]:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            yield encoding
            return
    sample = data[:_SAMPLE]
    # Western text in UTF-16 has a zero in nearly every second byte.
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        every_second = sample[offset::2]
        if (
            len(sample) > 3
            and every_second.count(0) > 0.6 * len(every_second)
            and sample[1 - offset :: 2].count(0) == 0
        ):
            yield encoding
            return
    yield "utf-8"
    # Either would do for most bytes: it is the one in which more accents stand on letters within words.
    yield "mac-roman" if len(_OF_A_MAC.findall(data)) > len(_OF_WINDOWS.findall(data)) else "windows-1252"
