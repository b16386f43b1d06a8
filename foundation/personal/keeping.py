"""How long something is kept, and how it is let go: registered by each feature, carried out by one job."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update
from sqlmodel import SQLModel, col

from foundation.database import Session

Gone = Counter[int | None]
"""How many things of each community were let go; None for what belongs to none."""


@dataclass(frozen=True)
class Retention:
    """What is let go, `after` how long. `clear(session, before, limit)` lets go of at most `limit` of what is older.

    What it has let go is not found again: so it may be begun anew at any moment. `words` says what goes.
    """

    name: str
    words: str
    after: timedelta
    clear: Callable[[Session, datetime, int], Gone]


def let_go_of(
    session: Session,
    table: type[SQLModel],
    due: ColumnElement[bool],
    limit: int,
    *,
    community_id: Any = None,
    blank: Mapping[str, Any] | None = None,
) -> Gone:
    """Remove so many rows of a table with a number that are due; or, with `blank`, empty these columns of them.

    `community_id` is the column that says whose they are; None where none does.
    """
    key = col(table.id)  # type: ignore[attr-defined]  # every table it is called for has a number
    whose = () if community_id is None else (community_id,)
    rows = session.execute(select(key, *whose).where(due).order_by(key).limit(limit)).all()
    ids = [row[0] for row in rows]
    if ids:
        statement = delete(table) if blank is None else update(table).values(**blank)
        session.execute(statement.where(key.in_(ids)).execution_options(synchronize_session=False))
    return Counter(row[1] if whose else None for row in rows)
