"""What the record says of money: every movement that somebody writes down stands in it once."""

from datetime import UTC, datetime

import pytest
from sqlmodel import col, select

from civic_centers.reckoning import actions
from civic_centers.reckoning.queries.quota import told_of_quota
from civic_centers.reckoning.queries.till import out_of, till_of
from community.parties.tables import Party
from foundation import clock
from foundation.audit.tables import AuditEntry
from foundation.errors import Missing, Refused
from tests.civic_centers.reckoning.books import Books


def verbs(books: Books, kind: str) -> list[str]:
    with books.database.reading() as session:
        statement = select(col(AuditEntry.verb)).where(col(AuditEntry.kind) == kind)
        return list(session.exec(statement.order_by(col(AuditEntry.id))))


def close(books: Books, name: str) -> int:
    """The household is there no more."""
    party_id: int = books.cast.members[name].party.id
    with books.database.writing() as session:
        session.get_one(Party, party_id).closed_at = clock.now()
    return party_id


def test_of_the_accounts_of_an_order(books: Books) -> None:
    maker, cycle = books.cast.maker, books.cycle({"anna": 2347})
    books.settle(cycle)
    paid = books.pay(cycle, "anna", 3000)
    books.do(actions.refund, maker, cycle, books.cast.anna.party.id, 653, "cash")
    books.do(actions.reverse, maker, paid.id, "Era di Bashir")
    books.do(actions.pay_out, maker, cycle, "supplier", 2300, "transfer", "Fattura 12/2027")
    books.do(actions.close_accounts, maker, cycle, 47)
    assert verbs(books, "purse_receipt") == ["paid", "gave_back", "took_back"]
    assert verbs(books, "purse_cycle") == ["charged", "paid_out", "closed_accounts"]


def test_of_the_quota(books: Books) -> None:
    cast = books.cast
    books.cycle({"anna": 2347})
    books.give(5000)
    books.grant("anna", 1000)
    for act, *said in ((actions.decline, cast.maker, "Passa a trovarmi"), (actions.withdraw_request, cast.anna)):
        asked = books.do(actions.ask_quota, cast.anna, actions.Ask(100))
        books.do(act, said[0], asked.id, *said[1:])
    for yes in (True, False):
        offered = books.do(actions.offer, cast.maker, cast.anna.party.id, 100)
        books.do(actions.answer_offer, cast.anna, offered.id, yes=yes)
    taken_back = books.do(actions.offer, cast.maker, cast.anna.party.id, 100)
    books.do(actions.decline, cast.maker, taken_back.id, "Per errore")
    assert verbs(books, "quota_gift") == ["gave"]
    assert verbs(books, "quota_request") == [
        "asked", "granted", "asked", "declined", "asked", "withdrew",
        "offered", "accepted", "offered", "refused", "offered", "withdrew",
    ]  # fmt: skip


def test_of_who_has_left(books: Books) -> None:
    maker, cycle = books.cast.maker, books.cycle({"anna": 2347, "chiara": 500})
    books.pay(cycle, "chiara", 700)
    books.do(actions.write_off, maker, close(books, "anna"), 2347, "group", "Andata via")
    books.do(actions.hand_over, maker, close(books, "chiara"))
    assert verbs(books, "purse_left") == ["wrote_off", "handed_over"]


# ---------------------------------------------------------------- one's own, and what is no more there


def test_a_maker_settles_nothing_of_their_own(books: Books) -> None:
    cycle = books.cycle({"maker": 2347})
    books.pay(cycle, "maker", 2000)
    own = close(books, "maker")
    with pytest.raises(Refused):
        books.do(actions.write_off, books.cast.maker, own, 347, "group", "Andata via")
    with pytest.raises(Refused):
        books.do(actions.hand_over, books.cast.maker, own)
    assert books.balance("maker") == -347


def test_a_maker_who_asks_is_not_told_of_it(books: Books) -> None:
    books.cycle({"maker": 2347})
    books.do(actions.ask_quota, books.cast.maker, actions.Ask(1000))
    assert books.letters("maker") == []


def test_an_offer_when_nothing_is_open_any_more(books: Books) -> None:
    cycle = books.cycle({"anna": 2347})
    books.give(5000)
    with pytest.raises(Refused):
        books.do(actions.offer, books.cast.maker, books.cast.anna.party.id, 2348)
    offered = books.do(actions.offer, books.cast.maker, books.cast.anna.party.id, 2347)
    books.pay(cycle, "anna", 2347)
    with pytest.raises(Refused) as told:
        books.do(actions.answer_offer, books.cast.anna, offered.id, yes=True)
    assert "Nothing is open any more" in str(told.value)


def test_no_more_is_granted_than_is_open_by_then(books: Books) -> None:
    cycle = books.cycle({"anna": 2347})
    books.give(5000)
    asked = books.do(actions.ask_quota, books.cast.anna, actions.Ask(2347))
    books.pay(cycle, "anna", 2000)
    with pytest.raises(Refused):
        books.do(actions.grant, books.cast.maker, asked.id, 2347)
    books.do(actions.grant, books.cast.maker, asked.id, 347)
    assert (books.balance("anna"), books.of("quota")) == (0, 5000 - 347)


def test_what_was_taken_back_of_the_quota_is_not_told(books: Books) -> None:
    books.cycle({"anna": 2000, "bashir": 2000, "chiara": 2000})
    books.give(20_000)
    wrong = books.grant("anna", 1500)
    books.do(actions.reverse, books.cast.maker, wrong.id, "Era di un’altra")
    for name in ("anna", "bashir", "chiara"):
        books.grant(name, 1000)
    with clock.at(datetime(2027, 4, 1, 8, 0, tzinfo=UTC)), books.database.reading() as session:
        told = told_of_quota(session, books.cast.community.id)
    assert [one.cents for one in told.used] == [3000]
    assert [one.cents for one in told.given] == [None], "one gift is too few to be told"


def test_gifts_of_no_family_count_one_by_one(books: Books) -> None:
    for _sponsor in range(3):
        books.give(1000)
    with clock.at(datetime(2027, 4, 1, 8, 0, tzinfo=UTC)), books.database.reading() as session:
        assert [one.cents for one in told_of_quota(session, books.cast.community.id).given] == [3000]


def test_what_was_paid_by_mistake_is_in_no_sum_and_is_not_taken_back_again(books: Books) -> None:
    maker, cycle = books.cast.maker, books.cycle({"anna": 2347})
    out = books.do(actions.pay_out, maker, cycle, "supplier", 23_470, "transfer", "Fattura").id
    with books.database.reading() as session:
        assert (till_of(session, maker.actor, cycle).paid_supplier, out_of(session, maker.actor, cycle, out).cents) == (
            23_470, 23_470,
        )  # fmt: skip
    books.do(actions.reverse, maker, out, "Una cifra di troppo")
    with books.database.reading() as session:
        assert till_of(session, maker.actor, cycle).paid_supplier == 0
        with pytest.raises(Missing):
            out_of(session, maker.actor, cycle, out)
