"""Writing to each other beside an agreement."""

from datetime import timedelta

import pytest
from sqlmodel import select

from community.conversations.actions import read_up_to
from community.conversations.queries import conversations, my_threads
from community.moderation.tables import Block
from community.threads.queries import number_unread
from exchanges.agreements import actions
from exchanges.agreements.queries import waiting_for
from foundation import clock
from foundation.errors import Invalid, Missing, Refused
from tests.exchanges.agreements.stage import Stage


def news(stage: Stage, who) -> int:
    with stage.database.reading() as session:
        return session.scalar(select(number_unread(who.id, my_threads(who.actor))))


def test_the_two_write_and_see_what_is_new(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.proposed(anna, bashir)
    stage.do(actions.write_words, bashir, agreement_id, " Porto io il filo. ")
    last = stage.do(actions.write_words, bashir, agreement_id, "E i bottoni.")
    assert stage.said(agreement_id)[1:] == ["Porto io il filo.", "E i bottoni."]
    assert (news(stage, anna), news(stage, bashir)) == (2, 0)
    thread_id = stage.agreement(agreement_id).thread_id
    stage.do(read_up_to, anna, thread_id, last)
    assert news(stage, anna) == 0
    stage.do(read_up_to, anna, thread_id, 1)
    assert news(stage, anna) == 0, "what was read stays read"


def test_a_mail_until_it_is_read_and_not_one_a_line(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.accepted(anna, bashir)
    for words in ("Uno", "Due", "Tre"):
        last = stage.do(actions.write_words, bashir, agreement_id, words)
    assert stage.mails(anna).count("agreements:message") == 1
    with clock.at(clock.now() + timedelta(days=1)):
        stage.do(actions.write_words, bashir, agreement_id, "Quattro")
    assert stage.mails(anna).count("agreements:message") == 1
    stage.do(read_up_to, anna, stage.agreement(agreement_id).thread_id, last + 1)
    stage.do(actions.write_words, bashir, agreement_id, "Cinque")
    assert stage.mails(anna).count("agreements:message") == 2


def test_strangers_neither_write_nor_mark(stage: Stage) -> None:
    agreement_id = stage.accepted(stage.cast.anna, stage.cast.bashir)
    for who in (stage.cast.chiara, stage.cast.zoe, stage.cast.maker):
        with pytest.raises(Missing):
            stage.do(actions.write_words, who, agreement_id, "Ciao")
        with pytest.raises(Missing):
            stage.do(read_up_to, who, stage.agreement(agreement_id).thread_id, 1)


@pytest.mark.parametrize("words", ["", "   \n ", "x" * 4001])
def test_no_words_or_too_many(stage: Stage, words: str) -> None:
    agreement_id = stage.accepted(stage.cast.anna, stage.cast.bashir)
    with pytest.raises(Invalid):
        stage.do(actions.write_words, stage.cast.anna, agreement_id, words)


def test_emoji_and_markup_stay_what_they_are(stage: Stage) -> None:
    agreement_id = stage.accepted(stage.cast.anna, stage.cast.bashir)
    words = "<b>ciao</b> 👩‍👧 \u202etest"
    stage.do(actions.write_words, stage.cast.anna, agreement_id, words)
    assert stage.said(agreement_id)[-1] == words


def test_a_no_ends_the_conversation(stage: Stage) -> None:
    agreement_id = stage.proposed(stage.cast.anna, stage.cast.bashir)
    stage.do(actions.decline, stage.cast.anna, agreement_id, 1)
    with pytest.raises(Refused):
        stage.do(actions.write_words, stage.cast.bashir, agreement_id, "Ma perché?")


def test_after_a_block_nothing_more_is_written(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.accepted(anna, bashir)
    with stage.database.writing() as session:
        session.add(Block(party_id=anna.party.id, blocked_party_id=bashir.party.id, blocked_by_id=anna.id))
    with pytest.raises(Refused):
        stage.do(actions.write_words, bashir, agreement_id, "Ciao")


def test_messages_list_my_agreements_the_last_written_first(stage: Stage) -> None:
    anna, bashir, chiara = stage.cast.anna, stage.cast.bashir, stage.cast.chiara
    first = stage.accepted(anna, bashir)
    second = stage.proposed(anna, chiara)
    stage.do(actions.write_words, bashir, first, "Ci sono!")
    with stage.database.reading() as session:
        rows = conversations(session, anna.actor)
        assert [row.talk.values["agreement_id"] for row in rows] == [first, second]
        assert [row.unread for row in rows] == [1, 0]
        assert rows[0].talk.other.id == bashir.party.id
        assert rows[0].last.words == "Ci sono!"
        after = conversations(session, anna.actor, before=rows[0].last_id)
        assert [row.talk.values["agreement_id"] for row in after] == [second]
        assert [one.id for one, _ in waiting_for(session, anna.actor)] == [second]
        assert conversations(session, stage.cast.dario.actor) == []
