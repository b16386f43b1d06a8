"""Hours, days and places that change after families ordered: they are told. What comes again keeps its usual day."""

from datetime import date, datetime

from sqlmodel import col, select

from civic_centers.centers.queries import center_visible_to
from civic_centers.purchasing.actions.holding import CYCLE, hold_to_change, hold_to_keep
from civic_centers.purchasing.actions.making import What, change_cycle
from civic_centers.purchasing.actions.placing import Where, at_hour, move_places
from civic_centers.purchasing.actions.telling import tell_families
from civic_centers.purchasing.actions.turning import move_turns
from civic_centers.purchasing.notices import DAY_MOVED, PLACE_MOVED, TIMES_MOVED
from civic_centers.purchasing.queries.single import orders_of, places_of, zone_of_clock
from civic_centers.purchasing.queries.turns import turns_at, turns_on
from civic_centers.purchasing.rules.cycles import LONGEST_OPEN, RUNNING, NotNow
from civic_centers.purchasing.tables import CyclePlace, OrderCycle, PurchaseOrder
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Stale


def change_and_tell(
    session: Session, actor: Actor, cycle_id: int, what: What, *, version: int, with_turns: bool = False
) -> OrderCycle:
    """Change what is said of a cycle, and tell who ordered where it is open and its times are others.

    `with_turns` moves the turns of volunteers of its day of delivery along with that. Raises what `change_cycle` and
    `move_turns` raise.
    """
    before = hold_to_keep(session, actor, cycle_id)
    times = before.closes_at, before.delivery_on
    cycle = change_cycle(session, actor, cycle_id, what, version=version)
    if with_turns:
        _take_turns_along(session, actor, cycle, times[1])
    if cycle.state == "open" and (cycle.closes_at, cycle.delivery_on) != times:
        key = f"{cycle_id}:{cycle.version}"
        tell_families(session, cycle, orders_of(session, cycle_id), TIMES_MOVED, key=key, but=actor)
    return cycle


def move_day(
    session: Session, actor: Actor, cycle_id: int, day: date, *, version: int, with_turns: bool = False
) -> None:
    """After closing the goods come on another day: places go with it at their hours, and every family is told its own.

    The turns of volunteers of the old day stay where they are, or go along `with_turns`. Raises Missing, NotNow, Stale,
    Invalid for a day that has passed or is too far, and for turns that cannot be moved.
    """
    cycle = hold_to_change(session, actor, cycle_id)
    if cycle.version != version:
        raise Stale(N_("Somebody changed it meanwhile: look at how it is now."))
    zone, before = zone_of_clock(session, cycle), cycle.delivery_on
    today = clock.today(zone)
    if not today <= day <= max(today, clock.local(cycle.closes_at, zone).date()) + LONGEST_OPEN:
        raise Invalid(N_("Choose a day from today on, within four months."), field="delivery_on")
    if day == before:
        raise Invalid(N_("Nothing is different from before."), field="delivery_on")
    cycle.usual_delivery_on = cycle.usual_delivery_on or before
    cycle.delivery_on = day
    move_places(session, cycle, before)
    if with_turns:
        _take_turns_along(session, actor, cycle, before)
    _changed(session, cycle)
    audit.record(session, actor, "day_moved", CYCLE, cycle_id)
    for place in places_of(session, cycle_id):
        more = {"old_on": before, "place": place.name, "starts_at": place.starts_at}
        key = f"{place.id}:{cycle.version}"
        tell_families(session, cycle, _fetched_at(session, place), DAY_MOVED, key=key, but=actor, more=more)


def change_place(
    session: Session, actor: Actor, cycle_id: int, place_id: int, where: Where, *, with_turns: bool = False
) -> CyclePlace:
    """A place of fetching is another, or at other hours: who fetches there is told.

    `with_turns` moves those for giving out in its hours by as much as it begins sooner or later. Raises Missing, NotNow
    once everything is given out, Invalid at the field.
    """
    cycle = hold_to_keep(session, actor, cycle_id)
    if cycle.state not in ("planned", *RUNNING):
        raise NotNow()
    places = {one.id: one for one in places_of(session, cycle_id)}
    if place_id not in places:
        raise Missing()
    place = places.pop(place_id)
    name = " ".join(where.name.split())[:120]
    if where.center_id is not None and where.center_id != place.center_id:
        name = center_visible_to(session, actor, where.center_id).name
    elif where.center_id is not None:
        name = place.name
    if not name:
        raise Invalid(N_("Choose a center, or write where it is."), field="place")
    if name in {one.name for one in places.values()}:
        raise Invalid(N_("This place is there already."), field="place")
    if where.ends <= where.starts:
        raise Invalid(N_("It must end after it begins."), field="ends")
    zone = zone_of_clock(session, cycle)
    starts, ends = (at_hour(cycle.delivery_on, at, zone) for at in (where.starts, where.ends))
    if (name, where.center_id, starts, ends) == (place.name, place.center_id, place.starts_at, place.ends_at):
        raise Invalid(N_("Nothing is different from before."))
    if with_turns:
        _take_turns_of_place_along(session, actor, place, where, zone)
    place.name, place.center_id, place.starts_at, place.ends_at = name, where.center_id, starts, ends
    session.add(place)
    _changed(session, cycle)
    audit.record(session, actor, "changed", CYCLE, cycle_id, place=place_id)
    more = {"place": name, "starts_at": starts, "ends_at": ends}
    key = f"{place_id}:{cycle.version}"
    tell_families(session, cycle, _fetched_at(session, place), PLACE_MOVED, key=key, but=actor, more=more)
    return place


def _take_turns_along(session: Session, actor: Actor, cycle: OrderCycle, before: date) -> None:
    """The turns of the old day come on the new one, at the same hours on the wall."""
    zone = zone_of_clock(session, cycle)
    by = cycle.delivery_on - before
    if by:
        move_turns(session, actor, turns_on(session, cycle.id or 0, before, zone), by, zone)


def _take_turns_of_place_along(session: Session, actor: Actor, place: CyclePlace, where: Where, zone: str) -> None:
    """Raises Invalid for turns of another center than the place is at now: a shift stays at its center."""
    slots = turns_at(session, place)
    if any(where.center_id not in (None, slot.center_id) for slot in slots):
        raise Invalid(
            N_("These turns are at another center and stay there. Leave the tick out, and make new ones here."),
            field="move_turns",
        )
    began = clock.local(place.starts_at, zone)
    by = datetime.combine(began.date(), where.starts) - began.replace(tzinfo=None)
    if by:
        move_turns(session, actor, slots, by, zone)


def _fetched_at(session: Session, place: CyclePlace) -> list[PurchaseOrder]:
    here = (col(PurchaseOrder.place_id) == place.id, col(PurchaseOrder.state) == "standing")
    return list(session.exec(select(PurchaseOrder).where(*here).order_by(col(PurchaseOrder.id))))


def _changed(session: Session, cycle: OrderCycle) -> None:
    """Calendars that hold it are told anew."""
    cycle.version += 1
    session.add(cycle)
    session.flush()
