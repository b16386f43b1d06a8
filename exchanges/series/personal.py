"""What is kept of weekly meetings."""

from collections.abc import Iterator

from sqlmodel import col, or_, select

from exchanges.agreements.rules import CONTACTS_GO, CONTACTS_LAST, contacts_visible
from exchanges.series.tables import Series, SeriesEvent, SeriesTerms
from foundation import clock
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.keeping import Cutoff, Gone, Retention, let_go_of
from foundation.personal.kinds import Row


def _series(session: Session, whose: Whose) -> Iterator[Row]:
    mine = or_(col(Series.giver_id).in_(whose.household_ids), col(Series.receiver_id).in_(whose.household_ids))
    return rows_of(session, Series, mine)


def _series_places(session: Session, cutoff: Cutoff, limit: int) -> Gone:
    over = select(col(Series.id)).where(cutoff.passed(col(Series.ended_at), col(Series.community_id)))
    due = (col(SeriesTerms.place_words) != "") & col(SeriesTerms.series_id).in_(over)
    whose = select(col(Series.community_id)).where(col(Series.id) == col(SeriesTerms.series_id)).scalar_subquery()
    return let_go_of(session, SeriesTerms, due, limit, community_id=whose, blank={"place_words": ""})


def _terms(session: Session, whose: Whose) -> Iterator[Row]:
    mine = or_(col(Series.giver_id).in_(whose.household_ids), col(Series.receiver_id).in_(whose.household_ids))
    dates = session.execute(select(col(Series.id), col(Series.accepted_at), col(Series.ended_at)).where(mine))
    now = clock.now()
    reachable = {row[0] for row in dates if contacts_visible(row[1], row[2], now)}
    for row in rows_of(session, SeriesTerms, col(SeriesTerms.series_id).in_(select(col(Series.id)).where(mine))):
        # Where one meets is perhaps the other's home: it is there with the contacts, in the file too.
        yield row if row["series_id"] in reachable else {**row, "place_words": ""}


PERSONAL = (
    PersonalData(
        kind="series",
        words=N_("What you agreed to do every week"),
        purpose=N_("So that each meeting need not be agreed anew"),
        basis="agreement",
        keeping=N_("As long as the community keeps its hours; your name goes with you"),
        bound="ledger",
        rows=_series,
        tables=(Series, SeriesEvent),
    ),
    PersonalData(
        kind="series_terms",
        words=N_("On which days, when and for how long"),
        purpose=N_("So that each meeting need not be agreed anew"),
        basis="agreement",
        keeping=N_("As long as the community keeps its hours; your name goes with you"),
        bound="ledger",
        rows=_terms,
        tables=(SeriesTerms,),
    ),
)

RETENTIONS = (
    Retention(
        "series_places",
        N_("Where the two met every week, once it is over"),
        CONTACTS_LAST,
        _series_places,
        kind="series_terms",
        fixed=CONTACTS_GO,
    ),
)
