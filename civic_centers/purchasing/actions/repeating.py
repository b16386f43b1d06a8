"""Cycles that come again: the next is made from the one before, some days ahead; pauses are skipped."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import col, delete, select

from civic_centers.purchasing.actions.holding import CYCLE, hold_to_keep
from civic_centers.purchasing.actions.making import fill_products
from civic_centers.purchasing.queries.labs import still_buys
from civic_centers.purchasing.queries.rhythms import pauses_of
from civic_centers.purchasing.queries.single import places_of, products_of, zone_of_clock
from civic_centers.purchasing.rules.cycles import AHEAD, NotNow, next_day, which_of
from civic_centers.purchasing.tables import (
    CycleKeeper,
    CyclePlace,
    CycleProduct,
    ExtraCost,
    OrderCycle,
    OrderPause,
    OrderRhythm,
)
from civic_centers.suppliers.tables import Supplier
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Refused
from foundation.recurrence import told

MOST_PAUSES = 12
MOST_SKIPPED = 60
"""So many days of a rhythm may lie in a pause, one after the other, before it is given up for now."""


@dataclass(frozen=True)
class Every:
    """How often: so many weeks, or so many months on the same weekday of the month; the other is 0."""

    weeks: int = 0
    months: int = 0


def begin_rhythm(session: Session, actor: Actor, cycle_id: int, every: Every) -> OrderRhythm:
    """Let a cycle come again. Raises Missing, NotNow where it ended or does already, Invalid."""
    cycle = hold_to_keep(session, actor, cycle_id)
    if cycle.rhythm_id is not None or cycle.state == "cancelled":
        raise NotNow()
    if (every.weeks == 0) == (every.months == 0) or not 0 <= every.weeks <= 8 or not 0 <= every.months <= 12:
        raise Invalid(N_("Choose how often it comes again."), field="every")
    day = clock.local(cycle.usual_opens_at or cycle.opens_at, zone_of_clock(session, cycle)).date()
    rhythm = OrderRhythm(
        community_id=cycle.community_id, every_weeks=every.weeks, every_months=every.months, which=which_of(day),
        weekday=day.isoweekday(), first_on=day, next_on=day, lab_id=cycle.lab_id,
    )  # fmt: skip
    rhythm.next_on = _after(rhythm, day)
    session.add(rhythm)
    session.flush()
    cycle.rhythm_id, cycle.rhythm_on = rhythm.id, day
    cycle.version += 1
    session.add(cycle)
    session.flush()
    audit.record(session, actor, "repeats", CYCLE, cycle_id)
    return rhythm


def end_rhythm(session: Session, actor: Actor, cycle_id: int) -> None:
    """No more cycles are made; those that are planned stay. Raises Missing, NotNow."""
    rhythm = _rhythm_of(session, actor, cycle_id)
    rhythm.ended_at = clock.now()
    session.add(rhythm)
    session.flush()
    audit.record(session, actor, "repeats_no_more", CYCLE, cycle_id)


def add_pause(session: Session, actor: Actor, cycle_id: int, from_on: date, until_on: date) -> OrderPause:
    """Nothing opens between two days, both included. Raises Missing, NotNow, Invalid, Refused."""
    rhythm = _rhythm_of(session, actor, cycle_id)
    if until_on < from_on:
        raise Invalid(N_("The last day does not come before the first."), field="until_on")
    if until_on - from_on > timedelta(days=366):
        raise Invalid(N_("A pause is a year at most: for longer, end the repeating."), field="until_on")
    there = pauses_of(session, rhythm.id or 0)
    for one in there:
        if (one.from_on, one.until_on) == (from_on, until_on):
            return one
    if len(there) >= MOST_PAUSES:
        raise Refused(N_("There are pauses enough: take one away first."))
    pause = OrderPause(rhythm_id=rhythm.id or 0, from_on=from_on, until_on=until_on)
    session.add(pause)
    session.flush()
    audit.record(session, actor, "paused", CYCLE, cycle_id, first=from_on.isoformat(), last=until_on.isoformat())
    return pause


def remove_pause(session: Session, actor: Actor, cycle_id: int, pause_id: int) -> None:
    """Take a pause away. Raises Missing, NotNow."""
    rhythm = _rhythm_of(session, actor, cycle_id)
    here = (col(OrderPause.id) == pause_id, col(OrderPause.rhythm_id) == rhythm.id)
    if session.exec(delete(OrderPause).where(*here)).rowcount != 1:
        raise NotNow()
    audit.record(session, actor, "pause_over", CYCLE, cycle_id)


def make_next(session: Session, rhythm_id: int) -> OrderCycle | None:
    """The next cycle of a rhythm, made once its day is near; None where it is not yet time, or its supplier is closed.

    A day in a pause is passed over. Where a maker took the words of the last one out of sight nothing is made of them,
    until they are shown again. Done twice it is done once: the rhythm is held, and has a day for each cycle.
    """
    statement = select(OrderRhythm).where(col(OrderRhythm.id) == rhythm_id, col(OrderRhythm.ended_at).is_(None))
    rhythm = session.exec(statement.with_for_update(key_share=True)).one_or_none()
    last = _last_of(session, rhythm_id) if rhythm is not None else None
    if rhythm is None or last is None:
        return None
    zone = zone_of_clock(session, last)
    today = clock.today(zone)
    pauses = pauses_of(session, rhythm_id)
    for _turn in range(MOST_SKIPPED):
        day = rhythm.next_on
        if day - AHEAD > today:
            break
        if day > today and not any(one.from_on <= day <= one.until_on for one in pauses):
            supplier = session.get_one(Supplier, last.supplier_id)
            if supplier.state != "open" or last.hidden_at is not None:
                break
            rhythm.next_on = _after(rhythm, day)
            session.add(rhythm)
            return _copy(session, last, day, zone, still_buys(session, rhythm.lab_id, last.zone_id))
        rhythm.next_on = _after(rhythm, day)
    session.add(rhythm)
    session.flush()
    return None


def _after(rhythm: OrderRhythm, day: date) -> date:
    return next_day(
        day, every_weeks=rhythm.every_weeks, every_months=rhythm.every_months, which=rhythm.which,
        weekday=rhythm.weekday,
    )  # fmt: skip


def _last_of(session: Session, rhythm_id: int) -> OrderCycle | None:
    """The latest cycle of a rhythm that was not called off, else the latest: the next is made like it."""
    statement = select(OrderCycle).where(col(OrderCycle.rhythm_id) == rhythm_id)
    ordered = statement.order_by((col(OrderCycle.state) == "cancelled"), col(OrderCycle.rhythm_on).desc())
    return session.exec(ordered.limit(1)).first()


def _copy(session: Session, last: OrderCycle, day: date, zone: str, lab_id: int | None) -> OrderCycle:
    """The same cycle so many days later, at the same times on the wall; costs, places and limits go with it."""
    by = day - clock.local(last.opens_at, zone).date()
    if last.rhythm_on is not None:
        by = day - last.rhythm_on

    usual = last.usual_delivery_on or last.delivery_on
    late = last.delivery_on - usual

    def later(moment: datetime) -> datetime:
        return told(clock.local(moment, zone).replace(tzinfo=None) + by, zone).moment

    kept = last.model_dump(include=set(_SAME))
    cycle = OrderCycle(
        **kept, rhythm_on=day, opens_at=later(last.usual_opens_at or last.opens_at),
        closes_at=later(last.usual_closes_at or last.closes_at), delivery_on=usual + by, lab_id=lab_id,
    )  # fmt: skip
    cycle.closes_at = max(cycle.closes_at, cycle.opens_at + timedelta(hours=1))
    session.add(cycle)
    session.flush()
    new_id = cycle.id or 0
    for place in places_of(session, last.id or 0):
        session.add(
            CyclePlace(
                community_id=cycle.community_id, cycle_id=new_id, center_id=place.center_id, name=place.name,
                starts_at=later(place.starts_at - late), ends_at=later(place.ends_at - late),
            )
        )  # fmt: skip
    for keeper in session.exec(select(CycleKeeper).where(col(CycleKeeper.cycle_id) == last.id)).all():
        session.add(CycleKeeper(cycle_id=new_id, person_id=keeper.person_id))
    for cost in session.exec(select(ExtraCost).where(col(ExtraCost.cycle_id) == last.id).order_by(col(ExtraCost.id))):
        session.add(
            ExtraCost(community_id=cycle.community_id, cycle_id=new_id, words=cost.words, cents=cost.cents,
                      split=cost.split, added_by_id=cost.added_by_id)
        )  # fmt: skip
    fill_products(session, cycle)
    _keep_limits(session, last.id or 0, new_id)
    audit.record(session, None, "planned", CYCLE, cycle.id, community_id=cycle.community_id)
    return cycle


_SAME = (
    "community_id", "zone_id", "supplier_id", "rhythm_id", "title", "words", "minimum_cents", "short_rule",
    "pack_rule", "keep_open_hours", "keep_open_most", "drop_hours", "created_by_id",
)  # fmt: skip


def _keep_limits(session: Session, last_id: int, new_id: int) -> None:
    before = {one.product_id: one for one in products_of(session, last_id)}
    for product in products_of(session, new_id):
        if product.product_id in before:
            was: CycleProduct = before[product.product_id]
            product.group_least, product.grams = was.group_least, was.grams
            session.add(product)
    session.flush()


def _rhythm_of(session: Session, actor: Actor, cycle_id: int) -> OrderRhythm:
    cycle = hold_to_keep(session, actor, cycle_id)
    statement = select(OrderRhythm).where(col(OrderRhythm.id) == cycle.rhythm_id)
    rhythm = session.exec(statement.with_for_update(key_share=True)).one_or_none()
    if rhythm is None or rhythm.ended_at is not None:
        raise NotNow()
    return rhythm
