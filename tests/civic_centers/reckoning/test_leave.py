"""Who leaves with something open, and households that become one."""

from datetime import timedelta

import pytest
from sqlmodel import select

from civic_centers.reckoning import actions
from civic_centers.reckoning.feature import leaving_lines
from civic_centers.reckoning.queries.own import left_behind, lines_of, receipt_for
from civic_centers.reckoning.tables import PurseWords, QuotaRequest
from community.leaving.actions import finish, leave
from community.leaving.queries import going_of
from community.leaving.tables import Departure
from community.parties.tables import Party
from foundation import clock
from foundation.errors import Invalid, Missing, Refused
from tests.civic_centers.reckoning.books import MONDAY, Books


def go(books: Books, name: str) -> None:
    """They leave, and the days in which they might come back are over."""
    who = books.cast.members[name]
    departure = books.do(leave, who)
    with books.database.writing() as session:
        session.get_one(Departure, departure.id).ends_at = clock.now() - timedelta(minutes=1)
    with books.database.writing() as session:
        assert finish(session, departure.id)


def test_they_are_told_what_stays(books: Books, app: object) -> None:
    cycle = books.cycle({"anna": 2347, "bashir": 1000})
    books.pay(cycle, "bashir", 1500)
    with books.database.reading() as session, app.test_request_context():
        for name, amount in (("anna", "23,47"), ("bashir", "5,00")):
            party = session.get_one(Party, books.cast.members[name].party.id)
            going = going_of(books.cast.community.id, books.cast.members[name].id, [party], [])
            (line,) = leaving_lines(session, going)
            assert amount in line
        stays = going_of(books.cast.community.id, books.cast.anna.id, [], [party])
        assert leaving_lines(session, stays) == []


def test_what_was_owed_stays_without_a_name_and_is_written_off(books: Books) -> None:
    cycle = books.cycle({"anna": 2347})
    books.give(2000)
    asked = books.do(actions.ask_quota, books.cast.anna, actions.Ask(1000, "Mese difficile"))
    wrong = books.pay(cycle, "anna", 500)
    books.do(actions.reverse, books.cast.maker, wrong.id, "Anna dice di no")
    books.pay(cycle, "anna", 347)
    go(books, "anna")
    family = books.cast.anna.party.id
    with books.database.reading() as session:
        ((party, balance),) = left_behind(session, books.cast.maker.actor)
        assert (party.name, balance) == ("Qualcuno che è andato via", -2000)
        assert left_behind(session, books.cast.other_maker.actor) == []
        request = session.get_one(QuotaRequest, asked.id)
        assert (request.state, request.words, request.person_id) == ("withdrawn", "", None)
        assert [one.words for one in session.exec(select(PurseWords))] == ["Panificio Bonali", "", "", ""]
    with pytest.raises(Invalid):
        books.do(actions.write_off, books.cast.maker, family, 2000, "quota", "")
    with pytest.raises(Refused):
        books.do(actions.write_off, books.cast.maker, family, 2001, "group", "Andata via")
    with pytest.raises(Missing):
        books.do(actions.write_off, books.cast.other_maker, family, 2000, "quota", "Andata via")
    books.do(actions.write_off, books.cast.maker, family, 1500, "quota", "Andata via")
    books.do(actions.write_off, books.cast.maker, family, 500, "group", "Andata via")
    assert (books.balance("anna"), books.of("quota"), books.of("group")) == (0, 500, -500)
    assert books.total() == 0


def test_the_quota_bears_no_more_than_it_holds(books: Books) -> None:
    books.cycle({"anna": 2347})
    books.give(1000)
    go(books, "anna")
    family = books.cast.anna.party.id
    with pytest.raises(Refused):
        books.do(actions.write_off, books.cast.maker, family, 1001, "quota", "Andata via")
    books.do(actions.write_off, books.cast.maker, family, 1000, "quota", "Andata via")
    assert (books.balance("anna"), books.of("quota")) == (-1347, 0)


def test_what_was_in_their_favour_goes_to_the_quota(books: Books) -> None:
    cycle = books.cycle({"anna": 2347})
    books.pay(cycle, "anna", 3000)
    family = books.cast.anna.party.id
    with pytest.raises(Missing):
        books.do(actions.hand_over, books.cast.maker, family)
    go(books, "anna")
    books.do(actions.hand_over, books.cast.maker, family)
    assert (books.balance("anna"), books.of("quota")) == (0, 653)
    with pytest.raises(Refused):
        books.do(actions.hand_over, books.cast.maker, family)


def test_the_receipt_keeps_its_seal_and_the_law_its_name(books: Books) -> None:
    books.pay(books.cycle({"anna": 2347}), "anna", 2347)
    go(books, "anna")
    with books.database.reading() as session:
        receipt = receipt_for(session, books.cast.maker.actor, 2027, 1)
    assert receipt.whole
    assert receipt.name == "Anna e famiglia"


def test_a_correction_after_they_have_gone(books: Books) -> None:
    cycle = books.cycle({"anna": 2347})
    go(books, "anna")
    books.change(cycle, "anna", 2300)
    assert books.balance("anna") == -2300


@pytest.mark.parametrize("paid", [0, 3000])
def test_a_household_becomes_part_of_another(books: Books, paid: int) -> None:
    cycle = books.cycle({"anna": 2347, "bashir": 1000})
    if paid:
        books.pay(cycle, "anna", paid)
    anna, bashir = books.cast.anna.party.id, books.cast.bashir.party.id
    with books.database.writing() as session:
        actions.move_to_party(session, anna, bashir)
    assert books.balance("anna") == 0
    assert books.balance("bashir") == -1000 - 2347 + paid
    with books.database.reading() as session:
        lines = lines_of(session, bashir)
        assert sum(line.cents for line in lines) == books.balance("bashir"), "all of both, and nothing twice"
        if paid:
            assert receipt_for(session, books.cast.bashir.actor, 2027, 1).cents == paid
    assert books.open("bashir") == {cycle: max(0, 3347 - paid)}
    books.change(cycle, "anna", 2300)
    assert books.balance("bashir") == -1000 - 2300 + paid
    assert books.total() == 0


def test_what_went_over_goes_along_when_they_join_the_next(books: Books) -> None:
    cycle = books.cycle({"anna": 2347, "bashir": 1000})
    books.pay(cycle, "anna", 347)
    anna, bashir, chiara = (books.cast.members[name].party.id for name in ("anna", "bashir", "chiara"))
    for party_id, into in ((anna, bashir), (bashir, chiara)):
        with books.database.writing() as session:
            actions.move_to_party(session, party_id, into)
    assert books.balance("chiara") == -2000 - 1000
    with books.database.reading() as session:
        assert receipt_for(session, books.cast.chiara.actor, 2027, 1).cents == 347
        assert sum(line.cents for line in lines_of(session, chiara)) == -3000
    books.change(cycle, "anna", 2300)
    assert (books.balance("chiara"), books.balance("bashir"), books.balance("anna")) == (-2953, 0, 0)


def test_a_receipt_is_taken_back_after_they_joined(books: Books) -> None:
    cycle = books.cycle({"anna": 2347, "bashir": 1000})
    entry = books.pay(cycle, "anna", 2347)
    anna, bashir = books.cast.anna.party.id, books.cast.bashir.party.id
    with books.database.writing() as session:
        actions.move_to_party(session, anna, bashir)
    books.do(actions.reverse, books.cast.maker, entry.id, "Doppio")
    assert (books.balance("anna"), books.balance("bashir")) == (0, -3347)


def test_who_moves_is_read_by_the_makers_of_where_they_live_now(books: Books) -> None:
    books.cycle({"anna": 2347})
    asked = books.do(actions.ask_quota, books.cast.anna, actions.Ask(1000))
    with books.database.writing() as session:
        actions.party_moved(session, books.cast.anna.party.id, 0, books.cast.zones["vescovato"].id)
    with pytest.raises(Missing):
        books.do(actions.decline, books.cast.maker, asked.id, "Passa a trovarmi")
    books.do(actions.decline, books.cast.other_maker, asked.id, "Passa a trovarmi")


def test_kind_reminders_and_no_more_than_three(books: Books) -> None:
    cycle = books.cycle({"anna": 2347, "bashir": 1000, "chiara": 500})
    books.pay(cycle, "bashir", 1000)
    books.do(actions.ask_quota, books.cast.chiara, actions.Ask(500))

    def after(days: int) -> int:
        with clock.at(MONDAY + timedelta(days=days)), books.database.writing() as session:
            return actions.remind(session)

    assert [after(days) for days in (13, 15, 16, 30, 45, 60, 90)] == [0, 1, 0, 1, 1, 0, 0]
    assert books.letters("anna") == ["reckoning:still_open"] * 3
    assert "reckoning:still_open" not in books.letters("chiara"), "who asked is left in peace"
    with clock.at(MONDAY + timedelta(days=91)):
        books.pay(cycle, "anna", 2347)
    assert after(92) == 0
    with clock.at(MONDAY + timedelta(days=93)):
        books.cycle({"anna": 100}, "Farina di aprile")
    assert after(108) == 1


def test_a_household_that_is_gone_is_not_reminded(books: Books) -> None:
    books.cycle({"anna": 2347})
    with books.database.writing() as session:
        session.get_one(Party, books.cast.anna.party.id).closed_at = clock.now()
    with clock.at(MONDAY + timedelta(days=15)), books.database.writing() as session:
        assert actions.remind(session) == 0
    assert books.letters("anna") == []
