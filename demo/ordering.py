"""What the people of the demo order together from the farm: last month's order is done, this month's is open."""

from datetime import datetime, time, timedelta

from sqlmodel import col, select

from civic_centers.labs.actions import join_lab, make_lab
from civic_centers.labs.rules import About
from civic_centers.purchasing.actions.changing import add_cost, weigh
from civic_centers.purchasing.actions.closing import close
from civic_centers.purchasing.actions.making import What, change_cycle, make_cycle, open_cycle
from civic_centers.purchasing.actions.moving_on import deliver, finish, send
from civic_centers.purchasing.actions.ordering import Wish, save_order
from civic_centers.purchasing.actions.placing import Where, add_place
from civic_centers.purchasing.actions.repeating import Every, begin_rhythm
from civic_centers.purchasing.queries.single import orders_of, places_of, products_of
from civic_centers.purchasing.rules.cycles import Times
from civic_centers.purchasing.tables import CycleProduct, OrderCycle
from civic_centers.suppliers.tables import Supplier
from demo.buying import FARM, MARTA
from demo.scene import ELENA, GIORGIO, LUISA, NADIA, SAMIRA, Scene, Steps
from foundation import clock, outbox

ORATORY, CLUB = "Oratorio di Sant’Ambrogio", "Circolo del Po"


class Ordering(Scene):
    """Two cycles of the farm; Elena is in charge of both."""

    def steps(self) -> list[Steps]:
        """Every scene, moment by moment."""
        return [self._last_month(), self._this_month()]

    def _last_month(self) -> Steps:
        """Everything fetched and weighed; what each owes is known to the cent."""
        opens = self.local(days=-30, hour=8)
        yield opens
        with outbox.muted():
            cycle = self._cycle("La spesa del mese scorso", opens, days=6)
            add_cost(self.session, self.who(ELENA), cycle.id or 0, "Trasporto dalla cascina", 1800, "weight")
            open_cycle(self.session, self.who(ELENA), cycle.id or 0)
        yield opens + timedelta(days=2)
        with outbox.muted():
            for number, code in enumerate((SAMIRA, GIORGIO, NADIA)):
                self._order(code, cycle, first=number * 2, many=4)
        yield opens + timedelta(days=6, hours=1)
        with outbox.muted():
            elena, cycle_id = self.who(ELENA), cycle.id or 0
            close(self.session, elena, cycle_id)
            send(self.session, elena, cycle_id)
        yield opens + timedelta(days=9)
        with outbox.muted():
            deliver(self.session, elena, cycle_id)
            self._weigh(cycle)
            finish(self.session, elena, cycle_id)

    def _this_month(self) -> Steps:
        """Open for some days still: a pack is missing something, and the farm's minimum is near."""
        opens = self.local(days=-2, hour=8)
        yield opens
        with outbox.muted():
            cycle = self._cycle("La spesa del mese alla cascina", opens, days=5, minimum_cents=9_000)
            elena, cycle_id = self.who(ELENA), cycle.id or 0
            self._of_a_lab(cycle)
            add_place(self.session, elena, cycle_id, Where(ORATORY, time(17, 30), time(19)))
            add_cost(self.session, elena, cycle_id, "Trasporto dalla cascina", 2000, "value")
            begin_rhythm(self.session, elena, cycle_id, Every(months=1))
            open_cycle(self.session, elena, cycle_id)
        yield self.now - timedelta(hours=20)
        with outbox.muted():
            for number, code in enumerate((SAMIRA, GIORGIO, LUISA)):
                self._order(code, cycle, first=number, many=5)
            self._order(GIORGIO, cycle, first=3, many=2, friend="Il signor Ugo del terzo piano")

    # ------------------------------------------------------------ their parts

    def _of_a_lab(self, cycle: OrderCycle) -> None:
        """The group that buys together is a lab of the zone: Elena works in it, and the order stands on its page."""
        need = "Comprare bene spende meno, se si è in tanti e si sa da chi si compra."
        about = About("La spesa di gruppo", need, cycle.zone_id, kind="purchasing", entry="open", is_public=True)
        lab_id = make_lab(self.session, self.who(MARTA), about).id or 0
        for code in (ELENA, SAMIRA):
            join_lab(self.session, self.who(code), lab_id)
        what = What(
            cycle.title, cycle.words, Times(cycle.opens_at, cycle.closes_at, cycle.delivery_on), cycle.minimum_cents,
            cycle.short_rule, cycle.pack_rule, cycle.keep_open_hours, cycle.keep_open_most, cycle.drop_hours, lab_id,
        )  # fmt: skip
        change_cycle(self.session, self.who(ELENA), cycle.id or 0, what, version=cycle.version)

    def _cycle(self, title: str, opens: datetime, *, days: int, minimum_cents: int = 0) -> OrderCycle:
        here = (col(Supplier.community_id) == self.people.community_id, col(Supplier.name) == FARM)
        supplier = self.session.exec(select(Supplier).where(*here)).one()
        closes = opens + timedelta(days=days, hours=14)
        delivery = clock.local(closes, self.people.community.time_zone).date() + timedelta(days=3)
        words = "Portate borse e cassette: quelle di cartone le riusiamo."
        what = What(
            title, words, Times(opens, closes, delivery), minimum_cents=minimum_cents,
            short_rule="keep_open" if minimum_cents else "send", pack_rule="trim" if minimum_cents else "send",
        )  # fmt: skip
        return make_cycle(self.session, self.who(ELENA), supplier.id or 0, what, Where(CLUB, time(17), time(19)))

    def _order(self, code: str, cycle: OrderCycle, *, first: int, many: int, friend: str = "") -> None:
        """Some things, beginning with the first so many: twice what is the least of each, or a little more."""
        products: list[CycleProduct] = products_of(self.session, cycle.id or 0)[first : first + many]
        wanted = {one.id or 0: max(one.least, one.step) + one.step for one in products}
        place = places_of(self.session, cycle.id or 0)[0].id or 0
        wish = Wish(wanted, place, 1 if friend else 0, friend)
        save_order(self.session, self.who(code), cycle.id or 0, wish)

    def _weigh(self, cycle: OrderCycle) -> None:
        """What is weighed is a little more than it was thought to be."""
        orders = {one.id or 0 for one in orders_of(self.session, cycle.id or 0)}
        for product in products_of(self.session, cycle.id or 0):
            if product.is_weighed and product.ordered:
                weights: dict[int, int | None] = dict.fromkeys(sorted(orders), product.step * 2 + 35)
                weigh(self.session, self.who(ELENA), cycle.id or 0, product.id or 0, weights)
