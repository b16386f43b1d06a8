"""Where a community asks for it a second adult is there too: named, met by a maker, and asked for on every path."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from community.safeguarding.rules import NoSecondAdult, NotVerified, Requirements
from exchanges.agreements import actions as agreements
from exchanges.agreements.actions import BadCheques, Cheque, Made
from exchanges.agreements.rules import Terms
from exchanges.groups import actions as groups
from exchanges.groups.actions import Made as MadeByGroup
from exchanges.groups.actions import Present
from exchanges.series import actions as series
from foundation import clock
from foundation.errors import Invalid
from tests.cast import Member
from tests.exchanges.care.stage import MONDAY, CareStage
from tests.exchanges.groups.stage import LAST_DAY
from tests.exchanges.groups.stage import terms as together
from tests.exchanges.series.stage import weekly

WITH_SECOND = Requirements(True, 2, second_adult=True)
Deed = Callable[[int | None], Any]
Path = Callable[[CareStage], Deed]


@pytest.fixture(autouse=True)
def paolo(stage: CareStage) -> Member:
    """The second adult of Anna's household; both were met by a maker, and the community asks for two."""
    paolo = stage.second_adult(stage.cast.anna, "paolo")
    for member in (stage.cast.anna, paolo):
        stage.verify(member)
    stage.ask(WITH_SECOND)
    return paolo


def offer(stage: CareStage, owner: Member | None = None, kind: str = "offer", **more: Any) -> int:
    return stage.post(owner or stage.cast.anna, kind, category="childcare", expires_on=LAST_DAY, **more)


def asked(stage: CareStage, **terms: Any) -> int:
    return stage.do(agreements.propose, stage.cast.bashir, offer(stage), Terms(minutes=60, **terms))


def the_giver_accepts(stage: CareStage) -> Deed:
    made = asked(stage)
    return lambda second: stage.do(agreements.accept, stage.cast.anna, made, None, second_id=second)


def the_giver_proposes(stage: CareStage) -> Deed:
    post_id = offer(stage, stage.cast.bashir, "need")
    return lambda second: stage.do(agreements.propose, stage.cast.anna, post_id, Terms(minutes=60, second_id=second))


def proposed_another_way(stage: CareStage) -> Deed:
    made = asked(stage)
    terms = lambda second: Terms(minutes=30, second_id=second)  # noqa: E731
    return lambda second: stage.do(agreements.counter, stage.cast.anna, made, None, terms(second))


def recorded(stage: CareStage) -> Deed:
    category_id, day = stage.cast.categories["childcare"].id, clock.today("Europe/Rome")
    other = stage.cast.anna.party.id

    def deed(second: int | None) -> None:
        made = Made(other, False, "Ieri", category_id, day, 60, adult_id=stage.cast.anna.id, second_id=second)
        stage.do(agreements.record, stage.cast.bashir, made)

    return deed


def a_paper_cheque(stage: CareStage) -> Deed:
    anna, category_id, day = stage.cast.anna, stage.cast.categories["childcare"].id, clock.today("Europe/Rome")

    def deed(second: int | None) -> None:
        cheque = Cheque(anna.party.id, stage.cast.bashir.party.id, 60, day, "Ieri", category_id, anna.id, second)
        stage.do(agreements.record_cheques, stage.cast.maker, [cheque], request_key=f"carta {second}")

    return deed


def on_behalf_by_phone(stage: CareStage) -> Deed:
    rosa = stage.offline("rosa")
    stage.verify(rosa)
    bashir = stage.cast.bashir
    made = stage.do(agreements.propose, bashir, offer(stage, rosa), Terms(minutes=60))

    def deed(second: int | None) -> None:
        # Rosa lives alone: who asked stays with them.
        stage.verify(bashir)
        theirs = bashir.id if second is not None else None
        stage.do(agreements.answer_by_phone, stage.cast.maker, made, None, "accept", second_id=theirs)

    return deed


def a_series_accepted(stage: CareStage) -> Deed:
    made = stage.do(series.propose, stage.cast.bashir, offer(stage), weekly())
    return lambda second: stage.do(series.accept, stage.cast.anna, made, None, second_id=second)


def a_series_proposed(stage: CareStage) -> Deed:
    post_id = offer(stage, stage.cast.bashir, "need")
    return lambda second: stage.do(series.propose, stage.cast.anna, post_id, weekly(second_id=second))


def a_group_opened(stage: CareStage) -> Deed:
    post_id = offer(stage, places=5)
    return lambda second: stage.do(groups.open_group, stage.cast.anna, post_id, together(second_id=second))


def a_group_recorded(stage: CareStage) -> Deed:
    anna, category_id = stage.cast.anna, stage.cast.categories["childcare"].id
    present = (Present(stage.cast.bashir.party.id),)

    def deed(second: int | None) -> None:
        made = MadeByGroup("Ieri", category_id, MONDAY.date(), "fund", 60, present, adult_id=anna.id, second_id=second)
        stage.do(groups.record, anna, made)

    return deed


PATHS: tuple[Path, ...] = (
    the_giver_accepts,
    the_giver_proposes,
    proposed_another_way,
    recorded,
    a_paper_cheque,
    on_behalf_by_phone,
    a_series_accepted,
    a_series_proposed,
    a_group_opened,
    a_group_recorded,
)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.__name__)
def test_without_a_second_adult_nobody_is_let_through(stage: CareStage, paolo: Member, path: Path) -> None:
    deed = path(stage)
    with pytest.raises((NoSecondAdult, BadCheques)) as refused:
        deed(None)
    error = refused.value.faults[0][0] if isinstance(refused.value, BadCheques) else refused.value
    assert (type(error), error.field) == (NoSecondAdult, "second")
    assert stage.reserved(stage.cast.bashir) == 0
    deed(paolo.id)


def test_who_may_be_the_second(stage: CareStage, paolo: Member) -> None:
    anna, bashir, chiara = stage.cast.anna, stage.cast.bashir, stage.cast.chiara
    stage.verify(chiara)
    made, nobody = asked(stage), 10**6
    for second, error in (
        (anna.id, NoSecondAdult),
        (bashir.id, NotVerified),
        (chiara.id, Invalid),
        (nobody, Invalid),
    ):
        with pytest.raises(error) as refused:
            stage.do(agreements.accept, anna, made, None, second_id=second)
        assert refused.value.field == "second"
    for path in (the_giver_proposes, proposed_another_way, a_series_accepted, a_series_proposed, a_group_opened):
        with pytest.raises(Invalid):
            path(stage)(nobody)
    with pytest.raises(Invalid):
        asked(stage, second_id=nobody)
    stage.verify(bashir)
    stage.do(agreements.accept, anna, made, None, second_id=bashir.id)
    assert stage.agreement(made).second_id == bashir.id


def test_on_every_change_again(stage: CareStage, paolo: Member) -> None:
    """Paolo, who was the second, cannot also be who comes; somebody else is named in his place."""
    anna, bashir = stage.cast.anna, stage.cast.bashir
    made = asked(stage)
    stage.do(agreements.accept, anna, made, None, second_id=paolo.id)
    with pytest.raises(NoSecondAdult):
        stage.do(agreements.replace_adult, anna, made, None, paolo.id)
    stage.do(agreements.replace_adult, anna, made, None, paolo.id, second_id=anna.id)
    agreed = stage.agreement(made)
    assert (agreed.adult_id, agreed.second_id) == (paolo.id, anna.id)
    weekly_one = stage.do(series.propose, bashir, offer(stage), weekly())
    stage.do(series.accept, anna, weekly_one, None, second_id=paolo.id)
    assert {state for _, state in stage.states(weekly_one)} == {"accepted"}
    with pytest.raises(NoSecondAdult):
        stage.do(series.replace_adult, anna, weekly_one, None, paolo.id)
    stage.do(series.replace_adult, anna, weekly_one, None, paolo.id, second_id=anna.id)
    assert {(one.adult_id, one.second_id) for one in stage.all_meetings(weekly_one)} == {(paolo.id, anna.id)}


def test_a_place_in_a_group(stage: CareStage, paolo: Member) -> None:
    made = stage.do(groups.open_group, stage.cast.anna, offer(stage, places=5), together(second_id=paolo.id))
    stage.do(groups.join, stage.cast.bashir, made, None)
    stage.lose(paolo, "identity unmet")
    with pytest.raises(NotVerified):
        stage.do(groups.join, stage.cast.chiara, made, None)


@pytest.mark.parametrize("how", ["taken back", "asked for afterwards"])
def test_what_is_agreed_ends_without_them(stage: CareStage, paolo: Member, how: str) -> None:
    anna = stage.cast.anna
    if how == "asked for afterwards":
        stage.ask(Requirements(True, 2))
    made = asked(stage, starts_at=MONDAY + timedelta(days=3))
    second = paolo.id if how == "taken back" else None
    stage.do(agreements.accept, anna, made, None, second_id=second)
    group = stage.do(groups.open_group, anna, offer(stage, places=5), together(second_id=second))
    weekly_one = stage.do(series.propose, stage.cast.bashir, offer(stage), weekly())
    stage.do(series.accept, anna, weekly_one, None, second_id=second)
    if how == "taken back":
        stage.take_back(paolo, "identity")
    else:
        stage.ask(WITH_SECOND)
    stage.work()
    assert stage.state(made) == "cancelled"
    assert stage.group(group).state == "cancelled"
    assert {state for _, state in stage.states(weekly_one)} == {"proposed"}


def test_elsewhere_nobody_is_asked_for_and_none_is_kept(stage: CareStage, paolo: Member) -> None:
    made = stage.do(
        agreements.propose,
        stage.cast.bashir,
        stage.post(stage.cast.anna, category="repairs"),
        Terms(minutes=60, second_id=paolo.id),
    )
    stage.do(agreements.accept, stage.cast.anna, made, None)
    assert stage.agreement(made).second_id is None
