"""Adding, renaming and retiring zones."""

import pytest

from community.zones.actions import add_zone, bring_back_zone, place_zone, rename_zone, retire_zone, set_neighbours
from community.zones.queries import neighbours_in, neighbours_of, zone_names, zone_of, zones_of
from foundation.database import Database
from foundation.errors import Invalid, Missing, Refused
from tests.cast import Cast


def test_a_new_one_comes_last(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        made = add_zone(session, cast.administrator.actor, "  Cà de’  Mari ")
        assert (made.slug, made.name) == ("ca-de-mari", "Cà de’ Mari")
        assert [zone.slug for zone in zones_of(session, cast.community.id)][-1] == "ca-de-mari"
        with pytest.raises(Refused):
            add_zone(session, cast.administrator.actor, "ca de mari")


@pytest.mark.parametrize("name", ["", "   ", "🙂", "x" * 121])
def test_impossible_names(database: Database, cast: Cast, name: str) -> None:
    with database.writing() as session, pytest.raises(Invalid):
        add_zone(session, cast.administrator.actor, name)


def test_a_renamed_one_keeps_its_address(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        rename_zone(session, cast.administrator.actor, cast.zones["po"].id, "Lungo Po")
        found = zone_of(session, cast.community.id, cast.zones["po"].id)
        assert (found.name, found.slug) == ("Lungo Po", "po")


def test_a_retired_one_is_offered_no_more_but_keeps_its_name(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        retire_zone(session, cast.administrator.actor, cast.zones["po"].id)
        with pytest.raises(Missing):
            zone_of(session, cast.community.id, cast.zones["po"].id)
        assert zone_names(session, cast.community.id)[cast.zones["po"].id] == "Po"
        retire_zone(session, cast.administrator.actor, cast.zones["centro"].id)
        with pytest.raises(Refused):
            retire_zone(session, cast.administrator.actor, cast.zones["vescovato"].id)


def test_a_retired_one_is_offered_again(database: Database, cast: Cast) -> None:
    po = cast.zones["po"].id
    with database.writing() as session:
        with pytest.raises(Missing):
            bring_back_zone(session, cast.administrator.actor, po)
        retire_zone(session, cast.administrator.actor, po)
        for who in ("anna", "maker", "zoe"):
            with pytest.raises(Missing):
                bring_back_zone(session, cast.members[who].actor, po)
        bring_back_zone(session, cast.administrator.actor, po)
        assert zone_of(session, cast.community.id, po).name == "Po"


def test_only_who_runs_this_community(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        for who in ("anna", "maker", "zoe"):
            with pytest.raises(Missing):
                add_zone(session, cast.members[who].actor, "Nuova")
            with pytest.raises(Missing):
                retire_zone(session, cast.members[who].actor, cast.zones["po"].id)
        other = zones_of(session, cast.other_community.id)[0]
        with pytest.raises(Missing):
            rename_zone(session, cast.administrator.actor, other.id, "Mia")


def test_zones_touch_both_ways(database: Database, cast: Cast) -> None:
    centro, po, vescovato = (cast.zones[name].id for name in ("centro", "po", "vescovato"))
    with database.writing() as session:
        set_neighbours(session, cast.administrator.actor, po, [centro, vescovato])
        assert neighbours_in(session, cast.community.id) == {
            centro: {po}, po: {centro, vescovato}, vescovato: {po},
        }  # fmt: skip
        set_neighbours(session, cast.administrator.actor, centro, [vescovato])
        assert neighbours_of(session, cast.community.id, vescovato) == {centro, po}
        assert neighbours_of(session, cast.community.id, None) == set()
        set_neighbours(session, cast.administrator.actor, vescovato, [])
        assert neighbours_in(session, cast.community.id) == {}


def test_no_zone_touches_itself_or_one_elsewhere(database: Database, cast: Cast) -> None:
    centro = cast.zones["centro"].id
    with database.writing() as session:
        other = zones_of(session, cast.other_community.id)[0].id
        for wrong in ([centro], [other], [999999]):
            with pytest.raises(Invalid):
                set_neighbours(session, cast.administrator.actor, centro, wrong)
        with pytest.raises(Missing):
            set_neighbours(session, cast.maker.actor, centro, [])


def test_its_place_on_the_map(database: Database, cast: Cast) -> None:
    po = cast.zones["po"].id
    with database.writing() as session:
        place_zone(session, cast.administrator.actor, po, 0, 100)
        found = zone_of(session, cast.community.id, po)
        assert (found.map_x, found.map_y) == (0, 100)
        for wrong in ((101, 0), (0, -1), (None, 5), (5, None)):
            with pytest.raises(Invalid):
                place_zone(session, cast.administrator.actor, po, *wrong)
        place_zone(session, cast.administrator.actor, po, None, None)
        assert found.map_x is None
