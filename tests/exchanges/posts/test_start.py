"""Starting a draft."""

import pytest

from exchanges.posts import actions
from exchanges.posts.queries import number_of_drafts, own_posts, post_visible_to
from foundation.errors import Invalid, Missing
from tests.exchanges.posts.stage import Stage
from tests.questions import noted


def test_a_draft_begins_empty_in_my_zone(stage: Stage) -> None:
    post = stage.post(stage.draft(stage.cast.anna, "offer"))
    assert (post.kind, post.state, post.title) == ("offer", "draft", "")
    assert post.zone_id == stage.cast.zones["centro"].id
    assert post.party_id == stage.cast.anna.party.id


def test_nobody_else_sees_a_draft(stage: Stage) -> None:
    post_id = stage.draft(stage.cast.anna)
    for other in (stage.cast.bashir, stage.cast.maker, stage.cast.administrator, None):
        with pytest.raises(Missing):
            stage.ask(post_visible_to, other, post_id)
    assert [post.id for post in stage.ask(own_posts, stage.cast.anna)] == [post_id]


def test_drafts_are_counted_without_being_read(stage: Stage) -> None:
    stage.open_post(stage.cast.anna)
    for _time in range(2):
        stage.draft(stage.cast.anna)
    stage.draft(stage.cast.bashir)
    with noted() as sent:
        assert stage.ask(number_of_drafts, stage.cast.anna) == 2
    assert ["post.title" in statement for statement in sent] == [False]


def test_an_unknown_kind_is_refused(stage: Stage) -> None:
    with pytest.raises(Invalid):
        stage.do(actions.start_draft, stage.cast.anna, "barter")


def test_who_acts_for_nobody_cannot_start(stage: Stage) -> None:
    with stage.database.writing() as session, pytest.raises(Missing):
        actions.start_draft(session, stage.visitor, "need")
