"""What a lab works on, on its pages: goals and tasks, the diary, what is asked for and received, meetings."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from PIL import Image

from civic_centers.labs import actions
from foundation import clock
from tests.civic_centers.labs.stage import LABS, TODAY, LabStage, here
from tests.civic_centers.stage import MONDAY
from tests.client import Browser, on_sqlite

pytestmark = on_sqlite
ClientFor = Callable[..., Browser]


def a_picture() -> tuple[io.BytesIO, str]:
    data = io.BytesIO()
    Image.new("RGB", (400, 300), "green").save(data, "PNG")
    data.seek(0)
    return data, "tavolo.png"


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


def test_the_day_of_a_goal_stays_once_it_is_reached_or_dropped(stage: LabStage, client_for: ClientFor) -> None:
    bashir, due = stage.cast.bashir, TODAY + timedelta(days=40)
    for number, state in enumerate(("reached", "dropped"), 1):
        goal = stage.do(actions.add_goal, bashir, stage.lab_id, "Dieci famiglie", due).id
        stage.do(actions.end_goal, bashir, stage.lab_id, goal, state, "Undici", version=1)
        section = client_for(bashir).look(here(stage)).soup.select_one("#goals").text
        assert (section.count("entro il 20 feb"), section.count("11 gen")) == (number, number)
