"""Step 2: when and where, and the fields of its own that some categories have."""

from datetime import timedelta

import pytest

from exchanges.posts import actions, rules
from exchanges.posts.actions import When
from exchanges.posts.queries import dates_of, own_fields_of
from foundation import clock
from foundation.errors import Invalid, Missing
from tests.exchanges.posts.stage import Stage


def save(stage: Stage, post_id: int, when: When, *, who: str = "anna") -> None:
    stage.do(actions.save_when, getattr(stage.cast, who), post_id, when, version=stage.version(post_id))


def zone(stage: Stage) -> int:
    return stage.cast.zones["po"].id


def dates(stage: Stage, post_id: int) -> list:
    with stage.database.reading() as session:
        return [(one.starts_at, one.ends_at) for one in dates_of(session, post_id)]


def test_dates_are_kept_in_order_and_replaced(stage: Stage) -> None:
    post_id = stage.draft(stage.cast.anna)
    later, sooner = stage.at(5), stage.at(2)
    save(stage, post_id, When("dates", zone(stage), dates=[(later, None), (sooner, sooner + timedelta(hours=2))]))
    assert dates(stage, post_id) == [(sooner, sooner + timedelta(hours=2)), (later, None)]
    save(stage, post_id, When("dates", zone(stage), dates=[(later, None)]))
    assert dates(stage, post_id) == [(later, None)]
    save(stage, post_id, When("any", zone(stage)))
    assert dates(stage, post_id) == []


def test_every_week_keeps_days_and_time(stage: Stage) -> None:
    post_id = stage.draft(stage.cast.anna)
    save(stage, post_id, When("weekly", zone(stage), weekdays=[4, 2], weekly_at="16:30"))
    post = stage.post(post_id)
    assert (post.rhythm, post.weekdays, post.weekly_at) == ("weekly", [2, 4], "16:30")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"rhythm": "dates", "dates": [(-1, None)]}, "dates"),
        ({"rhythm": "dates", "dates": [(2, 1)]}, "dates"),
        ({"rhythm": "dates", "dates": [(400, None)]}, "dates"),
        ({"rhythm": "dates", "dates": [(day, None) for day in range(1, rules.MOST_DATES + 2)]}, "dates"),
        ({"rhythm": "weekly", "weekdays": [8]}, "weekdays"),
        ({"rhythm": "weekly", "weekdays": [1], "weekly_at": "25:00"}, "weekly_at"),
        ({"rhythm": "monthly"}, "rhythm"),
        ({"rhythm": "any", "place": "moon"}, "place"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(stage: Stage, said: dict, field: str) -> None:
    post_id = stage.draft(stage.cast.anna)
    said = dict(said)
    pairs = [(stage.at(day), stage.at(end) if end else None) for day, end in said.pop("dates", ())]
    with pytest.raises(Invalid) as refusal:
        save(stage, post_id, When(zone_id=zone(stage), dates=pairs, **said))
    assert refusal.value.field == field


def test_a_date_that_has_passed_meanwhile_may_stay(stage: Stage) -> None:
    first, second = stage.at(1), stage.at(9)
    post_id = stage.open_post(stage.cast.anna, rhythm="dates", dates=[(first, None), (second, None)])
    with clock.at(stage.at(4)):
        save(stage, post_id, When("dates", zone(stage), dates=[(first, None), (second, None)]))
        with pytest.raises(Invalid):
            save(stage, post_id, When("dates", zone(stage), dates=[(first + timedelta(hours=1), None)]))


def test_a_zone_of_another_community_is_missing(stage: Stage) -> None:
    post_id = stage.draft(stage.cast.anna)
    with pytest.raises(Missing):
        save(stage, post_id, When("any", stage.cast.zoe.actor.zone_id))


def test_what_is_on_the_board_keeps_its_when(stage: Stage) -> None:
    post_id = stage.open_post(stage.cast.anna)
    with pytest.raises(Invalid) as refusal:
        save(stage, post_id, When("dates", zone(stage), dates=[]))
    assert refusal.value.field == "dates"


@pytest.mark.parametrize(
    ("category", "own"),
    [
        ("childcare", {"children": 2, "age_bands": ["3-5", "6-10"], "where_words": "", "pick_up": "La zia"}),
        ("purchasing", {"what": "Arance", "quantity": 2500, "unit": "kg", "share_cents": 450}),
        ("housing", {"help": "move", "since": None, "until": None}),
    ],
)
def test_own_fields_are_kept_and_changed(stage: Stage, category: str, own: dict) -> None:
    post_id = stage.written(stage.cast.anna, category=category, own=own)
    save(stage, post_id, When("any", zone(stage), own=own))
    with stage.database.reading() as session:
        kept = own_fields_of(session, post_id, stage.cast.categories[category])
    assert {name: getattr(kept, name) for name in own} == own


@pytest.mark.parametrize(
    ("category", "own", "field"),
    [
        ("childcare", {"children": 0}, "children"),
        ("childcare", {"children": 10**12}, "children"),
        ("childcare", {"children": 1, "age_bands": ["old"]}, "age_bands"),
        ("purchasing", {"what": "Arance", "quantity": -1, "unit": "kg"}, "quantity"),
        ("purchasing", {"what": "Arance", "quantity": 10**15, "unit": "kg"}, "quantity"),
        ("purchasing", {"what": "Arance", "quantity": 1, "unit": "stone"}, "unit"),
        ("purchasing", {"what": "", "quantity": 1, "unit": "kg"}, "what"),
        ("purchasing", {"what": "Arance", "quantity": 1, "unit": "kg", "share_cents": -5}, "share_cents"),
        ("housing", {"help": "palace"}, "help"),
    ],
)
def test_own_fields_that_cannot_be_are_refused(stage: Stage, category: str, own: dict, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        stage.written(stage.cast.anna, category=category, own=own)
    assert refusal.value.field == field
