"""Who acts for a household without e-mail has what it has and no more, and never writes for both sides."""

from datetime import timedelta

import pytest
from sqlmodel import select

from community.conversations.queries import conversations
from community.mandates.queries import (
    stand_in,
)
from community.moderation import actions as moderation
from community.moderation.rules import Ruling
from exchanges.agreements import actions as agreements
from exchanges.agreements.queries import events_of
from exchanges.agreements.queries import view_of as agreement_view
from exchanges.agreements.queries.lists import number_waiting, waiting_for
from exchanges.posts.actions import start_draft
from exchanges.posts.queries import own_post, own_posts, post_visible_to
from exchanges.posts.tables import Post
from exchanges.series import actions as series
from exchanges.series.queries.mine import number_waiting as series_waiting
from exchanges.series.queries.mine import standing_of
from exchanges.series.queries.single import view_of as series_view
from foundation.errors import Missing, Refused
from tests.community.mandates.homes import TODAY, open_home
from tests.exchanges.agreements.stage import Stage
from tests.exchanges.series.stage import weekly


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
