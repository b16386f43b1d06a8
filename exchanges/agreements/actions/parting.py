"""When one party blocks another, makers stop somebody, or somebody leaves: what was open ends, hours come back."""

from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import col, select

from community.leaving.rules import Going
from community.notifications.rules import Notice
from community.parties.queries import parties_of
from exchanges.agreements.actions.hours import hold
from exchanges.agreements.actions.places import give_place_back, lock_post_of
from exchanges.agreements.actions.steps import by_itself, moved
from exchanges.agreements.actions.telling import tell_party
from exchanges.agreements.notices import LEFT_US, PARTED_WAYS
from exchanges.agreements.policies import other_side
from exchanges.agreements.policies.care import looks_after
from exchanges.agreements.queries import ending_with, locked, open_between
from exchanges.agreements.rules import Side, keeping
from exchanges.agreements.rules.events import PARTED, WENT_AWAY
from exchanges.agreements.tables import Agreement
from foundation.access import Actor
from foundation.database import Session


def part(session: Session, actor: Actor, other_id: int, answers: Mapping[str, str]) -> int:
    """End the proposals and agreements between the actor's party and another one, and say how many.

    Reserved minutes and places come back. What `answers` asks to keep (see rules.keeping) still takes place; what was
    already written down waits for its yes or for a maker. The other side is told that it goes no further, not why.
    """
    own_id = actor.must_be_party()
    return sum(part_one(session, one, other_id, answers) for one in open_between(session, own_id, other_id))


def part_one(
    session: Session,
    agreement_id: int,
    other_id: int,
    answers: Mapping[str, str],
    *,
    quietly: bool = False,
    event: str = PARTED,
    notice: Notice = PARTED_WAYS,
) -> bool:
    """End one of them; whether it was ended. `quietly` where the other side reads it once for many already."""
    post = lock_post_of(session, agreement_id)
    agreement = locked(session, agreement_id)
    kept = agreement.state == "accepted" and keeping(agreement_id) in answers
    if agreement.state not in ("proposed", "accepted") or kept:
        return False
    nobody, was = by_itself(agreement), agreement.state
    moved(session, nobody, agreement, "part", Side.CLOCK, "" if quietly else event)
    session.flush()
    hold(session, nobody, agreement)
    if not quietly:
        tell_party(session, agreement, other_id, notice, quietly=was == "proposed")
    if was == "accepted":
        give_place_back(session, nobody, post)
    return True


def part_from_stopped(session: Session, actor: Actor, person_id: int, party_ids: Collection[int]) -> int:
    """End what is open with the parties of somebody paused or excluded, or where they were to come; say how many.

    What was already written down goes to its ordinary end: hours given are owed whatever happens since.
    """
    comes = _where_comes(session, actor, person_id)
    theirs = or_(col(Agreement.giver_id).in_(party_ids), col(Agreement.receiver_id).in_(party_ids))
    return _end(session, or_(theirs, comes))


def part_from_stopped_carer(session: Session, actor: Actor, person_id: int) -> int:
    """End what is open where somebody was to look after a child or a frail person, and may not; say how many."""
    return _end(session, _where_comes(session, actor, person_id), care_only=True)


def _where_comes(session: Session, actor: Actor, person_id: int) -> ColumnElement[bool]:
    every = [party.id for party in parties_of(session, actor.community_id, person_id)]
    gives = and_(col(Agreement.giver_id).in_(every), col(Agreement.adult_id) == person_id)
    # Who is there besides may be of either family.
    beside = and_(col(Agreement.community_id) == actor.community_id, col(Agreement.second_id) == person_id)
    return or_(gives, beside)


def _end(session: Session, which: ColumnElement[bool], *, care_only: bool = False) -> int:
    """Both sides hear that it goes no further. The meetings of a series follow it."""
    statement = (
        select(Agreement)
        .where(which, col(Agreement.state).in_(("proposed", "accepted")), col(Agreement.series_id).is_(None))
        .order_by(func.coalesce(col(Agreement.post_id), 0), col(Agreement.id))
    )
    ended = 0
    for agreement in session.scalars(statement).all():
        if care_only and not looks_after(session, agreement):
            continue
        if part_one(session, agreement.id or 0, agreement.receiver_id, {}):
            tell_party(session, agreement, other_side(agreement, agreement.receiver_id), PARTED_WAYS, quietly=True)
            ended += 1
    return ended


def end_with(session: Session, going: Going) -> None:
    """End the proposals and agreements of somebody who leaves the community; the other sides are told why.

    What was already written down waits for its yes, for its silence or for a maker.
    """
    ours = {*going.closing, *going.staying}
    for one in ending_with(session, going):
        other_id = one.receiver_id if one.giver_id in ours else one.giver_id
        part_one(session, one.id or 0, other_id, {}, event=WENT_AWAY, notice=LEFT_US)
