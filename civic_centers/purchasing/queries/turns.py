"""The turns of volunteers that belong to a cycle."""

from sqlmodel import col, select

from civic_centers.purchasing.tables import CycleSlot
from civic_centers.volunteering.tables import Slot
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
