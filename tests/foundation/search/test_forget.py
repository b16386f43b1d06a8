"""Words that no entry holds any more are forgotten, by the job of the day and by rebuilding the index."""

from collections.abc import Callable

import pytest
from sqlmodel import delete, select

from exchanges.posts import actions as posts
from foundation.database import Database
from foundation.feature import registry
from foundation.search import Entry, index
from foundation.search.rebuilding import rebuild
from foundation.search.tables import SearchSpelling, SearchTrigram, SearchWord
from tests.cast import Cast
from tests.exchanges.posts.stage import Stage


def by_rebuilding(database: Database) -> None:
    for _told in rebuild(database):
        pass


def by_the_job(database: Database) -> None:
    job = next(job for job in registry.every("jobs") if job.kind == "search.forget")
    job.run_batches(database, {})


def known(database: Database) -> set[str]:
    with database.reading() as session:
        words = set(session.scalars(select(SearchWord.word)))
        assert set(session.scalars(select(SearchTrigram.word))) == {word for word in words if len(word) > 3}
        assert set(session.scalars(select(SearchSpelling.word))) == words
        return words


@pytest.fixture
def stage(database: Database, cast: Cast) -> Stage:
    made = Stage(database, cast)
    by_rebuilding(database)
    return made


@pytest.mark.parametrize("forget", [by_rebuilding, by_the_job])
def test_words_go_with_the_last_that_said_them(stage: Stage, forget: Callable[[Database], None]) -> None:
    anna = stage.cast.anna
    gone = stage.open_post(anna, title="Bertozzo e Bertozzi suonano")
    stage.open_post(anna, title="Bertozzi suonano")
    stage.do(posts.close_post, anna, gone, found=True)
    assert "bertozzo" in known(stage.database)
    forget(stage.database)
    left = known(stage.database)
    assert "bertozzo" not in left
    assert {"bertozzi", "suonano", "anna"} <= left
    forget(stage.database)
    assert known(stage.database) == left


def test_a_word_said_meanwhile_stays(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody writes it while the others are being read: the word was known, and nothing else holds it."""
    anna = stage.cast.anna
    gone = stage.open_post(anna, title="Bertozzo Ramarro")
    stage.do(posts.close_post, anna, gone, found=True)
    households = next(kind for kind in registry.every("searchables") if kind.kind == "organisation")
    entries = households.entries

    def overtaken(*asked: int) -> list[Entry]:
        object.__setattr__(households, "entries", entries)
        with stage.database.writing() as session:
            here = stage.cast.community.id
            index(session, Entry("household", anna.party.id, here, anna.party.opened_at, "Casa Bertozzo"))
        return entries(*asked)

    monkeypatch.setattr(type(households), "__setattr__", object.__setattr__)
    households.entries = overtaken
    by_the_job(stage.database)
    left = known(stage.database)
    assert "bertozzo" in left
    assert "ramarro" not in left


def test_what_was_forgotten_is_learnt_again_by_rebuilding(stage: Stage) -> None:
    """As the migration does it: the entries themselves have not changed."""
    stage.open_post(stage.cast.anna, title="Bertozzo suona")
    before = known(stage.database)
    with stage.database.writing() as session:
        for table in (SearchTrigram, SearchSpelling, SearchWord):
            session.exec(delete(table))
    by_rebuilding(stage.database)
    assert known(stage.database) == before
