"""Reporting something, and a maker of the zone deciding."""

from collections.abc import Iterator

import pytest

from community.moderation import actions
from community.moderation.queries import report_for, reports_for
from foundation.access import Actor
from foundation.database import Database, Session
from foundation.errors import Invalid, Missing, Stale
from foundation.feature import Feature, Reportable, registry
from tests.cast import Cast


@pytest.fixture
def hidden(cast: Cast) -> Iterator[list[tuple[int, str]]]:
    """A kind of thing of Anna's, which only members of her community see; gives the ids that makers hid, and why."""
    gone: list[tuple[int, str]] = []

    def find(_session: Session, actor: Actor, object_id: int) -> tuple[str, int | None, int | None]:
        if actor.community_id != cast.community.id or object_id != 7:
            raise Missing()
        return "Un annuncio di Anna", cast.zones["centro"].id, cast.anna.party.id

    kind = Reportable("thing", "a thing", find, "", "", hide=lambda _session, _actor, *what: gone.append(what))
    before = registry.features
    registry.register((*before, Feature("things", reportables=(kind,))))
    yield gone
    registry.register(before)


def report(database: Database, cast: Cast, who: str = "bashir", reason: str = "insult") -> int:
    with database.writing() as session:
        return actions.report(session, cast.members[who].actor, "thing", 7, reason=reason, words="Guardate").id


def test_it_reaches_the_makers_of_the_zone_only(database: Database, cast: Cast, hidden: list[tuple[int, str]]) -> None:
    number = report(database, cast)
    with database.reading() as session:
        assert [found.id for found in reports_for(session, cast.maker.actor)] == [number]
        assert reports_for(session, cast.other_maker.actor) == []
        for who in ("other_maker", "anna", "bashir", "administrator", "zoe"):
            with pytest.raises(Missing):
                report_for(session, cast.members[who].actor, number)


def test_twice_by_the_same_person_is_one(database: Database, cast: Cast, hidden: list[tuple[int, str]]) -> None:
    assert report(database, cast) == report(database, cast)
    assert report(database, cast, who="chiara") != report(database, cast)


def test_the_urgent_come_first(database: Database, cast: Cast, hidden: list[tuple[int, str]]) -> None:
    calm = report(database, cast)
    urgent = report(database, cast, who="chiara", reason="child")
    with database.reading() as session:
        assert [found.id for found in reports_for(session, cast.maker.actor)] == [urgent, calm]


def test_what_cannot_be_seen_cannot_be_reported(database: Database, cast: Cast, hidden: list[tuple[int, str]]) -> None:
    with database.writing() as session:
        with pytest.raises(Missing):
            actions.report(session, cast.zoe.actor, "thing", 7, reason="insult", words="")
        with pytest.raises(Missing):
            actions.report(session, cast.bashir.actor, "thing", 8, reason="insult", words="")
        with pytest.raises(Missing):
            actions.report(session, cast.bashir.actor, "dream", 7, reason="insult", words="")
        with pytest.raises(Invalid):
            actions.report(session, cast.bashir.actor, "thing", 7, reason="boredom", words="")


def test_nobody_decides_their_own_case(database: Database, cast: Cast, hidden: list[tuple[int, str]]) -> None:
    number = report(database, cast, who="maker")
    with database.reading() as session:
        assert reports_for(session, cast.maker.actor) == []
        with pytest.raises(Missing):
            report_for(session, cast.maker.actor, number)


def test_hiding_and_letting_be(database: Database, cast: Cast, hidden: list[tuple[int, str]]) -> None:
    first, second = report(database, cast), report(database, cast, who="chiara")
    with database.writing() as session:
        actions.close_report(session, cast.maker.actor, first, outcome="nothing", words="Va bene così.")
        assert hidden == []
        closed = actions.close_report(session, cast.maker.actor, second, outcome="hidden", words="Offende.")
        assert (hidden, closed.outcome, closed.closed_by_id) == ([(7, "Offende.")], "hidden", cast.maker.id)


def test_two_makers_at_once_decide_once(database: Database, cast: Cast, hidden: list[tuple[int, str]]) -> None:
    number = report(database, cast)
    with database.writing() as session:
        actions.close_report(session, cast.maker.actor, number, outcome="nothing", words="Va bene.")
    with pytest.raises(Stale), database.writing() as session:
        actions.close_report(session, cast.maker.actor, number, outcome="hidden", words="No.")
    assert hidden == []
