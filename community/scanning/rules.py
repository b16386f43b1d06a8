"""What a drawing or a code on paper may be, and telling whether an address is one of this installation's."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from foundation.access import Permission
from foundation.errors import N_, Invalid

LONGEST = 500
_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z \-]{4,38}[0-9A-Za-z]")


@dataclass(frozen=True)
class Readable:
    """A kind of code that somebody may hold in the hand, told by its feature (hook `readable_codes`).

    `endpoint` is where its drawing leads, `words` what it is. `typed` takes the same code as it is written on the
    paper, from who holds `permission`: by POST in the field `code`, or in the address where `by_address`.
    """

    endpoint: str
    words: str
    typed: str = ""
    permission: Permission | None = None
    by_address: bool = False


def path_here(text: str, origins: Collection[str]) -> str | None:
    """The path, and what follows it, of an address under one of `origins`; None where the text is no address.

    Raises Invalid for the address of somebody else, and for one that no browser should follow.
    """
    try:
        parts = urlsplit(text)
    except ValueError as fault:  # brackets of a number that no computer has
        raise not_ours() from fault
    if not parts.scheme or not parts.netloc:
        return None
    if f"{parts.scheme}://{parts.netloc}".lower() not in origins or "//" in parts.path or "\\" in text:
        raise not_ours()
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def looks_like_code(text: str) -> bool:
    """Whether it could be the letters and figures that stand beside a drawing."""
    return _CODE.fullmatch(text) is not None


def not_ours() -> Invalid:
    """The error for what leads elsewhere, or is nothing that we print."""
    return Invalid(
        N_("This is none of our codes, so we do not open it."),
        advice=N_("Write what stands beside the drawing, or ask who gave it to you."),
        field="code",
    )
