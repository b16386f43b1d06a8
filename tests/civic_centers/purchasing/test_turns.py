"""Turns for fetching and giving out: put, taken off, and real shifts of a center."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlmodel import select

from civic_centers.centers import actions as centers
from civic_centers.centers.actions import About
from civic_centers.purchasing.actions.closing import close
from civic_centers.purchasing.actions.moving_on import cancel
from civic_centers.purchasing.actions.placing import name_keepers
from civic_centers.purchasing.actions.turning import remove_turn
from civic_centers.purchasing.rules.cycles import NotNow
from civic_centers.purchasing.tables import CycleSlot
from civic_centers.volunteering import actions as volunteering
from civic_centers.volunteering.tables import SignUp, Slot
from foundation import clock
from foundation.errors import Missing
from tests.civic_centers.purchasing.stage import BuyingStage
from tests.client import Browser, Page, on_sqlite

HERE = "/c/cremona/orders"
pytestmark = on_sqlite
ClientFor = Callable[..., Browser]


@pytest.fixture
def center_id(stage: BuyingStage) -> int:
    about = About("Civic Center di prova", stage.cast.zones["centro"].id, "Via della Scuola 1", province="CR")
    return stage.do(centers.open_center, stage.cast.maker, about, opened_on=date(2026, 1, 1)).id


def slots(stage: BuyingStage, cycle_id: int) -> list[Slot]:
    with stage.database.reading() as session:
        linked = select(CycleSlot.slot_id).where(CycleSlot.cycle_id == cycle_id)
        return list(session.exec(select(Slot).where(Slot.id.in_(linked)).order_by(Slot.id)))


def said(center_id: int) -> dict[str, str]:
    return {
        "center_id": str(center_id), "kind": "distribution", "most": "3", "exchange": "1",
        "starts_at": "2027-01-18T17:00", "ends_at": "2027-01-18T19:00",
    }  # fmt: skip


def put(browser: Browser, cycle_id: int, center: int, *, status: int | None = None, **more: str) -> Page:
    form = browser.look(f"{HERE}/{cycle_id}/turns")
    return browser.submit(form, f"/{cycle_id}/turns", status=status, **{**said(center), **more})


def test_a_turn_is_a_shift_of_the_center(stage: BuyingStage, center_id: int, client_for: ClientFor) -> None:
    cycle_id = stage.opened()
    maker, anna = client_for(stage.cast.maker), client_for(stage.cast.anna)
    page = put(maker, cycle_id, center_id)
    assert page.says("18 gennaio")
    (slot,) = slots(stage, cycle_id)
    assert (slot.center_id, slot.most, slot.taken, slot.state) == (center_id, 3, 0, "open")
    assert slot.starts_at == clock.from_local(slot.starts_at.replace(tzinfo=None, hour=17), "Europe/Rome")
    assert "Arance di gennaio" in slot.role
    shown = anna.look(f"{HERE}/{cycle_id}")
    assert shown.says("0 su 3")
    assert anna.look(f"/c/cremona/volunteering/slots/{slot.id}").says("Arance di gennaio")
    stage.do(volunteering.sign_up, stage.cast.anna, slot.id)
    assert anna.look(f"{HERE}/{cycle_id}").says("1 su 3")


def test_the_same_click_twice_is_one_turn(stage: BuyingStage, center_id: int, client_for: ClientFor) -> None:
    cycle_id = stage.opened()
    maker = client_for(stage.cast.maker)
    form = maker.look(f"{HERE}/{cycle_id}/turns")
    for _time in range(2):
        maker.submit(form, f"/{cycle_id}/turns", **said(center_id))
    assert len(slots(stage, cycle_id)) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"starts_at": "2027-01-10T17:00", "ends_at": "2027-01-10T19:00"},
        {"starts_at": "2027-01-18T19:00", "ends_at": "2027-01-18T17:00"},
        {"starts_at": "presto"},
        {"most": "0"},
        {"most": "51"},
        {"kind": "holiday"},
        {"center_id": ""},
        {"starts_at": "9999-12-31T17:00", "ends_at": "9999-12-31T19:00"},
    ],
)
def test_what_cannot_be(stage: BuyingStage, center_id: int, client_for: ClientFor, wrong: dict[str, str]) -> None:
    cycle_id = stage.opened()
    page = put(client_for(stage.cast.maker), cycle_id, center_id, status=422, **wrong)
    assert page.errors()
    assert slots(stage, cycle_id) == []


def test_a_center_that_one_does_not_keep(stage: BuyingStage, center_id: int, client_for: ClientFor) -> None:
    """Chiara is in charge of the order, but keeps no center: the page says so, and a forged form finds nothing."""
    cycle_id = stage.opened()
    stage.do(name_keepers, stage.cast.maker, cycle_id, [stage.cast.chiara.id])
    chiara = client_for(stage.cast.chiara)
    page = chiara.look(f"{HERE}/{cycle_id}/turns")
    assert page.says("Non curi nessun centro")
    chiara.post(f"{HERE}/{cycle_id}/turns", status=404, token_from=f"{HERE}/{cycle_id}/charge", **said(center_id))
    assert slots(stage, cycle_id) == []


def test_taken_off_the_shift_stays(stage: BuyingStage, center_id: int, client_for: ClientFor) -> None:
    cycle_id, other = stage.opened(), stage.opened(title="Un altro")
    maker = client_for(stage.cast.maker)
    put(maker, cycle_id, center_id)
    (slot,) = slots(stage, cycle_id)
    # The number of another order's turn does nothing, and nobody is told that it did.
    with pytest.raises(NotNow):
        stage.do(remove_turn, stage.cast.maker, other, slot.id)
    maker.post(f"{HERE}/{other}/turns/{slot.id}/remove", status=303, token_from=f"{HERE}/{other}/turns")
    assert maker.look(f"{HERE}/{other}/turns").says("non è più come l’hai visto")
    assert len(slots(stage, cycle_id)) == 1
    with pytest.raises(Missing):
        stage.do(remove_turn, stage.cast.anna, cycle_id, slot.id)
    assert maker.submit(maker.look(f"{HERE}/{cycle_id}/turns"), f"/{slot.id}/remove").says("Il turno resta")
    assert slots(stage, cycle_id) == []
    with stage.database.reading() as session:
        assert session.get_one(Slot, slot.id).state == "open"


def test_called_off_with_its_order(stage: BuyingStage, center_id: int, client_for: ClientFor) -> None:
    cycle_id = stage.opened()
    maker = client_for(stage.cast.maker)
    put(maker, cycle_id, center_id)
    (slot,) = slots(stage, cycle_id)
    stage.do(volunteering.sign_up, stage.cast.anna, slot.id)
    stage.do(cancel, stage.cast.maker, cycle_id, "Il camion è rotto")
    with stage.database.reading() as session:
        assert session.get_one(Slot, slot.id).state == "cancelled"
        assert session.exec(select(SignUp.state)).one() != "on"
    assert not maker.look(f"{HERE}/{cycle_id}").says("Questi turni")


def test_what_a_rule_calls_off_ends_its_turns_and_says_why(
    stage: BuyingStage, center_id: int, client_for: ClientFor
) -> None:
    """Nobody ordered: who signed up reads it in their own language on the page of the shift."""
    cycle_id = stage.opened()
    maker, anna = client_for(stage.cast.maker), client_for(stage.cast.anna)
    put(maker, cycle_id, center_id)
    (slot,) = slots(stage, cycle_id)
    assert maker.look(f"{HERE}/{cycle_id}").says("Distribuzione")
    assert stage.do(close, stage.cast.maker, cycle_id) == "cancelled"
    assert not maker.look(f"{HERE}/{cycle_id}").says("Distribuzione")
    assert anna.look(f"/c/cremona/volunteering/slots/{slot.id}").says("Nessuno ha ordinato")
    assert not maker.look(f"{HERE}/{cycle_id}/turns").soup.find("input", attrs={"name": "most"})
