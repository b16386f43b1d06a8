"""What is kept of agreements and thanks once somebody has left for good."""

from sqlalchemy import or_
from sqlmodel import col, delete

from community.leaving.actions.names import names_out
from community.leaving.rules import Going
from exchanges.agreements.tables import Agreement, Appreciation
from foundation.database import Session

TEXTS = ("title", "place_words", "expense_words", "reason", "resolution")


def forget_names(session: Session, going: Going) -> None:
    """Thanks given and received go; out of what was agreed with others go the names."""
    thanks = or_(
        col(Appreciation.author_id) == going.person_id,
        col(Appreciation.from_party_id).in_(going.closing),
        col(Appreciation.to_party_id).in_(going.closing),
    )
    session.exec(delete(Appreciation).where(thanks))
    take_names_out(session, going)


def take_names_out(session: Session, going: Going) -> None:
    """Out of what was agreed with others."""
    theirs = or_(col(Agreement.giver_id).in_(going.closing), col(Agreement.receiver_id).in_(going.closing))
    names_out(session, going, Agreement, TEXTS, theirs)
