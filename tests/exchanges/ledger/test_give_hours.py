"""Gifts of hours, grants from the fund, welcome hours, opening balances, leaving."""

import pytest
from sqlalchemy import text

from exchanges.ledger.actions.giving import (
    give_hours,
    grant_from_fund,
    leave_hours,
    opening_balance,
    welcome_hours,
)
from exchanges.ledger.rules import BelowFloor, KeyUsedBefore, Posted
from foundation.errors import Invalid, Missing, Refused
from tests.cast import Member
from tests.exchanges.ledger.book import Book


def give(book: Book, giver: str, to: str | None, minutes: int, key: str = "gift") -> Posted:
    member = book.cast.members[giver]
    party_id = book.cast.members[to].party.id if to else None
    with book.database.writing() as session:
        return give_hours(session, member.actor, party_id, minutes, request_key=key, memo="Grazie")


def grant(book: Book, maker: Member, to: str, minutes: int, reason: str = "Un trasloco") -> Posted:
    with book.database.writing() as session:
        return grant_from_fund(
            session, maker.actor, book.cast.members[to].party.id, minutes, reason=reason, request_key="grant"
        )


def test_a_gift_to_somebody(book: Book) -> None:
    give(book, "anna", "bashir", 60)
    assert (book.balance("anna"), book.balance("bashir")) == (-60, 60)
    assert book.ask("SELECT kind, for_party_id, memo FROM transfer") == [("gift", book.cast.anna.party.id, "Grazie")]


def test_who_is_given_hours_is_told_once(book: Book) -> None:
    give(book, "anna", "bashir", 60)
    give(book, "anna", "bashir", 60)
    give(book, "anna", None, 30, key="fund")
    letters = [letter for (letter,) in book.ask("SELECT payload FROM outbox_message")]
    assert len(letters) == 1
    assert "ledger:gift" in str(letters[0])


def test_a_gift_to_the_fund(book: Book) -> None:
    give(book, "anna", None, 60)
    assert book.balance("fund") == 60


def test_a_gift_sent_twice(book: Book) -> None:
    assert give(book, "anna", "bashir", 60).transfer_id == give(book, "anna", "bashir", 60).transfer_id
    assert book.balance("bashir") == 60


def test_another_gift_under_the_same_key_is_no_repeat(book: Book) -> None:
    give(book, "anna", "bashir", 60)
    for to, minutes in (("bashir", 90), ("chiara", 60), (None, 60)):
        with pytest.raises(KeyUsedBefore):
            give(book, "anna", to, minutes)
    assert (book.balance("anna"), book.balance("bashir"), book.balance("chiara")) == (-60, 60, 0)


def test_another_grant_under_the_same_key_is_no_repeat(book: Book) -> None:
    give(book, "chiara", None, 120, key="fund")
    grant(book, book.cast.maker, "anna", 30)
    grant(book, book.cast.maker, "anna", 30)
    with pytest.raises(KeyUsedBefore):
        grant(book, book.cast.maker, "anna", 60)
    assert book.balance("anna") == 30


def test_nobody_gives_beyond_the_floor(book: Book) -> None:
    with pytest.raises(BelowFloor):
        give(book, "anna", None, 601)


@pytest.mark.parametrize("minutes", [0, -60, 6001])
def test_minutes_that_make_no_sense(book: Book, minutes: int) -> None:
    with pytest.raises(Invalid) as refusal:
        give(book, "anna", "bashir", minutes)
    assert refusal.value.field == "minutes"


def test_a_gift_to_oneself(book: Book) -> None:
    with pytest.raises(Invalid):
        give(book, "anna", "anna", 60)


def test_a_gift_to_a_stranger_of_another_community(book: Book) -> None:
    with pytest.raises(Missing):
        give(book, "anna", "zoe", 60)


def test_a_maker_grants_from_the_fund_with_a_reason(book: Book) -> None:
    give(book, "anna", None, 120)
    posted = grant(book, book.cast.maker, "bashir", 90)
    assert (book.balance("fund"), book.balance("bashir")) == (30, 90)
    row = book.ask("SELECT kind, memo, recorded_by_id, for_party_id FROM transfer WHERE kind = 'grant'")[0]
    assert tuple(row) == ("grant", "Un trasloco", book.cast.maker.id, book.cast.bashir.party.id)
    assert book.ask("SELECT count(*) FROM audit_entry WHERE verb = 'granted'") == [(1,)]
    assert grant(book, book.cast.maker, "bashir", 90).transfer_id == posted.transfer_id


def test_a_grant_needs_a_reason_and_hours_in_the_fund(book: Book) -> None:
    with pytest.raises(Invalid):
        grant(book, book.cast.maker, "bashir", 60, reason="  ")
    with pytest.raises(BelowFloor):
        grant(book, book.cast.maker, "bashir", 60)


def test_who_may_not_grant(book: Book) -> None:
    give(book, "anna", None, 120)
    for stranger in (book.cast.anna, book.cast.other_maker, book.cast.zoe):
        with pytest.raises(Missing):
            grant(book, stranger, "bashir", 60)
    with pytest.raises(Refused):
        grant(book, book.cast.maker, "maker", 60)


def test_welcome_hours_come_once(book: Book) -> None:
    cast = book.cast
    with book.database.writing() as session:
        assert welcome_hours(session, cast.maker.actor, cast.anna.party) is None
        session.execute(text("UPDATE community_rules SET welcome_minutes = 120"))
    for _ in range(2):
        with book.database.writing() as session:
            welcome_hours(session, cast.maker.actor, cast.anna.party)
    assert (book.balance("anna"), book.balance("issue")) == (120, -120)


@pytest.mark.parametrize("minutes", [1500, -1500])
def test_an_opening_balance(book: Book, minutes: int) -> None:
    for _ in range(2):
        with book.database.writing() as session:
            opening_balance(session, book.cast.maker.actor, book.cast.anna.party.id, minutes, request_key="opening:7")
    assert (book.balance("anna"), book.balance("issue")) == (minutes, -minutes)


def test_an_opening_balance_of_zero_is_none(book: Book) -> None:
    with book.database.writing() as session:
        assert opening_balance(session, book.cast.maker.actor, book.cast.anna.party.id, 0, request_key="x") is None


@pytest.mark.parametrize("minutes", [1500, -1500])
def test_who_leaves_leaves_a_balance_of_zero(book: Book, minutes: int) -> None:
    with book.database.writing() as session:
        opening_balance(session, book.cast.maker.actor, book.cast.anna.party.id, minutes, request_key="opening:7")
        leave_hours(session, book.cast.maker.actor, book.cast.anna.party.id, request_key="leaving:7")
    assert (book.balance("anna"), book.balance("fund")) == (0, minutes)


def test_hours_left_to_a_person(book: Book) -> None:
    with book.database.writing() as session:
        opening_balance(session, book.cast.maker.actor, book.cast.anna.party.id, 90, request_key="opening:7")
        leave_hours(
            session,
            book.cast.anna.actor,
            book.cast.anna.party.id,
            to_party_id=book.cast.bashir.party.id,
            request_key="leaving:7",
        )
    assert book.balance("bashir") == 90
