"""Shares from the solidarity quota: asked or offered, paid like any other, and nobody sees whose."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from civic_centers.reckoning import actions
from civic_centers.reckoning.queries.own import receipt_for
from civic_centers.reckoning.queries.quota import (
    in_quota,
    request_entrusted,
    requests_waiting,
    told_of_quota,
)
from civic_centers.reckoning.queries.till import till_of
from civic_centers.reckoning.rules import Moved, told_of
from civic_centers.reckoning.tables import QuotaRequest
from foundation import clock
from foundation.errors import Invalid, Missing, Refused, Stale
from tests.civic_centers.reckoning.books import Books, all_at_once


def test_asked_and_granted(books: Books) -> None:
    cycle = books.cycle({"anna": 2347})
    books.give(5000)
    entry = books.grant("anna", 2347)
    assert (books.balance("anna"), books.of("quota")) == (0, 5000 - 2347)
    assert entry.receipt_number == 1
    assert entry.cycle_id == cycle
    assert books.letters("maker") == ["reckoning:asked"]
    assert books.letters("anna") == ["reckoning:receipt", "reckoning:answered"]
    assert books.letters("other_maker") == []


def test_no_more_than_is_open_nor_than_there_is(books: Books) -> None:
    books.cycle({"anna": 2347})
    with pytest.raises(Refused):
        books.do(actions.ask_quota, books.cast.anna, actions.Ask(2348))
    asked = books.do(actions.ask_quota, books.cast.anna, actions.Ask(2347))
    books.give(2000)
    with pytest.raises(Refused):
        books.do(actions.grant, books.cast.maker, asked.id, 2347)
    books.do(actions.grant, books.cast.maker, asked.id, 2000)
    assert (books.balance("anna"), books.of("quota")) == (-347, 0)


def test_granted_once_by_two_at_once(books: Books) -> None:
    books.cycle({"anna": 2347})
    books.give(5000)
    asked = books.do(actions.ask_quota, books.cast.anna, actions.Ask(1000))
    answers = []

    def grant() -> None:
        try:
            answers.append(books.do(actions.grant, books.cast.maker, asked.id, 1000).kind)
        except Stale:
            answers.append("stale")

    all_at_once([grant] * 3)
    assert sorted(answers) == ["quota", "stale", "stale"]
    assert books.of("quota") == 4000


def test_one_question_at_a_time(books: Books) -> None:
    books.cycle({"anna": 2347})
    first = books.do(actions.ask_quota, books.cast.anna, actions.Ask(1000))
    with pytest.raises(Stale):
        books.do(actions.ask_quota, books.cast.anna, actions.Ask(1000))
    books.do(actions.withdraw_request, books.cast.anna, first.id)
    books.do(actions.ask_quota, books.cast.anna, actions.Ask(1000))


def test_declined_with_a_word(books: Books) -> None:
    books.cycle({"anna": 2347})
    asked = books.do(actions.ask_quota, books.cast.anna, actions.Ask(1000))
    with pytest.raises(Invalid):
        books.do(actions.decline, books.cast.maker, asked.id, " ")
    books.do(actions.decline, books.cast.maker, asked.id, "Passa a trovarmi")
    with pytest.raises(Stale):
        books.do(actions.grant, books.cast.maker, asked.id, 1000)
    assert books.letters("anna") == ["reckoning:answered"]


def test_answered_once(books: Books) -> None:
    cast = books.cast
    books.cycle({"anna": 2347})
    asked = books.do(actions.ask_quota, cast.anna, actions.Ask(1000))
    books.do(actions.decline, cast.maker, asked.id, "Passa a trovarmi")
    for act, who, *said in (
        (actions.decline, cast.maker, "Anzi no"),
        (actions.withdraw_request, cast.anna),
    ):
        with pytest.raises(Stale):
            books.do(act, who, asked.id, *said)
    offered = books.do(actions.offer, cast.maker, cast.anna.party.id, 1000)
    books.do(actions.answer_offer, cast.anna, offered.id, yes=False)
    for yes in (False, True):
        with pytest.raises(Stale):
            books.do(actions.answer_offer, cast.anna, offered.id, yes=yes)
    with books.database.reading() as session:
        rows = session.exec(select(QuotaRequest).order_by(QuotaRequest.id)).all()
        assert [(one.state, one.answer) for one in rows] == [("declined", "Passa a trovarmi"), ("declined", "")]


def test_offered_taken_and_refused(books: Books) -> None:
    books.cycle({"anna": 2347})
    books.give(5000)
    family = books.cast.anna.party.id
    first = books.do(actions.offer, books.cast.maker, family, 1000)
    assert books.letters("anna") == ["reckoning:offered"]
    books.do(actions.answer_offer, books.cast.anna, first.id, yes=True)
    assert books.balance("anna") == -1347
    for _ in range(2):
        one = books.do(actions.offer, books.cast.maker, family, 1000)
        books.do(actions.answer_offer, books.cast.anna, one.id, yes=False)
    with pytest.raises(Refused):
        books.do(actions.offer, books.cast.maker, family, 1000)
    assert books.of("quota") == 4000


def test_an_offer_pays_no_more_than_is_still_open(books: Books) -> None:
    cycle = books.cycle({"anna": 2347})
    books.give(5000)
    one = books.do(actions.offer, books.cast.maker, books.cast.anna.party.id, 2347)
    books.pay(cycle, "anna", 2000)
    books.do(actions.answer_offer, books.cast.anna, one.id, yes=True)
    assert (books.balance("anna"), books.of("quota")) == (0, 5000 - 347)


def test_who_reads_what_was_asked(books: Books) -> None:
    books.cycle({"anna": 2347})
    kept_from = actions.Ask(1000, "Mese difficile", excluded_maker_id=books.cast.maker.id)
    asked = books.do(actions.ask_quota, books.cast.anna, kept_from)
    assert books.letters("maker") == []
    with books.database.reading() as session:
        for name in ("anna", "bashir", "maker", "other_maker", "administrator"):
            with pytest.raises(Missing):
                request_entrusted(session, books.cast.members[name].actor, asked.id)
            assert requests_waiting(session, books.cast.members[name].actor) == []
    with pytest.raises(Missing):
        books.do(actions.grant, books.cast.maker, asked.id, 1000)
    with pytest.raises(Invalid):
        books.do(actions.withdraw_request, books.cast.anna, asked.id)
        books.do(actions.ask_quota, books.cast.anna, actions.Ask(1, excluded_maker_id=books.cast.bashir.id))


def test_words_are_sealed(books: Books) -> None:
    books.cycle({"anna": 2347})
    books.do(actions.ask_quota, books.cast.anna, actions.Ask(1000, "Ho perso il lavoro"))
    with books.database.reading() as session:
        raw = session.connection().exec_driver_sql("SELECT words FROM quota_request").scalar()
        assert session.exec(select(QuotaRequest)).one().words == "Ho perso il lavoro"
    assert "lavoro" not in raw


def test_a_maker_does_not_grant_to_their_own(books: Books) -> None:
    books.cycle({"maker": 2347})
    books.give(5000)
    asked = books.do(actions.ask_quota, books.cast.maker, actions.Ask(1000))
    with pytest.raises(Missing):
        books.do(actions.grant, books.cast.maker, asked.id, 1000)
    with pytest.raises(Refused):
        books.do(actions.offer, books.cast.maker, books.cast.maker.party.id, 10)


def test_only_makers_see_what_the_quota_holds(books: Books) -> None:
    books.give(5000)
    with books.database.reading() as session:
        assert in_quota(session, books.cast.maker.actor) == 5000
        for name in ("anna", "administrator"):
            with pytest.raises(Missing):
                in_quota(session, books.cast.members[name].actor)
    with pytest.raises(Missing):
        books.do(actions.give_to_quota, books.cast.anna, "cash", 5)
    with pytest.raises(Refused):
        books.do(actions.give_to_quota, books.cast.maker, "group", 5)


def test_the_till_says_the_same_of_who_paid_and_of_whom_the_quota_paid(books: Books) -> None:
    cycle = books.cycle({"anna": 2347, "bashir": 2347, "chiara": 100})
    books.give(5000)
    books.pay(cycle, "bashir", 2347)
    books.grant("anna", 2347)
    with books.database.reading() as session:
        till = till_of(session, books.cast.maker.actor, cycle)
        receipts = [receipt_for(session, books.cast.maker.actor, 2027, number) for number in (1, 2)]
    anna, bashir = till.families[:2]
    assert (anna.charged, anna.open) == (bashir.charged, bashir.open) == (2347, 0)
    assert (till.paid, till.open, till.cash) == (2 * 2347, 100, None)
    same = [(one.kind, one.cents, one.title, one.whole, one.taken_back) for one in receipts]
    assert same[0] == same[1]


def test_what_the_quota_paid_can_be_taken_back_like_any_receipt(books: Books) -> None:
    books.cycle({"anna": 2347})
    books.give(5000)
    entry = books.grant("anna", 2347)
    back = books.do(actions.reverse, books.cast.maker, entry.id, "Era di un’altra")
    assert back.receipt_number == 2
    assert (books.balance("anna"), books.of("quota")) == (-2347, 5000)


def test_too_few_are_told_with_the_next() -> None:
    moves = [
        Moved(date(2026, 1, 5), 3000, 1), Moved(date(2026, 2, 5), 2000, 2), Moved(date(2026, 2, 6), 2000, 2),
        Moved(date(2026, 4, 5), 1540, 3), Moved(date(2026, 7, 5), 1000, 4), Moved(date(2026, 11, 5), 1000, 4),
    ]  # fmt: skip
    told = told_of(moves, date(2026, 11, 29))
    assert [(one.first, one.last, one.cents) for one in told] == [
        (date(2026, 1, 1), date(2026, 6, 30), 9000), (date(2026, 7, 1), date(2026, 9, 30), None),
    ]  # fmt: skip
    assert told_of(moves, date(2027, 1, 1))[-1].cents is None
    assert told_of([], date(2027, 1, 1)) == []


def test_what_everybody_may_know(books: Books) -> None:
    cycle = books.cycle({"anna": 2347, "bashir": 1000, "chiara": 500})
    books.give(5000)
    for name, cents in (("anna", 1000), ("bashir", 1000), ("chiara", 500)):
        books.pay(cycle, name, 100, gift=100)
        books.grant(name, cents)
    with books.database.reading() as session:
        assert told_of_quota(session, books.cast.community.id).used == [], "the quarter is not over"
    with clock.at(datetime(2027, 4, 1, 8, 0, tzinfo=UTC)), books.database.reading() as session:
        told = told_of_quota(session, books.cast.community.id)
    assert [(one.first, one.last, one.cents) for one in told.used] == [(date(2027, 1, 1), date(2027, 3, 31), 3000)]
    assert [one.cents for one in told.given] == [5000]
