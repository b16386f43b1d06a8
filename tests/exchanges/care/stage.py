"""Care on every path: who comes, what is asked of them, and what becomes of it."""

from datetime import timedelta

from sqlalchemy import update
from sqlmodel import col

from community.parties.tables import PartyMember
from community.safeguarding import actions as safety
from community.safeguarding.jobs import JOBS as SAFETY_JOBS
from community.safeguarding.queries import record_of
from community.safeguarding.rules import Requirements
from community.safeguarding.tables import CareCheck
from exchanges.agreements.jobs import JOBS as AGREEMENT_JOBS
from exchanges.groups.jobs import JOBS as GROUP_JOBS
from exchanges.series.jobs import JOBS as SERIES_JOBS
from foundation import clock
from foundation.jobs import enqueue, run_due
from tests.cast import Member
from tests.exchanges.groups.stage import MONDAY, GroupStage
from tests.exchanges.series.stage import SeriesStage

TRAINING = "Primo soccorso pediatrico"
ASKED = Requirements(True, 2, frozenset({TRAINING}), 21, certificate=True)
JOBS_BY_KIND = {job.kind: job for job in (*SAFETY_JOBS, *AGREEMENT_JOBS, *SERIES_JOBS, *GROUP_JOBS)}
A_YEAR = timedelta(days=365)


class CareStage(SeriesStage, GroupStage):
    """The cast, and a category that asks for everything a community may ask for."""

    def ask(self, demands: Requirements = ASKED) -> None:
        """The administrator says what is asked for with children."""
        category_id = self.cast.categories["childcare"].id
        self.do(safety.require, self.cast.administrator, category_id, demands, certificate_basis="D.Lgs. 39/2014")

    def check(self, member: Member) -> None:
        """A maker sees everything that is asked of a member."""
        today, maker = clock.today("Europe/Rome"), self.cast.maker
        until = today + A_YEAR
        self.do(safety.record_identity, maker, member.id, document="passport", seen_on=today, expires_on=until)
        for name in ("Ada, la vicina", "Ugo, il collega"):
            self.do(safety.record_reference, maker, member.id, given_by=name, given_on=today)
        self.do(safety.record_training, maker, member.id, training=TRAINING, seen_on=today, expires_on=until)
        self.do(safety.record_age, maker, member.id, years=40, seen_on=today)
        self.do(safety.record_certificate, maker, member.id, seen_on=today, expires_on=until)

    def take_back(self, member: Member, kind: str) -> None:
        """A maker takes one check back."""
        with self.database.reading() as session:
            line = record_of(session, self.cast.maker.actor, member.id).of_kind(kind)[0]
        self.do(safety.withdraw_check, self.cast.maker, member.id, line.id, reason="Ci siamo sbagliati.")

    def expire(self, member: Member, kind: str) -> None:
        """One check ran out yesterday."""
        yesterday = clock.today("Europe/Rome") - timedelta(days=1)
        old = {"seen_on": yesterday - timedelta(days=9), "expires_on": yesterday}
        self._change(member, kind, old)

    def unmet(self, member: Member, kind: str) -> None:
        """One check was never made."""
        self._change(member, kind, {"withdrawn_at": clock.now()})

    def lose(self, member: Member, how: str) -> None:
        """`kind expired`, `kind unmet`, or empty for nothing."""
        if how:
            kind, what = how.split()
            {"expired": self.expire, "unmet": self.unmet}[what](member, kind)

    def leave_household(self, household: Member, who: Member) -> None:
        """Somebody is one of a household no more."""
        theirs = (col(PartyMember.party_id) == household.party.id, col(PartyMember.person_id) == who.id)
        with self.database.writing() as session:
            session.exec(update(PartyMember).where(*theirs).values(until=clock.now()))

    def work(self, *, look: bool = False) -> None:
        """What is queued, and with `look` the hourly job before it."""
        if look:
            with self.database.writing() as session:
                enqueue(session, "safeguarding.expiry", key=clock.now().isoformat())
        run_due(self.database, JOBS_BY_KIND)

    def _change(self, member: Member, kind: str, values: dict[str, object]) -> None:
        mine = (col(CareCheck.person_id) == member.id, col(CareCheck.kind) == kind)
        with self.database.writing() as session:
            session.exec(update(CareCheck).where(*mine).values(**values))


__all__ = ["MONDAY", "CareStage"]
