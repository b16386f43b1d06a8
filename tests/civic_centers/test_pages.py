"""The pages of centers, rooms and walls, as people use them."""

from collections.abc import Callable
from datetime import date

from civic_centers.centers.actions import add_special_day
from civic_centers.centers.rules import Special
from foundation import clock
from tests.civic_centers.stage import CenterStage, at
from tests.client import Browser, on_sqlite


@on_sqlite
def test_a_visitor_reads_all_that_is_public(stage: CenterStage, visitor: Browser) -> None:
    stage.need()
    stage.book(at(12, 16), at(12, 17))
    assert visitor.look("/c/cremona/centers/").says("Civic Center di prova")
    page = visitor.look(f"/c/cremona/centers/{stage.slug}")
    assert page.says("Ora è chiuso, apre oggi alle 15:00")
    assert page.says("Un posto caldo dove studiare")
    assert not page.says("Bashir")
    room = visitor.look(f"/c/cremona/rooms/{stage.room}?day=2027-01-12")
    assert room.says("Occupata")
    assert room.says("17:15")
    assert not room.says("Compiti")
    assert visitor.look(f"/c/cremona/rooms/{stage.room}?view=week").says("Libera tutto il giorno")
    poster = visitor.look(f"/c/cremona/centers/{stage.slug}/poster")
    assert poster.soup.select_one(".r-qr svg")
    assert visitor.look(f"/c/cremona/centers/{stage.slug}/wall/sheet").soup.select_one("svg")
    assert visitor.look(f"/c/cremona/centers/{stage.slug}/wall").says("1 famiglia")


@on_sqlite
def test_what_speaks_against_it_is_shown_before(stage: CenterStage, client_for: Callable[..., Browser]) -> None:
    browser = client_for(stage.cast.bashir)
    form = browser.look(f"/c/cremona/rooms/{stage.other_room}/book?day=2027-01-16")
    said = {"starts": "16:00", "ends": "17:00", "title": "Prove del coro", "people": "12"}
    warned = browser.submit(form, "Prenota", status=422, **said)
    assert warned.says("fuori dall’orario")
    assert warned.says("Ci stanno 8 persone")
    done = browser.submit(warned, "Prenota lo stesso")
    assert done.says("La sala è vostra")
    taken = browser.look(f"/c/cremona/rooms/{stage.other_room}/book?day=2027-01-12")
    stage.book(at(12, 16), at(12, 17), room=stage.other_room)
    refused = browser.submit(taken, "Prenota", status=409, **{**said, "people": "5"})
    assert refused.says("Sala grande")  # which is free then
    assert refused.says("La sala è occupata")


@on_sqlite
def test_bad_times_keep_the_words(stage: CenterStage, client_for: Callable[..., Browser]) -> None:
    browser = client_for(stage.cast.anna)
    form = browser.look(f"/c/cremona/rooms/{stage.room}/book?day=2027-01-12")
    wrong = browser.submit(form, "Chiedila", status=422, starts="17:00", ends="16:00", title="Compleanno")
    assert wrong.says("Deve finire dopo")
    assert 'value="Compleanno"' in wrong.html
    lost = browser.submit(form, "Chiedila", status=422, day="2027-03-28", starts="02:30", ends="04:00", title="Notte")
    assert any("non esiste" in error for error in lost.errors())


@on_sqlite
def test_a_request_goes_through_both_phones(stage: CenterStage, client_for: Callable[..., Browser]) -> None:
    anna, bashir = client_for(stage.cast.anna), client_for(stage.cast.bashir)
    form = anna.look(f"/c/cremona/rooms/{stage.room}/book?day=2027-01-12")
    asked = anna.submit(form, "Chiedila", starts="16:00", ends="17:00", title="Compleanno")
    assert asked.says("Aspetta una risposta")
    booking = bashir.look(asked.address)
    assert booking.says("Aspettano la tua risposta")
    assert bashir.look("/c/cremona/").says("Qualcuno chiede Sala grande")
    assert bashir.submit(booking, "Dai loro la sala").says("Prenotata")
    moved = bashir.submit(bashir.look(f"{asked.address}/move"), "Sposta", ends="18:00")
    assert moved.says("18:00")
    reason = anna.look(f"{asked.address}/cancel")
    assert anna.submit(reason, "Restituisci la sala", status=422).errors()
    assert anna.submit(reason, "Restituisci la sala", reason="Febbre").says("Annullat")


@on_sqlite
def test_a_keeper_changes_hours_and_days(stage: CenterStage, client_for: Callable[..., Browser]) -> None:
    browser = client_for(stage.cast.bashir)
    hours = f"/c/cremona/centers/{stage.slug}/hours"
    page = browser.look(hours)
    wrong = browser.submit(page, "Salva la settimana", status=422, opens_6_1="10:00", closes_6_1="09:00")
    assert wrong.says("Deve chiudere dopo")
    half = browser.submit(page, "Salva la settimana", status=422, opens_6_1="10:00")
    assert half.says("lascia vuoti")
    assert half.says("Sabato, apre alle")
    browser.submit(page, "Salva la settimana", opens_6_1="20:00", closes_6_1="00:00")
    assert browser.look(f"/c/cremona/centers/{stage.slug}").says("20:00–00:00")
    wrong = browser.submit(browser.look(hours), "/days", status=422, first_on="2027-01-12", last_on="2027-01-11")
    assert wrong.says("ultimo giorno")
    added = browser.submit(browser.look(hours), "/days", first_on="2027-01-12", words="Guasto")
    assert added.says("Guasto")
    assert not browser.submit(added, "/remove").says("Guasto")


@on_sqlite
def test_what_is_different_stands_in_the_order_of_the_days(stage: CenterStage, visitor: Browser) -> None:
    stage.do(
        add_special_day, stage.cast.bashir, stage.center_id, Special(date(2027, 1, 16), date(2027, 1, 20), None, "gelo")
    )
    with clock.at(at(30, 9, month=11, year=2027)):
        winter = Special(date(2027, 12, 24), date(2028, 1, 6), None, "pausa d’inverno")
        stage.do(add_special_day, stage.cast.bashir, stage.center_id, winter)
        told = visitor.look(f"/c/cremona/centers/{stage.slug}").soup.select("#hours ~ ul li")
    lines = [" ".join(one.get_text().split()) for one in told]
    assert lines[0].startswith("mercoledì 8 dicembre: Chiuso")
    assert lines[1:] == ["venerdì 24 dicembre – giovedì 6 gennaio 2028: Chiuso, pausa d’inverno"]
    page = visitor.look(f"/c/cremona/centers/{stage.slug}")  # begun before the week is over, it goes on after it
    assert "gelo" in page.soup.select_one("#hours ~ ul li").get_text()
    assert page.html.index("Il calendario del centro") < page.html.index("La parete dei bisogni")


@on_sqlite
def test_a_keeper_does_not_lose_the_center_by_one_slip(stage: CenterStage, client_for: Callable[..., Browser]) -> None:
    page = client_for(stage.cast.bashir).look(f"/c/cremona/centers/{stage.slug}/keepers")
    [button] = [form for form in page.soup.select("form") if form.get("action", "").endswith("/end")]
    assert button.find_parent("details").summary.get_text() == "Non lo tengo più"


@on_sqlite
def test_keys_and_names(stage: CenterStage, client_for: Callable[..., Browser]) -> None:
    maker, bashir = client_for(stage.cast.maker), client_for(stage.cast.bashir)
    keepers = f"/c/cremona/centers/{stage.slug}/keepers"
    page = maker.look(keepers)
    assert maker.submit(page, "Affida il centro", person_id=str(stage.cast.chiara.id)).says("Chiara Prova")
    assert bashir.submit(bashir.look(keepers), "Il mio nome può esserci").says("Togli il mio nome")
    assert bashir.look(f"/c/cremona/centers/{stage.slug}").says("Qui trovi Bashir Prova")


@on_sqlite
def test_opening_editing_and_closing(stage: CenterStage, client_for: Callable[..., Browser]) -> None:
    maker = client_for(stage.cast.maker)
    form = maker.look("/c/cremona/centers/new")
    zone = str(stage.cast.zones["centro"].id)
    wrong = maker.submit(form, "/new", status=422, name="Nuovo", zone_id=zone)
    assert wrong.errors()
    said = {"name": "Nuovo", "zone_id": zone, "address": "Via Po 3", "province": "cr"}
    maker.submit(form, "/new", **said)
    edit = maker.look("/c/cremona/centers/nuovo/edit")
    assert maker.submit(edit, "/edit", words="Una sala").says("Una sala")
    close = maker.look("/c/cremona/centers/nuovo/close?day=2027-01-20")
    other = maker.submit(close, "Chiudilo per sempre", status=422, last_day="2027-01-25", words="Si cambia")
    done = maker.submit(other, "Chiudilo per sempre")
    assert done.says("Si cambia")
    assert not done.says("Aggiungi una sala")


@on_sqlite
def test_the_wall_from_need_to_post(stage: CenterStage, client_for: Callable[..., Browser]) -> None:
    anna, bashir = client_for(stage.cast.anna), client_for(stage.cast.bashir)
    new = anna.look(f"/c/cremona/centers/{stage.slug}/wall/new")
    need = anna.submit(new, "Mettilo sulla parete", words="Una panchina davanti")
    assert need.says("Una panchina davanti")
    theirs = bashir.look(need.address)
    joined = bashir.submit(theirs, "Anche a noi")
    assert joined.says("2 famiglie")
    assert bashir.submit(joined, "Anche a noi").says("1 famiglia")
    assert "Una panchina davanti" in bashir.submit(bashir.look(need.address), "Fanne un annuncio").html
    answer = bashir.look(f"{need.address}/answer")
    assert bashir.submit(answer, "Rispondi", reply="Arriva a marzo").says("Arriva a marzo")
    assert anna.look(f"/c/cremona/centers/{stage.slug}/wall").says("Com’è andata a finire")
    assert anna.look("/c/cremona/wall/mine").says("Risposto")


@on_sqlite
def test_copying_the_sheet_and_merging(stage: CenterStage, client_for: Callable[..., Browser]) -> None:
    bashir, other = client_for(stage.cast.bashir), stage.need("Una panca")
    sheet = bashir.look(f"/c/cremona/centers/{stage.slug}/wall/copy")
    wrong = bashir.submit(sheet, "Mettili sulla parete", status=422)
    assert wrong.errors()
    wall = bashir.submit(sheet, "Mettili sulla parete", words_1="Una panchina", ticks_1="3")
    assert wall.says("4 famiglie")
    merge = bashir.look(f"/c/cremona/wall/{other}/merge")
    merged = bashir.submit(merge, "Contali insieme", into_id=str(other + 1))
    assert merged.says("5 famiglie")
    assert bashir.look(f"/c/cremona/wall/{other}").says("Contato insieme a")


@on_sqlite
def test_a_room_is_added_changed_and_retired(stage: CenterStage, client_for: Callable[..., Browser]) -> None:
    bashir = client_for(stage.cast.bashir)
    form = bashir.look(f"/c/cremona/centers/{stage.slug}/rooms/new")
    assert bashir.submit(form, "/rooms/new", status=422, name="").errors()
    assert bashir.submit(form, "/rooms/new", name="Cortile", places="30").says("Cortile")
    edit = bashir.look(f"/c/cremona/rooms/{stage.room}/edit")
    assert bashir.submit(edit, "/edit", changeover_minutes="30").says("30 min")
    stage.ask(at(13, 16), at(13, 17))
    retire = bashir.look(f"/c/cremona/rooms/{stage.room}/retire")
    assert retire.says("Compleanno")
    assert bashir.submit(retire, "Toglila dall’uso", reason="Lavori").says("1 prenotazione è stata annullata")


@on_sqlite
def test_the_search_box_finds_both(stage: CenterStage, client_for: Callable[..., Browser]) -> None:
    stage.need()
    browser = client_for(stage.cast.chiara)
    assert browser.look("/c/cremona/search?q=prova").says("Civic Center di prova")
    assert browser.look("/c/cremona/search?q=studiare").says("Un posto caldo dove studiare")


@on_sqlite
def test_the_button_itself_says_what_it_does(stage: CenterStage, client_for: Callable[..., Browser]) -> None:
    need_id, chiara = stage.need(), client_for(stage.cast.chiara)
    page = chiara.look(f"/c/cremona/centers/{stage.slug}/wall")
    chiara.submit(page, "Anche a noi")
    wall = chiara.look(f"/c/cremona/centers/{stage.slug}/wall")
    forms = [form for form in wall.soup.select("form") if form.get("action", "").endswith(f"/wall/{need_id}/join")]
    assert [form.get("aria-label") for form in forms] == [None, None]
    assert [form.button["aria-label"].split(" · ")[0] for form in forms] == [
        "Riprendi: Anche a noi",
        "Posso dare una mano",
    ]


@on_sqlite
def test_what_was_said_is_not_scrolled_past(stage: CenterStage, client_for: Callable[..., Browser]) -> None:
    keeper = client_for(stage.cast.bashir)
    hours = keeper.look(f"/c/cremona/centers/{stage.slug}/hours")
    room = keeper.look(f"/c/cremona/centers/{stage.slug}/rooms/new")
    for page, button, said in (
        (hours, "/days", {"first_on": "2027-02-01", "how": "closed"}),
        (room, "/rooms/new", {"name": "Cucina"}),
    ):
        form = page.form(button)
        answer = keeper.client.post(form["action"], data={**keeper.filled(form, button), **said})
        assert answer.status_code == 303
        assert "#" not in answer.headers["Location"]
