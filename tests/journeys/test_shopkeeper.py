"""A shopkeeper with five minutes: a pledge from the telephone, and a voucher that counts once at the counter."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from civic_centers.vouchers import actions
from civic_centers.vouchers.actions import Given
from civic_centers.vouchers.rules import Wish
from foundation import clock
from foundation.database import Session
from tests.cast import Cast
from tests.journeys.server import Served
from tests.journeys.traveller import Traveller
from tests.journeys.way import walked_only

pytestmark = [pytest.mark.journey, walked_only(("phone", False, "it"))]


def test_bread_for_the_fund(people: Cast, travellers: Callable[..., Traveller]) -> None:
    shop = travellers(people.bakery).turn_to("Me").follow("What we give").follow("Pledge something")
    shop.page.locator("select[name=target]").select_option("fund:")
    shop.fill("For which cause of the fund?", "La merenda di gennaio")
    shop.choose("Things", of="What do you give?")
    shop.fill("In a few words", "Venti pagnotte")
    shop.choose("No", of="Does somebody of yours have a say in it, or is close to who has?")
    shop.press("Pledge it").reads("Thank you! A maker answers you soon.").checked()
    maker = travellers(people.maker).turn_to("Me").follow("Sponsors").follow_words("Venti pagnotte")
    maker.press("Accept").reads("Accepted: they have been told.").checked()


def test_a_voucher_at_the_counter(people: Cast, travellers: Callable[..., Traveller], served: Served) -> None:
    until = clock.now().date() + timedelta(days=30)
    with served.database() as database, database.writing() as session:
        code = _given(session, people, until)
    shop = travellers(people.bakery).go(f"/c/cremona/voucher/{code}")
    shop.heading_words("Un chilo di pane").reads("Valid").checked()
    other = travellers(people.bakery).go(f"/c/cremona/voucher/{code}")
    shop.press("Redeem the voucher").reads("Redeemed. Thank you!")
    other.press("Redeem the voucher")
    other.reads("It counts once. Please give nothing more for it.")


def _given(session: Session, people: Cast, until: date) -> str:
    bakery, maker = people.bakery.actor, people.maker.actor
    wish = Wish("goods", "Un chilo di pane", 5, until)
    offer = actions.offer_vouchers(session, bakery, people.bakery.party.id, wish)
    actions.accept_offer(session, maker, offer.id or 0)
    given = Given(people.anna.party.id, people.anna.id, "need")
    return actions.give(session, maker, offer.id or 0, given).code or ""
