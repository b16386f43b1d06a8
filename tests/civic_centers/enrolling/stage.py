"""Families who enrol in what Bashir keeps: Anna with Ettore and Mina, Chiara and Dario by themselves."""

from typing import Any

from sqlmodel import select

from civic_centers.enrolling import actions
from civic_centers.enrolling.actions import Answer
from civic_centers.enrolling.tables import Enrolment, EnrolRequest
from community.dependants.tables import DependantConsent
from community.households.tables import Dependant
from foundation.database import Database
from tests.cast import Cast, Member, make_member
from tests.civic_centers.activities.stage import ActivityStage
from tests.civic_centers.stage import at

TUESDAY = at(12, 16)


class EnrolStage(ActivityStage):
    """Every call is a transaction of its own."""

    def __init__(self, database: Database, cast: Cast) -> None:
        super().__init__(database, cast)
        self.ettore = self.child(cast.anna, "Ettore", "6-10")
        self.mina = self.child(cast.anna, "Mina", "6-10")

    def child(self, member: Member, nickname: str, band: str = "6-10", *, said: str = "alone") -> int:
        """Somebody a household looks after, with a yes."""
        row = Dependant(party_id=member.party.id, nickname=nickname, age_band=band)
        with self.database.writing() as session:
            session.add(row)
            session.flush()
            if said:
                session.add(DependantConsent(dependant_id=row.id, person_id=member.id, said=said, text_version="1"))
            return row.id or 0

    def second_adult(self, member: Member, name: str) -> Member:
        """Another adult of the same household."""
        from dataclasses import replace

        from community.parties.tables import PartyMember

        with self.database.writing() as session:
            other = make_member(session, self.cast, name, "centro")
            session.add(PartyMember(party_id=member.party.id, person_id=other.id))
        actor = replace(other.actor, party_id=member.party.id, party_ids=(member.party.id,))
        made = Member(other.person, member.party, actor)
        self.cast.members[name] = made
        return made

    def date(self, *, places: int | None = 2, starts_at: Any = TUESDAY, **more: Any) -> int:
        """One date of an activity of its own."""
        activity_id = self.activity(f"Pomeriggio {len(self.all())}-{starts_at:%d}", **more)
        return self.session_row(activity_id, starts_at, places=places)

    def enrol(self, who: Member, session_id: int, *keys: str, together: bool = True) -> list[Answer]:
        return self.do(actions.enrol, who, [session_id], keys or [f"p{who.id}"], together=together)

    def all(self) -> list[Enrolment]:
        with self.database.reading() as session:
            return list(session.exec(select(Enrolment).order_by(Enrolment.id)))

    def states(self, session_id: int) -> list[str]:
        """How the places at a date stand, in the order in which they were asked for."""
        return [row.state for row in self.all() if row.session_id == session_id]

    def requests(self, session_id: int | None = None) -> list[EnrolRequest]:
        with self.database.reading() as session:
            found = session.exec(select(EnrolRequest).order_by(EnrolRequest.id)).all()
        return [one for one in found if session_id is None or one.session_id == session_id]

    def kids(self) -> tuple[str, str]:
        return f"d{self.ettore}", f"d{self.mina}"
