"""Columns sealed in the database, and closing everything anew with a newer key."""

from collections.abc import Iterator

import pytest
from sqlalchemy import MetaData, text
from sqlmodel import Field, SQLModel, col, select

from foundation.crypto import keyring, rotating
from foundation.crypto.keyring import Key, Keyring, Unreadable, new_key
from foundation.crypto.rotating import count_by_key, lost_keys, rotate
from foundation.crypto.sealed import Sealed
from foundation.database import Database

OLD, NEW = Key.read(new_key()), Key.read(new_key())


class Own(SQLModel):
    metadata = MetaData()


class Whispered(Own, table=True):
    """A table of these tests, with something to hide."""

    __tablename__ = "whispered"

    id: int | None = Field(default=None, primary_key=True)
    words: str = Field(default="", sa_type=Sealed("whispered.words"))
    more: str | None = Field(default=None, sa_type=Sealed("whispered.more"))


@pytest.fixture
def whispers(empty_database: Database) -> Iterator[Database]:
    before = keyring.in_use()
    keyring.use(Keyring([OLD]))
    Own.metadata.create_all(empty_database.writing_engine)
    with empty_database.writing() as session:
        session.add_all([Whispered(words="asma", more="latte"), Whispered(words=""), Whispered(words="celiachia 🌾")])
    yield empty_database
    keyring.use(before)


def raw(database: Database) -> list[str]:
    with database.reading() as session:
        rows = session.connection().execute(text("SELECT words, more FROM whispered ORDER BY id"))
        return [each for row in rows for each in row if each]


def told(database: Database) -> list[tuple[str, str | None]]:
    with database.reading() as session:
        rows = session.exec(select(Whispered).order_by(col(Whispered.id)))
        return [(each.words, each.more) for each in rows]


TOLD = [("asma", "latte"), ("", None), ("celiachia 🌾", None)]


def test_the_database_holds_no_word_of_it(whispers: Database) -> None:
    assert told(whispers) == TOLD
    assert len(raw(whispers)) == 3
    assert not [each for each in raw(whispers) for word in ("asma", "latte", "celiachia") if word in each]


def test_a_text_moved_to_another_column_is_not_read(whispers: Database) -> None:
    with whispers.writing() as session:
        session.connection().execute(text("UPDATE whispered SET more = words WHERE id = 3"))
    with pytest.raises(Unreadable):
        told(whispers)


def test_everything_is_closed_anew_and_the_old_key_may_go(whispers: Database) -> None:
    keyring.use(Keyring([NEW, OLD]))
    with whispers.reading() as session:
        assert count_by_key(session, tables=Own.metadata) == {OLD.name: 3}
    done = rotate(whispers, tables=Own.metadata)
    assert (done.closed, done.unreadable) == (3, [])
    keyring.use(Keyring([NEW]))
    assert told(whispers) == TOLD
    assert rotate(whispers, tables=Own.metadata).closed == 0


def test_interrupted_it_goes_on_where_it_was(whispers: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    keyring.use(Keyring([NEW, OLD]))
    monkeypatch.setattr(rotating, "BATCH", 1)

    def stop(closed: int) -> None:
        if closed == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate(whispers, stop, tables=Own.metadata)
    assert sorted(each.startswith(f"{NEW.name}:") for each in raw(whispers)) == [False, True, True]
    assert told(whispers) == TOLD, "both keys are needed meanwhile"
    assert rotate(whispers, tables=Own.metadata).closed == 1
    assert told(whispers) == TOLD


def test_what_was_written_meanwhile_stays(whispers: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    keyring.use(Keyring([NEW, OLD]))
    monkeypatch.setattr(rotating, "BATCH", 1)

    def write(closed: int) -> None:
        if closed == 1:
            with whispers.writing() as session:
                session.get_one(Whispered, 3).words = "nient’altro"

    rotate(whispers, write, tables=Own.metadata)
    assert told(whispers)[2] == ("nient’altro", None)


def test_what_no_key_opens_is_named_and_left(whispers: Database) -> None:
    before = raw(whispers)
    keyring.use(Keyring([NEW]))
    done = rotate(whispers, tables=Own.metadata)
    assert done.closed == 0
    assert done.unreadable == ["whispered.words 1", "whispered.words 3", "whispered.more 1"]
    assert raw(whispers) == before


def test_a_key_that_is_gone_is_noticed_by_a_look(whispers: Database) -> None:
    keyring.use(Keyring([NEW, OLD]))
    with whispers.writing() as session:
        session.add(Whispered(words="dopo"))
    for ring, lost in (([NEW, OLD], set()), ([NEW], {OLD.name}), ([OLD], {NEW.name})):
        keyring.use(Keyring(ring))
        with whispers.reading() as session:
            assert lost_keys(session, tables=Own.metadata) == lost
