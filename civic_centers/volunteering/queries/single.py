"""One slot with who is on it, and whether somebody is insured."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from civic_centers.activities.queries.single import activity_visible_to
from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.centers.tables import Center
from civic_centers.volunteering.policies import may_run
from civic_centers.volunteering.tables import Call, Insurance, SignUp, Slot, VolunteerSheet
from community.members.tables import Person
from community.parties.tables import Party
from community.safeguarding.queries import day_in
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing

STANDING = ("held", "waiting", "offered")


@dataclass(frozen=True)
class OnSlot:
    """Somebody on a slot, for its keepers. `insured` is None where no insurance is asked for."""

    row: SignUp
    name: str
    insured: bool | None


@dataclass(frozen=True)
class SlotView:
    """A slot with what its page says; `mine` is one's own sign-up, `called` that one was asked to come instead."""

    slot: Slot
    center: Center
    one: ActivitySession | None
    activity: Activity | None
    host: Party | None
    runs: bool
    mine: SignUp | None
    called: bool
    people: Sequence[OnSlot]


def slot_visible_to(session: Session, actor: Actor, slot_id: int) -> Slot:
    """A slot of the community; one of an activity that is no more than a draft only for who runs it. Raises Missing."""
    slot = session.get(Slot, slot_id)
    if slot is None or slot.community_id != actor.community_id:
        raise Missing()
    if slot.session_id is not None:
        activity_visible_to(session, actor, session.get_one(ActivitySession, slot.session_id).activity_id)
    return slot


def standing_of(session: Session, slot_id: int, person_id: int | None) -> SignUp | None:
    """The place somebody holds, waits for or is offered."""
    here = (col(SignUp.slot_id) == slot_id, col(SignUp.person_id) == person_id, col(SignUp.state).in_(STANDING))
    return session.exec(select(SignUp).where(*here)).one_or_none()


def view_of(session: Session, actor: Actor, slot_id: int) -> SlotView:
    """A slot as the actor may see it; who is on it is for its keepers alone. Raises Missing."""
    slot = slot_visible_to(session, actor, slot_id)
    one = session.get(ActivitySession, slot.session_id) if slot.session_id is not None else None
    runs = may_run(session, actor, slot)
    return SlotView(
        slot,
        session.get_one(Center, slot.center_id),
        one,
        session.get(Activity, one.activity_id) if one is not None else None,
        session.get(Party, slot.party_id) if slot.party_id is not None else None,
        runs,
        _latest(session, slot_id, actor.person_id),
        _is_called(session, slot_id, actor.person_id),
        _people(session, slot) if runs else (),
    )


def insured_on(session: Session, party_id: int, person_id: int, day: date) -> bool:
    """Whether an organisation has insured somebody for a day."""
    there = (col(Insurance.party_id) == party_id, col(Insurance.person_id) == person_id)
    on = (col(Insurance.since) <= day, col(Insurance.until) >= day)
    return session.exec(select(col(Insurance.id)).where(*there, *on).limit(1)).first() is not None


def is_whole(sheet: VolunteerSheet | None) -> bool:
    """Whether the register can be written from it: codice fiscale or birth with its place, and the residence."""
    return sheet is not None and bool(sheet.residence and (sheet.fiscal_code or (sheet.born_on and sheet.born_in)))


def _latest(session: Session, slot_id: int, person_id: int | None) -> SignUp | None:
    here = (col(SignUp.slot_id) == slot_id, col(SignUp.person_id) == person_id)
    return session.exec(select(SignUp).where(*here).order_by(col(SignUp.id).desc()).limit(1)).first()


def _is_called(session: Session, slot_id: int, person_id: int | None) -> bool:
    call = session.get(Call, (slot_id, person_id)) if person_id is not None else None
    return call is not None and call.declined_at is None


def _people(session: Session, slot: Slot) -> list[OnSlot]:
    statement = (
        select(SignUp, Person)
        .join(Person, col(Person.id) == col(SignUp.person_id))
        .where(col(SignUp.slot_id) == slot.id)
        .order_by(col(SignUp.id))
    )
    rows = list(session.execute(statement))
    insured = _insured_among(session, slot, [row.person_id for row, _person in rows])
    return [
        OnSlot(row, person.name, None if slot.exchange else row.person_id in insured) for row, person in rows
    ]  # fmt: skip


def _insured_among(session: Session, slot: Slot, person_ids: Sequence[int]) -> set[int]:
    if slot.exchange or not person_ids:
        return set()
    day = day_in(session, slot.community_id, slot.starts_at)
    there = (col(Insurance.party_id) == slot.party_id, col(Insurance.person_id).in_(person_ids))
    on = (col(Insurance.since) <= day, col(Insurance.until) >= day)
    return set(session.scalars(select(col(Insurance.person_id)).where(*there, *on)))


def is_full(session: Session, slot_id: int) -> bool:
    """Whether a slot has no place left, for who may know of it as for who may not."""
    slot = session.get(Slot, slot_id)
    return slot is not None and slot.taken >= slot.most
