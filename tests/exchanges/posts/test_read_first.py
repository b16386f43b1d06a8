"""What makers read before the others do: the first posts of who is new, and chosen categories."""

import pytest

from community.moderation import actions as moderation
from community.moderation.queries import case_for, cases_for, view_of
from community.moderation.rules import Ruling
from exchanges.posts import actions
from exchanges.posts.actions import What
from exchanges.posts.queries import Filters, board
from exchanges.posts.rules import NotNow
from foundation.errors import Invalid, Missing, Refused
from tests.exchanges.posts.stage import Stage


def wish(stage: Stage, newcomer_posts: int = 0, *categories: str) -> None:
    ids = [stage.cast.categories[one].id for one in categories]
    stage.do(moderation.set_first_look, stage.cast.administrator, newcomer_posts=newcomer_posts, category_ids=ids)


def waiting(stage: Stage, who) -> list[int]:
    with stage.database.reading() as session:
        return [row.case.id for row in cases_for(session, who.actor).rows]


def draft(stage: Stage, who, **more: object) -> int:
    """A whole draft, a moment before it is published."""
    post_id = stage.open_post(who, **more)
    return stage.do(actions.duplicate_post, who, post_id).id


def test_a_newcomers_first_post_waits_and_a_maker_puts_it_on_the_board(stage: Stage) -> None:
    anna, maker = stage.cast.anna, stage.cast.maker
    post_id = draft(stage, anna)
    wish(stage, 2)
    stage.do(actions.publish_post, anna, post_id)
    stage.do(actions.publish_post, anna, post_id)
    assert stage.post(post_id).state == "draft"
    (number,) = waiting(stage, maker)
    assert waiting(stage, stage.cast.other_maker) == []
    with stage.database.reading() as session:
        view = view_of(session, maker.actor, case_for(session, maker.actor, number))
        assert stage.post(post_id).title in view.words
    stage.do(moderation.decide, maker, number, Ruling("publish", "Benvenuta!"))
    assert stage.post(post_id).state == "open"
    assert post_id in [card.id for card in stage.ask(board, stage.cast.bashir, Filters()).cards]
    assert [letter["person_id"] for letter in stage.letters("moderation:publish")] == [anna.id]
    third, fourth = draft(stage, anna), draft(stage, anna)
    stage.do(actions.publish_post, anna, third)
    assert stage.post(third).state == "open", "by now she is no newcomer"
    assert stage.do(actions.publish_post, anna, fourth).state == "open"


def test_chosen_categories_wait_for_everybody(stage: Stage) -> None:
    anna, maker = stage.cast.anna, stage.cast.maker
    post_id = draft(stage, anna)
    open_id = stage.open_post(anna, category="transport")
    wish(stage, 0, "repairs")
    stage.do(actions.publish_post, anna, post_id)
    (number,) = waiting(stage, maker)
    what = What("Un orlo", stage.cast.categories["repairs"].id, "Due pantaloni.")
    with pytest.raises(NotNow):
        stage.do(actions.save_what, anna, open_id, what, version=stage.post(open_id).version)
    stage.do(moderation.decide, maker, number, Ruling("edit", "Puoi togliere il numero?"))
    assert stage.post(post_id).state == "draft"
    stage.do(actions.publish_post, anna, post_id)
    (again,) = waiting(stage, maker)
    assert again != number


def test_thrown_away_it_leaves_the_desk(stage: Stage) -> None:
    anna = stage.cast.anna
    post_id = draft(stage, anna)
    wish(stage, 5)
    stage.do(actions.publish_post, anna, post_id)
    stage.do(actions.discard_draft, anna, post_id)
    assert waiting(stage, stage.cast.maker) == []


def test_what_nobody_asked_makers_to_read_they_do_not_see(stage: Stage) -> None:
    maker, post_id = stage.cast.maker, draft(stage, stage.cast.anna)
    with pytest.raises(Missing):
        stage.do(actions.publish_read_post, maker, post_id)
    with pytest.raises(Missing):
        stage.do(moderation.report, maker, "post", post_id, reason="other", words="")
    open_id = stage.open_post(stage.cast.anna)
    case_id = stage.do(moderation.report, stage.cast.bashir, "post", open_id, reason="other", words="").case_id
    with pytest.raises(Refused):
        stage.do(moderation.decide, maker, case_id, Ruling("publish", "Va bene"))


def test_only_who_runs_the_community_sets_it(stage: Stage) -> None:
    for who in (stage.cast.anna, stage.cast.maker):
        with pytest.raises(Missing):
            stage.do(moderation.set_first_look, who, newcomer_posts=1, category_ids=[])
    for posts, categories in ((6, []), (-1, []), (1, [999])):
        with pytest.raises(Invalid):
            stage.do(moderation.set_first_look, stage.cast.administrator, newcomer_posts=posts, category_ids=categories)
