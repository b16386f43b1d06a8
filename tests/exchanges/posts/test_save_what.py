"""Step 1: what."""

import pytest

from exchanges.posts import actions
from exchanges.posts.actions import What
from exchanges.posts.queries import own_fields_of
from foundation.errors import Invalid, Missing, Stale
from tests.exchanges.posts.stage import Stage


def save(stage: Stage, post_id: int, what: What, *, who: str = "anna", version: int | None = None) -> None:
    version = stage.version(post_id) if version is None else version
    stage.do(actions.save_what, getattr(stage.cast, who), post_id, what, version=version)


def test_title_category_and_words_are_kept(stage: Stage) -> None:
    post_id = stage.draft(stage.cast.anna)
    save(stage, post_id, What("Città, perché no? 🌻", stage.cast.categories["transport"].id, "<b>Due</b> righe"))
    post = stage.post(post_id)
    assert post.title == "Città, perché no? 🌻"
    assert post.description == "<b>Due</b> righe"


def test_a_draft_may_be_left_without_a_title(stage: Stage) -> None:
    post_id = stage.draft(stage.cast.anna)
    save(stage, post_id, What("", None, "Comincio da qui"))
    assert stage.post(post_id).description == "Comincio da qui"


def test_what_is_on_the_board_keeps_its_title(stage: Stage) -> None:
    post_id = stage.open_post(stage.cast.anna)
    with pytest.raises(Invalid) as refusal:
        save(stage, post_id, What("", stage.cast.categories["repairs"].id, ""))
    assert refusal.value.field == "title"
    assert stage.post(post_id).title


def test_a_category_of_elsewhere_is_refused_at_its_field(stage: Stage) -> None:
    post_id = stage.draft(stage.cast.anna)
    with pytest.raises(Invalid) as refusal:
        save(stage, post_id, What("Titolo", 999_999, ""))
    assert refusal.value.field == "category_id"


def test_two_tabs_the_second_is_told(stage: Stage) -> None:
    post_id = stage.draft(stage.cast.anna)
    version = stage.version(post_id)
    save(stage, post_id, What("Prima", None, ""), version=version)
    with pytest.raises(Stale):
        save(stage, post_id, What("Seconda", None, ""), version=version)
    assert stage.post(post_id).title == "Prima"


def test_a_stranger_finds_nothing(stage: Stage) -> None:
    post_id = stage.open_post(stage.cast.anna)
    with pytest.raises(Missing):
        save(stage, post_id, What("Mio!", None, ""), who="chiara")


def test_a_need_for_housing_becomes_confidential(stage: Stage) -> None:
    post_id = stage.draft(stage.cast.anna)
    save(stage, post_id, What("Una stanza", stage.cast.categories["housing"].id, ""))
    assert stage.post(post_id).visibility == "confidential"


def test_an_offer_for_housing_stays_as_it_was(stage: Stage) -> None:
    post_id = stage.draft(stage.cast.anna, "offer")
    save(stage, post_id, What("Una stanza", stage.cast.categories["housing"].id, ""))
    assert stage.post(post_id).visibility == "community"


def test_choosing_visibility_lasts_when_the_category_stays(stage: Stage) -> None:
    own = {"help": "room", "since": None, "until": None}
    post_id = stage.written(stage.cast.anna, category="housing", own=own, visibility="community")
    save(stage, post_id, What("Una stanza, un mese", stage.cast.categories["housing"].id, ""))
    assert stage.post(post_id).visibility == "community"


def test_another_category_forgets_the_answers_of_the_first(stage: Stage) -> None:
    own = {"children": 2, "age_bands": ["3-5"], "pick_up": "La nonna"}
    post_id = stage.written(stage.cast.anna, category="childcare", own=own)
    save(stage, post_id, What("Tende", stage.cast.categories["repairs"].id, ""))
    with stage.database.reading() as session:
        assert own_fields_of(session, post_id, stage.cast.categories["childcare"]) is None
