"""What its reader has seen is told nowhere else, and only they see it."""

import pytest

from community.notifications.actions import see, see_all, see_matter, stop_topic
from community.notifications.queries import is_seen
from foundation.database import Database
from foundation.errors import Missing
from tests.cast import Cast
from tests.community.notifications.stage import (
    decided,
    rows,
    tell,
    ways,
)


def test_what_was_seen_is_told_nowhere_else(database: Database, cast: Cast) -> None:
    tell(database, cast)
    tell(database, cast)
    decided(database)
    first, second = rows(database)
    with database.writing() as session:
        assert not is_seen(session, first.id)
        see_all(session, cast.anna.actor, first.id)
        assert is_seen(session, first.id)
        assert not is_seen(session, second.id)
        assert is_seen(session, 99)
    tell(database, cast)
    with database.writing() as session:
        see_all(session, cast.anna.actor, 99)
    decided(database)
    assert ways(database) == ["told", "told", "app"]


def test_nobody_sees_or_marks_what_others_were_told(database: Database, cast: Cast) -> None:
    tell(database, cast, matter="thread:7")
    [one] = rows(database)
    for stranger in (cast.bashir, cast.zoe, cast.maker):
        with pytest.raises(Missing), database.writing() as session:
            see(session, stranger.actor, one.id)
    with database.writing() as session:
        see_all(session, cast.bashir.actor, 99)
        see_matter(session, cast.bashir.id, cast.community.id, "thread:7")
    assert rows(database)[0].seen_at is None


def test_who_took_themselves_off_such_letters_gets_not_even_the_next(database: Database, cast: Cast) -> None:
    tell(database, cast)
    decided(database)
    [one] = rows(database)
    with database.writing() as session:
        assert not is_seen(session, one.id)
        stop_topic(session, cast.anna.id, "posts")
        assert not is_seen(session, one.id)
        stop_topic(session, cast.anna.id, "messages")
        assert is_seen(session, one.id)
