"""What nobody touches ends by itself, so that no hours stay set aside for ever."""

from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select

from exchanges.agreements.actions.hours import hold
from exchanges.agreements.actions.places import give_place_back, lock_post_of
from exchanges.agreements.actions.steps import by_itself, moved
from exchanges.agreements.actions.telling import tell_both
from exchanges.agreements.notices import ENDED_BY_ITSELF
from exchanges.agreements.rules import Side
from exchanges.agreements.rules.events import LAPSED, NEVER_TOLD
from exchanges.agreements.rules.silence import lapses_at
from exchanges.agreements.tables import Agreement, AgreementEvent
from foundation import clock
from foundation.database import Session


def lapse(session: Session, agreement_id: int) -> bool:
    """End a proposal nobody answered, or an agreement nobody told the end of; whether it was time.

    Reserved minutes and the place of the post come back. Doing it again changes nothing.
    """
    post = lock_post_of(session, agreement_id)
    statement = select(Agreement).where(
        col(Agreement.id) == agreement_id, col(Agreement.state).in_(("proposed", "accepted"))
    )
    agreement = session.scalars(statement.with_for_update().execution_options(populate_existing=True)).one_or_none()
    if agreement is None:
        return False
    at = lapses_at(agreement.state, agreement.starts_at, _last_step_at(session, agreement))
    if at is None or clock.now() < at:
        return False
    nobody = by_itself(agreement)
    was = agreement.state
    event = LAPSED if was == "proposed" else NEVER_TOLD
    moved(session, nobody, agreement, "lapse", Side.CLOCK, event)
    session.flush()
    hold(session, nobody, agreement)
    if was == "accepted":
        give_place_back(session, nobody, post)
    tell_both(session, agreement, ENDED_BY_ITSELF, but=nobody)
    return True


def _last_step_at(session: Session, agreement: Agreement) -> datetime:
    last: datetime | None = session.scalar(
        select(func.max(col(AgreementEvent.at))).where(col(AgreementEvent.agreement_id) == agreement.id)
    )
    return last or agreement.created_at
