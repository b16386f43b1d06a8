"""What is done with a pledge, and with the page of who gives, stands in the record."""

from datetime import timedelta

from civic_centers.sponsors import actions
from foundation import clock
from tests.civic_centers.sponsors.stage import MONDAY, SPRING, TODAY, SponsorStage
from tests.record import Record

PLEDGE, PAGE = "pledge", "sponsor_page"


def test_of_a_pledge_from_the_offer_to_the_thanks(stage: SponsorStage) -> None:
    record, maker, bakery = Record(stage, PLEDGE), stage.cast.maker, stage.cast.bakery
    number = stage.offer()
    assert record.fresh() == [(PLEDGE, "offered")]
    assert record.of(actions.accept, maker, number, 1) == [(PLEDGE, "accepted")]
    line = stage.deliver(number, 1000)
    assert record.fresh() == [(PLEDGE, "delivered")]
    assert record.of(actions.correct, maker, number, line) == [(PLEDGE, "corrected")]
    assert record.of(actions.thank, maker, number, "Che buon pane") == [(PLEDGE, "thanked")]
    for named, verb in ((False, "unnamed"), (True, "named")):
        assert record.of(actions.be_named, bakery, number, named=named) == [(PLEDGE, verb)]
    assert record.of(actions.hide_pledge, maker, number) == [(PLEDGE, "hid")]
    assert record.of(actions.show_pledge_again, maker, number) == [(PLEDGE, "showed_again")]
    version = stage.pledge(number).version
    assert record.of(actions.end, maker, number, version, "Basta così") == [(PLEDGE, "ended")]


def test_of_what_comes_to_nothing(stage: SponsorStage) -> None:
    record, maker, bakery = Record(stage, PLEDGE), stage.cast.maker, stage.cast.bakery
    declined, taken_back, over, closed = (stage.offer() for _one in range(4))
    at_center = stage.accepted(stage.center_target)
    record.fresh()
    assert record.of(actions.decline, maker, declined, 1, "Ne abbiamo") == [(PLEDGE, "declined")]
    assert record.of(actions.withdraw, bakery, taken_back, 1) == [(PLEDGE, "withdrew")]
    with clock.at(MONDAY + (SPRING - TODAY) + timedelta(days=1)), stage.database.writing() as session:
        actions.end_over(session, over)
    assert record.fresh() == [(PLEDGE, "over by itself")]
    ended = record.of(actions.end_at_center, maker, stage.center_id, "Lavori")
    assert ended == [(PLEDGE, "ended")] * 2
    assert {stage.pledge(one).state for one in (closed, at_center)} == {"withdrawn", "ended"}


def test_of_the_page_of_who_gives(stage: SponsorStage) -> None:
    record, maker, bakery = Record(stage, PAGE), stage.cast.maker, stage.cast.bakery
    party_id = bakery.party.id
    kept = record.of(actions.keep_page, bakery, party_id, "Pane", is_public=True, version=1)
    assert kept == [(PAGE, "kept_page")]
    assert record.of(actions.hide_page, maker, party_id) == [(PAGE, "hid")]
    assert record.of(actions.show_page_again, maker, party_id) == [(PAGE, "showed_again")]
