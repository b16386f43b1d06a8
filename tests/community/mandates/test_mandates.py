"""What a household without e-mail agrees to: written down, renewed, ended; and what stands on it."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlmodel import select

from community.conversations.queries import conversations
from community.leaving.actions import leave
from community.mandates import actions
from community.mandates.queries import (
    SOON,
    count_to_ask,
    gone,
    homes,
    mandates_of,
    must_stand,
    stand_in,
    standing_mandate,
)
from community.mandates.rules import NewAdult, NewHome, NotStanding, Said
from community.members.queries import actor_for, membership_of
from community.moderation import actions as moderation
from community.moderation.rules import Ruling
from community.notifications.tables import CallToMake
from community.parties.actions import add_person
from community.parties.queries import people_of
from community.parties.tables import Party
from exchanges.agreements import actions as agreements
from exchanges.agreements.queries import events_of
from exchanges.agreements.queries import view_of as agreement_view
from exchanges.agreements.queries.lists import number_waiting, waiting_for
from exchanges.ledger.queries.accounts import account_of
from exchanges.posts.actions import start_draft
from exchanges.posts.queries import own_post, own_posts, post_visible_to
from exchanges.posts.tables import Post
from exchanges.series import actions as series
from exchanges.series.queries.mine import number_waiting as series_waiting
from exchanges.series.queries.mine import standing_of
from exchanges.series.queries.single import view_of as series_view
from foundation import clock
from foundation.audit import history_of
from foundation.database import Database
from foundation.errors import Invalid, Missing, Refused
from tests.cast import Cast
from tests.exchanges.agreements.stage import Stage
from tests.exchanges.series.stage import weekly

TODAY = clock.today("Europe/Rome")


@pytest.fixture
def stage(database: Database, cast: Cast) -> Stage:
    return Stage(database, cast)


def new_home(cast: Cast, zone: str = "centro") -> NewHome:
    return NewHome(cast.zones[zone].id, (NewAdult("Rosa", "Bianchi", "0372 1"), NewAdult("Pino", "Bianchi")))


def open_home(stage: Stage, **more) -> int:
    said = more.pop("said", Said("spoken", TODAY))
    return stage.do(actions.open_household, stage.cast.maker, new_home(stage.cast, **more), said)


def test_a_household_is_opened_with_its_yes(stage: Stage) -> None:
    party_id = open_home(stage)
    with stage.database.reading() as session:
        party = session.get(Party, party_id)
        rosa, pino = people_of(session, party_id)
        assert (party.name, rosa.email, rosa.phone) == ("Rosa Bianchi & Pino Bianchi", None, "0372 1")
        assert membership_of(session, party.community_id, pino.id).decided_by_id == stage.cast.maker.id
        assert actor_for(session, rosa.id, party.community_id).party_id == party_id
        assert account_of(session, party_id).balance == 0
        mandate = must_stand(session, party.community_id, party_id)
        assert (mandate.person_id, mandate.way, mandate.before_id) == (rosa.id, "spoken", stage.cast.maker.id)
        assert mandate.text_version
        assert mandate.until >= TODAY + timedelta(days=364)


def test_the_same_form_opens_it_once(stage: Stage) -> None:
    home, said = new_home(stage.cast), Said("spoken", TODAY)
    first = stage.do(actions.open_household, stage.cast.maker, home, said, request_key="k")
    assert stage.do(actions.open_household, stage.cast.maker, home, said, request_key="k") == first


def test_it_is_for_makers_of_the_zone_and_asks_for_names_and_a_day(stage: Stage) -> None:
    cast = stage.cast
    home, said = new_home(cast), Said("spoken", TODAY)
    for who in (cast.other_maker, cast.anna, cast.zoe):
        with pytest.raises(Missing):
            stage.do(actions.open_household, who, home, said)
    with pytest.raises(Invalid):
        stage.do(actions.open_household, cast.maker, NewHome(cast.zones["centro"].id, (NewAdult(" "),)), said)
    for wrong in (
        Said("thought", TODAY),
        Said("spoken", TODAY + timedelta(days=1)),
        Said("signed", TODAY - timedelta(days=3000)),
    ):
        with pytest.raises(Invalid):
            stage.do(actions.open_household, cast.maker, home, wrong)


def test_who_stands_in_has_the_household_and_no_role(stage: Stage) -> None:
    party_id = open_home(stage)
    with stage.database.reading() as session:
        speaker = stand_in(session, stage.cast.maker.actor, party_id)
        assert (speaker.party_id, speaker.recorded_by_id) == (party_id, stage.cast.maker.id)
        assert [grant.role for grant in speaker.grants] == ["member"]
        for who in (stage.cast.other_maker, stage.cast.anna):
            with pytest.raises(Missing):
                stand_in(session, who.actor, party_id)
        with pytest.raises(Missing):
            stand_in(session, stage.cast.maker.actor, stage.cast.anna.party.id)
    with stage.database.writing() as session:
        post = start_draft(session, speaker, "offer")
        assert (post.party_id, post.author_id, post.recorded_by_id) == (
            party_id,
            speaker.person_id,
            stage.cast.maker.id,
        )


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


def test_nobody_writes_for_both_sides(stage: Stage) -> None:
    rosa, maker = stage.offline("rosa"), stage.cast.maker
    agreement_id = stage.proposed(rosa, maker)
    with stage.database.reading() as session:
        speaker = stand_in(session, maker.actor, rosa.party.id)
    with stage.database.writing() as session, pytest.raises(Refused, match="both sides"):
        agreements.accept(session, speaker, agreement_id, None)
    other = stage.proposed(rosa, stage.cast.bashir)
    with stage.database.writing() as session:
        agreements.accept(session, speaker, other, None)
        last = events_of(session, other)[-1]
        assert (last.person_id, last.recorded_by_id) == (rosa.id, maker.id)


def test_who_is_paused_is_not_stood_for(stage: Stage) -> None:
    rosa = stage.offline("rosa")
    case_id = stage.do(moderation.report, stage.cast.anna, "person", rosa.id, reason="insult", words="").case_id
    stage.do(moderation.decide, stage.cast.maker, case_id, Ruling("pause", "Con calma.", days=None))
    with stage.database.reading() as session, pytest.raises(Refused):
        stand_in(session, stage.cast.maker.actor, rosa.party.id)


def test_what_was_kept_from_a_maker_is_kept_from_them_in_the_households_place(stage: Stage) -> None:
    rosa, maker = stage.offline("rosa"), stage.cast.maker
    post_id = stage.post(rosa, "need", category="housing", visibility="confidential", excluded_maker_id=maker.id)
    seen = stage.post(rosa, "need", category="housing", visibility="confidential")
    with stage.database.reading() as session:
        speaker = stand_in(session, maker.actor, rosa.party.id)
        assert post_visible_to(session, speaker, seen).is_own
        assert [post.id for post in own_posts(session, speaker)] == [seen]
        for look in (post_visible_to, own_post):
            with pytest.raises(Missing):
                look(session, speaker, post_id)
        assert post_visible_to(session, rosa.actor, post_id).is_own


def test_what_answers_it_is_kept_from_them_too(stage: Stage) -> None:
    rosa, maker, bashir = stage.offline("rosa"), stage.cast.maker, stage.cast.bashir
    agreement_id = stage.proposed(rosa, bashir, "need", category="housing")
    terms = weekly(first_day=TODAY + timedelta(days=8 - TODAY.weekday()))  # the Tuesday of next week
    series_id = stage.do(series.propose, bashir, stage.post(rosa, "need", category="housing"), terms)
    with stage.database.reading() as session:
        speaker = stand_in(session, maker.actor, rosa.party.id)
        assert _all_that_waits(session, speaker) == ([agreement_id], [series_id], 1, 1, 2)
        assert agreement_view(session, speaker, agreement_id).my_turn
        assert series_view(session, speaker, series_id).my_turn
    with stage.database.writing() as session:
        for post in session.scalars(select(Post)):
            post.visibility, post.excluded_maker_id = "confidential", maker.id
    with stage.database.reading() as session:
        assert _all_that_waits(session, speaker) == ([], [], 0, 0, 0)
        for look, number in ((agreement_view, agreement_id), (series_view, series_id)):
            with pytest.raises(Missing):
                look(session, speaker, number)
            assert look(session, rosa.actor, number).my_turn
    with stage.database.writing() as session:
        for verb, number in ((agreements.accept, agreement_id), (series.accept, series_id)):
            with pytest.raises(Missing):
                verb(session, speaker, number, None)
        with pytest.raises(Missing):
            agreements.write_words(session, speaker, agreement_id, "Ciao")


def _all_that_waits(session, speaker):
    waiting = [one.id for one, _other in waiting_for(session, speaker)]
    standing = [one.series.id for one in standing_of(session, speaker)]
    counts = session.execute(select(number_waiting(speaker), series_waiting(speaker))).one()
    return waiting, standing, *counts, len(conversations(session, speaker))


def test_it_ends_with_who_leaves(stage: Stage) -> None:
    rosa = stage.offline("rosa")
    stage.do(leave, rosa)
    with stage.database.reading() as session:
        assert standing_mandate(session, rosa.party.id) is None
        with pytest.raises(Missing):
            stand_in(session, stage.cast.maker.actor, rosa.party.id)


def test_a_household_leaves_by_telling_a_maker_and_comes_back(stage: Stage) -> None:
    party_id, maker = open_home(stage), stage.cast.maker
    with stage.database.reading() as session:
        rosa, pino = people_of(session, party_id)
    for who in (stage.cast.other_maker, stage.cast.anna):
        with pytest.raises(Missing):
            stage.do(actions.leave_as_told, who, party_id)
    assert len(stage.do(actions.leave_as_told, maker, party_id)) == 2
    with stage.database.reading() as session:
        party = session.get(Party, party_id)
        assert party.closed_at is not None
        assert standing_mandate(session, party_id) is None
        for person in (rosa, pino):
            membership = membership_of(session, party.community_id, person.id)
            assert membership.state == "left"
            line = history_of(session, "membership", membership.id)[0]
            assert (line.actor_person_id, line.recorded_by_person_id) == (person.id, maker.id)
        assert [person.id for _departure, person in gone(session, maker.actor)] == [pino.id, rosa.id]
        assert gone(session, stage.cast.other_maker.actor) == []
    with pytest.raises(Missing):
        stage.do(actions.return_as_told, stage.cast.other_maker, pino.id)
    assert stage.do(actions.return_as_told, maker, pino.id) == 2
    with stage.database.reading() as session:
        assert {person.id for person in people_of(session, party_id)} == {rosa.id, pino.id}
        assert gone(session, maker.actor) == []
        assert standing_mandate(session, party_id) is None
        line = history_of(session, "membership", membership_of(session, party.community_id, rosa.id).id)[0]
        assert (line.verb, line.recorded_by_person_id) == ("came_back", maker.id)
    with pytest.raises(Missing):
        stage.do(actions.return_as_told, maker, pino.id)


@pytest.mark.parametrize("agreed", [True, False])
def test_one_adult_leaves_alone_and_the_household_stays(stage: Stage, agreed: bool) -> None:
    party_id, maker = open_home(stage), stage.cast.maker
    with stage.database.reading() as session:
        rosa, pino = people_of(session, party_id)
    goer, stays = (rosa, pino) if agreed else (pino, rosa)
    with pytest.raises(Missing):
        stage.do(actions.leave_as_told, maker, party_id, person_id=stage.cast.anna.id)
    assert len(stage.do(actions.leave_as_told, maker, party_id, person_id=goer.id)) == 1
    with stage.database.reading() as session:
        party = session.get(Party, party_id)
        assert party.closed_at is None
        assert [person.id for person in people_of(session, party_id)] == [stays.id]
        assert membership_of(session, party.community_id, stays.id).state == "approved"
        assert (standing_mandate(session, party_id) is None) is agreed, "the yes stays with who gave it"
        line = history_of(session, "membership", membership_of(session, party.community_id, goer.id).id)[0]
        assert (line.verb, line.recorded_by_person_id) == ("left", maker.id)
        told = session.scalars(select(CallToMake).where(CallToMake.person_id == stays.id)).all()
        assert "leaving:person_left" in [call.notice for call in told]
    assert stage.do(actions.return_as_told, maker, goer.id) == 1
    with stage.database.reading() as session:
        assert {person.id for person in people_of(session, party_id)} == {rosa.id, pino.id}


def test_who_left_alone_comes_back_by_their_own_word(stage: Stage) -> None:
    party_id, maker = open_home(stage), stage.cast.maker
    with stage.database.reading() as session:
        rosa, pino = people_of(session, party_id)
    stage.do(actions.leave_as_told, maker, party_id, person_id=pino.id)
    with clock.at(clock.now() + timedelta(days=2)):
        stage.do(actions.leave_as_told, maker, party_id)
        with pytest.raises(Refused):
            stage.do(actions.return_as_told, maker, pino.id)
        assert stage.do(actions.return_as_told, maker, rosa.id) == 1
        with stage.database.reading() as session:
            assert [person.id for person in people_of(session, party_id)] == [rosa.id]
        assert stage.do(actions.return_as_told, maker, pino.id) == 1


def test_without_their_yes_nobody_says_that_they_leave(stage: Stage) -> None:
    rosa = stage.offline("rosa")
    stage.do(actions.end_as_told, stage.cast.maker, rosa.party.id)
    with pytest.raises(NotStanding):
        stage.do(actions.leave_as_told, stage.cast.maker, rosa.party.id)


def test_who_is_paused_may_leave_too(stage: Stage) -> None:
    rosa = stage.offline("rosa")
    case_id = stage.do(moderation.report, stage.cast.anna, "person", rosa.id, reason="insult", words="").case_id
    stage.do(moderation.decide, stage.cast.maker, case_id, Ruling("pause", "Con calma.", days=None))
    assert len(stage.do(actions.leave_as_told, stage.cast.maker, rosa.party.id)) == 1


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
