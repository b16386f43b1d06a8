"""Adding, renaming and retiring zones."""

import pytest

from community.zones.actions import add_zone, rename_zone, retire_zone
from community.zones.queries import zone_names, zone_of, zones_of
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
