"""Who may take part in a series: the same people, with the same permissions, as in a single agreement."""

from sqlalchemy import func
from sqlmodel import col, select

from community.members.tables import Membership
from community.moderation.policies import are_blocked
from community.parties.tables import PartyMember
from exchanges.agreements.policies import SEE, TAKE_PART, check_both_there
from exchanges.series.tables import Series
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Refused

__all__ = ["SEE", "TAKE_PART", "both_there"]


def both_there(session: Session, series: Series) -> bool:
    """Whether both parties are open, have an adult who belongs to the community, and have not blocked each other."""
    if are_blocked(session, series.giver_id, series.receiver_id):
        return False
    try:
        check_both_there(session, Actor.visitor(series.community_id), series)
    except Refused:
        return False
    present = (
        select(func.count(func.distinct(col(PartyMember.party_id))))
        .join(Membership, col(Membership.person_id) == col(PartyMember.person_id))
        .where(
            col(PartyMember.party_id).in_((series.giver_id, series.receiver_id)),
            col(PartyMember.until).is_(None),
            col(Membership.community_id) == series.community_id,
            col(Membership.state) == "approved",
        )
    )
    return session.scalar(present) == 2
