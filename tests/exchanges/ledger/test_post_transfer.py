"""Posting a transfer: once, whole, within the limits."""

import uuid
from datetime import timedelta

import pytest

from community.communities.tables import CommunityRules
from exchanges.ledger.actions.posting import post_transfer
from exchanges.ledger.rules import AboveCeiling, BelowFloor, KeyUsedBefore, Line, Source
from foundation import clock
from tests.exchanges.ledger.book import Book


def test_giving_raises_and_receiving_lowers(book: Book) -> None:
    book.move("anna", "bashir", 90)
    assert (book.balance("anna"), book.balance("bashir")) == (90, -90)


def test_entries_carry_balance_and_sequence(book: Book) -> None:
    book.move("anna", "bashir", 90)
    book.move("bashir", "anna", 30)
    rows = book.ask("SELECT account_id, minutes, balance_after, sequence FROM entry ORDER BY transfer_id, position")
    anna, bashir = book.accounts["anna"], book.accounts["bashir"]
    assert [tuple(row) for row in rows] == [
        (bashir, -90, -90, 1),
        (anna, 90, 90, 1),
        (anna, -30, 60, 2),
        (bashir, 30, -60, 2),
    ]


def test_who_recorded_it_for_whom_why_and_from_what(book: Book) -> None:
    posted = book.move("anna", "bashir", 90)
    row = book.ask("SELECT recorded_by_id, for_party_id, memo, source_kind, source_id, kind FROM transfer")[0]
    maker = book.cast.maker
    assert tuple(row) == (maker.id, maker.party.id, "prova", "test", 1, "exchange")
    assert posted.transfer_id


def test_the_same_request_moves_hours_once(book: Book) -> None:
    first = book.move("anna", "bashir", 60, key="once")
    again = book.move("anna", "bashir", 60, key="once")
    assert again.transfer_id == first.transfer_id
    assert (first.repeated, again.repeated) == (False, True)
    assert book.balance("anna") == 60


def test_a_repeat_is_known_even_when_the_first_used_up_the_limit(book: Book) -> None:
    first = book.move("anna", "bashir", 600, key="all of it")
    assert book.move("anna", "bashir", 600, key="all of it").transfer_id == first.transfer_id


def test_a_key_of_another_request(book: Book) -> None:
    book.move("anna", "bashir", 60, key="once")
    with pytest.raises(KeyUsedBefore):
        book.move("anna", "bashir", 60, key="once", kind="gift")


def test_the_floor_holds(book: Book) -> None:
    book.move("anna", "bashir", 600)
    with pytest.raises(BelowFloor) as refusal:
        book.move("anna", "bashir", 1)
    assert refusal.value.advice
    assert book.balance("bashir") == -600


def test_the_ceiling_holds(book: Book) -> None:
    for giver in ("bashir", "chiara", "dario", "maker"):
        book.move("anna", giver, 600)
    with pytest.raises(AboveCeiling) as refusal:
        book.move("anna", "other_maker", 1)
    assert refusal.value.advice
    assert book.balance("anna") == 2400


def test_a_balance_beyond_its_limit_may_come_back(book: Book) -> None:
    book.move("anna", "bashir", 500)
    with book.database.writing() as session:
        session.add(
            CommunityRules(
                community_id=book.cast.community.id,
                floor_minutes=-60,
                soft_floor_minutes=0,
                ceiling_minutes=120,
                in_force_from=clock.now(),
            )
        )
    with clock.at(clock.now() + timedelta(seconds=1)):
        book.move("bashir", "anna", 60)
        assert (book.balance("anna"), book.balance("bashir")) == (440, -440)
        with pytest.raises(BelowFloor):
            book.move("chiara", "bashir", 1)


def test_the_rules_in_force_at_the_moment_count(book: Book) -> None:
    now = clock.now()
    with book.database.writing() as session:
        for days, floor in ((-10, -120), (10, -30)):
            session.add(
                CommunityRules(
                    community_id=book.cast.community.id,
                    floor_minutes=floor,
                    soft_floor_minutes=0,
                    in_force_from=now + timedelta(days=days),
                )
            )
    book.move("anna", "bashir", 120)
    with pytest.raises(BelowFloor):
        book.move("anna", "bashir", 1)
    with clock.at(now - timedelta(days=20)):
        book.move("anna", "bashir", 60)
    with clock.at(now + timedelta(days=20)), pytest.raises(BelowFloor):
        book.move("anna", "chiara", 31)


def test_the_fund_gives_only_what_it_holds(book: Book) -> None:
    book.post([Line(book.accounts["anna"], -60), Line(book.accounts["fund"], 60)], kind="gift")
    with pytest.raises(BelowFloor) as refusal:
        book.post([Line(book.accounts["fund"], -61), Line(book.accounts["bashir"], 61)], kind="grant")
    assert refusal.value.params == {"left_minutes": 60, "asked_minutes": 61}


def test_opening_balances_are_exempt(book: Book) -> None:
    book.post([Line(book.accounts["issue"], 6000), Line(book.accounts["bashir"], -6000)], kind="opening")
    assert book.balance("bashir") == -6000


def test_what_was_refused_leaves_nothing(book: Book) -> None:
    with pytest.raises(BelowFloor):
        book.move("anna", "bashir", 601)
    assert book.ask("SELECT count(*) FROM transfer") == [(0,)]


def test_after_a_refusal_the_same_transaction_goes_on(book: Book) -> None:
    with book.database.writing() as session:
        for minutes in (601, 60):
            lines = [Line(book.accounts["bashir"], -minutes), Line(book.accounts["anna"], minutes)]
            try:
                post_transfer(
                    session,
                    book.cast.anna.actor,
                    lines,
                    request_key=uuid.uuid4().hex,
                    kind="exchange",
                    source=Source("test"),
                )
            except BelowFloor:
                assert minutes == 601
    assert book.balance("bashir") == -60


def test_others_are_not_told_a_balance(book: Book) -> None:
    with pytest.raises(BelowFloor) as refusal, book.database.writing() as session:
        post_transfer(
            session,
            book.cast.anna.actor,
            [Line(book.accounts["bashir"], -700), Line(book.accounts["anna"], 700)],
            request_key="x",
            kind="exchange",
            source=Source("test"),
        )
    assert "left_minutes" not in refusal.value.params
    with pytest.raises(BelowFloor) as own, book.database.writing() as session:
        post_transfer(
            session,
            book.cast.bashir.actor,
            [Line(book.accounts["bashir"], -700), Line(book.accounts["anna"], 700)],
            request_key="x",
            kind="exchange",
            source=Source("test"),
        )
    assert own.value.params["left_minutes"] == 600


def test_an_account_of_another_community(book: Book) -> None:
    with pytest.raises(ValueError, match="community"):
        book.post([Line(book.accounts["zoe"], -60), Line(book.accounts["anna"], 60)])


@pytest.mark.parametrize(
    "amounts", [[60], [-60, 61], [0, 0], [-30, 30, 0], [-60.0, 60.0], [True, -1], [-(10**7), 10**7], []]
)
def test_lines_that_are_no_transfer(book: Book, amounts: list[int]) -> None:
    accounts = [book.accounts[name] for name in ("anna", "bashir", "chiara")]
    with pytest.raises(ValueError, match=r"transfer|minutes|zero"):
        book.post([Line(account, minutes) for account, minutes in zip(accounts, amounts, strict=False)])


def test_an_account_twice(book: Book) -> None:
    anna, bashir = book.accounts["anna"], book.accounts["bashir"]
    with pytest.raises(ValueError, match="twice"):
        book.post([Line(anna, -60), Line(anna, 30), Line(bashir, 30)])
