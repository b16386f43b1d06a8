"""How orders of the demo are paid: some have settled, one still has something to give and asks for a hand."""

from collections.abc import Mapping
from datetime import time, timedelta

from sqlmodel import col, select

from civic_centers.purchasing.actions.closing import close
from civic_centers.purchasing.actions.making import What, make_cycle, open_cycle
from civic_centers.purchasing.actions.moving_on import deliver, finish, send
from civic_centers.purchasing.actions.ordering import Wish, save_order
from civic_centers.purchasing.actions.placing import Where
from civic_centers.purchasing.rules.cycles import Times
from civic_centers.purchasing.tables import CyclePlace, CycleProduct
from civic_centers.reckoning import actions
from civic_centers.suppliers.actions import AboutSupplier, add_product, add_supplier
from civic_centers.suppliers.rules import PriceSaid, Said
from community.importing.queries import zones_by_name
from community.members.queries import makers_of
from demo.scene import GIORGIO, LUISA, NADIA, SAMIRA, Scene, Steps
from foundation import clock, outbox
from foundation.access import Actor, Grant

MARTA, ZONE = "F007-1", "Cremona, zona Po"
JARS: Mapping[str, int] = {SAMIRA: 3, GIORGIO: 2, LUISA: 4, NADIA: 1}
LONG_AGO: Mapping[str, int] = {
    "F008-1": 3, "F009-1": 2, "F010-1": 2, "F011-1": 4, "F012-1": 2, "F013-1": 3, "F015-1": 1,
}  # fmt: skip
PRICE = 84_500
"""A jar of honey, in ten-thousandths of a euro."""


class SettlingUp(Scene):
    """Honey that Marta ordered with some families, twice."""

    supplier_id = 0

    def steps(self) -> list[Steps]:
        """From the orders to the accounts."""
        return [self._honey_before(), self._honey()]

    def _honey_before(self) -> Steps:
        """Months ago; the quota, to which the bakery had given, paid a part for each of seven families."""
        marta = self.who(MARTA)
        yield self.now - timedelta(days=160)
        with outbox.muted():
            self.supplier_id = self._supplier()
            cycle_id = self._order("Miele di acacia", LONG_AGO)
        yield self.now - timedelta(days=156)
        with outbox.muted():
            close(self.session, marta, cycle_id)
            send(self.session, marta, cycle_id)
        yield self.now - timedelta(days=152)
        with outbox.muted():
            deliver(self.session, marta, cycle_id)
            for code, jars in LONG_AGO.items():
                self._share(code, 400)
                party_id, rest = self.who(code).must_be_party(), jars * PRICE // 100 - 400
                actions.record_payment(self.session, marta, cycle_id, party_id, rest, "cash")
            whole = sum(LONG_AGO.values()) * PRICE // 100
            actions.pay_out(self.session, marta, cycle_id, "supplier", whole, "transfer", "Fattura 12")
            actions.close_accounts(self.session, marta, cycle_id, 0)
            finish(self.session, marta, cycle_id)

    def _honey(self) -> Steps:
        marta = self.who(MARTA)
        yield self.now - timedelta(days=20)
        with outbox.muted():
            cycle_id = self._order("Miele d’autunno", JARS)
            actions.give_to_quota(self.session, marta, "transfer", 8_000, "Festa di via Palestro")
        yield self.now - timedelta(days=16)
        with outbox.muted():
            close(self.session, marta, cycle_id)
        yield self.now - timedelta(days=12)
        with outbox.muted():
            for code, cents, gift in ((GIORGIO, 1_700, 10), (LUISA, 4_000, 0), (NADIA, 845, 0)):
                party_id = self.who(code).must_be_party()
                actions.record_payment(self.session, marta, cycle_id, party_id, cents, "cash", gift=gift)
            actions.pay_out(self.session, marta, cycle_id, "supplier", 8_440, "transfer", "Fattura 31")
        yield self.now - timedelta(hours=5)
        actions.record_payment(self.session, marta, cycle_id, self.who(SAMIRA).must_be_party(), 1_500, "cash")
        actions.ask_quota(self.session, self.who(SAMIRA), actions.Ask(1_000, "Questo mese è un po’ stretto."))

    def _share(self, code: str, cents: int) -> None:
        """A family asks for a share of what it has to give, and a maker of its zone says yes."""
        asked = actions.ask_quota(self.session, self.who(code), actions.Ask(cents, "Un mese stretto."))
        maker = makers_of(self.session, self.people.community_id, asked.zone_id)[0]
        grants = (Grant("maker"), Grant("member"))
        actions.grant(self.session, Actor(self.people.community_id, maker.id, grants=grants), asked.id or 0, cents)

    def _supplier(self) -> int:
        """A bee-keeper with one kind of honey."""
        marta, zone_id = self.who(MARTA), zones_by_name(self.session, self.people.community_id)[ZONE]
        today = clock.today(self.people.community.time_zone)
        about = AboutSupplier("Apicoltura Ronchetti", zone_id, "Miele di acacia e di tiglio", delivery_days="Il sabato")
        supplier_id = add_supplier(self.session, marta, about).id or 0
        honey = Said("Miele di acacia, 500 g", category="Miele", producer="Apicoltura Ronchetti", unit="jar")
        add_product(self.session, marta, supplier_id, honey, PriceSaid(PRICE), from_day=today)
        return supplier_id

    def _order(self, title: str, families: Mapping[str, int]) -> int:
        """Families write down how many jars they would like; who has no honey of their own comes for it."""
        marta, today = self.who(MARTA), clock.today(self.people.community.time_zone)
        times = Times(clock.now() - timedelta(hours=1), clock.now() + timedelta(days=4), today + timedelta(days=8))
        place = Where("Oratorio di San Luca", time(17), time(19))
        cycle_id = make_cycle(self.session, marta, self.supplier_id, What(title, "", times), place).id or 0
        open_cycle(self.session, marta, cycle_id)
        product = select(col(CycleProduct.id)).where(col(CycleProduct.cycle_id) == cycle_id)
        where = select(col(CyclePlace.id)).where(col(CyclePlace.cycle_id) == cycle_id)
        product_id, place_id = self.session.scalars(product).one(), self.session.scalars(where).one()
        for code, jars in families.items():
            save_order(self.session, self.who(code), cycle_id, Wish({product_id or 0: jars * 1000}, place_id or 0))
        return cycle_id
