"""Who gives a hand in the demo: bread for the homework, money for the fund, a room that is offered, and vouchers."""

from datetime import date, timedelta

from sqlmodel import col, select

from civic_centers.activities.tables import Activity
from civic_centers.centers.tables import Center
from civic_centers.sponsors import actions
from civic_centers.sponsors.rules import Target, Wish
from civic_centers.sponsors.tables import Pledge
from civic_centers.vouchers import actions as vouchers
from civic_centers.vouchers.actions import Given
from civic_centers.vouchers.rules import Wish as Vouchers
from community.members.queries import makers_of
from community.parties.tables import Party
from demo.scene import SAMIRA, Scene, Steps
from foundation import clock, outbox
from foundation.access import Actor, Grant

BAKERY, BOOKSHOP, COOPERATIVE = "O01", "O03", "O04"
OF_VESCOVATO = "Civic Center di Vescovato"
GIVEN_BEFORE = ("F008-1", "F009-1", "F010-1", "F011-1", "F012-1", "F013-1", "F015-1")
"""Who was given a voucher of the bakery months ago."""


class Giving(Scene):
    """Three organisations of Cremona."""

    def steps(self) -> list[Steps]:
        """Every scene, moment by moment."""
        return [
            self._for_the_quota(),
            self._vouchers_before(),
            self._bread_for_the_homework(),
            self._books(),
            self._a_room(),
            self._vouchers(),
        ]

    def _for_the_quota(self) -> Steps:
        """Money of the bakery for families' orders, months ago: what the quota paid since is told in round numbers."""
        yield self.now - timedelta(days=170)
        with outbox.muted():
            target = Target("fund", cause="La spesa di chi fa fatica")
            words = "L’incasso della festa del pane"
            pledge = self._pledge(BAKERY, target, words, kind="money", cents=20_000)
            maker = self._maker(pledge.zone_id)
            actions.accept(self.session, maker, pledge.id or 0, pledge.version)
            actions.deliver(self.session, maker, pledge.id or 0, self._today(), 20_000, quota_way="transfer")
            actions.thank(self.session, maker, pledge.id or 0, "Una festa che arriva in tante cucine: grazie!")

    def _vouchers_before(self) -> Steps:
        """Of these all were used, day by day, and their number is told once the quarter is over."""
        yield self.now - timedelta(days=168)
        bakery = self.who(BAKERY)
        with outbox.muted():
            wish = Vouchers("goods", "Una focaccia", 7, self._today() + timedelta(days=90), value_cents=350)
            offer = vouchers.offer_vouchers(self.session, bakery, bakery.must_be_party(), wish)
            maker = self._maker(offer.zone_id)
            vouchers.accept_offer(self.session, maker, offer.id or 0)
        for number, code in enumerate(GIVEN_BEFORE):
            yield self.now - timedelta(days=165 - number)
            with outbox.muted():
                home = self.session.get_one(Party, self.who(code).must_be_party())
                given = Given(home.id or 0, None, "need")
                one = vouchers.give(self.session, self._maker(home.zone_id), offer.id or 0, given)
                vouchers.redeem(self.session, bakery, one.code or "")

    def _bread_for_the_homework(self) -> Steps:
        """Accepted, given twice, thanked: the bakery stands in the calendar and on posters."""
        yield self.now - timedelta(days=40)
        bakery = self.who(BAKERY)
        with outbox.muted():
            pledge = self._pledge(
                BAKERY, Target("activity", self._homework()), "Il pane per la merenda dei compiti", cents=24_000
            )
            maker = self._maker(pledge.zone_id)
            actions.accept(self.session, maker, pledge.id or 0, pledge.version)
            words = "Pane, focaccia e qualche torta dal 1958. La merenda dei compiti la mettiamo noi, volentieri."
            actions.keep_page(self.session, bakery, bakery.must_be_party(), words, is_public=True, version=1)
        for days, cents in ((30, 6_000), (9, 6_500)):
            yield self.now - timedelta(days=days)
            with outbox.muted():
                actions.deliver(self.session, maker, pledge.id or 0, self._today(), cents)
        with outbox.muted():
            actions.thank(self.session, maker, pledge.id or 0, "I compiti profumano di focaccia: grazie, Forno Bodini!")

    def _books(self) -> Steps:
        """Money for a cause of the fund, a part of it given: a record in euro, and no hour moves."""
        yield self.now - timedelta(days=25)
        with outbox.muted():
            target = Target("fund", cause="Libri di scuola")
            pledge = self._pledge(COOPERATIVE, target, "Trecento euro per i libri", kind="money", cents=30_000)
            maker = self._maker(pledge.zone_id)
            actions.accept(self.session, maker, pledge.id or 0, pledge.version)
        yield self.now - timedelta(days=12)
        with outbox.muted():
            actions.deliver(self.session, maker, pledge.id or 0, self._today(), 15_000)

    def _a_room(self) -> Steps:
        """Offered this morning: a maker is to say yes or no."""
        yield self.now - timedelta(hours=5)
        self._pledge(
            BOOKSHOP, Target("center", self._center()), "Il retro della libreria, il martedì sera", kind="room"
        )

    def _vouchers(self) -> Steps:
        """One is in Samira's hands, another was used."""
        yield self.now - timedelta(days=20)
        bakery = self.who(BAKERY)
        party_id = bakery.must_be_party()
        with outbox.muted():
            wish = Vouchers(
                "goods", "Un chilo di pane", 10, self._today() + timedelta(days=120), value_cents=450, per="month",
                place="Al banco, tutte le mattine",
            )  # fmt: skip
            offer = vouchers.offer_vouchers(self.session, bakery, party_id, wish)
            vouchers.accept_offer(self.session, self._maker(offer.zone_id), offer.id or 0)
            home = self.session.get_one(Party, self.who(SAMIRA).must_be_party())
            maker = self._maker(home.zone_id)
            given = Given(home.id or 0, self.who(SAMIRA).person_id, "thanks", "Per la festa di fine corso")
            used = vouchers.give(self.session, maker, offer.id or 0, given)
        yield self.now - timedelta(days=15)
        with outbox.muted():
            vouchers.redeem(self.session, bakery, used.code or "")
        yield self.now - timedelta(days=1)
        vouchers.give(self.session, maker, offer.id or 0, given)

    # ------------------------------------------------------------ their parts

    def _pledge(
        self, code: str, target: Target, words: str, *, kind: str = "goods", cents: int | None = None
    ) -> Pledge:
        who, today = self.who(code), self._today()
        wish = Wish(target, kind, words, today, today + timedelta(days=300), cents, is_public=True)
        return actions.offer(self.session, who, who.must_be_party(), wish)

    def _maker(self, zone_id: int | None) -> Actor:
        person = makers_of(self.session, self.people.community_id, zone_id)[0]
        return Actor(self.people.community_id, person.id, grants=(Grant("maker"), Grant("member")))

    def _center(self) -> int:
        here = (col(Center.community_id) == self.people.community_id, col(Center.name) == OF_VESCOVATO)
        return self.session.exec(select(Center.id).where(*here)).one() or 0

    def _homework(self) -> int:
        there = (col(Activity.center_id) == self._center(), col(Activity.title) == "Compiti insieme")
        return self.session.exec(select(Activity.id).where(*there)).one() or 0

    def _today(self) -> date:
        return clock.today(self.people.community.time_zone)
