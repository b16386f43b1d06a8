"""The actor's agreements for the calendar they subscribe to."""

from datetime import datetime

from sqlalchemy import exists, or_
from sqlmodel import col, select

from community.parties.queries import people_of_all
from exchanges.agreements.policies import own_side
from exchanges.agreements.queries.lists import mine, parties_by_id
from exchanges.agreements.queries.single import AgreementView
from exchanges.agreements.tables import Agreement
from exchanges.posts.tables import Post
from foundation.access import Actor
from foundation.crypto.sealed import Confidential
from foundation.database import Session

MOST = 300


def for_feed(session: Session, actor: Actor, since: datetime) -> list[AgreementView]:
    """Those with a time from a moment on, called off ones too, but for those to which somebody else of the home goes.

    The calendar lies with others: what answers a confidential need is left out.
    """
    confidential = exists().where(col(Post.id) == col(Agreement.post_id), col(Post.visibility) == "confidential")
    goes = or_(
        col(Agreement.adult_id).is_(None),
        col(Agreement.adult_id) == actor.person_id,
        col(Agreement.giver_id).not_in(actor.party_ids),
    )
    statement = (
        select(Agreement)
        .where(mine(actor), col(Agreement.starts_at) >= since, goes, ~confidential)
        .order_by(col(Agreement.starts_at), col(Agreement.id))
        .limit(MOST)
    )
    found = [one for one in session.scalars(statement) if not isinstance(one.title, Confidential)]
    if not found:
        return []
    parties = parties_by_id(session, found)
    people = people_of_all(session, parties)
    return [
        AgreementView(
            agreement=one,
            mine=own_side(actor, one),
            parties={side: parties[side] for side in (one.giver_id, one.receiver_id)},
            people={side: people.get(side, []) for side in (one.giver_id, one.receiver_id)},
            category=None,
            care=False,
        )
        for one in found
    ]
