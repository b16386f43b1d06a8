"""No yes to care before it was said for whom, nor while somebody's yes is absent: on every path that ends in one."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import select

from community.dependants import actions as dependants
from community.dependants.rules import NotInOrder
from community.moderation.actions import block
from exchanges.agreements import actions as agreements
from exchanges.agreements.rules import Terms
from exchanges.entrusting.queries.unsaid import to_say
from exchanges.entrusting.rules import NotSaid
from exchanges.groups import actions as groups
from exchanges.series import actions as series
from foundation.errors import Invalid, Missing, Refused
from foundation.outbox.tables import OutboxMessage
from tests.exchanges.entrusting.stage import THURSDAY, CareFor, GroupExchange, Series
from tests.exchanges.groups.stage import terms as together
from tests.exchanges.series.stage import weekly

Path = Callable[[CareFor], tuple[int, Callable[[], Any]]]


def the_giver_accepts(stage: CareFor) -> tuple[int, Callable[[], Any]]:
    made = stage.asked()
    return stage.thread(made), lambda: stage.do(agreements.accept, stage.cast.anna, made, None)


def the_receiver_accepts(stage: CareFor) -> tuple[int, Callable[[], Any]]:
    post_id = stage.post(stage.cast.bashir, "need", category=stage.category, expires_on=None)
    made = stage.do(agreements.propose, stage.cast.anna, post_id, Terms(minutes=60, starts_at=THURSDAY))
    return stage.thread(made), lambda: stage.do(agreements.accept, stage.cast.bashir, made, None)


def a_series_accepted(stage: CareFor) -> tuple[int, Callable[[], Any]]:
    made = stage.do(series.propose, stage.cast.bashir, stage.offer(stage.cast.anna), weekly())
    return stage.thread(made, Series), lambda: stage.do(series.accept, stage.cast.anna, made, None)


def a_place_in_a_group(stage: CareFor) -> tuple[int, Callable[[], Any]]:
    made = stage.do(groups.open_group, stage.cast.anna, stage.offer(stage.cast.anna, places=5), together())
    return stage.thread(made, GroupExchange), lambda: stage.do(groups.join, stage.cast.bashir, made, None)


PATHS: tuple[Path, ...] = (the_giver_accepts, the_receiver_accepts, a_series_accepted, a_place_in_a_group)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.__name__)
def test_first_it_is_said_for_whom(stage: CareFor, path: Path) -> None:
    bashir = stage.cast.bashir
    child = stage.child(bashir)
    thread_id, deed = path(stage)
    with pytest.raises(NotSaid):
        deed()
    stage.say(bashir, thread_id, child)
    stage.do(dependants.withdraw_consent, bashir, child)
    with pytest.raises(NotInOrder) as refused:
        deed()
    assert "Pulce" not in str(refused.value) + str(refused.value.advice)
    assert stage.reserved(bashir) == 0
    stage.do(dependants.say_consent, bashir, child, "both")
    deed()


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.__name__)
def test_or_that_it_is_for_one_of_the_adults(stage: CareFor, path: Path) -> None:
    stage.category = "elders"
    stage.child(stage.cast.bashir, agreed=False)
    other = stage.second_adult(stage.cast.bashir, "samira")
    thread_id, deed = path(stage)
    stage.say(stage.cast.bashir, thread_id, for_adult=True)
    assert stage.mails(other).count("entrusting:for_an_adult") == 1
    assert "entrusting:for_an_adult" not in stage.mails(stage.cast.bashir)
    deed()


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.__name__)
def test_where_children_are_looked_after_it_is_never_for_an_adult(stage: CareFor, path: Path) -> None:
    """Else a parent's no would be walked around: the child is there all the same, and nobody asked for a yes."""
    bashir = stage.cast.bashir
    stage.child(bashir, agreed=False)
    elder = stage.child(bashir, "Nonna", agreed=False, band="elder")
    stage.do(dependants.say_consent, bashir, elder, "guardian")
    thread_id, deed = path(stage)
    for ids in ((), (elder,)):
        with pytest.raises(Invalid, match="children are looked after"):
            stage.say(bashir, thread_id, *ids, for_adult=True)
    with pytest.raises(NotSaid):
        deed()


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.__name__)
def test_who_keeps_nobody_on_the_list_has_nothing_to_say(stage: CareFor, path: Path) -> None:
    _, deed = path(stage)
    deed()


def test_what_can_be_said(stage: CareFor) -> None:
    bashir, anna = stage.cast.bashir, stage.cast.anna
    child, not_agreed, others = stage.child(bashir), stage.child(bashir, "Leo", agreed=False), stage.child(anna)
    thread_id = stage.thread(stage.asked())
    for ids in ((), (others,), (child, others)):
        with pytest.raises(Invalid):
            stage.say(bashir, thread_id, *ids)
    with pytest.raises(NotInOrder):
        stage.say(bashir, thread_id, child, not_agreed)
    for who in (anna, stage.cast.chiara, stage.cast.maker, stage.cast.zoe):
        with pytest.raises(Missing):
            stage.say(who, thread_id, child)


def test_it_waits_on_the_household_until_it_is_said(stage: CareFor) -> None:
    bashir = stage.cast.bashir
    made = stage.asked()

    def waiting() -> list[int]:
        with stage.database.reading() as session:
            return [thread_id for thread_id, _ in to_say(session, bashir.actor)]

    assert waiting() == []
    child = stage.child(bashir)
    assert waiting() == [stage.thread(made)]
    stage.say(bashir, stage.thread(made), child)
    assert waiting() == []


def test_a_yes_taken_back_ends_what_has_not_begun(stage: CareFor) -> None:
    bashir = stage.cast.bashir
    child = stage.child(bashir)
    made, thread_id = stage.care(child)
    stage.do(dependants.withdraw_consent, bashir, child)
    stage.work()
    assert stage.state(made) == "cancelled"
    assert stage.reserved(bashir) == 0
    assert stage.mails(stage.cast.anna)[-1] == "agreements:not_for_now"
    with stage.database.reading() as session:
        told = str([one.payload for one in session.exec(select(OutboxMessage))])
    assert "Pulce" not in told + str(stage.said(made))
    assert stage.reads(stage.cast.anna, thread_id) == []
    with pytest.raises(Refused):
        stage.say(bashir, thread_id, child)


def test_the_meetings_of_a_series_wait_and_go_on(stage: CareFor) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    child = stage.child(bashir)
    made = stage.do(series.propose, bashir, stage.offer(anna), weekly())
    stage.say(bashir, stage.thread(made, Series), child)
    stage.do(series.accept, anna, made, None)
    stage.do(dependants.withdraw_consent, bashir, child)
    stage.work()
    assert {state for _, state in stage.states(made)} == {"proposed"}
    assert "series:yes" in stage.mails(bashir)
    assert "series:their_yes" in stage.mails(anna)
    stage.do(dependants.say_consent, bashir, child, "both")
    stage.roll(made)
    assert {state for _, state in stage.states(made)} == {"accepted"}


def test_a_place_in_a_group_is_free_again(stage: CareFor) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    child = stage.child(bashir)
    made = stage.do(groups.open_group, anna, stage.offer(anna, places=5), together())
    thread_id = stage.thread(made, GroupExchange)
    stage.say(bashir, thread_id, child)
    stage.do(groups.join, bashir, made, None)
    stage.do(groups.join, stage.cast.chiara, made, None)
    assert [one.dependant.id for one in stage.reads(anna, thread_id)] == [child]
    stage.do(dependants.withdraw_consent, bashir, child)
    stage.work()
    assert stage.place_states(made) == ["left", "coming"]
    assert stage.reads(anna, thread_id) == []


def test_of_a_group_only_who_may_come_says_it(stage: CareFor) -> None:
    """A post for the zone alone, and a household with which a block stands: its title is not theirs to read."""
    anna, chiara, dario = stage.cast.anna, stage.cast.chiara, stage.cast.dario
    offer = stage.offer(anna, places=5, visibility="zones")
    thread_id = stage.thread(stage.do(groups.open_group, anna, offer, together()), GroupExchange)
    far, near = stage.child(dario), stage.child(chiara)
    with pytest.raises(Missing):
        stage.say(dario, thread_id, far)
    stage.say(chiara, thread_id, near)
    stage.do(block, chiara, anna.party.id)
    with pytest.raises(Missing):
        stage.say(chiara, thread_id, near)
