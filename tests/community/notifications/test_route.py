"""A notice stands in the app and goes where its reader wishes: once, and in the transaction that ticks it off."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from community.notifications.actions import keep_wishes, notify, see, see_matter
from community.notifications.queries import is_reachable
from community.notifications.rules import Wishes
from community.notifications.tables import CallToMake
from foundation import clock
from foundation.database import Database
from foundation.signals import carry
from tests.cast import Cast, make_member
from tests.community.notifications.stage import (
    ACCOUNT_LETTER,
    DANGER,
    FOUND,
    NOON,
    WORDS,
    WROTE,
    decided,
    left,
    rows,
    tell,
    ways,
    with_hooks,
)


def test_in_the_app_and_by_letter_at_once(database: Database, cast: Cast) -> None:
    assert tell(database, cast, key="7")
    assert not tell(database, cast, key="7")
    [one] = rows(database)
    assert (one.way, one.topic, one.person_id, one.seen_at) == ("new", "messages", cast.anna.id, None)
    decided(database)
    [letter] = left(database, "mail")
    assert (letter.payload["notification_id"], letter.key, letter.due_at) == (one.id, f"notification:{one.id}", NOON)
    assert ways(database) == ["told"]
    decided(database)
    assert len(left(database, "mail")) == 1


def test_the_reader_hears_of_it_live(database: Database, cast: Cast) -> None:
    heard: list[str] = []
    stop = carry(heard.append)
    tell(database, cast, matter="thread:7")
    with database.writing() as session:
        see_matter(session, cast.anna.id, cast.community.id, "thread:7")
        see_matter(session, cast.anna.id, cast.community.id, "thread:7")
    stop()
    assert heard == [f"person:{cast.anna.id}"] * 2


def test_at_night_it_waits_for_the_morning(database: Database, cast: Cast) -> None:
    night = datetime(2026, 11, 25, 22, tzinfo=UTC)
    tell(database, cast, DANGER, at=night)
    decided(database, at=night)
    assert [one.due_at for one in left(database, "mail")] == [datetime(2026, 11, 26, 6, 30, tzinfo=UTC)]


def test_five_messages_of_one_conversation_are_one_letter(database: Database, cast: Cast) -> None:
    for _time in range(5):
        tell(database, cast, matter="thread:7")
        decided(database)
    tell(database, cast, matter="thread:8")
    decided(database)
    assert ways(database) == ["told", "same", "same", "same", "same", "told"]
    with clock.at(NOON), database.writing() as session:
        see(session, cast.anna.actor, rows(database)[0].id)
    assert [one.seen_at is not None for one in rows(database)] == [True] * 5 + [False]
    tell(database, cast, matter="thread:7")
    decided(database)
    assert ways(database)[-1] == "told", "once it was read, the next one is news again"


def test_the_one_thing_in_the_address_is_the_matter(database: Database, cast: Cast) -> None:
    for number in (7, 7, 8):
        tell(database, cast, endpoint="posts.show", values={"post_id": number})
    decided(database)
    assert [(one.matter, one.way) for one in rows(database)] == [
        ("post:7", "told"), ("post:7", "same"), ("post:8", "told"),
    ]  # fmt: skip


def test_who_has_no_address_gets_no_letter_about_their_account(
    database: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody with notices on their telephone and no e-mail: a letter could only get stuck."""
    with database.writing() as session:
        giorgio = make_member(session, cast, "giorgio", "vescovato", email=None)
    with_hooks(monkeypatch, reached_by_push=lambda _session, _person_id: True)
    assert not tell(database, cast, ACCOUNT_LETTER, person_id=giorgio.id)
    assert left(database, "mail") == []
    with database.reading() as session:
        assert [call.person_id for call in session.exec(select(CallToMake))] == [giorgio.id]


def test_by_push_first_and_by_letter_hours_later(
    database: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_hooks(monkeypatch, reached_by_push=lambda _session, person_id: person_id == cast.anna.id)
    tell(database, cast)
    decided(database)
    [push], [letter] = left(database, "push"), left(database, "mail")
    assert (push.due_at, letter.due_at) == (NOON, NOON + timedelta(hours=3))
    assert push.payload == letter.payload
    assert push.key == letter.key


def test_who_has_no_address_is_reached_by_push_and_else_called(
    database: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.writing() as session:
        giorgio = make_member(session, cast, "giorgio", "vescovato", email=None)
    with_hooks(monkeypatch, reached_by_push=lambda _session, person_id: answers and person_id == giorgio.id)
    answers = True
    tell(database, cast, person_id=giorgio.id)
    tell(database, cast, person_id=giorgio.id)
    with database.reading() as session:
        assert is_reachable(session, giorgio.id)
    answers = False
    decided(database)
    assert ways(database) == ["call", "call"], "the telephone went silent meanwhile: a maker calls"
    answers = True
    tell(database, cast, person_id=giorgio.id)
    decided(database)
    assert (len(left(database, "push")), left(database, "mail")) == (1, [])


def test_each_is_reached_as_they_wish(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        keep_wishes(session, cast.anna.actor, Wishes(choices={"messages": "app", "posts": "at_once"}), {"member"})
    tell(database, cast)
    tell(database, cast, FOUND)
    decided(database)
    assert ways(database) == ["app", "told"]
    with database.writing() as session:
        keep_wishes(session, cast.anna.actor, Wishes(by_mail=False), {"member"})
    tell(database, cast)
    decided(database)
    assert ways(database)[-1] == "app"


def test_it_is_written_once_or_not_at_all(database: Database, cast: Cast) -> None:
    with pytest.raises(RuntimeError), database.writing() as session:
        notify(
            session, person_id=cast.anna.id, community_id=cast.community.id, notice=WROTE, params=WORDS["tests:wrote"]
        )
        raise RuntimeError("the deed failed")
    assert (rows(database), left(database, "notice")) == ([], [])
