"""Posts that were taken in leave the board again, while nobody has done anything with them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col, select

from community.members.queries import actor_for
from community.moderation.actions import report
from exchanges.agreements.actions import propose
from exchanges.agreements.rules import Terms
from exchanges.posts.actions import close_post
from exchanges.posts.tables import Post
from foundation import clock
from foundation.errors import Invalid
from foundation.importing.kinds import kind_for
from foundation.importing.runs import take_run
from foundation.search.tables import SearchEntry
from tests.cast import Cast
from tests.exchanges.importing.lists import POSTS, count
from tests.importing import Desk


def test_posts_leave_the_board_for_good(desk: Desk, members: int) -> None:
    run_id = desk.bring("posts", POSTS)
    assert count(desk, col(SearchEntry.kind) == "post") == 2
    assert desk.undo(run_id).state == "undone"
    assert count(desk, col(Post.id).is_not(None)) == 0
    assert count(desk, col(SearchEntry.kind) == "post") == 0
    assert desk.run(desk.bring("posts", POSTS)).new == 2


def test_posts_stay_once_somebody_has_answered_one(desk: Desk, members: int, cast: Cast) -> None:
    run_id = desk.bring("posts", POSTS)
    with desk.database.writing() as session:
        post = session.exec(select(Post).where(col(Post.import_key) == "A1")).one()
        propose(session, cast.anna.actor, post.id, Terms(starts_at=clock.now() + timedelta(days=1), minutes=60))
    run = desk.undo(run_id)
    assert run.state == "taken"
    assert run.obstacles == [{"message": "Somebody has answered “%(title)s”.", "params": {"title": "Orli e cerniere"}}]
    assert count(desk, col(Post.import_key).in_(("A1", "A2"))) == 2


def test_posts_stay_once_one_was_reported(desk: Desk, members: int, cast: Cast) -> None:
    run_id = desk.bring("posts", POSTS)
    with desk.database.writing() as session:
        post = session.exec(select(Post).where(col(Post.import_key) == "A2")).one()
        report(session, cast.anna.actor, "post", post.id, reason="other", words="Mah.")
    assert desk.undo(run_id).obstacles[0]["message"] == "“%(title)s” was reported."


def test_posts_stay_once_their_owner_has_changed_one(desk: Desk, members: int) -> None:
    run_id = desk.bring("posts", POSTS)
    with desk.database.writing() as session, clock.at(clock.now() + timedelta(minutes=5)):
        post = session.exec(select(Post).where(col(Post.import_key) == "A1")).one()
        author = actor_for(session, post.author_id, post.community_id)
        close_post(session, author, post.id or 0, found=False)
    assert desk.undo(run_id).obstacles[0]["message"] == "“%(title)s” was changed since."


def test_a_file_of_posts_is_taken_in_by_parts(desk: Desk, members: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each takes its time, and nobody else writes meanwhile."""
    kind = kind_for(desk.actor, "posts")
    monkeypatch.setattr("foundation.importing.runs.kind_for", lambda *_: replace(kind, most_new=1))
    run_id = desk.upload("posts", POSTS)
    desk.check(run_id)
    with desk.database.writing() as session, pytest.raises(Invalid) as refused:
        take_run(session, desk.actor, run_id)
    assert "At most" in refused.value.message
