"""Care agreed on for a child: who says for whom, and who reads what they have to know."""

from datetime import timedelta
from typing import Any

from community.dependants import actions as dependants
from community.dependants.tables import DependantDetails
from community.households.tables import Dependant
from exchanges.agreements import actions as agreements
from exchanges.agreements.rules import Terms
from exchanges.agreements.tables import Agreement
from exchanges.entrusting import actions
from exchanges.entrusting.jobs import JOBS
from exchanges.entrusting.queries.knowing import ToKnow, to_know
from exchanges.groups.tables import GroupExchange
from exchanges.series.tables import Series
from foundation import clock
from foundation.jobs import run_due
from tests.cast import Member
from tests.exchanges.groups.stage import LAST_DAY, MONDAY, GroupStage
from tests.exchanges.series.stage import SeriesStage

NEEDS = "Ha paura dei temporali"
THURSDAY = MONDAY + timedelta(days=3)


class CareFor(SeriesStage, GroupStage):
    """The cast; Anna was met by a maker, Bashir's household looks after a child."""

    category = "childcare"

    def child(self, member: Member, nickname: str = "Pulce", *, agreed: bool = True, band: str = "6-10") -> int:
        with self.database.writing() as session:
            one = Dependant(party_id=member.party.id, nickname=nickname, age_band=band, added_at=clock.now())
            session.add(one)
            session.flush()
            session.add(DependantDetails(dependant_id=one.id, needs=NEEDS, emergency="333 1"))
            number = one.id
        if agreed:
            self.do(dependants.say_consent, member, number, "both")
        return number

    def offer(self, owner: Member, **more: Any) -> int:
        return self.post(owner, category=self.category, expires_on=LAST_DAY, **more)

    def asked(self, *, starts_at: Any = THURSDAY) -> int:
        """Bashir has asked Anna."""
        terms = Terms(minutes=60, starts_at=starts_at)
        return self.do(agreements.propose, self.cast.bashir, self.offer(self.cast.anna), terms)

    def thread(self, number: int, table: Any = Agreement) -> int:
        with self.database.reading() as session:
            return session.get(table, number).thread_id

    def say(self, member: Member, thread_id: int, *ids: int, **more: Any) -> None:
        self.do(actions.say_for_whom, member, thread_id, ids, **more)

    def care(self, child: int) -> tuple[int, int]:
        """An agreement for a child, with its thread."""
        made = self.asked()
        thread_id = self.thread(made)
        self.say(self.cast.bashir, thread_id, child)
        self.do(agreements.accept, self.cast.anna, made, None)
        return made, thread_id

    def reads(self, member: Member, thread_id: int) -> list[ToKnow]:
        with self.database.reading() as session:
            return to_know(session, member.actor, thread_id, opened=True)

    def work(self) -> None:
        run_due(self.database, {job.kind: job for job in JOBS})


__all__ = ["MONDAY", "THURSDAY", "CareFor", "GroupExchange", "Series"]
