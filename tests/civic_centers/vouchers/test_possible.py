"""How many vouchers were used: round numbers, up to the last quarter that is over, before the shop and everybody."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from civic_centers.sponsors.actions import keep_page
from civic_centers.sponsors.queries import Giver
from civic_centers.vouchers import actions
from civic_centers.vouchers.queries import possible_line
from foundation import clock
from tests.civic_centers.vouchers.stage import VoucherStage
from tests.client import Browser, on_sqlite

IN_APRIL = datetime(2027, 4, 1, 8, 0, tzinfo=UTC)
SUMMER, WINTER_ENDS = date(2027, 8, 1), date(2027, 3, 31)


def use(stage: VoucherStage, number: int, **more: object) -> int:
    """So many of an offer are used on that Monday, and one more expires in somebody's hands: the offer."""
    offer_id = stage.accepted(most=50, until_on=SUMMER, **more)
    stage.give(offer_id)
    for _time in range(number):
        stage.do(actions.redeem, stage.cast.bakery, stage.give(offer_id).code)
    return offer_id


def told(
    stage: VoucherStage, when: datetime = IN_APRIL, *, who: str = "bakery", year: int | None = None,
    everybody: bool = False,
) -> list[tuple[object, object, object]]:  # fmt: skip
    party = stage.cast.members[who].party
    giver = Giver(party.community_id, party.id, (), year, everybody)
    with clock.at(when), stage.database.reading() as session:
        return [(one["number"], one["before"], one["until"]) for one in possible_line(session, giver)]


@pytest.mark.parametrize(("number", "said"), [(4, None), (7, 5)])
def test_rounded_down_and_nothing_below_five(stage: VoucherStage, number: int, said: int | None) -> None:
    use(stage, number)
    assert told(stage) == [(said, WINTER_ENDS, SUMMER)]
    assert told(stage, everybody=True) == ([] if said is None else [(said, WINTER_ENDS, SUMMER)])


def test_nothing_of_a_quarter_that_goes_on(stage: VoucherStage) -> None:
    use(stage, 6)
    with clock.at(IN_APRIL):
        use(stage, 6)
    assert told(stage, datetime(2027, 3, 31, 20, 0, tzinfo=UTC)) == [(None, date(2026, 12, 31), SUMMER)]
    assert told(stage)[0][0] == 5
    assert told(stage, datetime(2027, 7, 1, 8, 0, tzinfo=UTC))[0][0] == 10


def test_undone_and_called_back_are_not_counted(stage: VoucherStage) -> None:
    offer_id = use(stage, 4)
    undone, back = stage.give(offer_id), stage.give(offer_id)
    stage.do(actions.redeem, stage.cast.bakery, undone.code)
    stage.do(actions.undo, stage.cast.bakery, undone.code)
    stage.do(actions.call_back, stage.cast.maker, back.id)
    assert told(stage)[0][0] is None


def test_until_when_only_as_long_as_they_are_good(stage: VoucherStage) -> None:
    offer_id = use(stage, 6)
    stage.do(actions.withdraw_offer, stage.cast.bakery, offer_id)
    assert told(stage) == [(5, WINTER_ENDS, None)]
    stage.offer(until_on=date(2027, 12, 1))
    assert told(stage)[0][2] is None, "nobody has accepted it"
    assert told(stage, datetime(2028, 1, 1, 8, 0, tzinfo=UTC)) == [(5, date(2027, 12, 31), None)]


def test_out_of_sight_before_everybody(stage: VoucherStage) -> None:
    stage.do(actions.hide_offer, stage.cast.maker, use(stage, 6))
    assert told(stage) == [(5, WINTER_ENDS, SUMMER)]
    assert told(stage, everybody=True) == []


def test_of_no_other_shop_and_in_no_year(stage: VoucherStage) -> None:
    use(stage, 6)
    assert told(stage, who="anna") == told(stage, who="zoe") == []
    assert told(stage, year=2027) == [], "the statement says it on its own"


@on_sqlite
def test_on_pages(stage: VoucherStage, client_for: Callable[..., Browser], visitor: Browser) -> None:
    use(stage, 6)
    bakery = stage.cast.bakery
    stage.do(keep_page, bakery, bakery.party.id, "Pane", is_public=True, version=1)
    assert not visitor.look("/c/cremona/sponsors/bakery-e-famiglia").says("buoni usati")
    with clock.at(IN_APRIL):
        ours = client_for(bakery).look("/c/cremona/sponsors/ours")
        public = visitor.look("/c/cremona/sponsors/bakery-e-famiglia")
    for page in (ours, public):
        assert page.says("più di 4 buoni usati fino al 31 mar 2027")
        assert page.says("validi fino al 1 ago 2027")
        assert not page.says("Anna")
