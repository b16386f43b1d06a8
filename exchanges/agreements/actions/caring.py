"""What is agreed ends before it begins when who was to come may not any more, or somebody's yes is taken back."""

from sqlmodel import col, select

from exchanges.agreements.actions.hours import hold
from exchanges.agreements.actions.places import give_place_back, lock_post_of
from exchanges.agreements.actions.steps import by_itself, moved
from exchanges.agreements.actions.telling import tell_party
from exchanges.agreements.notices import MAKER_FIRST, NOT_FOR_NOW, THEY_CANNOT_COME
from exchanges.agreements.policies.care import Second, can_come
from exchanges.agreements.rules import Side
from exchanges.agreements.rules.events import CANNOT_COME, NOT_EVERYBODY_AGREES
from exchanges.agreements.tables import Agreement
from exchanges.entrusting.policies import is_entrusted
from foundation import clock
from foundation.database import Session


def end_without_consent(session: Session, agreement_id: int) -> bool:
    """End an agreement that has not begun and for whose people a yes is absent; whether it was so.

    The giver hears that it goes no further for now, and nothing else. Doing it again changes nothing.
    """
    post = lock_post_of(session, agreement_id)
    statement = select(Agreement).where(col(Agreement.id) == agreement_id, col(Agreement.state) == "accepted")
    agreement = session.scalars(statement.with_for_update().execution_options(populate_existing=True)).one_or_none()
    if agreement is None or agreement.series_id is not None:
        return False
    if agreement.starts_at is not None and agreement.starts_at <= clock.now():
        return False
    if is_entrusted(session, agreement.thread_id, agreement.receiver_id, care=False):
        return False
    nobody = by_itself(agreement)
    moved(session, nobody, agreement, "lapse", Side.CLOCK, NOT_EVERYBODY_AGREES)
    session.flush()
    hold(session, nobody, agreement)
    give_place_back(session, nobody, post)
    tell_party(session, agreement, agreement.giver_id, NOT_FOR_NOW)
    tell_party(session, agreement, agreement.receiver_id, NOT_FOR_NOW)
    return True


def end_without_adult(session: Session, agreement_id: int) -> bool:
    """End an agreement that has not begun and whose adult may not come, or who is there besides; whether it was so.

    Reserved minutes and the place of the post come back; both sides are told, neither of them why. Doing it again
    changes nothing.
    """
    post = lock_post_of(session, agreement_id)
    statement = select(Agreement).where(col(Agreement.id) == agreement_id, col(Agreement.state) == "accepted")
    agreement = session.scalars(statement.with_for_update().execution_options(populate_existing=True)).one_or_none()
    now = clock.now()
    if agreement is None or agreement.series_id is not None:
        return False
    if agreement.starts_at is not None and agreement.starts_at <= now:
        return False
    second = Second(agreement.second_id, (agreement.receiver_id,))
    here, giver_id, at = agreement.community_id, agreement.giver_id, agreement.starts_at or now
    if can_come(session, here, giver_id, agreement.adult_id, second=second, about=agreement, at=at):
        return False
    nobody = by_itself(agreement)
    moved(session, nobody, agreement, "lapse", Side.CLOCK, CANNOT_COME)
    session.flush()
    hold(session, nobody, agreement)
    give_place_back(session, nobody, post)
    tell_party(session, agreement, giver_id, MAKER_FIRST)
    tell_party(session, agreement, agreement.receiver_id, THEY_CANNOT_COME)
    return True
