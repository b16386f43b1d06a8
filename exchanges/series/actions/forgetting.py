"""What is kept once somebody has left for good: names go out of what was agreed with others."""

from sqlmodel import col, or_, select

from community.leaving.actions.names import names_out
from community.leaving.rules import Going
from exchanges.series.tables import Series, SeriesTerms
from foundation.database import Session


def forget_names(session: Session, going: Going) -> None:
    """Take the names of who has left out of what others still read."""
    theirs = or_(col(Series.giver_id).in_(going.closing), col(Series.receiver_id).in_(going.closing))
    names_out(session, going, Series, ("title", "reason"), theirs)
    of_theirs = col(SeriesTerms.series_id).in_(select(col(Series.id)).where(theirs))
    names_out(session, going, SeriesTerms, ("place_words", "expense_words"), of_theirs)
