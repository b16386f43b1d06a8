"""A signal is heard once its change can be read, and never when it was taken back."""

import pytest

from foundation.database import Database
from foundation.signals import carry, signal


def test_it_is_heard_after_the_commit(database: Database) -> None:
    heard: list[str] = []
    stop = carry(heard.append)
    with database.writing() as session:
        signal(session, "thread:42")
        assert heard == []
    assert heard == ["thread:42"]
    stop()
    with database.writing() as session:
        signal(session, "thread:42")
    assert heard == ["thread:42"]


def test_it_is_not_heard_when_the_change_was_taken_back(database: Database) -> None:
    heard: list[str] = []
    stop = carry(heard.append)
    with pytest.raises(ZeroDivisionError), database.writing() as session:
        signal(session, "thread:42")
        raise ZeroDivisionError
    assert heard == []
    stop()
