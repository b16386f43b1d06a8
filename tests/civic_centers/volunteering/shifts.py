"""What tests of volunteers begin with: slots of the center that Bashir keeps, for the bakery's volunteers."""

from datetime import date
from typing import Any

from sqlmodel import select

from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.volunteering import actions
from civic_centers.volunteering.actions.making import Moment
from civic_centers.volunteering.rules import Wanted
from civic_centers.volunteering.tables import SignUp, Slot
from foundation import clock
from tests.civic_centers.stage import CenterStage, at


def slot(stage: CenterStage, hour: int = 16, *, day: int = 20, hours: int = 2, **more: Any) -> int:
    """A slot on that day of January."""
    year = more.pop("year", 2027)
    moments = [Moment(at(day, hour, year=year), at(day, hour + hours, year=year))]
    return stage.do(actions.make_slots, stage.cast.bashir, stage.center_id, [wanted(stage, **more)], moments)[0].id


def wanted(stage: CenterStage, **more: Any) -> Wanted:
    """A role for the bakery's volunteers."""
    said: dict[str, Any] = {"party_id": None if more.get("exchange") else stage.cast.bakery.party.id, **more}
    return Wanted(said.pop("role", "Alla porta"), **said)


def take(stage: CenterStage, slot_id: int, who: str = "anna") -> actions.Taken:
    return stage.do(actions.sign_up, stage.cast.members[who], slot_id)


def slot_row(stage: CenterStage, slot_id: int) -> Slot:
    with stage.database.reading() as session:
        return session.get_one(Slot, slot_id)


def states(stage: CenterStage, slot_id: int) -> list[tuple[str, str]]:
    """Who is on a slot and how, in order."""
    names = {member.id: name for name, member in stage.cast.members.items()}
    with stage.database.reading() as session:
        rows = session.exec(select(SignUp).where(SignUp.slot_id == slot_id).order_by(SignUp.id)).all()
    return [(names[row.person_id], row.state) for row in rows]


def insure(stage: CenterStage, who: str = "anna", *, until: date = date(2027, 12, 31)) -> None:
    bakery = stage.cast.bakery
    stage.do(actions.insure, bakery, bakery.party.id, stage.cast.members[who].id, date(2027, 1, 1), until, policy="77")


def afternoons(stage: CenterStage, *days: int) -> tuple[int, list[int]]:
    """An activity with a date on each of these days of January, from four to six."""
    with stage.database.writing() as session:
        activity = Activity(
            community_id=stage.cast.community.id, center_id=stage.center_id, title="Compiti insieme", kind="homework",
            state="open", published_at=clock.now(),
        )  # fmt: skip
        session.add(activity)
        session.flush()
        ones = [
            ActivitySession(
                community_id=stage.cast.community.id, activity_id=activity.id, day=at(day, 16).date(),
                center_id=stage.center_id, starts_at=at(day, 16), ends_at=at(day, 18),
            )
            for day in days
        ]  # fmt: skip
        session.add_all(ones)
        session.flush()
        return activity.id, [one.id for one in ones]
