"""Who suits a slot: what is asked of them, what else they have then, and who is asked next."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import bindparam, func, or_
from sqlmodel import col, select

from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.volunteering.rules import CLOSE_BY, age_on
from civic_centers.volunteering.tables import Call, SignUp, Slot, VolunteerSheet
from community.members.tables import Membership
from community.moderation.policies import Limited, is_stopped, must_not_be_limited
from community.safeguarding.queries import day_in, is_verified_for_care
from foundation import clock
from foundation.database import Session
from foundation.feature import registry

HOLDING = ("held", "offered")
SEEN_FOR = timedelta(days=365)
"""Who served within the year may be asked to come instead of somebody."""
LOOKED_AT = 60
_LEFT_ALONE = (
    select(col(Activity.left_alone))
    .join(ActivitySession, col(ActivitySession.activity_id) == col(Activity.id))
    .where(col(ActivitySession.id) == bindparam("date"))
)


def demands_care(session: Session, slot: Slot) -> bool:
    """Whether who takes it is verified first: it asks for that, or children stay there without an adult of theirs."""
    if slot.needs_verified or slot.session_id is None:
        return slot.needs_verified
    return stay_alone(session, slot.session_id)


def stay_alone(session: Session, session_id: int) -> bool:
    """Whether children stay at a date of an activity without an adult of theirs."""
    return bool(session.connection().execute(_LEFT_ALONE, {"date": session_id}).scalar())


def may_care(session: Session, slot: Slot, person_id: int) -> bool:
    """Whether somebody is verified when it takes place, and no decision of the makers keeps them from it."""
    try:
        must_not_be_limited(session, slot.community_id, person_id, "care")
    except Limited:
        return False
    return is_verified_for_care(session, slot.community_id, person_id, slot.starts_at)


def lacking(session: Session, slot: Slot, person_id: int) -> list[str]:
    """What a slot asks for and somebody has not shown: `verified`, `qualification`, `birthday`, `age`."""
    found = []
    if demands_care(session, slot) and not may_care(session, slot, person_id):
        found.append("verified")
    if not slot.qualification and slot.min_age is None:
        return found
    day = day_in(session, slot.community_id, slot.starts_at)
    if slot.qualification and not any(
        hook(session, slot.community_id, person_id, slot.qualification, day) for hook in registry.hooks("qualified")
    ):
        found.append("qualification")
    if slot.min_age is not None:
        sheet = session.get(VolunteerSheet, (slot.community_id, person_id))
        age = age_on(sheet.born_on, day) if sheet is not None else None
        if age is None:
            found.append("birthday")
        elif age < slot.min_age:
            found.append("age")
    return found


def clash_of(session: Session, slot: Slot, person_id: int) -> Slot | None:
    """Another slot that somebody holds at the same time."""
    return _other(session, slot, person_id, timedelta())


def close_by(session: Session, slot: Slot, person_id: int) -> Slot | None:
    """Another slot of theirs less than an hour before or after."""
    return _other(session, slot, person_id, CLOSE_BY)


def _other(session: Session, slot: Slot, person_id: int, around: timedelta) -> Slot | None:
    statement = (
        select(Slot)
        .join(SignUp, col(SignUp.slot_id) == col(Slot.id))
        .where(
            col(SignUp.person_id) == person_id,
            col(SignUp.state).in_(HOLDING),
            col(SignUp.slot_id) != slot.id,
            col(SignUp.starts_at) < slot.ends_at + around,
            col(SignUp.ends_at) > slot.starts_at - around,
        )
        .order_by(col(SignUp.starts_at))
        .limit(1)
    )
    return session.exec(statement).first()


def suitable_people(session: Session, slot: Slot, most: int) -> list[int]:
    """Whom to ask to come: suitable, free then, not asked for it yet; who was asked longest ago comes first."""
    found: list[int] = []
    for person_id in _candidates(session, slot):
        if len(found) == most:
            break
        if not lacking(session, slot, person_id):
            found.append(person_id)
    return found


def _candidates(session: Session, slot: Slot) -> Iterator[int]:
    person = col(Membership.person_id)
    last_asked = (
        select(func.max(col(Call.asked_at)))
        .where(col(Call.person_id) == person)
        .correlate(Membership)
        .scalar_subquery()
    )
    sheets = select(col(VolunteerSheet.person_id)).where(col(VolunteerSheet.community_id) == slot.community_id)
    served = select(col(SignUp.person_id)).where(
        col(SignUp.community_id) == slot.community_id,
        col(SignUp.state).in_(("held", "served")),
        col(SignUp.starts_at) > clock.now() - SEEN_FOR,
    )
    busy = select(col(SignUp.person_id)).where(
        col(SignUp.state).in_(HOLDING), col(SignUp.starts_at) < slot.ends_at, col(SignUp.ends_at) > slot.starts_at
    )
    there = select(col(SignUp.person_id)).where(col(SignUp.slot_id) == slot.id)
    asked = select(col(Call.person_id)).where(col(Call.slot_id) == slot.id)
    statement = (
        select(person)
        .where(
            col(Membership.community_id) == slot.community_id,
            col(Membership.state) == "approved",
            person.not_in(sheets.where(col(VolunteerSheet.may_be_asked).is_(False))),
            or_(person.in_(sheets), person.in_(served)),
            person.not_in(busy),
            person.not_in(there),
            person.not_in(asked),
            ~is_stopped(slot.community_id, person),
        )
        .order_by(last_asked.is_not(None), last_asked, person)
        .limit(LOOKED_AT)
    )
    yield from session.scalars(statement)
