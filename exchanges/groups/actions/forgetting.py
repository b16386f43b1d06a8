"""What is kept once somebody has left for good: names go out of what was agreed with others."""

from sqlmodel import col, or_, select

from community.leaving.actions.names import names_out
from community.leaving.rules import Going
from exchanges.groups.tables import GroupExchange, GroupPlace
from foundation.database import Session


def forget_names(session: Session, going: Going) -> None:
    """Take the names of who has left out of what others still read."""
    texts = ("title", "place_words", "expense_words", "reason")
    hosted = col(GroupExchange.host_id).in_(going.closing)
    names_out(session, going, GroupExchange, texts, hosted)
    among = or_(
        col(GroupPlace.party_id).in_(going.closing),
        col(GroupPlace.group_id).in_(select(col(GroupExchange.id)).where(hosted)),
    )
    names_out(session, going, GroupPlace, ("reason", "resolution"), among)
