"""Which needs I could answer, from what I said I can give."""

import pytest

from community.parties.policies import SEE
from community.parties.tables import PartySkill
from exchanges.matching.queries import needs_matching
from exchanges.posts import policies
from foundation.access import register_permissions
from foundation.database import Database
from tests.cast import Cast
from tests.exchanges.posts.stage import Stage

register_permissions((SEE, policies.READ, policies.WRITE, policies.CONFIDENTIAL, policies.HIDE))


@pytest.fixture
def stage(database: Database, cast: Cast) -> Stage:
    return Stage(database, cast)


def can(stage: Stage, *names: str, kind: str = "offer") -> None:
    with stage.database.writing() as session:
        for name in names:
            category_id = stage.cast.categories[name].id
            session.add(PartySkill(party_id=stage.cast.anna.party.id, category_id=category_id, kind=kind))


def found(stage: Stage, limit: int = 3) -> list[int]:
    return [card.id for card in stage.ask(needs_matching, stage.cast.anna, limit=limit)]


def test_needs_i_can_answer_my_zone_first(stage: Stage) -> None:
    far = stage.open_post(stage.cast.dario, category="transport")
    near = stage.open_post(stage.cast.chiara, category="transport")
    stage.open_post(stage.cast.chiara, category="repairs")
    stage.open_post(stage.cast.chiara, "offer", category="transport")
    stage.open_post(stage.cast.anna, category="transport")
    can(stage, "transport")
    assert found(stage) == [near, far]
    assert found(stage, limit=1) == [near]


def test_nothing_is_guessed_for_who_said_nothing(stage: Stage) -> None:
    stage.open_post(stage.cast.chiara)
    assert found(stage) == []
    can(stage, "repairs", kind="need")
    assert found(stage) == []


def test_a_branch_and_its_leaves_answer_each_other(stage: Stage) -> None:
    cast = stage.cast
    with stage.database.writing() as session:
        leaf = session.get(type(cast.categories["transport"]), cast.categories["transport"].id)
        leaf.parent_id = cast.categories["repairs"].id
    of_branch = stage.open_post(cast.chiara, category="repairs")
    of_leaf = stage.open_post(cast.chiara, category="transport")
    can(stage, "transport")
    assert found(stage) == [of_leaf, of_branch]
    assert of_leaf in [card.id for card in stage.ask(needs_matching, cast.anna)]


def test_what_i_may_not_see_is_not_suggested(stage: Stage) -> None:
    can(stage, "repairs")
    stage.open_post(stage.cast.chiara, visibility="confidential")
    stage.open_post(stage.cast.dario, visibility="zones")
    assert found(stage) == []
