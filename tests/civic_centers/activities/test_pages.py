"""The pages of activities, as people use them."""

from collections.abc import Callable
from datetime import date

import pytest

from civic_centers.activities import actions
from civic_centers.centers.actions import Ending
from foundation.database import Session
from foundation.feature import registry
from tests.civic_centers.activities.stage import ActivityStage
from tests.civic_centers.stage import at
from tests.client import Browser, on_sqlite


@on_sqlite
def test_a_visitor_reads_what_goes_on(stage: ActivityStage, visitor: Browser) -> None:
    homework = stage.activity(min_age=6, max_age=10, places=12, price_cents=200)
    first = stage.session_row(homework, at(12, 16), places=12, taken=3)
    off = stage.session_row(homework, at(19, 16), state="cancelled", reason="Neve")
    stage.session_row(homework, at(5, 16))
    draft = stage.activity("Segreto", state="draft", published_at=None)
    listing = visitor.look(f"/c/cremona/centers/{stage.slug}/activities")
    assert listing.says("Compiti insieme")
    assert listing.says("12 gennaio")
    assert not listing.says("Segreto")
    assert visitor.look(f"/c/cremona/centers/{stage.slug}").says("Compiti insieme")
    page = visitor.look(f"/c/cremona/activities/{homework}")
    assert page.says("19 gennaio")
    assert page.says("5 gennaio")
    one = visitor.look(f"/c/cremona/activities/{homework}/sessions/{first}")
    assert one.says("16:00–18:00")
    assert visitor.look(f"/c/cremona/activities/{homework}/sessions/{off}").says("Neve")
    assert visitor.look(f"/c/cremona/activities/{homework}/poster").soup.select_one(".r-qr svg")
    visitor.look(f"/c/cremona/activities/{draft}", status=404)
    other = stage.activity("Altro")
    visitor.look(f"/c/cremona/activities/{other}/sessions/{first}", status=404)


@on_sqlite
def test_only_what_is_published_is_shared(stage: ActivityStage, client_for: Callable[..., Browser]) -> None:
    activity = stage.make("Segreto")
    keeper = client_for(stage.cast.bashir)
    page = f"/c/cremona/activities/{activity}"
    assert not keeper.look(page).soup.select("[data-share]"), "the others would find nothing there"
    stage.dates(activity, at(12, 16))
    stage.open(activity)
    assert keeper.look(page).soup.select("[data-share]")
    draft = stage.make("Mai visto")
    stage.do(actions.cancel_activity, stage.cast.bashir, draft, reason="")
    assert not keeper.look(f"/c/cremona/activities/{draft}").soup.select("[data-share]")


@on_sqlite
def test_a_keeper_plans_an_afternoon(stage: ActivityStage, client_for: Callable[..., Browser]) -> None:
    browser = client_for(stage.cast.bashir)
    form = browser.look(f"/c/cremona/centers/{stage.slug}/activities/new")
    wrong = browser.submit(form, "Avanti", status=422, title="", min_age="10", max_age="6")
    assert wrong.errors()
    wrong = browser.submit(form, "Avanti", status=422, title="Compiti", kind="homework", min_age="10", max_age="6")
    assert wrong.says("età più grande")
    ways = browser.submit(form, "Avanti", title="Compiti", kind="homework", places="12", min_age="6")
    assert ways.says("Quando si fa?")
    dates = browser.look(ways.soup.select_one("a[href$='how=weekly']")["href"])
    stage.book(at(19, 17), at(19, 18))
    said = {
        "day": "2027-01-12",
        "starts": "16:00",
        "ends": "18:00",
        "room_id": str(stage.room),
        "last_on": "2027-02-02",
    }
    end = browser.submit(dates, "Segna", status=422, **{**said, "ends": "15:00"})
    assert end.says("Deve finire dopo")
    asked = browser.submit(dates, "Segna", status=422, **said)
    assert asked.says("la sala è occupata")
    draft = browser.submit(asked, "Segna")
    assert draft.says("4 incontri")
    assert draft.says("La vedete solo voi")
    assert draft.says("1 incontro non ha una sala")
    done = browser.submit(draft, "/publish")
    assert done.says("Pubblicata")
    activity = int(done.address.rsplit("/", 1)[-1].split("#")[0])
    assert [one.booking_id is None for one in stage.sessions(activity)] == [False, True, False, False]


@on_sqlite
def test_a_keeper_changes_and_calls_off(stage: ActivityStage, client_for: Callable[..., Browser]) -> None:
    browser, visitor = client_for(stage.cast.bashir), client_for(stage.cast.anna)
    activity = stage.make(places=10)
    stage.rhythm(activity, room=stage.room, last_on=date(2027, 2, 2))
    stage.open(activity)
    first, second = [one.id for one in stage.sessions(activity)][:2]
    here = f"/c/cremona/activities/{activity}"
    edit = browser.look(f"{here}/sessions/{second}/edit")
    asked = browser.submit(edit, "Salva", status=422, scope="following", day="2027-01-23")
    assert asked.says("fuori dall’orario")
    moved = browser.submit(asked, "Salva", scope="following", day="2027-01-23")
    assert moved.says("3 incontri sono cambiati")
    lost = browser.submit(edit, "Salva", status=422, day="2027-03-28", starts="02:30", ends="04:00")
    assert any("non esiste" in error for error in lost.errors())
    off = browser.look(f"{here}/sessions/{first}/cancel")
    assert browser.submit(off, "Annulla", status=422).errors()
    done = browser.submit(off, "Annulla", reason="Neve")
    assert done.says("Neve")
    assert browser.submit(done, "/restore").says("Si fa lo stesso")
    change = browser.look(f"{here}/edit")
    assert browser.submit(change, "Salva", title="Compiti e merenda").says("Compiti e merenda")
    rhythm = stage.rhythms(activity)[-1].id
    ended = browser.submit(browser.look(f"{here}/rhythms/{rhythm}/end"), "/end", last_on="2027-01-24", reason="Basta")
    assert ended.says("2 incontri sono annullati")
    every = browser.submit(browser.look(f"{here}/cancel"), "/cancel", reason="Si cambia")
    assert every.says("Si cambia")
    visitor.look(f"{here}/edit", status=404)
    assert visitor.look(here).says("Si cambia")


@on_sqlite
def test_single_days_and_a_draft_thrown_away(stage: ActivityStage, client_for: Callable[..., Browser]) -> None:
    browser = client_for(stage.cast.bashir)
    activity = stage.make()
    here = f"/c/cremona/activities/{activity}"
    assert not browser.look(f"{here}/dates").soup.select("main form")
    form = browser.look(f"{here}/dates?how=days")
    said = {"day": "2027-01-12", "day_2": "2027-01-14", "starts": "16:00", "ends": "18:00"}
    done = browser.submit(form, "Segna", **said)
    assert done.says("2 incontri")
    again = browser.submit(form, "Segna", **said)  # the same form sent twice
    assert again.says("14 gennaio")
    assert len(stage.sessions(activity)) == 2
    gone = browser.submit(browser.look(f"{here}/cancel"), "/cancel")
    assert gone.says("La bozza non c’è più")
    client_for(stage.cast.anna).look(here, status=404)


@on_sqlite
def test_only_what_belongs_to_the_way_is_asked(stage: ActivityStage, client_for: Callable[..., Browser]) -> None:
    browser = client_for(stage.cast.bashir)
    here = f"/c/cremona/activities/{stage.make()}/dates"
    asked = {}
    for how in ("once", "days", "weekly"):
        page = browser.look(f"{here}?how={how}")
        asked[how] = {field["name"] for field in page.soup.select("main form :is(input, select)[name]")}
    assert not asked["once"] & {"day_2", "weekdays", "last_on", "clashing"}
    assert "day_6" in asked["days"] - asked["weekly"]
    assert {"weekdays", "every_weeks", "last_on"} <= asked["weekly"] - asked["days"]
    form = browser.look(f"{here}?how=once")
    done = browser.submit(form, "Segna", day="2027-01-12", day_2="2027-01-14", starts="16:00", ends="18:00")
    assert done.says("1 incontro")
    other = browser.submit(form, "Segna", status=422, how="never", day="2027-01-12", starts="16:00", ends="18:00")
    assert other.says("Quante volte?")


@on_sqlite
def test_fewer_places_are_asked_for_first(
    stage: ActivityStage, client_for: Callable[..., Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    activity = stage.make(places=10)
    (number,) = stage.dates(activity, at(12, 16))
    stage.open(activity)
    stage.do(lambda session, _actor: actions.take_places(session, number, 3), stage.cast.anna)

    def shrink(_session: Session, _number: int, _places: int) -> Ending:
        return Ending("Una persona perde il posto.", lambda writing, *_more: actions.give_back_places(writing, number))

    others = registry.hooks
    monkeypatch.setattr(registry, "hooks", lambda name: [shrink] if name == "places_shrunk" else others(name))
    browser = client_for(stage.cast.bashir)
    edit = browser.look(f"/c/cremona/activities/{activity}/edit")
    asked = browser.submit(edit, "Salva", status=422, places="2")
    assert asked.says("Una persona perde il posto")
    unsaid = browser.submit(asked, "Salva", status=422)
    assert unsaid.errors()
    browser.submit(asked, "Salva", reason="La sala è piccola")
    assert (stage.one(number).places, stage.one(number).taken) == (2, 2)


@on_sqlite
def test_a_time_and_a_number_stay_on_their_line(stage: ActivityStage, visitor: Browser) -> None:
    activity = stage.make(places=18)
    stage.rhythm(activity)
    stage.open(activity)
    page = visitor.look(f"/c/cremona/activities/{activity}").html
    assert "16:00\u2060–\u206018:00" in page
    assert "16:00–" not in page
    assert "liberi\u00a0su\u00a018" in page
