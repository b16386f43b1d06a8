"""What a family, who keeps the till and a maker see, and what they do there."""

import re

import pytest
from sqlmodel import col, select

from civic_centers.reckoning import actions
from civic_centers.reckoning.tables import QuotaRequest
from foundation.audit.tables import AuditEntry
from tests.civic_centers.reckoning.books import Books
from tests.client import Page, on_sqlite

pytestmark = on_sqlite
HERE = "/c/cremona"
TOO_MUCH = "99999999999999999999/2027"


@pytest.fixture
def cycle(books: Books) -> int:
    return books.cycle({"anna": 2347, "bashir": 2347, "chiara": 100})


def test_a_purse_without_anything(books, client_for) -> None:
    browser = client_for(books.cast.anna)
    assert browser.look(f"{HERE}/purse").says("Tutto è saldato.")
    browser.look(f"{HERE}/purse/print")
    assert browser.look(f"{HERE}/purse/ask").says("non serve chiedere")
    assert client_for(books.cast.maker).look(f"{HERE}/till").says("Ancora niente da contare")
    assert client_for(books.cast.maker).look(f"{HERE}/quota/requests").says("Nessuno aspetta")
    assert client_for(books.cast.maker).look(f"{HERE}/till/left").says("tutto è saldato")


def test_what_a_family_sees(books, cycle, client_for) -> None:
    books.pay(cycle, "anna", 2000)
    browser = client_for(books.cast.anna)
    page = browser.look(f"{HERE}/purse")
    for words in ("Hai ancora da dare 3,47", "Farina di gennaio", "Ricevuta 1/2027"):
        assert page.says(words)
    assert browser.look(f"{HERE}/receipts/2027/1").says("20,00")
    table = browser.look(f"{HERE}/purse/movements.csv").html
    assert "20,00;;3,47;0,00;1/2027" in table
    assert browser.look(f"{HERE}/purse/print").says("23,47")
    client_for(books.cast.bashir).look(f"{HERE}/receipts/2027/1", status=404)


def test_the_till_from_payment_to_closing(books, cycle, client_for) -> None:
    browser = client_for(books.cast.maker)
    assert browser.look(f"{HERE}/till").says("Farina di gennaio")
    family = f"{HERE}/till/{cycle}/families/{books.cast.anna.party.id}"
    form = browser.look(family)
    assert 'value="23,47"' in form.html
    for _ in range(2):
        page = browser.submit(form, "Segna", cents="25", gift="1,53")
    assert page.says("saldato")
    browser.submit(form, "Segna", cents="26", gift="1,53", status=409)
    assert [one.cents for one in books.entries("payment", "gift")] == [2500, 153]
    assert books.of("quota") == 153
    out = browser.look(f"{HERE}/till/{cycle}/out")
    page = browser.submit(out, "Segna", cents="47.90", words="Ft 12")
    assert page.says("Ft 12")
    close = browser.look(f"{HERE}/till/{cycle}/close")
    assert close.says("Avanzano 0,04")
    browser.submit(close, "Chiudi i conti", left_over="5", status=409)
    browser.submit(close, "Chiudi i conti", left_over="x", status=422)
    assert browser.submit(browser.look(f"{HERE}/till/{cycle}/close"), "Chiudi i conti").says("nella cassa del gruppo")
    page = browser.look(browser.look(f"{HERE}/till/{cycle}").link("Uno sbaglio?"))
    browser.submit(page, "Sì, annulla", reason="Una cifra sbagliata")
    assert books.of("transfer") == 0


def test_what_is_in_favour_is_given_back(books, cycle, client_for) -> None:
    books.pay(cycle, "anna", 3000)
    browser = client_for(books.cast.maker)
    page = browser.look(f"{HERE}/till/{cycle}/families/{books.cast.anna.party.id}")
    page = browser.look(page.link("Restituisci quello"))
    browser.submit(page, "Segna", cents="6,54", status=409)
    browser.submit(page, "Segna", cents="6,53", request_key="another")
    assert books.balance("anna") == 0
    client_for(books.cast.maker).look(page.address, status=404)


@pytest.mark.parametrize("typed", ["", "-3", "1e9", "٣", "3,555", "0", "999999999", "3..5", "abc", "3\u00002"])
def test_amounts_that_cannot_be(books, cycle, client_for, typed) -> None:
    browser, anna = client_for(books.cast.maker), client_for(books.cast.anna)
    family = browser.look(f"{HERE}/till/{cycle}/families/{books.cast.anna.party.id}")
    browser.submit(family, "Segna", cents=typed, status=422)
    browser.submit(browser.look(f"{HERE}/till/{cycle}/out"), "Segna", cents=typed, status=422)
    browser.submit(browser.look(f"{HERE}/quota/give"), "Segna", cents=typed, status=422)
    anna.submit(anna.look(f"{HERE}/purse/ask"), "Manda alle community maker", cents=typed, status=422)
    assert books.entries("payment", "gift", "cost") == []


@pytest.mark.parametrize("typed", ["", "9/2027", "1/1", "x", "1/2027/3", TOO_MUCH, "-1/2027", "٣/2027"])
def test_a_receipt_that_is_not_there(books, cycle, client_for, typed) -> None:
    client_for(books.cast.maker).look(f"{HERE}/till/receipts", query_string={"number": typed}, status=422)


def test_a_mistake_is_found_by_its_number_and_taken_back(books, cycle, client_for) -> None:
    books.pay(cycle, "anna", 2347)
    browser = client_for(books.cast.maker)
    found = browser.look(f"{HERE}/till/receipts", query_string={"number": "1/2027"})
    assert found.says("Anna e famiglia")
    browser.submit(found, "Sì, annulla", reason="", status=422)
    browser.submit(found, "Sì, annulla", reason="Era di Bashir")
    browser.submit(found, "Sì, annulla", reason="Era di Bashir", request_key="another", status=409)
    assert browser.look(f"{HERE}/till/receipts/2027/1").says("2/2027")
    assert browser.look(f"{HERE}/till/receipts/2027/2").says("Questa ne annulla un’altra")
    assert client_for(books.cast.anna).look(f"{HERE}/receipts/2027/1").says("Annullata con la ricevuta 2/2027")


def bare(page: Page, books: Books) -> str:
    """A page without what names a family, and without what is new on every page."""
    text = re.sub(r'(nonce|value)="[^"]{16,}"', "", page.html)
    for name in ("anna", "bashir"):
        member = books.cast.members[name]
        text = text.replace(f"/families/{member.party.id}", "/families/N").replace(member.party.name, "NOME")
    return re.sub(r"/receipts/2027/\d|\b\d/2027|([0-9A-F]{4} ){3}[0-9A-F]{4}", "", text)


def test_the_same_bytes_for_who_paid_and_for_whom_the_quota_paid(books, cycle, client_for) -> None:
    """Whatever page of a family who keeps the till opens."""
    books.give(9000)
    books.pay(cycle, "bashir", 2347)
    books.grant("anna", 2347)
    browser = client_for(books.cast.maker)
    till = browser.look(f"{HERE}/till/{cycle}")
    lines = [part.split("</li>")[0] for part in bare(till, books).split("<li>") if "NOME" in part.split("</li>")[0]]
    assert len(lines) == 2
    assert lines[0] == lines[1]
    families = [f"{HERE}/till/{cycle}/families/{books.cast.members[name].party.id}" for name in ("anna", "bashir")]
    receipts = [f"{HERE}/receipts/2027/{number}" for number in (2, 1)]
    taken = [f"{HERE}/till/receipts/2027/{number}" for number in (2, 1)]
    for one, other in (families, receipts, taken):
        assert bare(browser.look(one), books) == bare(browser.look(other), books), one
    assert not till.says("cassa del gruppo"), "what lies in the cash box is not told while families pay"
    assert client_for(books.cast.anna).look(f"{HERE}/purse").says("Ha pagato la quota solidale")


def test_asking_and_the_answer(books, cycle, client_for) -> None:
    books.give(5000)
    anna, maker = client_for(books.cast.anna), client_for(books.cast.maker)
    form = anna.look(anna.look(f"{HERE}/purse").link("In questo momento è troppo?"))
    anna.submit(form, "Manda alle community maker", cents="23,48", status=409)
    page = anna.submit(form, "Manda alle community maker", cents="10", words="Mese difficile", request_key="one")
    assert page.says("Aspetta una risposta.")
    listed = maker.look(f"{HERE}/quota/requests")
    assert not listed.says("Mese difficile")
    page = maker.look(listed.link("Anna e famiglia"))
    assert page.says("Mese difficile")
    with books.database.reading() as session:
        request_id = session.exec(select(QuotaRequest)).one().id
        looks = session.exec(select(AuditEntry).where(col(AuditEntry.verb) == "looked")).all()
    assert [(one.kind, one.object_id) for one in looks] == [("quota_request", request_id)]
    client_for(books.cast.other_maker).look(page.address, status=404)
    maker.submit(page, "Paga dalla quota", cents="100", status=409)
    maker.submit(page, "Paga dalla quota", cents="10", answer="Volentieri", request_key="two")
    page = anna.look(f"{HERE}/purse")
    assert page.says("Volentieri")
    assert page.says("Hai ancora da dare 13,47")


def test_saying_no_and_taking_back(books, cycle, client_for) -> None:
    anna, maker = client_for(books.cast.anna), client_for(books.cast.maker)
    asked = books.do(actions.ask_quota, books.cast.anna, actions.Ask(1000))
    page = maker.look(f"{HERE}/quota/requests/{asked.id}")
    maker.submit(page, "Rispondi", reply="", status=422)
    maker.submit(page, "Rispondi", reply="Passa a trovarmi", request_key="one")
    assert anna.look(f"{HERE}/purse").says("Passa a trovarmi")
    books.do(actions.ask_quota, books.cast.anna, actions.Ask(1000))
    assert anna.submit(anna.look(f"{HERE}/purse"), "Ritira").says("Non è più chiesto.")


def test_an_offer_is_taken_or_refused(books, cycle, client_for) -> None:
    books.give(5000)
    anna, maker = client_for(books.cast.anna), client_for(books.cast.maker)
    offer = f"{HERE}/quota/offer/{books.cast.anna.party.id}"
    for button, says in (("No, grazie", "Va bene"), ("Sì, grazie", "Fatto.")):
        maker.submit(maker.look(offer), "Offri", cents="5")
        assert anna.look(f"{HERE}/waiting").says("nel borsellino")
        assert anna.submit(anna.look(f"{HERE}/purse"), button).says(says)
    assert books.balance("anna") == -1847
    assert maker.look(f"{HERE}/members/{books.cast.anna.party.id}").link("Offri un aiuto") == offer


def test_the_quota_for_everybody_and_for_makers(books, client_for) -> None:
    books.give(5000)
    assert not client_for(books.cast.anna).look(f"{HERE}/quota").says("50,00")
    maker = client_for(books.cast.maker)
    assert maker.look(f"{HERE}/quota").says("50,00")
    maker.submit(maker.look(f"{HERE}/quota/give"), "Segna", cents="7,5", words="Festa di via Palestro")
    assert books.of("quota") == 5750
    client_for(books.cast.anna).look(f"{HERE}/quota/give", status=404)


def test_the_way_there(books, cycle, client_for) -> None:
    anna = client_for(books.cast.anna).look(f"{HERE}/me")
    assert anna.link("Il tuo borsellino degli ordini di gruppo") == f"{HERE}/purse"
    assert f"{HERE}/till" not in anna.html
    assert client_for(books.cast.maker).look(f"{HERE}/me").link("La cassa") == f"{HERE}/till"
