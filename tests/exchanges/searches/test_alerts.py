"""Who is told of which post: at once or in the morning, once, and only of what they may see."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from community.moderation.actions import block
from exchanges.posts import actions as posts
from exchanges.posts.actions.finding import move_on
from exchanges.searches.actions import keep_search, look_for_seekers, write_in_the_morning
from exchanges.searches.rules import is_answered
from exchanges.searches.tables import SearchAlert
from foundation import clock
from foundation.database import Database
from foundation.jobs.tables import QueuedJob
from tests.cast import Cast, Member
from tests.exchanges.posts.stage import Stage

_TODAY = clock.today("Europe/Rome")
NINE = datetime.combine(_TODAY + timedelta(8 - _TODAY.isoweekday()), time(9), ZoneInfo("Europe/Rome"))
"""Of the next Monday: the roles of the cast begin when it is made."""


@pytest.fixture
def stage(database: Database, cast: Cast) -> Iterator[Stage]:
    with clock.at(NINE):
        yield Stage(database, cast)


def keep(stage: Stage, who: Member, alert: str = "at_once", name: str = "Orto", **said: str) -> int:
    return stage.do(keep_search, who, name, said, alert=alert).id


def look(stage: Stage, post_id: int) -> int:
    return look_for_seekers(stage.database, post_id)


def write_letters(stage: Stage) -> int:
    return write_in_the_morning(stage.database)


def told(stage: Stage, notice: str = "searches:found") -> list[tuple[int, Any]]:
    return [(letter["person_id"], letter["params"]) for letter in stage.letters(notice)]


def test_at_once_and_once(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    keep(stage, bashir, q="orti")
    keep(stage, bashir, name="Doni", pay="gift")
    keep(stage, stage.cast.chiara, "none", q="orto")
    post_id = stage.open_post(anna, "offer", title="Orto insieme", gift=True)
    assert look(stage, post_id) == 1
    assert told(stage) == [(bashir.id, {"title": "Orto insieme"})]
    assert look(stage, post_id) == 0
    stage.do(posts.pause_post, anna, post_id)
    stage.do(posts.resume_post, anna, post_id)
    assert look(stage, post_id) == 0
    assert len(told(stage)) == 1


def test_publishing_and_changing_ask_for_it(stage: Stage) -> None:
    post_id = stage.open_post(stage.cast.anna)
    with stage.database.reading() as session:
        queued = session.exec(select(QueuedJob).where(QueuedJob.kind == "searches.look")).all()
    assert [job.payload for job in queued] == [{"post_id": post_id}]


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ({"q": "lavatrici"}, True), ({"q": "lavatrice", "kind": "offer"}, False), ({"kind": "need"}, True),
        ({"q": "frigorifero"}, False), ({"day": "2", "part": "afternoon"}, True), ({"day": "3"}, False),
        ({"language": "ar"}, True), ({"language": "en"}, False), ({}, True), ({"category": "999999"}, False),
        ({"q": "lavatricce"}, True), ({"q": "lava trice"}, True), ({"q": "lavoro"}, False),
    ],
)  # fmt: skip
def test_only_what_is_asked_for(stage: Stage, said: dict[str, str], answered: bool) -> None:
    keep(stage, stage.cast.bashir, **said)
    post_id = stage.open_post(
        stage.cast.anna, title="Lavatrice rotta", rhythm="weekly", weekdays=[2], weekly_at="16:00", languages=["ar"]
    )
    assert look(stage, post_id) == answered


def test_nobody_hears_of_what_they_may_not_see(stage: Stage) -> None:
    cast = stage.cast
    for who in (cast.anna, cast.bashir, cast.dario, cast.maker, cast.other_maker):
        keep(stage, who, kind="need")
    stage.do(block, cast.bashir, cast.anna.party.id)
    look(stage, stage.open_post(cast.anna, title="Per la zona", visibility="zones"))
    assert {person for person, _params in told(stage)} == {cast.maker.id}
    look(stage, stage.open_post(cast.dario, title="Riservato", visibility="confidential"))
    letters = told(stage)
    assert letters[-1][0] == cast.other_maker.id
    assert letters[-1][1]["title"]["it"] == "una richiesta riservata", "a letter lies open on a kitchen table"
    assert len(letters) == 2


def test_the_letter_of_the_morning(stage: Stage) -> None:
    cast = stage.cast
    keep(stage, cast.bashir, "daily", q="orto")
    first = stage.open_post(cast.anna, title="Orto uno")
    second = stage.open_post(cast.anna, title="Orto due")
    gone = stage.open_post(cast.anna, title="Orto tre")
    for post_id in (first, second, gone):
        look(stage, post_id)
    stage.do(posts.close_post, cast.anna, gone, found=True)

    def write(moment: datetime) -> int:
        with clock.at(moment):
            return write_letters(stage)

    assert write(NINE) == 0, "what came up after seven waits for tomorrow"
    assert write(NINE + timedelta(hours=21)) == 0
    assert write(NINE + timedelta(hours=22, minutes=30)) == 1
    assert write(NINE + timedelta(days=1)) == 0
    assert told(stage, "searches:found_daily") == [(cast.bashir.id, {"number": 2})]
    with stage.database.reading() as session:
        assert all(alert.told_at for alert in session.exec(select(SearchAlert)))


def test_two_workers_tell_once(stage: Stage) -> None:
    """The second finds the row of the first, whoever commits first."""
    keep(stage, stage.cast.bashir, "daily", "Uno", q="orto")
    keep(stage, stage.cast.bashir, "at_once", "Due", q="orto")
    post_id = stage.open_post(stage.cast.anna, title="Orto")
    assert [look(stage, post_id), look(stage, post_id)] == [1, 0]
    assert [who for who, _params in told(stage)] == [stage.cast.bashir.id], "at once goes before the morning"


def test_what_was_there_before_is_no_news(stage: Stage) -> None:
    """Neither an edit nor the clock makes an old post new; coming back to the board does."""
    anna, bashir = stage.cast.anna, stage.cast.bashir
    post_id = stage.open_post(anna, title="Orto", rhythm="weekly", weekdays=[2], weekly_at="16:00")
    with clock.at(NINE + timedelta(days=1)):
        keep(stage, bashir, q="orto")
        keep(stage, stage.cast.chiara, "daily", q="orto")
        assert look(stage, post_id) == 0
    with clock.at(NINE + timedelta(days=60)):
        with stage.database.writing() as session:
            posts.expire_posts(session)
        stage.do(posts.renew_post, anna, post_id)
        assert look(stage, post_id) == 2
        assert look(stage, post_id) == 0
    with clock.at(NINE + timedelta(days=120)):
        with stage.database.writing() as session:
            posts.expire_posts(session)
        stage.do(posts.renew_post, anna, post_id)
        assert look(stage, post_id) == 2, "it was gone, and is there anew"
    assert len(told(stage)) == 2


def test_the_clock_asks_nobody(stage: Stage) -> None:
    stage.open_post(stage.cast.anna, rhythm="weekly", weekdays=[2], weekly_at="16:00")
    with clock.at(NINE + timedelta(days=3)), stage.database.writing() as session:
        assert move_on(session) == 1
    with stage.database.reading() as session:
        assert len(session.exec(select(QueuedJob).where(QueuedJob.kind == "searches.look")).all()) == 1


def test_after_a_few_letters_the_rest_waits_for_the_morning(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    keep(stage, bashir, q="orto")
    for number in range(8):
        assert look(stage, stage.open_post(anna, title=f"Orto {number}")) == 1
    assert [len(told(stage)), len(told(stage, "searches:found_last"))] == [4, 1]
    with clock.at(NINE + timedelta(days=1)):
        assert write_letters(stage) == 1
        assert told(stage, "searches:found_daily") == [(bashir.id, {"number": 3})]
        look(stage, stage.open_post(anna, title="Orto di domani"))
    assert len(told(stage)) == 5, "a new day, and what the morning told does not count"


def test_nobody_is_kept_from_writing_meanwhile(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """All searches are looked through without the turn to write; it is taken only for those that were found."""
    for who in (stage.cast.bashir, stage.cast.chiara, stage.cast.dario):
        keep(stage, who, q="orto" if who is stage.cast.chiara else "altro")
    post_id = stage.open_post(stage.cast.anna, title="Orto")
    events: list[str] = []
    writing = stage.database.writing

    def asked(*arguments: Any) -> bool:
        events.append("asked")
        return is_answered(*arguments)

    def taken() -> Any:
        events.append("turn")
        return writing()

    monkeypatch.setattr("exchanges.searches.queries.is_answered", asked)
    monkeypatch.setattr(stage.database, "writing", taken)
    assert look(stage, post_id) == 1
    assert events == ["asked", "asked", "asked", "turn"]
