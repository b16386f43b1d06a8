"""What is kept of the money of shared orders, and of what was asked of the quota."""

from collections.abc import Iterator
from datetime import timedelta

from sqlmodel import col, or_, select

from civic_centers.reckoning.queries.own import lines_of
from civic_centers.reckoning.rules import KEPT_FOR
from civic_centers.reckoning.tables import Purse, PurseEntry, PurseWords, QuotaRequest
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.keeping import Cutoff, Gone, Retention, let_go_of
from foundation.personal.kinds import Row

PURSE = "purse_movements"
RECEIPTS = "purse_receipts"
REQUESTS = "quota_requests"
A_YEAR = timedelta(days=365)


def _movements(session: Session, whose: Whose) -> Iterator[Row]:
    """Every movement as the purse shows it: cents above zero came in favour of the household."""
    for party_id in whose.party_ids:
        for line in lines_of(session, party_id, limit=None):
            yield {
                "party_id": party_id,
                "at": line.at,
                "kind": line.kind,
                "cents": line.cents,
                "title": line.title,
                "receipt": f"{line.number}/{line.year}" if line.number else "",
            }


def _receipts(session: Session, whose: Whose) -> Iterator[Row]:
    theirs = or_(col(Purse.party_id).in_(whose.party_ids), col(Purse.heir_party_id).in_(whose.party_ids))
    purses = select(col(Purse.id)).where(theirs)
    moved = or_(col(PurseEntry.from_purse_id).in_(purses), col(PurseEntry.to_purse_id).in_(purses))
    entries = select(col(PurseEntry.id)).where(moved, col(PurseEntry.community_id) == whose.community_id)
    return rows_of(session, PurseWords, col(PurseWords.entry_id).in_(entries), without=("salt_key",))


def _requests(session: Session, whose: Whose) -> Iterator[Row]:
    mine = (col(QuotaRequest.community_id) == whose.community_id, col(QuotaRequest.person_id) == whose.person_id)
    return rows_of(session, QuotaRequest, *mine, without=("offered_by_id", "ended_by_id"))


def _clear_names(session: Session, cutoff: Cutoff, limit: int) -> Gone:
    community_id = col(PurseWords.community_id)
    due = cutoff.passed(col(PurseWords.written_at), community_id)
    return let_go_of(session, PurseWords, due, limit, community_id=community_id)


def _clear_requests(session: Session, cutoff: Cutoff, limit: int) -> Gone:
    community_id = col(QuotaRequest.community_id)
    due = cutoff.passed(col(QuotaRequest.ended_at), community_id)
    return let_go_of(session, QuotaRequest, due, limit, community_id=community_id)


PERSONAL = (
    PersonalData(
        kind=PURSE,
        words=N_("What your household owes and paid for shared orders, in euro"),
        purpose=N_("So that the accounts of the group are right to the cent"),
        basis="agreement",
        keeping=N_("For good, without your name once you have left"),
        bound="ledger",
        rows=_movements,
        tables=(Purse, PurseEntry),
    ),
    PersonalData(
        kind=RECEIPTS,
        words=N_("The name on receipts for shared orders, sealed, and why one was taken back"),
        purpose=N_("So that a receipt proves who paid"),
        basis="law",
        keeping=N_("Ten years, as for all books (art. 2220 of the civil code); it survives leaving"),
        bound="law",
        rows=_receipts,
        tables=(PurseWords,),
    ),
    PersonalData(
        kind=REQUESTS,
        words=N_("What you asked of the solidarity quota, and your words, sealed. Only makers of your zone read it"),
        purpose=N_("So that an order can be paid when a month is hard"),
        basis="consent",
        keeping=N_("One year after the answer; your words go at once when you leave"),
        rows=_requests,
        tables=(QuotaRequest,),
        on_paper=False,
        unwritten=("quota_request",),
    ),
)
RETENTIONS = (
    Retention(
        name="reckoning.receipts",
        words=N_("The names on receipts for shared orders, and why something was settled"),
        after=KEPT_FOR,
        clear=_clear_names,
        kind=RECEIPTS,
        fixed=N_("A law says how long."),
    ),
    Retention(
        name="reckoning.requests",
        words=N_("What was asked of the solidarity quota"),
        after=A_YEAR,
        clear=_clear_requests,
        kind=REQUESTS,
    ),
)
