"""Places as families and keepers use them."""

from collections.abc import Callable
from datetime import timedelta

from civic_centers.activities.actions import cancel_session
from civic_centers.enrolling import actions
from civic_centers.enrolling.queries.own import coming_up
from foundation import clock
from tests.civic_centers.enrolling.stage import TUESDAY, EnrolStage
from tests.civic_centers.stage import at
from tests.client import Browser, on_sqlite


def address(stage: EnrolStage, date: int) -> str:
    return f"/c/cremona/activities/{stage.one(date).activity_id}/sessions/{date}"


@on_sqlite
def test_a_mother_enrols_two_and_one_cannot_come(
    stage: EnrolStage, client_for: Callable[..., Browser], visitor: Browser
) -> None:
    date = stage.date(places=2, min_age=6, max_age=10)
    browser = client_for(stage.cast.anna)
    assert visitor.look(address(stage, date)).says("Accedi per iscriverti")
    form = browser.look(f"/c/cremona/sessions/{date}/enrol")
    assert form.says("Ettore")
    assert form.says("Non ha l’età")  # Anna herself
    assert browser.submit(form, "Iscrivi", status=422, who=[]).errors()
    done = browser.submit(form, "Iscrivi", who=list(stage.kids()))
    assert done.says("Fatto")
    again = browser.submit(form, "Iscrivi", who=list(stage.kids()))
    assert again.says("Ha un posto")
    mine = browser.look("/c/cremona/enrolments")
    assert mine.says("Ettore")
    left = browser.submit(mine, f"/sessions/{date}/cannot-come")
    assert left.says("Grazie di averlo detto")
    assert sorted(stage.states(date)) == ["cancelled", "held"]
    assert not visitor.look(address(stage, date)).says("Mina")
    client_for(stage.cast.chiara).look(f"/c/cremona/sessions/{date}/list", status=404)


@on_sqlite
def test_a_date_that_was_called_off_says_so_instead_of_asking_who_comes(
    stage: EnrolStage, client_for: Callable[..., Browser]
) -> None:
    date = stage.date(places=3)
    stage.do(cancel_session, stage.cast.bashir, stage.one(date).activity_id, date, reason="Neve")
    page = client_for(stage.cast.anna).look(f"/c/cremona/sessions/{date}/enrol")
    assert page.says("Neve")
    assert not page.says("posti liberi")


@on_sqlite
def test_waiting_asked_for_twice_is_once(stage: EnrolStage, client_for: Callable[..., Browser]) -> None:
    date = stage.date(places=1)
    stage.enrol(stage.cast.chiara, date)
    browser = client_for(stage.cast.anna)
    form = browser.look(f"/c/cremona/sessions/{date}/enrol")
    for _tap in range(2):
        assert browser.submit(form, "Iscrivi", who=[f"p{stage.cast.anna.id}"]).says("numero 1 in lista")
    assert stage.states(date) == ["held", "waiting"]


@on_sqlite
def test_an_offer_waits_on_the_home_page(stage: EnrolStage, client_for: Callable[..., Browser]) -> None:
    date = stage.date(places=1)
    stage.enrol(stage.cast.chiara, date)
    stage.enrol(stage.cast.anna, date)
    browser = client_for(stage.cast.anna)
    assert browser.look(address(stage, date)).says("numero 1 in lista")
    stage.do(actions.cannot_come, stage.cast.chiara, date)
    assert browser.look("/c/cremona/").says("C’è un posto per te")
    accepted = browser.submit(browser.look(address(stage, date)), "Sì, veniamo")
    assert accepted.says("Il posto è vostro")
    swapped = browser.look(f"/c/cremona/places/{stage.all()[-1].id}/swap")
    browser.submit(swapped, "Viene al suo posto", who=f"d{stage.ettore}")
    assert stage.states(date)[-1] == "held"


@on_sqlite
def test_the_door_and_who_fetches(stage: EnrolStage, client_for: Callable[..., Browser]) -> None:
    date = stage.date(places=None, left_alone=True)
    stage.enrol(stage.cast.anna, date, *stage.kids())
    anna, bashir = client_for(stage.cast.anna), client_for(stage.cast.bashir)
    lines = anna.look(f"/c/cremona/dependants/{stage.ettore}/pick-up")
    lines = anna.submit(lines, "Aggiungi questa riga", kind="allowed", name="Nonna Rosa")
    assert lines.says("Nonna Rosa")
    client_for(stage.cast.chiara).look(f"/c/cremona/dependants/{stage.ettore}/pick-up", status=404)
    shown = anna.submit(anna.look("/c/cremona/door-code"), "Crea il mio codice")
    assert shown.soup.select_one(".r-qr svg")
    code = stage.do(actions.own_code, stage.cast.anna)
    client_for(stage.cast.chiara).look(f"/c/cremona/door/{code}", status=404)
    with clock.at(TUESDAY):
        door = bashir.look(f"/c/cremona/door/{code}")
        assert door.says("Mina")
        here = bashir.submit(door, "Sono qui")
        assert here.link("Leggi un altro codice").endswith("/door")
        assert not here.says("Chi è qui?")
        assert here.says("2 persone sono qui")
        assert bashir.submit(door, "Sono qui").says("era già segnato")
        assert bashir.look("/c/cremona/door/AAAA-BBBB-CCCC", status=422).says("non vale")
        listed = bashir.look(f"/c/cremona/sessions/{date}/list")
        assert listed.says("qui dalle")
        row = stage.all()[0].id
        fetch = bashir.look(f"/c/cremona/sessions/{date}/list/{row}/fetch")
        assert fetch.says("Nonna Rosa")
        wrong = bashir.submit(fetch, "Va a casa", status=409, name="Chiara Prova")
        assert wrong.errors()
        gone = bashir.submit(fetch, "Va a casa", name="Nonna Rosa")
        assert gone.says("andato a casa")
        assert bashir.look(f"/c/cremona/sessions/{date}/list/sheet").says("Ettore")
        anna.look(f"/c/cremona/sessions/{date}/list/{row}/fetch", status=404)


@on_sqlite
def test_a_training_is_completed(stage: EnrolStage, client_for: Callable[..., Browser]) -> None:
    date = stage.date(places=None, qualification="Primo soccorso", valid_months=12)
    stage.enrol(stage.cast.anna, date)
    stage.enrol(stage.cast.dario, date)
    browser = client_for(stage.cast.bashir)
    with clock.at(TUESDAY + timedelta(minutes=30)):
        page = browser.look(f"/c/cremona/sessions/{date}/list")
        page = browser.submit(page, "È qui")
        page = browser.submit(page, "Segna chi manca")
        assert page.says("segnat")
        page = browser.submit(page, "Dallo")
        assert page.says("1 persona")
        mine = client_for(stage.cast.anna).look("/c/cremona/enrolments")
        assert mine.says("Primo soccorso")
    with clock.at(TUESDAY + timedelta(days=1)):
        assert client_for(stage.cast.dario).look("/c/cremona/enrolments").says("può capitare")
    for hour, ended in ((23, False), (24, True)):  # its last day is that on the wall, and not in Greenwich
        with clock.at(at(11, 0, year=2028) + timedelta(hours=hour, minutes=30)):
            assert client_for(stage.cast.anna).look("/c/cremona/enrolments").says("(concluso)") == ended


@on_sqlite
def test_what_was_noted_of_somebody_is_read_by_themselves_alone(
    stage: EnrolStage, client_for: Callable[..., Browser]
) -> None:
    date = stage.date(places=4)
    other = stage.second_adult(stage.cast.anna, "olga")
    stage.enrol(stage.cast.anna, date, f"p{other.id}")
    with clock.at(TUESDAY + timedelta(minutes=30)):
        stage.do(actions.close_list, stage.cast.bashir, date)
    with clock.at(TUESDAY + timedelta(days=2)):
        assert client_for(other).look("/c/cremona/enrolments").says("non c’era")
        mine = client_for(stage.cast.anna).look("/c/cremona/enrolments")
        assert not mine.says("non c’era")


@on_sqlite
def test_the_days_to_come_stand_at_home(stage: EnrolStage, client_for: Callable[..., Browser]) -> None:
    date = stage.date(places=4)
    stage.enrol(stage.cast.anna, date, *stage.kids())
    title = stage.row(stage.one(date).activity_id).title
    anna = stage.cast.anna
    with stage.database.reading() as session:
        assert coming_up(session, anna.actor, [anna.party.id]) == [(anna.party.id, TUESDAY, title, stage.center().name)]
    with clock.at(TUESDAY - timedelta(days=1)):
        home = client_for(anna).look("/c/cremona/")
        assert home.says(title)
        assert not home.says("Ettore")
        assert not client_for(stage.cast.chiara).look("/c/cremona/").says(title)
    stage.do(actions.cannot_come, anna, date)
    with clock.at(TUESDAY - timedelta(days=1)):
        assert not client_for(anna).look("/c/cremona/").says(title)


@on_sqlite
def test_makers_find_where_to_write_to_all_who_come(stage: EnrolStage, client_for: Callable[..., Browser]) -> None:
    date = stage.date(places=4)
    stage.enrol(stage.cast.anna, date, *stage.kids())
    shown = client_for(stage.cast.maker).look(address(stage, date))
    link = shown.soup.find("a", string=lambda words: bool(words) and "Scrivi a tutti" in words) or shown.soup.find(
        "a", href=lambda href: bool(href) and "activity_people" in href
    )
    form = client_for(stage.cast.maker).look(link["href"])
    assert form.says(stage.row(stage.one(date).activity_id).title)
    assert not client_for(stage.cast.bashir).look(address(stage, date)).says("Scrivi a tutti")


@on_sqlite
def test_a_closure_says_which_dates_it_meets(stage: EnrolStage, client_for: Callable[..., Browser]) -> None:
    stage.date(places=4)
    bashir = client_for(stage.cast.bashir)
    hours = bashir.look(f"/c/cremona/centers/{stage.center().slug}/hours")
    said = bashir.submit(hours, "/days", first_on="2027-01-11", last_on="2027-01-12", words="Disinfestazione")
    assert said.says("1 data delle sue attività")


@on_sqlite
def test_who_says_yes_on_the_way_goes_on_with_enrolling(
    stage: EnrolStage, client_for: Callable[..., Browser], visitor: Browser
) -> None:
    date, child = stage.date(left_alone=True), stage.child(stage.cast.anna, "Lia", said="")
    anna = client_for(stage.cast.anna)
    form = anna.look(f"/c/cremona/sessions/{date}/enrol")
    [link] = [one["href"] for one in form.soup.select("main a") if f"/dependants/{child}/consent" in one["href"]]
    asked = anna.look(link)
    assert asked.soup.select_one("a.r-back")["href"] == f"/c/cremona/sessions/{date}/enrol"
    back = anna.submit(asked, "Dico sì", kind="alone")
    assert back.soup.h1.get_text() == form.soup.h1.get_text()
    assert back.soup.select_one(f"input[value=d{child}]")
    elsewhere = anna.look(link.split("?")[0] + "?next=https://example.com/")
    said = anna.submit(elsewhere, "Dico sì", kind="alone")
    assert said.says("Lia")
    there = (elsewhere.soup.select_one("a.r-back")["href"], elsewhere.form("Dico sì")["action"])
    assert [one for one in there if "example.com" in one] == []
