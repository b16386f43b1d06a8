"""One's own household: where it comes and waits, and what one has from trainings."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import col, select

from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.centers.tables import Center
from civic_centers.enrolling.policies import ENROL, is_ours
from civic_centers.enrolling.queries.fetching import unfetched
from civic_centers.enrolling.rules import LIVE
from civic_centers.enrolling.tables import Enrolment, EnrolRequest, Qualification
from community.households.tables import Dependant
from community.members.tables import Person
from foundation import clock
from foundation.access import Actor
from foundation.database import Session, fold, folded
from foundation.errors import Missing

SHOWN = 100
COMING = timedelta(days=60)
MOST_IN_FEED = 2_000
ONCE_HELD = ("held", "away", "cancelled", "swapped", "lost", "off")


@dataclass(frozen=True)
class Mine:
    """One person of the household at one date."""

    row: Enrolment
    name: str


@dataclass(frozen=True)
class MyDate:
    """A date to which somebody of the household comes, or waits to."""

    one: ActivitySession
    activity: Activity
    center: Center
    people: list[Mine]
    requests: dict[int, EnrolRequest]

    def standing(self, *states: str) -> list[Mine]:
        """Those who stand so."""
        return [each for each in self.people if each.row.state in states]

    @property
    def offers(self) -> list[EnrolRequest]:
        return [one for one in self.requests.values() if one.state == "offered"]

    @property
    def begun(self) -> bool:
        return self.one.starts_at <= clock.now()


def own_dates(session: Session, actor: Actor, *, past: bool = False) -> list[MyDate]:
    """What one's household is enrolled in or waits for, the nearest first; or what is over, the latest first."""
    if not actor.may(ENROL):
        raise Missing()
    when = col(ActivitySession.ends_at)
    states = ("held", "cancelled", "away") if past else LIVE
    statement = (
        select(Enrolment, ActivitySession, Activity, Center)
        .join(ActivitySession, col(ActivitySession.id) == col(Enrolment.session_id))
        .join(Activity, col(Activity.id) == col(ActivitySession.activity_id))
        .join(Center, col(Center.id) == col(ActivitySession.center_id))
        .where(is_ours(actor, Enrolment), col(Enrolment.state).in_(states))
        .where(when <= clock.now() if past else when > clock.now())
        .order_by(when.desc() if past else col(ActivitySession.starts_at), col(ActivitySession.id), col(Enrolment.id))
        .limit(SHOWN)
    )
    return _dates(session, list(session.execute(statement)))


def own_at(session: Session, actor: Actor, session_id: int) -> MyDate | None:
    """One's own household at one date; None where nobody of it ever asked."""
    if not actor.may(ENROL) or not actor.party_ids:
        return None
    statement = (
        select(Enrolment, ActivitySession, Activity, Center)
        .join(ActivitySession, col(ActivitySession.id) == col(Enrolment.session_id))
        .join(Activity, col(Activity.id) == col(ActivitySession.activity_id))
        .join(Center, col(Center.id) == col(ActivitySession.center_id))
        .where(is_ours(actor, Enrolment), col(Enrolment.session_id) == session_id)
        .order_by(col(Enrolment.id))
    )
    found = _dates(session, list(session.execute(statement)))
    return found[0] if found else None


def _dates(session: Session, found: list[tuple[Enrolment, ActivitySession, Activity, Center]]) -> list[MyDate]:
    rows = [row for row, _one, _activity, _center in found]
    names = names_of(session, rows)
    ids = sorted({row.request_id for row in rows})
    requests = {one.id: one for one in session.exec(select(EnrolRequest).where(col(EnrolRequest.id).in_(ids)))}
    dates: dict[int, MyDate] = {}
    for row, one, activity, center in found:
        mine = dates.setdefault(one.id or 0, MyDate(one, activity, center, [], {}))
        mine.people.append(Mine(row, names[row.id or 0]))
        mine.requests[row.request_id] = requests[row.request_id]
    return list(dates.values())


def names_of(session: Session, rows: Collection[Enrolment], *, full: bool = False) -> dict[int, str]:
    """What to call the people of some places: nicknames of who is looked after, first names of adults; or all names."""
    person_ids = {row.person_id for row in rows if row.person_id is not None}
    dependant_ids = {row.dependant_id for row in rows if row.dependant_id is not None}
    people = {one.id: one for one in session.exec(select(Person).where(col(Person.id).in_(person_ids)))}
    called = {one.id: one for one in session.exec(select(Dependant).where(col(Dependant.id).in_(dependant_ids)))}
    names = {}
    for row in rows:
        if row.person_id in people:
            person = people[row.person_id]
            names[row.id or 0] = person.name if full else person.given_name
        elif row.dependant_id in called:
            names[row.id or 0] = called[row.dependant_id].nickname
        else:
            names[row.id or 0] = "…"
    return names


def without_anybody(session: Session, actor: Actor, dates: Collection[MyDate]) -> set[int]:
    """Whom of one's household nobody may fetch from where they stay alone, as far as one hears of it."""
    rows = [each.row for one in dates if one.activity.left_alone for each in one.standing(*LIVE) if each.row.is_child]
    found = unfetched(session, {row.dependant_id for row in rows if row.dependant_id is not None})
    return {number for number, people in found.items() if actor.person_id in people}


def place_in_line(session: Session, request: EnrolRequest) -> int:
    """How many families wait before this one, and itself: the first is 1."""
    of_line = (
        col(EnrolRequest.session_id).is_(None)
        if request.session_id is None
        else col(EnrolRequest.session_id) == request.session_id
    )
    before = select(func.count()).where(
        col(EnrolRequest.activity_id) == request.activity_id,
        of_line,
        col(EnrolRequest.state) == "waiting",
        col(EnrolRequest.id) <= request.id,
    )
    return int(session.scalar(before) or 0)


def own_request(session: Session, actor: Actor, request_id: int) -> EnrolRequest:
    """A request of one's own. Raises Missing."""
    found = session.get(EnrolRequest, request_id)
    if found is None or found.community_id != actor.community_id or found.party_id not in actor.party_ids:
        raise Missing()
    return found


def own_row(session: Session, actor: Actor, enrolment_id: int) -> tuple[Enrolment, ActivitySession, Activity]:
    """A place of one's own household. Raises Missing."""
    row = session.get(Enrolment, enrolment_id)
    if row is None or row.community_id != actor.community_id or row.party_id not in actor.party_ids:
        raise Missing()
    one = session.get_one(ActivitySession, row.session_id)
    return row, one, session.get_one(Activity, one.activity_id)


def offers_to_answer(session: Session, actor: Actor) -> list[tuple[EnrolRequest, Activity, ActivitySession]]:
    """The places offered to one's household that wait for a yes or a no."""
    first = (
        select(Enrolment.request_id, func.min(col(Enrolment.session_id)).label("session_id"))
        .where(is_ours(actor, Enrolment), col(Enrolment.state) == "offered")
        .group_by(col(Enrolment.request_id))
        .subquery()
    )
    statement = (
        select(EnrolRequest, Activity, ActivitySession)
        .join(first, first.c.request_id == col(EnrolRequest.id))
        .join(Activity, col(Activity.id) == col(EnrolRequest.activity_id))
        .join(ActivitySession, col(ActivitySession.id) == first.c.session_id)
        .where(is_ours(actor, EnrolRequest), col(EnrolRequest.offer_ends_at) > clock.now())
        .order_by(col(EnrolRequest.offer_ends_at))
    )
    return [(request, activity, one) for request, activity, one in session.execute(statement)]


@dataclass(frozen=True)
class ForFeed:
    """A date to which one comes, or brings somebody one looks after; or to which nobody comes any more."""

    one: ActivitySession
    activity: Activity
    center: Center
    comes: bool
    changes: int
    """The versions of the places there, together: they only grow."""


def places_for_feed(session: Session, actor: Actor, since: datetime) -> list[ForFeed]:
    """The dates after a moment at which the actor, or somebody they look after, has or had a place.

    Where another adult of the household goes is theirs: it is in their own calendar.
    """
    mine = or_(col(Enrolment.person_id) == actor.person_id, col(Enrolment.dependant_id).is_not(None))
    statement = (
        select(Enrolment, ActivitySession, Activity, Center)
        .join(ActivitySession, col(ActivitySession.id) == col(Enrolment.session_id))
        .join(Activity, col(Activity.id) == col(ActivitySession.activity_id))
        .join(Center, col(Center.id) == col(ActivitySession.center_id))
        .where(is_ours(actor, Enrolment), mine, col(Enrolment.state).in_(ONCE_HELD))
        .where(col(ActivitySession.ends_at) >= since)
        .order_by(col(ActivitySession.starts_at), col(ActivitySession.id))
        .limit(MOST_IN_FEED)
    )
    found: dict[int, ForFeed] = {}
    for row, one, activity, center in session.execute(statement):
        before = found.get(one.id or 0)
        comes = row.state == "held" or (before is not None and before.comes)
        changes = (before.changes if before else 0) + row.version
        found[one.id or 0] = ForFeed(one, activity, center, comes, changes)
    return list(found.values())


def coming_up(session: Session, _actor: Actor, party_ids: Collection[int]) -> list[tuple[int, datetime, str, str]]:
    """The dates to which somebody of these parties comes, soonest first: party, when, what, where. Not who."""
    if not party_ids:
        return []
    statement = (
        select(col(Enrolment.party_id), col(ActivitySession.starts_at), col(Activity.title), col(Center.name))
        .join(ActivitySession, col(ActivitySession.id) == col(Enrolment.session_id))
        .join(Activity, col(Activity.id) == col(ActivitySession.activity_id))
        .join(Center, col(Center.id) == col(ActivitySession.center_id))
        .where(
            col(Enrolment.party_id).in_(party_ids),
            col(Enrolment.state) == "held",
            col(ActivitySession.state) == "planned",
            col(ActivitySession.starts_at) > clock.now(),
            col(ActivitySession.starts_at) < clock.now() + COMING,
        )
        .distinct()
        .order_by(col(ActivitySession.starts_at), col(Activity.title))
        .limit(SHOWN)
    )
    return [(party_id, at, title, name) for party_id, at, title, name in session.execute(statement)]


def has_qualification(session: Session, community_id: int, person_id: int, name: str, day: date) -> bool:
    """Whether somebody has a qualification of this name in a community on a day, however it is written.

    What another community gave says nothing here: there the same word may ask for something else.
    """
    statement = select(col(Qualification.id)).where(
        col(Qualification.community_id) == community_id,
        col(Qualification.person_id) == person_id,
        folded(col(Qualification.name)) == fold(name),
        col(Qualification.from_on) <= day,
        or_(col(Qualification.until_on).is_(None), col(Qualification.until_on) >= day),
    )
    return session.scalar(statement.limit(1)) is not None


def own_qualifications(session: Session, actor: Actor) -> list[Qualification]:
    """What one has from trainings, the newest first."""
    mine = (
        col(Qualification.community_id) == actor.community_id,
        col(Qualification.person_id) == actor.person_id,
    )
    return list(session.exec(select(Qualification).where(*mine).order_by(col(Qualification.id).desc())))


def next_dates(session: Session, activity_id: int, limit: int = 12) -> list[ActivitySession]:
    """The dates of an activity that are to come, the nearest first."""
    coming = (
        col(ActivitySession.activity_id) == activity_id,
        col(ActivitySession.state) == "planned",
        col(ActivitySession.starts_at) > clock.now(),
    )
    statement = select(ActivitySession).where(*coming)
    ordered = statement.order_by(col(ActivitySession.starts_at), col(ActivitySession.id))
    return list(session.exec(ordered.limit(limit)))


def number_offered(actor: Actor) -> ColumnElement[int] | None:
    """How many offers wait for an answer of one's household, as an expression."""
    if not actor.may(ENROL) or not actor.party_ids:
        return None
    waits = (is_ours(actor, EnrolRequest), col(EnrolRequest.state) == "offered")
    now = col(EnrolRequest.offer_ends_at) > clock.now()
    return select(func.count(col(EnrolRequest.id))).where(*waits, now).scalar_subquery()


def number_to_come(session: Session, actor: Actor) -> int:
    """At how many dates to come somebody of one's household has a place."""
    statement = (
        select(func.count(col(Enrolment.session_id).distinct()))
        .join(ActivitySession, col(ActivitySession.id) == col(Enrolment.session_id))
        .where(is_ours(actor, Enrolment), col(Enrolment.state) == "held", col(ActivitySession.ends_at) > clock.now())
    )
    return int(session.scalar(statement) or 0)
