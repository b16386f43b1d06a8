"""Step 3: how."""

from datetime import timedelta

import pytest

from exchanges.posts import actions
from exchanges.posts.actions import How
from foundation import clock
from foundation.errors import Invalid
from tests.exchanges.posts.stage import Stage


def save(stage: Stage, post_id: int, how: How, *, who: str = "anna") -> None:
    stage.do(actions.save_how, getattr(stage.cast, who), post_id, how, version=stage.version(post_id))


def test_a_gift_has_no_minutes(stage: Stage) -> None:
    post_id = stage.draft(stage.cast.anna, "offer")
    save(stage, post_id, How(90, gift=True))
    post = stage.post(post_id)
    assert (post.gift, post.minutes) == (True, None)


def test_everything_said_is_kept(stage: Stage) -> None:
    post_id = stage.draft(stage.cast.anna)
    day = clock.today("Europe/Rome") + timedelta(days=10)
    how = How(
        45, places=5, always=True, urgent=True, expires_on=day, expense_cents=350, expense_words="Benzina",
        languages=["it", "ar"], visibility="zones",
    )  # fmt: skip
    save(stage, post_id, how)
    post = stage.post(post_id)
    assert (post.minutes, post.places, post.always, post.urgent, post.expires_on) == (45, 5, True, True, day)
    assert (post.expense_cents, post.expense_words, post.languages) == (350, "Benzina", ["it", "ar"])
    assert post.visibility == "zones"


@pytest.mark.parametrize(
    ("how", "field"),
    [
        (How(0), "minutes"),
        (How(-5), "minutes"),
        (How(10**9), "minutes"),
        (How(60, places=0), "places"),
        (How(60, places=10**9), "places"),
        (How(60, expense_cents=-1), "expense_cents"),
        (How(60, expense_cents=10**12), "expense_cents"),
        (How(60, visibility="everyone"), "visibility"),
        (How(60, visibility="confidential", excluded_maker_id=10**6), "excluded_maker_id"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(stage: Stage, how: How, field: str) -> None:
    post_id = stage.draft(stage.cast.anna)
    with pytest.raises(Invalid) as refusal:
        save(stage, post_id, how)
    assert refusal.value.field == field


@pytest.mark.parametrize("days", [-1, 181, 10_000])
def test_a_last_day_that_passed_or_is_too_far_is_refused(stage: Stage, days: int) -> None:
    post_id = stage.draft(stage.cast.anna)
    with pytest.raises(Invalid) as refusal:
        save(stage, post_id, How(60, expires_on=clock.today("Europe/Rome") + timedelta(days=days)))
    assert refusal.value.field == "expires_on"


def test_offers_are_never_confidential(stage: Stage) -> None:
    post_id = stage.draft(stage.cast.anna, "offer")
    with pytest.raises(Invalid):
        save(stage, post_id, How(60, visibility="confidential"))


def test_the_excluded_maker_is_forgotten_when_the_need_opens_up(stage: Stage) -> None:
    post_id = stage.draft(stage.cast.anna)
    save(stage, post_id, How(60, visibility="confidential", excluded_maker_id=stage.cast.maker.id))
    assert stage.post(post_id).excluded_maker_id == stage.cast.maker.id
    save(stage, post_id, How(60, visibility="community", excluded_maker_id=stage.cast.maker.id))
    assert stage.post(post_id).excluded_maker_id is None


def test_a_business_declares_that_its_hours_are_outside_its_trade(stage: Stage) -> None:
    post_id = stage.written(stage.cast.bakery, "offer")
    with pytest.raises(Invalid) as refusal:
        stage.do(actions.publish_post, stage.cast.bakery, post_id)
    assert refusal.value.field == "outside_trade"
    save(stage, post_id, How(60, outside_trade=True), who="bakery")
    stage.do(actions.publish_post, stage.cast.bakery, post_id)
    with pytest.raises(Invalid):
        save(stage, post_id, How(60), who="bakery")
    save(stage, post_id, How(None, gift=True), who="bakery")


def test_a_post_on_the_board_says_how_long_it_takes(stage: Stage) -> None:
    post_id = stage.open_post(stage.cast.anna)
    with pytest.raises(Invalid) as refusal:
        save(stage, post_id, How(None))
    assert refusal.value.field == "minutes"
