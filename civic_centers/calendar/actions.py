"""The secret address of somebody's own calendar: given out, renewed, ended. Only its hash is kept."""

from civic_centers.calendar.policies import SUBSCRIBE
from civic_centers.calendar.queries import PURPOSE
from foundation import tokens
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing


def renew_feed(session: Session, actor: Actor) -> str:
    """A new secret, told this one time; the one before leads nowhere from now on.

    Raises Missing for who is no member, and in the place of somebody else: it would stay with who typed it.
    """
    person_id = end_feed(session, actor)
    return tokens.issue(
        session,
        PURPOSE,
        lasts=None,
        uses=None,
        person_id=person_id,
        community_id=actor.community_id,
        created_by_person_id=person_id,
    )


def end_feed(session: Session, actor: Actor) -> int:
    """Let the address lead nowhere any more; whose it was. Raises Missing as above."""
    if not actor.may(SUBSCRIBE) or actor.is_on_behalf:
        raise Missing()
    person_id = actor.must_be_person()
    for token in tokens.standing(session, PURPOSE, person_id=person_id):
        if token.community_id == actor.community_id:
            tokens.withdraw(session, token.id)
    return person_id
