"""Lots of suppliers with products, prices, lists, and people in charge of purchasing."""

from datetime import date, timedelta

from civic_centers.suppliers import actions
from civic_centers.suppliers.actions import LIST, AboutSupplier
from civic_centers.suppliers.rules import PriceSaid, Said
from foundation.importing.kinds import kind_for
from foundation.importing.runs import choose_places
from tests.architecture.plenty_centers import NOW, CenterLots
from tests.cast import Member

PLACES = {"code": 0, "name": 1, "price": 2}


class SupplierLots(CenterLots):
    """The part of Town that buys together."""

    supplier_id: int

    def _put_in_charge(self) -> None:
        """What there is once: Bashir in charge, and a supplier of many products."""
        cast, zone = self.cast, self.cast.zones["centro"].id
        self._first("purchaser", self.do(actions.add_purchaser, cast.maker, zone, cast.bashir.id).id)
        self.supplier_id = self.do(actions.add_supplier, cast.bashir, AboutSupplier("Cascina", zone)).id
        self._first("supplier", self.supplier_id)

    def _supply(self, newcomer: Member) -> None:
        """One more supplier, person in charge, list, product with prices, one sold no more; interests said."""
        cast, bashir, zone = self.cast, self.cast.bashir, self.cast.zones["centro"].id
        self.do(actions.add_purchaser, cast.maker, zone, newcomer.id)
        self.do(actions.add_supplier, bashir, AboutSupplier(f"Mulino {self.lots}", zone, party_id=cast.bakery.party.id))
        self.do(actions.say_interest, newcomer, self.supplier_id, f"È di mio cugino {self.lots}")
        today = NOW.date()
        said = Said(
            f"Farina {self.lots}", code=f"F{self.lots}", category=f"Farine {self.lots}", season_from=9, season_to=3
        )
        product = self.do(
            actions.add_product, bashir, self.supplier_id, said, PriceSaid(34650), from_day=date(2026, 1, 1)
        ).id
        self._first("product", product)
        for number in range(self.lots):
            price = PriceSaid(35000 + number)
            first = self.ids["product"]
            self.do(actions.set_price, bashir, first, price, from_day=today - timedelta(days=number))
        ended = self.do(
            actions.add_product, bashir, self.supplier_id, Said(f"Riso {self.lots}"), PriceSaid(1), from_day=today
        )
        self.do(actions.end_product, bashir, ended.id)
        self._first("listed", self._list(f"Codice;Prodotto;Prezzo\nX{self.lots};Miele;6,50\n"))
        self._first("listed_again", self._list(f"Codice;Prodotto;Prezzo\nY{self.lots};Miele;tanto\n", look=True))

    def _list(self, content: str, *, look: bool = False) -> int:
        bashir = self.cast.bashir
        list_id = self.do(
            actions.start_list,
            bashir,
            kind_for(bashir.actor, LIST),
            self.supplier_id,
            name="listino.csv",
            content=content.encode(),
            guess=PLACES,
            from_day=NOW.date(),
            ends_missing=True,
        )
        if look:
            self.do(choose_places, bashir, list_id, PLACES)
        return list_id
