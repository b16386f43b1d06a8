"""Taking something from a person for a while, or everything; and giving it back."""

from datetime import datetime, timedelta

from sqlmodel import col, select, update

from community.members.queries import has_role
from community.moderation.policies import is_stopped
from community.moderation.rules import STOPS, Ruling
from community.moderation.tables import Decision, Limit
from community.parties.queries import parties_of, people_of
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Refused
from foundation.feature import registry
from foundation.signals import look_again_at


def until_of(ruling: Ruling) -> datetime | None:
    """When what was decided ends by itself; None where it lasts."""
    return clock.now() + timedelta(days=ruling.days) if ruling.days is not None else None


def put_limits(session: Session, actor: Actor, decision: Decision, ruling: Ruling) -> None:
    """Write down what a decision takes, and end what cannot go on.

    Raises Refused for pausing or excluding somebody who has a role: that is ended first, by who gives roles.
    """
    person_id = decision.person_id or 0
    what = ruling.what if ruling.outcome == "limit" else (ruling.outcome,)
    if ruling.outcome in STOPS and has_role(session, decision.community_id, person_id):
        raise Refused(
            N_("This person has a role: maker, at the desk, or administrator."),
            advice=N_("Ask an administrator to end the role first, then decide."),
        )
    session.add_all(
        Limit(
            community_id=decision.community_id,
            person_id=person_id,
            decision_id=decision.id or 0,
            what=one,
            until=decision.until,
        )
        for one in what
    )
    session.flush()
    if ruling.outcome in STOPS:
        look_again_at(session, person_id)
        left = [party.id for party in parties_of(session, decision.community_id, person_id) if party.id]
        alone = [party_id for party_id in left if _nobody_left(session, decision.community_id, party_id)]
        for hook in registry.hooks("member_stopped"):
            hook(session, actor, person_id, alone)
    elif "care" in what:
        for hook in registry.hooks("care_stopped"):
            hook(session, actor, person_id)


def lift_limits(session: Session, decision: Decision) -> None:
    """Give back at once what a decision took."""
    session.exec(
        update(Limit)
        .where(col(Limit.decision_id) == decision.id, col(Limit.lifted_at).is_(None))
        .values(lifted_at=clock.now())
        .execution_options(synchronize_session=False)
    )


def _nobody_left(session: Session, community_id: int, party_id: int) -> bool:
    """Whether everybody who acts for a party is paused or excluded."""
    return all(session.scalar(select(is_stopped(community_id, person.id))) for person in people_of(session, party_id))
