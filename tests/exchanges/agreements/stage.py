"""Agreements brought to a state by the real actions, and what can be asked of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from community.notifications.tables import CallToMake
from community.parties.tables import PartyMember
from community.threads.tables import Message
from exchanges.agreements import actions
from exchanges.agreements.queries import events_of
from exchanges.agreements.rules import Terms
from exchanges.agreements.tables import Agreement
from exchanges.ledger.queries.accounts import account_of
from exchanges.posts.tables import Post
from foundation import clock
from foundation.database import Database
from foundation.outbox.tables import OutboxMessage
from tests.cast import Cast, Member, let_makers_act, make_member, verify_for_care

TOMORROW = timedelta(days=1)


def at(agreement_id: int, more: str = "") -> str:
    """The address of an agreement, or of something beside it."""
    return f"/c/cremona/agreements/{agreement_id}{more}"


@dataclass
class Stage:
    """The cast and their agreements in one database; every call is a transaction of its own."""

    database: Database
    cast: Cast

    def do(self, verb: Callable[..., Any], who: Member, *arguments: Any, **options: Any) -> Any:
        """Let a member do a verb."""
        with self.database.writing() as session:
            return verb(session, who.actor, *arguments, **options)

    def post(self, owner: Member, kind: str = "offer", *, category: str = "repairs", **more: Any) -> int:
        """An open post."""
        with self.database.writing() as session:
            post = Post(
                community_id=self.cast.community.id,
                party_id=owner.party.id,
                author_id=owner.id,
                kind=kind,
                state="open",
                title="Orli e bottoni",
                category_id=self.cast.categories[category].id,
                zone_id=owner.party.zone_id,
                published_at=clock.now(),
                **more,
            )
            session.add(post)
            session.flush()
            return post.id

    def proposed(
        self, owner: Member, proposer: Member, kind: str = "offer", *, category: str = "repairs", **terms: Any
    ) -> int:
        """A proposal on a new post: for an offer the owner gives, for a need the proposer does."""
        post_id = self.post(owner, kind, category=category)
        return self.do(actions.propose, proposer, post_id, Terms(**{"minutes": 60, **terms}))

    def accepted(self, giver: Member, receiver: Member, **terms: Any) -> int:
        """An agreement on an offer of `giver`."""
        agreement_id = self.proposed(giver, receiver, **terms)
        self.do(actions.accept, giver, agreement_id, None)
        return agreement_id

    def delivered(self, giver: Member, receiver: Member, *, said: int = 60, **terms: Any) -> int:
        """One that waits for the receiver's yes."""
        agreement_id = self.accepted(giver, receiver, **terms)
        self.do(actions.deliver, giver, agreement_id, None, said)
        return agreement_id

    def disputed(self, giver: Member, receiver: Member, **terms: Any) -> int:
        """One of which the receiver said that it was not like this."""
        agreement_id = self.delivered(giver, receiver, **terms)
        self.do(actions.dispute, receiver, agreement_id, None, "Era mezz'ora")
        return agreement_id

    def settled(self, giver: Member, receiver: Member, **terms: Any) -> int:
        """A complete one."""
        agreement_id = self.delivered(giver, receiver, **terms)
        self.do(actions.confirm, receiver, agreement_id, None)
        return agreement_id

    def offline(self, name: str, zone: str = "centro") -> Member:
        """A member without e-mail, who agreed that makers act for them."""
        with self.database.writing() as session:
            member = make_member(session, self.cast, name, zone, email=None)
            let_makers_act(session, self.cast, member)
            return member

    def verify(self, member: Member) -> None:
        """A maker has met this member, and two people vouch."""
        with self.database.writing() as session:
            verify_for_care(session, self.cast, member)

    def second_adult(self, household: Member, name: str) -> Member:
        """Another adult of the same household, with an actor of their own."""
        with self.database.writing() as session:
            other = make_member(session, self.cast, name, "centro")
            session.add(PartyMember(party_id=household.party.id, person_id=other.id))
        actor = household.actor
        return Member(
            other.person,
            household.party,
            type(actor)(
                community_id=actor.community_id,
                person_id=other.id,
                party_id=actor.party_id,
                zone_id=actor.zone_id,
                grants=actor.grants,
                party_ids=actor.party_ids,
            ),
        )

    def agreement(self, agreement_id: int) -> Agreement:
        """The agreement as it stands."""
        with self.database.reading() as session:
            return session.get(Agreement, agreement_id)

    def state(self, agreement_id: int) -> str:
        return self.agreement(agreement_id).state

    def verbs(self, agreement_id: int) -> list[str]:
        """What was done, in order."""
        with self.database.reading() as session:
            return [event.verb for event in events_of(session, agreement_id)]

    def said(self, agreement_id: int) -> list[str]:
        """The words and events of the thread, in order."""
        with self.database.reading() as session:
            thread_id = session.get(Agreement, agreement_id).thread_id
            found = session.scalars(select(Message).where(Message.thread_id == thread_id).order_by(col(Message.id)))
            return [message.event or message.words for message in found]

    def reserved(self, member: Member) -> int:
        with self.database.reading() as session:
            return account_of(session, member.party.id).reserved

    def balance(self, member: Member) -> int:
        with self.database.reading() as session:
            return account_of(session, member.party.id).balance

    def fund(self) -> int:
        with self.database.reading() as session:
            return account_of(session, self.cast.fund.id).balance

    def mails(self, member: Member) -> list[str]:
        """The names of the notices left for a member, in order."""
        with self.database.reading() as session:
            found = session.scalars(select(OutboxMessage).order_by(col(OutboxMessage.id)))
            return [message.payload["notice"] for message in found if message.payload.get("person_id") == member.id]

    def calls(self, member: Member) -> list[str]:
        """The notices for which a maker has to call a member."""
        with self.database.reading() as session:
            found = session.scalars(select(CallToMake).where(CallToMake.person_id == member.id))
            return [call.notice for call in found]
