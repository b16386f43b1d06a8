"""Centers as everybody sees them, and what only their keepers ask."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy
from sqlalchemy import ColumnElement, Date, literal, null, or_, type_coerce, union_all
from sqlmodel import col, select

from civic_centers.centers.policies import in_force, kept, may_keep
from civic_centers.centers.rules import (
    Day,
    Span,
    Special,
    Timetable,
    Warned,
    Words,
    day_of,
    holidays_of,
    next_opening,
    open_until,
    warnings_of,
)
from civic_centers.centers.tables import Center, CenterKeeper, CenterPhoto, Opening, SpecialDay
from community.communities.queries import community_of
from community.members.queries import makers_of
from community.members.tables import Membership, Person
from community.parties.tables import Party
from foundation import clock
from foundation.access import Actor
from foundation.database import Session, table_of
from foundation.errors import Missing
from foundation.search import EVERYBODY, Entry

KIND = "center"


@dataclass(frozen=True)
class Standing:
    """How a center stands at this moment. `until` while it is open, `opens_at` when it opens next."""

    until: datetime | None = None
    opens_at: datetime | None = None


@dataclass(frozen=True)
class Card:
    """A center in a list."""

    center: Center
    standing: Standing


def center_visible_to(session: Session, actor: Actor, center_id: int) -> Center:
    """A center of the community, also a closed one. Raises Missing."""
    center = session.get(Center, center_id)
    if center is None or center.community_id != actor.community_id:
        raise Missing()
    return center


def center_called(session: Session, actor: Actor, slug: str) -> Center:
    """The same by the name in its address. Raises Missing."""
    here = (col(Center.community_id) == actor.community_id, col(Center.slug) == slug)
    center = session.exec(select(Center).where(*here)).one_or_none()
    if center is None:
        raise Missing()
    return center


def center_to_keep(session: Session, actor: Actor, slug: str) -> Center:
    """The same for its keepers. Raises Missing for everybody else."""
    center = center_called(session, actor, slug)
    if not may_keep(session, actor, center.id or 0):
        raise Missing()
    return center


def centers_of(session: Session, actor: Actor) -> list[Center]:
    """The centers of the community that are not closed for good: those of the actor's zone first."""
    today = clock.today(community_of(session, actor.community_id).time_zone)
    here = (col(Center.community_id) == actor.community_id, _not_over(today))
    found = session.exec(select(Center).where(*here).order_by(col(Center.name), col(Center.id))).all()
    return sorted(found, key=lambda center: center.zone_id != actor.zone_id)


def closed_centers(session: Session, actor: Actor) -> list[Center]:
    """Those that are closed for good, the last first."""
    today = clock.today(community_of(session, actor.community_id).time_zone)
    here = (col(Center.community_id) == actor.community_id, ~_not_over(today))
    return list(session.exec(select(Center).where(*here).order_by(col(Center.closed_on).desc(), col(Center.id))))


def kept_centers(session: Session, actor: Actor) -> list[Center]:
    """The centers that the actor keeps, by name."""
    return list(session.exec(select(Center).where(kept(actor)).order_by(col(Center.name), col(Center.id))))


def cards_of(session: Session, centers: Sequence[Center], time_zone: str) -> list[Card]:
    """Centers with how they stand now: three questions however many they are."""
    tables = timetables(session, centers, time_zone)
    now = clock.now()
    return [Card(center, standing(tables[center.id or 0], now)) for center in centers]


def standing(table: Timetable, moment: datetime) -> Standing:
    """How a center stands at a moment."""
    until = open_until(table, moment)
    return Standing(until, None if until else next_opening(table, moment))


def timetables(session: Session, centers: Collection[Center], time_zone: str) -> dict[int, Timetable]:
    """When centers are open, by their ids."""
    ids = [center.id or 0 for center in centers]
    week: dict[int, dict[int, list[Span]]] = {center_id: {} for center_id in ids}
    specials: dict[int, list[Special]] = {center_id: [] for center_id in ids}
    # Both in one question: at home, and in lists, there are many others already.
    week_of, day_of_ = table_of(Opening).c, table_of(SpecialDay).c
    no_day = type_coerce(null(), Date)
    nothing = (no_day.label("first_on"), no_day.label("last_on"), literal("").label("words"))
    hours = sqlalchemy.select(week_of.center_id, week_of.weekday, week_of.opens, week_of.closes, *nothing)
    days = sqlalchemy.select(
        day_of_.center_id, literal(0), day_of_.opens, day_of_.closes, day_of_.first_on, day_of_.last_on, day_of_.words
    )
    both = union_all(hours.where(col(Opening.center_id).in_(ids)), days.where(col(SpecialDay.center_id).in_(ids)))
    rows = both.subquery().c
    for center_id, weekday, opens, closes, first_on, last_on, words in session.execute(
        sqlalchemy.select(*rows).order_by(rows.opens, rows.first_on)
    ):
        span = None if opens is None else Span(opens, closes)
        if weekday and span is not None:
            week[center_id].setdefault(weekday, []).append(span)
        else:
            specials[center_id].append(Special(first_on, last_on, span, words))
    return {
        center.id or 0: Timetable(
            time_zone,
            week[center.id or 0],
            specials[center.id or 0],
            center.province,
            patron_of(center),
            center.open_on_holidays,
            center.opened_on,
            center.closed_on,
        )
        for center in centers
    }


def timetable_of(session: Session, center: Center) -> Timetable:
    """When one center is open."""
    time_zone = community_of(session, center.community_id).time_zone
    return timetables(session, [center], time_zone)[center.id or 0]


def is_open(session: Session, center_id: int, starts_at: datetime, ends_at: datetime) -> list[Warned]:
    """What speaks against something there between two moments; nothing while it is open. Raises Missing."""
    center = session.get(Center, center_id)
    if center is None:
        raise Missing()
    return warnings_of(timetable_of(session, center), starts_at, ends_at)


def days_of(session: Session, center_id: int, days: Iterable[date]) -> list[Day]:
    """These days of a center: its hours, closures and holidays. Raises Missing."""
    center = session.get(Center, center_id)
    if center is None:
        raise Missing()
    table = timetable_of(session, center)
    return [day_of(table, on) for on in days]


def holidays(session: Session, center_id: int, years: Iterable[int]) -> dict[date, Words]:
    """The holidays where a center is, by day, with their names by language code. Raises Missing."""
    center = session.get(Center, center_id)
    if center is None:
        raise Missing()
    return holidays_of(center.province, patron_of(center), years)


def patron_of(center: Center) -> tuple[int, int] | None:
    """Month and day of the patron of the municipality, where they were said."""
    if center.patron_month is None or center.patron_day is None:
        return None
    return center.patron_month, center.patron_day


def special_days_of(session: Session, center_id: int, since: date) -> list[SpecialDay]:
    """The special days of a center that are not over by a day, the next first."""
    there = (col(SpecialDay.center_id) == center_id, col(SpecialDay.last_on) >= since)
    return list(session.exec(select(SpecialDay).where(*there).order_by(col(SpecialDay.first_on), col(SpecialDay.id))))


def keepers_of(session: Session, center_id: int, *, named: bool = False) -> list[tuple[CenterKeeper, Person]]:
    """Who keeps a center now or from a day to come; `named` only those who agreed to be named, and keep it now."""
    now = clock.now()
    standing_ = in_force() if named else (or_(col(CenterKeeper.ends_at).is_(None), col(CenterKeeper.ends_at) > now),)
    statement = (
        select(CenterKeeper, Person)
        .join(Person, col(Person.id) == col(CenterKeeper.person_id))
        .where(col(CenterKeeper.center_id) == center_id, *standing_)
        .order_by(col(Person.given_name), col(Person.family_name), col(CenterKeeper.id))
    )
    if named:
        statement = statement.where(col(CenterKeeper.named).is_(True))
    return [(row, person) for row, person in session.execute(statement)]


def people_behind(session: Session, center: Center) -> list[int]:
    """Whom to tell of what waits at a center: its keepers, or the makers of its zone where it has none."""
    statement = select(col(CenterKeeper.person_id)).where(col(CenterKeeper.center_id) == center.id, *in_force())
    keepers = list(session.scalars(statement.order_by(col(CenterKeeper.id))))
    return keepers or [maker.id or 0 for maker in makers_of(session, center.community_id, center.zone_id)]


def members_to_choose(session: Session, community_id: int) -> list[Person]:
    """The members of whom one may be made a keeper, by name."""
    statement = (
        select(Person)
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(col(Membership.community_id) == community_id, col(Membership.state) == "approved")
        .order_by(col(Person.given_name), col(Person.family_name), col(Person.id))
    )
    return list(session.exec(statement))


def host_of(session: Session, center: Center) -> Party | None:
    """The organisation that hosts a center, while it is there."""
    party = session.get(Party, center.party_id) if center.party_id is not None else None
    return party if party is not None and party.closed_at is None else None


def photos_of(session: Session, center_id: int) -> list[CenterPhoto]:
    """The photographs of a center, in order."""
    there = select(CenterPhoto).where(col(CenterPhoto.center_id) == center_id)
    return list(session.exec(there.order_by(col(CenterPhoto.position), col(CenterPhoto.file_id))))


def center_of_photo(session: Session, file_id: int) -> Center:
    """The center that has a photograph. Raises Missing."""
    statement = select(Center).join(CenterPhoto, col(CenterPhoto.center_id) == col(Center.id))
    center = session.exec(statement.where(col(CenterPhoto.file_id) == file_id).limit(1)).one_or_none()
    if center is None:
        raise Missing()
    return center


def may_see_photo(session: Session, actor: Actor, file_id: int) -> bool:
    """Whether a picture belongs to a center: everybody sees those of this community."""
    there = select(col(CenterPhoto.center_id)).join(Center, col(Center.id) == col(CenterPhoto.center_id))
    here = (col(CenterPhoto.file_id) == file_id, col(Center.community_id) == actor.community_id)
    return session.scalar(there.where(*here)) is not None


def entries_of(centers: Iterable[Center]) -> list[Entry]:
    """What the search index says of centers that are not closed for good."""
    return [
        Entry(
            kind=KIND,
            object_id=center.id or 0,
            community_id=center.community_id,
            moment=center.created_at,
            title=center.name,
            body=f"{center.words} {center.address} {center.way_in}",
            audiences=[EVERYBODY],
        )
        for center in centers
        if center.closed_on is None
    ]


def entries_after(session: Session, after: int, limit: int) -> list[Entry]:
    """The entries of the next centers in the order of their ids: for rebuilding the index."""
    wanted = select(Center).where(col(Center.id) > after, col(Center.closed_on).is_(None))
    return entries_of(session.exec(wanted.order_by(col(Center.id)).limit(limit)))


def centers_with(session: Session, actor: Actor, ids: Collection[int]) -> dict[int, Center]:
    """Those of some centers that are of the actor's community, by their ids."""
    there = select(Center).where(col(Center.id).in_(ids), col(Center.community_id) == actor.community_id)
    return {center.id or 0: center for center in session.exec(there)} if ids else {}


def _not_over(today: date) -> ColumnElement[bool]:
    return or_(col(Center.closed_on).is_(None), col(Center.closed_on) >= today)


def organisations_to_host(session: Session, actor: Actor) -> list[Party]:
    """The organisations of the community, by name: one of them may host a center."""
    here = (col(Party.community_id) == actor.community_id, col(Party.kind) == "organisation")
    open_ones = select(Party).where(*here, col(Party.closed_at).is_(None))
    return list(session.exec(open_ones.order_by(col(Party.name), col(Party.id))))
