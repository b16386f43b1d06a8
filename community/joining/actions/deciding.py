"""What a maker decides on an application."""

from sqlalchemy import update
from sqlmodel import col

from community.joining.actions.entering import open_for
from community.joining.actions.telling import tell
from community.joining.notices import APPROVED, DECLINED
from community.joining.policies import must_decide
from community.joining.rules import checked_reason
from community.members.queries import person_of
from community.members.tables import Membership
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Stale
from foundation.feature import registry


def approve(session: Session, actor: Actor, membership_id: int) -> Membership:
    """Let an applicant in and open their balance; announces `applicant_decided(session, membership)`.

    Raises Missing outside the zones, Stale when it was decided.
    """
    membership = must_decide(actor, session.get(Membership, membership_id))
    _decide(session, actor, membership, "approved", "")
    open_for(session, actor, membership, person_of(session, membership.person_id))
    tell(session, membership, APPROVED, "communities.home")
    _announce(session, membership)
    return membership


def decline(session: Session, actor: Actor, membership_id: int, *, reason: str) -> Membership:
    """Say no for now, with words the applicant reads. Raises as approve does, and Invalid without a reason."""
    membership = must_decide(actor, session.get(Membership, membership_id))
    words = checked_reason(reason)
    _decide(session, actor, membership, "declined", words)
    tell(session, membership, DECLINED, "joining.standing")
    _announce(session, membership)
    return membership


def _announce(session: Session, membership: Membership) -> None:
    for hook in registry.hooks("applicant_decided"):
        hook(session, membership)


def _decide(session: Session, actor: Actor, membership: Membership, state: str, reason: str) -> None:
    decided = session.exec(
        update(Membership)
        .where(col(Membership.id) == membership.id, col(Membership.state) == "applied")
        .values(state=state, reason=reason, decided_at=clock.now(), decided_by_id=actor.recorder_id)
        .execution_options(synchronize_session=False)
    )
    if decided.rowcount != 1:
        raise Stale(N_("Somebody has decided on this already."), advice=N_("Look at the list again."))
    session.refresh(membership)
    audit.record(session, actor, state, "membership", membership.id)
