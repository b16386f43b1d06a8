"""A word the day before a meeting, and a question after it."""

from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import col, select

from community.communities.queries import community_of
from community.parties.queries import people_of_all
from exchanges.agreements.actions.telling import nudge_party, tell_party
from exchanges.agreements.notices import HOW_WAS_IT, STILL_TO_ANSWER, TOMORROW
from exchanges.agreements.rules.silence import is_fresh
from exchanges.agreements.tables import Agreement, AgreementEvent
from foundation import clock
from foundation.database import Session


def tell_of_tomorrow(session: Session, agreement_id: int) -> bool:
    """Tell both sides of a meeting that is tomorrow in their community, once; whether it still is.

    Not of one they agreed upon less than a day before it: they have only just spoken of it.
    """
    agreement = _accepted(session, agreement_id)
    if agreement is None or agreement.starts_at is None:
        return False
    zone = community_of(session, agreement.community_id).time_zone
    if clock.local(agreement.starts_at, zone).date() != clock.today(zone) + timedelta(days=1):
        return False
    if is_fresh(_agreed_at(session, agreement_id), agreement.starts_at):
        return False
    for party_id, other_id in _both(agreement):
        tell_party(
            session,
            agreement,
            party_id,
            TOMORROW,
            who=_name(session, agreement, other_id),
            key=f"tomorrow-{agreement.starts_at.isoformat()}",
            starts_at=agreement.starts_at,
        )
    return True


def ask_how_it_was(session: Session, agreement_id: int) -> bool:
    """Ask who gave how long it took, once, when the meeting is over; whether it still waits for that."""
    agreement = _accepted(session, agreement_id)
    if agreement is None or agreement.starts_at is None or agreement.starts_at > clock.now():
        return False
    who = _name(session, agreement, agreement.receiver_id)
    tell_party(session, agreement, agreement.giver_id, HOW_WAS_IT, who=who, key="how_was_it")
    return True


def nudge(session: Session, agreement_id: int) -> bool:
    """Ask who is awaited once more for an answer to a proposal, once in its life; whether it still waits.

    No maker calls for it, and nobody who rests is asked.
    """
    statement = select(Agreement).where(col(Agreement.id) == agreement_id, col(Agreement.state) == "proposed")
    agreement = session.scalars(statement).one_or_none()
    if agreement is None or (agreement.starts_at is not None and agreement.starts_at <= clock.now()):
        return False
    giver, receiver = agreement.giver_id, agreement.receiver_id
    other = giver if agreement.turn_id == receiver else receiver
    who = _name(session, agreement, other)
    nudge_party(session, agreement, agreement.turn_id, STILL_TO_ANSWER, who=who, key="nudge")
    return True


def _agreed_at(session: Session, agreement_id: int) -> datetime | None:
    """When they said yes to it; None where it was laid out by itself, as the meetings of a series."""
    yes = (col(AgreementEvent.agreement_id) == agreement_id, col(AgreementEvent.verb) == "accept")
    return session.scalar(select(func.max(col(AgreementEvent.at))).where(*yes))


def _accepted(session: Session, agreement_id: int) -> Agreement | None:
    statement = select(Agreement).where(col(Agreement.id) == agreement_id, col(Agreement.state) == "accepted")
    return session.scalars(statement).one_or_none()


def _both(agreement: Agreement) -> tuple[tuple[int, int], tuple[int, int]]:
    return (agreement.giver_id, agreement.receiver_id), (agreement.receiver_id, agreement.giver_id)


def _name(session: Session, agreement: Agreement, party_id: int) -> str:
    """The adult who comes, or the first adult of the side that receives."""
    people = people_of_all(session, (party_id,)).get(party_id, [])
    coming = [person for person in people if person.id == agreement.adult_id]
    return next((person.given_name for person in (*coming, *people)), "")
