"""The pages of labs, as a visitor, a neighbour, who is in one and who runs it use them."""

from collections.abc import Callable

from civic_centers.labs import actions
from community.moderation.actions import block
from tests.civic_centers.labs.stage import LABS, TODAY, LabStage, here
from tests.client import Browser, on_sqlite

pytestmark = on_sqlite
ClientFor = Callable[..., Browser]


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
