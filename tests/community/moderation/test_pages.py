"""The pages: reporting in two taps, the makers' desk, and what was decided about oneself."""

from collections.abc import Callable

from community.moderation.queries import about_me
from foundation.database import Database
from tests.cast import Cast, make_member
from tests.client import Browser, on_sqlite
from tests.community.moderation.desk import Desk

Clients = Callable[..., Browser]


@on_sqlite
def test_reporting_in_two_taps(client_for: Clients, cast: Cast) -> None:
    bashir = client_for(cast.bashir)
    profile = bashir.look(f"/c/cremona/people/{cast.anna.id}")
    page = bashir.look(profile.link("Segnala"))
    sent = bashir.submit(page, "Offende o minaccia")
    assert sent.says("Grazie.")
    assert bashir.look("/c/cremona/reports/mine").says("Ce l’hanno le maker")
    wrong = bashir.post(
        f"/c/cremona/report/person/{cast.anna.id}", status=422, token_from="/c/cremona/me", reason="noia"
    )
    assert wrong.says("Che cosa non va?") or wrong.errors()


@on_sqlite
def test_a_word_to_the_makers_from_any_page(client_for: Clients, cast: Cast) -> None:
    bashir = client_for(cast.bashir)
    page = bashir.look(bashir.look("/c/cremona/board").link("Dillo alle maker"))
    bashir.submit(page, "Altro", status=422, words="")
    bashir.submit(page, "Altro", words="Al centro civico manca la luce.")
    maker = client_for(cast.maker)
    case = maker.look(maker.look("/c/cremona/reports/").link("Una parola alle maker"))
    assert case.says("Al centro civico manca la luce.")
    assert client_for(cast.chiara).look(f"/c/cremona/report/worry/{cast.bashir.id}", status=404)


@on_sqlite
def test_a_makers_way_through_a_case(database: Database, client_for: Clients, cast: Cast) -> None:
    with database.writing() as session:
        colleague = make_member(session, cast, "third_maker", "centro", makes=("centro",))
    for reporter in (cast.bashir, cast.chiara):
        someone = client_for(reporter)
        someone.submit(someone.look(f"/c/cremona/report/person/{cast.anna.id}"), "Offende o minaccia", words="Guardate")
    maker, other = client_for(cast.maker), client_for(colleague)
    case = maker.look(maker.look("/c/cremona/reports/").link("Una persona"))
    assert case.says("2 persone l’hanno segnalato")
    assert case.says("Bashir Prova")
    case = maker.submit(case, "Affida", person_id=str(colleague.id))
    assert case.says("Lo segue Third Maker")
    assert other.look("/c/cremona/reports/?show=mine").says("Una persona")
    case = maker.submit(case, "Salva la nota", words="Ho telefonato ad Anna.")
    assert other.look(case.address).says("Ho telefonato ad Anna.")
    asked = maker.look(case.link("Limitiamo qualcosa"))
    asked = maker.look(asked.link("Vorremmo un po’ di calma"))
    maker.submit(asked, "Decido così", status=422)
    second = other.look(case.link("Diciamo una parola"))
    done = maker.submit(asked, "Decido così", what="messages", lasts="7")
    assert done.says("Niente da guardare")
    late = other.submit(second, "Decido così", words="Con rispetto.", status=409)
    assert late.says("Un’altra maker ha già deciso.")
    assert late.says("Limitato per un po’")
    closed = maker.look(maker.look("/c/cremona/reports/?show=decided").link("Una persona"))
    assert maker.submit(closed, "Ritira").says("Il caso è di nuovo aperto")


@on_sqlite
def test_the_person_reads_it_and_asks_for_another_look(database: Database, client_for: Clients, cast: Cast) -> None:
    bashir, maker = client_for(cast.bashir), client_for(cast.maker)
    bashir.submit(bashir.look(f"/c/cremona/report/person/{cast.anna.id}"), "Offende o minaccia")
    case = maker.look(maker.look("/c/cremona/reports/").link("Una persona"))
    asked = maker.look(case.link("Chiudiamo l’iscrizione"))
    maker.submit(asked, "Decido così", words="Così non si può.")
    anna = client_for(cast.anna)
    for address in ("/c/cremona/", "/c/cremona/me", "/c/cremona/join/standing"):
        assert anna.look(address).says("Iscrizione chiusa"), address
    with database.reading() as session:
        decision_id = about_me(session, cast.community.id, cast.anna.id)[0].decision.id
    page = anna.look(f"/c/cremona/decisions/{decision_id}")
    assert page.says("Così non si può.")
    assert not page.says("Bashir")
    assert anna.submit(page, "Chiedi di riguardare", words="Non sono stata io.").says("Un’altra maker la guarda")
    assert bashir.look(f"/c/cremona/decisions/{decision_id}", status=404)
    administrator = client_for(cast.administrator)
    appeal = administrator.look(administrator.look("/c/cremona/reports/").link("Anna Prova"))
    administrator.submit(appeal, "Rispondi", status=422)
    administrator.submit(appeal, "Rispondi", outcome="overturned", words="Ha ragione.")
    assert anna.look(f"/c/cremona/decisions/{decision_id}").says("Ha ragione.")
    assert anna.look("/c/cremona/me").says("Anna Prova")


@on_sqlite
def test_the_record_leads_to_a_case_only_who_may_open_it(desk: Desk, cast: Cast, client_for: Clients) -> None:
    desk.decide(desk.report(), "nothing")
    for who, leads in ((cast.maker, True), (cast.administrator, False)):
        page = client_for(who, language="en").look("/c/cremona/deeds?kind=moderation_case")
        assert page.says("Case decided")
        assert bool(page.soup.select('#content a[href*="/cases/"]')) is leads
