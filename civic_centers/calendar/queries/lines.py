"""Lines of the calendar: the dates of activities, found from a moment on by an index, whatever lies in the past."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import CTE, ColumnElement, Integer, Select, and_, bindparam, column, func, or_, select, text, tuple_
from sqlmodel import col

from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.calendar.rules import AGES, Span, kinds_not_for
from civic_centers.centers.tables import Center
from foundation import clock
from foundation.access import Actor
from foundation.database import Session, UtcDateTime

ON_A_PAGE = 30
ON_A_DAY_OF_A_WEEK = 8
ON_A_DAY_OF_A_MONTH = 3


@dataclass(frozen=True)
class Filters:
    """What is looked for; everything by default."""

    center_id: int | None = None
    kind: str = ""
    age: str = ""
    zone_id: int | None = None
    free: bool = False
    """Only where somebody can still come: not cancelled, with a place left, not begun."""

    @property
    def are_set(self) -> bool:
        return self != Filters()


@dataclass(frozen=True)
class Line:
    """One date of an activity, as everybody may read it."""

    session_id: int
    activity_id: int
    title: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    cancelled: bool
    reason: str
    words: str
    places: int | None
    taken: int
    min_age: int | None
    max_age: int | None
    price_cents: int
    center_name: str
    center_slug: str
    zone_id: int
    helped_by: str
    """Names, one a line."""

    @property
    def helpers(self) -> list[str]:
        """Who helps it and is thanked."""
        return self.helped_by.splitlines()

    @property
    def left(self) -> int | None:
        """How many places are free; None for as many as like."""
        return None if self.places is None else max(self.places - self.taken, 0)

    @property
    def cursor(self) -> str:
        """Where a list goes on after it, or before."""
        return f"{self.starts_at.timestamp():.6f}_{self.session_id}"


@dataclass(frozen=True)
class Stretch:
    """Lines one after the other, and whether there are more in the way they were asked for."""

    lines: list[Line]
    more: bool


@dataclass(frozen=True)
class Cell:
    """A day of a week or a month: its first lines, and how many take place."""

    day: date
    lines: list[Line]
    number: int
    """Of all that is planned, those beyond the lines included."""

    @property
    def beyond(self) -> int:
        return max(self.number - sum(not line.cancelled for line in self.lines), 0)


_COLUMNS: Mapping[str, Any] = {
    "session_id": col(ActivitySession.id),
    "activity_id": col(ActivitySession.activity_id),
    "title": col(Activity.title),
    "kind": col(Activity.kind),
    "starts_at": col(ActivitySession.starts_at),
    "ends_at": col(ActivitySession.ends_at),
    "cancelled": col(ActivitySession.state) == "cancelled",
    "reason": func.coalesce(func.nullif(col(ActivitySession.reason), ""), col(Activity.reason)),
    "words": col(ActivitySession.words),
    "places": col(ActivitySession.places),
    "taken": col(ActivitySession.taken),
    "min_age": col(Activity.min_age),
    "max_age": col(Activity.max_age),
    "price_cents": col(Activity.price_cents),
    "center_name": col(Center.name),
    "center_slug": col(Center.slug),
    "zone_id": col(Center.zone_id),
    "helped_by": col(Activity.helped_by),
}


def shown(actor: Actor, filters: Filters) -> list[ColumnElement[bool]]:
    """The conditions that a date stands in the calendar of the actor's community: published, and as looked for."""
    held, activity = ActivitySession, Activity
    found = [col(held.community_id) == actor.community_id, col(activity.published_at).is_not(None)]
    if filters.center_id is not None:
        found.append(col(held.center_id) == filters.center_id)
    if filters.zone_id is not None:
        found.append(col(Center.zone_id) == filters.zone_id)
    if filters.kind:
        found.append(col(activity.kind) == filters.kind)
    if filters.age:
        found.append(for_age(filters.age))
    if filters.free:
        found += [
            col(held.state) == "planned",
            col(activity.state) == "open",
            or_(col(held.places).is_(None), col(held.taken) < col(held.places)),
            col(held.starts_at) > clock.now(),
        ]
    return found


def for_age(age: str) -> ColumnElement[bool]:
    """The condition that an activity is for people of an age: by the ages it says, or else by its kind."""
    youngest, oldest = AGES[age]
    first, last = col(Activity.min_age), col(Activity.max_age)
    says_none = and_(first.is_(None), last.is_(None))
    fits = and_(or_(first.is_(None), first <= oldest), or_(last.is_(None), last >= youngest))
    return and_(fits, or_(~says_none, col(Activity.kind).not_in(kinds_not_for(age))))


def _asked(columns: Sequence[Any], conditions: Sequence[ColumnElement[bool]]) -> Select[Any]:
    return (
        select(*columns)
        .select_from(ActivitySession)
        .join(Activity, col(Activity.id) == col(ActivitySession.activity_id))
        .join(Center, col(Center.id) == col(ActivitySession.center_id))
        .where(*conditions)
    )


def _lines(session: Session, statement: Select[Any]) -> list[Line]:
    return [Line(*row) for row in session.execute(statement)]


def lines_after(
    session: Session, actor: Actor, filters: Filters, since: datetime, after: str = "", limit: int = ON_A_PAGE
) -> Stretch:
    """What begins from a moment on, or follows a line (its cursor), the soonest first."""
    begins, number = col(ActivitySession.starts_at), col(ActivitySession.id)
    place = _place_of(after)
    if place is None:
        there: ColumnElement[bool] = begins >= since
    else:
        there = and_(begins >= place[0], tuple_(begins, number) > tuple_(*place))
    asked = _asked(list(_COLUMNS.values()), [*shown(actor, filters), there])
    found = _lines(session, asked.order_by(begins, number).limit(limit + 1))
    return Stretch(found[:limit], len(found) > limit)


def lines_before(
    session: Session, actor: Actor, filters: Filters, before: str | datetime, limit: int = ON_A_PAGE
) -> Stretch:
    """What comes before a line (its cursor) or a moment, the last of it; in the order in which it takes place."""
    begins, number = col(ActivitySession.starts_at), col(ActivitySession.id)
    place = _place_of(before) if isinstance(before, str) else (before, 0)
    if place is None:
        return Stretch([], more=False)
    there = and_(begins <= place[0], tuple_(begins, number) < tuple_(*place))
    asked = _asked(list(_COLUMNS.values()), [*shown(actor, filters), there])
    found = _lines(session, asked.order_by(begins.desc(), number.desc()).limit(limit + 1))
    return Stretch(found[:limit][::-1], len(found) > limit)


def days_with_lines(session: Session, actor: Actor, filters: Filters, span: Span, zone: str) -> list[Cell]:
    """The days of a week with what takes place, and what was cancelled; of a day with very much the first of it."""
    return _cells(session, actor, filters, span, zone, ON_A_DAY_OF_A_WEEK)


def month_cells(session: Session, actor: Actor, filters: Filters, span: Span, zone: str) -> list[list[Cell]]:
    """The weeks of a month, day by day, with the first lines of each day and their number."""
    cells = _cells(session, actor, filters, span, zone, ON_A_DAY_OF_A_MONTH)
    return [cells[number : number + 7] for number in range(0, len(cells), 7)]


def _cells(session: Session, actor: Actor, filters: Filters, span: Span, zone: str, most: int) -> list[Cell]:
    """Two questions: each day is counted and its first lines are found by the index; then those lines are read."""
    days = span.days()
    begins, number = col(ActivitySession.starts_at), col(ActivitySession.id)
    planned = col(ActivitySession.state) == "planned"
    of_days = _days(len(days))
    there = [*shown(actor, filters), begins >= of_days.c.column2, begins < of_days.c.column3]
    counted = _asked([func.count()], [*there, planned]).correlate(of_days).scalar_subquery()
    in_order = _asked([number], there).order_by(begins, number).limit(1).correlate(of_days)
    firsts = [in_order.offset(place).scalar_subquery() for place in range(most)]
    moments = {f"at{place}": clock.start_of_day(day, zone) for place, day in enumerate([*days, span.end])}
    found = {row[0]: row[1:] for row in session.execute(select(of_days.c.column1, counted, *firsts), moments)}
    ids = [one for row in found.values() for one in row[1:] if one is not None]
    read = _lines(session, _asked(list(_COLUMNS.values()), [number.in_(ids)])) if ids else []
    lines = {line.session_id: line for line in read}
    return [
        Cell(day, [lines[one] for one in found[place][1:] if one in lines], found[place][0])
        for place, day in enumerate(days)
    ]


@cache
def _days(number: int) -> CTE:
    """So many days, each with the moments between which it lies, to be given as `at0`, `at1` and so on."""
    rows = ", ".join(f"({place}, :at{place}, :at{place + 1})" for place in range(number))
    bound = (bindparam(f"at{place}", type_=UtcDateTime) for place in range(number + 1))
    # Both databases call what VALUES gives column1, column2 and so on.
    named = (column("column1", Integer), column("column2", UtcDateTime), column("column3", UtcDateTime))
    return text(f"VALUES {rows}").bindparams(*bound).columns(*named).cte("days")


def _place_of(cursor: str) -> tuple[datetime, int] | None:
    """The moment and the id in a cursor; None for anything else, or a moment beyond all calendars."""
    moment, _line, number = cursor.partition("_")
    try:
        begins = datetime.fromtimestamp(float(moment), clock.now().tzinfo)
    except (ValueError, OverflowError, OSError):
        return None
    return (begins, int(number)) if number.isascii() and number.isdecimal() and len(number) < 19 else None
