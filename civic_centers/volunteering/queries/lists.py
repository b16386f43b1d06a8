"""Slots in lists: of a center, of a date, one's own; and the hours somebody served."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, exists, func
from sqlmodel import col, select

from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.centers.tables import Center
from civic_centers.volunteering.queries.single import STANDING
from civic_centers.volunteering.tables import Call, SignUp, Slot, Template, Watch
from community.communities.queries import community_of
from community.parties.policies import acting
from community.parties.tables import Party, PartyMember
from foundation import clock
from foundation.access import Actor
from foundation.database import Session

MOST_IN_FEED = 2_000
PAGE = 80
COMING = timedelta(days=60)
SOON = timedelta(days=14)
FORGOTTEN_AFTER = timedelta(days=30)


@dataclass(frozen=True)
class Line:
    """A slot in a list. `title` is the activity's; `mine` the state of one's own sign-up."""

    slot: Slot
    title: str
    mine: str


@dataclass(frozen=True)
class Shift:
    """One's own shift in a list."""

    row: SignUp
    slot: Slot
    center: Center
    title: str


@dataclass(frozen=True)
class Served:
    """The hours for one organisation, or with the fund (None), as a member."""

    party: Party | None
    minutes: int
    shifts: int


def coming_up(session: Session, actor: Actor, party_ids: Collection[int]) -> list[tuple[int, datetime, str, str]]:
    """The shifts of who acts for these parties, soonest first: party, when, what, where.

    Of one's own household one's own alone: the other adults tell theirs themselves.
    """
    if not party_ids:
        return []
    of_others = col(PartyMember.party_id).not_in(actor.party_ids)
    statement = (
        select(col(PartyMember.party_id), col(Slot.starts_at), col(Slot.role), col(Center.name))
        .join(SignUp, col(SignUp.person_id) == col(PartyMember.person_id))
        .join(Slot, col(Slot.id) == col(SignUp.slot_id))
        .join(Center, col(Center.id) == col(Slot.center_id))
        .join(Party, col(Party.id) == col(PartyMember.party_id))
        .where(
            col(PartyMember.party_id).in_(party_ids),
            col(Party.kind) == "household",
            of_others | (col(SignUp.person_id) == actor.person_id),
            col(SignUp.state) == "held",
            col(SignUp.community_id) == actor.community_id,
            col(Slot.state) == "open",
            col(Slot.starts_at) > clock.now(),
            col(Slot.starts_at) < clock.now() + COMING,
            *acting(),
        )
        .order_by(col(Slot.starts_at), col(Slot.id))
        .limit(PAGE)
    )
    return [(party_id, at, role, name) for party_id, at, role, name in session.execute(statement)]


def slots_of_center(
    session: Session,
    actor: Actor,
    center_id: int,
    *,
    limit: int = PAGE,
    between: tuple[datetime, datetime] | None = None,
    missing_first: bool = False,
) -> list[Line]:
    """What volunteers are looked for at a center, the next first; or where people are missing soon."""
    there = [col(Slot.center_id) == center_id]
    if between is not None:
        there += [col(Slot.starts_at) >= between[0], col(Slot.starts_at) < between[1]]
    urgent = (col(Slot.taken) < col(Slot.least)) & (col(Slot.starts_at) < clock.now() + SOON)
    return _lines(session, actor, limit, *there, first=[urgent.desc()] if missing_first else ())


def slots_of_session(session: Session, actor: Actor, session_id: int) -> list[Line]:
    """The same for one date of an activity."""
    return _lines(session, actor, PAGE, col(Slot.session_id) == session_id)


def is_watched(session: Session, actor: Actor, center_id: int) -> bool:
    """Whether the actor chose to be told when people are missing there."""
    return actor.person_id is not None and session.get(Watch, (center_id, actor.person_id)) is not None


def templates_of(session: Session, center_id: int) -> list[Template]:
    """The templates of a center, by name."""
    there = (col(Template.center_id) == center_id, col(Template.retired_at).is_(None))
    return list(session.exec(select(Template).where(*there).order_by(col(Template.name), col(Template.id))))


def own_shifts(session: Session, actor: Actor) -> tuple[list[Shift], list[Shift]]:
    """One's own: those to come, waited for or not confirmed yet, the next first; then those behind one."""
    mine = (col(SignUp.person_id) == actor.person_id, col(SignUp.community_id) == actor.community_id)
    now = clock.now()
    held = (col(SignUp.state) == "held") & (col(SignUp.ends_at) > now - FORGOTTEN_AFTER)
    coming = held | (col(SignUp.state).in_(("waiting", "offered")) & (col(SignUp.ends_at) > now))
    first = _shifts(session, *mine, coming, order=col(SignUp.starts_at))
    past = _shifts(session, *mine, col(SignUp.state).in_(("served", "missed")), order=col(SignUp.starts_at).desc())
    return first, past


def number_of_shifts(session: Session, actor: Actor) -> tuple[int, int]:
    """How many shifts to come somebody has, and how many they ever had."""
    to_come = col(SignUp.state).in_(STANDING) & (col(SignUp.ends_at) > clock.now())
    mine = (col(SignUp.person_id) == actor.person_id, col(SignUp.community_id) == actor.community_id)
    row = session.execute(select(func.count().filter(to_come), func.count()).select_from(SignUp).where(*mine)).one()
    return row[0], row[1]


def shifts_for_feed(session: Session, actor: Actor, since: datetime) -> list[Shift]:
    """The shifts somebody holds, served or gave up, or that were called off, from a moment on: for their calendar."""
    return _shifts(
        session,
        col(SignUp.person_id) == actor.person_id,
        col(SignUp.community_id) == actor.community_id,
        col(SignUp.state).in_(("held", "served", "gave_up", "missed", "cancelled")),
        col(SignUp.ends_at) > since,
        order=col(SignUp.starts_at),
        limit=MOST_IN_FEED,
    )


def calls_to(session: Session, actor: Actor) -> list[tuple[Slot, Center]]:
    """Where one was asked to come instead of somebody, and it still helps."""
    here = (col(Call.person_id) == actor.person_id, col(Slot.community_id) == actor.community_id)
    statement = (
        select(Slot, Center)
        .join(Call, col(Call.slot_id) == col(Slot.id))
        .join(Center, col(Center.id) == col(Slot.center_id))
        .where(*here, *open_call(), ~_on_it(actor))
        .order_by(col(Slot.starts_at))
        .limit(PAGE)
    )
    return [(slot, center) for slot, center in session.execute(statement)]


def open_call() -> tuple[ColumnElement[bool], ...]:
    """The conditions that a call still waits for a yes."""
    free = col(Slot.taken) < col(Slot.most)
    return col(Call.declined_at).is_(None), col(Slot.state) == "open", col(Slot.starts_at) > clock.now(), free


def served_by(session: Session, community_id: int, person_id: int) -> list[Served]:
    """The confirmed hours of somebody, by organisation; those with the fund apart."""
    of = case((col(Slot.exchange), None), else_=col(Slot.party_id))
    statement = (
        select(of.label("party"), func.sum(col(SignUp.minutes)), func.count())
        .join(Slot, col(Slot.id) == col(SignUp.slot_id))
        .where(*_served(community_id, person_id))
        .group_by(of)
    )
    found = list(session.execute(statement))
    parties = {
        party.id: party for party in session.exec(select(Party).where(col(Party.id).in_([row[0] for row in found])))
    }
    return [Served(parties.get(number), int(minutes), int(count)) for number, minutes, count in found]


def certified(
    session: Session, community_id: int, person_id: int, party_id: int, first: date, last: date
) -> list[Shift]:
    """The volunteering somebody did for an organisation between two days, in order: what a certificate says."""
    zone = community_of(session, community_id).time_zone
    since, until = clock.start_of_day(first, zone), clock.start_of_day(last + timedelta(days=1), zone)
    return _shifts(
        session,
        *_served(community_id, person_id),
        col(Slot.party_id) == party_id,
        col(Slot.exchange).is_(False),
        col(SignUp.starts_at) >= since,
        col(SignUp.starts_at) < until,
        order=col(SignUp.starts_at),
        limit=2000,
    )


def to_confirm(session: Session, kept: ColumnElement[bool]) -> list[tuple[Slot, Center, int]]:
    """Slots that are over with people whose hours wait for a keeper, the oldest first."""
    statement = (
        select(Slot, Center, func.count())
        .join(SignUp, col(SignUp.slot_id) == col(Slot.id))
        .join(Center, col(Center.id) == col(Slot.center_id))
        .where(kept, *awaiting())
        .group_by(col(Slot.id), col(Center.id))
        .order_by(col(Slot.starts_at))
        .limit(PAGE)
    )
    return [(slot, center, number) for slot, center, number in session.execute(statement)]


def awaiting() -> tuple[ColumnElement[bool], ...]:
    """The conditions that a shift is over and its hours are not confirmed."""
    now = clock.now()
    return col(SignUp.state) == "held", col(SignUp.ends_at) <= now, col(SignUp.ends_at) > now - FORGOTTEN_AFTER


def _served(community_id: int, person_id: int) -> tuple[ColumnElement[bool], ...]:
    here = col(SignUp.community_id) == community_id
    return here, col(SignUp.person_id) == person_id, col(SignUp.state) == "served"


def _on_it(actor: Actor) -> ColumnElement[bool]:
    return exists().where(
        col(SignUp.slot_id) == col(Slot.id), col(SignUp.person_id) == actor.person_id, col(SignUp.state).in_(STANDING)
    )


def coming_slots(statement: Any, actor: Actor) -> Any:
    """A question about slots, narrowed to those of the community that one may take: open, and not over."""
    return (
        statement.outerjoin(ActivitySession, col(ActivitySession.id) == col(Slot.session_id))
        .outerjoin(Activity, col(Activity.id) == col(ActivitySession.activity_id))
        .where(col(Slot.community_id) == actor.community_id)
        .where(col(Slot.state) == "open", col(Slot.ends_at) > clock.now())
        .where(func.coalesce(col(Activity.state), "open") == "open")
    )


def _lines(
    session: Session, actor: Actor, limit: int, *conditions: ColumnElement[bool], first: Sequence[Any] = ()
) -> list[Line]:
    statement = coming_slots(select(Slot, col(Activity.title), col(SignUp.state)).select_from(Slot), actor)
    statement = (
        statement.outerjoin(
            SignUp,
            (col(SignUp.slot_id) == col(Slot.id))
            & (col(SignUp.person_id) == actor.person_id)
            & col(SignUp.state).in_(STANDING),
        )
        .where(*conditions)
        .order_by(*first, col(Slot.starts_at), col(Slot.id))
        .limit(limit)
    )
    return [Line(slot, title or "", mine or "") for slot, title, mine in session.execute(statement)]


def _shifts(session: Session, *conditions: ColumnElement[bool], order: Any, limit: int = PAGE) -> list[Shift]:
    statement = (
        select(SignUp, Slot, Center, col(Activity.title))
        .join(Slot, col(Slot.id) == col(SignUp.slot_id))
        .join(Center, col(Center.id) == col(Slot.center_id))
        .outerjoin(ActivitySession, col(ActivitySession.id) == col(Slot.session_id))
        .outerjoin(Activity, col(Activity.id) == col(ActivitySession.activity_id))
        .where(*conditions)
        .order_by(order, col(SignUp.id))
        .limit(limit)
    )
    return [Shift(row, slot, center, title or "") for row, slot, center, title in session.execute(statement)]
