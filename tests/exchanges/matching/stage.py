"""Posts and parties with what they said, did and wish."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import event

from community.availability.actions import set_week
from community.members.tables import Person
from community.moderation.tables import Block
from community.parties.tables import PartySkill
from community.threads.tables import Thread
from community.zones.tables import ZoneNeighbour
from exchanges.agreements.tables import Agreement
from exchanges.matching.queries import Answerable, Suggested, what_i_could_answer, who_could_answer
from exchanges.posts.queries import dates_of
from exchanges.posts.tables import Post
from foundation import clock
from tests.cast import Member, verify_for_care
from tests.exchanges.posts.stage import Stage


class Matching(Stage):
    """Every method is one transaction."""

    def can(self, who: Member, *names: str, kind: str = "offer") -> None:
        with self.database.writing() as session:
            for name in names:
                category_id = self.cast.categories[name].id
                session.add(PartySkill(party_id=who.party.id, category_id=category_id, kind=kind))

    def week(self, who: Member, *cells: tuple[int, str]) -> None:
        self.do(set_week, who, cells)

    def speaks(self, who: Member, *tongues: str) -> None:
        with self.database.writing() as session:
            session.get(Person, who.id).speaks = list(tongues)

    def met(self, who: Member) -> None:
        with self.database.writing() as session:
            verify_for_care(session, self.cast, who)

    def block(self, who: Member, other: Member) -> None:
        with self.database.writing() as session:
            session.add(Block(party_id=who.party.id, blocked_party_id=other.party.id, blocked_by_id=who.id))

    def touch(self, *zones: str) -> None:
        one, other = sorted(self.cast.zones[name].id for name in zones)
        with self.database.writing() as session:
            session.add(ZoneNeighbour(zone_id=one, other_zone_id=other, community_id=self.cast.community.id))

    def gave(self, giver: Member, receiver: Member, times: int = 1, category: str = "repairs") -> None:
        """Exchanges already settled."""
        for _ in range(times):
            self.agreement(giver, receiver, "settled", category=category)

    def agreement(
        self, giver: Member, receiver: Member, state: str, *, category: str = "repairs", days: int = 1, **more: object
    ) -> None:
        with self.database.writing() as session:
            thread = Thread(community_id=self.cast.community.id)
            session.add(thread)
            session.flush()
            values = {
                "community_id": self.cast.community.id,
                "way": "asked",
                "state": state,
                "turn_id": receiver.party.id,
                "giver_id": giver.party.id,
                "receiver_id": receiver.party.id,
                "proposer_id": receiver.party.id,
                "category_id": self.cast.categories[category].id,
                "title": "Una mano",
                "minutes": 60,
                "starts_at": clock.now() + timedelta(days=days),
                "thread_id": thread.id,
                **more,
            }
            session.add(Agreement(**values))

    def suggested(self, who: Member, post_id: int) -> list[Suggested]:
        with self.database.reading() as session:
            post = session.get(Post, post_id)
            dates = [one.starts_at for one in dates_of(session, post_id)]
            return who_could_answer(session, who.actor, post, "Europe/Rome", dates, limit=50)

    def names(self, who: Member, post_id: int) -> list[str]:
        return [one.name.split()[0] for one in self.suggested(who, post_id)]

    def why(self, who: Member, post_id: int, whom: Member) -> list[str]:
        """The kinds of reasons for suggesting somebody."""
        found = {one.party_id: one for one in self.suggested(who, post_id)}
        return [reason.kind for reason in found[whom.party.id].reasons]

    def could(self, who: Member, limit: int = 50) -> list[Answerable]:
        return list(self.ask(what_i_could_answer, who, "Europe/Rome", limit=limit))

    def questions(self, what: Callable[[], object]) -> int:
        """How many questions reach the database."""
        asked: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            asked.append(statement)

        event.listen(self.database.reading_engine, "before_cursor_execute", note)
        try:
            what()
        finally:
            event.remove(self.database.reading_engine, "before_cursor_execute", note)
        return len([one for one in asked if one.lstrip().upper().startswith(("SELECT", "WITH"))])

    def could_ids(self, who: Member) -> list[int]:
        return [one.card.id for one in self.could(who)]
