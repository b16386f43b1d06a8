"""A maker of the zone settles what is in dispute, and writes down what was said on the telephone."""

import pytest

from exchanges.agreements.rules import NotNow
from exchanges.groups import actions
from exchanges.groups.queries.lists import waiting_for_makers
from exchanges.groups.queries.single import view_of
from foundation.errors import Invalid, Missing, Refused
from tests.exchanges.groups.stage import GroupStage
from tests.questions import noted


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
