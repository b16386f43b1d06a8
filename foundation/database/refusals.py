"""What both databases refuse in the same way, though left alone each would do something else.

PostgreSQL keeps no U+0000 and no number beyond 64 bits where SQLite does one or the other; neither keeps half a
surrogate pair. All of it reaches the caller as `Invalid`, before anything is written.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, event
from sqlalchemy.exc import IntegrityError

from foundation.database.types import UNKEEPABLE_TEXT
from foundation.errors import N_, Invalid

_SMALLEST, _LARGEST = -(2**63), 2**63 - 1
_TOO_LARGE = N_("This number is too large.")
_READ_ONLY_SQLITE = "attempt to write a readonly database"
_READ_ONLY_POSTGRESQL = "25006"
_OUT_OF_RANGE_POSTGRESQL = "22003"
_RAISED_POSTGRESQL = "P0001"


class ReadOnly(RuntimeError):
    """A reading session was asked to write: the code belongs in `Database.writing()`."""


def refuse_alike(engine: Engine) -> None:
    """Make the engine refuse what the other database would refuse."""
    event.listen(engine, "before_cursor_execute", _check_parameters)
    event.listen(engine, "handle_error", _name_the_error)


def _check_parameters(
    connection: Connection, cursor: object, statement: str, parameters: Any, context: object, many: bool
) -> None:
    # Rows inserted by one statement are "many" as well, though their parameters are one long row.
    if many and not isinstance(parameters, Mapping) and isinstance(parameters[0], tuple | list | Mapping):
        for row in parameters:
            _check(row)
    elif parameters:
        _check(parameters)


def _check(row: Mapping[str, object] | Iterable[object]) -> None:
    for value in row.values() if isinstance(row, Mapping) else row:
        kind = type(value)
        if kind is str:
            if "\x00" in value:  # type: ignore[operator]  # narrowed by hand, as isinstance costs more here
                raise Invalid(UNKEEPABLE_TEXT)
        elif kind is int and not _SMALLEST <= value <= _LARGEST:  # type: ignore[operator]  # as above
            raise Invalid(_TOO_LARGE)


def _name_the_error(context: ExceptionContext) -> None:
    error = context.original_exception
    code = getattr(error, "sqlstate", None)
    if isinstance(error, Invalid):  # from a column type: SQLAlchemy would wrap it as a fault of the statement
        raise error
    if isinstance(error, UnicodeEncodeError):
        raise Invalid(UNKEEPABLE_TEXT) from error
    if code == _OUT_OF_RANGE_POSTGRESQL:
        raise Invalid(_TOO_LARGE) from error
    if code == _RAISED_POSTGRESQL:  # a trigger refused: what SQLite's RAISE(ABORT) is already
        raise IntegrityError(context.statement, context.parameters, error) from error
    if code == _READ_ONLY_POSTGRESQL or _READ_ONLY_SQLITE in str(error):
        raise ReadOnly("a reading session cannot write") from error
