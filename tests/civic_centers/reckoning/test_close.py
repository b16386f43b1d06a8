"""What was paid out for a cycle, against what families were asked for; and closing its accounts."""

import pytest

from civic_centers.reckoning import actions
from civic_centers.reckoning.queries.till import cycles_kept, till_of
from foundation.errors import Invalid, Missing, Refused, Stale
from tests.civic_centers.reckoning.books import Books


def pay_out(books: Books, cycle: int, cents: int, what: str = "supplier") -> int:
    out = books.do(actions.pay_out, books.cast.maker, cycle, what, cents, "transfer", "Fattura 12/2027")
    return out.id


@pytest.mark.parametrize(("invoice", "group"), [(3345, 2), (3350, -3), (3347, 0)])
def test_the_difference_goes_to_the_group(books: Books, invoice: int, group: int) -> None:
    cycle = books.cycle({"anna": 2347, "bashir": 1000})
    books.pay(cycle, "anna", 2347)
    pay_out(books, cycle, invoice)
    with books.database.reading() as session:
        till = till_of(session, books.cast.maker.actor, cycle)
    assert (till.charged, till.paid, till.open) == (3347, 2347, 1000)
    assert (till.goods, till.extra, till.paid_supplier, till.left_over) == (3347, 0, invoice, group)
    assert till.cash is None
    books.do(actions.close_accounts, books.cast.maker, cycle, group)
    assert books.of("group") == group
    assert books.of("cycle") == 0
    assert books.of("transfer") == invoice
    assert books.total() == 0
    with books.database.reading() as session:
        assert till_of(session, books.cast.maker.actor, cycle).cash == 2347
        assert cycles_kept(session, books.cast.maker.actor)[0].closed


def test_closed_on_what_was_read_and_once(books: Books) -> None:
    cycle = books.cycle({"anna": 2347})
    with pytest.raises(Refused):
        books.do(actions.close_accounts, books.cast.maker, cycle, 2347)
    pay_out(books, cycle, 2300)
    with pytest.raises(Stale):
        books.do(actions.close_accounts, books.cast.maker, cycle, 48)
    books.do(actions.close_accounts, books.cast.maker, cycle, 47)
    with pytest.raises(Stale):
        books.do(actions.close_accounts, books.cast.maker, cycle, 0)
    assert books.of("group") == 47


def test_a_change_afterwards_opens_them_again(books: Books) -> None:
    cycle = books.cycle({"anna": 2347})
    pay_out(books, cycle, 2347)
    books.do(actions.close_accounts, books.cast.maker, cycle, 0)
    books.change(cycle, "anna", 2300)
    books.do(actions.close_accounts, books.cast.maker, cycle, -47)
    assert books.of("group") == -47


def test_a_wrong_invoice_is_taken_back(books: Books) -> None:
    cycle = books.cycle({"anna": 2347})
    wrong = pay_out(books, cycle, 23470)
    books.do(actions.reverse, books.cast.maker, wrong, "Una cifra di troppo")
    pay_out(books, cycle, 2300)
    pay_out(books, cycle, 47, "cost")
    assert books.of("cycle") == 0
    assert books.receipts() == [], "a supplier gives a receipt, it gets none"


def test_what_the_supplier_was_paid_by_mistake_does_not_count(books: Books) -> None:
    cycle = books.cycle({"anna": 2347})
    books.do(actions.reverse, books.cast.maker, pay_out(books, cycle, 2300), "Un altro fornitore")
    with pytest.raises(Refused):
        books.do(actions.close_accounts, books.cast.maker, cycle, 2347)


def test_bad_words_and_who_may(books: Books) -> None:
    cycle = books.cycle({"anna": 2347})
    with pytest.raises(Invalid):
        books.do(actions.pay_out, books.cast.maker, cycle, "bribe", 5, "cash")
    for name in ("anna", "other_maker"):
        with pytest.raises(Missing):
            books.do(actions.pay_out, books.cast.members[name], cycle, "cost", 5, "cash")
        with pytest.raises(Missing):
            books.do(actions.close_accounts, books.cast.members[name], cycle, 0)
        with books.database.reading() as session, pytest.raises(Missing):
            till_of(session, books.cast.members[name].actor, cycle)
