"""What silence does after an exchange was written down: a reminder first, then it counts (domain, Exchanges)."""

from sqlmodel import col, select

from community.communities.queries import community_of, rules_in_force
from exchanges.agreements.actions.hours import held_by, move_hours
from exchanges.agreements.actions.steps import by_itself, moved
from exchanges.agreements.actions.telling import name_of, tell_both, tell_party
from exchanges.agreements.notices import IS_CONFIRMED, PLEASE_ANSWER, PLEASE_CONFIRM, STILL_TO_CONFIRM
from exchanges.agreements.policies.care import looks_after
from exchanges.agreements.queries import is_reachable
from exchanges.agreements.rules import Side
from exchanges.agreements.rules.events import SETTLED
from exchanges.agreements.rules.silence import (
    Silence,
    reminder_due_at,
    silence_does,
    silence_ends,
    silence_is_over,
)
from exchanges.agreements.tables import Agreement
from foundation import clock
from foundation.access import Actor
from foundation.database import Session


def await_answer(
    session: Session, actor: Actor, agreement: Agreement, *, dearer: bool = False, quietly: bool = False
) -> Silence:
    """Ask the silent side to confirm, and set the day on which silence settles it, where it may.

    `dearer`: more euro were written down than agreed. `quietly`: who calls does the asking.
    """
    session.flush()
    community = community_of(session, agreement.community_id)
    effect = what_silence_does(session, agreement, dearer=dearer)
    agreement.reminded_at = None
    agreement.settles_at = None
    if effect is Silence.SETTLES:
        days = rules_in_force(session, agreement.community_id).auto_confirm_days
        agreement.settles_at = silence_ends(clock.now(), days, community.time_zone)
    who = name_of(session, actor)
    if quietly:
        return effect
    if agreement.settles_at is None:
        tell_party(session, agreement, agreement.turn_id, PLEASE_ANSWER, who=who)
    else:
        until = clock.last_day(agreement.settles_at, community.time_zone)
        tell_party(session, agreement, agreement.turn_id, PLEASE_CONFIRM, who=who, until_on=until)
    return effect


def what_silence_does(session: Session, agreement: Agreement, *, dearer: bool = False) -> Silence:
    """What silence would do to the agreement as it stands."""
    more = not agreement.gift and (agreement.delivered_minutes or 0) > held_by(agreement)
    unasked = agreement.way == "recorded" and agreement.delivered_by_id == agreement.giver_id
    said_at = agreement.happened_at or clock.now()
    return silence_does(
        disputed=agreement.state == "disputed",
        care=looks_after(session, agreement),
        more_than_agreed=more or dearer or unasked,
        early=agreement.starts_at is not None and said_at < agreement.starts_at,
        reachable=is_reachable(session, agreement.turn_id),
    )


def remind(session: Session, agreement_id: int) -> bool:
    """Remind the silent side, once; whether a reminder was due. Doing it again changes nothing."""
    agreement = _delivered(session, agreement_id)
    if agreement is None or agreement.settles_at is None or agreement.reminded_at is not None:
        return False
    if clock.now() < reminder_due_at(agreement.delivered_at or agreement.created_at, agreement.settles_at):
        return False
    if not is_reachable(session, agreement.turn_id):
        # The address went away meanwhile: the maker calls, and silence settles nothing.
        agreement.settles_at = None
        return False
    agreement.reminded_at = clock.now()
    zone = community_of(session, agreement.community_id).time_zone
    until = clock.last_day(agreement.settles_at, zone)
    tell_party(
        session, agreement, agreement.turn_id, STILL_TO_CONFIRM, until_on=until, key=f"remind-{agreement.version}"
    )
    return True


def settle_by_silence(session: Session, agreement_id: int) -> bool:
    """Settle what nobody spoke against; whether it was time. Doing it again changes nothing."""
    agreement = _delivered(session, agreement_id)
    if agreement is None or not silence_is_over(agreement.settles_at, agreement.reminded_at, clock.now()):
        return False
    if what_silence_does(session, agreement) is not Silence.SETTLES:
        agreement.settles_at = None
        return False
    nobody = by_itself(agreement)
    minutes = 0 if agreement.gift else agreement.delivered_minutes or 0
    move_hours(session, nobody, agreement, minutes)
    moved(session, nobody, agreement, "settle", Side.CLOCK, SETTLED, minutes=minutes)
    tell_both(session, agreement, IS_CONFIRMED, but=nobody)
    return True


def _delivered(session: Session, agreement_id: int) -> Agreement | None:
    statement = select(Agreement).where(col(Agreement.id) == agreement_id, col(Agreement.state) == "delivered")
    return session.scalars(statement.with_for_update().execution_options(populate_existing=True)).one_or_none()
