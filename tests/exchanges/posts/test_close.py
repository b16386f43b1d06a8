"""Pausing, resuming and closing one's own post."""

import pytest

from exchanges.posts import actions
from exchanges.posts.queries import Filters, board, post_visible_to
from exchanges.posts.rules import NotNow
from foundation import clock
from foundation.errors import Missing
from foundation.feature import Feature, registry
from tests.exchanges.posts.stage import Stage


def on_board(stage: Stage) -> list[int]:
    return [card.id for card in stage.ask(board, stage.cast.bashir, Filters()).cards]


def test_a_paused_post_is_out_of_sight_until_it_is_resumed(stage: Stage) -> None:
    post_id = stage.open_post(stage.cast.anna)
    stage.do(actions.pause_post, stage.cast.anna, post_id)
    assert on_board(stage) == []
    with pytest.raises(Missing):
        stage.ask(post_visible_to, stage.cast.bashir, post_id)
    stage.do(actions.resume_post, stage.cast.anna, post_id)
    assert on_board(stage) == [post_id]


def test_resuming_gives_a_month_where_the_last_day_has_passed(stage: Stage) -> None:
    post_id = stage.in_state(stage.cast.anna, "paused")
    with clock.at(stage.at(45)):
        stage.do(actions.resume_post, stage.cast.anna, post_id)
        assert stage.post(post_id).expires_on > clock.today("Europe/Rome")


@pytest.mark.parametrize(("found", "closing"), [(True, "found"), (False, "changed_mind")])
def test_closing_says_why(stage: Stage, found: bool, closing: str) -> None:
    post_id = stage.open_post(stage.cast.anna)
    stage.do(actions.close_post, stage.cast.anna, post_id, found=found)
    post = stage.post(post_id)
    assert (post.state, post.closing) == ("closed", closing)
    assert on_board(stage) == []


def test_closing_twice_changes_nothing(stage: Stage) -> None:
    post_id = stage.in_state(stage.cast.anna, "closed")
    before = stage.post(post_id)
    stage.do(actions.close_post, stage.cast.anna, post_id, found=False)
    assert stage.post(post_id) == before


def test_a_draft_is_not_closed(stage: Stage) -> None:
    post_id = stage.draft(stage.cast.anna)
    with pytest.raises(NotNow):
        stage.do(actions.close_post, stage.cast.anna, post_id, found=True)


def test_who_had_answered_is_told_through_the_hook(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = []
    feature = Feature("probe", hooks={"post_closed": lambda _session, post: closed.append((post.id, post.closing))})
    monkeypatch.setattr(registry, "features", (feature,))
    post_id = stage.open_post(stage.cast.anna)
    stage.do(actions.close_post, stage.cast.anna, post_id, found=True)
    assert closed == [(post_id, "found")]


@pytest.mark.parametrize("verb", [actions.pause_post, actions.resume_post, actions.renew_post, actions.duplicate_post])
def test_a_stranger_finds_nothing(stage: Stage, verb) -> None:
    post_id = stage.open_post(stage.cast.anna)
    for stranger in (stage.cast.chiara, stage.cast.maker, stage.cast.administrator, stage.cast.zoe):
        with pytest.raises(Missing):
            stage.do(verb, stranger, post_id)
        with pytest.raises(Missing):
            stage.do(actions.close_post, stranger, post_id, found=True)
