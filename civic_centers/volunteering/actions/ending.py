"""Slots that are called off, move or end with a date, a center or somebody's place in the community."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import col, select

from civic_centers.activities.queries.single import place_of
from civic_centers.activities.tables import ActivitySession
from civic_centers.centers.policies import must_keep
from civic_centers.centers.tables import Center
from civic_centers.volunteering.actions.freeing import free_place
from civic_centers.volunteering.actions.holding import (
    SLOT,
    held_slot,
    keep_sign_up,
    must_be_to_come,
)
from civic_centers.volunteering.actions.passing_on import fill_places
from civic_centers.volunteering.actions.telling import tell, tell_keepers
from civic_centers.volunteering.notices import (
    AFTER_ALL,
    ALL_ELSEWHERE,
    ALL_MOVED_WITH,
    ALL_OFF_WITH,
    CALLED_OFF,
    CLASHES,
    ELSEWHERE,
    MOVED,
    MOVED_WITH,
    OFF_WITH,
)
from civic_centers.volunteering.queries.single import STANDING
from civic_centers.volunteering.rules import NotNow
from civic_centers.volunteering.tables import Call, Series, SignUp, Slot, VolunteerSheet, Watch
from community.leaving.rules import Going
from community.members.queries import membership_of
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing


def cancel_slot(session: Session, actor: Actor, slot_id: int, *, reason: str) -> int:
    """Call a slot off, and tell who was on it; how many. Raises Missing, NotNow, Invalid without a reason."""
    slot = held_slot(session, slot_id)
    if slot.community_id != actor.community_id:
        raise Missing()
    must_keep(session, actor, slot.center_id)
    if not reason.strip():
        raise Invalid(N_("Say why, in a few words."), field="reason")
    must_be_to_come(slot)
    return _call_off(session, actor, slot, reason.strip()[:500])


def end_with(session: Session, actor: Actor | None, slots: Sequence[Slot], reason: str) -> int:
    """Call off slots that were made for something that does not take place, and tell who was on them; how many.

    Whoever keeps their centers: nobody (`actor` None) or a person elsewhere called that off, and the keepers are told.
    What began goes on.
    """
    ended = []
    for one in slots:
        slot = held_slot(session, one.id or 0)
        if slot.state == "open" and slot.starts_at > clock.now():
            _call_off(session, actor, slot, reason[:500])
            ended.append(slot)
    tell_keepers(session, actor, ended, OFF_WITH, ALL_OFF_WITH)
    return len(ended)


def move_with(session: Session, actor: Actor, moves: Sequence[tuple[int, datetime, datetime]]) -> None:
    """Move slots along with what they were made for: (slot, starts, ends). Who is on them is told, as of any move.

    Whoever keeps their centers: the keepers are told. Raises NotNow, and moves none, where one has begun, is over or
    was called off.
    """
    moved = []
    for slot_id, starts_at, ends_at in sorted(moves):
        slot = held_slot(session, slot_id)
        if slot.state != "open" or min(slot.starts_at, starts_at) <= clock.now():
            raise NotNow()
        _move(session, slot, starts_at, ends_at)
        audit.record(session, actor, "moved", SLOT, slot_id)
        moved.append(slot)
    tell_keepers(session, actor, moved, MOVED_WITH, ALL_MOVED_WITH)


def stop_series(session: Session, actor: Actor, slot_id: int) -> None:
    """Ask for it no more at dates laid out later; what is laid out stays. Raises Missing."""
    slot = held_slot(session, slot_id)
    series = session.get(Series, slot.series_id) if slot.series_id is not None else None
    if slot.community_id != actor.community_id or series is None:
        raise Missing()
    must_keep(session, actor, slot.center_id)
    series.ended_at = series.ended_at or clock.now()
    session.add(series)
    audit.record(session, actor, "stopped_series", SLOT, slot_id)


def cancel_of_sessions(session: Session, actor: Actor, sessions: Sequence[ActivitySession], reason: str) -> None:
    """Call off what belongs to dates of activities that do not take place (a hook, in the same transaction)."""
    for slot in _slots_of(session, [one.id or 0 for one in sessions]):
        if slot.state == "open" and slot.ends_at > clock.now():
            _call_off(session, actor, slot, reason[:500])


def restore_of_sessions(session: Session, actor: Actor, sessions: Sequence[ActivitySession]) -> None:
    """Open again what was called off with dates that take place after all: empty, who was on it is told and chooses.

    What a keeper had called off before by itself stays so.
    """
    off_since = {one.id: one.cancelled_at for one in sessions}
    for slot in _slots_of(session, [one.id or 0 for one in sessions]):
        since = off_since[slot.session_id]
        if slot.state != "cancelled" or (since is not None and slot.changed_at < since):
            continue
        off_with = (col(SignUp.slot_id) == slot.id, col(SignUp.state) == "cancelled")
        with_it = off_with if since is None else (*off_with, col(SignUp.ended_at) >= since)
        people = session.scalars(select(col(SignUp.person_id)).where(*with_it).distinct()).all()
        slot.state, slot.reason, slot.announced_days = "open", "", None
        _changed(session, slot)
        audit.record(session, actor, "restored", SLOT, slot.id)
        for person_id in sorted(people):
            member = membership_of(session, slot.community_id, person_id)
            if member is not None and member.state == "approved":
                tell(session, person_id, slot, AFTER_ALL, key=f"{slot.id}:{slot.version}")


def move_with_sessions(
    session: Session, actor: Actor, moves: Sequence[tuple[ActivitySession, datetime, datetime]]
) -> None:
    """Slots go along with their dates; who is elsewhere at the new time is told and let go (a hook)."""
    for one, old_starts_at, old_ends_at in moves:
        for slot in _slots_of(session, [one.id or 0]):
            starts_at = slot.starts_at + (one.starts_at - old_starts_at)
            ends_at = slot.ends_at + (one.ends_at - old_ends_at)
            if (starts_at, ends_at) != (slot.starts_at, slot.ends_at) and slot.state == "open":
                _move(session, slot, starts_at, max(ends_at, starts_at + (slot.ends_at - slot.starts_at) / 2))
                audit.record(session, actor, "moved", SLOT, slot.id)


def tell_elsewhere(session: Session, actor: Actor, sessions: Sequence[ActivitySession]) -> None:
    """Who is on slots of dates that have another room is told once, however many dates they are (a hook)."""
    shifts: dict[int, list[tuple[Slot, ActivitySession]]] = {}
    for one in sessions:
        for slot in _slots_of(session, [one.id or 0]):
            if slot.state != "open" or slot.ends_at <= clock.now():
                continue
            for row in _standing(session, slot):
                row.version += 1  # their calendar is told anew, though what it says is the same
                session.add(row)
                if row.state != "waiting":
                    shifts.setdefault(row.person_id, []).append((slot, one))
    session.flush()
    for person_id, theirs in sorted(shifts.items()):
        if person_id in (actor.person_id, actor.recorder_id):
            continue
        slot, one = theirs[0]
        said = {"place": place_of(session, one), "number": len(theirs)}
        notice = ELSEWHERE if len(theirs) == 1 else ALL_ELSEWHERE
        tell(session, person_id, slot, notice, key=f"{slot.id}:elsewhere-{one.version}", **said)


def end_at_center(session: Session, actor: Actor, slots: Sequence[Slot], reason: str) -> None:
    """Call off what is to come at a center that closes."""
    for slot in slots:
        here = held_slot(session, slot.id or 0)
        if here.state == "open":  # else it ended with its date, a moment ago
            _call_off(session, actor, here, reason[:500])


def leave_shifts(session: Session, going: Going) -> None:
    """Who leaves takes their place from nobody: what they held is passed on, and they are asked no more."""
    standing = (
        col(SignUp.community_id) == going.community_id,
        col(SignUp.person_id) == going.person_id,
        col(SignUp.state).in_(STANDING),
        col(SignUp.starts_at) > clock.now(),
    )
    for row in session.exec(select(SignUp).where(*standing).order_by(col(SignUp.slot_id))).all():
        slot = held_slot(session, row.slot_id)
        before = row.state
        row.state, row.offered_until, row.ended_at = "gave_up", None, clock.now()
        session.add(row)
        session.flush()
        free_place(session, slot, row, before, ask=True)
    here = select(col(Center.id)).where(col(Center.community_id) == going.community_id)
    session.exec(delete(Watch).where(col(Watch.person_id) == going.person_id, col(Watch.center_id).in_(here)))
    sheet = session.get(VolunteerSheet, (going.community_id, going.person_id))
    if sheet is not None:
        sheet.may_be_asked = False
        session.add(sheet)


def forget_volunteer(session: Session, going: Going) -> None:
    """The sheet and who was asked go; the register and the insurance stay: a law keeps them."""
    session.exec(
        delete(VolunteerSheet).where(
            col(VolunteerSheet.community_id) == going.community_id, col(VolunteerSheet.person_id) == going.person_id
        )
    )
    here = select(col(Slot.id)).where(col(Slot.community_id) == going.community_id)
    session.exec(delete(Call).where(col(Call.person_id) == going.person_id, col(Call.slot_id).in_(here)))


def _call_off(session: Session, actor: Actor | None, slot: Slot, reason: str) -> int:
    rows = _standing(session, slot)
    for row in rows:
        row.state, row.offered_until, row.ended_at = "cancelled", None, clock.now()
        session.add(row)
        tell(session, row.person_id, slot, CALLED_OFF, key=f"{row.id}")
    slot.state, slot.reason, slot.taken, slot.cover_asked_at = "cancelled", reason, 0, None
    _changed(session, slot)
    whose = {"community_id": slot.community_id} if actor is None else {}
    audit.record(session, actor, "cancelled", SLOT, slot.id, **whose)
    return len(rows)


def _move(session: Session, slot: Slot, starts_at: datetime, ends_at: datetime) -> None:
    slot.starts_at, slot.ends_at, slot.announced_days = starts_at, ends_at, None
    _changed(session, slot)
    gone: list[tuple[SignUp, str]] = []
    for row in _standing(session, slot):
        before = row.state
        if keep_sign_up(session, row, starts_at=starts_at, ends_at=ends_at):
            tell(session, row.person_id, slot, MOVED, key=f"{row.id}:{slot.version}")
            continue
        row.starts_at, row.ends_at, row.state, row.offered_until = starts_at, ends_at, "cancelled", None
        row.ended_at = clock.now()
        session.add(row)
        session.flush()
        tell(session, row.person_id, slot, CLASHES, key=f"{row.id}")
        gone.append((row, before))
    for row, before in gone:  # only now: who waits may be elsewhere at the new time too
        free_place(session, slot, row, before)
    fill_places(session, slot)


def _changed(session: Session, slot: Slot) -> None:
    slot.version += 1
    slot.changed_at = clock.now()
    session.add(slot)
    session.flush()


def _slots_of(session: Session, session_ids: Sequence[int]) -> list[Slot]:
    statement = select(Slot).where(col(Slot.session_id).in_(session_ids)).order_by(col(Slot.id))
    return list(session.exec(statement.with_for_update(key_share=True).execution_options(populate_existing=True)))


def _standing(session: Session, slot: Slot) -> list[SignUp]:
    """Who is on a slot and has not come yet."""
    there = (col(SignUp.slot_id) == slot.id, col(SignUp.state).in_(STANDING), col(SignUp.came_at).is_(None))
    return list(session.exec(select(SignUp).where(*there).order_by(col(SignUp.id)).with_for_update()))
