"""Parts of a pledge: they add up to the cent, are taken back by a line, and never touch the ledger of hours."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from sqlalchemy import update
from sqlalchemy.exc import DatabaseError
from sqlmodel import func, select

from civic_centers.reckoning.actions.writing import Movement, hold, write
from civic_centers.reckoning.queries.quota import in_quota
from civic_centers.reckoning.rules import Place
from civic_centers.reckoning.tables import PurseEntry
from civic_centers.sponsors import actions
from civic_centers.sponsors.queries import statement_of, view_of
from civic_centers.sponsors.rules import NotNow, Target, is_complete
from civic_centers.sponsors.tables import PledgeDelivery
from exchanges.ledger.tables import Entry, Transfer
from foundation.errors import Invalid, Missing, Refused
from foundation.feature import registry
from tests.civic_centers.sponsors.stage import TODAY, SponsorStage


def given_cents(stage: SponsorStage, pledge_id: int) -> int:
    with stage.database.reading() as session:
        return view_of(session, stage.cast.maker.actor, pledge_id).given_cents


def in_ledger(stage: SponsorStage) -> tuple[int, int]:
    with stage.database.reading() as session:
        entries, transfers = (session.scalar(select(func.count()).select_from(one)) or 0 for one in (Entry, Transfer))
    return entries, transfers


def test_money_is_kept_once_it_is_whole_and_no_hour_moves(stage: SponsorStage) -> None:
    before = in_ledger(stage)
    pledge_id = stage.accepted(kind="money", amount_cents=10_000)
    stage.deliver(pledge_id, 3_333)
    assert stage.pledge(pledge_id).state == "accepted"
    last = stage.deliver(pledge_id, 6_667)
    assert (stage.pledge(pledge_id).state, given_cents(stage, pledge_id)) == ("kept", 10_000)
    stage.do(actions.correct, stage.cast.maker, pledge_id, last)
    assert (stage.pledge(pledge_id).state, given_cents(stage, pledge_id)) == ("accepted", 3_333)
    assert in_ledger(stage) == before


def test_goods_are_kept_when_somebody_says_so(stage: SponsorStage) -> None:
    pledge_id = stage.accepted()
    stage.deliver(pledge_id)
    assert stage.pledge(pledge_id).state == "accepted"
    stage.deliver(pledge_id, is_last=True)
    assert stage.pledge(pledge_id).state == "kept"


def test_a_line_is_taken_back_once(stage: SponsorStage) -> None:
    pledge_id = stage.accepted()
    line = stage.deliver(pledge_id, 500)
    back = stage.do(actions.correct, stage.cast.maker, pledge_id, line).id
    with pytest.raises(NotNow):
        stage.do(actions.correct, stage.cast.maker, pledge_id, line)
    for other in (back, 9999):
        with pytest.raises(Missing):
            stage.do(actions.correct, stage.cast.maker, pledge_id, other)
    other_pledge = stage.accepted(words="Altro pane")
    with pytest.raises(Missing):
        stage.do(actions.correct, stage.cast.maker, other_pledge, line)


def test_taken_back_twice_at_once(stage: SponsorStage) -> None:
    pledge_id = stage.accepted()
    line = stage.deliver(pledge_id, 500)
    assert stage.correct_twice_at_once(pledge_id, line) == ["done", "late"]
    assert given_cents(stage, pledge_id) == 0


def test_what_cannot_be(stage: SponsorStage) -> None:
    money, offered = stage.accepted(kind="money", amount_cents=100), stage.offer()
    for cents in (None, 0, -5, 100_000_000):
        with pytest.raises(Invalid) as wrong:
            stage.deliver(money, cents)
        assert wrong.value.field == "cents"
    with pytest.raises(Invalid) as not_yet:
        stage.deliver(money, 100, TODAY + timedelta(days=1))
    assert not_yet.value.field == "day"
    with pytest.raises(Invalid) as long_ago:
        stage.deliver(money, 100, TODAY - timedelta(days=4 * 366))
    assert long_ago.value.field == "day"
    with pytest.raises(NotNow):
        stage.deliver(offered, 100)
    with pytest.raises(Missing):
        stage.do(actions.deliver, stage.cast.bakery, money, TODAY, 100)


def test_parts_add_up_to_no_absurd_sum(stage: SponsorStage) -> None:
    pledge_id = stage.accepted()
    stage.deliver(pledge_id, 99_999_900)
    with pytest.raises(Invalid) as too_much:
        stage.deliver(pledge_id, 100)
    assert too_much.value.field == "cents"
    stage.deliver(pledge_id, 99)
    assert given_cents(stage, pledge_id) == 99_999_999


def test_the_database_changes_no_line(stage: SponsorStage) -> None:
    stage.deliver(stage.accepted(), 500)
    with pytest.raises(DatabaseError), stage.database.writing() as session:
        session.exec(update(PledgeDelivery).values(cents=1))


def test_others_hear_of_each_line(stage: SponsorStage, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[int] = []

    def hear(_session: Any, _actor: Any, _pledge: Any, line: PledgeDelivery) -> None:
        heard.append(line.cents)

    ask = registry.hooks
    monkeypatch.setattr(registry, "hooks", lambda name: [hear] if name == "pledge_delivered" else ask(name))
    pledge_id = stage.accepted()
    line = stage.deliver(pledge_id, 500)
    stage.do(actions.correct, stage.cast.maker, pledge_id, line)
    assert heard == [500, -500]


def test_the_statement_of_a_year(stage: SponsorStage) -> None:
    bread = stage.accepted()
    money = stage.accepted(kind="money", amount_cents=9_900, words="Per i libri")
    stage.deliver(bread, 1_010)
    stage.deliver(bread, 990, TODAY.replace(year=2026, month=12, day=31))
    stage.deliver(money, 9_900)
    wrong = stage.deliver(money, 7)
    stage.do(actions.correct, stage.cast.maker, money, wrong)
    with stage.database.reading() as session:
        this, last = (statement_of(session, stage.cast.bakery.party.id, year) for year in (2027, 2026))
    assert (this.sums, this.cents) == ({"goods": 1_010, "money": 9_900}, 10_910)
    assert [one.cents for one in this.lines] == [1_010, 9_900]
    assert last.sums == {"goods": 990}


def test_money_for_the_solidarity_quota_stands_in_it(stage: SponsorStage) -> None:
    """Written once, by the sponsors: the till reads the same, and what is taken back goes out again."""
    pledge_id = stage.accepted(Target("fund", cause="La quota solidale"), kind="money", amount_cents=9_000)
    stage.deliver(pledge_id, 1_000)
    line = stage.deliver(pledge_id, 2_500, quota_way="cash")
    stage.deliver(pledge_id, 700, quota_way="transfer")

    def held() -> int:
        with stage.database.reading() as session:
            return in_quota(session, stage.cast.maker.actor)

    assert held() == 3_200
    stage.do(actions.correct, stage.cast.maker, pledge_id, line)
    assert held() == 700
    goods, money = stage.accepted(), stage.accepted(kind="money", amount_cents=100)
    for other in (goods, money):
        with pytest.raises(Invalid) as wrong:
            stage.deliver(other, 100, quota_way="cash")
        assert wrong.value.field == "quota_way"
    with pytest.raises(Invalid):
        stage.deliver(pledge_id, 100, quota_way="hours")


def test_what_the_quota_has_paid_out_is_not_taken_back(stage: SponsorStage) -> None:
    pledge_id = stage.accepted(Target("fund", cause="La quota solidale"), kind="money", amount_cents=9_000)
    line = stage.deliver(pledge_id, 2_500, quota_way="cash")
    with stage.database.writing() as session:
        purses = hold(session, stage.cast.community.id, (Place("quota"), Place("cash")))
        paid = select(PurseEntry).where(PurseEntry.request_key == f"pledge:{line}")
        out = Movement("reversal", Place("quota"), Place("cash"), 2_500, "out", reverses_id=session.exec(paid).one().id)
        write(session, None, stage.cast.community.id, purses, out)
    with pytest.raises(Refused):
        stage.do(actions.correct, stage.cast.maker, pledge_id, line)
    assert given_cents(stage, pledge_id) == 2_500


@settings(max_examples=50, deadline=None)
@given(some.lists(some.tuples(some.integers(1, 5_000), some.booleans()), max_size=8), some.integers(1, 20_000))
def test_when_a_pledge_is_whole(lines: list[tuple[int, bool]], amount: int) -> None:
    enough = sum(cents for cents, _last in lines) >= amount
    last = any(one for _cents, one in lines)
    assert is_complete(amount, "money", lines) == (enough or last)
    assert is_complete(amount, "goods", lines) == last
