"""The turns of volunteers that belong to a cycle."""

from datetime import date

from sqlmodel import col, select

from civic_centers.purchasing.queries.single import places_of
from civic_centers.purchasing.tables import CyclePlace, CycleSlot
from civic_centers.volunteering.tables import Slot
from foundation import clock
from foundation.database import Session


def turns_of(session: Session, cycle_id: int) -> list[tuple[CycleSlot, Slot]]:
    """The turns that stand, in order of time."""
    statement = (
        select(CycleSlot, Slot)
        .join(Slot, col(Slot.id) == col(CycleSlot.slot_id))
        .where(col(CycleSlot.cycle_id) == cycle_id, col(Slot.state) == "open")
        .order_by(col(Slot.starts_at), col(Slot.id))
    )
    return [(link, slot) for link, slot in session.execute(statement)]


def turns_on(session: Session, cycle_id: int, day: date, zone: str) -> list[Slot]:
    """Those that begin on a day of a zone."""
    slots = [slot for _link, slot in turns_of(session, cycle_id)]
    return [slot for slot in slots if clock.local(slot.starts_at, zone).date() == day]


def turns_at(session: Session, place: CyclePlace) -> list[Slot]:
    """Those for giving out in the hours of a place: at its own center; where it has none, at no center of another."""
    others = {one.center_id for one in places_of(session, place.cycle_id) if one.id != place.id}
    return [
        slot
        for link, slot in turns_of(session, place.cycle_id)
        if link.kind == "distribution"
        and slot.starts_at < place.ends_at
        and slot.ends_at > place.starts_at
        and (slot.center_id not in others if place.center_id is None else slot.center_id == place.center_id)
    ]
