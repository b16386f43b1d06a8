"""A maker takes a post out of sight."""

import pytest

from exchanges.posts import actions
from exchanges.posts.queries import Filters, board, post_visible_to
from foundation.errors import Missing
from tests.exchanges.posts.stage import Stage


def test_the_maker_of_the_zone_hides_it_and_the_author_is_told(stage: Stage) -> None:
    post_id = stage.open_post(stage.cast.anna, title="Vendo gioielli")
    stage.do(actions.hide_post, stage.cast.maker, post_id, "Qui il denaro non entra.")
    assert stage.post(post_id).closing == "hidden"
    assert stage.ask(board, stage.cast.bashir, Filters()).cards == []
    with pytest.raises(Missing):
        stage.ask(post_visible_to, stage.cast.bashir, post_id)
    assert stage.ask(post_visible_to, stage.cast.anna, post_id)
    assert stage.ask(post_visible_to, stage.cast.maker, post_id)
    letters = stage.letters("posts:hidden")
    assert [(letter["person_id"], letter["params"]["title"]) for letter in letters] == [
        (stage.cast.anna.id, "Vendo gioielli")
    ]
    assert letters[0]["params"]["reason"] == "Qui il denaro non entra."


def test_a_post_that_is_over_can_be_hidden_too_and_only_once(stage: Stage) -> None:
    post_id = stage.in_state(stage.cast.anna, "closed")
    stage.do(actions.hide_post, stage.cast.maker, post_id, "Qui il denaro non entra.")
    stage.do(actions.hide_post, stage.cast.maker, post_id, "Qui il denaro non entra.")
    assert len(stage.letters("posts:hidden")) == 1


def test_nobody_else_may(stage: Stage) -> None:
    post_id = stage.open_post(stage.cast.anna)
    cast = stage.cast
    for other in (cast.anna, cast.bashir, cast.other_maker, cast.administrator, cast.zoe):
        with pytest.raises(Missing):
            stage.do(actions.hide_post, other, post_id, "No")
    own = stage.open_post(cast.maker)
    with pytest.raises(Missing):
        stage.do(actions.hide_post, cast.maker, own, "No")


def test_the_letter_does_not_name_a_confidential_need(stage: Stage) -> None:
    post_id = stage.open_post(stage.cast.anna, title="Sfratto", visibility="confidential")
    stage.do(actions.hide_post, stage.cast.maker, post_id, "Qui il denaro non entra.")
    letters = stage.letters("posts:hidden_confidential")
    assert len(letters) == 1
    assert "Sfratto" not in str(letters)
    assert "denaro" not in str(letters), "a letter may lie open on the table: the reason stands on the page"
