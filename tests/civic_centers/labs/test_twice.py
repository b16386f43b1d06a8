"""The same click twice, days that nobody can mean, and what a reported page shows to who looks at it."""

import io
from collections.abc import Callable
from datetime import date

import pytest
from PIL import Image

from civic_centers.labs import actions
from civic_centers.labs.feature import reported_entry
from civic_centers.labs.rules import Answer
from tests.civic_centers.labs.stage import LABS, TODAY, LabStage, picture
from tests.client import Browser, on_sqlite

pytestmark = on_sqlite
ClientFor = Callable[..., Browser]


def test_ending_declining_and_sending_away_twice_is_said_once(stage: LabStage, client_for: ClientFor) -> None:
    maker, place = client_for(stage.cast.maker), f"{LABS}/{stage.slug_of_lab}"
    away = maker.look(f"{place}/people/{stage.row('anna').id}/remove")
    for _twice in range(2):
        assert maker.submit(away, "Conferma", reason="Così ci siamo detti").says("Chi ne fa parte")
    asks = stage.lab(stage.make(name="Su richiesta"))
    stage.do(actions.join_lab, stage.cast.chiara, asks.id)
    no = maker.look(f"{LABS}/{asks.slug}/people/{stage.row('chiara', asks.id).id}/refuse")
    for _twice in range(2):
        assert maker.submit(no, "Rispondi di no", reason="Siamo al completo").says("Chi ne fa parte")
    end = maker.look(f"{place}/end")
    for _twice in range(2):
        assert maker.submit(end, "Concludi", outcome="Sei famiglie").says("Sei famiglie")
    draft = stage.lab(stage.make(who="chiara", name="Una cosa"))
    decline = maker.look(f"{LABS}/{draft.slug}/decline")
    for _twice in range(2):
        maker.submit(decline, "Non aprirlo", reason="Esiste già")
    assert stage.letters().count(("chiara", "labs:not_taken")) == 1


@pytest.mark.parametrize("field", ["starts_on", "ends_on"])
@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2150-06-01", "1905-06-01"])
def test_a_year_that_nobody_means_is_said_at_its_field(
    stage: LabStage, client_for: ClientFor, field: str, day: str
) -> None:
    chiara = client_for(stage.cast.chiara)
    form = chiara.look(f"{LABS}/new?kind=care")
    wrong = chiara.submit(
        form, "Proponi il laboratorio", name="Lontano", need="Le ore", kind="care", status=422, **{field: day}
    )
    assert wrong.errors()


def test_a_day_of_the_diary_long_before_everybody_is_refused(stage: LabStage, client_for: ClientFor) -> None:
    bashir = client_for(stage.cast.bashir)
    form = bashir.look(f"{LABS}/{stage.slug_of_lab}/diary/new")
    assert bashir.submit(form, "Scrivila", words="Ieri", on_day="0001-01-01", status=422).errors()


def test_numbers_beyond_everything_are_not_found(stage: LabStage, client_for: ClientFor) -> None:
    anna, far = client_for(stage.cast.anna), "9" * 18
    for more in (f"/number/{far}", f"/diary/{far}", f"/number/{far}{far}", f"/{stage.slug_of_lab}/diary?before={far}"):
        anna.look(f"{LABS}{more}", status=404)


def test_a_photograph_is_reported_through_its_page(stage: LabStage, client_for: ClientFor) -> None:
    cast = stage.cast
    number = stage.do(actions.write_entry, cast.bashir, stage.lab_id, "Eravamo in sei", TODAY, public=True).id
    data = io.BytesIO()
    Image.new("RGB", (400, 300), "green").save(data, "PNG")
    data.seek(0)
    bashir, chiara = client_for(cast.bashir), client_for(cast.chiara)
    put = bashir.submit(
        bashir.look(f"{LABS}/diary/{number}/photo"), "Mettila", photo=(data, "a.png"), seen="Un tavolo", child="no"
    )
    address = put.soup.select_one(".r-photos img")["src"]
    page = chiara.look(f"{LABS}/diary/{number}")
    assert chiara.look(page.link("Segnala")).says("Eravamo in sei · Un tavolo")
    with stage.database.reading() as session:
        assert reported_entry(session, cast.maker.actor, number)[0] == "Eravamo in sei · Un tavolo"
    stage.do(actions.hide_entry, cast.maker, number)
    chiara.look(f"{LABS}/diary/{number}", status=404)
    with chiara.client.get(address) as gone:
        assert gone.status_code == 404


def test_a_new_photograph_of_a_goal_takes_the_place_of_the_old(stage: LabStage) -> None:
    bashir, goal = stage.cast.bashir, stage.do(actions.add_goal, stage.cast.bashir, stage.lab_id, "Cena", None).id
    answer, seen = Answer("Un tavolo", False), []
    for number in (1, 2):
        stage.do(
            actions.end_goal, bashir, stage.lab_id, goal, "reached", "Eccola", version=2 * number - 1,
            photo=picture(number), answer=answer,
        )  # fmt: skip
        seen.append(stage.photos())
        if number == 1:
            stage.do(actions.change_goal, bashir, stage.lab_id, goal, "Cena", date(2027, 2, 1), version=2)
    assert [len(one) for one in seen] == [1, 1]
    assert seen[0] != seen[1]
