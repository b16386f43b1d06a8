"""The other side's word on what was written down: yes, or it was not like this."""

from exchanges.agreements.actions.hours import move_hours
from exchanges.agreements.actions.steps import take
from exchanges.agreements.actions.telling import name_of, tell_makers, tell_party
from exchanges.agreements.notices import IS_CONFIRMED, WAS_DIFFERENT
from exchanges.agreements.policies import check_two_people
from exchanges.agreements.queries import last_speaker
from exchanges.agreements.rules import check_reason
from exchanges.agreements.rules.events import CONFIRMED, DISPUTED
from foundation.access import Actor
from foundation.database import Session


def confirm(session: Session, actor: Actor, agreement_id: int, version: int | None, *, quietly: bool = False) -> None:
    """Confirm what the other side wrote down: the hours move, what passes the giver's ceiling to the fund.

    `quietly` leaves the telling to who calls. Raises Missing for a stranger, NotNow for a stale form, Refused when one
    person would answer themselves, BelowFloor when more was written down than reserved and it does not fit.
    """
    step = take(session, actor, agreement_id, version, "confirm")
    agreement = step.agreement
    check_two_people(last_speaker(session, agreement, step.other_id), actor)
    minutes = 0 if agreement.gift else agreement.delivered_minutes or 0
    move_hours(session, step.actor, agreement, minutes, agreed=step.party_id == agreement.receiver_id)
    step.move("confirm", "" if quietly else CONFIRMED, minutes=minutes)
    if not quietly:
        tell_party(session, agreement, step.other_id, IS_CONFIRMED)


def dispute(session: Session, actor: Actor, agreement_id: int, version: int | None, reason: str) -> None:
    """Say that it was not like this: nothing moves until the two agree or a maker decides.

    The reserved minutes stay reserved. Raises Missing for a stranger, NotNow, Invalid without a reason.
    """
    step = take(session, actor, agreement_id, version, "dispute")
    agreement = step.agreement
    agreement.reason = check_reason(reason)
    agreement.settles_at = None
    step.move("dispute", DISPUTED)
    agreement.turn_id = step.other_id
    session.flush()
    tell_party(session, agreement, step.other_id, WAS_DIFFERENT, who=name_of(session, actor))
    tell_makers(session, agreement)
