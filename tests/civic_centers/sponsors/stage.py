"""A center with an activity, and the bakery that would like to give something."""

from datetime import date, time, timedelta
from threading import Barrier, Thread
from typing import Any

from sqlmodel import select

from civic_centers.activities import actions as activities
from civic_centers.activities.rules import About, Beat
from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.sponsors import actions
from civic_centers.sponsors.rules import NotNow, Target, Wish
from civic_centers.sponsors.tables import Pledge
from foundation import clock
from foundation.database import Database
from tests.cast import Cast, Member
from tests.civic_centers.stage import MONDAY, CenterStage

TODAY = MONDAY.date()
SPRING = TODAY + timedelta(days=90)


def wish(target: Target, **more: Any) -> Wish:
    """Bread for the afternoons, named before everybody."""
    said: dict[str, Any] = {
        "kind": "goods", "words": "Venti pagnotte ogni venerdì", "from_on": TODAY, "until_on": SPRING,
        "amount_cents": 4000, "is_public": True,
    }  # fmt: skip
    return Wish(target=target, **(said | more))


class SponsorStage(CenterStage):
    def __init__(self, database: Database, cast: Cast) -> None:
        super().__init__(database, cast)
        about = About("Compiti", "homework")
        self.activity_id = self.do(activities.make_activity, cast.bashir, self.center_id, about).id
        week = Beat((1, 3, 5), time(16), 60, TODAY, TODAY + timedelta(days=30))
        self.do(activities.add_rhythm, cast.bashir, self.activity_id, week, None)
        self.do(activities.publish_activity, cast.bashir, self.activity_id)

    @property
    def activity_target(self) -> Target:
        return Target("activity", self.activity_id)

    @property
    def center_target(self) -> Target:
        return Target("center", self.center_id)

    def offer(self, target: Target | None = None, who: Member | None = None, **more: Any) -> int:
        bakery = who or self.cast.bakery
        return self.do(actions.offer, bakery, bakery.party.id, wish(target or self.activity_target, **more)).id

    def accepted(self, target: Target | None = None, **more: Any) -> int:
        pledge_id = self.offer(target, **more)
        self.do(actions.accept, self.cast.maker, pledge_id, 1)
        return pledge_id

    def pledge(self, pledge_id: int) -> Pledge:
        with self.database.reading() as session:
            return session.get_one(Pledge, pledge_id)

    def activity(self) -> Activity:
        with self.database.reading() as session:
            return session.get_one(Activity, self.activity_id)

    def dates(self) -> list[ActivitySession]:
        with self.database.reading() as session:
            return list(session.exec(select(ActivitySession).order_by(ActivitySession.starts_at)))

    def deliver(self, pledge_id: int, cents: int | None = None, day: date = TODAY, **more: Any) -> int:
        return self.do(actions.deliver, self.cast.maker, pledge_id, day, cents, **more).id

    def correct_twice_at_once(self, pledge_id: int, line: int) -> list[str]:
        """Two take back the same line at the same moment: how each of them ended."""
        barrier, told = Barrier(2), list[str]()

        def one() -> None:
            barrier.wait()
            try:
                with clock.at(MONDAY):
                    self.do(actions.correct, self.cast.maker, pledge_id, line)
                told.append("done")
            except NotNow:
                told.append("late")

        threads = [Thread(target=one) for _number in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sorted(told)
