"""A community says on which ground it keeps what, and how long; the job holds to it, and history keeps who said so."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from app import load_features
from community.changes.tables import CommunityChange
from community.notifications.tables import CallToMake
from community.privacy import jobs
from community.privacy.actions import say_why_and_how_long
from community.privacy.queries import cutoff_of, kinds, retentions, told_of
from community.privacy.rules import days_of, number_of
from community.privacy.tables import KeptFor
from community.threads.tables import Message, Thread
from foundation import clock
from foundation.database import Database
from foundation.errors import Invalid, Missing
from foundation.feature import registry
from tests.cast import Cast, Member
from tests.client import Browser, on_sqlite

LISTING = "/c/cremona/running/privacy/kinds"


@pytest.fixture(autouse=True)
def features() -> Iterator[None]:
    before = registry.features
    registry.register(load_features())
    yield
    registry.register(before)


def choose(database: Database, who: Member, kind: str, basis: str = "", **days: int | None) -> None:
    with database.writing() as session:
        say_why_and_how_long(session, who.actor, kind, basis=basis, words={}, days=days)


def call(database: Database, cast: Cast, community_id: int, days: int) -> None:
    then = clock.now() - timedelta(days=days)
    with database.writing() as session:
        session.add(
            CallToMake(community_id=community_id, person_id=cast.dario.id, notice="x", made_at=then, since=then)
        )


def calls(database: Database) -> list[int]:
    with database.reading() as session:
        return sorted(session.scalars(select(CallToMake.community_id)))


def test_the_job_holds_to_what_each_community_says(database: Database, cast: Cast) -> None:
    here, elsewhere = cast.community.id, cast.other_community.id
    for community_id in (here, elsewhere):
        call(database, cast, community_id, 40)
    choose(database, cast.administrator, "calls", calls_made=30)
    jobs.retain(database, {})
    assert calls(database) == [elsewhere], "ninety days as usual, where nobody said otherwise"
    call(database, cast, here, 100)
    call(database, cast, elsewhere, 100)
    choose(database, cast.administrator, "calls", calls_made=120)
    jobs.retain(database, {})
    assert calls(database) == [here, elsewhere]
    choose(database, cast.administrator, "calls", calls_made=None)
    jobs.retain(database, {})
    assert calls(database) == [elsewhere], "as usual again"


def test_words_go_where_a_community_says_so_and_nowhere_else(database: Database, cast: Cast) -> None:
    then = clock.now() - timedelta(days=400)
    with database.writing() as session:
        for community_id in (cast.community.id, cast.other_community.id):
            thread = Thread(community_id=community_id)
            session.add(thread)
            session.flush()
            session.add(Message(thread_id=thread.id, author_id=cast.anna.id, words="Ciao", sent_at=then))
    jobs.retain(database, {})
    choose(database, cast.administrator, "messages", old_messages=365)
    for _again in range(2):
        jobs.retain(database, {})
    with database.reading() as session:
        assert list(session.scalars(select(Message.words).order_by(Message.id))) == ["…", "Ciao"]


def test_what_is_fixed_holds_whatever_a_row_says(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        session.add(
            KeptFor(community_id=cast.community.id, name="meeting_places", days=900, set_by_id=cast.administrator.id)
        )
    choose(database, cast.administrator, "agreements", meeting_places=900)
    with database.reading() as session:
        fixed = next(one for one in retentions() if one.name == "meeting_places")
        assert cutoff_of(session, fixed, clock.now()).own == {}


@pytest.mark.parametrize("days", [0, 13, 366])
def test_nothing_outside_the_bounds(database: Database, cast: Cast, days: int) -> None:
    with pytest.raises(Invalid) as refused:
        choose(database, cast.administrator, "calls", calls_made=days)
    assert refused.value.field == "number-calls_made"


def test_only_grounds_that_there_are_and_never_another_than_the_law(database: Database, cast: Cast) -> None:
    for kind, basis in (("calls", "because"), ("cards", "consent")):
        with pytest.raises(Invalid):
            choose(database, cast.administrator, kind, basis)
    choose(database, cast.administrator, "calls", "public")
    with database.reading() as session:
        assert told_of(session, cast.community.id, "calls").basis == "public"
        assert told_of(session, cast.other_community.id, "calls").basis == "agreement"


def test_only_who_runs_the_community(database: Database, cast: Cast) -> None:
    for who in (cast.anna, cast.maker):
        with pytest.raises(Missing):
            choose(database, who, "calls", calls_made=30)
    with pytest.raises(Missing):
        choose(database, cast.administrator, "nothing_of_the_kind")


def test_every_time_is_of_a_kind_and_says_its_bounds() -> None:
    names = {kind.kind for kind in kinds()}
    for one in retentions():
        assert one.kind in names, one.name
        assert one.fixed or one.least < one.most


@pytest.mark.parametrize(
    ("days", "said"),
    [(365, (1, "years")), (730, (2, "years")), (30, (1, "months")), (182, (6, "months")), (180, (180, "days"))],
)
def test_days_are_said_exactly(days: int, said: tuple[int, str]) -> None:
    assert number_of(days) == said
    assert days_of(24, "months") == 730


@on_sqlite
def test_an_administrator_says_it_and_everybody_reads_it(
    database: Database, cast: Cast, client_for: Callable[..., Browser], visitor: Browser
) -> None:
    browser = client_for(cast.administrator, language="en")
    assert browser.look(LISTING).says("What you reported to the makers")
    page: Any = browser.look(f"{LISTING}/calls")
    assert page.says("From 14 days to 1 year.")
    typed = {
        "basis": "public",
        "words_en": "Regional law 3/2008",
        "number-calls_made": "2",
        "unit-calls_made": "months",
    }
    browser.submit(page, "Keep", status=422, **{**typed, "number-calls_made": "40"})
    browser.submit(page, "Keep", **typed)
    for words in ("it goes after 2 months", "Regional law 3/2008", "6.1.e"):
        assert browser.look("/c/cremona/privacy").says(words), words
    history = browser.look("/c/cremona/running/history/?kind=keeping")
    for words in ("Telephone calls that were made", "as usual", "61 days", "Regional law 3/2008"):
        assert history.says(words), words
    with database.reading() as session:
        assert (
            session.exec(select(CommunityChange).where(CommunityChange.kind == "keeping")).one().before["words"] == {}
        )


@on_sqlite
def test_what_the_ledger_and_the_law_hold_is_not_theirs_to_choose(
    cast: Cast, client_for: Callable[..., Browser]
) -> None:
    browser = client_for(cast.administrator, language="en")
    page = browser.look(f"{LISTING}/movements")
    assert page.says("those must add up for good")
    assert not page.soup.select("[name^=number-]")
    assert browser.look(f"{LISTING}/cards").says("A law says how long.")
    assert browser.look(f"{LISTING}/agreements").says("two weeks after it is over, everywhere")
