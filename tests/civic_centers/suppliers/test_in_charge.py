"""Who is in charge of purchasing: named by makers of the zone, told of it, ended by them or by oneself."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from civic_centers.suppliers import actions
from civic_centers.suppliers.policies import may_keep_in, zones_kept
from civic_centers.suppliers.queries import purchasers_in
from civic_centers.suppliers.tables import Purchaser
from community.members.tables import Membership
from community.notifications.tables import Notification
from community.zones.actions import retire_zone
from foundation import clock
from foundation.access import Actor
from foundation.errors import Invalid, Missing
from tests.cast import Member
from tests.civic_centers.suppliers.stage import SupplierStage


def letters(stage: SupplierStage) -> list[tuple[int, str]]:
    with stage.database.reading() as session:
        return [
            (one.person_id, one.notice) for one in session.exec(select(Notification).order_by(col(Notification.id)))
        ]


def as_actor(member: Member, actor: Actor) -> Member:
    return Member(member.person, member.party, actor)


def in_place_of(stage: SupplierStage, member: Member) -> Member:
    """The administrator at the keyboard, in somebody's place."""
    return as_actor(member, replace(member.actor, recorded_by_id=stage.cast.administrator.id))


def elsewhere(stage: SupplierStage) -> Member:
    """Who runs the other community, and nothing here."""
    other = stage.cast.other_community
    assert other is not None
    return as_actor(stage.cast.administrator, replace(stage.cast.administrator.actor, community_id=other.id))


def name(stage: SupplierStage, who: Member, person: Member, **more: Any) -> int:
    number: int = stage.do(actions.add_purchaser, who, stage.zone_id, person.id, **more).id
    return number


def test_they_are_told_that_it_begins_and_that_it_ends(stage: SupplierStage) -> None:
    cast = stage.cast
    stage.do(actions.end_purchaser, cast.administrator, stage.charge)
    assert letters(stage) == [
        (cast.bashir.id, "suppliers:purchaser_given"), (cast.bashir.id, "suppliers:purchaser_ended"),
    ]  # fmt: skip


def test_nobody_is_told_what_they_did_themselves(stage: SupplierStage) -> None:
    cast = stage.cast
    stage.do(actions.end_purchaser, cast.maker, name(stage, cast.maker, cast.maker))
    stage.do(actions.end_purchaser, cast.bashir, stage.charge)
    assert stage.ask(zones_kept, cast.bashir) == []
    assert letters(stage) == [(cast.bashir.id, "suppliers:purchaser_given")]


def test_another_who_is_in_charge_ends_nobodys(stage: SupplierStage) -> None:
    cast, anna = stage.cast, name(stage, stage.cast.maker, stage.cast.anna)
    for who in (cast.bashir, cast.chiara, cast.other_maker, elsewhere(stage)):
        with pytest.raises(Missing):
            stage.do(actions.end_purchaser, who, anna)
    assert stage.ask(zones_kept, cast.anna) == [stage.zone_id]


def test_in_somebodys_place_nothing_is_kept_named_or_ended(stage: SupplierStage) -> None:
    cast = stage.cast
    for who in (cast.bashir, cast.maker):
        assert stage.ask(zones_kept, who) == [stage.zone_id, *([cast.zones["po"].id] if who is cast.maker else [])]
        assert stage.ask(zones_kept, in_place_of(stage, who)) == []
        with pytest.raises(Missing):
            stage.do(actions.end_purchaser, in_place_of(stage, who), stage.charge)
    with pytest.raises(Missing):
        name(stage, in_place_of(stage, cast.maker), cast.anna)
    with pytest.raises(Missing):
        stage.do(actions.set_state, in_place_of(stage, cast.bashir), stage.supplier_id, "closed")


def test_only_a_member_and_only_for_a_time_to_come(stage: SupplierStage) -> None:
    cast = stage.cast
    for when in (clock.now(), clock.now() - timedelta(days=1)):
        with pytest.raises(Invalid):
            name(stage, cast.maker, cast.anna, ends_at=when)
    with pytest.raises(Invalid):
        name(stage, cast.maker, cast.zoe)
    with stage.database.writing() as session:
        session.exec(select(Membership).where(Membership.person_id == cast.anna.id)).one().state = "left"
    with pytest.raises(Invalid) as caught:
        name(stage, cast.maker, cast.anna)
    assert caught.value.field == "person_id"


def test_of_another_community_nobody_keeps_anything(stage: SupplierStage) -> None:
    cast = stage.cast
    assert not stage.ask(may_keep_in, elsewhere(stage), stage.zone_id)
    assert stage.ask(zones_kept, elsewhere(stage)) != stage.ask(zones_kept, cast.administrator)
    for act in (actions.hide_supplier, actions.show_supplier):
        with pytest.raises(Missing):
            stage.do(act, elsewhere(stage), stage.supplier_id)


def test_a_zone_in_use_no_more_gives_nothing_to_keep(stage: SupplierStage) -> None:
    stage.do(retire_zone, stage.cast.administrator, stage.zone_id)
    assert stage.ask(zones_kept, stage.cast.bashir) == []
    assert [one.id for one, _person in stage.ask(purchasers_in, stage.cast.bashir, [stage.zone_id])] == [stage.charge]


def test_what_is_to_begin_gives_nothing_yet(stage: SupplierStage) -> None:
    begins = clock.now() + timedelta(days=1)
    with stage.database.writing() as session:
        session.get_one(Purchaser, stage.charge).starts_at = begins
    assert stage.ask(zones_kept, stage.cast.bashir) == []
    with clock.at(begins):
        assert stage.ask(zones_kept, stage.cast.bashir) == [stage.zone_id]
