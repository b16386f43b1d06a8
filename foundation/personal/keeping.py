"""How long something is kept, and how it is let go: registered by each feature, carried out by one job."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, false, or_, select, update
from sqlmodel import SQLModel, col

from foundation.database import Session

Gone = Counter[int | None]
"""How many things of each community were let go; None for what belongs to none."""


@dataclass(frozen=True)
class Cutoff:
    """Before which moment something has been kept long enough: usually, and where a community says so otherwise.

    None lets nothing go.
    """

    usual: datetime | None
    own: Mapping[int, datetime] = field(default_factory=dict)

    def passed(self, at: Any, community_id: Any) -> ColumnElement[bool]:
        """The condition that a moment lies before it; `community_id` is the column that says whose the row is."""
        ways = [and_(community_id == number, at < moment) for number, moment in sorted(self.own.items())]
        if self.usual is not None:
            ways.append(and_(community_id.not_in(sorted(self.own)), at < self.usual) if self.own else at < self.usual)
        return or_(*ways) if ways else false()


@dataclass(frozen=True)
class Retention:
    """What is let go, `after` how long; None: not by time, unless a community says so.

    `clear(session, cutoff, limit)` lets go of at most `limit` of what is older. What it has let go is not found again:
    so it may be begun anew at any moment. `words` says what goes, `kind` of which `PersonalData` it is a part. A
    community may choose between `least` and `most`; where it may not, `fixed` says why.
    """

    name: str
    words: str
    after: timedelta | None
    clear: Callable[[Session, Cutoff, int], Gone]
    kind: str
    least: timedelta = timedelta(days=1)
    most: timedelta = timedelta(days=3650)
    fixed: str = ""

    def __post_init__(self) -> None:
        if self.after is not None and not self.fixed and not self.least <= self.after <= self.most:
            raise ValueError(f"{self.name}: the usual time lies outside its bounds")


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
