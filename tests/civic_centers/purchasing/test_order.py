"""Ordering: for one's household, for a friend, and what is refused."""

import pytest

from civic_centers.purchasing.actions.ordering import drop_order, save_order
from civic_centers.purchasing.rules.cycles import NotEnough, NotNow, NotYet, Shut
from foundation import clock
from foundation.errors import Invalid, Missing, Refused
from tests.civic_centers.purchasing.stage import CLOSES, BuyingStage, must_agree


def test_sums_by_hand(stage: BuyingStage) -> None:
    """3 kg at 1.45 is 4.35; 2 packets at 2.39 is 4.78; 2 wedges of 0.35 kg at 16.50: 0.7 * 16.50 = 11.55."""
    cycle_id = stage.opened()
    order = stage.order(stage.cast.anna, cycle_id, {"Arance": 3000, "Farina": 2000, "Formaggio": 700})
    assert order.goods_cents == 435 + 478 + 1155
    changed = stage.order(stage.cast.anna, cycle_id, {"Arance": 0, "Farina": 3000}, version=order.version)
    assert changed.goods_cents == 717 + 1155
    must_agree(stage, cycle_id)
    assert stage.product(cycle_id, "Arance").ordered == 0


def test_for_a_friend(stage: BuyingStage) -> None:
    cycle_id = stage.opened()
    stage.order(stage.cast.anna, cycle_id, {"Farina": 1000})
    friend = stage.order(stage.cast.anna, cycle_id, {"Farina": 2000}, number=1, for_friend=" La  zia Pina ")
    assert (friend.for_friend, friend.number) == ("La zia Pina", 1)
    with pytest.raises(Invalid) as no_name:
        stage.order(stage.cast.anna, cycle_id, {"Farina": 2000}, number=2)
    assert no_name.value.field == "for_friend"
    with pytest.raises(Refused):
        stage.order(stage.cast.anna, cycle_id, {"Farina": 2000}, number=5, for_friend="Ugo")
    must_agree(stage, cycle_id)


def test_never_more_than_there_is_and_wholly_or_not_at_all(stage: BuyingStage) -> None:
    cycle_id = stage.opened()
    stage.order(stage.cast.bashir, cycle_id, {"Farina": 15_000})
    with pytest.raises(NotEnough) as refused:
        stage.order(stage.cast.anna, cycle_id, {"Arance": 4000, "Farina": 6000})
    assert refused.value.params["left"] == 5
    assert stage.product(cycle_id, "Arance").ordered == 0
    must_agree(stage, cycle_id)
    stage.order(stage.cast.anna, cycle_id, {"Arance": 4000, "Farina": 5000})
    must_agree(stage, cycle_id)


@pytest.mark.parametrize("quantity", [-1000, -1, 1, 1500, 100_001_000, 10**12])
def test_absurd_quantities(stage: BuyingStage, quantity: int) -> None:
    cycle_id = stage.opened()
    product = stage.product(cycle_id, "Arance").id
    with pytest.raises(Invalid) as refused:
        stage.order(stage.cast.anna, cycle_id, {"Arance": quantity})
    assert refused.value.field == f"q{product}"
    must_agree(stage, cycle_id)


def test_an_absurd_sum(stage: BuyingStage) -> None:
    cycle_id = stage.opened()
    with pytest.raises(Refused):
        stage.order(stage.cast.anna, cycle_id, {"Formaggio": 350 * 200_000})
    must_agree(stage, cycle_id)


def test_a_form_opened_before_another_change(stage: BuyingStage) -> None:
    cycle_id = stage.opened()
    first = stage.order(stage.cast.anna, cycle_id, {"Arance": 1000})
    stage.order(stage.cast.anna, cycle_id, {"Arance": 2000}, version=first.version)
    for version in (first.version, 0):
        with pytest.raises(NotNow):
            stage.order(stage.cast.anna, cycle_id, {"Arance": 9000}, version=version)
    assert stage.product(cycle_id, "Arance").ordered == 2000


def test_taken_out_and_placed_again(stage: BuyingStage) -> None:
    cycle_id = stage.opened()
    order = stage.order(stage.cast.anna, cycle_id, {"Arance": 2000, "Olio": 1000})
    stage.do(drop_order, stage.cast.anna, cycle_id, 0, order.version)
    assert stage.order_of(stage.cast.anna, cycle_id).state == "dropped"
    must_agree(stage, cycle_id)
    again = stage.order(stage.cast.anna, cycle_id, {"Olio": 3000})
    assert again.state == "standing"
    must_agree(stage, cycle_id)
    nothing = stage.order(stage.cast.anna, cycle_id, {"Olio": 0}, version=again.version)
    assert nothing.state == "dropped"
    with pytest.raises(Invalid):
        stage.order(stage.cast.bashir, cycle_id, {"Olio": 0})


def test_before_it_opens_and_after_it_closes(stage: BuyingStage) -> None:
    cycle_id = stage.plan()
    with pytest.raises(NotYet):
        stage.order(stage.cast.anna, cycle_id, {"Arance": 1000})
    cycle_id = stage.opened(title="Un altro")
    with clock.at(CLOSES), pytest.raises(Shut):
        stage.order(stage.cast.anna, cycle_id, {"Arance": 1000})


def test_who_may_not(stage: BuyingStage) -> None:
    cycle_id = stage.opened()
    wish = stage.wish(cycle_id, {"Arance": 1000})
    with pytest.raises(Missing):
        stage.do(save_order, stage.cast.zoe, cycle_id, wish)
