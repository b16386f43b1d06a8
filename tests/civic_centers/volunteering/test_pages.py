"""The pages of volunteers, as a keeper, a volunteer and an organisation use them."""

from collections.abc import Callable
from datetime import date

from civic_centers.volunteering import actions
from civic_centers.volunteering.actions.registering import OwnSheet
from foundation import clock
from tests.civic_centers.stage import MONDAY, CenterStage, at
from tests.civic_centers.volunteering.shifts import afternoons, insure, slot, slot_row, states, take
from tests.client import Browser, on_sqlite


@on_sqlite
def test_a_keeper_makes_shifts_and_a_visitor_reads_them(
    stage: CenterStage, client_for: Callable[..., Browser], visitor: Browser
) -> None:
    keeper = client_for(stage.cast.bashir)
    form = keeper.look(f"/c/cremona/centers/{stage.slug}/volunteering/new")
    said = {"day": "2027-01-20", "starts": "16:00", "ends": "18:00", "role_1": "Alla porta", "most_1": "2"}
    wrong = keeper.submit(form, "Crea i turni", status=422, **said)
    assert wrong.errors()
    assert 'value="Alla porta"' in wrong.html
    more = {"party_id": str(stage.cast.bakery.party.id), "role_2": "Merenda", "weeks": "2"}
    done = keeper.submit(wrong, "Crea i turni", **said, **more)
    assert done.says("4 turni creati")
    page = visitor.look(f"/c/cremona/centers/{stage.slug}/volunteering")
    assert page.says("Merenda")
    assert page.says("manca 1 persona")
    assert not page.says("Ci sono io")
    assert visitor.look(f"/c/cremona/centers/{stage.slug}").says("Alla porta")


@on_sqlite
def test_two_weeks_are_open_and_the_others_a_link_away(stage: CenterStage, visitor: Browser) -> None:
    late, early = slot(stage, 9, day=13, role="In cucina"), slot(stage, 16, day=12, role="Alla porta", least=0)
    for day in (20, 27, 28):
        slot(stage, day=day, role=f"Merenda {day}", most=2, least=2)
    here = f"/c/cremona/centers/{stage.slug}/volunteering"
    page = visitor.look(here)
    assert [title.text for title in page.soup.select("main h2")] == ["Questa settimana", "La prossima settimana",
                                                                    "Settimane successive"]  # fmt: skip
    shown = [int(link["href"].rsplit("/", 1)[-1]) for link in page.soup.select("main h3 a")]
    assert shown[:2] == [late, early]  # where people are missing comes first
    assert page.says("2 turni · manca 1 persona")
    assert not page.says("Merenda 27")
    later = page.soup.select_one("a[href$='from=2027-01-25']")
    assert "2 turni · mancano 4 persone" in later.text
    shown = visitor.look(later["href"])
    assert shown.says("Merenda 28")
    assert not shown.says("Alla porta")
    assert shown.says("Da questa settimana in poi")
    for odd in ("2031-01-01", "ieri"):
        assert visitor.look(f"{here}?from={odd}").says("Alla porta")


@on_sqlite
def test_one_tap_takes_it_and_one_gives_it_up(stage: CenterStage, client_for: Callable[..., Browser]) -> None:
    here = slot(stage)
    anna = client_for(stage.cast.anna)
    done = anna.submit(anna.look(f"/c/cremona/centers/{stage.slug}/volunteering"), "Ci sono io")
    assert done.says("Ci sei")
    assert anna.look("/c/cremona/volunteering").says("Alla porta")
    assert anna.look("/c/cremona/me").says("I tuoi turni")
    gone = anna.submit(done, "Non posso venire")
    assert gone.says("Grazie di averlo detto")
    assert states(stage, here) == [("anna", "gave_up")]


@on_sqlite
def test_close_by_is_warned_and_clashes_are_refused(stage: CenterStage, client_for: Callable[..., Browser]) -> None:
    take(stage, slot(stage, 16))
    near, clash = slot(stage, 18), slot(stage, 17)
    anna = client_for(stage.cast.anna)
    page = anna.look(f"/c/cremona/volunteering/slots/{near}")
    assert page.says("meno di un’ora")
    assert anna.submit(page, "Vengo lo stesso").says("Ci sei")
    refused = anna.submit(anna.look(f"/c/cremona/volunteering/slots/{clash}"), "Vengo lo stesso")
    assert refused.says("Hai un altro turno")


@on_sqlite
def test_a_shift_from_the_tap_at_the_door_to_the_certificate(
    stage: CenterStage, client_for: Callable[..., Browser]
) -> None:
    here = slot(stage)
    row = take(stage, here)
    anna, keeper, bakery = (client_for(stage.cast.members[name]) for name in ("anna", "bashir", "bakery"))
    address = f"/c/cremona/volunteering/slots/{here}"
    with clock.at(at(20, 15, 50)):
        refused = anna.submit(anna.look(address), "Sono qui")
        assert refused.says("non ha segnato un’assicurazione")
        volunteer = f"/c/cremona/organisations/{stage.cast.bakery.party.id}/volunteers/{stage.cast.anna.id}"
        assert bakery.look(volunteer).says("Senza assicurazione")
        insured = bakery.submit(bakery.look(volunteer), "Segna", since="2027-01-01", until="2027-12-31")
        assert insured.says("31 dicembre 2027")
        assert anna.submit(anna.look(address), "Sono qui").says("benvenut")
    with clock.at(at(20, 18, 10)):
        assert anna.submit(anna.look(address), "Vado via").says("Grazie")
        over = anna.look(address)
        assert over.says("Da confermare")
        assert not over.says("manca")
        assert keeper.look("/c/cremona/").says("conferma le ore")
        form = keeper.look(f"/c/cremona/volunteering/shifts/{row.id}/confirm")
        assert 'value="140"' in form.html
        assert keeper.submit(form, "Conferma", minutes="130").says("Confermat")
        assert anna.look("/c/cremona/volunteering").says("2 h 10")
        paper = anna.look(f"/c/cremona/volunteering/certificate/{stage.cast.bakery.party.id}")
        assert paper.says("Attestato")
        assert paper.says("2 h 10")


@on_sqlite
def test_nobody_is_noted_as_missing_by_one_slip(stage: CenterStage, client_for: Callable[..., Browser]) -> None:
    here = slot(stage)
    take(stage, here)
    with clock.at(at(20, 18, 10)):
        page = client_for(stage.cast.bashir).look(f"/c/cremona/volunteering/slots/{here}")
    [form] = [one for one in page.soup.select("form") if one.get("action", "").endswith("/missed")]
    assert form.find_parent("details").summary.get_text() == "Non c’era"


@on_sqlite
def test_a_slip_is_taken_back_on_the_same_page(stage: CenterStage, client_for: Callable[..., Browser]) -> None:
    here = slot(stage)
    take(stage, here)
    keeper = client_for(stage.cast.bashir)
    with clock.at(at(20, 18, 10)):
        noted = keeper.submit(keeper.look(f"/c/cremona/volunteering/slots/{here}"), "/missed")
        assert noted.says("Non si registrano ore per questo turno")
        back = keeper.submit(noted, "C’era, invece")
        assert back.says("Conferma le ore")
    assert states(stage, here) == [("anna", "held")]


@on_sqlite
def test_the_register_on_paper_and_as_a_table(stage: CenterStage, client_for: Callable[..., Browser]) -> None:
    take(stage, slot(stage))
    insure(stage)
    anna, bakery = client_for(stage.cast.anna), client_for(stage.cast.bakery)
    sheet = anna.look("/c/cremona/volunteering/sheet")
    assert anna.submit(sheet, "Salva", status=422, fiscal_code="RSSMRA85T10A562T").errors()
    said = {"fiscal_code": "RSSMRA85T10A562S", "residence": "Via Po 1, Cremona"}
    assert anna.submit(sheet, "Salva", **said).says("I tuoi turni")
    base = f"/c/cremona/organisations/{stage.cast.bakery.party.id}/volunteers"
    page = bakery.look(f"{base}/{stage.cast.anna.id}")
    assert bakery.submit(page, "Inizia quel giorno", day="2027-01-11").says("riga 1")
    assert bakery.look(base).says("nel registro")
    paper = bakery.look(f"{base}/register")
    assert paper.says("RSSMRA85T10A562S")
    chiara = stage.cast.chiara
    stage.do(actions.insure, stage.cast.bakery, stage.cast.bakery.party.id, chiara.id, MONDAY.date(), MONDAY.date())
    said_by_chiara = OwnSheet(born_on=date(1971, 5, 3), born_in="Soresina", residence="Via Dante 2, Soresina")
    stage.do(actions.keep_sheet, chiara, said_by_chiara)
    stage.do(actions.begin, stage.cast.bakery, stage.cast.bakery.party.id, chiara.id, MONDAY.date())
    paper = bakery.look(f"{base}/register")
    assert paper.says("3 mag 1971, Soresina")
    assert paper.says("11 gen 2027, 09:00")
    table = bakery.client.get(f"{base}/register.csv")
    assert "RSSMRA85T10A562S" in table.get_data(as_text=True)
    for address in (base, f"{base}/register", f"{base}/register.csv", f"{base}/{stage.cast.anna.id}"):
        assert anna.client.get(address).status_code == 404


@on_sqlite
def test_the_date_of_an_activity_shows_whom_it_needs(stage: CenterStage, client_for: Callable[..., Browser]) -> None:
    activity_id, ids = afternoons(stage, 20, 27)
    keeper, anna = client_for(stage.cast.bashir), client_for(stage.cast.anna)
    form = keeper.look(f"/c/cremona/activities/{activity_id}/volunteering/new")
    said = {"role_1": "Compiti", "party_id": str(stage.cast.bakery.party.id)}
    none = keeper.submit(form, "Crea i turni", status=422, which="some", **said)
    assert none.says("almeno una data")
    assert keeper.submit(form, "Crea i turni", which="all", **said).says("2 turni creati")
    page = anna.look(f"/c/cremona/activities/{activity_id}/sessions/{ids[0]}")
    assert anna.submit(page, "Ci sono io").says("Ci sei")


@on_sqlite
def test_a_template_is_kept_and_laid_out(stage: CenterStage, client_for: Callable[..., Browser]) -> None:
    slot(stage, day=18)
    keeper = client_for(stage.cast.bashir)
    base = f"/c/cremona/centers/{stage.slug}/volunteering/templates"
    kept = keeper.submit(keeper.look(base), "Salva", name="Settimana", first_on="2027-01-18", days="7")
    assert kept.says("Settimana")
    form = keeper.look("/c/cremona/volunteering/templates/1")
    assert keeper.submit(form, "Crea i turni", first_on="2027-02-01", weeks="3").says("3 turni creati")


@on_sqlite
def test_a_keeper_changes_and_calls_off(stage: CenterStage, client_for: Callable[..., Browser]) -> None:
    here = slot(stage, most=2)
    take(stage, here)
    keeper = client_for(stage.cast.bashir)
    page = keeper.look(f"/c/cremona/volunteering/slots/{here}/edit")
    assert keeper.submit(page, "Salva", most="3").says("Salvat")
    assert slot_row(stage, here).most == 3
    off = keeper.look(f"/c/cremona/volunteering/slots/{here}/cancel")
    assert keeper.submit(off, "Annulla il turno", status=422).errors()
    keeper.submit(off, "Annulla il turno", reason="Neve")
    assert states(stage, here) == [("anna", "cancelled")]


@on_sqlite
def test_watching_is_one_tap(stage: CenterStage, client_for: Callable[..., Browser]) -> None:
    anna = client_for(stage.cast.anna)
    page = anna.look(f"/c/cremona/centers/{stage.slug}/volunteering")
    assert anna.submit(page, "Avvisami").says("Ti avvisiamo")
