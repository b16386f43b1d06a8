"""Who the people of the demo buy from together: a farm with a real list of prices, and a mill that takes a break."""

from datetime import timedelta

from civic_centers.suppliers import actions
from civic_centers.suppliers.actions import LIST, AboutSupplier
from civic_centers.suppliers.rules import PriceSaid, Said
from civic_centers.suppliers.rules.lists import BAND, list_columns
from community.importing.queries import zones_by_name
from demo.files import FIRST, must_be_right
from demo.scene import ELENA, Scene
from foundation import clock
from foundation.access import Actor
from foundation.importing import read_table, take_rows
from foundation.importing.kinds import kind_for
from foundation.importing.peeking import peek
from foundation.importing.runs import MOST_BYTES, let_go, remember_made
from foundation.importing.tables import ImportRun

MARTA = "F007-1"
FILE = "listino.csv"
FARM = "Cascina Lago Scuro"
ZONE = "Cremona, zona Po"


class Buying(Scene):
    """Suppliers of the zone of the Po; Elena keeps them."""

    def play(self) -> None:
        """Write them down some weeks ago, with their lists; and one price that goes up next month."""
        zone_id = zones_by_name(self.session, self.people.community_id)[ZONE]
        maker, elena = self.who(MARTA), self.who(ELENA)
        with clock.at(self.now - timedelta(days=45)):
            actions.add_purchaser(self.session, maker, zone_id, elena.must_be_person())
            about = AboutSupplier(
                FARM, zone_id, "Farine, pasta, ortaggi e formaggi, quasi tutto bio", contact_name="Ivo Bonali",
                contact_phone="0372 555 0142", contact_email="ordini@example.org", order_minimum=25_000,
                delivery_days="Il primo venerdì del mese, nel pomeriggio",
                delivery_notes="Scarica al Circolo del Po: serve chi aiuta con le cassette.",
            )  # fmt: skip
            farm = actions.add_supplier(self.session, elena, about).id or 0
            self._list_of(farm, elena)
            about = AboutSupplier("Mulino Sobrino", zone_id, "Farine macinate a pietra", delivery_days="A fine mese")
            mill = actions.add_supplier(self.session, elena, about).id or 0
            today = clock.today(self.people.community.time_zone)
            flour = Said(
                "Farina di segale, 1 kg", category="Farine", producer="Mulino Sobrino", label="bio", pack=10_000
            )
            rye = actions.add_product(self.session, elena, mill, flour, PriceSaid(31_500, None, 400), from_day=today)
            actions.say_interest(self.session, elena, mill, "Ci lavora mia sorella")
        coming = clock.today(self.people.community.time_zone) + timedelta(days=30)
        actions.set_price(self.session, elena, rye.id or 0, PriceSaid(33_900, None, 400), from_day=coming)
        actions.set_state(self.session, elena, mill, "paused", "Riprende dopo le feste")

    def _list_of(self, supplier_id: int, who: Actor) -> None:
        """The list of the farm, taken in as its keepers would. Raises Broken when a line is at fault."""
        path = FIRST / FILE
        content = path.read_bytes()
        guess = {one.guess: one.place for one in peek(content, list_columns(), max_bytes=MOST_BYTES) if one.guess}
        run_id = actions.start_list(
            self.session, who, kind_for(who, LIST), supplier_id, name=FILE, content=content, guess=guess,
            from_day=clock.today(self.people.community.time_zone), ends_missing=True,
        )  # fmt: skip
        asked = actions.list_import(self.session, who, run_id)
        sheet = read_table(content, asked.columns, places=guess, band=BAND)
        must_be_right(path, sheet)
        intake = asked.intake(sheet.rows)
        new = take_rows(self.session, sheet, intake.take_row, finish=intake.finish)
        must_be_right(path, sheet)
        run = self.session.get_one(ImportRun, run_id)
        let_go(self.session, run, "taken")
        run.lines, run.new, run.ended_at = len(sheet.rows), new, clock.now()
        remember_made(self.session, run_id, intake.made)
