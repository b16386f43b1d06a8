"""What somebody entrusts to the makers, or writes in a dispute, is nowhere to be read in the database."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from community.threads.actions import open_thread, write
from community.threads.tables import Message
from exchanges.agreements import actions as agreements
from exchanges.agreements.rules import Terms
from exchanges.agreements.tables import Agreement
from exchanges.posts.tables import CONFIDENTIAL_TEXTS, Post, PostChildcare, PostPurchasing
from exchanges.series import actions as series
from foundation import audit, clock
from foundation.crypto import keyring
from foundation.crypto.keyring import Key, Keyring, new_key
from foundation.crypto.rotating import rotate
from foundation.crypto.sealed import Confidential
from foundation.database import Database, Session, metadata
from tests.cast import Cast
from tests.client import on_sqlite
from tests.exchanges.posts.stage import Stage
from tests.exchanges.series.stage import MONDAY, SeriesStage, weekly

WORD = "sfrattoimminente"


@pytest.fixture
def agreeing(database: Database, cast: Cast) -> Iterator[SeriesStage]:
    with clock.at(MONDAY):
        yield SeriesStage(database, cast)


def everything(database: Database) -> str:
    """Every text of every table, as it stands there."""
    with database.reading() as session:
        rows = [
            str(tuple(row))
            for table in metadata.sorted_tables
            for row in session.execute(text(f"SELECT * FROM {table.name}"))
        ]
    return "\n".join(rows).casefold()


def entrust(stage: Stage) -> int:
    return stage.open_post(stage.cast.anna, visibility="confidential", title=f"Aiuto: {WORD}", description=WORD)


def test_a_confidential_need_is_in_no_table_and_no_index(stage: Stage) -> None:
    post_id = entrust(stage)
    assert WORD not in everything(stage.database)
    with stage.database.reading() as session:
        assert session.get_one(Post, post_id).title == f"Aiuto: {WORD}"
    if stage.database.dialect == "sqlite":
        file = Path(str(stage.database.url.database))
        assert all(WORD.encode() not in one.read_bytes() for one in file.parent.glob(f"{file.name}*"))


def test_it_is_open_when_it_is_no_more_confidential_and_closed_again(stage: Stage) -> None:
    post_id = entrust(stage)
    for visibility, found in (("community", True), ("confidential", False)):
        with stage.database.writing() as session:
            session.get_one(Post, post_id).visibility = visibility
        with stage.database.reading() as session:
            raw = session.execute(text("SELECT title, description FROM post")).one()
            assert [WORD in each for each in raw] == [found, found]
            assert session.get_one(Post, post_id).title == f"Aiuto: {WORD}"


def test_what_is_made_from_it_stays_sealed(stage: Stage) -> None:
    post_id = entrust(stage)
    with stage.database.reading() as session:
        title = session.get_one(Post, post_id).title
    assert isinstance(title, Confidential)
    column = Agreement.__table__.columns["title"].type  # type: ignore[attr-defined]  # SQLModel gives it
    assert WORD not in column.process_bind_param(title, None)
    assert column.process_result_value(column.process_bind_param(title, None), None) == title
    assert column.process_bind_param("\x1eplain", None) == "plain", "nobody types what passes for a sealed text"


def own_fields(session: Session, post_id: int) -> None:
    """What a post says beyond the others, whichever of these its category asks for."""
    session.add(PostChildcare(post_id=post_id, children=1, where_words=f"Da {WORD}", pick_up=f"La zia {WORD}"))
    session.add(PostPurchasing(post_id=post_id, what=f"Farina {WORD}", quantity=1, unit="kg"))


def test_nor_is_anything_that_the_two_type_about_it(agreeing: SeriesStage) -> None:
    """Once, every week, and what they write to each other, from the proposal to the dispute."""
    stage = agreeing
    maker, bashir = stage.cast.maker, stage.cast.bashir
    said = {"place": "somewhere", "place_words": f"Bar {WORD}", "expense_cents": 5, "expense_words": f"Pane {WORD}"}
    post_id = stage.post(bashir, "need", visibility="confidential")
    terms = Terms(minutes=60, starts_at=clock.now() + timedelta(days=2), **said)
    made = stage.do(agreements.propose, maker, post_id, terms, words=f"Ciao {WORD}")
    stage.do(agreements.write_words, bashir, made, f"Sai, {WORD}")
    stage.do(agreements.accept, bashir, made, None)
    weekly_post = stage.post(bashir, "need", visibility="confidential")
    every = stage.do(series.propose, maker, weekly_post, replace(weekly(), **said), words=f"Ogni {WORD}")
    stage.do(series.accept, bashir, every, None)
    with stage.database.writing() as session:
        own_fields(session, post_id)
    assert WORD not in everything(stage.database)
    with stage.database.reading() as session:
        agreement = session.get_one(Agreement, made)
        assert (agreement.place_words, agreement.expense_words) == (f"Bar {WORD}", f"Pane {WORD}")
        meeting = session.scalars(select(Agreement).where(col(Agreement.series_id) == every)).first()
        assert meeting is not None
        assert meeting.place_words == f"Bar {WORD}"
        words = session.scalars(select(Message).where(col(Message.words) != "")).all()
        assert [one.words for one in words] == [f"Ciao {WORD}", f"Sai, {WORD}", f"Ogni {WORD}"]
        assert session.get_one(PostChildcare, post_id).pick_up == f"La zia {WORD}"
    if stage.database.dialect == "sqlite":
        file = Path(str(stage.database.url.database))
        assert all(WORD.encode() not in one.read_bytes() for one in file.parent.glob(f"{file.name}*"))


def test_what_others_read_stands_as_it_is(agreeing: SeriesStage) -> None:
    stage = agreeing
    post_id = stage.post(stage.cast.bashir, "need")
    terms = Terms(minutes=60, place="somewhere", place_words=f"Bar {WORD}")
    stage.do(agreements.propose, stage.cast.anna, post_id, terms, words=f"Ciao {WORD}")
    found = everything(stage.database)
    assert f"bar {WORD}" in found
    assert f"ciao {WORD}" in found


def test_keys_change_under_it(stage: Stage) -> None:
    post_id = entrust(stage)
    stage.open_post(stage.cast.anna, title="Tagliaerba")
    with stage.database.writing() as session:
        own_fields(session, post_id)
        thread_id = open_thread(session, stage.cast.community.id, about=session.get_one(Post, post_id).title)
        write(session, stage.cast.anna.actor, thread_id, WORD)
    before = keyring.in_use()
    newest = Key.read(new_key())
    try:
        keyring.use(Keyring([newest, *before.keys]))
        done = rotate(stage.database)
        assert (done.unreadable, done.closed >= 6) == ([], True)
        keyring.use(Keyring([newest]))
        with stage.database.reading() as session:
            assert session.get_one(Post, post_id).title == f"Aiuto: {WORD}"
            assert session.get_one(PostPurchasing, post_id).what == f"Farina {WORD}"
            assert session.scalars(select(col(Message.words)).where(col(Message.thread_id) == thread_id)).one() == WORD
    finally:
        keyring.use(before)


@pytest.mark.parametrize("name", CONFIDENTIAL_TEXTS)
def test_every_text_is_sealed(stage: Stage, name: str) -> None:
    post_id = entrust(stage)
    with stage.database.writing() as session:
        setattr(session.get_one(Post, post_id), name, WORD)
    assert WORD not in everything(stage.database)


@on_sqlite
def test_a_maker_who_reads_it_leaves_a_line_that_its_author_reads(
    stage: Stage, client_for: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    post_id = entrust(stage)
    client_for(stage.cast.anna).look(f"/c/cremona/posts/{post_id}")
    with stage.database.reading() as session:
        assert audit.looks_at(session, "post", post_id) == []
    client_for(stage.cast.maker).look(f"/c/cremona/posts/{post_id}")
    mine = client_for(stage.cast.anna, language="en").look("/c/cremona/me/deeds")
    assert mine.says("Confidential need read by a maker")
    assert mine.says(stage.cast.maker.name)

    def broken(*_arguments: object, **_options: object) -> None:
        raise RuntimeError("the record cannot be written")

    monkeypatch.setattr(audit, "looked", broken)
    answer = client_for(stage.cast.maker).client.get(f"/c/cremona/posts/{post_id}")
    assert answer.status_code == 500, "where the look cannot be recorded there is no page"
    assert WORD not in answer.text
