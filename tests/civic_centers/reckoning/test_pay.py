"""Money handed over, with receipts counted without gaps; given back, and taken back once."""

from datetime import UTC, datetime
from functools import partial

import pytest
from sqlmodel import select

from civic_centers.reckoning import actions
from civic_centers.reckoning.queries.own import lines_of, receipt_for, receipt_to_take_back
from civic_centers.reckoning.tables import PurseWords
from foundation import clock
from foundation.errors import Invalid, Missing, Refused, Stale
from tests.civic_centers.reckoning.books import Books, all_at_once


def test_a_payment_with_its_receipt(books: Books) -> None:
    cycle = books.cycle({"anna": 2347, "bashir": 1000})
    entry = books.pay(cycle, "anna", 2347)
    assert (entry.receipt_number, entry.receipt_year) == (1, 2027)
    assert books.balance("anna") == 0
    assert books.open("anna") == {cycle: 0}
    assert books.of("cash") == -2347, "what lies in the cash box belongs to others"
    with books.database.reading() as session:
        receipt = receipt_for(session, books.cast.anna.actor, 2027, 1)
    assert (receipt.name, receipt.title, receipt.cents, receipt.kind) == (
        "Anna e famiglia", "Farina di gennaio", 2347, "payment",
    )  # fmt: skip
    assert receipt.whole
    assert books.letters("anna") == ["reckoning:receipt"]


def test_the_seal_breaks_when_somebody_changes_the_name(books: Books) -> None:
    books.pay(books.cycle({"anna": 2347}), "anna", 2347)
    with books.database.writing() as session:
        session.exec(select(PurseWords)).one().name = "Un’altra famiglia"
    with books.database.reading() as session:
        assert not receipt_for(session, books.cast.anna.actor, 2027, 1).whole


def test_the_same_form_twice_writes_it_once(books: Books) -> None:
    cycle = books.cycle({"anna": 2347})
    first = books.pay(cycle, "anna", 2347, key="k")
    assert books.pay(cycle, "anna", 2347, key="k").id == first.id
    assert books.receipts() == [1]
    with pytest.raises(Stale):
        books.pay(cycle, "anna", 100, key="k")
    assert books.receipts() == [1]


def test_two_pay_at_once_and_no_number_is_missing(books: Books) -> None:
    cycle = books.cycle({"anna": 2347, "bashir": 1000, "chiara": 500})
    seen = []

    def pay(name: str, cents: int) -> None:
        paid = [books.pay(cycle, name, cents, key=f"{name}{key}") for key in ("a", "b", "a")]
        seen.extend(one.receipt_number for one in paid)

    families = (("anna", 2347), ("bashir", 1000), ("chiara", 500))
    all_at_once([partial(pay, *one) for one in families])
    assert len(seen) == 9
    assert books.receipts() == [1, 2, 3, 4, 5, 6]
    assert books.of("cash") == -2 * (2347 + 1000 + 500)
    assert books.total() == 0


def test_numbers_begin_anew_each_year(books: Books) -> None:
    cycle = books.cycle({"anna": 2347})
    books.pay(cycle, "anna", 1000)
    with clock.at(datetime(2027, 12, 31, 23, 30, tzinfo=UTC)):
        entry = books.pay(cycle, "anna", 1000)
    assert (entry.receipt_number, entry.receipt_year) == (1, 2028), "it is new year in Cremona already"


def test_who_pays_more_has_the_next_order_paid_with_it(books: Books) -> None:
    first = books.cycle({"anna": 2347})
    books.pay(first, "anna", 5000)
    second = books.cycle({"anna": 2000}, "Farina di febbraio")
    assert books.open("anna") == {second: 0, first: 0}
    third = books.cycle({"anna": 2000}, "Farina di marzo")
    assert books.open("anna") == {third: 2000 + 2000 + 2347 - 5000, second: 0, first: 0}


def test_what_is_in_favour_is_given_back_and_no_more(books: Books) -> None:
    cycle = books.cycle({"anna": 2347})
    books.pay(cycle, "anna", 3000)
    family = books.cast.anna.party.id
    with pytest.raises(Refused):
        books.do(actions.refund, books.cast.maker, cycle, family, 654, "cash")
    back = books.do(actions.refund, books.cast.maker, cycle, family, 653, "cash")
    assert back.receipt_number == 2
    assert books.balance("anna") == 0
    assert books.of("cash") == -2347


def test_rounding_up_for_the_quota(books: Books) -> None:
    cycle = books.cycle({"anna": 2347})
    books.pay(cycle, "anna", 2500, gift=153)
    assert books.balance("anna") == 0
    assert books.of("quota") == 153
    with pytest.raises(Invalid):
        books.pay(cycle, "anna", 100, gift=101)


def test_a_mistake_is_taken_back_once_with_what_was_rounded_up(books: Books) -> None:
    cycle = books.cycle({"anna": 2347})
    entry = books.pay(cycle, "anna", 2500, gift=153)
    back = books.do(actions.reverse, books.cast.maker, entry.id, "Era di Bashir")
    assert back.receipt_number == 2
    assert (books.balance("anna"), books.of("cash"), books.of("quota")) == (-2347, 0, 0)
    with pytest.raises(Stale):
        books.do(actions.reverse, books.cast.maker, entry.id, "Era di Bashir")
    with pytest.raises(Missing):
        books.do(actions.reverse, books.cast.maker, back.id, "Anche questa")
    with books.database.reading() as session:
        receipt = receipt_for(session, books.cast.anna.actor, 2027, 1)
        assert receipt.taken_back == "2/2027"
        lines = lines_of(session, books.cast.anna.party.id)
    assert [(line.kind, line.cents) for line in lines] == [
        ("reversal", -2500), ("reversal", 153), ("gift", -153), ("payment", 2500), ("order", -2347),
    ]  # fmt: skip
    assert books.letters("anna") == ["reckoning:receipt", "reckoning:taken_back"]


def test_taken_back_by_two_at_once(books: Books) -> None:
    cycle = books.cycle({"anna": 2347})
    entry = books.pay(cycle, "anna", 2347)
    answers = []

    def reverse() -> None:
        try:
            answers.append(books.do(actions.reverse, books.cast.maker, entry.id, "Doppio").kind)
        except Stale:
            answers.append("stale")

    all_at_once([reverse] * 2)
    assert sorted(answers) == ["reversal", "stale"]
    assert books.receipts() == [1, 2]


@pytest.mark.parametrize(("who", "cents", "way"), [("maker", 0, "cash"), ("maker", 10**9, "cash"), ("maker", 5, "iou")])
def test_what_cannot_be(books: Books, who: str, cents: int, way: str) -> None:
    cycle = books.cycle({"anna": 2347})
    with pytest.raises(Invalid):
        books.pay(cycle, "anna", cents, way)


@pytest.mark.parametrize("who", ["anna", "bashir", "other_maker"])
def test_only_who_keeps_the_cycle_writes_money_down(books: Books, who: str) -> None:
    cycle = books.cycle({"anna": 2347})
    with pytest.raises(Missing):
        books.do(actions.record_payment, books.cast.members[who], cycle, books.cast.anna.party.id, 2347, "cash")
    entry = books.pay(cycle, "anna", 2347)
    with pytest.raises(Missing):
        books.do(actions.reverse, books.cast.members[who], entry.id, "Perché no")


def test_nobody_else_reads_a_receipt(books: Books) -> None:
    books.pay(books.cycle({"anna": 2347, "bashir": 1}), "anna", 2347)
    with books.database.reading() as session:
        for name in ("bashir", "chiara", "other_maker"):
            with pytest.raises(Missing):
                receipt_for(session, books.cast.members[name].actor, 2027, 1)
        assert receipt_for(session, books.cast.maker.actor, 2027, 1).cents == 2347


def test_a_family_of_another_cycle(books: Books) -> None:
    cycle = books.cycle({"anna": 2347})
    with pytest.raises(Missing):
        books.pay(cycle, "chiara", 100)


def test_only_who_keeps_the_till_is_asked_whether_to_take_a_receipt_back(books: Books) -> None:
    books.pay(books.cycle({"anna": 2347}), "anna", 2347)
    with books.database.reading() as session:
        for name in ("anna", "bashir", "other_maker"):
            with pytest.raises(Missing):
                receipt_to_take_back(session, books.cast.members[name].actor, 2027, 1)
        assert receipt_to_take_back(session, books.cast.maker.actor, 2027, 1).cents == 2347
