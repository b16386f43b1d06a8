"""`flask demo grow`: as much as was asked for, the same for the same seed, and a ledger that verifies at every step."""

from collections import Counter, defaultdict
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, text
from sqlmodel import col, select

from app import load_features
from community.communities.tables import Community
from community.members.queries import actor_for
from community.parties.tables import Party
from community.safeguarding.queries import verified_among
from demo.commands import demo_commands
from demo.growing import SLUG, Grown, grow
from exchanges.agreements.rules import TRANSITIONS
from exchanges.agreements.tables import Agreement, AgreementEvent
from exchanges.ledger.jobs import seal_new
from exchanges.ledger.queries.verification import faults, figures, hold_still
from exchanges.ledger.tables import Account, Entry, Transfer
from exchanges.posts.tables import Post
from foundation import clock
from foundation.database import Database, Session
from foundation.feature import registry
from foundation.settings import Settings
from foundation.web import state
from tests.servers import databases

HOUSEHOLDS, POSTS, EXCHANGES = 60, 200, 1_200


@pytest.fixture(autouse=True)
def features() -> None:
    registry.register(load_features())


@pytest.fixture(scope="module", params=databases.KINDS)
def grown(request: pytest.FixtureRequest) -> Any:
    """One grown community on each database, looked at by many tests."""
    registry.register(load_features())
    with databases.fresh(request.param) as database:
        yield database, grow(database, households=HOUSEHOLDS, posts=POSTS, exchanges=EXCHANGES, seed=7)


def count(session: Session, *conditions: Any) -> int:
    return session.scalar(select(func.count()).where(*conditions)) or 0


def faults_of(database: Database) -> list[str]:
    with database.reading() as session:
        hold_still(session)
        return [str(fault) for fault in faults(session)]


def test_as_much_as_was_asked_for(grown: tuple[Database, Grown]) -> None:
    database, result = grown
    with database.reading() as session:
        community = session.exec(select(Community).where(col(Community.slug) == SLUG)).one()
        assert community.id == result.community_id
        assert count(session, col(Party.kind) == "household") == HOUSEHOLDS == len(result.parties)
        assert count(session, col(Post.id).is_not(None)) == POSTS
        assert count(session, col(Agreement.state) == "settled") == EXCHANGES
        assert count(session, col(Post.state) == "open") > POSTS * 0.7


def test_the_ledger_verifies_and_nobody_was_ever_beyond_the_limits(grown: tuple[Database, Grown]) -> None:
    database, _ = grown
    assert faults_of(database) == []
    with database.reading() as session:
        of_parties = (col(Account.id) == col(Entry.account_id), col(Account.kind) == "party")
        lowest = select(func.min(Entry.balance_after - Entry.reserved_after), func.max(Entry.balance_after))
        available, highest = session.exec(lowest.where(*of_parties)).one()
        assert -600 <= available < 0 < highest <= 2400
        assert figures(session).reservations > EXCHANGES * 0.2


def test_every_exchange_has_its_hours_and_its_steps(grown: tuple[Database, Grown]) -> None:
    database, _ = grown
    with database.reading() as session:
        agreements = {one.id: one for one in session.exec(select(Agreement))}
        transfers = {one.source_id: one for one in session.exec(select(Transfer))}
        steps = defaultdict(list)
        for event in session.exec(select(AgreementEvent).order_by(col(AgreementEvent.id))):
            steps[event.agreement_id].append(event)
    known = {(before, verb): after for (before, verb, _), after in TRANSITIONS.items()}
    for number, agreement in agreements.items():
        assert (number in transfers) != agreement.gift
        at = ""
        for event in steps[number]:
            assert known[at, event.verb] == event.state
            at = event.state
        assert at == "settled"
        moments = [event.at for event in steps[number]]
        assert moments == sorted(moments)
        if number in transfers:
            assert transfers[number].at == agreement.ended_at
    ways = Counter(agreement.way for agreement in agreements.values())
    assert set(ways) == {"post", "asked", "recorded", "assegno"}


def test_who_gives_care_has_been_met(grown: tuple[Database, Grown]) -> None:
    database, result = grown
    with database.reading() as session:
        givers = session.execute(
            text(
                "SELECT DISTINCT a.adult_id FROM agreement a JOIN category c ON c.id = a.category_id"
                " WHERE c.care <> 'none'"
            )
        ).scalars()
        people = set(givers)
        assert people
        assert verified_among(session, result.community_id, people, clock.now()) == people


def test_the_posts_are_many_and_of_every_kind(grown: tuple[Database, Grown]) -> None:
    database, _ = grown
    with database.reading() as session:
        posts = session.exec(select(Post)).all()
    assert len({post.title for post in posts}) > POSTS * 0.7
    assert not any("{" in post.title + post.description + post.when_words for post in posts)
    assert len({post.category_id for post in posts}) > 40
    assert {post.kind for post in posts} == {"offer", "need"}
    assert all(post.visibility == "confidential" or post.published_at <= clock.now() for post in posts)


def test_a_member_of_it_is_a_member(grown: tuple[Database, Grown]) -> None:
    database, result = grown
    with database.reading() as session:
        actor = actor_for(session, result.people[-1], result.community_id)
        assert actor.is_member
        assert actor.party_id == result.parties[-1]
        maker = actor_for(session, result.people[0], result.community_id)
        assert {grant.role for grant in maker.grants} == {"member", "maker"}


def content(database: Database) -> list[Any]:
    """What was grown, without ids that depend on what was there before."""
    with database.reading() as session:
        in_order = (col(Entry.transfer_id), col(Entry.position))
        return [
            session.exec(select(Party.name, Party.import_key).order_by(col(Party.id))).all(),
            session.exec(select(Post.title, Post.description, Post.state).order_by(col(Post.id))).all(),
            session.exec(select(Transfer.memo, Transfer.at).order_by(col(Transfer.id))).all(),
            session.exec(select(Entry.minutes, Entry.balance_after).order_by(*in_order)).all(),
        ]


def test_the_same_seed_makes_the_same_community(sqlite_database: Database, postgresql_database: Database) -> None:
    with clock.at(clock.now()):
        for database in (sqlite_database, postgresql_database):
            grow(database, households=30, posts=50, exchanges=100, seed=3)
    assert content(sqlite_database) == content(postgresql_database)


def test_another_seed_makes_another(sqlite_database: Database) -> None:
    grow(sqlite_database, households=30, posts=50, exchanges=100, seed=3)
    grow(sqlite_database, households=30, posts=50, exchanges=100, seed=4, slug="another")
    with sqlite_database.reading() as session:
        one, other = (
            session.exec(
                select(Post.title)
                .join(Community, col(Community.id) == col(Post.community_id))
                .where(col(Community.slug) == slug)
            ).all()
            for slug in (SLUG, "another")
        )
    assert set(one) != set(other)


def test_it_goes_on_growing_after_it_was_interrupted(database: Database) -> None:
    def stop(step: str) -> Any:
        def progress(done: int, total: int) -> None:
            if step == "exchanges":
                raise KeyboardInterrupt

        return progress

    with pytest.raises(KeyboardInterrupt):
        grow(database, households=40, posts=40, exchanges=2_000, told=stop)
    assert faults_of(database) == []
    with database.reading() as session:
        before = count(session, col(Agreement.state) == "settled")
    assert 0 < before < 2_000
    grow(database, households=40, posts=40, exchanges=100)
    assert faults_of(database) == []
    with database.reading() as session:
        assert count(session, col(Party.kind) == "household") == 80
        assert count(session, col(Agreement.state) == "settled") == before + 100


def test_two_households_exchange_as_much_as_they_can(database: Database) -> None:
    grow(database, households=2, posts=0, exchanges=30)
    assert faults_of(database) == []


def test_a_sealed_ledger_takes_no_older_exchanges(sqlite_database: Database) -> None:
    grow(sqlite_database, households=4, posts=0, exchanges=10, seed=5)
    assert list(seal_new(sqlite_database))
    with pytest.raises(ValueError, match="is sealed"):
        grow(sqlite_database, households=4, posts=0, exchanges=10, seed=6)
    grow(sqlite_database, households=4, posts=2, exchanges=0, seed=6)
    assert faults_of(sqlite_database) == []


def test_one_household_cannot_exchange(sqlite_database: Database) -> None:
    with pytest.raises(ValueError, match="takes two households"):
        grow(sqlite_database, households=1, posts=3, exchanges=1)
    with pytest.raises(ValueError, match="need households"):
        grow(sqlite_database, households=0, posts=3, exchanges=0)


def test_the_command_grows_and_names_who_may_sign_in(app: Flask) -> None:
    arguments = ["grow", "--households", "20", "--posts", "20", "--exchanges", "20"]
    with app.app_context():
        result = app.test_cli_runner().invoke(demo_commands, arguments)
    assert result.exit_code == 0, result.output
    assert f"/c/{SLUG}" in result.output
    assert f"@{SLUG}.example.org  un-ora-vale-un-ora" in result.output


def test_it_is_refused_in_production(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state.installation(app), "settings", Settings(env="production"))
    with app.app_context():
        refused = app.test_cli_runner().invoke(demo_commands, ["grow"])
    assert refused.exit_code == 1
    assert "not for production" in refused.output
