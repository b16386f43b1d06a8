"""Cards, fees and receipts; and the gate: who gives holds a card, where the community asks for it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from community.cards.actions import record_card, remind_ending, renew_insurance, withdraw_card
from community.cards.queries import holders, own_cards, receipt_for
from community.cards.rules import NewCard, NewInsurance, NoCard, days_left, next_number
from community.cards.tables import Card
from community.communities.actions import change_rules
from community.communities.rules import RuleBook
from exchanges.agreements import actions as agreements
from exchanges.agreements.actions import Cheque, Made, record_cheques
from exchanges.agreements.rules import Terms
from exchanges.groups import actions as groups
from exchanges.series import actions as series
from foundation import clock
from foundation.database import Database
from foundation.errors import DomainError, Invalid, Missing, Refused
from foundation.outbox.tables import OutboxMessage
from tests.cast import Cast, Member
from tests.exchanges.agreements.stage import Stage
from tests.exchanges.groups.stage import terms as together
from tests.exchanges.series.stage import weekly

TODAY = clock.today("Europe/Rome")
YEAR = timedelta(days=365)


@pytest.fixture
def stage(database: Database, cast: Cast) -> Stage:
    return Stage(database, cast)


def card(stage: Stage, who: Member, by: Member | None = None, **more: object) -> Card:
    full = {"number": "", "since": TODAY, "until": TODAY + YEAR, **more}
    with stage.database.writing() as session:
        return record_card(session, (by or stage.cast.maker).actor, who.id, NewCard(**full))


def ask_for_cards(stage: Stage) -> None:
    """From yesterday on."""
    with clock.at(clock.now() - timedelta(days=1)), stage.database.writing() as session:
        change_rules(session, stage.cast.administrator.actor, RuleBook(card_before_giving=True))


def test_a_card_with_its_fee_and_receipt(stage: Stage) -> None:
    first = card(stage, stage.cast.anna, fee_cents=1250, paid_on=TODAY, insured_until=TODAY + YEAR)
    second = card(stage, stage.cast.chiara)
    third = card(stage, stage.cast.bashir, fee_cents=1000, paid_on=TODAY)
    assert [one.number for one in (first, second, third)] == ["1", "2", "3"]
    assert [one.receipt_number for one in (first, second, third)] == [1, None, 2]
    with stage.database.reading() as session:
        assert receipt_for(session, stage.cast.anna.actor, first.id).person.id == stage.cast.anna.id
        assert receipt_for(session, stage.cast.maker.actor, first.id)
        for stranger in (stage.cast.bashir, stage.cast.other_maker, stage.cast.zoe):
            with pytest.raises(Missing):
                receipt_for(session, stranger.actor, first.id)
        with pytest.raises(Missing):
            receipt_for(session, stage.cast.chiara.actor, second.id)


def test_a_person_keeps_their_number_and_a_year_is_not_counted_twice(stage: Stage) -> None:
    card(stage, stage.cast.anna, number="A-7")
    with pytest.raises(Invalid):
        card(stage, stage.cast.anna, since=TODAY + YEAR, until=TODAY + 2 * YEAR)
    after = TODAY + YEAR + timedelta(days=1)
    assert card(stage, stage.cast.anna, since=after, until=after + YEAR).number == "A-7"
    with pytest.raises(Invalid):
        card(stage, stage.cast.bashir, number="A-7")


def test_a_mistake_keeps_its_receipt_number(stage: Stage) -> None:
    wrong = card(stage, stage.cast.anna, fee_cents=1000, paid_on=TODAY)
    with stage.database.writing() as session:
        with pytest.raises(Invalid):
            withdraw_card(session, stage.cast.maker.actor, wrong.id, reason=" ")
        withdraw_card(session, stage.cast.maker.actor, wrong.id, reason="un altro nome")
        with pytest.raises(DomainError):
            withdraw_card(session, stage.cast.maker.actor, wrong.id, reason="ancora")
    right = card(stage, stage.cast.anna, fee_cents=1000, paid_on=TODAY)
    assert (wrong.receipt_number, right.receipt_number, right.number) == (1, 2, wrong.number)
    with stage.database.reading() as session:
        assert [one.id for one in own_cards(session, stage.cast.anna.actor)] == [right.id]


@pytest.mark.parametrize("wrong", [
    {"until": TODAY - timedelta(days=1)}, {"until": TODAY + 4 * YEAR}, {"fee_cents": 100}, {"number": "x" * 21},
    {"fee_cents": 100, "paid_on": TODAY + timedelta(days=1)}, {"insured_until": TODAY - timedelta(days=1)},
    {"fee_cents": 100_001, "paid_on": TODAY},
])  # fmt: skip
def test_what_cannot_be(stage: Stage, wrong: dict) -> None:
    with pytest.raises(Invalid):
        card(stage, stage.cast.anna, **wrong)


def test_makers_of_the_zone_and_never_for_oneself(stage: Stage) -> None:
    for by in (stage.cast.other_maker, stage.cast.bashir, stage.cast.zoe):
        with pytest.raises(Missing):
            card(stage, stage.cast.anna, by)
    with pytest.raises(Refused):
        card(stage, stage.cast.maker, stage.cast.maker)
    card(stage, stage.cast.maker, stage.cast.administrator)
    with stage.database.reading() as session:
        seen = {one.person.id for one in holders(session, stage.cast.other_maker.actor)}
        assert seen == {stage.cast.dario.id, stage.cast.other_maker.id}
        with pytest.raises(Missing):
            holders(session, stage.cast.anna.actor)


def test_two_receipts_at_the_same_moment_have_neither_gap_nor_twin(stage: Stage) -> None:
    who = [stage.cast.anna, stage.cast.bashir, stage.cast.chiara]
    with ThreadPoolExecutor(3) as pool:
        numbers = list(pool.map(lambda one: card(stage, one, fee_cents=500, paid_on=TODAY).receipt_number, who))
    assert sorted(numbers) == [1, 2, 3]


def test_the_reminders(stage: Stage) -> None:
    card(stage, stage.cast.anna, until=TODAY + timedelta(days=20))
    card(stage, stage.cast.bashir, until=TODAY + timedelta(days=40))
    with stage.database.writing() as session:
        assert remind_ending(session) == 1
        assert remind_ending(session) == 0
    with clock.at(clock.now() + timedelta(days=14)), stage.database.writing() as session:
        assert remind_ending(session) == 2
    with stage.database.reading() as session:
        rows = session.scalars(select(OutboxMessage)).all()
    told = [row.payload["person_id"] for row in rows if row.payload["notice"] == "cards:ends"]
    assert sorted(told) == sorted([stage.cast.anna.id, stage.cast.anna.id, stage.cast.bashir.id])


def test_the_insurance_may_end_before_the_card(stage: Stage) -> None:
    near = TODAY + timedelta(days=20)
    card(stage, stage.cast.anna, until=TODAY + YEAR, insured_until=near)
    card(stage, stage.cast.bashir, until=near, insured_until=near)
    with stage.database.writing() as session:
        assert remind_ending(session) == 2
        assert remind_ending(session) == 0
        card_and_insurance = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()
        told = [(row.payload["person_id"], row.payload["notice"]) for row in card_and_insurance]
        told = [one for one in told if one[1] != "cards:theirs_end"]
    assert told == [(stage.cast.bashir.id, "cards:ends"), (stage.cast.anna.id, "cards:insurance_ends")]
    with clock.at(clock.now() + timedelta(days=14)), stage.database.writing() as session:
        assert remind_ending(session) == 2


def test_makers_hear_once_a_month_how_many_cards_end_in_their_zones(stage: Stage) -> None:
    for who in (stage.cast.anna, stage.cast.bashir):
        card(stage, who, until=TODAY + timedelta(days=20))
    card(stage, stage.cast.maker, stage.cast.administrator, until=TODAY + timedelta(days=20))
    tomorrow = datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=UTC) + timedelta(days=1)
    for hours in (0, 1, 2):
        with clock.at(tomorrow + timedelta(hours=hours)), stage.database.writing() as session:
            remind_ending(session)
    with stage.database.reading() as session:
        rows = session.scalars(select(OutboxMessage)).all()
    told = [(row.payload["person_id"], row.payload["params"]) for row in rows if "theirs_end" in row.payload["notice"]]
    assert told == [(stage.cast.maker.id, {"count": 2})], "their own card is not among them"


def test_days_left() -> None:
    day = date(2027, 3, 31)
    left = {ahead: days_left(day, day - timedelta(days=ahead)) for ahead in (31, 30, 8, 7, 0)}
    assert left == {31: None, 30: 30, 8: 30, 7: 7, 0: 7}
    assert days_left(day, day + timedelta(days=1)) is None
    assert next_number(["9", "A-12", "10"]) == "11"


def made(stage: Stage, other: Member, *, i_gave: bool = True, day: date = TODAY) -> Made:
    """An hour of sewing with somebody."""
    return Made(other.party.id, i_gave, "Orlo", stage.cast.categories["repairs"].id, day, 60)


PATHS = {
    "answering a need": lambda stage, giver: stage.do(
        agreements.propose, giver, stage.post(stage.cast.chiara, "need"), Terms(minutes=60)
    ),
    "accepting on an offer": lambda stage, giver: stage.do(
        agreements.accept, giver, stage.proposed(giver, stage.cast.chiara), None
    ),
    "recording what one gave": lambda stage, giver: stage.do(
        agreements.record,
        giver,
        made(stage, stage.cast.chiara),
    ),
    "recording what one received": lambda stage, giver: stage.do(
        agreements.record,
        stage.cast.chiara,
        made(stage, giver, i_gave=False),
    ),
    "a paper cheque": lambda stage, giver: stage.do(
        record_cheques,
        stage.cast.maker,
        [Cheque(giver.party.id, stage.cast.chiara.party.id, 60, TODAY, "Orlo", stage.cast.categories["repairs"].id)],
        request_key="cheque",
    ),
    "a group": lambda stage, giver: stage.do(
        groups.open_group,
        giver,
        stage.post(giver, "offer", places=5),
        together(starts_at=clock.now() + timedelta(days=2)),
    ),
    "every week": lambda stage, giver: stage.do(
        series.propose,
        giver,
        stage.post(stage.cast.chiara, "need"),
        weekly(first_day=TODAY + timedelta(days=1)),
    ),
}


@pytest.mark.parametrize("path", PATHS)
def test_who_gives_holds_a_card_where_it_is_asked_for(stage: Stage, path: str) -> None:
    anna = stage.cast.anna
    ask_for_cards(stage)
    with pytest.raises(DomainError) as refused:
        PATHS[path](stage, anna)
    said = str(refused.value) + repr(getattr(refused.value, "faults", ""))
    assert "membership card" in said or isinstance(refused.value, NoCard), said
    card(stage, anna)
    PATHS[path](stage, anna)


def test_families_receive_without_a_card(stage: Stage) -> None:
    ask_for_cards(stage)
    card(stage, stage.cast.anna)
    stage.settled(stage.cast.anna, stage.cast.bashir)


def test_a_card_that_has_ended_opens_nothing(stage: Stage) -> None:
    ask_for_cards(stage)
    card(stage, stage.cast.anna, since=TODAY - YEAR, until=TODAY - timedelta(days=1))
    with pytest.raises(NoCard):
        PATHS["recording what one gave"](stage, stage.cast.anna)


def test_what_was_given_before_the_rule_needs_none(stage: Stage) -> None:
    ask_for_cards(stage)
    made = Made(
        stage.cast.chiara.party.id, True, "Orlo", stage.cast.categories["repairs"].id, TODAY - timedelta(days=3), 60
    )
    stage.do(agreements.record, stage.cast.anna, made)


def insure(stage: Stage, who: Member, until: date, fee_cents: int = 0, by: Member | None = None) -> Card:
    paid_on = TODAY if fee_cents else None
    with stage.database.writing() as session:
        actor = (by or stage.cast.maker).actor
        return renew_insurance(session, actor, who.id, NewInsurance(until, fee_cents, paid_on))


def test_the_insurance_alone_inside_a_card(stage: Stage) -> None:
    anna, month = stage.cast.anna, timedelta(days=30)
    membership = card(stage, anna, number="A-7", insured_until=TODAY + month, fee_cents=1000, paid_on=TODAY)
    renewed = insure(stage, anna, TODAY + 2 * month, fee_cents=500)
    assert (renewed.number, renewed.since, renewed.until) == (
        "A-7",
        TODAY + month + timedelta(days=1),
        TODAY + 2 * month,
    )
    assert (membership.receipt_number, renewed.receipt_number) == (1, 2), "one series of receipts"
    with stage.database.reading() as session:
        assert receipt_for(session, anna.actor, renewed.id).card.for_insurance
        [held] = [one.until for one in holders(session, stage.cast.maker.actor) if one.person.id == anna.id]
        assert held == membership.until, "it is no membership"
    for until in (TODAY + month, TODAY - month):
        with pytest.raises(Invalid) as refused:
            insure(stage, anna, until)
        assert refused.value.field == "insured_until"
    with pytest.raises(Missing):
        insure(stage, anna, TODAY + 3 * month, by=stage.cast.other_maker)
    with pytest.raises(Refused):
        insure(stage, stage.cast.bashir, TODAY + month)
    with pytest.raises(Refused):
        insure(stage, stage.cast.maker, TODAY + month)


def test_an_insurance_is_no_card_to_give_with_and_is_reminded_by_itself(stage: Stage) -> None:
    anna = stage.cast.anna
    card(stage, anna, since=TODAY - YEAR, until=TODAY, insured_until=TODAY - timedelta(days=1))
    insure(stage, anna, TODAY + YEAR)
    ask_for_cards(stage)
    with clock.at(clock.now() + timedelta(days=2)), pytest.raises(NoCard):
        stage.settled(anna, stage.cast.bashir)
    with clock.at(clock.now() + YEAR - timedelta(days=5)), stage.database.writing() as session:
        assert remind_ending(session) == 1
    with stage.database.reading() as session:
        rows = session.exec(select(OutboxMessage)).all()
        assert [row.payload["notice"] for row in rows if "cards" in str(row.payload)] == ["cards:insurance_ends"]
