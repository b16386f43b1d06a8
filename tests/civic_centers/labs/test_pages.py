"""The pages of labs, as a visitor, a neighbour, who is in one and who runs it use them."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from PIL import Image

from civic_centers.labs import actions
from community.moderation.actions import block
from foundation import clock
from tests.civic_centers.labs.stage import TODAY, LabStage
from tests.civic_centers.stage import MONDAY
from tests.client import Browser, on_sqlite

pytestmark = on_sqlite
ClientFor = Callable[..., Browser]
LABS = "/c/cremona/labs"


def a_picture() -> tuple[io.BytesIO, str]:
    data = io.BytesIO()
    Image.new("RGB", (400, 300), "green").save(data, "PNG")
    data.seek(0)
    return data, "tavolo.png"


def here(stage: LabStage, more: str = "") -> str:
    return f"{LABS}/{stage.slug_of_lab}{more}"


def test_a_visitor_reads_what_is_public_and_no_name(stage: LabStage, visitor: Browser) -> None:
    cast = stage.cast
    stage.do(actions.add_goal, cast.bashir, stage.lab_id, "Dieci famiglie", None)
    stage.task("Compito segreto")
    for public, words in ((True, "Una bella giornata"), (False, "Cosa nostra")):
        stage.do(actions.write_entry, cast.bashir, stage.lab_id, words, TODAY, public=public)
    listed = visitor.look(f"{LABS}/")
    assert listed.says("Pomeriggi insieme")
    page = visitor.look(here(stage))
    assert page.says("Le ore dopo la scuola")
    assert page.says("Dieci famiglie")
    assert page.says("Una bella giornata")
    for never in ("Bashir", "Anna", "Compito segreto", "Cosa nostra"):
        assert not page.says(never)
    assert visitor.look(here(stage, "/diary")).says("Una bella giornata")
    poster = visitor.look(here(stage, "/poster"))
    assert poster.says("Pomeriggi insieme")
    assert poster.soup.select_one(".r-qr svg")
    assert visitor.look(f"/c/cremona/centers/{stage.slug}").says("Pomeriggi insieme")
    inner = stage.lab(stage.make(name="Solo fra noi"))
    visitor.look(f"{LABS}/{inner.slug}", status=404)


def test_a_member_proposes_with_a_template_and_a_maker_opens(stage: LabStage, client_for: ClientFor) -> None:
    chiara, maker = client_for(stage.cast.chiara), client_for(stage.cast.maker)
    form = chiara.look(f"{LABS}/new?kind=purchasing")
    wrong = chiara.submit(form, "Proponi il laboratorio", name="La spesa", need="", status=422)
    assert wrong.errors()
    assert 'value="La spesa"' in wrong.html
    done = chiara.submit(wrong, "Proponi il laboratorio", need="Mangiare bene senza spendere troppo")
    assert done.says("Proposto")
    assert done.says("Dieci famiglie hanno detto che cosa comprerebbero")
    again = chiara.submit(wrong, "Proponi il laboratorio", need="Tutt’altro", status=409)
    assert again.errors()
    assert maker.look("/c/cremona/").says("È proposto un Laboratorio di Comunità")
    page = maker.look(f"{LABS}/la-spesa")
    assert maker.submit(page, "Apri il laboratorio").says("Il laboratorio è aperto")
    assert chiara.look("/c/cremona/me").says("Gruppi che lavorano su un bisogno comune")


def test_not_for_now_is_said_with_words(stage: LabStage, client_for: ClientFor) -> None:
    stage.make(who="chiara", name="Una cosa")
    maker = client_for(stage.cast.maker)
    form = maker.look(f"{LABS}/una-cosa/decline")
    assert maker.submit(form, "Non aprirlo", status=422).errors()
    assert maker.submit(form, "Non aprirlo", reason="Esiste già in biblioteca").says("Non accolto")
    assert client_for(stage.cast.chiara).look(f"{LABS}/una-cosa").says("Esiste già in biblioteca")


def test_coming_in_and_going(stage: LabStage, client_for: ClientFor) -> None:
    chiara = client_for(stage.cast.chiara)
    page = chiara.look(here(stage))
    assert page.says("Chiedi a Maker e Bashir")
    done = chiara.submit(chiara.look(here(stage, "/join")), "Entra", part="Guido")
    assert done.says("Ne fai parte")
    people = chiara.look(here(stage, "/people"))
    assert people.says("Guido")
    assert people.says("Anna Prova")
    talk = chiara.look(here(stage, "/talk"))
    assert chiara.submit(talk, "Invia", words="Ciao a tutti").says("Ciao a tutti")
    assert chiara.look("/c/cremona/messages").says("Pomeriggi insieme")
    assert chiara.submit(people, "Lascia").says("Non ne fai più parte")
    chiara.look(here(stage, "/people"), status=404)
    chiara.look(here(stage, "/talk"), status=404)


def test_a_request_is_answered_with_a_reason(stage: LabStage, client_for: ClientFor) -> None:
    slug = stage.lab(stage.make(name="Su richiesta")).slug
    chiara, maker = client_for(stage.cast.chiara), client_for(stage.cast.maker)
    asked = chiara.submit(chiara.look(f"{LABS}/{slug}/join"), "Chiedi di entrare", words="Vorrei esserci")
    assert asked.says("Hai chiesto di entrare")
    assert maker.look("/c/cremona/").says("Chiara chiede di entrare in un laboratorio")
    people = maker.look(f"{LABS}/{slug}/people")
    assert people.says("Vorrei esserci")
    no = maker.look(people.link("Per ora no"))
    assert maker.submit(no, "Rispondi di no", status=422).errors()
    assert maker.submit(no, "Rispondi di no", reason="Siamo al completo").says("Risposto")
    assert chiara.look(f"{LABS}/{slug}").says("Siamo al completo")
    refused = chiara.submit(chiara.look(f"{LABS}/{slug}/join"), "Chiedi di entrare", status=409)
    assert refused.says("ha detto di no da poco")


def test_an_invitation_is_taken_or_not(stage: LabStage, client_for: ClientFor) -> None:
    bashir, chiara, dario = (client_for(stage.member(name)) for name in ("bashir", "chiara", "dario"))
    for who in ("chiara", "dario"):
        done = bashir.submit(bashir.look(here(stage, "/invite")), "Manda l’invito", person_id=str(stage.member(who).id))
        assert done.says("Invito mandato")
    assert chiara.look("/c/cremona/").says("Un invito a un Laboratorio di Comunità")
    assert chiara.submit(chiara.look(here(stage)), "No, grazie").says("Rifiutato")
    assert dario.submit(dario.look(here(stage, "/join")), "Entra").says("Ne fai parte")
    form = bashir.look(here(stage, "/invite"))
    kept = bashir.submit(form, "Manda l’invito", person_id=str(stage.cast.chiara.id), status=409)
    assert kept.says("non può essere invitata")


def test_blocks_are_kept_and_said_before(stage: LabStage, client_for: ClientFor) -> None:
    cast, anna = stage.cast, client_for(stage.cast.anna)
    stage.do(actions.join_lab, cast.chiara, stage.lab_id)
    page = anna.look(f"/c/cremona/blocks/{cast.chiara.party.id}")
    assert page.says("Laboratori di cui fate parte entrambi")
    stage.do(block, cast.anna, cast.chiara.party.id)
    assert stage.state("anna") == "left"
    refused = anna.submit(anna.look(here(stage, "/join")), "Entra", status=409)
    assert refused.says("Per ora non puoi entrare")
    assert not refused.says("Chiara")


def test_goals_and_tasks(stage: LabStage, client_for: ClientFor) -> None:
    bashir, anna = client_for(stage.cast.bashir), client_for(stage.cast.anna)
    page = bashir.submit(
        bashir.look(here(stage, "/goals/new")), "Fissa l’obiettivo", words="Dieci famiglie", due_on="2027-01-12"
    )
    assert page.says("entro il 12 gen 2027")
    ended = bashir.look(here(stage, "/goals/1/end"))
    wrong = bashir.submit(ended, "Segna", evidence="Eccole", photo=a_picture(), seen="Bambini", child="yes", status=422)
    assert wrong.says("non c’è liberatoria")
    unsaid = bashir.submit(ended, "Segna", evidence="Eccole", photo=a_picture(), seen="Un tavolo", status=422)
    assert unsaid.says("Di’ se si riconosce")
    done = bashir.submit(wrong, "Segna", evidence="Undici famiglie", photo=a_picture(), seen="Un tavolo", child="no")
    assert done.says("Raggiunto")
    assert done.says("Undici famiglie")
    task = anna.submit(anna.look(here(stage, "/tasks/new")), "Segna", words="Una sala")
    assert task.says("Non l’ha ancora nessuno")
    mine = anna.submit(task, "Lo faccio io")
    assert mine.says("Il compito è tuo")
    back = anna.submit(mine, "Restituisci il compito")
    assert back.says("Restituito")
    given = bashir.submit(
        bashir.look(here(stage, "/tasks/new")), "Segna", words="Il pane", due_on="2027-01-11",
        owner_id=str(stage.cast.anna.id),
    )  # fmt: skip
    assert given.says("Anna")
    with clock.at(MONDAY + timedelta(days=2)):
        late = client_for(stage.cast.anna)
        assert late.look("/c/cremona/").says("Il tuo compito scadeva")
        assert late.look(here(stage)).says("In ritardo")
    assert anna.post(here(stage, "/tasks/1/move"), status=404, token_from=here(stage), verb="odd")


def test_the_diary_with_a_photograph_and_comments(stage: LabStage, client_for: ClientFor, visitor: Browser) -> None:
    bashir, anna = client_for(stage.cast.bashir), client_for(stage.cast.anna)
    written = bashir.submit(bashir.look(here(stage, "/diary/new")), "Scrivila", words="Eravamo in sei", public="y")
    assert written.says("Scritta")
    photo = bashir.look(f"{LABS}/diary/1/photo")
    assert bashir.submit(photo, "Mettila", seen="x", child="no", status=422).errors()
    wrong = bashir.submit(photo, "Mettila", photo=a_picture(), seen="Tre bambini", child="yes", status=422)
    assert wrong.says("non c’è liberatoria")
    assert 'value="Tre bambini"' in wrong.html
    shown = bashir.submit(wrong, "Mettila", photo=a_picture(), seen="Un tavolo", child="no")
    address = shown.soup.select_one(".r-photos img")["src"]
    with visitor.client.get(address) as found:
        assert found.status_code == 200
    said = anna.submit(anna.look(f"{LABS}/diary/1"), "Invia", words="C’ero anch’io")
    assert said.says("C’ero anch’io")
    assert not visitor.look(f"{LABS}/diary/1").says("C’ero")
    hidden = bashir.submit(bashir.look(f"{LABS}/diary/1"), "Mostrala solo al laboratorio")
    assert hidden.says("solo chi fa parte")
    visitor.look(f"{LABS}/diary/1", status=404)
    assert visitor.client.get(address).status_code == 404
    assert bashir.submit(hidden, "Toglila").says("Tolta dal diario")


@pytest.mark.parametrize("typed", ["0", "-3", "1,5", "1.5", "1e9", "٣", "9999999", "tre", "1\x002"])
def test_odd_numbers_come_back_with_a_sentence(stage: LabStage, client_for: ClientFor, typed: str) -> None:
    bashir = client_for(stage.cast.bashir)
    form = bashir.look(here(stage, "/resources/new/thing"))
    wrong = bashir.submit(form, "Chiedi alla comunità", words="Sedie", unit="sedie", amount=typed, status=422)
    assert wrong.errors()
    assert 'value="Sedie"' in wrong.html


def test_what_is_asked_for_and_received(stage: LabStage, client_for: ClientFor, visitor: Browser) -> None:
    bashir, anna = client_for(stage.cast.bashir), client_for(stage.cast.anna)
    bashir.submit(
        bashir.look(here(stage, "/resources/new/euro")), "Chiedi alla comunità", words="Colori", amount="120,50"
    )
    bashir.submit(
        bashir.look(here(stage, "/resources/new/hours")), "Chiedi alla comunità", words="Pomeriggi", amount="60"
    )
    page = bashir.look(here(stage, "/resources/1"))
    assert bashir.submit(page, "Segna", amount="30", status=422).errors()
    noted = bashir.submit(page, "Segna", amount="30,25", from_words="la parrocchia")
    assert noted.says("Annotato")
    assert noted.says("90,25")
    public = visitor.look(here(stage))
    assert public.says("30,25")
    assert not public.says("parrocchia")
    assert anna.look(here(stage, "/resources/1")).says("la parrocchia")
    undone = bashir.submit(noted, "Era un errore")
    assert undone.says("Annullato")
    assert bashir.look(here(stage, "/resources/2")).says("il saldo di nessuno cambia")
    bashir.look(here(stage, "/resources/new/gold"), status=404)


def test_a_meeting_begins_from_its_page(stage: LabStage, client_for: ClientFor) -> None:
    bashir, maker = client_for(stage.cast.bashir), client_for(stage.cast.maker)
    begun = bashir.submit(bashir.look(here(stage, "/meetings")), "Comincia", title="Incontro di gennaio")
    assert begun.says("Iniziato")
    assert bashir.look(here(stage, "/meetings")).says("Incontro di gennaio")
    nowhere = stage.lab(stage.make(name="Senza luogo", center_id=None)).slug
    assert maker.look(f"{LABS}/{nowhere}/meetings").says("in quale Civic Center")


def test_the_end_says_what_follows_and_what_came(stage: LabStage, client_for: ClientFor, visitor: Browser) -> None:
    stage.task()
    bashir, maker = client_for(stage.cast.bashir), client_for(stage.cast.maker)
    form = bashir.look(here(stage, "/end"))
    assert form.says("3 persone vengono avvisate")
    assert form.says("1 compito aperto")
    wrong = bashir.submit(form, "Concludi", outcome="Sei famiglie", families="1e9", status=422)
    assert wrong.errors()
    assert bashir.submit(wrong, "Concludi", families="6", people="").says("Il laboratorio è concluso")
    assert visitor.look(here(stage)).says("6 famiglie raggiunte")
    assert maker.submit(maker.look(here(stage)), "Riaprilo").says("Il laboratorio continua")


def test_a_form_opened_before_a_change_says_so(stage: LabStage, client_for: ClientFor) -> None:
    bashir = client_for(stage.cast.bashir)
    form = bashir.look(here(stage, "/edit"))
    stage.do(actions.change_lab, stage.cast.maker, stage.lab_id, stage.about(name="Altro"), version=stage.lab().version)
    stale = bashir.submit(form, "Salva", need="Le ore del mattino", status=409)
    assert stale.says("Nel frattempo")
    assert bashir.submit(stale, "Salva").says("Le ore del mattino")


def test_everything_can_be_reported_and_found(stage: LabStage, client_for: ClientFor) -> None:
    chiara, anna = client_for(stage.cast.chiara), client_for(stage.cast.anna)
    entry = stage.do(actions.write_entry, stage.cast.bashir, stage.lab_id, "Eravamo in sei", TODAY, public=False).id
    stage.do(actions.write_comment, stage.cast.bashir, entry, "Mah")
    chiara.look(chiara.look(here(stage)).link("Segnala"))
    shown = anna.look(f"{LABS}/diary/{entry}")
    reports = [link["href"] for link in shown.soup.select("a[href*='lab_']")]
    assert len(reports) == 2
    for address in reports:
        anna.look(address)
    assert chiara.look("/c/cremona/search?q=pomeriggi").says("Pomeriggi insieme")


def test_who_runs_it_says_so_with_one_button(stage: LabStage, client_for: ClientFor) -> None:
    maker, anna = client_for(stage.cast.maker), client_for(stage.cast.anna)
    people = maker.look(here(stage, "/people"))
    assert maker.submit(people, "Fallo condurre").says("Da ora lo conduce anche")
    assert anna.look(here(stage)).says("Per chi lo conduce")
    anna.submit(anna.look(here(stage, "/people")), "Non condurlo più")
    assert stage.row("anna").is_keeper is False
    form = maker.look(here(stage, f"/people/{stage.row('anna').id}/remove"))
    assert maker.submit(form, "Conferma", reason="Così ci siamo detti").says("Non ne fa più parte")
    assert anna.look(here(stage)).says("Così ci siamo detti")
    part = maker.look(here(stage, "/part"))
    assert maker.submit(part, "Salva", part="Tengo le chiavi").says("Tengo le chiavi")


def test_lists_are_narrowed_and_empty_ones_say_what_to_do(stage: LabStage, visitor: Browser) -> None:
    zones = stage.cast.zones
    assert visitor.look(f"{LABS}/?zone={zones['po'].id}").says("Qui non è aperto nessun laboratorio")
    assert visitor.look(f"{LABS}/?zone={zones['centro'].id}&kind=blank").says("Pomeriggi insieme")
    for odd in ("zone=x&kind=odd&before=-3", "zone=99999999999999999999"):
        visitor.look(f"{LABS}/?{odd}")
    visitor.look(f"{LABS}/number/{stage.lab_id}")
    visitor.look(f"{LABS}/not-there", status=404)


def test_the_day_of_a_goal_stays_once_it_is_reached_or_dropped(stage: LabStage, client_for: ClientFor) -> None:
    bashir, due = stage.cast.bashir, TODAY + timedelta(days=40)
    for number, state in enumerate(("reached", "dropped"), 1):
        goal = stage.do(actions.add_goal, bashir, stage.lab_id, "Dieci famiglie", due).id
        stage.do(actions.end_goal, bashir, stage.lab_id, goal, state, "Undici", version=1)
        section = client_for(bashir).look(here(stage)).soup.select_one("#goals").text
        assert (section.count("entro il 20 feb"), section.count("11 gen")) == (number, number)
