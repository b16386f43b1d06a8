"""What is kept of whom people write to."""

from collections.abc import Iterator

from sqlmodel import col, or_

from community.conversations.tables import DirectThread, ShownReading
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.kinds import Row


def _direct(session: Session, whose: Whose) -> Iterator[Row]:
    """That there is a conversation, since when, and whether one left it; not with whom: that is theirs as well."""
    mine = or_(col(DirectThread.low_id) == whose.person_id, col(DirectThread.high_id) == whose.person_id)
    here = col(DirectThread.community_id) == whose.community_id
    others = ("low_id", "high_id", "opened_by_id", "low_left_at", "high_left_at")
    return rows_of(session, DirectThread, here, mine, without=others)


def _wish(session: Session, whose: Whose) -> Iterator[Row]:
    return rows_of(session, ShownReading, col(ShownReading.person_id) == whose.person_id)


PERSONAL = (
    PersonalData(
        kind="direct_threads",
        words=N_("With whom you write directly, and since when"),
        purpose=N_("So that the two of you find what you wrote to each other"),
        basis="agreement",
        keeping=N_("As long as the community keeps its records; your words and your name go when you leave"),
        bound="records",
        rows=_direct,
        tables=(DirectThread,),
    ),
    PersonalData(
        kind="shown_reading",
        words=N_("Whether others may see how far you have read"),
        purpose=N_("Because you chose it"),
        basis="consent",
        keeping=N_("Until you choose otherwise"),
        bound="wish",
        rows=_wish,
        tables=(ShownReading,),
    ),
)
