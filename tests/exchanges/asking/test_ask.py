"""Asking about a post before proposing."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from community.conversations.queries import conversations, standing_in
from community.moderation.tables import Block
from exchanges.agreements import actions as agreements
from exchanges.agreements.rules import Terms
from exchanges.asking.actions import ask, write_about
from exchanges.asking.tables import PostQuestion
from exchanges.posts.tables import Post
from foundation import clock
from foundation.errors import Missing, Refused
from tests.client import Browser, on_sqlite
from tests.community.conversations.asking import ask as look
from tests.community.conversations.asking import said
from tests.exchanges.agreements.stage import Stage


def test_who_asks_and_each_post_have_one_conversation(stage: Stage) -> None:
    cast = stage.cast
    post_id = stage.post(cast.anna)
    thread_id = stage.do(ask, cast.bashir, post_id, "Serve la macchina?")
    assert stage.do(ask, cast.bashir, post_id, "E il filo?") == thread_id
    other = stage.do(ask, cast.chiara, post_id, "Quando?")
    assert other != thread_id
    stage.do(write_about, cast.anna, thread_id, "No, ce l'ho io.")
    assert said(stage, thread_id) == ["Serve la macchina?", "E il filo?", "No, ce l'ho io."]
    assert [one.talk.name for one in look(stage, conversations, cast.anna)] == [
        "Bashir e famiglia",
        "Chiara e famiglia",
    ]
    assert [one.talk.name for one in look(stage, conversations, cast.bashir)] == ["Anna e famiglia"]
    assert stage.mails(cast.anna) == ["asking:message"] * 2, "one of each, until it is read"
    with stage.database.reading() as session:
        assert len(session.scalars(select(col(PostQuestion.id))).all()) == 2


def test_only_the_two_households_read_it(stage: Stage) -> None:
    cast = stage.cast
    thread_id = stage.do(ask, cast.bashir, stage.post(cast.anna), "Serve la macchina?")
    mate = stage.second_adult(cast.anna, "marta")
    assert look(stage, standing_in, mate, thread_id).may_write
    for stranger in (cast.chiara, cast.maker, cast.administrator, cast.zoe):
        with pytest.raises(Missing):
            look(stage, standing_in, stranger, thread_id)
        with pytest.raises(Missing):
            stage.do(write_about, stranger, thread_id, "Eccomi")


def test_what_cannot_be_asked_about(stage: Stage) -> None:
    cast = stage.cast
    own, closed = stage.post(cast.bashir), stage.post(cast.anna)
    confidential = stage.post(cast.anna, "need", visibility="confidential")
    offline = stage.post(stage.offline("rosa"))
    with stage.database.writing() as session:
        session.get(Post, closed).state = "closed"
    for post_id in (own, closed, confidential, offline, 99999):
        with pytest.raises(Missing):
            stage.do(ask, cast.bashir, post_id, "Quando?")
    with pytest.raises(Missing):
        stage.do(ask, cast.zoe, stage.post(cast.anna), "Quando?")


def test_it_is_over_with_the_post_and_across_a_block(stage: Stage) -> None:
    cast = stage.cast
    first, second = stage.post(cast.anna), stage.post(cast.anna)
    over, blocked = (stage.do(ask, cast.bashir, post_id, "Quando?") for post_id in (first, second))
    with stage.database.writing() as session:
        session.get(Post, first).state = "closed"
        session.add(
            Block(party_id=cast.bashir.party.id, blocked_party_id=cast.anna.party.id, blocked_by_id=cast.bashir.id)
        )
    for thread_id in (over, blocked):
        for who in (cast.anna, cast.bashir):
            with pytest.raises(Refused):
                stage.do(write_about, who, thread_id, "Allora?")
    with pytest.raises(Missing):
        stage.do(ask, cast.bashir, stage.post(cast.anna), "Quando?")


def test_a_proposal_has_a_conversation_of_its_own(stage: Stage) -> None:
    cast = stage.cast
    post_id = stage.post(cast.anna)
    thread_id = stage.do(ask, cast.bashir, post_id, "Serve la macchina?")
    agreement_id = stage.do(agreements.propose, cast.bashir, post_id, Terms(minutes=60))
    assert stage.agreement(agreement_id).thread_id != thread_id
    assert len(look(stage, conversations, cast.anna)) == 2


@on_sqlite
def test_from_the_page_of_a_post(stage: Stage, anna: Browser, bashir: Browser) -> None:
    until = clock.now().date() + timedelta(days=9)
    address = f"/c/cremona/posts/{stage.post(stage.cast.anna, expires_on=until)}"
    page = bashir.look(address)
    form = bashir.look(page.link("Ask something first"))
    assert bashir.submit(form, "Send", status=422, words="").says("Write something first.")
    assert bashir.submit(form, "Send", status=422, words="Sono al 333 1234567").says("Send anyway")
    page = bashir.submit(form, "Send", words="Serve la macchina?")
    assert page.says("Serve la macchina?")
    assert bashir.look(page.link("What it is about")).says("Go on asking")
    page = anna.look(address)
    assert page.says("They asked about it")
    page = anna.look(page.link("Bashir e famiglia"))
    assert anna.submit(page, "Send", words="No.").says("No.")
