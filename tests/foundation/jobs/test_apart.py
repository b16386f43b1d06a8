"""Several things, each in a transaction of its own: what fails is undone, told at the end, and holds up no other."""

import pytest
from sqlmodel import select

from foundation.database import Database, Session
from foundation.jobs import each_apart
from foundation.jobs.actions import enqueue
from foundation.jobs.tables import QueuedJob


def test_the_others_go_on(database: Database) -> None:
    def do(session: Session, number: int) -> None:
        enqueue(session, "count", key=str(number))
        session.flush()
        if number == 1:
            raise ValueError("one")

    with pytest.raises(ValueError, match="one"):
        each_apart(database, [0, 1, 2], do)
    with database.reading() as session:
        assert set(session.scalars(select(QueuedJob.key))) == {"0", "2"}


def test_nothing_is_raised_where_nothing_fails(database: Database) -> None:
    each_apart(database, [], lambda _session, _thing: None)
