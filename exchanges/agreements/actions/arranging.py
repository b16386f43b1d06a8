"""Meetings that their origin arranges, such as a series: agreed upon there, and from here on agreements like others.

A meeting for which something lacks (the hours of who receives, or somebody who may come) is a proposal until it is
there: nothing is set aside, and the party that can mend it has the turn. It may say yes as soon as it has, propose it
another way, or let it go.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func
from sqlmodel import col, select

from exchanges.agreements.actions.hours import hold, source_of
from exchanges.agreements.actions.steps import by_itself, moved, note
from exchanges.agreements.policies.care import Second, can_come
from exchanges.agreements.rules import Side, Terms
from exchanges.agreements.rules.events import ADULT_LACKS, CAN_TAKE_PLACE, CONSENT_LACKS, HOURS_LACK
from exchanges.agreements.tables import Agreement, AgreementEvent
from exchanges.entrusting.policies import is_entrusted
from exchanges.ledger.actions.reserving import release
from exchanges.ledger.rules import BelowFloor
from foundation import clock
from foundation.access import Actor
from foundation.database import Session


class Lack(StrEnum):
    """What a meeting waits for."""

    NOTHING = ""
    HOURS = "hours"
    ADULT = "adult"
    CONSENT = "consent"
    """The yes of somebody who decides for those looked after."""


def arrange(session: Session, agreement: Agreement) -> Lack:
    """Write down a meeting on which both sides have agreed in its origin, and say what it lacks.

    The caller has seen to the two parties, the day and the terms.
    """
    agreement.state = "accepted"
    agreement.turn_id = agreement.giver_id
    agreement.accepted_at = clock.now()
    session.add(agreement)
    session.flush()
    note(session, by_itself(agreement), agreement, "arrange", "", minutes=agreement.minutes, gift=agreement.gift)
    return _settle_in(session, agreement)


def rearrange(session: Session, agreement: Agreement, starts_at: datetime, terms: Terms) -> Lack:
    """Give a meeting that is still to come the terms agreed upon anew in its origin, and say what it lacks.

    Raises NotNow once it was written down or has ended. The agreement is held by the caller.
    """
    nobody = by_itself(agreement)
    release(session, nobody, source_of(agreement))
    agreement.starts_at = starts_at
    agreement.minutes = 0 if terms.gift else terms.minutes or 0
    agreement.gift = terms.gift
    agreement.adult_id, agreement.second_id = terms.adult_id, terms.second_id
    agreement.place, agreement.place_words = terms.place, terms.place_words
    agreement.expense_cents, agreement.expense_words = terms.expense_cents, terms.expense_words
    agreement.turn_id = agreement.giver_id
    moved(session, nobody, agreement, "change", Side.ORIGIN, "", minutes=agreement.minutes, gift=agreement.gift)
    session.flush()
    return _settle_in(session, agreement)


def call_off(session: Session, agreement: Agreement, event: str = "", reason: str = "") -> None:
    """Call a meeting off because its origin ended or changed: its hours come back. Raises NotNow as above."""
    nobody = by_itself(agreement)
    agreement.reason = reason
    moved(session, nobody, agreement, "cancel", Side.ORIGIN, event)
    session.flush()
    hold(session, nobody, agreement)


def leave_out(session: Session, actor: Actor, agreement: Agreement, event: str, reason: str = "") -> None:
    """Write down a meeting that is not to take place, long before it comes near: nothing was ever set aside for it."""
    agreement.state = "cancelled"
    agreement.accepted_at = agreement.ended_at = clock.now()
    agreement.reason = reason
    session.add(agreement)
    session.flush()
    note(session, actor, agreement, "skip", event)


def look_again(session: Session, agreement: Agreement) -> Lack:
    """See whether what a meeting of an origin lacks has come, or whether one that stood lacks something now.

    A meeting that was proposed another way in the meantime is left to the two. The agreement is held by the caller.
    """
    if agreement.state == "accepted":
        lack = _lacks_somebody(session, agreement)
        if lack:
            _wait(session, agreement, lack)
        return lack
    if what_it_waits_for(session, agreement) is Lack.NOTHING:
        return Lack.NOTHING
    lack = _lacks_somebody(session, agreement)
    if lack:
        return lack
    agreement.state = "accepted"
    session.flush()
    try:
        hold(session, by_itself(agreement), agreement)
    except BelowFloor:
        agreement.state = "proposed"
        session.flush()
        return Lack.HOURS
    agreement.state = "proposed"
    moved(session, by_itself(agreement), agreement, "stand", Side.ORIGIN, CAN_TAKE_PLACE)
    agreement.turn_id = agreement.giver_id
    return Lack.NOTHING


def what_it_waits_for(session: Session, agreement: Agreement) -> Lack:
    """What a meeting of an origin waits for; NOTHING for any other, and once somebody proposed it another way."""
    return what_they_wait_for(session, [agreement])[agreement.id or 0]


def what_they_wait_for(session: Session, agreements: Sequence[Agreement]) -> dict[int, Lack]:
    """The same for several meetings in one question, by their ids."""
    lacks = {one.id or 0: Lack.NOTHING for one in agreements}
    waiting = [one.id for one in agreements if one.series_id is not None and one.state == "proposed"]
    if not waiting:
        return lacks
    last = (
        select(func.max(col(AgreementEvent.id)))
        .where(col(AgreementEvent.agreement_id).in_(waiting), col(AgreementEvent.verb).in_(("wait", "counter")))
        .group_by(col(AgreementEvent.agreement_id))
    )
    for event in session.scalars(select(AgreementEvent).where(col(AgreementEvent.id).in_(last))):
        if event.verb == "wait":
            lacks[event.agreement_id] = Lack(str(event.details.get("lack", "")))
    return lacks


def _settle_in(session: Session, agreement: Agreement) -> Lack:
    """Set the hours aside, or make it wait for what lacks."""
    lack = _lacks_somebody(session, agreement)
    if not lack:
        try:
            hold(session, by_itself(agreement), agreement)
        except BelowFloor:
            lack = Lack.HOURS
    if lack:
        _wait(session, agreement, lack)
    return lack


def _wait(session: Session, agreement: Agreement, lack: Lack) -> None:
    event = {Lack.HOURS: HOURS_LACK, Lack.CONSENT: CONSENT_LACKS}.get(lack, ADULT_LACKS)
    moved(session, by_itself(agreement), agreement, "wait", Side.ORIGIN, event, lack=str(lack))
    agreement.turn_id = agreement.giver_id if lack is Lack.ADULT else agreement.receiver_id
    session.flush()
    hold(session, by_itself(agreement), agreement)


def _lacks_somebody(session: Session, agreement: Agreement) -> Lack:
    """Who comes may no longer, or not everybody agrees for those who were named."""
    if _may_not_come(session, agreement):
        return Lack.ADULT
    agreed = is_entrusted(session, agreement.thread_id, agreement.receiver_id, care=False)
    return Lack.NOTHING if agreed else Lack.CONSENT


def _may_not_come(session: Session, agreement: Agreement) -> bool:
    """Whether who comes may no longer: left the household, was stopped, or nobody a maker has met for that day."""
    return not can_come(
        session,
        agreement.community_id,
        agreement.giver_id,
        agreement.adult_id,
        second=Second(agreement.second_id, (agreement.receiver_id,)),
        about=agreement,
        at=agreement.starts_at or clock.now(),
    )
