"""What the makers see of a conversation that was reported."""

import pytest
from sqlmodel import col, select

from community.conversations.queries import find_reported, standing_of_message
from community.moderation.actions import report
from community.threads.actions import hide_message, show_message_again
from community.threads.queries import page_of
from community.threads.tables import Message
from exchanges.agreements import actions
from exchanges.agreements.queries import (
    reported_agreement,
    reported_thanks,
    view_of,
)
from foundation.errors import Missing
from tests.exchanges.agreements.stage import Stage


def ask(stage: Stage, find, who, object_id: int):
    with stage.database.reading() as session:
        return find(session, who.actor, object_id)


def test_a_conversation_is_reported_by_the_two_and_seen_by_their_makers(stage: Stage) -> None:
    cast = stage.cast
    agreement_id = stage.accepted(cast.anna, cast.bashir)
    words, zone_id, about = ask(stage, reported_agreement, cast.anna, agreement_id)
    assert (words, zone_id, about) == ("Orli e bottoni", cast.zones["po"].id, cast.bashir.party.id)
    assert ask(stage, reported_agreement, cast.maker, agreement_id)[0] == "Orli e bottoni"
    for stranger in (cast.chiara, cast.other_maker, cast.zoe):
        with pytest.raises(Missing):
            ask(stage, reported_agreement, stranger, agreement_id)


def test_a_message_is_read_by_the_makers_and_taken_out_of_sight(stage: Stage) -> None:
    cast = stage.cast
    agreement_id = stage.accepted(cast.anna, cast.bashir)
    message_id = stage.do(actions.write_words, cast.bashir, agreement_id, "Parolacce")
    assert ask(stage, find_reported, cast.anna, message_id)[::2] == ("Parolacce", cast.bashir.party.id)
    with pytest.raises(Missing):
        ask(stage, find_reported, cast.maker, message_id)
    stage.do(report, cast.anna, "message", message_id, reason="insult", words="")
    assert ask(stage, find_reported, cast.maker, message_id)[0] == "Parolacce"
    assert ask(stage, standing_of_message, cast.anna, message_id).object_id == agreement_id
    for find in (find_reported, standing_of_message):
        for stranger in (cast.chiara, cast.zoe):
            with pytest.raises(Missing):
                ask(stage, find, stranger, message_id)
    for _ in range(2):
        stage.do(hide_message, cast.maker, message_id)
    with stage.database.reading() as session:
        view = view_of(session, cast.anna.actor, agreement_id)
        last = page_of(session, view.agreement.thread_id).lines[-1]
        assert (last.words, last.hidden) == ("", True)
    stage.do(show_message_again, cast.maker, message_id)
    with stage.database.reading() as session:
        assert page_of(session, view.agreement.thread_id).lines[-1].words == "Parolacce"


def test_an_event_is_nothing_to_report(stage: Stage) -> None:
    stage.accepted(stage.cast.anna, stage.cast.bashir)
    with stage.database.reading() as session:
        event_id = session.scalar(select(col(Message.id)).where(col(Message.event) != "").limit(1))
    with pytest.raises(Missing):
        ask(stage, find_reported, stage.cast.anna, event_id)
    with pytest.raises(Missing):
        stage.do(hide_message, stage.cast.maker, event_id)


def test_kind_words_are_reported_only_where_members_read_them(stage: Stage) -> None:
    cast = stage.cast
    agreement_id = stage.settled(cast.anna, cast.bashir)
    stage.do(actions.thank, cast.bashir, agreement_id, "Mani d'oro.", offered=True)
    with pytest.raises(Missing):
        ask(stage, reported_thanks, cast.chiara, agreement_id)
    stage.do(actions.show_thanks, cast.anna, agreement_id, shown=True)
    assert ask(stage, reported_thanks, cast.chiara, agreement_id)[0] == "Mani d'oro."
    with pytest.raises(Missing):
        ask(stage, reported_thanks, cast.zoe, agreement_id)
