"""What somebody entrusts to the makers, or writes in a dispute, is nowhere to be read in the database."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from exchanges.agreements.tables import Agreement
from exchanges.posts.tables import CONFIDENTIAL_TEXTS, Post
from foundation import audit
from foundation.crypto import keyring
from foundation.crypto.keyring import Key, Keyring, new_key
from foundation.crypto.rotating import rotate
from foundation.crypto.sealed import Confidential
from foundation.database import Database, metadata
from tests.client import on_sqlite
from tests.exchanges.posts.stage import Stage

WORD = "sfrattoimminente"


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


def test_keys_change_under_it(stage: Stage) -> None:
    post_id = entrust(stage)
    stage.open_post(stage.cast.anna, title="Tagliaerba")
    before = keyring.in_use()
    newest = Key.read(new_key())
    try:
        keyring.use(Keyring([newest, *before.keys]))
        done = rotate(stage.database)
        assert (done.unreadable, done.closed >= 2) == ([], True)
        keyring.use(Keyring([newest]))
        with stage.database.reading() as session:
            assert session.get_one(Post, post_id).title == f"Aiuto: {WORD}"
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
