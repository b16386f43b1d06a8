"""Where a cycle is fetched, and who is in charge of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlmodel import col, delete, select

from civic_centers.centers.queries import center_visible_to
from civic_centers.purchasing.actions.holding import CYCLE, hold_to_keep
from civic_centers.purchasing.actions.telling import tell
from civic_centers.purchasing.notices import IN_CHARGE
from civic_centers.purchasing.queries.single import places_of, zone_of_clock
from civic_centers.purchasing.rules.cycles import MOST_PLACES, NotNow
from civic_centers.purchasing.tables import CycleKeeper, CyclePlace, OrderCycle, PurchaseOrder
from community.members.queries import membership_of
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Refused


@dataclass(frozen=True)
class Where:
    """A place of delivery, with its time on the wall of the day of delivery."""

    name: str
    starts: time
    ends: time
    center_id: int | None = None


def add_place(session: Session, actor: Actor, cycle_id: int, where: Where) -> CyclePlace:
    """One more place to fetch it at, before it is delivered. Raises Missing, NotNow, Invalid, Refused."""
    cycle = hold_to_keep(session, actor, cycle_id)
    if cycle.state in ("delivered", "done", "cancelled"):
        raise NotNow()
    place = put_place(session, actor, cycle, where)
    audit.record(session, actor, "changed", CYCLE, cycle_id, place=place.id)
    return place


def remove_place(session: Session, actor: Actor, cycle_id: int, place_id: int) -> None:
    """Take a place away at which nobody fetches anything. Raises Missing, NotNow, Refused."""
    cycle = hold_to_keep(session, actor, cycle_id)
    places = places_of(session, cycle_id)
    if cycle.state in ("delivered", "done", "cancelled") or place_id not in {one.id for one in places}:
        raise NotNow()
    used = session.exec(select(PurchaseOrder.id).where(col(PurchaseOrder.place_id) == place_id).limit(1)).first()
    if used is not None or len(places) == 1:
        raise Refused(N_("Somebody fetches their order here, or it is the only place: it stays."))
    session.exec(delete(CyclePlace).where(col(CyclePlace.id) == place_id))
    audit.record(session, actor, "changed", CYCLE, cycle_id)


def put_place(session: Session, actor: Actor, cycle: OrderCycle, where: Where) -> CyclePlace:
    """A place of a cycle. Raises Missing, Invalid at the field, Refused for one too many."""
    name = " ".join(where.name.split())
    if where.center_id is not None:
        name = center_visible_to(session, actor, where.center_id).name
    if not name:
        raise Invalid(N_("Choose a center, or write where it is."), field="place")
    if where.ends <= where.starts:
        raise Invalid(N_("It must end after it begins."), field="ends")
    there = places_of(session, cycle.id or 0)
    if name in {one.name for one in there}:
        raise Invalid(N_("This place is there already."), field="place")
    if len(there) >= MOST_PLACES:
        raise Refused(N_("There are places enough: %(most)s at most."), most=MOST_PLACES)
    zone = zone_of_clock(session, cycle)
    place = CyclePlace(
        community_id=cycle.community_id, cycle_id=cycle.id or 0, center_id=where.center_id, name=name[:120],
        starts_at=at_hour(cycle.delivery_on, where.starts, zone), ends_at=at_hour(cycle.delivery_on, where.ends, zone),
    )  # fmt: skip
    session.add(place)
    session.flush()
    return place


def at_hour(day: date, at: time, zone: str) -> datetime:
    """An hour on the wall of a day. Raises Invalid for one that does not exist."""
    try:
        return clock.from_local(datetime.combine(day, at), zone)
    except ValueError:
        raise Invalid(
            N_("On that night the clocks go forward and this hour does not exist. Choose another time."), field="starts"
        ) from None


def move_places(session: Session, cycle: OrderCycle, before: date) -> None:
    """Move the places with the day of delivery: the time on the wall stays."""
    zone = zone_of_clock(session, cycle)
    for place in places_of(session, cycle.id or 0):
        for name in ("starts_at", "ends_at"):
            wall = clock.local(getattr(place, name), zone)
            setattr(place, name, at_hour(cycle.delivery_on + (wall.date() - before), wall.time(), zone))
        session.add(place)
    session.flush()


def name_keepers(session: Session, actor: Actor, cycle_id: int, person_ids: Sequence[int]) -> None:
    """Say who is in charge of a cycle: one or more members; those who are new are told. Raises Missing, Invalid."""
    cycle = hold_to_keep(session, actor, cycle_id)
    wanted = set(person_ids)
    if not wanted:
        raise Invalid(N_("Somebody has to be in charge: choose at least one person."), field="people")
    for person_id in sorted(wanted):
        membership = membership_of(session, actor.community_id, person_id)
        if membership is None or membership.state != "approved":
            raise Invalid(N_("Choose among the members of the community."), field="people")
    there = {
        one.person_id: one for one in session.exec(select(CycleKeeper).where(col(CycleKeeper.cycle_id) == cycle_id))
    }
    for person_id in there.keys() - wanted:
        session.delete(there[person_id])
    fresh = sorted(wanted - there.keys())
    session.add_all(CycleKeeper(cycle_id=cycle_id, person_id=person_id) for person_id in fresh)
    session.flush()
    audit.record(session, actor, "named", CYCLE, cycle_id, people=sorted(wanted))
    tell(session, cycle, fresh, IN_CHARGE, key=f"{cycle_id}:{clock.now().isoformat()}", but=actor)
