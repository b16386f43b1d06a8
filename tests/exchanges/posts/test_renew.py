"""Renewing a post, and copying one."""

from datetime import timedelta

import pytest

from exchanges.posts import actions
from exchanges.posts.queries import dates_of, own_fields_of, photos_of
from exchanges.posts.rules import NotNow
from foundation import clock
from tests.exchanges.posts.stage import Stage


def test_an_ended_post_is_new_on_the_board_again(stage: Stage) -> None:
    post_id = stage.in_state(stage.cast.anna, "expired")
    with clock.at(stage.at(70)):
        stage.do(actions.renew_post, stage.cast.anna, post_id)
        post = stage.post(post_id)
        assert (post.state, post.closing, post.closed_at, post.reminded_at) == ("open", "", None, None)
        assert post.expires_on == clock.today("Europe/Rome") + timedelta(days=30)
        assert post.published_at == clock.now()


def test_an_open_post_stays_in_its_place_and_never_ends_sooner(stage: Stage) -> None:
    far = clock.today("Europe/Rome") + timedelta(days=150)
    post_id = stage.open_post(stage.cast.anna, expires_on=far)
    published = stage.post(post_id).published_at
    stage.do(actions.renew_post, stage.cast.anna, post_id)
    assert stage.post(post_id).expires_on == far
    assert stage.post(post_id).published_at == published


def test_a_post_whose_dates_have_passed_asks_for_new_ones(stage: Stage) -> None:
    post_id = stage.open_post(stage.cast.anna, rhythm="dates", dates=[(stage.at(2), None)])
    with clock.at(stage.at(5)), pytest.raises(NotNow):
        stage.do(actions.renew_post, stage.cast.anna, post_id)


def test_what_a_maker_hid_does_not_come_back(stage: Stage) -> None:
    post_id = stage.in_state(stage.cast.anna, "hidden")
    with pytest.raises(NotNow):
        stage.do(actions.renew_post, stage.cast.anna, post_id)


def test_a_copy_has_the_words_but_not_the_dates_and_photographs(stage: Stage) -> None:
    own = {"children": 2, "age_bands": ["3-5"], "where_words": "", "pick_up": "La zia"}
    dates = [(stage.at(2), None)]
    post_id = stage.open_post(stage.cast.anna, category="childcare", own=own, rhythm="dates", dates=dates, minutes=90)
    stage.photo(stage.cast.anna, post_id)
    copy = stage.do(actions.duplicate_post, stage.cast.anna, post_id)
    copied = stage.post(copy.id)
    assert (copied.state, copied.title, copied.minutes) == ("draft", stage.post(post_id).title, 90)
    assert copied.expires_on is None
    with stage.database.reading() as session:
        assert dates_of(session, copy.id) == []
        assert photos_of(session, copy.id) == []
        assert own_fields_of(session, copy.id, stage.cast.categories["childcare"]).pick_up == "La zia"
