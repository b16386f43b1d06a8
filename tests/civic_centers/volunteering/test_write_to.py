"""Makers write to the volunteers of an activity together."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import select

from civic_centers.volunteering import actions
from civic_centers.volunteering.rules import Wanted
from civic_centers.volunteering.tables import Slot
from community.broadcasts.policies import audience_named
from foundation import clock
from foundation.errors import Missing
from tests.civic_centers.stage import MONDAY, CenterStage, at
from tests.civic_centers.volunteering.shifts import afternoons, slot, states, take
from tests.client import Browser, on_sqlite

Made = tuple[int, list[int], list[int]]


@pytest.fixture
def shifts(stage: CenterStage) -> Made:
    """An activity with dates on the 20th and the 27th, and a slot for two at each."""
    activity_id, dates = afternoons(stage, 20, 27)
    wanted = Wanted("Compiti", party_id=stage.cast.bakery.party.id, most=2)
    stage.do(actions.make_for_sessions, stage.cast.bashir, activity_id, [wanted], dates)
    with stage.database.reading() as session:
        made = session.exec(select(Slot).order_by(Slot.starts_at)).all()
    return activity_id, dates, [one.id for one in made]


def reached(stage: CenterStage, activity_id: int, who: str = "maker") -> set[str]:
    names = {member.id: name for name, member in stage.cast.members.items()}
    with stage.database.reading() as session:
        people = audience_named("activity_volunteers").people(session, stage.cast.members[who].actor, activity_id)
        return {names[number] for number in session.scalars(people)}


def test_those_of_its_slots_to_come_and_nobody_else(stage: CenterStage, shifts: Made) -> None:
    activity_id, _dates, slots = shifts
    take(stage, slots[0])
    take(stage, slots[1])
    take(stage, slots[1], "chiara")
    take(stage, slots[1], "dario")
    take(stage, slot(stage, 10), "bashir")  # a shift of the center, of no activity
    assert states(stage, slots[1])[-1] == ("dario", "waiting")
    assert reached(stage, activity_id) == {"anna", "chiara", "dario"}
    stage.do(actions.give_up, stage.cast.chiara, slots[1])
    assert reached(stage, activity_id) == {"anna", "dario"}
    stage.do(actions.cancel_slot, stage.cast.bashir, slots[0], reason="Neve")
    with clock.at(at(27, 18) + timedelta(minutes=1)):
        assert not reached(stage, activity_id)


def test_who_may_write_to_those_who_come_may_write_to_them(stage: CenterStage, shifts: Made) -> None:
    activity_id, cast = shifts[0], stage.cast
    volunteers, families = audience_named("activity_volunteers"), audience_named("activity_people")
    with stage.database.reading() as session:
        for who in cast.members.values():
            may = families.may(session, who.actor, activity_id)
            assert volunteers.may(session, who.actor, activity_id) == may
            if not may:
                with pytest.raises(Missing):
                    volunteers.about(session, who.actor, activity_id)
        assert volunteers.may(session, cast.maker.actor, activity_id)
        assert not volunteers.may(session, cast.anna.actor, activity_id)


@on_sqlite
def test_the_way_to_it_stands_beside_the_shifts(
    stage: CenterStage, client_for: Callable[..., Browser], shifts: Made
) -> None:
    activity_id, dates, _slots = shifts
    address = f"/c/cremona/activities/{activity_id}/sessions/{dates[0]}"
    with clock.at(MONDAY):

        def links(who: str) -> list[str]:
            found = client_for(stage.cast.members[who]).look(address).soup.find_all("a", href=True)
            return [one["href"] for one in found if "activity_volunteers" in one["href"]]

        [link] = links("maker")
        assert client_for(stage.cast.maker).look(link).says("Compiti insieme")
        assert not links("bashir"), "who keeps the center and is no maker writes to nobody together"
