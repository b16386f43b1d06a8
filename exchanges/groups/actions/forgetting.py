"""What is kept once somebody has left for good: names go out of what was agreed with others."""

from sqlmodel import col

from community.leaving.actions.names import names_out
from community.leaving.rules import Going
from exchanges.groups.tables import GroupExchange
from foundation.database import Session


def forget_names(session: Session, going: Going) -> None:
    """Take the names of who has left out of what others still read."""
    texts = ("title", "place_words", "expense_words", "reason")
    names_out(session, going, GroupExchange, texts, col(GroupExchange.host_id).in_(going.closing))
