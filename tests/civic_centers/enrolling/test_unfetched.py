"""A child who stays alone and whom nobody may fetch: the family hears of it at once, and the keepers before the day."""

from collections.abc import Callable
from datetime import timedelta

from sqlmodel import col, select

from civic_centers.enrolling import actions
from civic_centers.enrolling.jobs import run_consent
from civic_centers.enrolling.queries.fetching import said_of, unfetched
from civic_centers.enrolling.queries.listing import list_of
from community.dependants.tables import DependantConsent
from community.notifications.tables import Notification
from community.parties.actions import end_person
from foundation import clock
from foundation.jobs.tables import QueuedJob
from tests.civic_centers.enrolling.stage import TUESDAY, EnrolStage
from tests.client import Browser, on_sqlite

TOLD = "enrolling:unfetched"


def told(stage: EnrolStage) -> list[str]:
    return [who for who, notice in stage.letters() if notice == TOLD]


def look(stage: EnrolStage) -> None:
    """What was queued to be looked at."""
    with stage.database.writing() as session:
        for job in session.exec(select(QueuedJob).where(col(QueuedJob.kind) == "enrolling.consent")).all():
            run_consent(session, job.payload)


def say(stage: EnrolStage, who: str, kind: str, name: str, child: int | None = None) -> None:
    stage.do(actions.say_pick_up, stage.cast.members[who], child or stage.ettore, kind, name=name)


def with_elio(stage: EnrolStage, **more: object) -> int:
    """Ettore stays alone on Tuesday; two adults of the household may fetch him."""
    stage.second_adult(stage.cast.anna, "elio")
    date = stage.date(places=None, left_alone=True, **more)
    stage.enrol(stage.cast.anna, date, *stage.kids())
    return date


def on_list(stage: EnrolStage, date: int) -> list[str]:
    with stage.database.reading() as session:
        found = list_of(session, stage.cast.bashir.actor, date)
        return [one.name for one in found.coming if one.unfetched]


def test_two_who_exclude_each_other_are_told_at_once(stage: EnrolStage) -> None:
    date = with_elio(stage)
    anna, elio = stage.cast.anna, stage.cast.elio
    say(stage, "anna", "excluded", elio.name)
    assert not told(stage), "Anna herself may"
    assert on_list(stage, date) == []
    say(stage, "elio", "excluded", anna.name)
    assert sorted(told(stage)) == ["anna", "elio"]
    assert on_list(stage, date) == ["Ettore"], "Mina is fetched by either"
    with stage.database.reading() as session:
        letters = session.exec(select(Notification).where(col(Notification.notice) == TOLD)).all()
        for letter in letters:
            said = str(letter.params)
            assert not any(name in said for name in ("Ettore", anna.name, elio.name, "exclud"))
    say(stage, "elio", "excluded", "Zio Ugo")
    assert len(told(stage)) == 2, "it was so before: nobody is told again"
    say(stage, "anna", "allowed", "Nonna Rosa")
    assert on_list(stage, date) == []
    with stage.database.reading() as session:
        nonna = said_of(session, [stage.ettore])[stage.ettore][-1]
    with clock.at(clock.now() + timedelta(minutes=5)):
        stage.do(actions.take_back_pick_up, anna, stage.ettore, nonna.id)
    assert len(told(stage)) == 4, "who was named is taken away: they are told once more"
    assert on_list(stage, date) == ["Ettore"]


def test_who_is_excluded_by_another_does_not_hear_of_it(stage: EnrolStage) -> None:
    with_elio(stage)
    say(stage, "anna", "excluded", "Prova")  # too short a name: it means every adult of the household
    assert told(stage) == ["anna"]
    with stage.database.reading() as session:
        assert unfetched(session, [stage.ettore, stage.mina]) == {stage.ettore: {stage.cast.anna.id}}
        [line] = said_of(session, [stage.ettore])[stage.ettore]
    stage.do(actions.take_back_pick_up, stage.cast.anna, stage.ettore, line.id)
    with stage.database.reading() as session:
        assert not unfetched(session, [stage.ettore])


def test_nobody_is_told_where_nobody_stays_alone(stage: EnrolStage) -> None:
    with_us = stage.date(places=None)
    stage.enrol(stage.cast.anna, with_us, *stage.kids())
    say(stage, "anna", "excluded", "Prova")
    assert not told(stage)
    assert on_list(stage, with_us) == []


def test_an_adult_who_goes_leaves_nobody(stage: EnrolStage) -> None:
    date = with_elio(stage)
    with stage.database.writing() as session:
        yes = {"person_id": stage.cast.elio.id, "said": "alone", "text_version": "1"}
        session.add(DependantConsent(dependant_id=stage.ettore, **yes))
    say(stage, "anna", "excluded", stage.cast.elio.name)
    stage.do(end_person, stage.cast.anna, stage.cast.anna.party.id, stage.cast.anna.id)
    look(stage)
    assert told(stage) == ["elio"], "nobody else is there to hear it"
    assert on_list(stage, date) == ["Ettore"]


def test_the_day_before_it_is_said_again(stage: EnrolStage) -> None:
    date = with_elio(stage)
    say(stage, "anna", "excluded", "Prova")
    with clock.at(TUESDAY - timedelta(hours=23)), stage.database.writing() as session:
        actions.remind(session, date)
        actions.remind(session, date)
    assert told(stage) == ["anna", "anna"]


@on_sqlite
def test_pages_say_it_where_it_happens(stage: EnrolStage, client_for: Callable[..., Browser]) -> None:
    date = with_elio(stage)
    anna, bashir = client_for(stage.cast.anna), client_for(stage.cast.bashir)
    lines = anna.look(f"/c/cremona/dependants/{stage.ettore}/pick-up")
    assert not lines.says("nessuno può venire a prender")
    assert lines.says(stage.row(stage.one(date).activity_id).title)
    lines = anna.submit(lines, "Aggiungi questa riga", kind="excluded", name="Prova")
    assert lines.says("nessuno può venire a prender")
    elio = client_for(stage.cast.elio)
    assert not elio.look(f"/c/cremona/dependants/{stage.ettore}/pick-up").says("nessuno può venire a prender")
    listed = bashir.look(f"/c/cremona/sessions/{date}/list")
    assert listed.says("nessuno può venire a prender")
    assert listed.says("chiama la famiglia")
    for word in ("Prova", "esclus"):
        assert word not in listed.soup.select_one("main").get_text().replace("Civic Center di prova", "").replace(
            stage.cast.anna.party.name, ""
        )


@on_sqlite
def test_from_the_place_to_who_fetches_and_back(stage: EnrolStage, client_for: Callable[..., Browser]) -> None:
    date, with_us = with_elio(stage), stage.date(places=None, starts_at=TUESDAY + timedelta(days=1))
    stage.enrol(stage.cast.anna, with_us, f"d{stage.ettore}")
    page = f"/c/cremona/activities/{stage.one(date).activity_id}/sessions/{date}"
    lines = f"/c/cremona/dependants/{stage.ettore}/pick-up?date={date}"
    anna = client_for(stage.cast.anna)
    for address in (page, "/c/cremona/enrolments"):
        found = [one["href"] for one in anna.look(address).soup.find_all("a", href=True) if "pick-up" in one["href"]]
        assert found == [lines, lines.replace(f"/{stage.ettore}/", f"/{stage.mina}/")], "only where they stay alone"
    there = anna.look(lines)
    assert there.soup.find("a", href=f"{page}#places")
    there = anna.submit(there, "Aggiungi questa riga", kind="excluded", name="Prova")
    assert there.soup.find("a", href=f"{page}#places"), "also after something was written"
    for address in (page, "/c/cremona/enrolments"):
        assert anna.look(address).says("nessuno può venire a prender")
        assert not client_for(stage.cast.elio).look(address).says("nessuno può venire a prender")
    there = anna.submit(there, "Toglila")
    assert there.soup.find("a", href=f"{page}#places")
    of_others = anna.look(f"/c/cremona/dependants/{stage.ettore}/pick-up?date={with_us}")
    assert of_others.link("Ettore") == f"/c/cremona/household/dependants/{stage.ettore}"
