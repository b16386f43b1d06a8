"""A maker takes a post out of sight."""

import pytest

from exchanges.posts import actions
from exchanges.posts.queries import Filters, board, post_visible_to
from foundation.errors import Missing
from tests.exchanges.posts.stage import Stage


def test_the_maker_of_the_zone_hides_it(stage: Stage) -> None:
    post_id = stage.open_post(stage.cast.anna, title="Vendo gioielli")
    stage.do(actions.hide_post, stage.cast.maker, post_id)
    assert stage.post(post_id).closing == "hidden"
    assert stage.ask(board, stage.cast.bashir, Filters()).cards == []
    with pytest.raises(Missing):
        stage.ask(post_visible_to, stage.cast.bashir, post_id)
    assert stage.ask(post_visible_to, stage.cast.anna, post_id)
    assert stage.ask(post_visible_to, stage.cast.maker, post_id)


def test_a_post_that_is_over_can_be_hidden_too_and_only_once(stage: Stage) -> None:
    post_id = stage.in_state(stage.cast.anna, "closed")
    stage.do(actions.hide_post, stage.cast.maker, post_id)
    version = stage.post(post_id).version
    stage.do(actions.hide_post, stage.cast.maker, post_id)
    assert stage.post(post_id).version == version


def test_shown_again_it_waits_for_its_author(stage: Stage) -> None:
    anna, maker = stage.cast.anna, stage.cast.maker
    post_id = stage.open_post(anna)
    stage.do(actions.show_post_again, maker, post_id)
    assert stage.post(post_id).state == "open", "there was nothing to take back"
    stage.do(actions.hide_post, maker, post_id)
    stage.do(actions.show_post_again, maker, post_id)
    assert (stage.post(post_id).state, stage.post(post_id).closing) == ("paused", "")
    stage.do(actions.resume_post, anna, post_id)
    assert stage.ask(board, stage.cast.bashir, Filters()).cards != []


def test_nobody_else_may(stage: Stage) -> None:
    post_id = stage.open_post(stage.cast.anna)
    cast = stage.cast
    for other in (cast.anna, cast.bashir, cast.other_maker, cast.administrator, cast.zoe):
        with pytest.raises(Missing):
            stage.do(actions.hide_post, other, post_id)
    own = stage.open_post(cast.maker)
    with pytest.raises(Missing):
        stage.do(actions.hide_post, cast.maker, own)
