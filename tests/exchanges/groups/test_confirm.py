"""Writing down how it went, each one's own answer, and the one transfer that settles it for all."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from exchanges.agreements.queries import count_exchanges
from exchanges.agreements.queries.gifts import count_gifts, latest_gifts
from exchanges.agreements.rules import NotNow
from exchanges.groups import actions
from exchanges.groups.actions import Made, Present
from exchanges.groups.queries.lists import waiting_for_makers
from exchanges.groups.queries.single import view_of
from exchanges.ledger.queries.verification import faults, hold_still
from exchanges.ledger.rules import BelowFloor
from foundation import clock
from foundation.errors import DomainError, Invalid, Missing, Refused
from tests.exchanges.groups.stage import AFTER, MONDAY, GroupStage
from tests.questions import noted


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


# ---------------------------------------------------------------- silence


def test_silence_confirms_after_a_reminder(stage: GroupStage) -> None:
    cast = stage.cast
    group_id = stage.held(cast.anna, cast.bashir, cast.chiara)
    stage.do(actions.confirm, cast.chiara, group_id, None)
    with clock.at(AFTER + timedelta(days=6)):
        stage.look()
    assert stage.mails(cast.bashir)[-1] == "agreements:remind"
    assert stage.place(group_id, cast.bashir).state == "told"
    with clock.at(AFTER + timedelta(days=9)):
        stage.look()
    assert stage.group(group_id).state == "settled"
    assert stage.balance(cast.bashir) == -60


def test_silence_settles_neither_care_nor_the_unreachable_nor_what_was_recorded(stage: GroupStage) -> None:
    cast = stage.cast
    stage.verify(cast.anna)
    ida = stage.offline("ida")
    care = stage.held(cast.anna, cast.bashir, category="elders")
    offline = stage.held(cast.anna, ida)
    recorded = stage.recorded(cast.anna, cast.chiara)
    for group_id in (care, offline, recorded):
        assert [one.settles_at for one in stage.places(group_id)] == [None]
    for days in (6, 9, 30):
        with clock.at(AFTER + timedelta(days=days)):
            stage.look()
    assert [stage.group(one).state for one in (care, offline, recorded)] == ["held", "held", "held"]
    assert "agreements:confirm_needed" in stage.calls(ida)


# ---------------------------------------------------------------- makers


def disputed(stage: GroupStage) -> tuple[int, int]:
    cast = stage.cast
    group_id = stage.held(cast.anna, cast.bashir, cast.dario)
    stage.do(actions.dispute, cast.bashir, group_id, None, "Sono andato via a metà")
    stage.do(actions.confirm, cast.dario, group_id, None)
    assert stage.group(group_id).state == "held"
    return group_id, stage.place(group_id, cast.bashir).id


@pytest.mark.parametrize(
    ("outcome", "minutes", "balances", "fund"),
    [("said", None, (60, -60, -60), 60), ("adjusted", 30, (60, -30, -60), 30), ("void", None, (60, 0, -60), 0)],
)
def test_a_maker_settles_one_place_and_all_hours_move(
    stage: GroupStage, outcome: str, minutes: int | None, balances: tuple[int, ...], fund: int
) -> None:
    cast = stage.cast
    group_id, place_id = disputed(stage)
    assert "agreements:to_resolve" in stage.mails(cast.maker)
    stage.do(actions.resolve, cast.maker, group_id, place_id, None, outcome, "Ho parlato con tutti", minutes=minutes)
    assert tuple(stage.balance(one) for one in (cast.anna, cast.bashir, cast.dario)) == balances
    assert stage.fund() == fund
    assert "agreements:resolved" in stage.mails(cast.bashir)
    with pytest.raises(NotNow):
        stage.do(actions.resolve, cast.maker, group_id, place_id, None, "said", "Ancora")


def test_only_a_maker_of_a_zone_who_takes_no_part(stage: GroupStage) -> None:
    cast = stage.cast
    group_id, place_id = disputed(stage)
    for stranger in (cast.chiara, cast.anna, cast.bashir, cast.zoe):
        with pytest.raises(Missing):
            stage.do(actions.resolve, stranger, group_id, place_id, None, "said", "Così")
    for outcome, minutes, reason in (
        ("half", None, "x"),
        ("adjusted", 61, "x"),
        ("adjusted", None, "x"),
        ("said", None, ""),
    ):
        with pytest.raises(Invalid):
            stage.do(actions.resolve, cast.maker, group_id, place_id, None, outcome, reason, minutes=minutes)


def test_a_maker_writes_down_what_was_said_on_the_phone(stage: GroupStage) -> None:
    cast = stage.cast
    ida = stage.offline("ida")
    group_id = stage.held(cast.anna, ida, cast.bashir)
    place = stage.place(group_id, ida)
    with pytest.raises(Missing):
        stage.do(actions.answer_by_phone, cast.chiara, group_id, place.id, None, yes=True)
    with pytest.raises(Refused):
        other = stage.place(group_id, cast.bashir)
        stage.do(actions.answer_by_phone, cast.maker, group_id, other.id, None, yes=True)
    stage.do(actions.answer_by_phone, cast.maker, group_id, place.id, None, yes=True)
    assert stage.place(group_id, ida).state == "confirmed"


def test_a_maker_of_another_zone_does_not(stage: GroupStage) -> None:
    cast = stage.cast
    far = stage.offline("ida", "vescovato")
    group_id = stage.held(cast.anna, far, cast.bashir)
    place = stage.place(group_id, far)
    with stage.database.reading() as session:
        lists = [waiting_for_makers(session, who.actor) for who in (cast.maker, cast.other_maker)]
    assert [[one.id for _, one, _ in found] for found in lists] == [[], [place.id]]
    with pytest.raises(Refused):
        stage.do(actions.answer_by_phone, cast.maker, group_id, place.id, None, yes=True)


# ---------------------------------------------------------------- recorded


def test_recorded_nothing_moves_before_everybody_has_said_yes(stage: GroupStage) -> None:
    cast = stage.cast
    group_id = stage.recorded(cast.anna, cast.bashir, cast.chiara)
    assert stage.place_states(group_id) == ["told", "told"]
    assert stage.reserved(cast.bashir) == 0
    stage.do(actions.confirm, cast.bashir, group_id, None)
    assert stage.reserved(cast.bashir) == 60
    stage.do(actions.withdraw, cast.anna, group_id, None)
    assert stage.reserved(cast.bashir) == 0
    assert stage.group(group_id).state == "withdrawn"
    again = stage.recorded(cast.anna, cast.bashir, cast.chiara, rule="equal")
    for member in (cast.bashir, cast.chiara):
        stage.do(actions.confirm, member, again, None)
    assert (stage.balance(cast.anna), stage.balance(cast.bashir), stage.balance(cast.chiara)) == (60, -30, -30)


def test_recorded_what_makes_no_sense(stage: GroupStage) -> None:
    cast = stage.cast
    with pytest.raises(Invalid):
        stage.recorded(cast.anna)
    with pytest.raises(Refused):
        stage.recorded(cast.anna, cast.anna)
    with pytest.raises(Missing):
        stage.recorded(cast.anna, cast.zoe)
    with pytest.raises(Invalid):
        stage.recorded(cast.anna, cast.bashir, minutes=None)
    with pytest.raises(DomainError):
        stage.recorded(cast.anna, cast.bashir, category="childcare")


# ---------------------------------------------------------------- many at once


def test_forty_people_confirm_at_the_same_moment_and_one_transfer_moves(stage: GroupStage) -> None:
    cast = stage.cast
    members = stage.crowd(40)
    group_id = stage.recorded(cast.anna, *members)
    ready = Barrier(len(members))

    def press(member) -> DomainError | None:  # type: ignore[no-untyped-def]  # a thread of the test
        ready.wait()
        with clock.at(MONDAY):
            try:
                stage.do(actions.confirm, member, group_id, None)
            except DomainError as error:
                return error
        return None

    with ThreadPoolExecutor(len(members)) as pool:
        assert [error for error in pool.map(press, members) if error] == []
    assert stage.group(group_id).state == "settled"
    moved = stage.transfers()
    assert len(moved) == 1
    assert sorted(moved[0][1]) == [-60] * 40 + [60, 39 * 60]
    assert {stage.balance(one) for one in members} == {-60}
    with stage.database.reading() as session:
        hold_still(session)
        assert list(faults(session, cast.community.id)) == []


def test_two_take_the_last_place_at_the_same_moment(stage: GroupStage) -> None:
    cast = stage.cast
    group_id = stage.planned(cast.anna, places=1)
    members = [cast.bashir, cast.chiara, cast.dario, cast.maker]
    ready = Barrier(len(members))

    def press(member) -> bool:  # type: ignore[no-untyped-def]  # a thread of the test
        ready.wait()
        with clock.at(MONDAY):
            try:
                stage.do(actions.join, member, group_id, None)
            except Refused:
                return False
        return True

    with ThreadPoolExecutor(len(members)) as pool:
        assert sum(pool.map(press, members)) == 1
    assert sum(stage.reserved(one) for one in members) == 60


def test_who_cannot_be_reached_is_asked_for_all_places_at_once(stage: GroupStage) -> None:
    anna, bashir, maker = stage.cast.anna, stage.cast.bashir, stage.cast.maker
    few = stage.held(anna, bashir, stage.offline("lia"))
    many = stage.held(anna, bashir, *(stage.offline(f"lia{number}") for number in range(4)))
    asked = []
    for group_id, unreached in ((few, 1), (many, 4)):
        with stage.database.reading() as session, noted() as sent:
            view = view_of(session, maker.actor, group_id)
        assert len(view.to_decide) == unreached
        assert bashir.party.id not in [place.party_id for place in view.to_decide]
        asked.append(len(sent))
    assert asked[0] == asked[1]
