"""The one maker who was left out stays so when several may be, and nobody is let in when that is taken back."""

import sqlalchemy as sa

from app import load_features
from care.housing.queries.cases import kept_from, readers_of
from foundation import clock
from foundation.database import Database
from foundation.database.upgrading import downgrade, upgrade
from foundation.feature import registry
from tests.care.housing.stage import MONDAY, HousingStage
from tests.cast import make_cast

THIS = "0103"


def test_who_was_left_out_stays_left_out_up_and_down(empty_database: Database) -> None:
    empty_database.migrate()
    registry.register(load_features())
    cast = make_cast(empty_database)
    with clock.at(MONDAY):
        stage = HousingStage(empty_database, cast)
        maker, second = cast.maker, cast.members["second"]
        free = stage.sent("bashir")
        one = stage.sent("anna", excluded={second.id})
        two = stage.sent("anna", "offer", is_wide=True, excluded={maker.id, second.id})
    downgrade(empty_database, THIS)
    downgrade(empty_database, "-1")
    cases = sa.table("housing_case", *(sa.column(name) for name in ("id", "excluded_maker_id", "moved_on")))
    with empty_database.reading() as session:
        rows = {row.id: row for row in session.connection().execute(sa.select(cases))}
    assert [rows[one_of].excluded_maker_id for one_of in (free, one, two)] == [
        None,
        second.id,
        min(maker.id, second.id),
    ]
    assert [rows[one_of].moved_on is None for one_of in (free, one, two)] == [True, True, False]
    upgrade(empty_database, "head")
    with empty_database.reading() as session:
        assert kept_from(session, stage.case(free)) == set()
        assert kept_from(session, stage.case(one)) == {second.id}
        assert {person.id for person in readers_of(session, stage.case(one))} == {maker.id}
        assert readers_of(session, stage.case(two)) == [], "of two only one is known: until they say, nobody reads"
