"""Settling an exchange: reservations, more than agreed, the ceiling, several people."""

from datetime import timedelta
from typing import Any

import pytest

from community.communities.tables import CommunityRules
from exchanges.ledger.actions.reserving import reserve
from exchanges.ledger.actions.settling import Given, Received, Settled, settle
from exchanges.ledger.queries.accounts import account_of
from exchanges.ledger.rules import BelowFloor, MoreThanReserved, Source
from foundation import clock
from tests.exchanges.ledger.book import Book

AGREEMENT = Source("agreement", 7)


def promise(book: Book, name: str, minutes: int) -> None:
    with book.database.writing() as session:
        reserve(session, book.cast.anna.actor, book.cast.members[name].party.id, minutes, AGREEMENT)


def settle_between(
    book: Book, receivers: dict[str, int], givers: dict[str, int], *, agreed: bool = False, key: str = "agreement:7"
) -> Settled:
    def party(name: str) -> Any:
        return book.cast.members[name].party.id

    with book.database.writing() as session:
        return settle(
            session,
            book.cast.anna.actor,
            AGREEMENT,
            received=[Received(party(name), minutes, agreed) for name, minutes in receivers.items()],
            given=[Given(party(name), minutes) for name, minutes in givers.items()],
            request_key=key,
            memo="Orlo ai pantaloni",
        )


def test_settling_the_reserved_minutes(book: Book) -> None:
    promise(book, "bashir", 60)
    settled = settle_between(book, {"bashir": 60}, {"anna": 60})
    assert settled.to_fund == 0
    assert (book.balance("anna"), book.balance("bashir"), book.state("bashir").reserved) == (60, -60, 0)
    assert book.ask("SELECT outcome, settled_sequence FROM reservation") == [("settled", 1)]


def test_less_than_reserved_frees_the_rest(book: Book) -> None:
    promise(book, "bashir", 60)
    settle_between(book, {"bashir": 45}, {"anna": 45})
    assert (book.balance("bashir"), book.state("bashir").reserved) == (-45, 0)


def test_settling_twice_moves_once(book: Book) -> None:
    promise(book, "bashir", 60)
    first = settle_between(book, {"bashir": 60}, {"anna": 60})
    again = settle_between(book, {"bashir": 60}, {"anna": 60})
    assert (again.transfer_id, again.repeated) == (first.transfer_id, True)
    assert book.balance("anna") == 60


def test_more_than_reserved_needs_a_yes(book: Book) -> None:
    promise(book, "bashir", 60)
    with pytest.raises(MoreThanReserved) as refusal:
        settle_between(book, {"bashir": 90}, {"anna": 90})
    assert refusal.value.advice
    assert book.state("bashir").reserved == 60
    settle_between(book, {"bashir": 90}, {"anna": 90}, agreed=True)
    assert book.balance("bashir") == -90


def test_more_than_reserved_stays_within_the_floor(book: Book) -> None:
    promise(book, "bashir", 600)
    with pytest.raises(BelowFloor):
        settle_between(book, {"bashir": 601}, {"anna": 601}, agreed=True)
    assert book.state("bashir").reserved == 600


def test_up_to_the_reservation_it_never_fails(book: Book) -> None:
    promise(book, "bashir", 600)
    with book.database.writing() as session:
        session.add(
            CommunityRules(
                community_id=book.cast.community.id,
                floor_minutes=-60,
                soft_floor_minutes=0,
                ceiling_minutes=60,
                in_force_from=clock.now(),
            )
        )
    with clock.at(clock.now() + timedelta(minutes=5)):
        settled = settle_between(book, {"bashir": 600}, {"anna": 600})
    assert settled.to_fund == 540
    assert (book.balance("bashir"), book.balance("anna"), book.balance("fund")) == (-600, 60, 540)


def test_without_reservation_the_yes_is_enough(book: Book) -> None:
    settle_between(book, {"bashir": 30}, {"anna": 30}, agreed=True)
    assert book.balance("anna") == 30


def test_what_passes_the_ceiling_goes_to_the_fund_and_is_said_beforehand(book: Book) -> None:
    for name in ("chiara", "dario", "maker", "other_maker"):
        book.move("anna", name, 585)
    with book.database.reading() as session:
        assert account_of(session, book.cast.anna.party.id).would_overflow(90) == 30
    settled = settle_between(book, {"bashir": 90}, {"anna": 90}, agreed=True)
    assert settled.to_fund == 30
    assert (book.balance("anna"), book.balance("fund")) == (2400, 30)
    again = settle_between(book, {"bashir": 90}, {"anna": 90}, agreed=True)
    assert (again.repeated, again.to_fund) == (True, 30)


def test_a_giver_at_the_ceiling_gives_all_to_the_fund(book: Book) -> None:
    for name in ("chiara", "dario", "maker", "other_maker"):
        book.move("anna", name, 600)
    assert settle_between(book, {"bashir": 60}, {"anna": 60}, agreed=True).to_fund == 60
    assert (book.balance("anna"), book.balance("bashir"), book.balance("fund")) == (2400, -60, 60)


def test_a_lesson_for_several(book: Book) -> None:
    promise(book, "bashir", 60)
    promise(book, "chiara", 60)
    promise(book, "dario", 60)
    settled = settle_between(book, {"bashir": 60, "chiara": 60, "dario": 0}, {"anna": 60})
    assert settled.to_fund == 60
    assert [book.balance(name) for name in ("anna", "bashir", "chiara", "dario", "fund")] == [60, -60, -60, 0, 60]
    assert book.state("dario").reserved == 0


@pytest.mark.parametrize(
    ("receivers", "givers"),
    [({"bashir": 60}, {"anna": 90}), ({"bashir": 0}, {"anna": 60}), ({"bashir": 60}, {"anna": 0}), ({}, {"anna": 1})],
)
def test_shares_that_cannot_be(book: Book, receivers: dict[str, int], givers: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="minutes"):
        settle_between(book, receivers, givers, agreed=True)


def test_nobody_is_on_both_sides(book: Book) -> None:
    with pytest.raises(ValueError, match="twice"):
        settle_between(book, {"anna": 60}, {"anna": 60}, agreed=True)
