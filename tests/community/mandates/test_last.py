"""How long the yes of a household lasts: renewed, ended, ended with who leaves; makers are reminded."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlmodel import select

from community.leaving.actions import leave
from community.mandates import actions
from community.mandates.queries import (
    SOON,
    count_to_ask,
    homes,
    mandates_of,
    stand_in,
    standing_mandate,
)
from community.mandates.rules import NotStanding, Said
from community.notifications.tables import CallToMake
from community.parties.actions import add_person
from community.parties.tables import Party
from exchanges.agreements import actions as agreements
from foundation import clock
from foundation.errors import Missing
from tests.community.mandates.homes import TODAY, open_home
from tests.exchanges.agreements.stage import Stage


def test_after_its_day_nothing_is_done_until_it_is_renewed(stage: Stage) -> None:
    rosa, maker = stage.offline("rosa"), stage.cast.maker
    agreement_id = stage.proposed(rosa, stage.cast.bashir)
    later = clock.now() + timedelta(days=366)
    with clock.at(later):
        with stage.database.reading() as session, pytest.raises(NotStanding):
            stand_in(session, maker.actor, rosa.party.id)
        with pytest.raises(NotStanding):
            stage.do(agreements.answer_by_phone, maker, agreement_id, None, "decline")
        stage.do(actions.agree, maker, rosa.party.id, rosa.id, Said("signed", clock.today("Europe/Rome")))
        stage.do(agreements.answer_by_phone, maker, agreement_id, None, "decline")
    with stage.database.reading() as session:
        assert [one.ended_how for one, _who, _before in mandates_of(session, rosa.party.id)] == ["", "renewed"]


def test_ended_at_once(stage: Stage) -> None:
    rosa = stage.offline("rosa")
    agreement_id = stage.proposed(rosa, stage.cast.bashir)
    with pytest.raises(Missing):
        stage.do(actions.end_as_told, stage.cast.other_maker, rosa.party.id)
    stage.do(actions.end_as_told, stage.cast.maker, rosa.party.id)
    stage.do(actions.end_as_told, stage.cast.maker, rosa.party.id)
    with stage.database.reading() as session:
        assert standing_mandate(session, rosa.party.id) is None
        with pytest.raises(NotStanding):
            stand_in(session, stage.cast.maker.actor, rosa.party.id)
        assert count_to_ask(session, stage.cast.maker.actor) == 0
    with pytest.raises(NotStanding):
        stage.do(agreements.answer_by_phone, stage.cast.maker, agreement_id, None, "accept")


def test_it_ends_with_who_leaves(stage: Stage) -> None:
    rosa = stage.offline("rosa")
    stage.do(leave, rosa)
    with stage.database.reading() as session:
        assert standing_mandate(session, rosa.party.id) is None
        with pytest.raises(Missing):
            stand_in(session, stage.cast.maker.actor, rosa.party.id)


def test_with_an_adult_who_has_email_it_ends_and_stays_ended(stage: Stage) -> None:
    rosa, bashir = stage.offline("rosa"), stage.cast.bashir
    with stage.database.writing() as session:
        party = session.get(Party, rosa.party.id)
        add_person(session, rosa.actor, party, bashir.id)
        assert standing_mandate(session, rosa.party.id) is None
    stage.do(leave, bashir)
    with stage.database.reading() as session, pytest.raises(NotStanding):
        stand_in(session, stage.cast.maker.actor, rosa.party.id)


def test_another_adult_without_email_changes_nothing(stage: Stage) -> None:
    rosa, pino = stage.offline("rosa"), stage.offline("pino")
    with stage.database.writing() as session:
        add_person(session, rosa.actor, session.get(Party, rosa.party.id), pino.id)
        assert standing_mandate(session, rosa.party.id) is not None


def test_makers_are_reminded_once_each_time(stage: Stage) -> None:
    rosa = stage.offline("rosa")
    for days, notices in ((100, 0), (340, 1), (341, 1), (359, 2), (370, 3)):
        with clock.at(clock.now() + timedelta(days=days)), stage.database.writing() as session:
            actions.remind_ending(session, stage.cast.community.id)
        assert len([name for name in stage.mails(stage.cast.maker) if name.startswith("mandates:")]) == notices
    with stage.database.reading() as session:
        assert not session.scalars(select(CallToMake)).all()
        assert [home.party_id for home in homes(session, stage.cast.maker.actor, "rosa")] == [rosa.party.id]
        assert homes(session, stage.cast.other_maker.actor) == []


def test_who_was_never_asked_is_on_the_list(stage: Stage) -> None:
    party_id = open_home(stage)
    with stage.database.writing() as session:
        assert count_to_ask(session, stage.cast.maker.actor) == 0
        mandate = standing_mandate(session, party_id)
        session.delete(mandate)
        session.flush()
        assert count_to_ask(session, stage.cast.maker.actor) == 1
        assert count_to_ask(session, stage.cast.anna.actor) == 0


def test_the_month_before_its_end_begins_by_the_day_of_the_community(stage: Stage) -> None:
    """At half past midnight in Rome it is still yesterday in UTC."""
    party_id = open_home(stage)
    last = date(TODAY.year + 1, 3, 31)
    with stage.database.writing() as session:
        standing_mandate(session, party_id).until = last
    midnight = datetime.combine(last - SOON, time(), tzinfo=UTC) - timedelta(hours=1)
    for minutes, number in ((-30, 0), (30, 1)):
        with clock.at(midnight + timedelta(minutes=minutes)), stage.database.reading() as session:
            assert count_to_ask(session, stage.cast.maker.actor) == number
