"""Throwing a draft away, and the photographs of a post."""

import pytest
from sqlmodel import col, select

from exchanges.posts import actions, rules
from exchanges.posts.queries import may_see_photo, photos_of
from exchanges.posts.tables import Post, PostChildcare, PostDate, PostPhoto
from foundation.errors import Invalid, Missing
from foundation.files import StoredFile
from tests.exchanges.posts.stage import Stage


def test_nothing_of_a_discarded_draft_remains(stage: Stage) -> None:
    own = {"children": 1, "age_bands": [], "where_words": "", "pick_up": ""}
    post_id = stage.written(stage.cast.anna, category="childcare", own=own, rhythm="dates", dates=[(stage.at(2), None)])
    file_id = stage.photo(stage.cast.anna, post_id)
    stage.do(actions.discard_draft, stage.cast.anna, post_id)
    with stage.database.reading() as session:
        assert session.get(Post, post_id) is None
        for table in (PostDate, PostPhoto, PostChildcare):
            assert session.exec(select(table).where(col(table.post_id) == post_id)).all() == []
        assert session.get(StoredFile, file_id).unheld_since is not None


def test_what_was_published_is_closed_instead(stage: Stage) -> None:
    post_id = stage.open_post(stage.cast.anna)
    with pytest.raises(rules.NotNow):
        stage.do(actions.discard_draft, stage.cast.anna, post_id)


def test_a_stranger_discards_nothing(stage: Stage) -> None:
    post_id = stage.draft(stage.cast.anna)
    with pytest.raises(Missing):
        stage.do(actions.discard_draft, stage.cast.bashir, post_id)


def test_four_photographs_and_no_more(stage: Stage) -> None:
    post_id = stage.draft(stage.cast.anna)
    for number in range(rules.MOST_PHOTOS):
        stage.photo(stage.cast.anna, post_id, number)
    with pytest.raises(Invalid) as refusal:
        stage.photo(stage.cast.anna, post_id, 9)
    assert refusal.value.field == "photos"


def test_the_next_photograph_takes_the_first_place(stage: Stage) -> None:
    post_id = stage.draft(stage.cast.anna)
    first, second = stage.photo(stage.cast.anna, post_id, 1), stage.photo(stage.cast.anna, post_id, 2)
    stage.do(actions.remove_photo, stage.cast.anna, post_id, first)
    stage.do(actions.remove_photo, stage.cast.anna, post_id, first)
    with stage.database.reading() as session:
        assert [(photo.file_id, photo.position) for photo in photos_of(session, post_id)] == [(second, 0)]


def test_a_photograph_is_seen_by_who_sees_the_post(stage: Stage) -> None:
    post_id = stage.open_post(stage.cast.anna, visibility="zones")
    file_id = stage.photo(stage.cast.anna, post_id)
    seen = {name: stage.ask(may_see_photo, getattr(stage.cast, name), file_id) for name in ("anna", "bashir", "chiara")}
    assert seen == {"anna": True, "bashir": False, "chiara": True}
    assert not stage.ask(may_see_photo, None, file_id)


def test_nobody_removes_the_photograph_of_a_stranger(stage: Stage) -> None:
    post_id = stage.open_post(stage.cast.anna)
    file_id = stage.photo(stage.cast.anna, post_id)
    own = stage.draft(stage.cast.bashir)
    with pytest.raises(Missing):
        stage.do(actions.remove_photo, stage.cast.bashir, post_id, file_id)
    stage.do(actions.remove_photo, stage.cast.bashir, own, file_id)
    with stage.database.reading() as session:
        assert [photo.file_id for photo in photos_of(session, post_id)] == [file_id]
