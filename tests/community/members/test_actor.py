"""Who a signed-in person is in a community."""

from datetime import timedelta

from sqlalchemy import event

from community.members.queries import actor_for, membership_of
from community.members.tables import RoleGrant
from community.parties.actions import act_for, add_person
from foundation import clock
from foundation.database import Database
from tests.cast import Cast


def roles(database: Database, cast: Cast, person_id: int) -> set[tuple[str, int | None]]:
    with database.reading() as session:
        return {(grant.role, grant.zone_id) for grant in actor_for(session, person_id, cast.community.id).grants}


def test_members_makers_and_administrators(database: Database, cast: Cast) -> None:
    assert roles(database, cast, cast.anna.id) == {("member", None)}
    zones = {("maker", cast.zones["centro"].id), ("maker", cast.zones["po"].id)}
    assert roles(database, cast, cast.maker.id) == {("member", None), *zones}
    assert roles(database, cast, cast.administrator.id) == {("member", None), ("administrator", None)}
    assert roles(database, cast, cast.zoe.id) == set()
    assert roles(database, cast, 999_999) == set()


def test_it_is_the_actor_that_the_cast_has(database: Database, cast: Cast) -> None:
    with database.reading() as session:
        for member in (cast.anna, cast.maker, cast.bakery):
            found = actor_for(session, member.id, cast.community.id)
            assert (found.party_id, found.zone_id) == (member.actor.party_id, member.actor.zone_id)
            assert set(found.grants) == set(member.actor.grants)


def test_it_takes_one_statement(database: Database, cast: Cast) -> None:
    seen = []
    event.listen(database.reading_engine, "after_cursor_execute", lambda *found: seen.append(found[2]))
    with database.reading() as session:
        actor_for(session, cast.maker.id, cast.community.id)
    assert len([statement for statement in seen if "SELECT" in statement]) == 1


def test_roles_hold_from_their_start_to_their_end_and_never_without_membership(database: Database, cast: Cast) -> None:
    now, day = clock.now(), timedelta(days=1)
    times = {"starts_at": now, "ends_at": now + day}
    with database.writing() as session:
        for person in (cast.anna.id, cast.zoe.id):
            session.add(RoleGrant(community_id=cast.community.id, person_id=person, role="administrator", **times))
    with clock.at(now - day):
        assert roles(database, cast, cast.anna.id) == {("member", None)}
    assert roles(database, cast, cast.anna.id) == {("member", None), ("administrator", None)}
    assert roles(database, cast, cast.zoe.id) == set()
    with clock.at(now + 2 * day):
        assert roles(database, cast, cast.anna.id) == {("member", None)}


def test_who_left_is_nobody(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        membership_of(session, cast.community.id, cast.maker.id).state = "left"
    with database.reading() as session:
        actor = actor_for(session, cast.maker.id, cast.community.id)
        assert (actor.grants, actor.party_id, actor.party_ids) == ((), None, ())


def test_changing_for_whom_one_acts(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        add_person(session, cast.bakery.actor, cast.bakery.party, cast.anna.id)
        actor = actor_for(session, cast.anna.id, cast.community.id)
        assert actor.party_id == cast.anna.party.id
        act_for(session, actor, cast.bakery.party.id)
        assert actor_for(session, cast.anna.id, cast.community.id).party_id == cast.bakery.party.id
