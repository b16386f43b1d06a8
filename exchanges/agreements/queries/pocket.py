"""What one may take along on the phone of one's own agreements."""

from sqlalchemy import exists, or_
from sqlmodel import col, select

from community.parties.policies import not_blocked
from community.parties.queries import people_of_all
from community.parties.tables import Party
from community.pocket.rules import MOST
from exchanges.agreements.policies import own_side
from exchanges.agreements.queries.lists import mine, parties_by_id
from exchanges.agreements.queries.single import AgreementView
from exchanges.agreements.rules import CONTACTS_LAST
from exchanges.agreements.tables import Agreement, AgreementEvent
from exchanges.posts.tables import Post
from foundation import clock
from foundation.access import Actor
from foundation.crypto.sealed import Confidential
from foundation.database import Session


def to_take_along(session: Session, actor: Actor) -> list[AgreementView]:
    """The actor's open agreements and those whose contacts are still seen; those that come first, first.

    What answers a confidential need and what is in dispute is left out.
    """
    confidential = exists().where(col(Post.id) == col(Agreement.post_id), col(Post.visibility) == "confidential")
    ended = (col(Agreement.ended_at) > clock.now() - CONTACTS_LAST) & col(Agreement.accepted_at).is_not(None)
    statement = (
        select(Agreement)
        .where(
            mine(actor),
            or_(col(Agreement.state).in_(("proposed", "accepted", "delivered")), ended),
            col(Agreement.state) != "disputed",
            ~confidential,
        )
        .order_by(col(Agreement.ended_at).is_not(None), col(Agreement.starts_at), col(Agreement.id).desc())
        .limit(MOST)
    )
    found = [one for one in session.scalars(statement) if not isinstance(one.title, Confidential)]
    return _views(session, actor, found)


def _views(session: Session, actor: Actor, found: list[Agreement]) -> list[AgreementView]:
    if not found:
        return []
    parties = parties_by_id(session, found)
    people = people_of_all(session, parties)
    open_to_me = set(
        session.scalars(select(Party.id).where(col(Party.id).in_(parties), not_blocked(actor, col(Party.id))))
    )
    ids = [one.id for one in found]
    events: dict[int, list[AgreementEvent]] = {}
    told = select(AgreementEvent).where(col(AgreementEvent.agreement_id).in_(ids)).order_by(col(AgreementEvent.id))
    for event in session.scalars(told):
        events.setdefault(event.agreement_id, []).append(event)
    return [
        AgreementView(
            agreement=one,
            mine=own_side(actor, one),
            parties={side: parties[side] for side in (one.giver_id, one.receiver_id)},
            people={side: people.get(side, []) for side in (one.giver_id, one.receiver_id)},
            category=None,
            care=False,
            apart=not {one.giver_id, one.receiver_id} <= open_to_me,
            events=events.get(one.id or 0, []),
        )
        for one in found
    ]
