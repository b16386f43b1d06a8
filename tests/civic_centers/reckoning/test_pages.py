"""What a family, who keeps the till and a maker see, and what they do there."""

import re
from typing import Any

import pytest
from sqlmodel import select

from civic_centers.reckoning import actions
from civic_centers.reckoning.tables import QuotaRequest
from foundation.audit.tables import AuditEntry
from tests.civic_centers.reckoning.books import Books

HERE = "/c/prova"


@pytest.fixture
def cycle(books: Books) -> int:
    return books.cycle({"anna": 2347, "bashir": 2347, "chiara": 100})


def test_a_purse_without_anything(books: Books, client_for: Any) -> None:
    page = client_for(books.cast.anna).get(f"{HERE}/purse")
    assert "Tutto è saldato." in page.text
    assert client_for(books.cast.anna).get(f"{HERE}/purse/print").status_code == 200


def test_what_a_family_sees(books: Books, cycle: int, client_for: Any) -> None:
    books.pay(cycle, "anna", 2000)
    browser = client_for(books.cast.anna)
    page = browser.get(f"{HERE}/purse")
    assert "Hai ancora da dare 3,47" in page.text
    assert "Farina di gennaio" in page.text
    assert "Ricevuta 1/2027" in page.text
    assert "20,00" in browser.get(f"{HERE}/receipts/2027/1").text
    table = browser.get(f"{HERE}/purse/movements.csv").text
    assert "20,00" in table
    assert "-3,47" in table
    assert "−" not in table
    assert "23,47" in browser.get(f"{HERE}/purse/print").text
    assert client_for(books.cast.bashir).get(f"{HERE}/receipts/2027/1").status_code == 404


def test_the_till_from_payment_to_closing(books: Books, cycle: int, client_for: Any) -> None:
    browser = client_for(books.cast.maker)
    assert "Farina di gennaio" in browser.get(f"{HERE}/till").text
    family = f"{HERE}/till/{cycle}/families/{books.cast.anna.party.id}"
    form = browser.get(family)
    assert 'value="23,47"' in form.text
    paid = form.submit(family, cents="25", gift="1,53", way="cash") if hasattr(form, "submit") else None
    if paid is None:
        key = re.search(r'name="request_key"[^>]*value="([^"]+)"', form.text).group(1)
        data = {"cents": "25", "gift": "1,53", "way": "cash", "request_key": key}
        for _ in range(2):
            assert browser.post(family, data=data).status_code == 303
        assert browser.post(family, data={**data, "cents": "26"}).status_code == 409
    assert [one.cents for one in books.entries("payment", "gift")] == [2500, 153]
    assert books.of("quota") == 153
    page = browser.get(f"{HERE}/till/{cycle}")
    assert "saldato" in page.text
    assert "Ancora aperto" in page.text
    out = f"{HERE}/till/{cycle}/out"
    assert browser.post(out, data={"what": "supplier", "cents": "47.90", "way": "transfer", "words": "Ft 12"}).ok
    close = f"{HERE}/till/{cycle}/close"
    assert "0,04" in browser.get(close).text
    assert browser.post(close, data={"left_over": "5"}).status_code == 409
    assert browser.post(close, data={"left_over": "4"}).status_code == 303
    assert "In cassa" in browser.get(f"{HERE}/till/{cycle}").text


@pytest.mark.parametrize("typed", ["", "-3", "1e9", "٣", "3,555", "0", "999999999", "3..5", "abc", "3\u00002"])
def test_amounts_that_cannot_be(books: Books, cycle: int, client_for: Any, typed: str) -> None:
    browser = client_for(books.cast.maker)
    family = f"{HERE}/till/{cycle}/families/{books.cast.anna.party.id}"
    assert browser.post(family, data={"cents": typed, "way": "cash"}).status_code == 422
    assert (
        browser.post(f"{HERE}/till/{cycle}/out", data={"cents": typed, "way": "cash", "what": "cost"}).status_code
        == 422
    )
    assert browser.post(f"{HERE}/quota/give", data={"cents": typed, "source": "cash"}).status_code == 422
    assert browser.post(f"{HERE}/till/{cycle}/close", data={"left_over": typed}).status_code in (409, 422)
    assert client_for(books.cast.anna).post(f"{HERE}/purse/ask", data={"cents": typed}).status_code == 422
    assert books.entries("payment", "gift", "cost") == []


@pytest.mark.parametrize(
    "typed", ["", "9/2027", "1/1", "x", "1/2027/3", "99999999999999999999/2027", "-1/2027", "٣/2027"]
)
def test_a_receipt_that_is_not_there(books: Books, cycle: int, client_for: Any, typed: str) -> None:
    page = client_for(books.cast.maker).get(f"{HERE}/till/receipts", query_string={"number": typed})
    assert page.status_code == 422


def test_a_mistake_is_found_by_its_number_and_taken_back(books: Books, cycle: int, client_for: Any) -> None:
    books.pay(cycle, "anna", 2347)
    browser = client_for(books.cast.maker)
    found = browser.get(f"{HERE}/till/receipts", query_string={"number": "1/2027"})
    assert found.status_code == 303
    address = f"{HERE}/till/receipts/2027/1"
    assert "Anna e famiglia" in browser.get(address).text
    assert browser.post(address, data={"reason": ""}).status_code == 422
    assert browser.post(address, data={"reason": "Era di Bashir"}).status_code == 303
    assert browser.post(address, data={"reason": "Era di Bashir"}).status_code == 409
    assert "2/2027" in browser.get(address).text
    assert "Annullata" in client_for(books.cast.anna).get(f"{HERE}/receipts/2027/1").text


def bare(page: Any, books: Books) -> str:
    """A page without what names a family, and what is new on every page."""
    text = re.sub(r'(nonce|value)="[^"]{16,}"', "", page.text)
    for name in ("anna", "bashir"):
        member = books.cast.members[name]
        text = text.replace(f"/families/{member.party.id}", "/families/N").replace(member.party.name, "NOME")
    return re.sub(r'id="csrf_token[^>]*>|/receipts/2027/\d|\b\d/2027|([0-9A-F]{4} ){3}[0-9A-F]{4}', "", text)


def test_the_same_bytes_for_who_paid_and_for_whom_the_quota_paid(books: Books, cycle: int, client_for: Any) -> None:
    """Whatever page of theirs who keeps the till opens, before and after the accounts are closed."""
    books.give(9000)
    books.pay(cycle, "bashir", 2347)
    books.grant("anna", 2347)
    browser = client_for(books.cast.maker)
    families = [books.cast.members[name].party.id for name in ("anna", "bashir")]
    till = browser.get(f"{HERE}/till/{cycle}")
    lines = [bare_line for bare_line in bare(till, books).split("<li>") if "NOME" in bare_line]
    assert len(lines) == 2
    assert lines[0].split("</li>")[0] == lines[1].split("</li>")[0]
    for address in ("{family}", "receipt", "take back"):
        if address == "{family}":
            pages = [browser.get(f"{HERE}/till/{cycle}/families/{family}") for family in families]
        else:
            start = f"{HERE}/receipts/2027" if address == "receipt" else f"{HERE}/till/receipts/2027"
            pages = [browser.get(f"{start}/{number}") for number in (2, 1)]
        assert pages[0].status_code == 200
        assert bare(pages[0], books) == bare(pages[1], books), address
    assert "cassa del gruppo" not in till.text, "what lies in the cash box is not told while families pay"


def test_asking_and_the_answer(books: Books, cycle: int, client_for: Any) -> None:
    books.give(5000)
    anna, maker = client_for(books.cast.anna), client_for(books.cast.maker)
    assert "23,47" in anna.get(f"{HERE}/purse/ask").text
    assert anna.post(f"{HERE}/purse/ask", data={"cents": "23,48"}).status_code == 409
    assert anna.post(f"{HERE}/purse/ask", data={"cents": "10", "words": "Mese difficile"}).status_code == 303
    with books.database.reading() as session:
        request_id = session.exec(select(QuotaRequest)).one().id
    assert "Aspetta una risposta." in anna.get(f"{HERE}/purse").text
    listed = maker.get(f"{HERE}/quota/requests")
    assert "Mese difficile" not in listed.text
    assert "Mese difficile" in maker.get(f"{HERE}/quota/requests/{request_id}").text
    with books.database.reading() as session:
        looks = session.exec(select(AuditEntry).where(AuditEntry.verb == "looked")).all()
    assert [(one.kind, one.object_id) for one in looks] == [("quota_request", request_id)]
    assert client_for(books.cast.other_maker).get(f"{HERE}/quota/requests/{request_id}").status_code == 404
    grant = f"{HERE}/quota/requests/{request_id}/grant"
    assert maker.post(grant, data={"cents": "100"}).status_code == 409
    assert maker.post(grant, data={"cents": "10", "answer": "Volentieri"}).status_code == 303
    page = anna.get(f"{HERE}/purse")
    assert "Volentieri" in page.text
    assert "Hai ancora da dare 13,47" in page.text


def test_an_offer_is_taken_or_refused(books: Books, cycle: int, client_for: Any) -> None:
    books.give(5000)
    anna, maker = client_for(books.cast.anna), client_for(books.cast.maker)
    offer = f"{HERE}/quota/offer/{books.cast.anna.party.id}"
    for verb in ("refuse", "accept"):
        assert maker.post(offer, data={"cents": "5"}).status_code == 303
        with books.database.reading() as session:
            request_id = session.exec(select(QuotaRequest).where(QuotaRequest.state == "waiting")).one().id
        assert "Sì, grazie" in anna.get(f"{HERE}/purse").text
        assert client_for(books.cast.bashir).post(f"{HERE}/purse/requests/{request_id}/accept").status_code == 404
        assert anna.post(f"{HERE}/purse/requests/{request_id}/{verb}").status_code == 303
    assert books.balance("anna") == -1847


def test_the_quota_for_everybody_and_for_makers(books: Books, client_for: Any) -> None:
    books.give(5000)
    page = client_for(books.cast.anna).get(f"{HERE}/quota")
    assert "50,00" not in page.text
    assert "50,00" in client_for(books.cast.maker).get(f"{HERE}/quota").text
    assert client_for(books.cast.anna).get(f"{HERE}/quota/give").status_code == 404


def test_the_way_there(books: Books, cycle: int, client_for: Any) -> None:
    books.do(actions.offer, books.cast.maker, books.cast.anna.party.id, 100)
    anna = client_for(books.cast.anna).get(f"{HERE}/me").text
    assert f"{HERE}/purse" in anna
    assert f"{HERE}/till" not in anna
    assert f"{HERE}/till" in client_for(books.cast.maker).get(f"{HERE}/me").text
