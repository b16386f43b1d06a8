"""Another room, and nothing else: families and volunteers are told where it takes place now, once a change."""

from typing import Any

from flask import Flask
from sqlmodel import select

from civic_centers.activities import actions as activities
from civic_centers.activities.actions import Change
from civic_centers.enrolling import actions
from civic_centers.enrolling.pages.calendar import feed_entries as feed_of_places
from civic_centers.volunteering import actions as volunteering
from civic_centers.volunteering.pages.calendar import feed_entries as feed_of_shifts
from civic_centers.volunteering.rules import Wanted
from civic_centers.volunteering.tables import Slot
from community.notifications.tables import Notification
from foundation import clock
from tests.civic_centers.enrolling.stage import TUESDAY, EnrolStage
from tests.civic_centers.stage import MONDAY, at
from tests.civic_centers.volunteering.shifts import take
from tests.client import on_sqlite


def told(stage: EnrolStage) -> list[tuple[str, str, Any]]:
    """Who was told what of another room, and which it is."""
    names = {member.id: name for name, member in stage.cast.members.items()}
    with stage.database.reading() as session:
        found = session.exec(select(Notification).order_by(Notification.id)).all()
    rooms = [one for one in found if one.notice.endswith("elsewhere")]
    return sorted((names[one.person_id], one.notice, one.params["place"]) for one in rooms)


def afternoons(stage: EnrolStage, *days: int, **more: Any) -> tuple[int, list[int]]:
    """An open activity in the big room with dates on these days of January, and a slot at each."""
    activity = stage.make(places=more.pop("places", 4), **more)
    ids = stage.dates(activity, *[at(day, 16) for day in days], room=stage.room)
    stage.open(activity)
    wanted = Wanted("Merenda", party_id=stage.cast.bakery.party.id, most=3)
    stage.do(volunteering.make_for_sessions, stage.cast.bashir, activity, [wanted], ids)
    return activity, ids


def slots(stage: EnrolStage) -> list[int]:
    with stage.database.reading() as session:
        return [one.id for one in session.exec(select(Slot).order_by(Slot.starts_at))]


def move(stage: EnrolStage, activity: int, date: int, room: int | None, scope: str = "one", places: int = 4) -> None:
    one = stage.one(date)
    to = Change(one.starts_at, one.ends_at, room, places=places)
    if scope == "one":
        stage.do(activities.change_session, stage.cast.bashir, activity, date, to)
    else:
        stage.do(activities.change_dates, stage.cast.bashir, activity, date, to, scope)


def test_one_date_in_another_room(stage: EnrolStage) -> None:
    activity, [date] = afternoons(stage, 12, places=2)
    stage.enrol(stage.cast.anna, date, *stage.kids())
    stage.enrol(stage.cast.dario, date)
    take(stage, slots(stage)[0], "chiara")
    stage.do(
        activities.change_session, stage.cast.bashir, activity, date, Change(TUESDAY, at(12, 18), stage.room, "Sì")
    )
    assert not told(stage), "the room stays"
    move(stage, activity, date, stage.other_room, places=2)
    place = f"Biblioteca, {stage.center().name}"
    assert told(stage) == [("anna", "enrolling:elsewhere", place), ("chiara", "volunteering:elsewhere", place)]
    move(stage, activity, date, stage.other_room, places=2)
    assert len(told(stage)) == 2, "nothing changed: nobody is told again"
    move(stage, activity, date, None, places=2)
    assert ("anna", "enrolling:elsewhere", stage.center().name) in told(stage)


def test_an_offered_place_is_elsewhere_too(stage: EnrolStage) -> None:
    activity, [date] = afternoons(stage, 12, places=1)
    stage.enrol(stage.cast.anna, date)
    stage.enrol(stage.cast.dario, date)
    stage.enrol(stage.cast.chiara, date)
    stage.do(actions.cannot_come, stage.cast.anna, date)
    assert stage.states(date) == ["cancelled", "offered", "waiting"]
    move(stage, activity, date, stage.other_room, places=1)
    assert [(who, notice) for who, notice, _place in told(stage)] == [("dario", "enrolling:elsewhere")]


def test_all_dates_in_another_room_are_one_change(stage: EnrolStage) -> None:
    activity, ids = afternoons(stage, 12, 19, 26)
    for date in ids:
        stage.enrol(stage.cast.anna, date, *stage.kids())
    stage.enrol(stage.cast.dario, ids[1])
    take(stage, slots(stage)[0], "chiara")
    take(stage, slots(stage)[2], "chiara")
    stage.book(at(26, 16), at(26, 18), room=stage.other_room)
    move(stage, activity, ids[0], stage.other_room, "all")
    place = f"Biblioteca, {stage.center().name}"
    assert told(stage) == [
        ("anna", "enrolling:all_elsewhere", place),
        ("chiara", "volunteering:elsewhere", place),
        ("dario", "enrolling:elsewhere", place),
    ], "where it takes place on the 26th is not known yet"
    third = stage.add_room("Palestra")
    move(stage, activity, ids[2], third)
    assert ("anna", "enrolling:elsewhere", f"Palestra, {stage.center().name}") in told(stage)


def test_another_time_says_where_too_and_is_told_once(stage: EnrolStage) -> None:
    activity, [date] = afternoons(stage, 12)
    stage.enrol(stage.cast.anna, date)
    to = Change(at(12, 17), at(12, 18), stage.other_room, places=4)
    stage.do(activities.change_session, stage.cast.bashir, activity, date, to)
    assert [one for one in stage.letters() if one[0] == "anna"] == [("anna", "enrolling:moved")]
    with stage.database.reading() as session:
        [letter] = session.exec(select(Notification).where(Notification.notice == "enrolling:moved")).all()
    assert letter.params["center"] == f"Biblioteca, {stage.center().name}"


@on_sqlite
def test_calendars_are_told_anew(app: Flask, stage: EnrolStage) -> None:
    activity, [date] = afternoons(stage, 12)
    stage.enrol(stage.cast.anna, date)
    take(stage, slots(stage)[0])

    def versions() -> list[int]:
        with app.test_request_context("/c/cremona/"), clock.at(MONDAY), stage.database.reading() as session:
            app.preprocess_request()
            who = stage.cast.anna.actor
            found = [*feed_of_places(session, who, MONDAY), *feed_of_shifts(session, who, MONDAY)]
            return [one.version for one in found]

    before = versions()
    move(stage, activity, date, stage.other_room)
    after = versions()
    assert len(before) == len(after) == 2
    assert all(new > old for old, new in zip(before, after, strict=True))
