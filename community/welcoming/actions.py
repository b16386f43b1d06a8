"""Ticking how a newcomer was welcomed, and putting one's own list away."""

from sqlalchemy import delete
from sqlmodel import col, select

from community.leaving.rules import Going
from community.members.queries import membership_of
from community.members.tables import Membership
from community.welcoming.policies import STEP, must_welcome
from community.welcoming.rules import MAKER_STEPS, PUT_AWAY
from community.welcoming.tables import WelcomeStep
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session, insert_if_absent
from foundation.errors import Missing


def tick(session: Session, actor: Actor, membership_id: int, step: str, *, done: bool) -> None:
    """Say that a step of the welcome is done, or take that back; saying it twice changes nothing. Raises Missing."""
    if step not in MAKER_STEPS:
        raise Missing()
    must_welcome(actor, session.get(Membership, membership_id))
    if done:
        changed = _write(session, actor, membership_id, step)
    else:
        mine = (col(WelcomeStep.membership_id) == membership_id, col(WelcomeStep.step) == step)
        changed = bool(session.exec(delete(WelcomeStep).where(*mine)).rowcount)
    if changed:
        audit.record(session, actor, step if done else f"not_{step}", "welcome", membership_id)


def put_away(session: Session, actor: Actor) -> None:
    """Show the list of first steps no more. Raises Missing for who is no member."""
    membership = membership_of(session, actor.community_id, actor.must_be_person())
    if membership is None or membership.id is None or not actor.may(STEP):
        raise Missing()
    _write(session, actor, membership.id, PUT_AWAY)


def forget(session: Session, going: Going) -> None:
    """Who has left was never welcomed: no tick is kept."""
    mine = select(col(Membership.id)).where(
        col(Membership.community_id) == going.community_id, col(Membership.person_id) == going.person_id
    )
    session.exec(delete(WelcomeStep).where(col(WelcomeStep.membership_id).in_(mine)))


def _write(session: Session, actor: Actor, membership_id: int, step: str) -> bool:
    values = {
        "membership_id": membership_id,
        "step": step,
        "done_at": clock.now(),
        "done_by_id": actor.recorder_id,
    }
    return insert_if_absent(session, WelcomeStep, values, ["membership_id", "step"])
