"""What families bring along from the books that were kept before: once, to the cent, corrected by a counter-entry."""

from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from civic_centers.reckoning import actions
from civic_centers.reckoning.queries.openings import families_called, openings_kept, openings_of
from civic_centers.reckoning.queries.own import left_behind, lines_of
from civic_centers.reckoning.tables import PurseEntry
from civic_centers.suppliers.actions import add_purchaser
from community.notifications.tables import Notification
from community.parties.tables import Party
from foundation import clock
from foundation.access import Actor
from foundation.audit.tables import AuditEntry
from foundation.errors import Invalid, Missing, Refused, Stale
from tests.cast import Member
from tests.civic_centers.reckoning.books import MONDAY, Books, all_at_once
from tests.client import on_sqlite

NEW_YEAR = date(2026, 12, 31)


def bring(
    books: Books, name: str, side: str, cents: int, *, by: str = "maker", words: str = "Quaderno", **more
) -> PurseEntry:
    """The maker of the zone writes down what a family had on New Year's Eve."""
    family, as_of = books.cast.members[name].party.id, more.pop("as_of", NEW_YEAR)
    return books.do(actions.open_with, books.cast.members[by], family, side, cents, as_of, words, **more)


def lines(books: Books, name: str) -> list[tuple[str, int, str]]:
    with books.database.reading() as session:
        return [(one.kind, one.cents, one.title) for one in lines_of(session, books.cast.members[name].party.id)]


def test_credit_and_debt_count_as_if_they_had_always_stood_here(books: Books) -> None:
    bring(books, "anna", "favour", 1250)
    bring(books, "bashir", "debt", 730)
    assert (books.balance("anna"), books.balance("bashir")) == (1250, -730)
    assert (books.of("group"), books.of("quota"), books.of("cash"), books.total()) == (0, 0, 0, 0)
    assert books.receipts() == [], "nothing was handed over: no receipt says so"
    cycle = books.cycle({"anna": 1000, "bashir": 1000})
    assert books.open("anna") == {cycle: 0}
    assert books.open("bashir") == {cycle: 1000}
    books.pay(cycle, "bashir", 730)
    assert books.open("bashir") == {cycle: 1000}, "what is oldest is paid first: that was from before"
    assert lines(books, "anna") == [("order", -1000, "Farina di gennaio"), ("opening", 1250, "Quaderno")]


def test_the_family_is_told_once_in_both_ways(books: Books) -> None:
    bring(books, "anna", "favour", 1250, key="k")
    bring(books, "anna", "favour", 1250, key="k")
    bring(books, "bashir", "debt", 730)
    assert books.count(AuditEntry, AuditEntry.verb == "opened") == 2
    assert books.letters("anna") == ["reckoning:brought_favour"]
    assert books.letters("bashir") == ["reckoning:brought_debt"]
    with books.database.reading() as session:
        told = [one.params["amount"]["it"] for one in session.exec(select(Notification))]
    assert told == ["12,50 €", "7,30 €"]


def test_once_for_each_family_and_the_same_click_twice(books: Books) -> None:
    first = bring(books, "anna", "favour", 1250, key="k")
    assert bring(books, "anna", "favour", 1250, key="k").id == first.id
    with pytest.raises(Stale):
        bring(books, "anna", "favour", 1251, key="k")
    with pytest.raises(Stale):
        bring(books, "anna", "debt", 100)
    assert (books.balance("anna"), len(books.entries())) == (1250, 1)


def test_two_people_at_once_write_it_down_once(books: Books) -> None:
    answers = []

    def write(side: str, cents: int) -> None:
        try:
            answers.append(bring(books, "anna", side, cents).cents)
        except Stale:
            answers.append(0)

    all_at_once([partial(write, "favour", 1250), partial(write, "debt", 730), partial(write, "favour", 1250)])
    assert sorted(answers)[:2] == [0, 0]
    assert len(books.entries("opening")) == 1
    assert books.balance("anna") in (1250, -730)


def test_a_mistake_is_taken_back_by_a_counter_entry_and_written_anew(books: Books) -> None:
    family, wrong = books.cast.anna.party.id, bring(books, "anna", "favour", 1250)
    with pytest.raises(Invalid):
        books.do(actions.take_opening_back, books.cast.maker, family, wrong.id, " ")
    back = books.do(actions.take_opening_back, books.cast.maker, family, wrong.id, "Era di Bashir")
    assert (back.reverses_id, back.receipt_number, books.balance("anna"), books.of("before")) == (wrong.id, None, 0, 0)
    with pytest.raises(Stale):
        books.do(actions.take_opening_back, books.cast.maker, family, wrong.id, "Era di Bashir")
    bring(books, "anna", "debt", 20)
    assert [one[:2] for one in lines(books, "anna")] == [("opening", -20), ("reversal", -1250), ("opening", 1250)]
    assert books.letters("anna") == ["reckoning:brought_favour", "reckoning:not_brought", "reckoning:brought_debt"]


def test_taken_back_by_two_at_once(books: Books) -> None:
    family, wrong, answers = books.cast.anna.party.id, bring(books, "anna", "debt", 1250), []

    def take_back() -> None:
        try:
            answers.append(books.do(actions.take_opening_back, books.cast.maker, family, wrong.id, "Doppio").kind)
        except Stale:
            answers.append("stale")

    all_at_once([take_back] * 2)
    assert sorted(answers) == ["reversal", "stale"]
    assert books.balance("anna") == 0


def test_only_what_was_brought_along_and_only_of_that_family(books: Books) -> None:
    cycle = books.cycle({"anna": 2347})
    paid, brought = books.pay(cycle, "anna", 2347), bring(books, "bashir", "debt", 730)
    for family, entry in (("anna", paid), ("anna", brought)):
        with pytest.raises(Missing):
            number = books.cast.members[family].party.id
            books.do(actions.take_opening_back, books.cast.maker, number, entry.id, "Perché no")
    with pytest.raises(Missing):
        books.do(actions.reverse, books.cast.maker, brought.id, "Per un’altra porta")


@pytest.mark.parametrize("who", ["anna", "bashir", "chiara", "other_maker", "zoe"])
def test_nobody_else_writes_it_down_or_reads_it(books: Books, who: str) -> None:
    brought = bring(books, "chiara", "debt", 730)
    with pytest.raises(Missing):
        bring(books, "chiara", "favour", 1, by=who)
    with pytest.raises(Missing):
        number = books.cast.chiara.party.id
        books.do(actions.take_opening_back, books.cast.members[who], number, brought.id, "Perché no")
    with books.database.reading() as session:
        assert openings_kept(session, books.cast.members[who].actor, "") == []
        assert books.cast.anna.party.id not in [
            one.id for one in families_called(session, books.cast.members[who].actor, "anna")
        ]


def test_who_was_put_in_charge_of_the_zone_writes_it_down_but_not_their_own(books: Books) -> None:
    books.do(add_purchaser, books.cast.maker, books.cast.zones["centro"].id, books.cast.chiara.id)
    bring(books, "anna", "favour", 1250, by="chiara")
    with pytest.raises(Refused):
        bring(books, "chiara", "favour", 1250, by="chiara")
    with books.database.reading() as session:
        assert [one.cents for one in openings_kept(session, books.cast.chiara.actor, "")] == [1250]
        found = [one.id for one in families_called(session, books.cast.chiara.actor, "")]
        assert books.cast.chiara.party.id not in found, "somebody else writes down one's own"
        assert books.cast.anna.party.id not in found
        assert books.cast.bashir.party.id not in found, "who lives in another zone"
    with pytest.raises(Missing):
        bring(books, "bashir", "debt", 730, by="chiara")
    books.cycle({"bashir": 1000})
    bring(books, "bashir", "debt", 730, by="chiara")
    assert books.balance("bashir") == -1730, "who orders with the group is of the group, wherever they live"


@pytest.mark.parametrize(
    ("side", "cents", "as_of"),
    [
        ("favour", 0, NEW_YEAR),
        ("favour", -5, NEW_YEAR),
        ("debt", 10_000_001, NEW_YEAR),
        ("both", 100, NEW_YEAR),
        ("favour", 100, None),
        ("favour", 100, date(2027, 1, 12)),
        ("favour", 100, date(1989, 12, 31)),
    ],
)
def test_what_cannot_be(books: Books, side: str, cents: int, as_of: date | None) -> None:
    with pytest.raises(Invalid):
        bring(books, "anna", side, cents, as_of=as_of)
    assert books.entries() == []


def test_words_that_are_too_long(books: Books) -> None:
    with pytest.raises(Invalid):
        bring(books, "anna", "favour", 100, words="x" * 201)


def test_it_is_never_changed_nor_removed(books: Books) -> None:
    bring(books, "anna", "favour", 1250)
    changes = (
        "UPDATE purse_entry SET cents = 1",
        "UPDATE purse_entry SET as_of = '2026-01-01'",
        "DELETE FROM purse_entry",
    )
    for change in changes:
        with pytest.raises(DBAPIError), books.database.writing() as session:
            session.execute(text(change))
    assert books.balance("anna") == 1250


def test_a_day_belongs_to_what_was_brought_along_alone(books: Books) -> None:
    bring(books, "anna", "favour", 1250)
    copied = "community_id, at, kind, from_purse_id, to_purse_id, cents, request_key, digest"
    for kind, as_of in (("opening", "NULL"), ("gift", "'2026-12-31'")):
        values = copied.replace("kind", f"'{kind}'").replace("request_key", f"'{kind}'")
        with pytest.raises(DBAPIError), books.database.writing() as session:
            session.execute(
                text(f"INSERT INTO purse_entry ({copied}, as_of) SELECT {values}, {as_of} FROM purse_entry")
            )


def test_who_orders_no_more_still_pays_what_was_open(books: Books) -> None:
    cycle = books.cycle({"anna": 1000})
    with pytest.raises(Missing):
        books.pay(cycle, "bashir", 730)
    bring(books, "bashir", "debt", 730)
    entry = books.pay(cycle, "bashir", 730)
    assert (entry.receipt_number, books.balance("bashir")) == (1, 0)
    books.do(actions.reverse, books.cast.maker, entry.id, "Uno sbaglio")
    assert books.balance("bashir") == -730
    with pytest.raises(Missing):
        books.do(actions.record_payment, books.cast.other_maker, cycle, books.cast.bashir.party.id, 730, "cash")


def test_a_household_that_becomes_part_of_another_brings_it_along(books: Books) -> None:
    brought = bring(books, "anna", "favour", 1250)
    anna, bashir = books.cast.anna.party.id, books.cast.bashir.party.id
    with books.database.writing() as session:
        actions.move_to_party(session, anna, bashir)
        session.get_one(Party, anna).closed_at = clock.now()
    assert books.balance("bashir") == 1250
    with books.database.reading() as session:
        assert [(one.id, one.cents) for one in openings_of(session, bashir)] == [(brought.id, 1250)]
    bring(books, "bashir", "favour", 100)
    books.do(actions.take_opening_back, books.cast.maker, bashir, brought.id, "Non era giusto")
    assert (books.balance("anna"), books.balance("bashir"), books.total()) == (0, 100, 0)


@on_sqlite
def test_whoever_another_household_joined_has_an_opening_of_its_own(books: Books, client_for) -> None:
    bring(books, "anna", "favour", 1250)
    with books.database.writing() as session:
        actions.move_to_party(session, books.cast.anna.party.id, books.cast.bashir.party.id)
        session.get_one(Party, books.cast.anna.party.id).closed_at = clock.now()
    browser = client_for(books.cast.maker)
    form = browser.look(f"/c/cremona/till/before/{books.cast.bashir.party.id}")
    assert form.says("12,50")
    browser.submit(form, "Segna", side="favour", cents="1", as_of="2026-12-31")
    assert books.balance("bashir") == 1350


def test_who_leaves_with_it_is_settled_like_everybody(books: Books) -> None:
    bring(books, "anna", "debt", 730)
    family = books.cast.anna.party.id
    with books.database.writing() as session:
        session.get_one(Party, family).closed_at = clock.now()
    with pytest.raises(Missing):
        bring(books, "anna", "favour", 5)
    with books.database.reading() as session:
        assert [balance for _party, balance in left_behind(session, books.cast.maker.actor)] == [-730]
    books.do(actions.write_off, books.cast.maker, family, 730, "group", "Andata via")
    assert (books.balance("anna"), books.of("group"), books.total()) == (0, -730, 0)


def test_a_reminder_waits_as_after_an_order(books: Books) -> None:
    bring(books, "anna", "debt", 730)

    def after(days: int) -> int:
        with clock.at(MONDAY + timedelta(days=days)), books.database.writing() as session:
            return actions.remind(session)

    assert [after(13), after(15)] == [0, 1]


def test_never_in_the_place_of_somebody(books: Books) -> None:
    maker: Member = books.cast.maker
    on_behalf = Actor(
        maker.actor.community_id, books.cast.chiara.id, grants=maker.actor.grants, recorded_by_id=maker.id
    )
    with books.database.writing() as session, pytest.raises(Missing):
        actions.open_with(session, on_behalf, books.cast.anna.party.id, "favour", 1, NEW_YEAR)
