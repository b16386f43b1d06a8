"""A shared order of a lab: chosen when it is planned, seen on both pages, and what becomes of it with the lab."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest

from civic_centers.labs.actions import change_lab, end_lab, hide_lab, join_lab, make_lab, open_lab
from civic_centers.labs.rules import About as AboutLab
from civic_centers.labs.rules import Outcome
from civic_centers.labs.tables import Lab
from civic_centers.purchasing.actions.closing import close
from civic_centers.purchasing.actions.hiding import hide_cycle
from civic_centers.purchasing.actions.making import What, change_cycle, make_cycle, open_cycle
from civic_centers.purchasing.actions.moving_on import deliver, finish, send
from civic_centers.purchasing.actions.placing import Where
from civic_centers.purchasing.actions.repeating import Every, begin_rhythm, make_next
from civic_centers.purchasing.queries.labs import cycles_of_lab
from civic_centers.purchasing.rules.cycles import Times
from civic_centers.purchasing.tables import OrderCycle, OrderRhythm
from civic_centers.suppliers.actions import add_purchaser
from foundation.errors import Invalid
from tests.civic_centers.purchasing.stage import CLOSES, DELIVERY, NOW, BuyingStage
from tests.client import Browser, on_sqlite

HERE = "/c/cremona/orders"


def lab_of(stage: BuyingStage, name: str = "Spesa fra vicini", zone: str = "centro", **more: Any) -> Lab:
    """An open lab that buys together, made by the administrator."""
    about = AboutLab(name, "La spesa", stage.cast.zones[zone].id, **{"kind": "purchasing", **more})
    lab = stage.do(make_lab, stage.cast.administrator, about)
    stage.do(open_lab, stage.cast.administrator, lab.id)
    return lab_row(stage, lab.id)


def lab_row(stage: BuyingStage, lab_id: int) -> Lab:
    with stage.database.reading() as session:
        return session.get_one(Lab, lab_id)


def about_of(lab: Lab, **more: Any) -> AboutLab:
    return replace(AboutLab(lab.name, lab.need, lab.zone_id, kind=lab.kind, entry=lab.entry), **more)


def what(lab_id: int | None, title: str = "Arance") -> What:
    return What(title, "", Times(NOW - timedelta(hours=1), CLOSES, DELIVERY), lab_id=lab_id)


def planned(stage: BuyingStage, lab_id: int | None, title: str = "Arance") -> int:
    place = Where("Oratorio", time(17), time(19))
    return stage.do(make_cycle, stage.cast.maker, stage.supplier_id, what(lab_id, title), place).id


def test_only_labs_that_one_may_plan_for(stage: BuyingStage) -> None:
    """Of the zone of the supplier, buying together, open, in sight; and the planner's: in it, or running it."""
    cast = stage.cast
    fine = lab_of(stage)
    away, street, hidden = lab_of(stage, "Via", "po"), lab_of(stage, "Strada", kind="street"), lab_of(stage, "Celato")
    draft = stage.do(make_lab, cast.chiara, AboutLab("Bozza", "Spesa", cast.zones["centro"].id, kind="purchasing"))
    stage.do(hide_lab, cast.maker, hidden.id)
    assert stage.cycle(planned(stage, fine.id)).lab_id == fine.id
    assert stage.cycle(planned(stage, None)).lab_id is None
    for lab_id in (away.id, street.id, hidden.id, draft.id, 10**9):
        with pytest.raises(Invalid) as refused:
            planned(stage, lab_id)
        assert refused.value.field == "lab_id"
    stage.do(add_purchaser, cast.maker, cast.zones["centro"].id, cast.bashir.id)
    place = Where("Oratorio", time(17), time(19))
    with pytest.raises(Invalid):
        stage.do(make_cycle, cast.bashir, stage.supplier_id, what(fine.id), place)
    open_to_all = lab_of(stage, "Aperto", entry="open")
    stage.do(join_lab, cast.bashir, open_to_all.id)
    assert stage.do(make_cycle, cast.bashir, stage.supplier_id, what(open_to_all.id), place).lab_id == open_to_all.id


def test_which_orders_stand_on_the_page_of_a_lab(stage: BuyingStage) -> None:
    """Its own until they are given out; beside them, while it works, those of its zone that one can still order in."""
    cast, lab, other = stage.cast, lab_of(stage), lab_of(stage, "Un altro")
    done, closed = planned(stage, lab.id, "Distribuito"), planned(stage, lab.id, "Chiuso")
    near_closed, far, out_of_sight = (planned(stage, None, title) for title in ("Vicino e chiuso", "Lontano", "Celato"))
    for title, whose in (("Suo", lab.id), ("Altrui", other.id), ("Di nessuno", None)):
        planned(stage, whose, title)
    for cycle_id in (done, closed, near_closed):
        stage.do(open_cycle, cast.maker, cycle_id)
        stage.order(cast.anna, cycle_id, {"Farina": 1000})
        stage.do(close, cast.maker, cycle_id)
    for act in (send, deliver, finish):
        stage.do(act, cast.maker, done)
    stage.do(hide_cycle, cast.maker, out_of_sight)
    with stage.database.writing() as session:
        session.get_one(OrderCycle, far).zone_id = cast.zones["po"].id

    def seen() -> list[str]:
        with stage.database.reading() as session:
            return [one.title for one, _supplier in cycles_of_lab(session, cast.bashir.actor, lab_row(stage, lab.id))]

    assert seen() == ["Chiuso", "Suo", "Di nessuno"]
    stage.do(end_lab, cast.administrator, lab.id, Outcome("Fatto"), version=lab_row(stage, lab.id).version)
    assert seen() == ["Chiuso", "Suo"]


def test_of_a_lab_out_of_sight_nothing_comes_again(stage: BuyingStage) -> None:
    lab = lab_of(stage)
    cycle_id = planned(stage, lab.id)
    rhythm_id = stage.do(begin_rhythm, stage.cast.maker, cycle_id, Every(weeks=1)).id
    stage.do(hide_lab, stage.cast.maker, lab.id)
    with stage.database.writing() as session:
        fresh = make_next(session, rhythm_id)
        assert fresh is not None
        assert fresh.lab_id is None


def test_what_comes_again_is_the_labs_as_long_as_it_buys_there(stage: BuyingStage) -> None:
    lab = lab_of(stage)
    cycle_id = planned(stage, lab.id)
    stage.do(begin_rhythm, stage.cast.maker, cycle_id, Every(weeks=1))
    rhythm_id = stage.cycle(cycle_id).rhythm_id
    with stage.database.writing() as session:
        first = make_next(session, rhythm_id)
        assert first is not None
        assert first.lab_id == lab.id
    stage.do(change_lab, stage.cast.administrator, lab.id, about_of(lab, zone_id=stage.cast.zones["po"].id),
             version=lab.version)  # fmt: skip
    with stage.database.writing() as session:
        second = make_next(session, rhythm_id)
        assert second is not None
        assert second.lab_id is None
    assert stage.cycle(cycle_id).lab_id == lab.id


def test_changing_whose_it_is_changes_what_comes_again(stage: BuyingStage) -> None:
    lab, other = lab_of(stage), lab_of(stage, "Un altro")
    cycle_id = planned(stage, lab.id)
    stage.do(begin_rhythm, stage.cast.maker, cycle_id, Every(weeks=1))
    cycle = stage.cycle(cycle_id)
    changed = stage.do(change_cycle, stage.cast.maker, cycle_id, what(other.id), version=cycle.version)
    with stage.database.reading() as session:
        assert session.get_one(OrderRhythm, cycle.rhythm_id).lab_id == other.id
    ended = lab_row(stage, other.id)
    stage.do(end_lab, stage.cast.administrator, other.id, Outcome("Fatto"), version=ended.version)
    # What it is already it may stay, also when the lab is over.
    stage.do(change_cycle, stage.cast.maker, cycle_id, what(other.id, "Limoni"), version=changed.version)
    assert (stage.cycle(cycle_id).title, stage.cycle(cycle_id).lab_id) == ("Limoni", other.id)


@on_sqlite
def test_planned_from_the_page_of_the_lab(stage: BuyingStage, client_for: Callable[..., Browser]) -> None:
    maker, anna = client_for(stage.cast.maker), client_for(stage.cast.anna)
    assert not maker.look(f"{HERE}/new").says("Di chi è l’ordine?")
    lab = lab_of(stage)
    page = f"/c/cremona/labs/{lab.slug}"
    assert anna.look(page).says("Adesso il laboratorio non ha ordini in corso.")
    with pytest.raises(AssertionError):
        anna.look(page).link("Prepara un ordine")
    form = maker.look(maker.look(page).link("Prepara un ordine"))
    assert form.soup.select_one("#lab_id option[selected]")["value"] == str(lab.id)
    said = {"supplier_id": str(stage.supplier_id), "place": "Oratorio", "title": "Arance"}
    wrong = maker.submit(form, "/orders/new", status=422, **{**said, "title": ""})
    assert wrong.soup.select_one("#lab_id option[selected]")["value"] == str(lab.id)
    done = maker.submit(wrong, "/orders/new", **said)
    assert done.says("Un ordine del laboratorio di comunità Spesa fra vicini")
    cycle_id = int(done.address.rsplit("/", 1)[-1])
    assert anna.look(page).says("Arance")
    assert anna.look(anna.look(f"{HERE}/{cycle_id}").link("Spesa fra vicini")).says("Arance")
    other = lab_of(stage, "Un altro")
    assert not anna.look(f"/c/cremona/labs/{other.slug}").says("Arance")
    edit = maker.look(f"{HERE}/{cycle_id}/edit")
    assert not maker.submit(edit, "Salva", lab_id="").says("Spesa fra vicini")
    # A form that does not ask, such as an old one, leaves it as it is.
    maker.submit(maker.look(f"{HERE}/{cycle_id}/edit"), "Salva", lab_id=str(lab.id))
    assert maker.submit(maker.look(f"{HERE}/{cycle_id}/edit"), "Salva", lab_id=None).says("Spesa fra vicini")


@on_sqlite
def test_a_lab_that_ends_moves_or_is_hidden_leaves_no_dead_link(
    stage: BuyingStage, client_for: Callable[..., Browser]
) -> None:
    cast = stage.cast
    maker, anna = client_for(cast.maker), client_for(cast.anna)
    moved, ended, hidden = (lab_of(stage, name, entry="invitation") for name in ("Si sposta", "Finisce", "Si nasconde"))
    cycles = {lab.id: planned(stage, lab.id, f"Ordine {lab.name}") for lab in (moved, ended, hidden)}
    stage.do(change_lab, cast.administrator, moved.id, about_of(moved, zone_id=cast.zones["po"].id),
             version=moved.version)  # fmt: skip
    stage.do(end_lab, cast.administrator, ended.id, Outcome("Fatto"), version=ended.version)
    stage.do(hide_lab, cast.maker, hidden.id)
    for lab in (moved, ended):
        page = anna.look(f"{HERE}/{cycles[lab.id]}")
        assert anna.look(page.link(lab.name)).says(f"Ordine {lab.name}")
    assert not anna.look(f"{HERE}/{cycles[hidden.id]}").says("Un ordine del laboratorio")
    assert maker.look(f"{HERE}/{cycles[hidden.id]}").link("Si nasconde")
    edit = maker.look(f"{HERE}/{cycles[ended.id]}/edit")
    assert maker.submit(edit, "Salva", words="Ancora").says("Finisce")


@on_sqlite
def test_a_hidden_lab_is_not_lost_by_who_may_not_see_it(stage: BuyingStage, client_for: Callable[..., Browser]) -> None:
    """Bashir, in charge of purchasing, changes the hours of an order of a lab that he does not see."""
    cast = stage.cast
    lab, own = lab_of(stage, "Celato"), lab_of(stage, "Aperto", entry="open")
    cycle_id = planned(stage, lab.id)
    stage.do(hide_lab, cast.maker, lab.id)
    stage.do(add_purchaser, cast.maker, cast.zones["centro"].id, cast.bashir.id)
    stage.do(join_lab, cast.bashir, own.id)
    bashir = client_for(cast.bashir)
    form = bashir.look(f"{HERE}/{cycle_id}/edit")
    assert not form.says("Celato")
    bashir.submit(form, "Salva", title="Limoni")
    assert (stage.cycle(cycle_id).title, stage.cycle(cycle_id).lab_id) == ("Limoni", lab.id)


@on_sqlite
def test_everybody_orders_whatever_the_entry_of_the_lab(stage: BuyingStage, client_for: Callable[..., Browser]) -> None:
    """Decision 94: a lab's entry does not limit who orders."""
    lab = lab_of(stage, entry="invitation")
    cycle_id = planned(stage, lab.id)
    maker, chiara = client_for(stage.cast.maker), client_for(stage.cast.chiara)
    maker.submit(maker.look(f"{HERE}/{cycle_id}"), "Apri adesso")
    form = chiara.look(f"{HERE}/{cycle_id}/order/0")
    arance = f"q{stage.product(cycle_id, 'Arance').id}"
    assert chiara.submit(form, "Salva l’ordine", **{arance: "2"}).says("2,90")
