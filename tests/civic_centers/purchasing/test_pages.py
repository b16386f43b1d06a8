"""The pages of shared orders, as a family, a person in charge and a stranger use them."""

from collections.abc import Callable

from civic_centers.labs.actions import make_lab, open_lab
from civic_centers.labs.rules import About as AboutLab
from civic_centers.purchasing.actions.closing import close
from civic_centers.purchasing.actions.moving_on import deliver, send
from civic_centers.purchasing.actions.pricing import note_prices
from tests.civic_centers.purchasing.stage import BuyingStage
from tests.client import Browser, Page, on_sqlite

HERE = "/c/cremona/orders"


def field(stage: BuyingStage, cycle_id: int, name: str) -> str:
    return f"q{stage.product(cycle_id, name).id}"


@on_sqlite
def test_a_family_orders_changes_and_takes_out(stage: BuyingStage, client_for: Callable[..., Browser]) -> None:
    cycle_id = stage.opened(minimum_cents=10_000)
    anna = client_for(stage.cast.anna)
    assert anna.look(f"{HERE}/").says("Arance di gennaio")
    page = anna.look(f"{HERE}/{cycle_id}")
    assert page.says("Nessuno ha ancora ordinato.")
    form = anna.look(page.link("Ordina"))
    arance, formaggio = field(stage, cycle_id, "Arance"), field(stage, cycle_id, "Formaggio")
    for wrong in ("-3", "1e9", "٣", "tre", "1,5", "999999999999", "1.500"):
        answer = anna.submit(form, "Salva l’ordine", status=422, **{arance: wrong})
        assert answer.errors()
        assert f'value="{wrong}"' in answer.html
    done = anna.submit(form, "Salva l’ordine", **{arance: "3,0", formaggio: "2"})
    # 3 kg at 1.45 and two pieces of 0.35 kg at 16.50.
    assert done.says("15,90")
    assert done.says("manca: 7 kg")
    again = anna.look(done.link("Cambia"))
    assert 'value="3"' in again.html
    assert anna.submit(again, "Salva l’ordine", **{arance: "4"}).says("17,35")
    # A form that was opened before this is told.
    assert anna.submit(again, "Salva l’ordine", status=409, **{arance: "5"}).errors()
    page = anna.look(f"{HERE}/{cycle_id}")
    sheet = anna.look(page.link("Il foglio"))
    assert sheet.says("Formaggio")
    gone = anna.submit(page, "Togli l’ordine")
    assert gone.says("Tolto")


@on_sqlite
def test_for_a_friend_and_what_others_see(stage: BuyingStage, client_for: Callable[..., Browser]) -> None:
    cycle_id = stage.opened()
    anna, bashir, maker = (client_for(stage.cast.members[name]) for name in ("anna", "bashir", "maker"))
    form = anna.look(f"{HERE}/{cycle_id}/order/1")
    arance = field(stage, cycle_id, "Arance")
    assert anna.submit(form, "Salva l’ordine", status=422, **{arance: "2"}).errors()
    assert anna.submit(form, "Salva l’ordine", **{arance: "2", "for_friend": "Zia Pina"}).says("Per Zia Pina")
    others = bashir.look(f"{HERE}/{cycle_id}")
    assert others.says("2 kg")
    assert not others.says("Zia Pina")
    assert not others.says("Anna e famiglia")
    bashir.look(f"{HERE}/{cycle_id}/families", status=404)
    bashir.look(f"{HERE}/{cycle_id}/sheets/1", status=404)
    assert maker.look(f"{HERE}/{cycle_id}/families").says("Zia Pina (tramite Anna e famiglia)")


@on_sqlite
def test_the_maker_plans_closes_and_prints(stage: BuyingStage, client_for: Callable[..., Browser]) -> None:
    maker = client_for(stage.cast.maker)
    form = maker.look(f"{HERE}/new?supplier={stage.supplier_id}")
    said = {"place": "Oratorio", "title": "Arance", "minimum_cents": "10,50", "pack_rule": "decide"}
    assert maker.submit(form, "/orders/new", status=422, **{**said, "place": ""}).errors()
    assert maker.submit(form, "/orders/new", status=422, **{**said, "minimum_cents": "dieci"}).errors()
    planned = maker.submit(form, "/orders/new", **said)
    cycle_id = int(planned.address.rsplit("/", 1)[-1])
    opened = maker.submit(planned, "Apri adesso")
    assert opened.says("Aperto")
    changed = maker.submit(maker.look(f"{HERE}/{cycle_id}/edit"), "Salva", words="Portate le cassette")
    assert changed.says("Portate le cassette")
    product = maker.look(f"{HERE}/{cycle_id}/products/{stage.product(cycle_id, 'Arance').id}")
    assert maker.submit(product, "Salva", status=422, group_least="-5").errors()
    maker.submit(product, "Salva", group_least="5,5", most="100", grams="1000")
    assert stage.product(cycle_id, "Arance").group_least == 5500
    place = maker.submit(maker.look(f"{HERE}/{cycle_id}/places"), "Aggiungi", place="Biblioteca")
    assert place.says("Biblioteca")
    cost = maker.submit(
        maker.look(f"{HERE}/{cycle_id}/costs"), "/costs", words="Trasporto", cents="12,50", split="head"
    )
    assert cost.says("12,50")
    stage.order(stage.cast.anna, cycle_id, {"Arance": 9000, "Farina": 1000})
    shut = maker.submit(maker.look(f"{HERE}/{cycle_id}"), "Chiudi l’ordine")
    assert shut.says("Che cosa se ne fa?")
    assert maker.submit(shut, "Va bene così", status=422).errors()
    closed = maker.submit(shut, "Va bene così", **{f"p{stage.product(cycle_id, 'Arance').id}": "send"})
    assert closed.says("Chiuso")
    assert maker.look(f"{HERE}/{cycle_id}/supplier").says("Arance")
    file = maker.client.get(f"{HERE}/{cycle_id}/supplier.csv")
    assert "Arance;9;kg" in file.get_data(as_text=True)
    assert "Anna" not in file.get_data(as_text=True)
    assert maker.look(f"{HERE}/{cycle_id}/picking/{stage.place(cycle_id)}").says("Anna e famiglia")
    assert maker.look(f"{HERE}/{cycle_id}/sheets").says("27,94")  # 13.05 + 2.39 + 12.50
    order = stage.order_of(stage.cast.anna, cycle_id)
    change = maker.look(f"{HERE}/{cycle_id}/families/{order.id}/change")
    assert maker.submit(change, "Cambia, e avvisa", status=422, **{field(stage, cycle_id, "Farina"): "2"}).errors()
    told = maker.submit(change, "Cambia, e avvisa", reason="Ne è avanzata", **{field(stage, cycle_id, "Farina"): "2"})
    assert told.says("30,33")
    walked(maker, cycle_id, stage)


def walked(maker: Browser, cycle_id: int, stage: BuyingStage) -> Page:
    """To the supplier, weighed, given out, done."""
    maker.submit(maker.look(f"{HERE}/{cycle_id}"), "L’ho mandato")
    maker.submit(maker.look(f"{HERE}/{cycle_id}"), "La merce è qui")
    weigh = maker.look(f"{HERE}/{cycle_id}/products/{stage.product(cycle_id, 'Arance').id}/weigh")
    order = stage.order_of(stage.cast.anna, cycle_id)
    assert maker.submit(weigh, "Segna i pesi", status=422, **{f"w{order.id}": "91"}).errors()
    assert maker.submit(weigh, "Segna i pesi", status=422, **{f"w{order.id}": "-1"}).errors()
    maker.submit(weigh, "Segna i pesi", **{f"w{order.id}": "8,75"})
    assert stage.order_of(stage.cast.anna, cycle_id).goods_cents == 1269 + 478
    done = maker.submit(maker.look(f"{HERE}/{cycle_id}"), "I conti sono definitivi")
    assert done.says("Fatto")
    return done


@on_sqlite
def test_a_price_that_changes(stage: BuyingStage, client_for: Callable[..., Browser]) -> None:
    cycle_id = stage.opened()
    stage.order(stage.cast.anna, cycle_id, {"Arance": 2000})
    stage.set_price("Arance", 20_000)
    with stage.database.writing() as session:
        assert note_prices(session, cycle_id) == 1
    anna, maker = client_for(stage.cast.anna), client_for(stage.cast.maker)
    assert anna.look(f"{HERE}/{cycle_id}").says("2,90")
    page = maker.look(f"{HERE}/{cycle_id}")
    assert page.says("Ora il fornitore chiede 2,00 € per «Arance»")
    assert maker.submit(page, "Prendi quello nuovo").says("Vale il prezzo nuovo")
    mine = anna.look(f"{HERE}/{cycle_id}")
    assert mine.says("4,00")
    assert anna.submit(mine, "Toglilo").says("non lo ricevi e non lo paghi")
    assert stage.product(cycle_id, "Arance").ordered == 0


@on_sqlite
def test_it_comes_again_and_pauses(stage: BuyingStage, client_for: Callable[..., Browser]) -> None:
    cycle_id = stage.opened()
    maker = client_for(stage.cast.maker)
    page = maker.submit(maker.look(f"{HERE}/{cycle_id}/rhythm"), "Fallo tornare", every="m1")
    assert page.says("Torna ogni mese.")
    assert page.says("8 febbraio")
    assert maker.submit(page, "Segna la pausa", status=422, from_on="2027-03-01", until_on="2027-02-01").errors()
    paused = maker.submit(page, "Segna la pausa", from_on="2027-02-01", until_on="2027-02-28")
    assert paused.says("Pausa: da")
    assert maker.submit(paused, "Togli").says("La pausa è tolta")
    assert maker.submit(maker.look(f"{HERE}/{cycle_id}/rhythm"), "Ferma le ripetizioni").says("Non si ripete più")


@on_sqlite
def test_charge_leaving_out_and_calling_off(stage: BuyingStage, client_for: Callable[..., Browser]) -> None:
    cycle_id = stage.opened()
    stage.order(stage.cast.anna, cycle_id, {"Arance": 2000})
    maker, chiara = client_for(stage.cast.maker), client_for(stage.cast.chiara)
    chiara.look(f"{HERE}/{cycle_id}/families", status=404)
    form = maker.look(f"{HERE}/{cycle_id}/charge")
    maker.submit(form, "Salva", people=[str(stage.cast.chiara.id)])
    assert chiara.look(f"{HERE}/{cycle_id}/families").says("Anna e famiglia")
    out = chiara.look(f"{HERE}/{cycle_id}/products/{stage.product(cycle_id, 'Arance').id}/leave-out")
    left = chiara.submit(out, "leave-out", reason="Grandine")
    assert left.says("non arriva")
    off = chiara.look(f"{HERE}/{cycle_id}/cancel")
    assert chiara.submit(off, "cancel", status=422).errors()
    assert chiara.submit(off, "cancel", reason="Niente arance, <b>50%</b>").says("Niente arance, <b>50%</b>")
    chiara.look(f"{HERE}/{cycle_id}/cancel", status=404)


@on_sqlite
def test_when_it_is_there(stage: BuyingStage, client_for: Callable[..., Browser]) -> None:
    cycle_id = stage.opened()
    stage.order(stage.cast.anna, cycle_id, {"Farina": 2000})
    for act in (close, send, deliver):
        stage.do(act, stage.cast.maker, cycle_id)
    page = client_for(stage.cast.anna).look(f"{HERE}/{cycle_id}")
    assert page.says("Pronto da ritirare")
    assert page.says("L’ordine fa 4,78")
    assert page.says("Da dare ancora: 4,78")


@on_sqlite
def test_a_lab_that_buys_together_shows_the_orders_of_its_zone(
    stage: BuyingStage, client_for: Callable[..., Browser], visitor: Browser
) -> None:
    cast, places = stage.cast, []
    for zone, kind in (("centro", "purchasing"), ("po", "purchasing"), ("centro", "street")):
        about = AboutLab(f"Lab {zone} {kind}", "La spesa", cast.zones[zone].id, kind=kind, is_public=True)
        with stage.database.writing() as session:
            lab = make_lab(session, cast.administrator.actor, about)
            open_lab(session, cast.administrator.actor, lab.id or 0)
            places.append(f"/c/cremona/labs/{lab.slug}")
    anna = client_for(cast.anna)
    assert anna.look(places[0]).says("Adesso il laboratorio non ha ordini in corso.")
    stage.opened()
    assert [anna.look(place).says("Arance di gennaio") for place in places] == [True, False, False]
    assert anna.look(places[0]).says("Altri in questa zona")
    assert not visitor.look(places[0]).says("Arance di gennaio")


@on_sqlite
def test_what_has_no_weight_is_said_beside_the_costs(stage: BuyingStage, client_for: Callable[..., Browser]) -> None:
    cycle_id = stage.opened()
    maker = client_for(stage.cast.maker)
    page = maker.look(f"{HERE}/{cycle_id}/costs")
    assert page.says("Prodotti di cui nessuno ha detto quanto pesano: 2")
    product = maker.look(page.link("Farina"))
    maker.submit(product, "Salva", grams="1000")
    assert maker.look(f"{HERE}/{cycle_id}/costs").says("quanto pesano: 1")
