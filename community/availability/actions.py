"""Saying when one can, and taking it back. Each announces `week_said(session, party_id)`."""

from collections.abc import Iterable

from sqlalchemy import delete
from sqlmodel import col, select

from community.availability.queries import own_week
from community.availability.rules import Slot, narrowed, whole
from community.availability.tables import Availability
from community.leaving.rules import Going
from community.parties.queries import own_party
from community.parties.tables import Party
from foundation import audit
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import registry


def set_week(session: Session, actor: Actor, cells: Iterable[tuple[int, str]]) -> list[Slot]:
    """Say anew on which days and in which parts of them the party acted for can; nothing at all is an answer too.

    Exact hours said before stay where their part of the day is still chosen. Raises Missing for who acts for no
    party, Invalid for a day or part that does not exist.
    """
    before = {(slot.weekday, slot.part): slot for slot in _locked_week(session, actor)}
    chosen = [before.get((weekday, part), whole(weekday, part)) for weekday, part in sorted(set(cells))]
    return _keep(session, actor, chosen)


def set_hours(session: Session, actor: Actor, hours: Iterable[tuple[int, str, int, int]]) -> list[Slot]:
    """Say exact hours, as (weekday, part, starts, ends), for parts of days chosen before; others are left alone.

    Raises Missing for who acts for no party, Invalid for hours outside the part or back to front.
    """
    said = {(weekday, part): narrowed(whole(weekday, part), starts, ends) for weekday, part, starts, ends in hours}
    week = [said.get((slot.weekday, slot.part), slot) for slot in _locked_week(session, actor)]
    return _keep(session, actor, week)


def clear_week(session: Session, actor: Actor) -> None:
    """Take back all that was said. Raises Missing for who acts for no party."""
    _locked_week(session, actor)
    _keep(session, actor, [])


def forget_week(session: Session, going: Going) -> None:
    """Keep nothing of when those could who have left."""
    session.exec(delete(Availability).where(col(Availability.party_id).in_(going.closing)))


def _locked_week(session: Session, actor: Actor) -> list[Slot]:
    """The week as it stands. Two adults of one household who save at the same moment do it one after the other."""
    party = own_party(session, actor)
    session.exec(select(col(Party.id)).where(col(Party.id) == party.id).with_for_update())
    return own_week(session, actor)


def _keep(session: Session, actor: Actor, slots: list[Slot]) -> list[Slot]:
    party_id = actor.must_be_party()
    session.exec(delete(Availability).where(col(Availability.party_id) == party_id))
    for slot in slots:
        session.add(
            Availability(party_id=party_id, weekday=slot.weekday, part=slot.part, starts=slot.starts, ends=slot.ends)
        )
    session.flush()
    for hook in registry.hooks("week_said"):
        hook(session, party_id)
    audit.record(session, actor, "changed_availability" if slots else "cleared_availability", "party", party_id)
    return sorted(slots)
