"""What both databases refuse in the same way, though left alone each would do something else.

PostgreSQL keeps no U+0000 and no number beyond 64 bits where SQLite does one or the other; neither keeps half a
surrogate pair. All of it reaches the caller as `Invalid`, before anything is written. The checks sit in the drivers'
cursors, where they cost a microsecond a statement; SQLAlchemy's events would cost thirty.
"""

from collections.abc import Iterable, Mapping

from foundation.errors import N_, Invalid

UNKEEPABLE_TEXT = N_("This text contains a character that cannot be kept.")
TOO_LARGE = N_("This number is too large.")
_SMALLEST, _LARGEST = -(2**63), 2**63 - 1


class ReadOnly(RuntimeError):
    """A reading session was asked to write: the code belongs in `Database.writing()`."""

    def __init__(self) -> None:
        super().__init__("a reading session cannot write")


def refuse_unkeepable(row: Mapping[str, object] | Iterable[object]) -> None:
    """Look at the parameters of a statement. Raises Invalid."""
    for value in row.values() if isinstance(row, Mapping) else row:
        kind = type(value)
        if kind is str:
            if "\x00" in value:  # type: ignore[operator]  # narrowed by hand, as isinstance costs more here
                raise Invalid(UNKEEPABLE_TEXT)
        elif kind is int and not _SMALLEST <= value <= _LARGEST:  # type: ignore[operator]  # as above
            raise Invalid(TOO_LARGE)
