"""What a party can give and needs, by category."""

import pytest

from community.parties.actions import set_skills
from community.parties.queries import skills_of
from foundation import clock
from foundation.database import Database
from foundation.errors import Invalid, Missing
from tests.cast import Cast


def skills(database: Database, cast: Cast) -> dict[str, list[str]]:
    with database.reading() as session:
        found = skills_of(session, [cast.anna.party.id])[cast.anna.party.id]
        return {kind: [category.slug for category in categories] for kind, categories in found.items()}


def test_saying_it_anew_replaces_what_was_said(database: Database, cast: Cast) -> None:
    ids = {slug: category.id for slug, category in cast.categories.items()}
    with database.writing() as session:
        set_skills(session, cast.anna.actor, cast.anna.party.id, offers=[ids["repairs"], ids["transport"]], needs=[])
    with database.writing() as session:
        offers, needs = [ids["housing"], ids["transport"]], [ids["transport"]]
        set_skills(session, cast.anna.actor, cast.anna.party.id, offers=offers, needs=needs)
    assert skills(database, cast) == {"offer": ["transport", "housing"], "need": ["transport"]}


def test_not_for_others_nor_with_categories_that_are_not_there(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        with pytest.raises(Missing):
            set_skills(session, cast.anna.actor, cast.bashir.party.id, offers=[], needs=[])
        with pytest.raises(Invalid):
            set_skills(session, cast.anna.actor, cast.anna.party.id, offers=[999_999], needs=[])
        retired = session.merge(cast.categories["repairs"])
        retired.retired_at = clock.now()
        session.flush()
        with pytest.raises(Invalid):
            set_skills(session, cast.anna.actor, cast.anna.party.id, offers=[retired.id], needs=[])
    assert skills(database, cast) == {"offer": [], "need": []}
