"""What the bakery gives, lot by lot: pledges in every state with what was given of them, and vouchers."""

from datetime import date, timedelta
from typing import Any

from civic_centers.sponsors import actions as sponsors
from civic_centers.sponsors.rules import Target
from civic_centers.sponsors.rules import Wish as Gift
from civic_centers.vouchers import actions as vouchers
from civic_centers.vouchers.actions import Given
from civic_centers.vouchers.rules import Wish as Vouchers
from tests.cast import Cast, Member
from tests.exchanges.series.stage import MONDAY

TODAY = MONDAY.date()
UNTIL = TODAY + timedelta(days=200)


class SponsorLots:
    """A part of the Town: it has `do`, `cast`, `ids`, `lots`, `center` and `_first`."""

    do: Any
    cast: Cast
    ids: dict[str, int]
    lots: int
    center: Any
    _first: Any

    def _sponsor(self, newcomer: Member) -> None:
        """Pledges to the center, an activity and the fund; vouchers of Anna and of the newcomer."""
        bakery, maker, party_id = self.cast.bakery, self.cast.maker, self.cast.bakery.party.id
        self.do(
            sponsors.keep_page, bakery, party_id, f"Pane {self.lots}", is_public=True, version=max(self.lots - 1, 1)
        )
        self._first("pledge_offered", self._pledge(Target("fund", cause=f"Libri {self.lots}")))
        money = Gift(
            Target("fund", cause=f"La quota {self.lots}"), "money", "Per la spesa", TODAY, UNTIL, 900, is_public=True
        )
        quota = self.do(sponsors.offer, bakery, party_id, money).id
        self.do(sponsors.accept, maker, quota, 1)
        self.do(sponsors.deliver, maker, quota, TODAY, 900, quota_way="transfer")
        for target in (Target("center", self.center.id), Target("activity", self.ids["activity_open"])):
            pledge_id = self._pledge(target)
            self.do(sponsors.accept, maker, pledge_id, 1)
            self._first(f"pledge_{target.kind}", pledge_id)
            self._first("delivered", self.do(sponsors.deliver, maker, pledge_id, TODAY, 100).id)
            self.do(sponsors.thank, maker, pledge_id, f"Grazie {self.lots}")
        first = self.ids["pledge_center"]
        self.do(sponsors.deliver, maker, first, date(2026, 1, 1), 100)
        wish = Vouchers("goods", f"Un pane {self.lots}", 50, UNTIL, value_cents=300)
        offer = self.do(vouchers.offer_vouchers, bakery, party_id, wish).id
        self.do(vouchers.accept_offer, maker, offer)
        offer = self._first("vouchers", offer)
        for member in (self.cast.anna, newcomer):
            one = self.do(vouchers.give, maker, offer, Given(member.party.id, member.id, "thanks", "Una nota"))
            self._first(f"voucher_of_{'anna' if member is self.cast.anna else 'others'}", one.id)
        used = self.do(vouchers.give, maker, offer, Given(newcomer.party.id, None, "need"))
        self.do(vouchers.redeem, bakery, used.code)
        waiting = self.do(vouchers.offer_vouchers, bakery, party_id, wish).id
        self._first("vouchers_offered", waiting)

    def _pledge(self, target: Target) -> int:
        gift = Gift(target, "goods", f"Pane {self.lots}", TODAY, UNTIL, 400, is_public=True)
        number: int = self.do(sponsors.offer, self.cast.bakery, self.cast.bakery.party.id, gift).id
        return number
