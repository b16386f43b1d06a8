"""Writing to another member directly: who may, how often, and that a pair has one conversation."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlmodel import col, select, update

from community.conversations.actions import begin, leave, read_up_to, write_directly
from community.conversations.queries import may_hear_thread, standing_in
from community.conversations.rules import MOST_A_DAY, MOST_WHEN_NEW
from community.conversations.tables import DirectThread
from community.members.queries import actor_for
from community.members.tables import Membership
from community.moderation.policies import Limited
from community.moderation.tables import Block
from foundation import clock
from foundation.errors import Missing, Refused
from foundation.outbox.tables import OutboxMessage
from tests.cast import make_member
from tests.community.conversations.asking import ask, listed, said
from tests.exchanges.agreements.stage import Stage
from tests.exchanges.agreements.test_limited import limit


def long_here(stage: Stage) -> None:
    """They were let in long ago."""
    with stage.database.writing() as session:
        session.execute(update(Membership).values(decided_at=clock.now() - timedelta(days=90)))


def test_two_people_have_one_conversation_whoever_begins(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    thread_id = stage.do(begin, anna, bashir.id, "Ciao")
    assert stage.do(begin, bashir, anna.id, "Ciao a te") == thread_id
    assert said(stage, thread_id) == ["Ciao", "Ciao a te"]
    assert listed(stage, anna) == [(bashir.person.name, 1)]
    assert listed(stage, bashir) == [(anna.person.name, 0)], "who answers has read"
    assert listed(stage, stage.cast.chiara) == []


def test_only_the_two_read_it(stage: Stage) -> None:
    cast = stage.cast
    thread_id = stage.do(begin, cast.anna, cast.bashir.id, "Ciao")
    mate = stage.second_adult(cast.anna, "marta")
    for stranger in (cast.chiara, cast.maker, cast.administrator, cast.zoe, mate):
        with pytest.raises(Missing):
            ask(stage, standing_in, stranger, thread_id)
        with pytest.raises(Missing):
            stage.do(write_directly, stranger, thread_id, "Eccomi")
        with pytest.raises(Missing):
            stage.do(read_up_to, stranger, thread_id, 1)
        with pytest.raises(Missing):
            stage.do(leave, stranger, thread_id)


def test_nobody_writes_to_a_stranger_oneself_or_who_is_not_online(stage: Stage) -> None:
    cast = stage.cast
    rosa = stage.offline("rosa")
    for person_id in (cast.zoe.id, cast.anna.id, rosa.id, 999999):
        with pytest.raises(Missing):
            stage.do(begin, cast.anna, person_id, "Ciao")


def test_nobody_begins_one_in_the_place_of_somebody(stage: Stage) -> None:
    rosa = stage.offline("rosa")
    actor = SimpleNamespace(actor=replace(rosa.actor, recorded_by_id=stage.cast.maker.id))
    with pytest.raises(Missing):
        stage.do(begin, actor, stage.cast.anna.id, "Ciao")


def test_a_block_ends_it_for_both_and_nobody_is_told_why(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    thread_id = stage.do(begin, anna, bashir.id, "Ciao")
    with stage.database.writing() as session:
        session.add(Block(party_id=anna.party.id, blocked_party_id=bashir.party.id, blocked_by_id=anna.id))
    for who in (anna, bashir):
        assert not ask(stage, standing_in, who, thread_id).may_write, "they go on reading what was said"
        with pytest.raises(Refused):
            stage.do(write_directly, who, thread_id, "E allora?")
    with pytest.raises(Missing):
        stage.do(begin, bashir, anna.id, "E allora?")


def test_who_is_paused_is_not_written_to_and_does_not_write(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    thread_id = stage.do(begin, anna, bashir.id, "Ciao")
    limit(stage, bashir, "pause")
    with pytest.raises(Refused):
        stage.do(write_directly, anna, thread_id, "Dove sei?")
    with pytest.raises(Missing):
        stage.do(begin, anna, bashir.id, "Dove sei?")


def test_from_whom_makers_took_messages_writes_none(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    thread_id = stage.do(begin, anna, bashir.id, "Ciao")
    limit(stage, bashir, "limit", "messages")
    with pytest.raises(Limited):
        stage.do(write_directly, bashir, thread_id, "Ciao")
    with pytest.raises(Limited):
        stage.do(begin, bashir, stage.cast.chiara.id, "Ciao")


def test_who_is_new_does_not_write_to_everybody(stage: Stage) -> None:
    with stage.database.writing() as session:
        people = [make_member(session, stage.cast, f"vicina{number}", "centro") for number in range(MOST_A_DAY + 1)]
        session.execute(update(Membership).values(decided_at=clock.now() - timedelta(hours=3)))
    anna = stage.cast.anna
    for other in people[:MOST_WHEN_NEW]:
        stage.do(begin, anna, other.id, "Ciao")
    with pytest.raises(Refused):
        stage.do(begin, anna, people[MOST_WHEN_NEW].id, "Ciao")
    stage.do(begin, anna, people[0].id, "Ci sei?")
    long_here(stage)
    for other in people[MOST_WHEN_NEW:MOST_A_DAY]:
        stage.do(begin, anna, other.id, "Ciao")
    with pytest.raises(Refused):
        stage.do(begin, anna, people[MOST_A_DAY].id, "Ciao")
    with clock.at(clock.now() + timedelta(days=1, minutes=1)):
        stage.do(begin, anna, people[MOST_A_DAY].id, "Ciao")


def test_who_leaves_reads_no_more_and_comes_back_by_writing(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    thread_id = stage.do(begin, anna, bashir.id, "Ciao")
    for _ in range(2):
        stage.do(leave, bashir, thread_id)
    assert listed(stage, bashir) == []
    with pytest.raises(Missing):
        ask(stage, standing_in, bashir, thread_id)
    assert not ask(stage, standing_in, anna, thread_id).may_write
    for again in (write_directly, lambda session, actor, *_: begin(session, actor, bashir.id, "Torna")):
        with pytest.raises(Refused):
            stage.do(again, anna, thread_id, "Torna")
    assert stage.do(begin, bashir, anna.id, "Eccomi") == thread_id
    assert said(stage, thread_id) == ["Ciao", "Eccomi"]
    stage.do(write_directly, anna, thread_id, "Bentornato")


def test_one_notice_until_it_is_read_without_a_word_of_it(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    thread_id = stage.do(begin, anna, bashir.id, "SEGRETO")
    last = stage.do(write_directly, anna, thread_id, "SEGRETISSIMO")
    assert stage.mails(bashir) == ["conversations:message"]
    stage.do(read_up_to, bashir, thread_id, last)
    stage.do(write_directly, anna, thread_id, "Ancora")
    assert stage.mails(bashir) == ["conversations:message"] * 2
    with stage.database.reading() as session:
        assert "SEGRET" not in str([one.payload for one in session.scalars(select(OutboxMessage))])


def test_there_is_one_row_for_a_pair(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    for _ in range(3):
        stage.do(begin, anna, bashir.id, "Ciao")
        stage.do(begin, bashir, anna.id, "Ciao")
    with stage.database.reading() as session:
        assert len(session.scalars(select(col(DirectThread.id))).all()) == 1


def test_who_is_paused_hears_nothing_of_their_conversations(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    thread_id = stage.do(begin, anna, bashir.id, "Ciao")
    limit(stage, bashir, "pause")
    with stage.database.reading() as session:
        for member, hears in ((anna, True), (bashir, False)):
            now = actor_for(session, member.id, member.actor.community_id)
            assert may_hear_thread(session, now, thread_id) is hears
