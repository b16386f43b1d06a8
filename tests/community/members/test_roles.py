"""Roles, given and ended by administrators, each with its reason."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from community.members.actions import end_role, grant_role
from community.members.queries import actor_for, roles_list
from community.members.tables import RoleGrant
from foundation.database import Database
from foundation.errors import Invalid, Missing, Refused
from tests.cast import Cast


def grant(database: Database, cast: Cast, who: str = "anna", by: str = "administrator", **words: object):
    full = {"role": "maker", "zone_id": cast.zones["po"].id, "reason": "conosce tutti", **words}
    with database.writing() as session:
        return grant_role(session, cast.members[by].actor, person_id=cast.members[who].id, **full)


def grant_id(database: Database, cast: Cast, who: str) -> int:
    with database.reading() as session:
        rows = roles_list(session, cast.administrator.actor)
        return next(row.id for row, person, _zone in rows if person.id == cast.members[who].id)


def test_a_maker_of_a_zone_and_one_of_all(database: Database, cast: Cast) -> None:
    grant(database, cast)
    grant(database, cast, "bashir", zone_id=None)
    with database.reading() as session:
        anna, bashir = (actor_for(session, cast.members[who].id, cast.community.id) for who in ("anna", "bashir"))
        assert anna.zones_for("zone:application:decide") == (cast.zones["po"].id,)
        assert bashir.zones_for("zone:application:decide") is None
        assert len(roles_list(session, cast.administrator.actor)) == 6


def test_who_sits_at_a_desk_of_a_zone_or_of_all(database: Database, cast: Cast) -> None:
    grant(database, cast, role="operator")
    grant(database, cast, "bashir", role="operator", zone_id=None)
    with database.reading() as session:
        anna, bashir = (actor_for(session, cast.members[who].id, cast.community.id) for who in ("anna", "bashir"))
    assert anna.zones_for("zone:housing:mediate") == (cast.zones["po"].id,)
    assert bashir.zones_for("zone:housing:mediate") is None
    for other in ("zone:application:decide", "zone:report:decide", "zone:contacts:read", "zone:deed:read"):
        assert not anna.may(other), other


def test_an_administrator_has_no_zone(database: Database, cast: Cast) -> None:
    assert grant(database, cast, role="administrator").zone_id is None


@pytest.mark.parametrize(("words", "error"), [
    ({"reason": " "}, Invalid), ({"reason": "x" * 501}, Invalid), ({"role": "king"}, Invalid),
    ({"zone_id": 999_999}, Missing),
])  # fmt: skip
def test_what_cannot_be(database: Database, cast: Cast, words: dict, error: type[Exception]) -> None:
    with pytest.raises(error):
        grant(database, cast, **words)


def test_only_members_of_here_by_administrators_of_here(database: Database, cast: Cast) -> None:
    for by in ("anna", "maker", "zoe"):
        with pytest.raises(Missing):
            grant(database, cast, by=by)
    with pytest.raises(Missing):
        grant(database, cast, who="zoe")
    grant(database, cast)
    with pytest.raises(Refused):
        grant(database, cast)


def test_ending_one(database: Database, cast: Cast) -> None:
    number = grant_id(database, cast, "other_maker")
    with database.writing() as session:
        with pytest.raises(Invalid):
            end_role(session, cast.administrator.actor, number, reason="")
        with pytest.raises(Missing):
            end_role(session, cast.maker.actor, number, reason="basta")
        end_role(session, cast.administrator.actor, number, reason="si trasferisce")
        assert session.get(RoleGrant, number, populate_existing=True).ended_reason == "si trasferisce"
    with database.writing() as session:
        assert not actor_for(session, cast.other_maker.id, cast.community.id).may("zone:application:decide")
        with pytest.raises(Missing):
            end_role(session, cast.administrator.actor, number, reason="ancora")


def test_somebody_must_be_able_to_give_roles(database: Database, cast: Cast) -> None:
    last = grant_id(database, cast, "administrator")
    with database.writing() as session, pytest.raises(Refused):
        end_role(session, cast.administrator.actor, last, reason="vado via")


def test_two_administrators_who_end_each_other(database: Database, cast: Cast) -> None:
    grant(database, cast, role="administrator")
    numbers = [grant_id(database, cast, who) for who in ("anna", "administrator")]

    def end(number: int) -> bool:
        try:
            with database.writing() as session:
                end_role(session, cast.administrator.actor, number, reason="tocca a te")
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(end, numbers)) == [False, True]
