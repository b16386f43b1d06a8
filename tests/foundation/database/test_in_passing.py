"""What is written in passing is kept at once, and the disk hears of it with the next full write."""

import pytest
from sqlmodel import select

from foundation import outbox
from foundation.database import Database
from foundation.outbox import OutboxMessage


def how(database: Database, *, in_passing: bool) -> str:
    question = "PRAGMA synchronous" if database.dialect == "sqlite" else "SHOW synchronous_commit"
    with database.writing(in_passing=in_passing) as session:
        return str(session.connection().exec_driver_sql(question).scalar_one())


def test_only_what_is_in_passing_does_not_wait_for_the_disk(database: Database) -> None:
    # PostgreSQL does otherwise what its server was told, which in tests is not to wait either.
    is_sqlite = database.dialect == "sqlite"
    for _again in range(2):
        assert how(database, in_passing=True) == ("1" if is_sqlite else "off")
        assert how(database, in_passing=False) == "2" or not is_sqlite


def test_others_see_it_at_once(database: Database) -> None:
    with database.writing(in_passing=True) as session:
        outbox.put(session, "mail", {"n": 1})
    with Database(database.url.render_as_string(hide_password=False)).reading() as session:
        assert session.exec(select(OutboxMessage)).one().payload == {"n": 1}


def test_it_takes_its_turn_and_is_undone_whole(database: Database) -> None:
    def fails() -> None:
        with database.writing(in_passing=True) as session:
            outbox.put(session, "mail", {"n": 1})
            with pytest.raises(RuntimeError, match="already writing"), database.writing():
                pass
            raise OSError("undone")

    with pytest.raises(OSError, match="undone"):
        fails()
    with database.reading() as session:
        assert session.exec(select(OutboxMessage)).all() == []
