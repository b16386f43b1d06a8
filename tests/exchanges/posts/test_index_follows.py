"""The index follows what stands beside a post: the category it is in, the week of the household that wrote it."""

from collections.abc import Callable

import pytest
from sqlmodel import select

from community.availability.actions import clear_week, set_week
from community.categories.actions import CategoryWords, change_category, retire_category
from community.parties.actions import set_skills
from community.parties.queries import parties_found
from exchanges.posts.queries import Filters, board
from foundation.database import Database
from foundation.feature import registry
from foundation.jobs.tables import QueuedJob
from foundation.search import question
from tests.cast import Cast, Member
from tests.client import Browser, Page, on_sqlite
from tests.exchanges.posts.stage import Stage

TUESDAY_EVENING = Filters(weekday=2, part="evening")
SATURDAY_MORNING = Filters(weekday=6, part="morning")


@pytest.fixture
def stage(database: Database, cast: Cast) -> Stage:
    return Stage(database, cast)


def ids(stage: Stage, filters: Filters, who: Member | None) -> list[int]:
    found = stage.ask(board, who, filters)
    assert found.total == len(found.cards)
    return [card.id for card in found.cards]


def work(stage: Stage) -> None:
    """What was queued to bring the index up to date."""
    with stage.database.reading() as session:
        queued = session.exec(select(QueuedJob).where(QueuedJob.kind.endswith("index_again"))).all()
    jobs = {job.kind: job for job in registry.every("jobs")}
    for one in queued:
        jobs[one.kind].run_batches(stage.database, one.payload)


def test_a_renamed_and_moved_category(stage: Stage) -> None:
    cast = stage.cast
    here, branch = cast.categories["repairs"].id, cast.categories["transport"].id
    post_id = stage.open_post(cast.anna, title="Tende")
    stage.do(set_skills, cast.anna, cast.anna.party.id, offers=[here], needs=[])
    words = CategoryWords({"it": "Falegnameria"}, "tie", parent_id=branch)
    stage.do(change_category, cast.maker, here, words)
    work(stage)

    def called(words: str) -> list[int]:
        with stage.database.reading() as session:
            found = parties_found(session, cast.bashir.actor, question(words), 9)
            return [one.id for one in found.get("household", [])]

    assert ids(stage, Filters(words="falegnameria"), cast.bashir) == [post_id]
    assert ids(stage, Filters(words="riparazioni"), cast.bashir) == []
    assert ids(stage, Filters(category_id=branch), cast.bashir) == [post_id]
    assert (called("falegnameria"), called("riparazioni")) == ([cast.anna.party.id], [])
    stage.do(retire_category, cast.maker, here)
    work(stage)
    assert (ids(stage, Filters(words="falegnameria"), cast.bashir), called("falegnameria")) == ([post_id], [])
    with stage.database.reading() as session:
        looks = session.exec(select(QueuedJob).where(QueuedJob.kind == "searches.look")).all()
    assert len(looks) == 1, "nobody is told of an old post because its category has another name"


@pytest.mark.parametrize("many", [False, True])
def test_any_time_is_within_the_week_of_the_household(
    stage: Stage, many: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("exchanges.posts.actions.finding.AT_ONCE", 0 if many else 20)
    anna, bashir = stage.cast.anna, stage.cast.bashir
    before = stage.open_post(anna)
    stage.open_post(anna, rhythm="weekly", weekdays=[3], weekly_at="10:00")
    stage.do(set_week, anna, [(6, "morning")])
    work(stage)
    after = stage.open_post(anna)
    other = stage.open_post(stage.cast.chiara)
    assert ids(stage, TUESDAY_EVENING, bashir) == [other]
    assert ids(stage, Filters(part="evening"), bashir) == [other]
    assert ids(stage, SATURDAY_MORNING, bashir) == [other, after, before]
    assert ids(stage, Filters(weekday=6), bashir) == [other, after, before]
    stage.do(clear_week, anna)
    work(stage)
    assert ids(stage, TUESDAY_EVENING, bashir) == [other, after, before]


def test_a_visitor_does_not_learn_the_week(stage: Stage) -> None:
    """Members see a household's week, visitors do not: to them any time stays any time."""
    stage.do(set_week, stage.cast.anna, [(6, "morning")])
    post_id = stage.open_post(stage.cast.anna, visibility="public")
    assert ids(stage, TUESDAY_EVENING, stage.cast.bashir) == []
    for filters in (TUESDAY_EVENING, SATURDAY_MORNING, Filters(weekday=1), Filters(part="afternoon")):
        assert ids(stage, filters, None) == [post_id]


@on_sqlite
def test_nor_from_the_map(stage: Stage, visitor: Browser, client_for: Callable[..., Browser]) -> None:
    stage.do(set_week, stage.cast.anna, [(6, "morning")])
    stage.open_post(stage.cast.anna, visibility="public")
    address = "/c/cremona/board/map?day=2&part=evening"
    assert numbers(visitor.look(address)) == 1
    assert numbers(client_for(stage.cast.bashir).look(address)) == 0


def numbers(page: Page) -> int:
    return sum(int(cell.get_text()) for cell in page.soup.select("main tbody td") if cell.get_text().strip().isdigit())
