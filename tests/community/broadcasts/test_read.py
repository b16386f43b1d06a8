"""Who reads a message, how openings are counted, and what is let go."""

from datetime import timedelta

import pytest
from sqlmodel import col, select, update

from community.broadcasts import actions
from community.broadcasts.personal import RETENTIONS
from community.broadcasts.queries import listing, news_for
from community.broadcasts.rules import Link
from community.broadcasts.tables import Broadcast, BroadcastLink, BroadcastTelling
from community.leaving.rules import Going
from community.members.tables import Membership
from community.moderation.actions import decide, report
from community.moderation.rules import Ruling
from foundation import audit, clock
from foundation.database import Database
from foundation.errors import Missing
from foundation.personal.keeping import Cutoff
from tests.cast import Cast, Member
from tests.community.broadcasts.stage import Desk, at_once


def reads(database: Database, who: Member, number: int) -> bool:
    with database.reading() as session:
        try:
            news_for(session, who.actor, number)
        except Missing:
            return False
        return True


def sent(desk: Desk, **more: object) -> int:
    number = desk.send(links=[Link("Il programma", "https://www.example.org/festa")], **more)
    desk.work()
    return number


def test_who_was_told_reads_it_and_nobody_of_other_zones(desk: Desk, cast: Cast) -> None:
    draft = desk.write()
    assert not reads(desk.database, cast.anna, draft)
    number = sent(desk)
    assert {name for name in cast.members if reads(desk.database, cast.members[name], number)} == {
        "anna", "bashir", "chiara", "maker", "administrator", "bakery",
    }  # fmt: skip
    with desk.database.writing() as session:
        session.exec(
            update(Membership)
            .where(col(Membership.person_id) == cast.anna.id)
            .values(zone_id=cast.zones["vescovato"].id)
        )
    assert reads(desk.database, cast.anna, number), "she was told of it before she moved"


def test_makers_see_what_went_to_their_zones(desk: Desk, cast: Cast) -> None:
    number = sent(desk)
    with desk.database.reading() as session:
        assert [one.id for one, _author, _zones in listing(session, cast.administrator.actor)] == [number]
        assert listing(session, cast.other_maker.actor) == []
        with pytest.raises(Missing):
            listing(session, cast.anna.actor)


def test_an_opening_is_counted_and_nobody_named(desk: Desk, cast: Cast) -> None:
    number = sent(desk)

    def opens(who: Member) -> None:
        with desk.database.writing() as session:
            actions.count_opening(session, who.actor, number, 1)

    assert at_once(*[lambda who=who: opens(who) for who in (cast.anna, cast.bashir, cast.chiara)]) == [None] * 3
    with pytest.raises(Missing):
        opens(cast.dario)
    with desk.database.reading() as session:
        assert session.exec(select(BroadcastLink)).one().opened == 3
        lines = session.exec(select(audit.tables.AuditEntry.verb, audit.tables.AuditEntry.actor_person_id)).all()
    assert not [verb for verb, who in lines if who == cast.anna.id]


def test_one_that_was_reported_is_hidden_and_shown_again(desk: Desk, cast: Cast) -> None:
    number = sent(desk)
    with desk.database.writing() as session:
        case_id = report(session, cast.anna.actor, "broadcast", number, reason="other", words="Non va.").case_id
        decide(session, cast.administrator.actor, case_id, Ruling("hide", "C’era un nome."))
    assert not reads(desk.database, cast.anna, number)
    assert reads(desk.database, cast.administrator, number)


def test_after_a_month_only_the_figures_are_kept(desk: Desk) -> None:
    number = sent(desk)
    before = desk.outcome(number)
    clear = RETENTIONS[0].clear
    with desk.database.writing() as session:
        assert clear(session, Cutoff(clock.now() - timedelta(days=1)), 200).total() == 0
        assert clear(session, Cutoff(clock.now() + timedelta(days=1)), 200).total() == 6
        assert clear(session, Cutoff(clock.now() + timedelta(days=1)), 200).total() == 0
        assert session.exec(select(BroadcastTelling)).all() == []
    after = desk.outcome(number)
    assert (after.told, after.delivered) == (before.told, before.waiting)


def test_after_two_years_it_goes_with_drafts_left_lying(desk: Desk) -> None:
    sent(desk)
    desk.write()
    with desk.database.writing() as session:
        assert RETENTIONS[1].clear(session, Cutoff(clock.now() + timedelta(days=1)), 200).total() == 2
        assert session.exec(select(Broadcast)).all() == []


def test_who_leaves_sends_nothing_more_and_is_forgotten_as_a_reader(desk: Desk, cast: Cast) -> None:
    number = sent(desk)
    draft, planned = desk.write(), desk.send(send_at=clock.now() + timedelta(hours=1))
    going = Going(cast.community.id or 0, cast.maker.id, (), ())
    with desk.database.writing() as session:
        actions.end_with(session, going)
        actions.forget(session, going)
    assert desk.state(planned) == "stopped"
    with desk.database.reading() as session:
        assert session.get(Broadcast, draft) is None
        told = session.exec(select(BroadcastTelling.person_id).where(col(BroadcastTelling.broadcast_id) == number))
        assert cast.maker.id not in set(told)
    with clock.at(clock.now() + timedelta(hours=2)):
        desk.work()
    assert desk.state(planned) == "stopped"
