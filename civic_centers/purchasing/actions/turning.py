"""Turns for fetching and giving out: shifts of volunteers at a center, made by the actions of volunteering."""

from collections.abc import Sequence
from datetime import timedelta

from sqlmodel import col, delete, select

from civic_centers.purchasing.actions.holding import CYCLE, hold_to_keep
from civic_centers.purchasing.queries.turns import turns_of
from civic_centers.purchasing.rules.cycles import FURTHEST, NotNow
from civic_centers.purchasing.tables import CycleSlot
from civic_centers.volunteering.actions.ending import end_with, move_with
from civic_centers.volunteering.actions.making import Moment, make_slots
from civic_centers.volunteering.rules import NotNow as NotMovable
from civic_centers.volunteering.rules import Wanted
from civic_centers.volunteering.tables import Slot
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid
from foundation.recurrence import told

KINDS = {"pick_up": N_("Fetching from the supplier"), "distribution": N_("Giving out")}
MOST_TURNS = 30


def add_turn(
    session: Session, actor: Actor, cycle_id: int, center_id: int, kind: str, wanted: Wanted, moment: Moment
) -> Slot:
    """A turn of a cycle, as a shift of a center that the actor keeps; how its hours count is said there.

    Raises Missing, NotNow, Invalid at the field.
    """
    cycle = hold_to_keep(session, actor, cycle_id)
    if cycle.state in ("done", "cancelled"):
        raise NotNow()
    if kind not in KINDS:
        raise Invalid(N_("Choose what they do."), field="kind")
    if moment.starts_at > clock.now() + FURTHEST:
        raise Invalid(N_("That is more than two years away: look at the year once more."), field="starts_at")
    there = session.exec(select(CycleSlot).where(col(CycleSlot.cycle_id) == cycle_id)).all()
    if len(there) >= MOST_TURNS:
        raise Invalid(N_("There are turns enough."), field="kind")
    [slot] = make_slots(session, actor, center_id, [wanted], [moment])
    session.add(CycleSlot(cycle_id=cycle_id, slot_id=slot.id or 0, kind=kind))
    session.flush()
    audit.record(session, actor, "added_turn", CYCLE, cycle_id, slot=slot.id)
    return slot


def call_off_turns(session: Session, actor: Actor | None, cycle_id: int, reason: str) -> int:
    """Call off the turns to come of a cycle that is called off, by a person or by a rule, with its reason; how many.

    They were made for it alone: whoever signed up is told, and nobody comes for goods that do not.
    """
    return end_with(session, actor, [slot for _link, slot in turns_of(session, cycle_id)], reason)


def move_turns(session: Session, actor: Actor, slots: Sequence[Slot], by: timedelta, zone: str) -> int:
    """Move turns by some days or hours of the clock on the wall, and tell who signed up; how many.

    Raises Invalid, and moves none, where one has begun or is over, or would be.
    """
    moves = []
    for slot in slots:
        walls = (clock.local(at, zone).replace(tzinfo=None) for at in (slot.starts_at, slot.ends_at))
        starts_at, ends_at = (told(wall + by, zone).moment for wall in walls)
        moves.append((slot.id or 0, starts_at, max(ends_at, starts_at + (slot.ends_at - slot.starts_at) / 2)))
    try:
        move_with(session, actor, moves)
    except NotMovable:
        raise Invalid(
            N_("One of these turns has begun, or would have by now: they cannot be moved. Leave the tick out."),
            field="move_turns",
        ) from None
    return len(moves)


def remove_turn(session: Session, actor: Actor, cycle_id: int, slot_id: int) -> None:
    """Let a shift stand by itself again; it is called off on its own page. Raises Missing, NotNow."""
    hold_to_keep(session, actor, cycle_id)
    here = (col(CycleSlot.cycle_id) == cycle_id, col(CycleSlot.slot_id) == slot_id)
    if session.exec(delete(CycleSlot).where(*here)).rowcount != 1:
        raise NotNow()
    audit.record(session, actor, "removed_turn", CYCLE, cycle_id, slot=slot_id)
