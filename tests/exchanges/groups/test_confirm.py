"""Writing down how it went, each one's own answer, and the one transfer that settles it for all."""

import pytest

from exchanges.agreements.queries import count_exchanges
from exchanges.agreements.queries.gifts import count_gifts, latest_gifts
from exchanges.agreements.rules import NotNow
from exchanges.groups import actions
from exchanges.groups.actions import Made, Present
from exchanges.ledger.queries.verification import faults, hold_still
from exchanges.ledger.rules import BelowFloor
from foundation.errors import Invalid, Missing, Refused
from tests.exchanges.groups.stage import MONDAY, GroupStage


def test_a_lesson_for_three_moves_in_one_transfer_and_the_rest_goes_to_the_fund(stage: GroupStage) -> None:
    cast = stage.cast
    group_id = stage.held(cast.anna, cast.bashir, cast.chiara, cast.dario)
    for member in (cast.bashir, cast.chiara):
        stage.do(actions.confirm, member, group_id, None)
    assert stage.transfers() == []
    stage.do(actions.confirm, cast.dario, group_id, None)
    assert stage.group(group_id).state == "settled"
    assert [(kind, sorted(minutes)) for kind, minutes in stage.transfers()] == [
        ("group_exchange", [-60, -60, -60, 60, 120])
    ]
    assert [stage.balance(one) for one in (cast.anna, cast.bashir, cast.chiara, cast.dario)] == [60, -60, -60, -60]
    assert stage.fund() == 120
    assert stage.reserved(cast.bashir) == 0
    assert stage.mails(cast.anna)[-1] == "groups:settled"
    with stage.database.reading() as session:
        hold_still(session)
        assert list(faults(session, cast.community.id)) == []


def test_shared_equally_all_minutes_go_to_the_host(stage: GroupStage) -> None:
    cast = stage.cast
    group_id = stage.held(cast.anna, cast.bashir, cast.chiara, cast.dario, rule="equal", said=61, minutes=61)
    assert [one.said_minutes for one in stage.places(group_id)] == [21, 20, 20]
    for member in (cast.bashir, cast.chiara, cast.dario):
        stage.do(actions.confirm, member, group_id, None)
    assert [stage.balance(one) for one in (cast.anna, cast.bashir, cast.chiara, cast.dario)] == [61, -21, -20, -20]
    assert stage.fund() == 0


def test_as_agreed_with_each(stage: GroupStage) -> None:
    cast = stage.cast
    group_id = stage.planned(cast.anna, rule="weighted")
    stage.do(actions.join, cast.bashir, group_id, None, minutes=45)
    stage.do(actions.join, cast.chiara, group_id, None, minutes=15)
    with stage.later():
        stage.deliver(cast.anna, group_id, chiara=20)
        assert [one.said_minutes for one in stage.places(group_id)] == [45, 20]
        for member in (cast.bashir, cast.chiara):
            stage.do(actions.confirm, member, group_id, None)
    assert (stage.balance(cast.anna), stage.balance(cast.bashir), stage.balance(cast.chiara)) == (65, -45, -20)


def test_a_gift_counts_and_moves_nothing(stage: GroupStage) -> None:
    cast = stage.cast
    group_id = stage.held(cast.anna, cast.bashir, rule="gift")
    stage.do(actions.confirm, cast.bashir, group_id, None)
    assert stage.group(group_id).state == "settled"
    assert stage.transfers() == []
    with stage.database.reading() as session:
        counts = [count_exchanges(session, one.party.id) for one in (cast.anna, cast.bashir, cast.chiara)]
        gifts = [count_gifts(session, one.party.id) for one in (cast.anna, cast.bashir, cast.chiara)]
        listed = [latest_gifts(session, one.party.id, 5) for one in (cast.anna, cast.bashir, cast.chiara)]
    assert counts == [1, 1, 0]
    assert [(one.given, one.received) for one in gifts] == [(1, 0), (0, 1), (0, 0)]
    assert [[(one.given, one.endpoint) for one in each] for each in listed] == [
        [(True, "groups.show")],
        [(False, "groups.show")],
        [],
    ]


def test_what_would_pass_the_hosts_ceiling_goes_to_the_fund(stage: GroupStage) -> None:
    cast = stage.cast
    members = stage.crowd(5)
    group_id = stage.do(
        actions.record,
        cast.anna,
        Made("Corso", cast.categories["repairs"].id, MONDAY.date(), "weighted", 600,
             tuple(Present(one.party.id, 599) for one in members)),
    )  # fmt: skip
    for one in members:
        stage.do(actions.confirm, one, group_id, None)
    assert stage.balance(cast.anna) == 40 * 60
    assert stage.fund() == 5 * 599 - 40 * 60
    assert "%(over_minutes)s went to the community fund." in stage.group_said(group_id)


def test_who_was_not_there_gives_nothing(stage: GroupStage) -> None:
    cast = stage.cast
    group_id = stage.planned(cast.anna, cast.bashir, cast.chiara)
    with stage.later():
        there = stage.place(group_id, cast.bashir).id
        stage.do(actions.deliver, cast.anna, group_id, None, 60, {there: None})
        assert stage.place_states(group_id) == ["told", "absent"]
        assert stage.reserved(cast.chiara) == 0
        assert stage.mails(cast.chiara)[-1] == "groups:absent"
        stage.do(actions.confirm, cast.bashir, group_id, None)
    assert (stage.balance(cast.anna), stage.balance(cast.chiara)) == (60, 0)


def test_more_than_set_aside_is_set_aside_with_the_yes(stage: GroupStage) -> None:
    cast = stage.cast
    group_id = stage.held(cast.anna, cast.bashir, cast.chiara, said=90)
    assert stage.place(group_id, cast.bashir).settles_at is None
    stage.do(actions.confirm, cast.bashir, group_id, None)
    assert (stage.reserved(cast.bashir), stage.reserved(cast.chiara)) == (90, 60)
    big = stage.held(cast.anna, cast.dario, said=601)
    with pytest.raises(BelowFloor):
        stage.do(actions.confirm, cast.dario, big, None)
    assert stage.place(big, cast.dario).state == "told"


def test_put_right_only_those_for_whom_it_changes_are_asked_again(stage: GroupStage) -> None:
    cast = stage.cast
    group_id = stage.held(cast.anna, cast.bashir, cast.chiara)
    stage.do(actions.confirm, cast.bashir, group_id, None)
    stage.do(actions.dispute, cast.chiara, group_id, None, "Non c’ero")
    with stage.later():
        bashir = stage.place(group_id, cast.bashir)
        stage.do(actions.deliver, cast.anna, group_id, None, 60, {bashir.id: None})
    assert stage.place_states(group_id) == ["confirmed", "absent"]
    assert stage.group(group_id).state == "settled"
    assert (stage.balance(cast.anna), stage.fund()) == (60, 0)


def test_a_stale_answer_and_strangers(stage: GroupStage) -> None:
    cast = stage.cast
    group_id = stage.held(cast.anna, cast.bashir, cast.chiara)
    seen = stage.place(group_id, cast.bashir).version
    with stage.later():
        stage.deliver(cast.anna, group_id, 45)
    with pytest.raises(NotNow):
        stage.do(actions.confirm, cast.bashir, group_id, seen)
    for stranger in (cast.dario, cast.maker, cast.zoe):
        with pytest.raises(Missing):
            stage.do(actions.confirm, stranger, group_id, None)
    with pytest.raises(Missing):
        stage.do(actions.deliver, cast.bashir, group_id, None, 60, {})
    with pytest.raises(Missing):
        stage.do(actions.deliver, cast.anna, group_id, None, 60, {999: None})
    with pytest.raises(Invalid):
        stage.do(actions.deliver, cast.anna, group_id, None, 60, {})
    stage.do(actions.confirm, cast.bashir, group_id, None)
    with pytest.raises(NotNow):
        stage.do(actions.confirm, cast.bashir, group_id, None)


def test_not_more_than_a_day_before(stage: GroupStage) -> None:
    cast = stage.cast
    group_id = stage.planned(cast.anna, cast.bashir)
    with pytest.raises(Refused):
        stage.deliver(cast.anna, group_id)
