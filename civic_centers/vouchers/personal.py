"""What is kept of who holds vouchers, and why they were given."""

from collections.abc import Iterator
from datetime import timedelta

from sqlmodel import col, or_

from civic_centers.vouchers.tables import Voucher, VoucherOffer, VoucherStock
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.keeping import Cutoff, Gone, Retention, let_go_of
from foundation.personal.kinds import Row

KIND = "vouchers"
HALF_A_YEAR = timedelta(days=182)


def _vouchers(session: Session, whose: Whose) -> Iterator[Row]:
    together = col(Voucher.person_id).is_(None) & col(Voucher.party_id).in_(whose.household_ids)
    mine = or_(col(Voucher.person_id) == whose.person_id, together)
    here = col(Voucher.community_id) == whose.community_id
    return rows_of(session, Voucher, here, mine, without=("code", "token_id", "given_by_id", "ended_by_id"))


def _offers(session: Session, whose: Whose) -> Iterator[Row]:
    theirs = or_(col(VoucherOffer.offered_by_id) == whose.person_id, col(VoucherOffer.party_id).in_(whose.party_ids))
    here = col(VoucherOffer.community_id) == whose.community_id
    return rows_of(session, VoucherOffer, here, theirs, without=("recorded_by_id", "decided_by_id"))


def _clear(session: Session, cutoff: Cutoff, limit: int) -> Gone:
    community_id = col(Voucher.community_id)
    held = or_(
        col(Voucher.person_id).is_not(None), col(Voucher.party_id).is_not(None), col(Voucher.reason).is_not(None)
    )
    due = cutoff.passed(col(Voucher.ended_at), community_id) & held
    nobody = {"person_id": None, "party_id": None, "reason": None, "code": None}
    return let_go_of(session, Voucher, due, limit, community_id=community_id, blank=nobody)


PERSONAL = (
    PersonalData(
        kind=KIND,
        words=N_("Vouchers you were given, and why; the shop never learns whose they are"),
        purpose=N_("So that you can show them, and each counts once"),
        basis="agreement",
        keeping=N_("Half a year after it was used or ended; then without your name"),
        rows=_vouchers,
        tables=(Voucher,),
        unwritten=("voucher",),
    ),
    PersonalData(
        kind="voucher_offers",
        words=N_("Vouchers you offered for an organisation"),
        purpose=N_("So that makers can hand them on"),
        basis="agreement",
        keeping=N_("As long as the organisation takes part; your name goes with you"),
        bound="records",
        rows=_offers,
        tables=(VoucherOffer, VoucherStock),
    ),
)
RETENTIONS = (
    Retention(
        name="vouchers.holders",
        words=N_("Who held a voucher that was used or ended, and why"),
        after=HALF_A_YEAR,
        clear=_clear,
        kind=KIND,
    ),
)
