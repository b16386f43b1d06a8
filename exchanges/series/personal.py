"""What is kept of weekly meetings."""

from collections.abc import Iterator

from sqlmodel import col, or_, select

from exchanges.series.tables import Series, SeriesEvent, SeriesTerms
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.kinds import Row


def _series(session: Session, whose: Whose) -> Iterator[Row]:
    mine = or_(col(Series.giver_id).in_(whose.household_ids), col(Series.receiver_id).in_(whose.household_ids))
    return rows_of(session, Series, mine)


def _terms(session: Session, whose: Whose) -> Iterator[Row]:
    mine = or_(col(Series.giver_id).in_(whose.household_ids), col(Series.receiver_id).in_(whose.household_ids))
    return rows_of(session, SeriesTerms, col(SeriesTerms.series_id).in_(select(col(Series.id)).where(mine)))


PERSONAL = (
    PersonalData(
        kind="series",
        words=N_("What you agreed to do every week"),
        purpose=N_("So that each meeting need not be agreed anew"),
        basis="agreement",
        keeping=N_("As long as the community keeps its hours; your name goes with you"),
        rows=_series,
        tables=(Series, SeriesEvent),
    ),
    PersonalData(
        kind="series_terms",
        words=N_("On which days, when and for how long"),
        purpose=N_("So that each meeting need not be agreed anew"),
        basis="agreement",
        keeping=N_("As long as the community keeps its hours; your name goes with you"),
        rows=_terms,
        tables=(SeriesTerms,),
    ),
)
