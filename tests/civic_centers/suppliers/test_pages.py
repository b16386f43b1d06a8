"""The pages of suppliers, as people use them."""

import io
from collections.abc import Callable
from datetime import date

import pytest

from civic_centers.suppliers import actions
from civic_centers.suppliers.queries import price_history, purchasers_in
from civic_centers.suppliers.rules import PriceSaid
from foundation import clock
from tests.civic_centers.suppliers.stage import LATER, SupplierStage, workbook
from tests.client import Browser, on_sqlite

pytestmark = on_sqlite
HOME = "/c/cremona/suppliers"


@pytest.fixture
def bashir(stage: SupplierStage, client_for: Callable[..., Browser]) -> Browser:
    return client_for(stage.cast.bashir)


@pytest.fixture
def anna(stage: SupplierStage, client_for: Callable[..., Browser]) -> Browser:
    return client_for(stage.cast.anna)


def test_members_read_prices_and_no_contacts(stage: SupplierStage, anna: Browser, bashir: Browser) -> None:
    product = stage.product("Farina tipo 2", category="Farine", season_from=10, season_to=3, pack=12_000)
    stage.do(actions.set_price, stage.cast.bashir, product, PriceSaid(36000), from_day=LATER)
    assert anna.look(f"{HOME}/").says("Cascina Lago Scuro")
    page = anna.look(f"{HOME}/{stage.supplier_id}")
    assert page.says("3,465 €")
    assert not page.says("0372 123456")
    assert bashir.look(f"{HOME}/{stage.supplier_id}").says("0372 123456")
    page = anna.look(f"{HOME}/products/{product}")
    assert page.says("3,60 €")
    assert page.says("in arrivo")
    assert page.says("12 pezzi")
    assert page.says("ottobre–marzo")
    assert not page.says("Un nuovo prezzo")
    assert anna.look(f"{HOME}/{stage.supplier_id}/prices").says("Farina tipo 2")


def test_empty_pages_say_what_to_do(stage: SupplierStage, anna: Browser, bashir: Browser) -> None:
    assert bashir.look(f"{HOME}/{stage.supplier_id}").link("Importa il listino")
    assert anna.look(f"{HOME}/{stage.supplier_id}").says("Non c’è ancora nessun prodotto")
    stage.product("Mele")
    assert anna.look(f"{HOME}/{stage.supplier_id}?q=pere").says("Prova con meno")
    assert anna.look(f"{HOME}/{stage.supplier_id}?q=MÈLE").says("Mele")


def test_a_supplier_is_written_down_and_changed(stage: SupplierStage, bashir: Browser) -> None:
    form = bashir.look(f"{HOME}/new")
    wrong = bashir.submit(form, "Segna", status=422, name="", goods="Miele")
    assert 'value="Miele"' in wrong.html
    there = bashir.submit(wrong, "Segna", status=422, name="Cascina Lago Scuro")
    assert there.says("c’è già un fornitore con questo nome")
    page = bashir.submit(there, "Segna", name="Apiario", order_minimum="250,00")
    assert page.says("250,00 €")
    form = bashir.look(page.link("Cambia la pagina"))
    assert form.soup.find("input", attrs={"name": "order_minimum"})["value"] == "250,00"
    assert bashir.submit(form, "Salva", name="Apiario Gerundo").says("Apiario Gerundo")
    assert bashir.submit(form, "Salva", status=409, name="Altro").says("Nel frattempo questa pagina è cambiata")


def test_a_product_is_written_down_priced_and_ended(stage: SupplierStage, bashir: Browser) -> None:
    form = bashir.look(f"{HOME}/{stage.supplier_id}/products/new")
    said = {"name": "Mele", "unit": "kg", "price": "2.150", "from_day": "2027-01-11"}
    assert bashir.submit(form, "Aggiungi", status=422, **said).says("scrivilo con la virgola")
    page = bashir.submit(form, "Aggiungi", **{**said, "price": "2,15"})
    assert page.says("2,15 € / kg")
    assert page.says("A multipli di 0,1")
    priced = bashir.submit(bashir.look(page.link("Un nuovo prezzo")), "Salva", price="2,465", from_day="2027-01-12")
    assert priced.says("2,15 € / kg")
    assert priced.says("2,465 €")
    stock = bashir.submit(bashir.look(page.link("Ce n’è?")), "Salva", available="no", most_available="")
    assert stock.says("esaurito")
    assert bashir.submit(stock, "Toglilo dal listino").says("Non è più in vendita")
    edit = bashir.look(page.link("Cambialo") if "Cambialo" in page.html else f"{page.address}/edit")
    assert bashir.submit(edit, "Salva", step="0,333", least="1", status=422).errors()


@pytest.mark.parametrize("typed", ["-3", "1e9", "٣", "\x00", "9" * 30, "0", "1,2,3"])
def test_absurd_prices_come_back_with_a_reason(stage: SupplierStage, bashir: Browser, typed: str) -> None:
    product = stage.product()
    form = bashir.look(f"{HOME}/products/{product}/price")
    bashir.submit(form, "Salva", status=422, price=typed)
    assert stage.price(product) == 34650


@pytest.mark.parametrize("typed", ["-1", "1e9", "٣", "9" * 30, "0,0001"])
def test_absurd_quantities_too(stage: SupplierStage, bashir: Browser, typed: str) -> None:
    product = stage.product()
    form = bashir.look(f"{HOME}/products/{product}/stock")
    bashir.submit(form, "Salva", status=422, available="yes", most_available=typed)
    assert stage.products()["Farina tipo 2"].most_available is None


def test_a_list_goes_in_and_out_again(stage: SupplierStage, bashir: Browser) -> None:
    rows = [["Listino"], ["Cod.", "Prodotto", "U.M.", "Prezzo"], ["M1", "Mele", "kg", 2.15], ["M2", "=1+1", "pz", 1]]
    content = workbook(rows[:3])
    form = bashir.look(f"{HOME}/{stage.supplier_id}/list")
    columns = bashir.submit(form, "Guardalo", file=(io.BytesIO(content), "listino.xlsx"), from_day="2027-01-11")
    assert columns.says("2,15")
    looking = bashir.submit(columns, "Guarda riga per riga")
    stage.desk().work()
    checked = bashir.look(looking.address)
    assert checked.says("2,15 € / kg")
    bashir.submit(checked, "Importa 1 modifica")
    stage.desk().work()
    assert bashir.look(looking.address).says("Importato") or bashir.look(looking.address).says("Guarda i prodotti")
    assert bashir.look(f"{HOME}/{stage.supplier_id}").says("Mele")
    undo = bashir.look(bashir.look(looking.address).link("Annulla questo listino"))
    bashir.submit(undo, "Annullalo" if "Annullalo" in undo.html else "Annulla")
    stage.desk().work()
    assert stage.products()["Mele"].state == "ended"


def test_the_columns_must_say_names_and_prices(stage: SupplierStage, bashir: Browser) -> None:
    form = bashir.look(f"{HOME}/{stage.supplier_id}/list")
    columns = bashir.submit(form, "Guardalo", file=(io.BytesIO(b"A;B\nMele;2\n"), "l.csv"), from_day="2027-01-11")
    page = bashir.submit(columns, "Guarda riga per riga", status=422)
    assert page.says("in quale colonna stanno i prezzi")
    assert page.says("in quale colonna stanno i nomi")


def test_what_is_wrong_with_a_file_is_said_at_once(stage: SupplierStage, bashir: Browser) -> None:
    form = bashir.look(f"{HOME}/{stage.supplier_id}/list")
    page = bashir.submit(
        form, "Guardalo", status=422, file=(io.BytesIO(b"PK\x03\x04x"), "l.xlsx"), from_day="2027-01-11"
    )
    assert page.says("non si apre")


def test_the_file_given_out_is_harmless_and_can_be_taken_in(stage: SupplierStage, anna: Browser) -> None:
    stage.product("=HYPERLINK(1)", code="-1", description="@x", pack=6000, season_from=10, season_to=3)
    stage.product("Caciotta", unit="kg", is_weighed=True, piece_weight=800, step=800, least=800, price=125_000)
    given = anna.client.get(f"{HOME}/{stage.supplier_id}/products.csv").get_data()
    text = given.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    assert "'-1" in text
    assert "\n=" not in text
    assert ";=" not in text
    run = stage.look(given)
    assert (run.fault_count, run.new, run.unchanged) == (0, 0, 2), run.faults


def test_who_is_related_says_so(stage: SupplierStage, bashir: Browser, anna: Browser) -> None:
    form = bashir.look(f"{HOME}/{stage.supplier_id}/interest")
    bashir.submit(form, "Salva", words="È di mio fratello")
    assert anna.look(f"{HOME}/{stage.supplier_id}").says("È di mio fratello")
    bashir.submit(bashir.look(f"{HOME}/{stage.supplier_id}/interest"), "Salva", words="")
    assert not anna.look(f"{HOME}/{stage.supplier_id}").says("È di mio fratello")


def test_makers_put_somebody_in_charge(stage: SupplierStage, client_for: Callable[..., Browser]) -> None:
    maker = client_for(stage.cast.maker)
    form = maker.look(f"{HOME}/purchasers")
    said = {"zone_id": str(stage.zone_id), "person_id": str(stage.cast.chiara.id)}
    page = maker.submit(form, "Dai l’incarico", **said)
    assert page.says(stage.cast.chiara.name)
    assert maker.submit(page, "Dai l’incarico", status=422, **said).says("se ne occupa già")
    assert client_for(stage.cast.chiara).look(f"{HOME}/{stage.supplier_id}/edit")


def test_a_closed_supplier_is_read_and_not_changed(stage: SupplierStage, bashir: Browser) -> None:
    product = stage.product("Mele")
    form = bashir.look(f"{HOME}/{stage.supplier_id}/state")
    page = bashir.submit(form, "Salva", state="closed", words="In pensione")
    assert page.says("In pensione")
    assert page.says("Mele")
    assert bashir.look(f"{HOME}/products/{product}").says("Il fornitore è chiuso")
    assert bashir.look(f"{HOME}/products/{product}/price", status=404)
    reopened = bashir.submit(bashir.look(f"{HOME}/{stage.supplier_id}/state"), "Salva", state="open", words="")
    assert reopened.says("Il fornitore è aperto")


def test_the_search_box_finds_suppliers(stage: SupplierStage, client_for: Callable[..., Browser]) -> None:
    number = stage.supplier("Frantoio Bianchi", goods="Olio e olive")
    anna = client_for(stage.cast.anna)
    for words in ("frantoio", "olive"):
        assert anna.look(f"/c/cremona/search?q={words}").says("Frantoio Bianchi"), words
    stage.do(actions.set_state, stage.cast.bashir, number, "closed")
    assert not anna.look("/c/cremona/search?q=olive").says("Frantoio Bianchi")
    stage.do(actions.set_state, stage.cast.bashir, number, "open")
    stage.do(actions.hide_supplier, stage.cast.maker, number)
    assert not anna.look("/c/cremona/search?q=olive").says("Frantoio Bianchi")
    stage.do(actions.show_supplier, stage.cast.maker, number)
    assert anna.look("/c/cremona/search?q=olive").says("Frantoio Bianchi")


def test_a_price_without_vat_gets_it_and_needs_the_rate(stage: SupplierStage, bashir: Browser) -> None:
    product = stage.product("Miele")
    form = bashir.look(f"{HOME}/products/{product}/price")
    said = {"price": "6,50", "without_vat": "y", "from_day": "2027-01-11"}
    assert bashir.submit(form, "Salva", status=422, **said, vat="").errors()
    bashir.submit(form, "Salva", **said, vat="10")
    again = bashir.look(f"{HOME}/products/{product}/price")
    bashir.submit(again, "Salva", price="7,00", vat="4", from_day="2027-01-12")
    with stage.database.reading() as session:
        known = [(one.price, one.net, one.vat_rate) for one in price_history(session, product)]
    assert known == [(70_000, None, 400), (71_500, 65_000, 1000)]


def test_changing_a_product_leaves_its_stock_alone(stage: SupplierStage, bashir: Browser) -> None:
    product = stage.product("Mele")
    stage.do(actions.set_available, stage.cast.bashir, product, available=True, most=5000)
    form = bashir.look(f"{HOME}/products/{product}/edit")
    bashir.submit(form, "Salva", name="Mele Golden", step="1", least="2", piece_weight="0,5")
    [apples] = stage.products().values()
    assert (apples.name, apples.least, apples.most_available, apples.piece_weight) == ("Mele Golden", 2000, 5000, None)
    stage.do(actions.set_available, stage.cast.bashir, product, available=False, most=None)
    bashir.submit(bashir.look(f"{HOME}/products/{product}/edit"), "Salva", name="Mele")
    assert not stage.products()["Mele"].available


def test_a_charge_lasts_to_the_end_of_its_last_day(stage: SupplierStage, client_for: Callable[..., Browser]) -> None:
    maker, chiara = client_for(stage.cast.maker), stage.cast.chiara
    form = maker.look(f"{HOME}/purchasers")
    maker.submit(
        form, "Dai l’incarico", zone_id=str(stage.zone_id), person_id=str(chiara.id), last_day="2027-01-12"
    )  # fmt: skip
    [ends] = [row.ends_at for row, person in stage.ask(purchasers_in, stage.cast.maker, [stage.zone_id])
              if person.id == chiara.id]  # fmt: skip
    assert ends == clock.start_of_day(date(2027, 1, 13), "Europe/Rome")
