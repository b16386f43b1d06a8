"""Publishing a draft."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from exchanges.posts import actions
from exchanges.posts.actions import How, What
from exchanges.posts.queries import Filters, board
from foundation import clock
from foundation.errors import Invalid, Missing
from foundation.outbox import OutboxMessage
from tests.exchanges.posts.stage import Stage


def test_it_stands_on_the_board_for_a_month(stage: Stage) -> None:
    post_id = stage.open_post(stage.cast.anna)
    post = stage.post(post_id)
    assert post.state == "open"
    assert post.expires_on == clock.today("Europe/Rome") + timedelta(days=30)
    assert [card.id for card in stage.ask(board, stage.cast.bashir, Filters()).cards] == [post_id]
    assert stage.record(post_id) == ["started", "published"]


def test_publishing_twice_changes_nothing(stage: Stage) -> None:
    post_id = stage.open_post(stage.cast.anna)
    before = stage.post(post_id)
    stage.do(actions.publish_post, stage.cast.anna, post_id)
    assert stage.post(post_id) == before


@pytest.mark.parametrize("field", ["title", "category_id", "rhythm", "minutes"])
def test_what_is_missing_is_named(stage: Stage, field: str) -> None:
    post_id = stage.written(stage.cast.anna)
    with stage.database.writing() as session:
        empty = {"title": "", "category_id": None, "rhythm": "", "minutes": None}
        setattr(session.get(actions.writing.Post, post_id), field, empty[field])
    with pytest.raises(Invalid) as refusal:
        stage.do(actions.publish_post, stage.cast.anna, post_id)
    assert refusal.value.field == field
    assert stage.post(post_id).state == "draft"


def test_the_questions_of_its_kind_are_asked(stage: Stage) -> None:
    post_id = stage.written(stage.cast.anna, category="childcare")
    with pytest.raises(Invalid) as refusal:
        stage.do(actions.publish_post, stage.cast.anna, post_id)
    assert refusal.value.field == "own"


def test_with_dates_it_stays_until_the_last_of_them_where_the_community_is(stage: Stage) -> None:
    # Half past eleven in the evening in Greenwich is already the next day in Cremona.
    with clock.at(datetime(2026, 6, 1, 8, tzinfo=UTC)):
        late = datetime(2026, 6, 10, 23, 30, tzinfo=UTC)
        post_id = stage.open_post(stage.cast.anna, rhythm="dates", dates=[(late, None)])
    assert stage.post(post_id).expires_on == date(2026, 6, 11)


def test_dates_that_passed_while_it_was_a_draft_are_told(stage: Stage) -> None:
    post_id = stage.written(stage.cast.anna, rhythm="dates", dates=[(stage.at(1), None)])
    with clock.at(stage.at(3)), pytest.raises(Invalid) as refusal:
        stage.do(actions.publish_post, stage.cast.anna, post_id)
    assert refusal.value.field == "dates"


def test_a_last_day_that_passed_while_it_was_a_draft_is_told(stage: Stage) -> None:
    wish = clock.today("Europe/Rome") + timedelta(days=1)
    post_id = stage.written(stage.cast.anna, expires_on=wish)
    with clock.at(stage.at(3)), pytest.raises(Invalid) as refusal:
        stage.do(actions.publish_post, stage.cast.anna, post_id)
    assert refusal.value.field == "expires_on"


def test_a_draft_left_for_weeks_still_gets_a_whole_month(stage: Stage) -> None:
    post_id = stage.written(stage.cast.anna)
    with clock.at(stage.at(20)):
        stage.do(actions.publish_post, stage.cast.anna, post_id)
        assert stage.post(post_id).expires_on == clock.today("Europe/Rome") + timedelta(days=30)


def test_drafting_care_is_free(stage: Stage) -> None:
    own = {"children": 1, "age_bands": ["3-5"], "where_words": "", "pick_up": ""}
    assert stage.post(stage.open_post(stage.cast.chiara, "offer", category="childcare", own=own)).state == "open"


def test_a_stranger_finds_nothing(stage: Stage) -> None:
    post_id = stage.written(stage.cast.anna)
    with pytest.raises(Missing):
        stage.do(actions.publish_post, stage.cast.bashir, post_id)


def test_words_of_any_kind_are_kept_whole(stage: Stage) -> None:
    post_id = stage.draft(stage.cast.anna)
    words = "👩‍👧 <script>alert(1)</script> 'a\"; DROP TABLE post; -- %s {{ 7*7 }}"
    what = What(words, stage.cast.categories["repairs"].id, words * 30)
    stage.do(actions.save_what, stage.cast.anna, post_id, what, version=stage.version(post_id))
    stage.do(actions.save_how, stage.cast.anna, post_id, How(30), version=stage.version(post_id))
    post = stage.post(post_id)
    assert (post.title, post.description) == (words, words * 30)


def test_a_confidential_need_is_told_to_the_makers_but_not_what_it_says(stage: Stage) -> None:
    post_id = stage.written(stage.cast.anna)
    stage.do(
        actions.save_how,
        stage.cast.anna,
        post_id,
        How(60, visibility="confidential"),
        version=stage.post(post_id).version,
    )
    stage.do(actions.publish_post, stage.cast.anna, post_id)
    with stage.database.reading() as session:
        letters = [message.payload for message in session.exec(select(OutboxMessage))]
    assert [letter["person_id"] for letter in letters] == [stage.cast.maker.id]
    assert stage.post(post_id).title not in str(letters)


def test_the_excluded_maker_is_not_told(stage: Stage) -> None:
    post_id = stage.written(stage.cast.anna)
    how = How(60, visibility="confidential", excluded_maker_id=stage.cast.maker.id)
    stage.do(actions.save_how, stage.cast.anna, post_id, how, version=stage.post(post_id).version)
    stage.do(actions.publish_post, stage.cast.anna, post_id)
    with stage.database.reading() as session:
        assert session.exec(select(OutboxMessage)).all() == []
