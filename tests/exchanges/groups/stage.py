"""Groups brought to a state by the real actions, and what can be asked of them."""

from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import col, select

from community.threads.tables import Message
from exchanges.groups import actions
from exchanges.groups.actions import Made, Present
from exchanges.groups.jobs import JOBS
from exchanges.groups.queries.single import events_of, places_of
from exchanges.groups.rules import Terms
from exchanges.groups.tables import GroupExchange, GroupPlace
from exchanges.ledger.tables import Entry, Transfer
from exchanges.posts.tables import Post
from foundation import clock
from foundation.jobs import enqueue, run_due
from tests.cast import Member, make_member
from tests.exchanges.agreements.stage import Stage

MONDAY = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
LESSON = MONDAY + timedelta(days=2)
LAST_DAY = (MONDAY + timedelta(days=30)).date()
AFTER = LESSON + timedelta(hours=3)


def terms(**changes: Any) -> Terms:
    """On Wednesday, an hour, for five, by the default rule."""
    return Terms(**{"starts_at": LESSON, "minutes": 60, "places": 5, **changes})


class GroupStage(Stage):
    """The cast and their groups in one database; every call is a transaction of its own."""

    def offer(self, owner: Member, **more: Any) -> int:
        """An open offer for five."""
        return self.post(owner, "offer", **{"places": 5, "expires_on": LAST_DAY, **more})

    def planned(self, host: Member, *coming: Member, category: str = "repairs", **changes: Any) -> int:
        """A group that meets on Wednesday, with some who have said yes."""
        post_id = self.offer(host, category=category)
        group_id = self.do(actions.open_group, host, post_id, terms(**changes))
        for member in coming:
            self.do(actions.join, member, group_id, None)
        return group_id

    def later(self) -> AbstractContextManager[None]:
        """After the lesson."""
        return clock.at(AFTER)

    def deliver(self, host: Member, group_id: int, minutes: int = 60, **minutes_of: int) -> None:
        """The host writes down that everybody who said yes was there; `minutes_of` by the members' names."""
        own = {self.cast.members[name].party.id: said for name, said in minutes_of.items()}
        present = {
            one.id: own.get(one.party_id)
            for one in self.places(group_id)
            if one.state in ("coming", "told", "disputed", "confirmed")
        }
        self.do(actions.deliver, host, group_id, None, minutes, present)

    def held(self, host: Member, *coming: Member, said: int = 60, **changes: Any) -> int:
        """A group that met, written down, and waits for everybody's yes."""
        group_id = self.planned(host, *coming, **changes)
        with self.later():
            self.deliver(host, group_id, said)
        return group_id

    def recorded(
        self, host: Member, *present: Member, rule: str = "fund", minutes: int | None = 60, **more: Any
    ) -> int:
        """A group exchange written down after the fact."""
        made = Made(
            title="Lezione di cucito",
            category_id=self.cast.categories[more.pop("category", "repairs")].id,
            happened_on=MONDAY.date(),
            rule=rule,
            minutes=minutes,
            present=tuple(Present(one.party.id, more.get("own")) for one in present),
        )
        return self.do(actions.record, host, made)

    def crowd(self, count: int) -> list[Member]:
        """Many more members."""
        with self.database.writing() as session:
            return [make_member(session, self.cast, f"member{number}", "centro") for number in range(count)]

    def group(self, group_id: int) -> GroupExchange:
        with self.database.reading() as session:
            return session.get(GroupExchange, group_id)

    def places(self, group_id: int) -> list[GroupPlace]:
        with self.database.reading() as session:
            return places_of(session, group_id)

    def place(self, group_id: int, member: Member) -> GroupPlace:
        return next(one for one in self.places(group_id) if one.party_id == member.party.id)

    def place_states(self, group_id: int) -> list[str]:
        return [one.state for one in self.places(group_id)]

    def group_verbs(self, group_id: int) -> list[str]:
        with self.database.reading() as session:
            return [event.verb for event in events_of(session, group_id)]

    def group_said(self, group_id: int) -> list[str]:
        with self.database.reading() as session:
            thread_id = session.get(GroupExchange, group_id).thread_id
            found = session.scalars(select(Message).where(Message.thread_id == thread_id).order_by(col(Message.id)))
            return [message.event or message.words for message in found]

    def transfers(self) -> list[tuple[str, list[int]]]:
        """Every transfer with the source's kind and its entries' minutes, in order."""
        with self.database.reading() as session:
            found = session.scalars(select(Transfer).order_by(col(Transfer.id)))
            return [
                (
                    one.source_kind,
                    list(
                        session.scalars(
                            select(Entry.minutes).where(Entry.transfer_id == one.id).order_by(col(Entry.position))
                        )
                    ),
                )
                for one in found
            ]

    def post_state(self, group_id: int) -> str:
        with self.database.reading() as session:
            return session.get(Post, session.get(GroupExchange, group_id).post_id).state

    def look(self) -> None:
        """The periodic job at this moment, and all that it queues."""
        with self.database.writing() as session:
            enqueue(session, "groups.look", key=f"{clock.now().isoformat()}")
        run_due(self.database, {job.kind: job for job in JOBS})
