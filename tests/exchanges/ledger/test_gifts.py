"""Gifts count as participation without hours: each member sees how many they gave and received, beside the hours."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from exchanges.agreements import actions
from exchanges.agreements.queries import Gifts, count_gifts
from foundation import clock
from foundation.database import Database
from tests.cast import Cast, Member
from tests.client import Browser, on_sqlite
from tests.exchanges.agreements.stage import Stage

TIME = "/c/cremona/time/"


@pytest.fixture
def stage(database: Database, cast: Cast) -> Stage:
    return Stage(database, cast)


def gift(stage: Stage, giver: Member, receiver: Member) -> int:
    agreement_id = stage.accepted(giver, receiver, gift=True, minutes=None)
    stage.do(actions.deliver, giver, agreement_id, None, None)
    stage.do(actions.confirm, receiver, agreement_id, None)
    return agreement_id


def gifts(stage: Stage, who: Member) -> Gifts:
    with stage.database.reading() as session:
        return count_gifts(session, who.party.id)


def test_gifts_are_counted_and_never_in_the_balance(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    for _ in range(2):
        gift(stage, anna, bashir)
    gift(stage, bashir, anna)
    stage.settled(anna, bashir, minutes=60)
    assert gifts(stage, anna) == Gifts(given=2, received=1)
    assert gifts(stage, bashir) == Gifts(given=1, received=2)
    assert (stage.balance(anna), stage.balance(bashir)) == (60, -60)


def test_only_what_was_confirmed_counts(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    accepted = stage.accepted(anna, bashir, gift=True, minutes=None)
    stage.do(actions.cancel, bashir, accepted, None, "Non serve più")
    written = stage.accepted(anna, bashir, gift=True, minutes=None)
    stage.do(actions.deliver, anna, written, None, None)
    assert gifts(stage, anna) == Gifts()
    with clock.at(clock.now() + timedelta(days=1)):
        stage.do(actions.confirm, bashir, written, None)
    assert gifts(stage, anna) == Gifts(given=1)


@on_sqlite
def test_both_kinds_stand_in_words_on_my_time_and_on_my_page(stage: Stage, client_for: Callable[..., Browser]) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    assert not client_for(anna, language="en").look(TIME).says("As a gift")
    for _ in range(2):
        last = gift(stage, anna, bashir)
    gift(stage, bashir, anna)
    stage.settled(anna, bashir, minutes=60)
    page = client_for(anna, language="en").look(TIME)
    assert page.says("You have given 1 h more than you received.")
    assert page.says("As a gift you gave a hand 2 times and received one once. Gifts move no hours.")
    assert page.soup.select(f'a[href$="/agreements/{last}"]')
    own = client_for(anna, language="en").look(f"/c/cremona/members/{anna.party.id}")
    assert own.says("You have given 1 h and received 0 h. As a gift you gave a hand 2 times and received one once.")


@on_sqlite
def test_all_gifts_can_be_read_on_the_page_and_on_the_printed_sheet(
    stage: Stage, client_for: Callable[..., Browser]
) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    made = [gift(stage, anna, bashir) for _ in range(7)]
    browser = client_for(anna, language="en")
    page = browser.look(TIME)
    assert not page.soup.select(f'a[href$="/agreements/{made[0]}"]')
    whole = browser.look(page.link("All gifts"))
    assert all(whole.soup.select(f'a[href$="/agreements/{one}"]') for one in made)
    assert not whole.soup.select('a[href*="gifts=all"]')
    sheet = browser.look(page.link("Print or save"))
    assert sheet.words.count("(You gave)") == 7
    assert not browser.look(f"{TIME}{anna.party.id}/print?until=2020-01-01").says("As a gift")


@on_sqlite
def test_others_do_not_read_it_and_makers_do(stage: Stage, client_for: Callable[..., Browser]) -> None:
    cast = stage.cast
    agreement_id = gift(stage, cast.anna, cast.bashir)
    seen = client_for(cast.chiara, language="en").look(f"/c/cremona/members/{cast.anna.party.id}")
    assert not seen.says("As a gift you gave")
    page = client_for(cast.maker, language="en").look(f"{TIME}{cast.anna.party.id}")
    assert page.says("Gifts given: 1. Gifts received: 0.")
    assert not page.soup.select(f'a[href$="/agreements/{agreement_id}"]')
