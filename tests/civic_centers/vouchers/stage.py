"""The bakery gives bread away by vouchers, and the maker hands them on."""

from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from civic_centers.vouchers import actions
from civic_centers.vouchers.actions import Given
from civic_centers.vouchers.rules import Wish
from civic_centers.vouchers.tables import Voucher, VoucherOffer, VoucherStock
from tests.cast import Member
from tests.civic_centers.stage import MONDAY, CenterStage

TODAY = MONDAY.date()
LAST_DAY = TODAY + timedelta(days=60)


class VoucherStage(CenterStage):
    def offer(self, *, most: int = 3, who: Member | None = None, **more: Any) -> int:
        shop = who or self.cast.bakery
        said: dict[str, Any] = {"kind": "goods", "words": "Un chilo di pane", "value_cents": 450, "until_on": LAST_DAY}
        return self.do(actions.offer_vouchers, shop, shop.party.id, Wish(most=most, **(said | more))).id

    def accepted(self, **more: Any) -> int:
        offer_id = self.offer(**more)
        self.do(actions.accept_offer, self.cast.maker, offer_id)
        return offer_id

    def give(self, offer_id: int, who: str = "anna", *, by: str = "maker", **more: Any) -> Voucher:
        member = self.cast.members[who]
        given = Given(**({"party_id": member.party.id, "person_id": member.id, "why": "need", "reason": ""} | more))
        return self.do(actions.give, self.cast.members[by], offer_id, given)

    def held(self, who: str = "anna", **more: Any) -> Voucher:
        """A voucher of a new offer in somebody's hands."""
        return self.give(self.accepted(**more), who)

    def row(self, voucher_id: int) -> Voucher:
        with self.database.reading() as session:
            return session.get_one(Voucher, voucher_id)

    def offer_row(self, offer_id: int) -> VoucherOffer:
        with self.database.reading() as session:
            return session.get_one(VoucherOffer, offer_id)

    def given(self, offer_id: int) -> int:
        """How many the stock counts."""
        with self.database.reading() as session:
            return sum(session.scalars(select(col(VoucherStock.given)).where(col(VoucherStock.offer_id) == offer_id)))

    def told(self, who: str) -> list[str]:
        return [notice for name, notice in self.letters() if name == who]
