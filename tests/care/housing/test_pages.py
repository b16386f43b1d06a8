"""The pages, as who asks, who offers and a maker walk through them."""

from collections.abc import Callable

import pytest

from care.housing import actions
from care.housing.queries.cases import KIND, own_view
from community.moderation.tables import Block
from foundation import audit
from tests.care.housing.stage import ABOUT_NEED, ABOUT_OFFER, WORDS, HousingStage
from tests.cast import let_makers_act, make_member
from tests.client import Browser, on_sqlite

pytestmark = on_sqlite
Open = Callable[..., Browser]
HERE = "/c/cremona/beside-you"


def test_asking_one_thing_a_page_and_sending_it(stage: HousingStage, client_for: Open) -> None:
    anna = client_for(stage.cast.anna)
    assert "Casa: chiedi o offri aiuto" in anna.look("/c/cremona/me").words
    page = anna.look(f"{HERE}/new/need")
    assert anna.submit(page, "Avanti", status=422).errors()
    page = anna.submit(page, "Avanti", kind="stay")
    wrong = anna.submit(page, "Avanti", status=422, words="   ", place="Centro")
    assert 'value="Centro"' in wrong.html
    page = anna.submit(wrong, "Avanti", words=WORDS, place="Centro")
    wrong = anna.submit(page, "Avanti", status=422, from_on="2027-05-01", to_on="2027-02-01")
    assert wrong.errors()
    page = anna.submit(wrong, "Avanti", from_on="2027-02-01", to_on="2027-05-31")
    for odd in ("-3", "1e9", "1.5", "999999999999999999999"):
        assert anna.submit(page, "Avanti", status=422, band_0=odd).errors(), odd
    page = anna.submit(page, "Avanti", band_0="1", band_3="2")
    page = anna.submit(page, "Avanti", conditions="Siamo al terzo piano va bene")
    page = anna.submit(page, "Avanti", reach="call", reach_words="Dopo le nove", language="it")
    page = anna.submit(page, "Avanti", excluded=[str(stage.cast.second.id)])
    assert page.says("Da 18 a 64 anni: 2")
    done = anna.submit(page, "Manda allo sportello")
    assert done.says("Mandato allo sportello")
    assert done.says("Maker Prova")
    assert not done.says("Second Prova")
    again = anna.submit(page, "Manda allo sportello")
    assert again.says(WORDS), "sent twice it is sent once"


def test_every_page_can_be_left_at_once_and_nothing_is_kept(stage: HousingStage, client_for: Open) -> None:
    need, offer = stage.pair()
    match = stage.introduced(need, offer)
    terms = {"conditions": "Bollette a metà"}
    stage.do(actions.write_sheet, stage.cast.anna, match, terms, from_on=None, to_on=None, seen=0)
    question = stage.question(match, "need", "hear")
    own = ("", "/new/need", f"/{need}", f"/{need}/what", f"/{need}/readers", f"/asked/{question}", f"/together/{match}",
           f"/together/{match}/sheet", f"/together/{match}/hand")  # fmt: skip
    desk = ("/desk", "/desk/numbers", f"/desk/{need}", f"/desk/{need}/with/{offer}", f"/desk/introduction/{match}",
            f"/desk/{need}/helped", f"/desk/{need}/close")  # fmt: skip
    for who, addresses in ((stage.cast.anna, own), (stage.cast.maker, desk)):
        browser = client_for(who)
        for address in addresses:
            page = browser.look(HERE + (address or "/"))
            first = page.soup.select_one("#content").select_one("a, button, input:not([type=hidden])")
            assert first.get("data-exit-kind") == "page", address
            assert page.soup.select_one("[data-nothing-kept]"), address
            assert not page.soup.select("[data-queue]"), address
            assert "Casa" not in page.title, "the history of the telephone says nothing"
    printed = client_for(stage.cast.bashir).look(f"{HERE}/together/{match}/print")
    assert printed.says("Anna Prova")
    assert printed.says("Bashir Prova")
    assert printed.says("non è un contratto")


def test_several_makers_are_ticked_and_stay_ticked(stage: HousingStage, client_for: Open) -> None:
    need = stage.sent(is_wide=True)
    anna, two = client_for(stage.cast.anna), [str(stage.cast.maker.id), str(stage.cast.members["second"].id)]
    form = anna.look(f"{HERE}/{need}/readers")
    shown = anna.submit(form, "Tieni quello che ho scritto", excluded=two)
    assert "e nessun altro: Other Maker Prova." in shown.words
    again = anna.look(f"{HERE}/{need}/readers")
    assert {box["value"] for box in again.soup.select("input[name=excluded][checked]")} == set(two)
    other = anna.submit(form, "Tieni quello che ho scritto", status=409, excluded=two[:1])
    assert other.errors(), "the same form with fewer ticks is not what was kept"
    free = anna.submit(again, "Tieni quello che ho scritto", excluded=None)
    assert "e nessun altro: Maker Prova, Other Maker Prova e Second Prova." in free.words


def test_who_reads_what_is_over_can_still_be_changed(stage: HousingStage, client_for: Open) -> None:
    need, anna = stage.sent(), client_for(stage.cast.anna)
    stage.do(actions.help_case, stage.cast.maker, need, "stay")
    page = anna.look(f"{HERE}/{need}")
    assert "e nessun altro: Maker Prova e Second Prova." in page.words
    form = anna.look(page.link("Cambia: Chi lo legge"))
    shown = anna.submit(form, "Tieni quello che ho scritto", excluded=[str(stage.cast.maker.id)])
    assert "e nessun altro: Second Prova." in shown.words
    client_for(stage.cast.maker).look(f"{HERE}/desk/{need}", status=404)
    anna.look(f"{HERE}/{need}/what", status=404)


def test_an_introduction_from_both_sides(stage: HousingStage, client_for: Open) -> None:
    need, offer = stage.pair()
    maker, anna, bashir = (client_for(stage.cast.members[who]) for who in ("maker", "anna", "bashir"))
    page = maker.look(maker.look(f"{HERE}/desk/{need}").link("Po, aspetta"))
    wrong = maker.submit(page, "Chiedi alla prima persona", status=422, words="Bashir ha una stanza", first_side="need")
    assert wrong.errors()
    page = maker.submit(wrong, "Chiedi alla prima persona", words=ABOUT_OFFER, first_side="need", days="5")
    assert page.says("aspetta una risposta")
    match = 1
    assert "Stiamo chiedendo" in anna.look(f"{HERE}/{need}").words
    asked = anna.look(f"{HERE}/asked/{stage.question(match, 'need', 'hear')}")
    assert asked.says(ABOUT_OFFER)
    assert not asked.says("Bashir")
    assert anna.submit(asked, "Sì").says("Il tuo sì è scritto")
    assert not bashir.look(f"{HERE}/{offer}").says("Le domande per te")
    form = maker.look(f"{HERE}/desk/introduction/{match}")
    maker.submit(form, "Chiedi alla seconda persona", **{"second-words": ABOUT_NEED})
    bashir.submit(bashir.look(f"{HERE}/asked/{stage.question(match, 'offer', 'hear')}"), "Sì")
    for step in ("names", "contacts"):
        for browser, side in ((anna, "need"), (bashir, "offer")):
            browser.look(f"{HERE}/together/{match}", status=404 if step == "names" else 200)
            browser.submit(browser.look(f"{HERE}/asked/{stage.question(match, side, step)}"), "Sì")
    met = anna.look(f"{HERE}/together/{match}")
    assert met.says("bashir@example.org")
    assert bashir.look(f"{HERE}/together/{match}").says("anna@example.org")
    page = anna.submit(
        anna.look(f"{HERE}/together/{match}/sheet"), "Scrivi il foglio",
        conditions="Bollette a metà", need_does="Tiene pulito", offer_does="Dà le chiavi",
    )  # fmt: skip
    assert page.says("Bollette a metà")
    assert not page.says("Dico sì"), "writing it was her yes"
    agreed = bashir.submit(bashir.look(f"{HERE}/together/{match}"), "Dico sì")
    assert agreed.says("Il tuo sì è scritto")
    assert not agreed.says("Dico sì")
    over = bashir.submit(bashir.look(f"{HERE}/asked/{stage.question(match, 'offer', 'contacts')}"), "Ritira")
    assert over.says("saprà solo che non si va avanti")
    anna.look(f"{HERE}/together/{match}", status=404)
    assert anna.look(f"{HERE}/asked/{stage.question(match, 'need', 'hear')}").says("Questa volta non si va avanti")


def test_a_look_is_recorded_and_shown_to_the_person_alone(stage: HousingStage, client_for: Open) -> None:
    need, _offer = stage.pair()
    client_for(stage.cast.maker).look(f"{HERE}/desk/{need}")
    with stage.database.reading() as session:
        assert [one.actor_person_id for one in audit.looks_at(session, KIND, need)] == [stage.cast.maker.id]
    anna, lodger = client_for(stage.cast.anna), client_for(stage.cast.lodger)
    assert anna.look(f"{HERE}/{need}").says("Chi l’ha letto")
    assert "Qualcuno ha letto quello che hai detto sulla casa" in anna.look("/c/cremona/me/deeds").words
    assert "sulla casa" not in lodger.look("/c/cremona/me/deeds").words
    for address in (f"{HERE}/{need}", f"{HERE}/{need}/what", f"{HERE}/desk/{need}"):
        lodger.look(address, status=404)


@pytest.mark.parametrize("address", ["desk", "desk/numbers"])
def test_the_desk_is_for_makers(stage: HousingStage, client_for: Open, address: str) -> None:
    for who in ("anna", "administrator"):
        client_for(stage.cast.members[who]).look(f"{HERE}/{address}", status=404)
    empty = client_for(stage.cast.other_maker).look(f"{HERE}/{address}")
    assert empty.says("Nessuno") or empty.says("pochi")


def test_home_says_nothing_to_who_looks_over_a_shoulder(stage: HousingStage, client_for: Open) -> None:
    stage.proposed(*stage.pair())
    anna = client_for(stage.cast.anna)
    page = anna.look("/c/cremona/")
    assert page.says("Una domanda per te")
    assert "stanza" not in page.words
    assert not client_for(stage.cast.lodger).look("/c/cremona/").says("Una domanda per te")
    assert not client_for(stage.cast.bashir).look("/c/cremona/").says("Una domanda per te")


def test_a_form_opened_before_a_change_is_told(stage: HousingStage, client_for: Open) -> None:
    need = stage.sent()
    anna = client_for(stage.cast.anna)
    form = anna.look(f"{HERE}/{need}/what")
    stage.step("anna", need, "what", words="Altre parole", place="")
    late = anna.submit(form, "Tieni quello che ho scritto", status=409, words="Le mie")
    assert "Le mie" in late.html
    assert late.says("Nel frattempo") or late.errors()


def test_a_sheet_and_a_question_can_be_reported(stage: HousingStage, client_for: Open) -> None:
    match = stage.introduced(*stage.pair())
    terms = {"conditions": "Parole brutte"}
    stage.do(actions.write_sheet, stage.cast.anna, match, terms, from_on=None, to_on=None, seen=0)
    bashir = client_for(stage.cast.bashir)
    question = stage.question(match, "offer", "hear")
    for address in (f"{HERE}/together/{match}", f"{HERE}/asked/{question}"):
        form = bashir.look(bashir.look(address).link("Segnala"))
        assert form.soup.select_one("form[method=post]")
        assert "housing" not in form.address, "the history of the telephone says nothing"
    for kind, number in (("words_of_two", match), ("words_to_one", question)):
        client_for(stage.cast.chiara).look(f"/c/cremona/report/{kind}/{number}", status=404)


def test_a_yes_that_comes_too_late_is_not_said_to_hold(stage: HousingStage, client_for: Open) -> None:
    match = stage.heard(*stage.pair())
    bashir = client_for(stage.cast.bashir)
    form = bashir.look(f"{HERE}/asked/{stage.question(match, 'offer', 'names')}")
    with stage.database.writing() as session:
        mine, theirs = stage.cast.anna, stage.cast.bashir
        session.add(Block(party_id=mine.party.id, blocked_party_id=theirs.party.id, blocked_by_id=mine.id))
    done = bashir.submit(form, "Sì")
    assert done.says("Questa volta non si va avanti")
    assert not done.says("Il tuo sì è scritto")


def test_who_looks_at_an_introduction_is_seen_by_both(stage: HousingStage, client_for: Open) -> None:
    need, offer = stage.pair()
    match = stage.proposed(need, offer)
    client_for(stage.cast.second).look(f"{HERE}/desk/introduction/{match}")
    with stage.database.reading() as session:
        for case_id in (need, offer):
            assert [one.actor_person_id for one in audit.looks_at(session, KIND, case_id)] == [stage.cast.second.id]


def test_a_report_leads_everybody_to_the_page_they_may_read(stage: HousingStage, client_for: Open) -> None:
    need, offer = stage.pair()
    match = stage.introduced(need, offer)
    question = stage.question(match, "need", "hear")
    anna, maker = client_for(stage.cast.anna), client_for(stage.cast.maker)
    assert anna.look(f"{HERE}/look/asked/{question}").says(ABOUT_OFFER)
    assert anna.look(f"{HERE}/look/together/{match}").says("bashir@example.org")
    for address in (f"asked/{question}", f"together/{match}"):
        assert maker.look(f"{HERE}/look/{address}").says("Anna Prova")
        for who in ("lodger", "chiara", "other_maker"):
            client_for(stage.cast.members[who]).look(f"{HERE}/look/{address}", status=404)
    client_for(stage.cast.bashir).look(f"{HERE}/look/asked/{question}", status=404)
    stage.step("bashir", offer, "readers", is_wide=False, excluded={stage.cast.maker.id})
    assert maker.look(f"{HERE}/look/asked/{question}").says("Anna Prova"), "the side that is theirs to read"
    maker.look(f"{HERE}/look/together/{match}", status=404)


def test_what_two_agreed_upon_is_found_after_it_ended_well(stage: HousingStage, client_for: Open) -> None:
    need, offer = stage.pair()
    match = stage.introduced(need, offer)
    stage.do(actions.write_sheet, stage.cast.anna, match, {"conditions": "A metà"}, from_on=None, to_on=None, seen=0)
    stage.do(actions.help_case, stage.cast.maker, need, "stay")
    for who, case_id in (("anna", need), ("bashir", offer)):
        browser = client_for(stage.cast.members[who])
        page = browser.look(browser.look(f"{HERE}/{case_id}").link("Chi hai incontrato"))
        assert page.says("A metà")
        assert not page.says("@example.org"), "how they are reached is shown no more"


def test_a_maker_reads_in_which_language_to_speak(stage: HousingStage, client_for: Open) -> None:
    need = stage.sent()
    stage.step("anna", need, "reach", reach="call", reach_words="", language="ar")
    assert client_for(stage.cast.maker).look(f"{HERE}/desk/{need}").says("العربية")


def test_in_her_place_a_maker_who_reads_it_is_written_down_too(stage: HousingStage, client_for: Open) -> None:
    with stage.database.writing() as session:
        rosa = make_member(session, stage.cast, "rosa", "centro", email=None)
        let_makers_act(session, stage.cast, rosa)
    stage.cast.members["rosa"] = rosa
    need = stage.sent("rosa")
    second = client_for(stage.cast.second)
    second.submit(second.look(f"/c/cremona/offline/{rosa.party.id}"), "Scrivi per loro")
    for address in (f"{HERE}/{need}", f"{HERE}/{need}/what"):
        assert second.look(address).says(WORDS)
    with stage.database.reading() as session:
        looks = [(one.actor_person_id, one.recorded_by_person_id) for one in audit.looks_at(session, KIND, need)]
    assert looks == [(rosa.id, stage.cast.second.id)] * 2
    assert [one.name for one in stage.read(own_view, rosa, need).looks] == ["Second Prova"] * 2


def test_the_conditions_of_a_deposit_from_the_form_to_the_sheet(stage: HousingStage, client_for: Open) -> None:
    need, offer = stage.pair("deposit")
    maker, anna, bashir = (client_for(stage.cast.members[who]) for who in ("maker", "anna", "bashir"))
    form = bashir.look(bashir.look(f"{HERE}/{offer}").link("Cambia: Che cosa conta"))
    assert form.says("A quali condizioni la dai?")
    bashir.submit(form, "Tieni quello che ho scritto", conditions="Torna in sei rate")
    anna.look(f"{HERE}/{need}/terms", status=404)
    for address in (f"{offer}", f"{need}/with/{offer}"):
        assert maker.look(f"{HERE}/desk/{address}").says("Torna in sei rate")
    match = stage.introduced(need, offer)
    assert maker.look(f"{HERE}/desk/introduction/{match}").says("Torna in sei rate")
    assert anna.look(f"{HERE}/together/{match}").says("Torna in sei rate")
    assert "Torna in sei rate" in anna.look(f"{HERE}/together/{match}/sheet").soup.select_one("[name=conditions]").text
