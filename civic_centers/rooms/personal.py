"""What is kept of who booked rooms."""

from collections.abc import Iterator
from datetime import timedelta

from sqlmodel import col

from civic_centers.rooms.tables import Booking
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.keeping import Cutoff, Gone, Retention, let_go_of
from foundation.personal.kinds import Row

KIND = "bookings"
NOBODY = {
    "person_id": None,
    "party_id": None,
    "recorded_by_id": None,
    "decided_by_id": None,
    "title": "…",
    "reason": "",
}


def _bookings(session: Session, whose: Whose) -> Iterator[Row]:
    mine = (col(Booking.person_id) == whose.person_id) | col(Booking.party_id).in_(whose.party_ids)
    here = col(Booking.community_id) == whose.community_id
    return rows_of(session, Booking, here, mine, without=("recorded_by_id", "decided_by_id"))


def _clear(session: Session, cutoff: Cutoff, limit: int) -> Gone:
    community_id = col(Booking.community_id)
    due = cutoff.passed(col(Booking.ends_at), community_id) & col(Booking.person_id).is_not(None)
    return let_go_of(session, Booking, due, limit, community_id=community_id, blank=NOBODY)


PERSONAL = (
    PersonalData(
        kind=KIND,
        words=N_("The rooms you booked or asked for, when and what for"),
        purpose=N_("So that a room is for one at a time, and keepers can answer you"),
        basis="agreement",
        keeping=N_("Two years after that day; then only that the room was taken"),
        rows=_bookings,
        tables=(Booking,),
    ),
)
RETENTIONS = (
    Retention(
        name="rooms.bookings",
        words=N_("Who had booked a room, and what for"),
        after=timedelta(days=730),
        clear=_clear,
        kind=KIND,
    ),
)
