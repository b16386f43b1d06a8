"""One gentle word to who is awaited, where a weekly proposal or a change of it has no answer."""

from sqlmodel import col, select

from community.parties.queries import people_of_all
from exchanges.agreements.actions.telling import nudge_party
from exchanges.agreements.notices import STILL_TO_ANSWER
from exchanges.series.queries.single import proposed_terms
from exchanges.series.tables import Series
from foundation.database import Session


def nudge(session: Session, series_id: int) -> bool:
    """Ask who is awaited once more for an answer, once about the same terms; whether they still wait.

    No maker calls for it, and nobody who rests is asked.
    """
    series = session.scalars(select(Series).where(col(Series.id) == series_id)).one_or_none()
    row = proposed_terms(session, series_id) if series is not None else None
    if series is None or row is None or series.state not in ("proposed", "changing"):
        return False
    other = series.giver_id if series.turn_id == series.receiver_id else series.receiver_id
    who = next((person.given_name for person in people_of_all(session, (other,)).get(other, [])), "")
    nudge_party(session, series, series.turn_id, STILL_TO_ANSWER, who=who, key=f"nudge-{row.id}")
    return True
