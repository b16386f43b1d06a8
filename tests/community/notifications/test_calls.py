"""The list of people to call: one card a person, what to tell them, who tried and when."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from community.joining.notices import DECLINED
from community.notifications.actions import note_no_answer, note_told, notify
from community.notifications.queries import calls_by_person, told_lately
from foundation import clock
from foundation.database import Database
from foundation.errors import Missing
from tests.cast import Cast, Member, make_member
from tests.client import Browser, on_sqlite
from tests.community.notifications.test_notify import CONFIRM, WORDS


@pytest.fixture
def giorgio(database: Database, cast: Cast) -> Member:
    with database.writing() as session:
        return make_member(session, cast, "giorgio", "vescovato", email=None)


def tell(database: Database, cast: Cast, who: Member, key: str) -> None:
    with database.writing() as session:
        notify(session, person_id=who.id, community_id=cast.community.id, notice=CONFIRM, params=WORDS, key=key)


def test_all_there_is_to_tell_stands_together(database: Database, cast: Cast, giorgio: Member) -> None:
    tell(database, cast, giorgio, "a")
    tell(database, cast, giorgio, "b")
    with database.reading() as session:
        [one] = calls_by_person(session, cast.other_maker.actor)
        assert len(one.calls) == 2
        assert calls_by_person(session, cast.maker.actor) == []


def test_told_is_told_once_and_not_what_came_meanwhile(database: Database, cast: Cast, giorgio: Member) -> None:
    tell(database, cast, giorgio, "a")
    with database.reading() as session:
        [one] = calls_by_person(session, cast.other_maker.actor)
    tell(database, cast, giorgio, "b")
    with database.writing() as session:
        for stranger in ("maker", "anna", "zoe"):
            with pytest.raises(Missing):
                note_told(session, cast.members[stranger].actor, giorgio.id, one.upto)
        assert note_told(session, cast.other_maker.actor, giorgio.id, one.upto) == 1
        assert note_told(session, cast.other_maker.actor, giorgio.id, one.upto) == 0
        [left] = calls_by_person(session, cast.other_maker.actor)
        assert len(left.calls) == 1
        [(call, _at, by)] = told_lately(session, cast.other_maker.actor)
        assert (call.name, by) == ("Giorgio Prova", "Other Maker")
        assert told_lately(session, cast.maker.actor) == []


def test_who_did_not_answer_is_tried_after_the_others(database: Database, cast: Cast, giorgio: Member) -> None:
    with database.writing() as session:
        ida = make_member(session, cast, "ida", "vescovato", email=None)
    tell(database, cast, giorgio, "a")
    tell(database, cast, ida, "a")
    with database.writing() as session:
        with pytest.raises(Missing):
            note_no_answer(session, cast.maker.actor, giorgio.id)
        note_no_answer(session, cast.other_maker.actor, giorgio.id)
        first, second = calls_by_person(session, cast.other_maker.actor)
        assert [first.calls[0].name, second.calls[0].name] == ["Ida Prova", "Giorgio Prova"]
        assert [(one.outcome, one.by) for one in second.tries] == [("no_answer", "Other Maker")]


def test_today_is_the_day_of_the_community(database: Database, cast: Cast, giorgio: Member) -> None:
    """At half past midnight in Rome it is still yesterday in UTC."""
    evening = datetime(2027, 1, 11, 22, 30, tzinfo=UTC)
    with clock.at(evening):
        tell(database, cast, giorgio, "a")
        with database.writing() as session:
            ida = make_member(session, cast, "ida", "vescovato", email=None)
        tell(database, cast, ida, "a")
        with database.writing() as session:
            note_no_answer(session, cast.other_maker.actor, giorgio.id)
    for hours, names in ((0, ["Ida Prova", "Giorgio Prova"]), (1, ["Giorgio Prova", "Ida Prova"])):
        with clock.at(evening + timedelta(hours=hours)), database.reading() as session:
            found = calls_by_person(session, cast.other_maker.actor)
            assert [one.calls[0].name for one in found] == names


@on_sqlite
def test_on_the_page(database: Database, cast: Cast, giorgio: Member, client_for: Callable[..., Browser]) -> None:
    with database.writing() as session:
        for key in "ab":
            notify(
                session,
                person_id=giorgio.id,
                community_id=cast.community.id,
                notice=DECLINED,
                params={"community": "Cremona"},
                key=key,
            )
    maker = client_for(cast.other_maker, language="en")
    page = maker.submit(maker.look("/c/cremona/calls"), "No answer, try again")
    assert page.says("Other Maker: no answer")
    assert page.says("What to tell them")
    page = maker.submit(page, "Told this one")
    assert page.says("Told lately")
    assert maker.submit(page, "Called, told").says("Nobody to call")
