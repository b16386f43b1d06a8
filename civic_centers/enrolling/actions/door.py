"""Who came, who did not, and with whom a child went home: written down by the keepers of the center."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from civic_centers.activities.policies import must_run
from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.enrolling.actions.standing import KIND
from civic_centers.enrolling.policies import ENROL
from civic_centers.enrolling.queries.fetching import ALONE, allowed_for
from civic_centers.enrolling.rules import (
    COMING,
    LIST_OPEN_FOR,
    OPENS_BEFORE,
    NotAllowed,
    NotNow,
    fingerprint,
    same_name,
)
from civic_centers.enrolling.tables import DoorCode, Enrolment
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session, insert_if_absent
from foundation.errors import N_, Missing, Refused
from foundation.tokens.rules import new_code

CODE_KIND = "door_code"
LIST = "list_of_a_date"


@dataclass(frozen=True)
class Came:
    """What became of a scan: who is written down now, and who was before, since when."""

    now: tuple[int, ...]
    before: tuple[tuple[int, datetime], ...]


def note_came(
    session: Session, actor: Actor, session_id: int, enrolment_ids: Collection[int], *, way: str = "list"
) -> Came:
    """Write down who came; somebody twice changes nothing, and says since when they are there.

    Raises Missing for who keeps another center, Refused too early or too late, NotNow for who has no place.
    """
    one, _activity = _held(session, actor, session_id)
    _must_be_open(one)
    rows = _rows(session, session_id, enrolment_ids)
    if any(row.state not in COMING for row in rows):
        raise NotNow()
    before = tuple((row.id or 0, row.came_at) for row in rows if row.came_at is not None)
    new = [row for row in rows if row.came_at is None]
    for row in new:
        row.came_at, row.came_way, row.noted_by_id = clock.now(), way, actor.recorder_id
        row.absent_at, row.state, row.late = None, "held", False
        session.add(row)
        audit.record(session, actor, "came", KIND, row.request_id, date_id=session_id, way=way)
    session.flush()
    return Came(tuple(row.id or 0 for row in new), before)


def note_not_come(session: Session, actor: Actor, session_id: int, enrolment_id: int) -> None:
    """Take back that somebody came: it was a mistake. Raises Missing, NotNow once they were fetched."""
    _held(session, actor, session_id)
    row = _rows(session, session_id, [enrolment_id])[0]
    if row.left_at is not None:
        raise NotNow()
    row.came_at, row.came_way = None, ""
    session.add(row)
    audit.record(session, actor, "not_come", KIND, row.request_id, date_id=session_id)
    session.flush()


def close_list(session: Session, actor: Actor, session_id: int) -> int:
    """Note as absent who had a place, said nothing and did not come; how many. Raises Missing, Refused before it."""
    one, _activity = _held(session, actor, session_id)
    if one.starts_at > clock.now():
        raise Refused(N_("It has not begun yet: who is missing may still come."))
    absent = (col(Enrolment.state) == "held", col(Enrolment.came_at).is_(None), col(Enrolment.absent_at).is_(None))
    rows = session.exec(
        select(Enrolment).where(col(Enrolment.session_id) == session_id, *absent).with_for_update()
    ).all()
    for row in rows:
        row.absent_at, row.noted_by_id = clock.now(), actor.recorder_id
        session.add(row)
    if rows:
        audit.record(session, actor, "closed", LIST, session_id, absent=len(rows))
    session.flush()
    return len(rows)


def note_left(session: Session, actor: Actor, session_id: int, enrolment_id: int, name: str = "") -> None:
    """Write down that somebody went home, and with whom, where they are a child who stayed by themselves.

    Raises Missing, NotNow for who is not there, NotAllowed for who may not fetch them. Twice changes nothing.
    """
    _one, activity = _held(session, actor, session_id)
    row = _rows(session, session_id, [enrolment_id])[0]
    if row.came_at is None:
        raise NotNow()
    if row.left_at is not None:
        return
    if row.is_child and activity.left_alone and row.dependant_id is not None:
        allowed = allowed_for(session, [row.dependant_id])[row.dependant_id]
        if not any(_is(name, one) for one in allowed):
            raise NotAllowed()
        row.left_with = name
    row.left_at = clock.now()
    session.add(row)
    audit.record(session, actor, "went_home", KIND, row.request_id, date_id=session_id)
    session.flush()


def own_code(session: Session, actor: Actor) -> str:
    """The code that one shows at the door, made when it is asked for first. Raises Missing for who enrols nobody."""
    if not actor.may(ENROL) or actor.is_on_behalf:
        raise Missing()
    person_id = actor.must_be_person()
    found = select(DoorCode).where(
        col(DoorCode.community_id) == actor.community_id, col(DoorCode.person_id) == person_id
    )
    row = session.exec(found).one_or_none()
    if row is None:
        secret = new_code()
        values = {
            "community_id": actor.community_id,
            "person_id": person_id,
            "secret": secret,
            "secret_hash": fingerprint(secret),
            "made_at": clock.now(),
        }
        insert_if_absent(session, DoorCode, values, conflict=["community_id", "person_id"])
        row = session.exec(found).one()
    return row.secret


def renew_code(session: Session, actor: Actor) -> None:
    """A code that was lost or photographed opens nothing from now on. Raises Missing."""
    own_code(session, actor)
    found = select(DoorCode).where(
        col(DoorCode.community_id) == actor.community_id, col(DoorCode.person_id) == actor.person_id
    )
    row = session.exec(found.with_for_update()).one()
    row.secret = new_code()
    row.secret_hash, row.made_at = fingerprint(row.secret), clock.now()
    session.add(row)
    audit.record(session, actor, "renewed", CODE_KIND, row.id)
    session.flush()


def _is(name: str, allowed: str) -> bool:
    return name == allowed if ALONE in (name, allowed) else same_name(name) == same_name(allowed)


def _held(session: Session, actor: Actor, session_id: int) -> tuple[ActivitySession, Activity]:
    one = session.get(ActivitySession, session_id)
    if one is None or one.community_id != actor.community_id:
        raise Missing()
    must_run(session, actor, one.activity_id)
    return one, session.get_one(Activity, one.activity_id)


def _must_be_open(one: ActivitySession) -> None:
    now = clock.now()
    if one.state != "planned":
        raise Refused(N_("This date was called off."), advice=N_("Look at the others of today."))
    if now < one.starts_at - OPENS_BEFORE:
        raise Refused(N_("It is too early: the list opens two hours before it begins."))
    if now > one.ends_at + LIST_OPEN_FOR:
        raise Refused(N_("This list is closed: it was more than a week ago."))


def _rows(session: Session, session_id: int, enrolment_ids: Collection[int]) -> list[Enrolment]:
    statement = select(Enrolment).where(col(Enrolment.session_id) == session_id, col(Enrolment.id).in_(enrolment_ids))
    locking = statement.order_by(col(Enrolment.id)).with_for_update().execution_options(populate_existing=True)
    rows = list(session.exec(locking))
    if not rows or len(rows) < len(set(enrolment_ids)):
        raise Missing()
    return rows
