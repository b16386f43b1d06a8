"""Somebody cannot come, and too few adults are left for the children: keepers read what it means, and where."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from civic_centers.enrolling import actions
from civic_centers.enrolling.rules import adults_missing
from civic_centers.volunteering import actions as volunteering
from civic_centers.volunteering.rules import Wanted
from civic_centers.volunteering.tables import Slot
from community.notifications.tables import Notification
from tests.civic_centers.enrolling.stage import TUESDAY, EnrolStage
from tests.civic_centers.volunteering.shifts import take
from tests.client import Browser, on_sqlite


def told(stage: EnrolStage) -> list[tuple[str, Any, Any, Any]]:
    """What keepers were told of adults: how many children, how many adults, how many are missing."""
    of_adults = col(Notification.notice).in_(("enrolling:fewer_adults", "volunteering:gave_up"))
    with stage.database.reading() as session:
        found = session.exec(select(Notification).where(of_adults).order_by(col(Notification.id))).all()
        assert {one.person_id for one in found} <= {stage.cast.bashir.id}
        said = [one.params for one in found]
        kinds = [one.notice.split(":")[1] for one in found]
    return [
        (kind, one.get("minors"), one.get("adults"), one.get("missing")) for kind, one in zip(kinds, said, strict=True)
    ]


def with_children(stage: EnrolStage, rule: str = "warn", **more: Any) -> tuple[int, int]:
    """A date to which three children of Anna's come, one adult for two of them; and a slot of it for volunteers."""
    date = stage.date(places=None, children_per_adult=2, ratio_rule=rule, **more)
    wanted = Wanted("Compiti", party_id=stage.cast.bakery.party.id, most=3)
    stage.do(volunteering.make_for_sessions, stage.cast.bashir, stage.one(date).activity_id, [wanted], [date])
    with stage.database.reading() as session:
        slot = session.exec(select(Slot.id).where(Slot.session_id == date)).one()
    take(stage, slot, "chiara")
    take(stage, slot, "dario")
    third = stage.child(stage.cast.anna, "Terza")
    stage.enrol(stage.cast.anna, date, *stage.kids(), f"d{third}")
    return date, slot


def test_a_volunteer_gives_up(stage: EnrolStage) -> None:
    _date, slot = with_children(stage)
    take(stage, slot, "anna")
    stage.do(volunteering.give_up, stage.cast.anna, slot)
    assert told(stage) == [("gave_up", None, None, None)], "two are left, and two are enough"
    stage.do(volunteering.give_up, stage.cast.chiara, slot)
    stage.do(volunteering.give_up, stage.cast.dario, slot)
    assert told(stage)[1:] == [("fewer_adults", 3, 1, 1), ("fewer_adults", 3, 0, 2)], "one word for each, not two"


def test_a_volunteer_who_is_let_go(stage: EnrolStage) -> None:
    with_children(stage)
    with stage.database.writing() as session:
        volunteering.let_go_of_stopped(session, stage.cast.maker.actor, stage.cast.chiara.id)
    assert told(stage) == [("fewer_adults", 3, 1, 1)], "whatever the reason, the keepers read what it means"


def test_where_nothing_is_set_nothing_is_missing(stage: EnrolStage) -> None:
    _date, slot = with_children(stage, "off")
    stage.do(volunteering.give_up, stage.cast.chiara, slot)
    assert told(stage) == [("gave_up", None, None, None)]


def test_an_adult_who_was_enrolled_gives_up(stage: EnrolStage) -> None:
    date, slot = with_children(stage)
    for name in ("chiara", "dario"):
        stage.do(volunteering.give_up, stage.cast.members[name], slot)
    before = len(told(stage))
    stage.do(actions.cannot_come, stage.cast.anna, date, [stage.all()[0].id])
    assert len(told(stage)) == before, "a child fewer is no adult fewer"
    parent = stage.second_adult(stage.cast.anna, "olmo")
    stage.enrol(parent, date)
    stage.do(actions.cannot_come, parent, date, [next(row.id for row in stage.all() if row.person_id)])
    assert told(stage)[before:] == [("fewer_adults", 2, 0, 1)]


def test_of_a_course_it_is_said_once(stage: EnrolStage) -> None:
    course = stage.activity("Corso", enrol_for="all", ratio_rule="warn", children_per_adult=2)
    dates = [stage.session_row(course, TUESDAY + timedelta(days=7 * week)) for week in range(3)]
    stage.enrol(stage.cast.anna, dates[0], *stage.kids())
    stage.enrol(stage.cast.dario, dates[0])
    stage.do(actions.leave, stage.cast.dario, stage.requests()[-1].id)
    assert told(stage) == [("fewer_adults", 2, 0, 1)]


def test_how_many_are_missing() -> None:
    counted = [adults_missing(children, 1, 4) for children in (0, 4, 5, 8, 9)]
    assert counted == [0, 0, 1, 1, 2]
    assert adults_missing(9, 0, None) == 0


@on_sqlite
def test_the_word_leads_to_the_date_which_says_it_too(stage: EnrolStage, client_for: Callable[..., Browser]) -> None:
    date, slot = with_children(stage)
    stage.do(volunteering.give_up, stage.cast.chiara, slot)
    keeper = client_for(stage.cast.bashir, language="en")
    words = "Children who come: 3. Adults who look after them: 1. Adults missing: 1."
    notices = keeper.look("/c/cremona/notices")
    assert notices.says(words)
    opened = keeper.submit(notices, "/open")
    assert opened.says(stage.row(stage.one(date).activity_id).title)
    activity_id = stage.one(date).activity_id
    for address in (f"activities/{activity_id}/sessions/{date}", f"sessions/{date}/list"):
        assert keeper.look(f"/c/cremona/{address}").says(words)
