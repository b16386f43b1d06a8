"""The pages on which a person in charge changes the day, a place and a family's place, and what a family reads."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from sqlmodel import select

from civic_centers.centers import actions as centers
from civic_centers.centers.actions import About
from civic_centers.purchasing.actions.changing import change_order
from civic_centers.purchasing.actions.closing import close
from civic_centers.purchasing.actions.placing import Where, add_place
from civic_centers.purchasing.actions.turning import add_turn
from civic_centers.purchasing.tables import CyclePlace
from civic_centers.reckoning.actions import Ask, ask_quota, give_to_quota, grant, record_payment
from civic_centers.volunteering.actions.making import Moment
from civic_centers.volunteering.rules import Wanted
from foundation import clock
from tests.civic_centers.purchasing.stage import DELIVERY, NOW, BuyingStage
from tests.client import Browser, on_sqlite

HERE = "/c/cremona/orders"
pytestmark = on_sqlite
ClientFor = Callable[..., Browser]


@pytest.fixture
def cycle_id(stage: BuyingStage) -> int:
    """Closed; Anna and Bashir have a pack of flour each, at 2.39."""
    cycle_id = stage.opened(pack_rule="send")
    for name in ("anna", "bashir"):
        stage.order(stage.cast.members[name], cycle_id, {"Farina": 1000})
    stage.do(close, stage.cast.maker, cycle_id)
    return cycle_id


def test_the_day_is_moved_and_the_turns_that_stay_are_shown(
    stage: BuyingStage, cycle_id: int, client_for: ClientFor
) -> None:
    about = About("Civic Center di prova", stage.cast.zones["centro"].id, "Via della Scuola 1", province="CR")
    center = stage.do(centers.open_center, stage.cast.maker, about, opened_on=NOW.date())
    at = clock.from_local(datetime.combine(DELIVERY, time(17)), "Europe/Rome")
    moment = Moment(at, at + timedelta(hours=2))
    wanted = Wanted("Distribuzione della farina", most=2, exchange=True)
    turn = stage.do(add_turn, stage.cast.maker, cycle_id, center.id, "distribution", wanted, moment)
    maker, anna = client_for(stage.cast.maker), client_for(stage.cast.anna)
    page = maker.look(f"{HERE}/{cycle_id}")
    assert not page.says("questi turni sono in un altro giorno")
    form = maker.look(page.link("La merce arriva un altro giorno"))
    assert maker.submit(form, "Sposta, e avvisa", status=422, delivery_on="2026-01-01").errors()
    assert maker.submit(form, "Sposta, e avvisa", status=422, delivery_on="").errors()
    assert form.says("Distribuzione della farina, lunedì 18 gennaio")
    moved = maker.submit(form, "Sposta, e avvisa", delivery_on="2027-01-19", move_turns=None)
    assert moved.says("questi turni sono in un altro giorno")
    assert moved.link("Distribuzione della farina").endswith(f"/volunteering/slots/{turn.id}")
    shown = anna.look(f"{HERE}/{cycle_id}")
    assert shown.says("19 gennaio")
    assert not shown.says("questi turni sono in un altro giorno")
    assert maker.submit(form, "Sposta, e avvisa", status=409, delivery_on="2027-01-20").errors()
    anna.look(f"{HERE}/{cycle_id}/day", status=404)


def test_the_turns_go_along_unless_the_tick_is_taken_out(
    stage: BuyingStage, cycle_id: int, client_for: ClientFor
) -> None:
    about = About("Civic Center di prova", stage.cast.zones["centro"].id, "Via della Scuola 1", province="CR")
    center = stage.do(centers.open_center, stage.cast.maker, about, opened_on=NOW.date())
    at = clock.from_local(datetime.combine(DELIVERY, time(17)), "Europe/Rome")
    wanted = Wanted("Distribuzione della farina", most=2, exchange=True)
    moment = Moment(at, at + timedelta(hours=2))
    stage.do(add_turn, stage.cast.maker, cycle_id, center.id, "distribution", wanted, moment)
    maker = client_for(stage.cast.maker)
    form = maker.look(f"{HERE}/{cycle_id}/day")
    moved = maker.submit(form, "Sposta, e avvisa", delivery_on="2027-01-19")
    assert not moved.says("questi turni sono in un altro giorno")
    assert maker.look(f"{HERE}/{cycle_id}/turns").says("19 gennaio")
    form = maker.look(maker.look(f"{HERE}/{cycle_id}/places").link("Cambia"))
    maker.submit(form, "Cambia, e avvisa", starts="18:00", ends="20:00")
    assert maker.look(f"{HERE}/{cycle_id}/turns").says("18:00–20:00")
    with clock.at(at + timedelta(days=1, hours=1)):
        assert maker.submit(maker.look(f"{HERE}/{cycle_id}/day"), "Sposta, e avvisa", status=422,
                            delivery_on="2027-01-20").says("non si possono spostare")  # fmt: skip


def test_a_place_is_changed(stage: BuyingStage, cycle_id: int, client_for: ClientFor) -> None:
    maker = client_for(stage.cast.maker)
    form = maker.look(maker.look(f"{HERE}/{cycle_id}/places").link("Cambia"))
    assert 'value="Oratorio"' in form.html
    assert 'value="17:00' in form.html
    assert maker.submit(form, "Cambia, e avvisa", status=422, ends="16:00").errors()
    assert maker.submit(form, "Cambia, e avvisa", place="Palestra", starts="18:00", ends="20:00").says("Palestra")
    with stage.database.reading() as session:
        [place] = session.exec(select(CyclePlace).where(CyclePlace.cycle_id == cycle_id)).all()
    assert (place.name, clock.local(place.starts_at, "Europe/Rome").hour) == ("Palestra", 18)


def test_the_place_of_a_family_is_changed(stage: BuyingStage, client_for: ClientFor) -> None:
    cycle_id = stage.opened(pack_rule="send")
    stage.order(stage.cast.anna, cycle_id, {"Farina": 1000})
    other = stage.do(add_place, stage.cast.maker, cycle_id, Where("Biblioteca", time(10), time(12))).id
    stage.do(close, stage.cast.maker, cycle_id)
    order = stage.order_of(stage.cast.anna, cycle_id)
    maker, anna = client_for(stage.cast.maker), client_for(stage.cast.anna)
    form = maker.look(f"{HERE}/{cycle_id}/families/{order.id}/change")
    maker.submit(form, "Cambia, e avvisa", place_id=str(other), reason="È di strada")
    assert stage.order_of(stage.cast.anna, cycle_id).place_id == other
    sheet = anna.look(f"{HERE}/{cycle_id}/sheets/{order.id}")
    assert sheet.says("Biblioteca")
    assert sheet.says("È di strada")


def test_the_order_says_its_sum_and_the_purse_what_is_still_to_give(
    stage: BuyingStage, cycle_id: int, client_for: ClientFor
) -> None:
    anna = client_for(stage.cast.anna)
    page = anna.look(f"{HERE}/{cycle_id}")
    assert page.says("L’ordine fa 2,39")
    assert page.says("Da dare ancora: 2,39")
    assert not page.says("Da pagare")
    assert page.link("Il tuo borsellino").endswith("/purse")
    stage.do(record_payment, stage.cast.maker, cycle_id, stage.cast.anna.party.id, 100, "cash")
    assert anna.look(f"{HERE}/{cycle_id}").says("Da dare ancora: 1,39")
    order = stage.order_of(stage.cast.anna, cycle_id)
    sheet = anna.look(f"{HERE}/{cycle_id}/sheets/{order.id}")
    assert sheet.says("Totale dell’ordine")
    assert not sheet.says("Da pagare")
    # To who ordered nothing here nothing is said of it.
    assert not client_for(stage.cast.chiara).look(f"{HERE}/{cycle_id}").says("Da dare ancora")


def test_a_share_of_the_quota_looks_like_a_payment(stage: BuyingStage, cycle_id: int, client_for: ClientFor) -> None:
    """Anna pays, Bashir's is paid by the quota: their pages say the same, word for word."""
    stage.do(give_to_quota, stage.cast.maker, "transfer", 1000, "Panificio")
    stage.do(record_payment, stage.cast.maker, cycle_id, stage.cast.anna.party.id, 239, "cash")
    asked = stage.do(ask_quota, stage.cast.bashir, Ask(239, "Mese difficile"))
    stage.do(grant, stage.cast.maker, asked.id, 239)
    own = [
        client_for(stage.cast.members[name]).look(f"{HERE}/{cycle_id}").soup.find(attrs={"aria-labelledby": "own"})
        for name in ("anna", "bashir")
    ]
    anna, bashir = (" ".join(one.get_text(" ").split()) for one in own)
    assert "È saldato." in anna
    assert anna == bashir


def test_what_is_changed_afterwards_is_to_be_given_again(
    stage: BuyingStage, cycle_id: int, client_for: ClientFor
) -> None:
    stage.do(record_payment, stage.cast.maker, cycle_id, stage.cast.anna.party.id, 239, "cash")
    order, flour = stage.order_of(stage.cast.anna, cycle_id), stage.product(cycle_id, "Farina").id
    stage.do(change_order, stage.cast.maker, cycle_id, order.id, {flour: 2000}, "Avanzava", version=order.version)
    page = client_for(stage.cast.anna).look(f"{HERE}/{cycle_id}")
    assert page.says("L’ordine fa 4,78")
    assert page.says("Da dare ancora: 2,39")
