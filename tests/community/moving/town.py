"""Two communities of one installation, with somebody in the second who decides who comes in."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlmodel import select, update

from community.availability.actions import set_hours, set_week
from community.categories.tables import Category
from community.communities.tables import Question
from community.dependants.actions import write_details
from community.households.actions import add_dependant
from community.joining.actions import approve, decline
from community.joining.rules import Application
from community.leaving.actions import leave
from community.members.queries import actor_for, membership_of
from community.members.tables import Membership, RoleGrant
from community.moving.actions import ask_to_move
from community.moving.rules import Wish
from community.moving.tables import CommunityMove
from community.parties.actions import edit_party, set_skills
from community.parties.tables import PartyMember
from community.zones.tables import Zone
from foundation.database import Database
from foundation.outbox.tables import OutboxMessage
from tests.cast import Cast, Member, make_member

SECRET = "Allergia gravissima alle arachidi"
ALL = ("words", "week", "skills")


@dataclass
class Town:
    """The cast, where Zoe is maker of the other community, which asks one thing and has one category of ours."""

    database: Database
    cast: Cast

    @property
    def here(self) -> int:
        return self.cast.community.id

    @property
    def there(self) -> int:
        return self.cast.other_community.id

    def furnish(self) -> "Town":
        there = self.there
        with self.database.writing() as session:
            session.add_all(
                [
                    RoleGrant(
                        community_id=there, person_id=self.cast.zoe.id, role="maker", reason="prova",
                        second_factor_by=datetime(2099, 1, 1, tzinfo=UTC),
                    ),
                    Category(community_id=there, slug="repairs", names={"it": "Aggiusti"}),
                    Question(community_id=there, words={"it": "Perché qui?", "en": "Why here?"}, required=True),
                ]
            )  # fmt: skip
        return self

    def full_house(self) -> int:
        """Anna's household has words, a week, skills, and a child whose needs are sealed."""
        anna, categories = self.cast.anna, self.cast.categories
        with self.database.writing() as session:
            edit_party(
                session, anna.actor, anna.party.id, name="Anna e famiglia", about="Cuciamo volentieri.",
                address="Via Anna 1", zone_id=anna.party.zone_id,
            )  # fmt: skip
            set_week(session, anna.actor, [(2, "morning"), (4, "afternoon")])
            set_hours(session, anna.actor, [(4, "afternoon", 960, 1080)])
            wanted = [categories["repairs"].id, categories["transport"].id]
            set_skills(session, anna.actor, anna.party.id, offers=wanted, needs=[])
            child = add_dependant(session, anna.actor, anna.party.id, nickname="Pulce", age_band="6-10")
            write_details(
                session, anna.actor, child.id, nickname="Pulce", age_band="6-10", needs=SECRET, emergency="Nonno"
            )
            return child.id

    def second_adult(self, name: str) -> Member:
        """Another adult of Anna's household, and of no other."""
        with self.database.writing() as session:
            other = make_member(session, self.cast, name, "centro")
            mine = update(PartyMember).where(PartyMember.person_id == other.id)
            session.exec(mine.values(party_id=self.cast.anna.party.id))
        return other

    def application(self) -> Application:
        with self.database.reading() as session:
            zone = session.scalars(select(Zone).where(Zone.community_id == self.there)).one()
            question = session.scalars(select(Question).where(Question.community_id == self.there)).one()
        return Application(zone.id, answers={question.id: "Cambiamo casa."})

    def ask(self, who: Member, *, along: bool = False, **wish: Any) -> int:
        application = self.application()
        with self.database.writing() as session:
            actor = actor_for(session, who.id, self.here)
            return ask_to_move(session, actor, "oglio-po", application, Wish(**wish), along=along).id

    def membership(self, who: Member) -> Membership:
        with self.database.reading() as session:
            return membership_of(session, self.there, who.id)

    def move(self, move_id: int) -> CommunityMove:
        with self.database.reading() as session:
            return session.get(CommunityMove, move_id)

    def say_yes(self, who: Member) -> None:
        with self.database.writing() as session:
            maker = actor_for(session, self.cast.zoe.id, self.there)
            approve(session, maker, membership_of(session, self.there, who.id).id)

    def say_no(self, who: Member) -> None:
        with self.database.writing() as session:
            maker = actor_for(session, self.cast.zoe.id, self.there)
            decline(session, maker, membership_of(session, self.there, who.id).id, reason="Vediamoci prima.")

    def goodbye(self, who: Member) -> int:
        with self.database.writing() as session:
            return leave(session, actor_for(session, who.id, self.here)).id

    def told(self, who: Member) -> list[str]:
        with self.database.reading() as session:
            rows = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))
            return [row.payload["notice"] for row in rows if row.payload["person_id"] == who.id]
