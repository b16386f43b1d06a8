"""The summary: what was held back and what is new, in one letter a day at most; nothing to say is no letter."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from community.members.queries import person_of
from community.notifications.actions import keep_wishes, notify, queue_digests, see_all
from community.notifications.rules import DigestLine, DigestSection, Wishes
from community.notifications.tables import NoticeStop
from exchanges.agreements.notices import NEW_PROPOSAL
from exchanges.posts.notices import EXPIRING
from foundation import clock
from foundation.database import Database
from foundation.feature import registry
from foundation.mail import FolderMailbox, KeptLetter
from foundation.outbox import deliver_due
from foundation.web.state import installation
from tests.cast import Cast
from tests.client import on_sqlite
from tests.community.notifications.stage import NOON, days, left, ways, with_hooks

SUNDAY = datetime(2026, 11, 29, 17, 5, tzinfo=UTC)
"""Five past six in the evening, in Rome."""
Hold = Callable[..., None]


@pytest.fixture
def hold(app: Flask, database: Database, cast: Cast) -> Hold:
    """Leave Anna something that waits for the summary, and decide about it."""

    def leave(title: str = "Una bici", at: datetime = NOON) -> None:
        with clock.at(at), app.app_context():
            with database.writing() as session:
                notify(
                    session, person_id=cast.anna.id, community_id=cast.community.id, notice=EXPIRING,
                    params={"title": title, "last_on": (at + days(10)).date()},
                    endpoint="posts.board",
                )  # fmt: skip
            deliver_due(database, {"notice": registry.merged("channels")["notice"]})

    return leave


def summed(app: Flask, database: Database, at: datetime = SUNDAY) -> list[KeptLetter]:
    """Make the summaries that are due and send them; every letter that went out so far, newest first."""
    with clock.at(at), app.app_context():
        queue_digests(database)
        deliver_due(database, {"digest": registry.merged("channels")["digest"]})
    return FolderMailbox(installation(app).settings.data_directory / "mail", "").letters()


@on_sqlite
def test_one_letter_with_what_was_held_by_topic(app: Flask, database: Database, cast: Cast, hold: Hold) -> None:
    with database.writing() as session:
        person_of(session, cast.anna.id).language = "en"
    hold("Una bici")
    hold("Ripetizioni")
    [letter] = [one for one in summed(app, database) if "anna" in one.to]
    assert letter.subject == "Your summary from Banca del tempo di prova"
    for said in (letter.text, letter.html):
        assert "The board" in said
        assert "what you look for" not in said
        assert "Still open? Una bici" in said
        assert "Still open? Ripetizioni" in said
    assert '<html lang="en"' in letter.html
    assert "http://localhost/c/cremona/me/notices" in letter.text
    assert ways(database) == ["summed", "summed"]


@on_sqlite
def test_what_has_passed_is_in_no_summary(app: Flask, database: Database, cast: Cast, hold: Hold) -> None:
    """The server was away on Sunday, and back after the last day of the post."""
    hold("Una bici")
    letters = [one for one in summed(app, database, SUNDAY + days(7)) if "anna" in one.to]
    assert not any("Una bici" in one.text for one in letters)


@on_sqlite
def test_run_again_it_is_made_once(app: Flask, database: Database, cast: Cast, hold: Hold) -> None:
    hold()
    with clock.at(SUNDAY):
        queue_digests(database)
        assert queue_digests(database) == 0
    hold("Nuova", at=SUNDAY + timedelta(minutes=1))
    assert len([one for one in summed(app, database, SUNDAY + timedelta(minutes=20)) if "anna" in one.to]) == 1
    assert ways(database) == ["summed", "digest"], "what came after waits for the next"


def test_nobody_twice_and_nobody_before_their_hour(database: Database, cast: Cast) -> None:
    with clock.at(SUNDAY - timedelta(hours=1)):
        assert queue_digests(database) == 0
    with clock.at(SUNDAY):
        assert queue_digests(database) == len(left(database, "digest")) > 3
        assert queue_digests(database) == 0
    with clock.at(SUNDAY + days(1)):
        queue_digests(database)
    people = [row.payload["person_id"] for row in left(database, "digest")]
    assert people.count(cast.anna.id) == 1, "once a week"
    assert people.count(cast.maker.id) == 2, "makers every evening, where they have not chosen"


def test_daily_for_who_wishes_and_never_for_who_does_not(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        keep_wishes(session, cast.anna.actor, Wishes(digest="daily", digest_hour=8), {"member"})
        keep_wishes(session, cast.bashir.actor, Wishes(digest="never"), {"member"})
    with clock.at(datetime(2026, 11, 25, 7, 10, tzinfo=UTC)):
        queue_digests(database)
    people = [row.payload["person_id"] for row in left(database, "digest")]
    assert (people.count(cast.anna.id), people.count(cast.bashir.id)) == (1, 0)
    for at in (SUNDAY - timedelta(hours=10), SUNDAY):
        with clock.at(at):
            queue_digests(database)
    people = [row.payload["person_id"] for row in left(database, "digest")]
    assert (people.count(cast.anna.id), people.count(cast.bashir.id)) == (2, 0)


@pytest.mark.parametrize(
    ("evening", "other"),
    [
        (datetime(2026, 3, 29, 16, 0, tzinfo=UTC), datetime(2026, 3, 29, 15, 59, tzinfo=UTC)),
        (datetime(2026, 10, 25, 17, 0, tzinfo=UTC), datetime(2026, 10, 25, 16, 59, tzinfo=UTC)),
    ],
)
def test_six_in_the_evening_also_when_the_clocks_change(
    database: Database, cast: Cast, evening: datetime, other: datetime
) -> None:
    with clock.at(other):
        assert queue_digests(database) == 0
    with clock.at(evening):
        assert queue_digests(database) > 0


@on_sqlite
def test_nothing_to_say_is_no_letter(app: Flask, database: Database, cast: Cast, hold: Hold) -> None:
    assert summed(app, database) == []
    hold(at=SUNDAY + days(1))
    with clock.at(SUNDAY + days(2)), database.writing() as session:
        see_all(session, cast.anna.actor, 999)
    assert summed(app, database, SUNDAY + days(7)) == [], "it was seen meanwhile"


@on_sqlite
def test_features_add_to_it(app: Flask, database: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def sections(_session: object, actor: object, since: datetime) -> list[DigestSection]:
        if actor.person_id != cast.anna.id:  # type: ignore[attr-defined]  # an Actor
            return [DigestSection("To do", (DigestLine("This alone is no letter"),), position=10, alone=False)]
        return [DigestSection("Near", (DigestLine(f"Since {since:%d/%m}", "posts.board"),)), DigestSection("Empty", ())]

    with_hooks(monkeypatch, digest_sections=sections)
    [letter] = summed(app, database)
    assert "Since 22/11" in letter.text
    assert "http://localhost/c/cremona/board" in letter.text
    assert "Empty" not in letter.text


@on_sqlite
def test_it_asks_whether_to_go_on(app: Flask, database: Database, cast: Cast) -> None:
    with database.writing() as session:
        person_of(session, cast.anna.id).language = "en"
        notify(
            session, person_id=cast.anna.id, community_id=cast.community.id, notice=NEW_PROPOSAL,
            params={"who": "Bashir", "title": "Ripetizioni"}, endpoint="posts.board",
        )  # fmt: skip
        session.add(NoticeStop(person_id=cast.anna.id, notice=NEW_PROPOSAL.name, asked_at=NOON))
    [letter] = summed(app, database)
    assert "Shall we go on writing to you?" in letter.text
    assert "http://localhost/c/cremona/notices" in letter.html
