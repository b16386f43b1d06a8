"""Reporting something: one case for one thing, seen by those makers who may decide."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from community.moderation import actions
from community.moderation.queries import case_for, cases_for, view_of
from community.moderation.tables import Case
from community.parties.tables import PartyMember
from foundation import clock
from foundation.database import Database
from foundation.errors import Invalid, Missing
from tests.cast import Cast
from tests.community.letters import letters_to
from tests.community.moderation.desk import Desk


def test_it_reaches_the_makers_of_the_zone_only(database: Database, cast: Cast, desk: Desk) -> None:
    number = desk.report()
    with database.reading() as session:
        assert [row.case.id for row in cases_for(session, cast.maker.actor).rows] == [number]
        assert cases_for(session, cast.other_maker.actor).rows == []
        assert cases_for(session, cast.administrator.actor).rows == []
        for who in ("other_maker", "anna", "bashir", "administrator", "zoe"):
            with pytest.raises(Missing):
                case_for(session, cast.members[who].actor, number)


def test_several_reports_of_one_thing_are_one_case(database: Database, cast: Cast, desk: Desk) -> None:
    number = desk.report()
    assert desk.report(words="Guardate") == number
    assert desk.report(words="Anche questo") == number
    assert desk.report(who="chiara", reason="money") == number
    with database.reading() as session:
        view = view_of(session, cast.maker.actor, case_for(session, cast.maker.actor, number))
    assert [(one.reporter_id, one.words) for one in view.reports] == [
        (cast.bashir.id, "Guardate\n\nAnche questo"),
        (cast.chiara.id, "Guardate"),
    ]
    assert view.words == "Un annuncio di Anna"
    assert [person.id for person in view.concerned] == [cast.anna.id]


def test_the_urgent_are_due_in_a_day_and_come_first(database: Database, cast: Cast, desk: Desk) -> None:
    now = clock.now()
    with clock.at(now):
        number = desk.report()
        with database.reading() as session:
            case = case_for(session, cast.maker.actor, number)
            assert (case.urgent, case.due_at) == (False, now + timedelta(hours=72))
        assert letters_to(database, cast.maker.id) == []
        desk.report(who="chiara", reason="child")
    with database.reading() as session:
        case = case_for(session, cast.maker.actor, number)
        assert (case.urgent, case.due_at) == (True, now + timedelta(hours=24))
    assert letters_to(database, cast.maker.id) == ["moderation:urgent"]


def test_what_cannot_be_seen_cannot_be_reported(database: Database, cast: Cast, desk: Desk) -> None:
    with database.writing() as session:
        with pytest.raises(Missing):
            actions.report(session, cast.zoe.actor, "thing", 7, reason="insult", words="")
        with pytest.raises(Missing):
            actions.report(session, cast.bashir.actor, "thing", 8, reason="insult", words="")
        with pytest.raises(Missing):
            actions.report(session, cast.bashir.actor, "dream", 7, reason="insult", words="")
        with pytest.raises(Invalid):
            actions.report(session, cast.bashir.actor, "thing", 7, reason="boredom", words="")


@pytest.mark.parametrize("whose", ["anna", "bashir"])
def test_never_a_case_of_ones_own_household(database: Database, cast: Cast, desk: Desk, whose: str) -> None:
    """The maker lives with Anna, whom it is about, or with Bashir, who reported: an administrator decides instead."""
    with database.writing() as session:
        session.add(PartyMember(party_id=cast.members[whose].party.id, person_id=cast.maker.id))
    number = desk.report()
    lives_there = cast.maker.actor.__class__(
        **{**cast.maker.actor.__dict__, "party_ids": (cast.maker.party.id, cast.members[whose].party.id)}
    )
    with database.reading() as session:
        assert cases_for(session, lives_there).rows == []
        with pytest.raises(Missing):
            case_for(session, lives_there, number)
        assert [row.case.id for row in cases_for(session, cast.administrator.actor).rows] == [number]
        assert case_for(session, cast.administrator.actor, number).id == number


def test_what_is_kept_from_a_maker_stays_so(database: Database, cast: Cast, desk: Desk) -> None:
    number = desk.report()
    desk.kept_from.append(cast.maker.id)
    with database.reading() as session:
        assert cases_for(session, cast.maker.actor).rows == []
        with pytest.raises(Missing):
            case_for(session, cast.maker.actor, number)
        assert case_for(session, cast.administrator.actor, number).id == number


def test_what_waits_too_long_is_said_once(database: Database, cast: Cast, desk: Desk) -> None:
    desk.report()
    for hours, letters in ((71, 0), (73, 1), (80, 1)):
        with clock.at(clock.now() + timedelta(hours=hours)), database.writing() as session:
            actions.remind_overdue(session)
        assert letters_to(database, cast.maker.id).count("moderation:overdue") == letters


def test_the_words_are_sealed(database: Database, cast: Cast, desk: Desk) -> None:
    desk.report(words="Il nome di una bambina")
    with database.reading() as session:
        assert "bambina" not in str(session.connection().exec_driver_sql("SELECT words FROM report").all())


def test_an_administrators_page_costs_the_same_however_many_cases_wait(
    database: Database, cast: Cast, desk: Desk
) -> None:
    """The bell counts what no maker can decide on: for all cases together, not one after another."""

    def questions() -> int:
        asked: list[str] = []
        with database.reading() as session:
            engine = session.get_bind()
            event.listen(engine, "before_cursor_execute", note := lambda *heard: asked.append(heard[2]))
            assert cases_for(session, cast.administrator.actor).rows == []
            event.remove(engine, "before_cursor_execute", note)
        return len(asked)

    desk.report()
    before = questions()
    with database.writing() as session:
        for number in range(20):
            session.add(
                Case(
                    community_id=cast.community.id, zone_id=cast.zones["centro"].id, kind="person",
                    object_id=1000 + number, about_party_id=cast.anna.party.id, due_at=clock.now(),
                )
            )  # fmt: skip
    assert questions() == before
