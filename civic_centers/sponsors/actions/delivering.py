"""Writing down what was given of a pledge: euro as records, which never enter the ledger of hours."""

from datetime import date

from sqlmodel import col, select

from civic_centers.sponsors.actions.answering import move
from civic_centers.sponsors.actions.lines import note_in_lab, take_back_in_lab
from civic_centers.sponsors.actions.naming import name_helpers
from civic_centers.sponsors.policies import must_decide
from civic_centers.sponsors.queries import KIND, deliveries_of, locked, pledge_visible_to, standing_lines
from civic_centers.sponsors.rules import (
    LONGEST_SPAN,
    MOST_CENTS,
    STANDING,
    NotNow,
    check_cents,
    check_quota_way,
    is_complete,
)
from civic_centers.sponsors.tables import Pledge, PledgeDelivery
from community.communities.queries import today_of
from foundation import audit
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing
from foundation.feature import registry

MOST_LINES = 200


def deliver(
    session: Session, actor: Actor, pledge_id: int, day: date, cents: int | None = None, *, is_last: bool = False,
    quota_way: str = "", received: int | None = None,
) -> PledgeDelivery:  # fmt: skip
    """A maker of the zone notes a part that was given; with all of it given the pledge is kept.

    `quota_way` says of money for the fund that it went into the solidarity quota of purchasing, and how.
    `received` is how much it is of the thing the lab asks for, in its unit: it is noted in the book of the lab too.

    Announces `pledge_delivered(session, actor, pledge, delivery)`, so that whoever keeps records of euro hears of it.
    Raises Missing, OwnOrganisation, NotNow, Invalid at `day`, `cents`, `quota_way` or `received`.
    """
    pledge = _held(session, actor, pledge_id)
    if pledge.state not in STANDING:
        raise NotNow()
    if day > today_of(session, actor.community_id):
        raise Invalid(N_("This day is still to come."), field="day")
    if day < pledge.from_on - LONGEST_SPAN:
        raise Invalid(N_("This day is too long ago."), field="day")
    if pledge.kind == "money" and cents is None:
        raise Invalid(N_("How much money is it?"), field="cents")
    check_cents(cents, "cents")
    check_quota_way(quota_way, pledge.kind, pledge.target)
    lines = deliveries_of(session, pledge_id)
    if len(lines) >= MOST_LINES or sum(one for one, _last in standing_lines(lines)) + (cents or 0) > MOST_CENTS:
        raise Invalid(N_("Write an amount above zero, and below a million euro."), field="cents")
    receipt_id = note_in_lab(session, actor, pledge, day, cents, received)
    line = _add(session, actor, pledge, day, cents or 0, is_last=is_last, quota_way=quota_way, receipt_id=receipt_id)
    audit.record(session, actor, "delivered", KIND, pledge_id, delivery=line.id)
    for hook in registry.hooks("pledge_delivered"):
        hook(session, actor, pledge, line)
    return line


def correct(session: Session, actor: Actor, pledge_id: int, delivery_id: int) -> PledgeDelivery:
    """Take a line back by one that says the opposite, once. Raises Missing, OwnOrganisation, NotNow."""
    pledge = _held(session, actor, pledge_id)
    line = session.get(PledgeDelivery, delivery_id)
    if line is None or line.pledge_id != pledge_id or line.corrects_id is not None:
        raise Missing()
    taken_back = select(col(PledgeDelivery.id)).where(col(PledgeDelivery.corrects_id) == delivery_id)
    if session.scalar(taken_back) is not None:
        raise NotNow()
    receipt_id = take_back_in_lab(session, actor, pledge, line)
    back = _add(
        session, actor, pledge, line.day, -line.cents, quota_way=line.quota_way, corrects_id=delivery_id,
        receipt_id=receipt_id,
    )  # fmt: skip
    audit.record(session, actor, "corrected", KIND, pledge_id, delivery=delivery_id)
    for hook in registry.hooks("pledge_delivered"):
        hook(session, actor, pledge, back)
    return back


def _held(session: Session, actor: Actor, pledge_id: int) -> Pledge:
    """The pledge, held: two who note something at the same moment wait for each other here."""
    pledge = pledge_visible_to(session, actor, pledge_id)
    must_decide(actor, pledge.zone_id, pledge.party_id, pledge.community_id)
    return locked(session, pledge_id)


def _add(
    session: Session, actor: Actor, pledge: Pledge, day: date, cents: int, *, is_last: bool = False,
    quota_way: str = "", corrects_id: int | None = None, receipt_id: int | None = None,
) -> PledgeDelivery:  # fmt: skip
    line = PledgeDelivery(
        community_id=pledge.community_id,
        pledge_id=pledge.id or 0,
        day=day,
        cents=cents,
        is_last=is_last,
        quota_way=quota_way,
        corrects_id=corrects_id,
        receipt_id=receipt_id,
        recorded_by_id=actor.recorder_id,
    )
    session.add(line)
    session.flush()
    lines = standing_lines(deliveries_of(session, pledge.id or 0))
    whole = is_complete(pledge.amount_cents, pledge.kind, lines)
    if whole and pledge.state == "accepted":
        move(session, pledge, ("accepted",), None, state="kept")
    elif not whole and pledge.state == "kept":
        move(session, pledge, ("kept",), None, state="accepted")
    name_helpers(session, [pledge])
    return line
