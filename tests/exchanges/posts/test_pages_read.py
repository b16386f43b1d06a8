"""The board and the page of a post, as people meet them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from community.parties.tables import PartySkill
from exchanges.posts import actions
from foundation import clock
from foundation.feature import registry
from foundation.jobs import run_due
from foundation.jobs.actions import enqueue
from tests.cast import verify_for_care
from tests.client import Browser, on_sqlite
from tests.exchanges.posts.stage import Stage

pytestmark = on_sqlite

HOME = "/c/cremona"
BOARD = f"{HOME}/board"

Sign = Callable[..., Browser]


def test_a_visitor_reads_what_is_public_and_no_names(visitor: Browser, stage: Stage) -> None:
    said = {"description": "Lunedì", "place": "mine", "place_words": "via Dante 3"}
    post_id = stage.open_post(stage.cast.anna, title="Passaggio in ospedale", visibility="public", **said)
    stage.open_post(stage.cast.anna, title="Solo per noi")
    board = visitor.look(BOARD)
    assert board.says("Passaggio in ospedale")
    assert not board.says("Solo per noi")
    post = visitor.look(board.link("Passaggio in ospedale"))
    assert post.link("Entra nella comunità")
    for page in (board, post):
        assert "Anna" not in page.html
        assert "via Dante" not in page.html
    assert post.soup.find("meta", {"property": "og:title"})["content"] == "Passaggio in ospedale"
    assert visitor.look(f"{HOME}/posts/{post_id + 1}", status=404)


def test_what_is_not_public_has_no_description_for_others(client_for: Sign, stage: Stage) -> None:
    post_id = stage.open_post(stage.cast.anna)
    page = client_for(stage.cast.bashir).look(f"{HOME}/posts/{post_id}")
    assert page.soup.find("meta", {"property": "og:title"}) is None


def test_an_empty_board_says_what_to_do(client_for: Sign, visitor: Browser, stage: Stage) -> None:
    assert client_for(stage.cast.anna).look(BOARD).link("Scrivi il primo")
    assert visitor.look(BOARD).link("Entra nella comunità")
    filtered = client_for(stage.cast.anna).look(f"{BOARD}?kind=need&q=tende")
    assert filtered.link("Tutta la bacheca") == BOARD


def test_filters_make_an_address_that_can_be_shared(client_for: Sign, stage: Stage) -> None:
    stage.open_post(stage.cast.anna, title="Cerco una scala")
    stage.open_post(stage.cast.dario, "offer", title="Offro lezioni", gift=True)
    bashir = client_for(stage.cast.bashir)
    page = bashir.look(BOARD)
    form = page.form("Cerca")
    data = bashir.filled(form) | {"kind": "offer"}
    found = bashir.look(BOARD, query_string=data)
    assert found.says("Offro lezioni")
    assert not found.says("Cerco una scala")
    assert found.soup.find("input", {"name": "kind", "value": "offer"}).has_attr("checked")
    assert found.says("1 annuncio")
    assert found.response.request.full_path == f"{BOARD}?kind=offer", "only what is set stands in the address"


@pytest.mark.parametrize(
    "question",
    [
        "kind=nonsense&pay=gold&zone=abc&category=-1",
        "zone=99999999999999999999999&category=99999999999999999999",
        "q=%00%F0%9F%8C%BB%ED%A0%80&after=%00",
        "after=AAAA&after=BBBB",
        "after=" + "A" * 5000,
        "q=" + "parola " * 900,
        "zone=%D9%A3",
    ],
)
def test_nothing_typed_into_the_address_breaks_the_board(client_for: Sign, stage: Stage, question: str) -> None:
    stage.open_post(stage.cast.anna)
    client_for(stage.cast.bashir).look(f"{BOARD}?{question}")


def test_real_links_lead_through_the_pages(client_for: Sign, stage: Stage) -> None:
    for number in range(23):
        stage.open_post(stage.cast.anna, title=f"Annuncio {number:02}")
    bashir = client_for(stage.cast.bashir)
    first = bashir.look(f"{BOARD}?kind=need")
    second = bashir.look(first.link("Mostra altri annunci"))
    assert second.says("Annuncio 00")
    assert not second.says("Annuncio 22")
    assert "kind=need" in second.link("Torna ai più recenti")
    assert bashir.look(second.link("Torna ai più recenti")).says("Annuncio 22")


def test_a_script_asks_for_the_list_alone(client_for: Sign, stage: Stage) -> None:
    stage.open_post(stage.cast.anna, title="Cerco una scala")
    bashir = client_for(stage.cast.bashir)
    response = bashir.client.get(BOARD, headers={"HX-Request": "true"})
    html = response.get_data(as_text=True)
    assert html.lstrip().startswith('<div id="board">')
    assert "HX-Request" in response.headers["Vary"]
    chosen = bashir.client.get(f"{BOARD}?kind=need&zone=&q=", headers={"HX-Request": "true"})
    assert chosen.headers["HX-Push-Url"] == f"{BOARD}?kind=need"


def test_the_address_holds_only_what_is_set(client_for: Sign, stage: Stage) -> None:
    bashir = client_for(stage.cast.bashir)
    repairs = stage.cast.categories["repairs"].id
    everything = f"{BOARD}?kind=need&category=&zone=&pay=&q=Tende+blu"
    page = bashir.look(everything, follow=False, status=303)
    assert page.response.headers["Location"] == f"{BOARD}?q=Tende+blu&kind=need"
    assert bashir.look(everything).soup.find(id="q")["value"] == "Tende blu"
    for typed, said in (
        ("?kind=&category=&zone=&pay=&q=", ""),
        (f"?kind=offer&category={repairs}&q=", f"?kind=offer&category={repairs}"),
        ("?kind=both&zone=99999&q=%00", ""),
    ):
        response = bashir.client.get(BOARD + typed, headers={"HX-Request": "true"})
        assert (response.status_code, response.headers["HX-Push-Url"]) == (200, BOARD + said)
    assert bashir.look(f"{BOARD}?kind=need", follow=False).status == 200
    assert bashir.look(f"{BOARD}?after=xyz", follow=False).status == 200


def test_a_page_that_comes_back_from_the_history_is_whole(client_for: Sign, stage: Stage) -> None:
    bashir = client_for(stage.cast.bashir)
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in bashir.client.get(BOARD, headers=headers).get_data(as_text=True)


def test_a_neighbour_can_answer_with_one_tap(client_for: Sign, stage: Stage) -> None:
    need = stage.open_post(stage.cast.anna, minutes=90)
    offer = stage.open_post(stage.cast.anna, "offer")
    bashir = client_for(stage.cast.bashir)
    assert f"/posts/{need}" in bashir.look(f"{HOME}/posts/{need}").link("Posso aiutare io")
    page = bashir.look(f"{HOME}/posts/{offer}")
    assert page.link("Mi serve")
    assert page.link("Anna e famiglia") == f"{HOME}/members/{stage.cast.anna.party.id}"
    own = client_for(stage.cast.anna).look(f"{HOME}/posts/{need}")
    assert "Posso aiutare" not in own.html


def test_care_says_who_may_come_and_who_was_met(client_for: Sign, stage: Stage) -> None:
    own = {"children": 2, "age_bands": ["3-5"], "where_words": "Al parco", "pick_up": "La zia"}
    post_id = stage.open_post(stage.cast.anna, category="childcare", own=own)
    bashir = client_for(stage.cast.bashir)
    page = bashir.look(f"{HOME}/posts/{post_id}")
    assert page.says("Con i bambini andiamo con cura.")
    assert page.says("Al parco")
    assert not page.says("La zia"), "who picks up is for the two parties only"
    assert not page.says("Incontro di persona")
    with stage.database.writing() as session:
        verify_for_care(session, stage.cast, stage.cast.anna)
    assert bashir.look(f"{HOME}/posts/{post_id}").says("Incontro di persona")


def test_strangers_and_numbers_that_no_row_has_are_not_found(client_for: Sign, stage: Stage) -> None:
    draft = stage.draft(stage.cast.anna)
    bashir = client_for(stage.cast.bashir)
    for post_id in (draft, 999_999, 2**31 - 1):
        for path in ("", "/what", "/when", "/how", "/reread", "/close", "/discard"):
            bashir.look(f"{HOME}/posts/{post_id}{path}", status=404)
        for verb in ("publish", "pause", "resume", "close", "renew", "duplicate", "discard", "what", "when", "how"):
            address = f"{HOME}/posts/{post_id}/{verb}"
            bashir.post(address, token_from=f"{HOME}/posts/new?kind=need", status=404, found="yes")
    assert stage.post(draft).state == "draft"


def test_a_visitor_is_asked_to_sign_in_before_writing(visitor: Browser, stage: Stage) -> None:
    for path in ("/posts/new", "/posts/new?kind=need", "/posts/mine"):
        assert visitor.client.get(HOME + path).status_code == 303


def test_the_owner_pauses_renews_copies_and_closes(client_for: Sign, stage: Stage) -> None:
    post_id = stage.open_post(stage.cast.anna)
    anna = client_for(stage.cast.anna)
    page = anna.look(f"{HOME}/posts/{post_id}")
    page = anna.submit(page, "Metti in pausa")
    assert page.says("In pausa")
    page = anna.submit(page, "Rimettilo in bacheca")
    page = anna.submit(page, "Rinnova")
    copy = anna.submit(page, "Fai una copia")
    assert copy.says("Rileggi e pubblica")
    again = anna.submit(page, "Fai una copia")
    assert again.address == copy.address, "the same press makes one copy"
    asking = anna.look(page.link("Trovato, o non serve più"))
    refused = anna.submit(asking, "Chiudilo", status=422)
    assert refused.errors()
    closed = anna.submit(refused, "Chiudilo", found="yes")
    assert closed.says("Qualcuno si è trovato: grazie.")
    mine = anna.look(f"{HOME}/posts/mine")
    assert mine.says("Conclusi")
    assert mine.says("Bozze da finire")
    assert anna.submit(closed, "Rimettilo in bacheca").says("Rinnovato")


def test_the_letter_leads_to_a_page_with_a_button(app: Flask, client_for: Sign, stage: Stage) -> None:
    with clock.at(clock.now() - timedelta(days=28)):
        post_id = stage.open_post(stage.cast.anna, title="Una scala in prestito")
    jobs = {job.kind: job for job in registry.every("jobs") if job.kind.startswith("posts.")}
    with stage.database.writing() as session:
        for kind in jobs:
            enqueue(session, kind)
    assert run_due(stage.database, jobs) == len(jobs)
    assert [letter["values"] for letter in stage.letters("posts:expiring")] == [{"post_id": post_id}]
    anna = client_for(stage.cast.anna)
    assert anna.look(f"{HOME}/waiting").says("Vale ancora? Una scala in prestito")
    page = anna.look(f"{HOME}/posts/{post_id}")
    before = stage.post(post_id).expires_on
    anna.submit(page, "Tienilo un altro mese")
    assert stage.post(post_id).expires_on > before
    assert not anna.look(f"{HOME}/waiting").says("Una scala in prestito")


def test_a_report_reaches_the_maker_who_hides_it(client_for: Sign, stage: Stage) -> None:
    post_id = stage.open_post(stage.cast.anna, title="Vendo gioielli")
    bashir = client_for(stage.cast.bashir)
    report = bashir.look(bashir.look(f"{HOME}/posts/{post_id}").link("Segnala"))
    assert report.says("Vendo gioielli")
    bashir.submit(report, "Offende o minaccia")
    maker = client_for(stage.cast.maker)
    case = maker.look(maker.look(f"{HOME}/reports/").soup.select_one("main a.r-report")["href"])
    ruling = maker.look(case.link("La togliamo dalla vista"))
    maker.submit(ruling, "Decido così", words="Non si vende")
    assert stage.post(post_id).closing == "hidden"
    bashir.look(f"{HOME}/posts/{post_id}", status=404)
    page = client_for(stage.cast.anna).look(f"{HOME}/posts/{post_id}")
    assert page.says("Una community maker l’ha tolto dalla vista.")
    assert page.says("Non si vende"), "the author reads why"


def test_home_and_profile_show_posts(client_for: Sign, visitor: Browser, stage: Stage) -> None:
    stage.open_post(stage.cast.anna, title="Cerco una scala", visibility="public")
    bashir = client_for(stage.cast.bashir)
    assert bashir.look(f"{HOME}/").says("Cerco una scala")
    assert visitor.look(f"{HOME}/").says("Cerco una scala")
    assert bashir.look(f"{HOME}/members/{stage.cast.anna.party.id}").says("Cerco una scala")
    assert "kind=need" in bashir.look(f"{HOME}/").link("Chiedo una mano")


def test_home_suggests_needs_i_can_answer(client_for: Sign, stage: Stage) -> None:
    stage.open_post(stage.cast.chiara, category="transport", title="Un passaggio in stazione")
    for number in range(6):
        stage.open_post(stage.cast.dario, title=f"Altro {number}")
    bashir = client_for(stage.cast.bashir)
    assert not bashir.look(f"{HOME}/").says("Un passaggio in stazione")
    with stage.database.writing() as session:
        category_id = stage.cast.categories["transport"].id
        session.add(PartySkill(party_id=stage.cast.bashir.party.id, category_id=category_id, kind="offer"))
    home = bashir.look(f"{HOME}/")
    assert home.says("Qui potresti dare una mano tu")
    assert home.link("Un passaggio in stazione")


def test_english_is_complete(client_for: Sign, stage: Stage) -> None:
    post_id = stage.open_post(stage.cast.anna, rhythm="weekly", weekdays=[4], weekly_at="16:30")
    with stage.database.writing() as session:
        session.get(type(stage.cast.bashir.person), stage.cast.bashir.id).language = "en"
    page = client_for(stage.cast.bashir, language="en").look(f"{HOME}/posts/{post_id}")
    assert page.says("Every Thursday at 16:30")
    assert page.link("I can help")


def test_a_paused_post_cannot_be_edited_into_the_open(client_for: Sign, stage: Stage) -> None:
    post_id = stage.open_post(stage.cast.anna)
    anna = client_for(stage.cast.anna)
    page = anna.look(f"{HOME}/posts/{post_id}/how")
    stage.do(actions.close_post, stage.cast.anna, post_id, found=True)
    refused = anna.submit(page, "Salva", status=409)
    assert refused.says("Questo annuncio è finito")
    assert anna.look(f"{HOME}/posts/{post_id}/how").says("Qualcuno si è trovato")
