"""Reading agreements: fetch and authorise in one call."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, exists, func, or_
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from community.categories.tables import Category
from community.members.tables import Person
from community.parties.queries import people_of_all
from community.parties.tables import Party, PartyMember
from community.threads.queries import Line, last_words, unread
from community.threads.tables import Message
from exchanges.agreements.policies import ANSWER, RESOLVE, demands_care, may_mediate, own_side
from exchanges.agreements.rules import OPEN, TAKING_A_PLACE, Side, side_of, verbs_for
from exchanges.agreements.tables import Agreement, AgreementEvent, Appreciation
from exchanges.posts.tables import Post
from foundation.access import Actor, Permission
from foundation.database import Session
from foundation.errors import Missing

PAGE = 30


@dataclass(frozen=True)
class AgreementView:
    """An agreement with all that its page shows. `mine` is the reader's party; None for a maker who mediates."""

    agreement: Agreement
    mine: int | None
    parties: dict[int, Party]
    people: dict[int, list[Person]]
    category: Category | None
    care: bool
    events: list[AgreementEvent] = field(default_factory=list)

    @property
    def giver(self) -> Party:
        return self.parties[self.agreement.giver_id]

    @property
    def receiver(self) -> Party:
        return self.parties[self.agreement.receiver_id]

    @property
    def other(self) -> Party:
        """The other side, seen from the reader's."""
        return self.receiver if self.mine == self.agreement.giver_id else self.giver

    @property
    def i_give(self) -> bool:
        return self.mine == self.agreement.giver_id

    @property
    def my_turn(self) -> bool:
        return self.mine == self.agreement.turn_id and self.agreement.state in OPEN

    @property
    def verbs(self) -> tuple[str, ...]:
        """What the reader can do now."""
        if self.mine is None:
            return verbs_for(self.agreement.state, Side.MAKER, self.agreement.way)
        return verbs_for(self.agreement.state, side_of(self.agreement.turn_id, self.mine), self.agreement.way)

    @property
    def adult(self) -> Person | None:
        """Who comes."""
        wanted = self.agreement.adult_id
        return next((person for person in self.people[self.agreement.giver_id] if person.id == wanted), None)

    def spoke_for(self, party_id: int) -> Person | None:
        """The adult of a side who comes, or else the one who last did something for it."""
        if party_id == self.agreement.giver_id and self.adult is not None:
            return self.adult
        acted = [event.person_id for event in self.events if event.party_id == party_id]
        present = {person.id: person for person in self.people[party_id]}
        return next((present[person_id] for person_id in reversed(acted) if person_id in present), None)

    def name_of(self, party_id: int) -> str:
        """What a side is called in a sentence: the given name of its adult, or the organisation's own."""
        party = self.parties[party_id]
        person = self.spoke_for(party_id)
        return party.name if person is None or party.kind != "household" else person.given_name


@dataclass(frozen=True)
class Conversation:
    """One row of the messages: an agreement, the other side, what was last said, how much of it is new."""

    agreement: Agreement
    mine: int
    other: Party
    last: Line | None
    last_id: int
    unread: int

    @property
    def my_turn(self) -> bool:
        return self.agreement.turn_id == self.mine and self.agreement.state in OPEN


def agreement_of_party(
    session: Session, actor: Actor, agreement_id: int, *, lock: bool = False
) -> tuple[Agreement, int]:
    """An agreement and the actor's own party in it. Raises Missing for anybody but an adult of the two.

    With `lock` nobody else changes it until the end of the transaction, and it is read anew.
    """
    agreement = _fetch(session, agreement_id, lock=lock)
    mine = own_side(actor, agreement)
    if mine is None:
        raise Missing()
    return agreement, mine


def agreement_to_mediate(
    session: Session, actor: Actor, agreement_id: int, permission: Permission, *, lock: bool = False
) -> Agreement:
    """An agreement into which a maker may step. Raises Missing outside their zones, or where they take part."""
    agreement = _fetch(session, agreement_id, lock=lock)
    if not may_mediate(actor, agreement, _zones(session, agreement), permission):
        raise Missing()
    return agreement


def view_of(session: Session, actor: Actor, agreement_id: int) -> AgreementView:
    """An agreement as its page shows it: to the adults of the two parties, and to a maker while it is disputed."""
    agreement = _fetch(session, agreement_id)
    mine = own_side(actor, agreement)
    if mine is None and not _is_before_maker(session, actor, agreement):
        raise Missing()
    sides = (agreement.giver_id, agreement.receiver_id)
    parties = {party.id: party for party in session.scalars(select(Party).where(col(Party.id).in_(sides)))}
    people = people_of_all(session, sides)
    return AgreementView(
        agreement=agreement,
        mine=mine,
        parties={party_id: parties[party_id] for party_id in sides},
        people={party_id: people.get(party_id, []) for party_id in sides},
        category=session.get(Category, agreement.category_id) if agreement.category_id else None,
        care=demands_care(session, agreement.category_id),
        events=events_of(session, agreement_id),
    )


def events_of(session: Session, agreement_id: int) -> list[AgreementEvent]:
    """The steps of an agreement, from the first."""
    statement = (
        select(AgreementEvent).where(col(AgreementEvent.agreement_id) == agreement_id).order_by(col(AgreementEvent.id))
    )
    return list(session.scalars(statement))


def conversations(
    session: Session, actor: Actor, *, before: int | None = None, limit: int = PAGE
) -> list[Conversation]:
    """The actor's agreements, the one last written in first; `before` is the `last_id` of the page before."""
    newest = func.max(col(Message.id))
    statement = (
        select(Agreement, newest)
        .join(Message, col(Message.thread_id) == col(Agreement.thread_id))
        .where(_mine(actor))
        .group_by(col(Agreement.id))
        .order_by(newest.desc())
        .limit(limit)
    )
    if before is not None:
        statement = statement.having(newest < before)
    rows = [(agreement, last_id) for agreement, last_id in session.execute(statement)]
    threads = [agreement.thread_id for agreement, _ in rows]
    news = unread(session, actor.must_be_person(), threads)
    words = last_words(session, threads)
    others = _others(session, actor, [agreement for agreement, _ in rows])
    return [
        Conversation(
            agreement=agreement,
            mine=own_side(actor, agreement) or 0,
            other=others[agreement.id or 0],
            last=words.get(agreement.thread_id),
            last_id=last_id,
            unread=news.get(agreement.thread_id, 0),
        )
        for agreement, last_id in rows
    ]


def waiting_for(session: Session, actor: Actor, limit: int = 20) -> list[tuple[Agreement, Party]]:
    """The open agreements in which it is the turn of a party of the actor, with the other party; oldest first."""
    statement = (
        select(Agreement)
        .where(
            col(Agreement.community_id) == actor.community_id,
            col(Agreement.turn_id).in_(actor.party_ids),
            col(Agreement.state).in_(("proposed", "accepted", "delivered")),
        )
        .order_by(col(Agreement.id))
        .limit(limit)
    )
    found = list(session.scalars(statement))
    others = _others(session, actor, found)
    return [(agreement, others[agreement.id or 0]) for agreement in found]


def my_threads(actor: Actor) -> SelectOfScalar[int]:
    """The ids of the threads of the actor's agreements, to be used in another question."""
    return select(col(Agreement.thread_id)).where(_mine(actor))


def disputes(session: Session, actor: Actor, limit: int = 100) -> list[Agreement]:
    """The disputes that a maker may settle, the one that has waited longest first."""
    statement = (
        select(Agreement)
        .where(col(Agreement.state) == "disputed", _mediated(actor, RESOLVE))
        .order_by(col(Agreement.id))
        .limit(limit)
    )
    return list(session.scalars(statement))


def waiting_for_a_call(session: Session, actor: Actor, limit: int = 100) -> list[Agreement]:
    """Agreements that wait for the answer of people without e-mail, in the maker's zones; oldest first."""
    has_channel = exists().where(
        col(PartyMember.party_id) == col(Agreement.turn_id),
        col(PartyMember.until).is_(None),
        col(PartyMember.person_id) == col(Person.id),
        col(Person.email).is_not(None),
    )
    statement = (
        select(Agreement)
        .where(col(Agreement.state).in_(("proposed", "accepted", "delivered")), ~has_channel, _mediated(actor, ANSWER))
        .order_by(col(Agreement.id))
        .limit(limit)
    )
    return list(session.scalars(statement))


def parties_by_id(session: Session, agreements: Sequence[Agreement]) -> dict[int, Party]:
    """The parties of several agreements, by id."""
    wanted = {side for agreement in agreements for side in (agreement.giver_id, agreement.receiver_id)}
    return {party.id or 0: party for party in session.scalars(select(Party).where(col(Party.id).in_(wanted)))}


def open_proposal(session: Session, post_id: int, proposer_id: int) -> int | None:
    """The id of the proposal a party has standing on a post."""
    return session.scalar(
        select(col(Agreement.id)).where(
            col(Agreement.post_id) == post_id,
            col(Agreement.proposer_id) == proposer_id,
            col(Agreement.state) == "proposed",
        )
    )


def places_taken(session: Session, post_id: int) -> int:
    """How many places of a post agreements have filled."""
    statement = select(func.count()).where(col(Agreement.post_id) == post_id, col(Agreement.state).in_(TAKING_A_PLACE))
    return session.scalar(statement) or 0


def proposals_on(session: Session, post: Post) -> list[int]:
    """The ids of the proposals still standing on a post, in order."""
    statement = (
        select(col(Agreement.id))
        .where(col(Agreement.post_id) == post.id, col(Agreement.state) == "proposed")
        .order_by(col(Agreement.id))
    )
    return list(session.scalars(statement))


def appreciations_of(session: Session, party_id: int, limit: int = 50) -> list[Appreciation]:
    """The kind words that stand on a party's profile, because both sides wish it; newest first."""
    statement = (
        select(Appreciation)
        .where(
            col(Appreciation.to_party_id) == party_id,
            col(Appreciation.offered).is_(True),
            col(Appreciation.shown).is_(True),
            col(Appreciation.hidden_at).is_(None),
        )
        .order_by(col(Appreciation.written_at).desc())
        .limit(limit)
    )
    return list(session.scalars(statement))


def is_reachable(session: Session, party_id: int) -> bool:
    """Whether some adult of a party has an address at which a reminder arrives."""
    return any(person.email for person in people_of_all(session, (party_id,)).get(party_id, []))


def last_speaker(session: Session, agreement: Agreement, party_id: int) -> int | None:
    """The person who did the last step for a party."""
    return session.scalar(
        select(col(AgreementEvent.person_id))
        .where(col(AgreementEvent.agreement_id) == agreement.id, col(AgreementEvent.party_id) == party_id)
        .order_by(col(AgreementEvent.id).desc())
        .limit(1)
    )


def _fetch(session: Session, agreement_id: int, *, lock: bool = False) -> Agreement:
    statement = select(Agreement).where(col(Agreement.id) == agreement_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    agreement = session.scalars(statement).one_or_none()
    if agreement is None:
        raise Missing()
    return agreement


def _mine(actor: Actor) -> ColumnElement[bool]:
    in_community = col(Agreement.community_id) == actor.community_id
    return in_community & or_(
        col(Agreement.giver_id).in_(actor.party_ids), col(Agreement.receiver_id).in_(actor.party_ids)
    )


def _mediated(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """The condition of policies.may_mediate, for many agreements at once."""
    condition = (col(Agreement.community_id) == actor.community_id) & ~_mine(actor)
    zones = actor.zones_for(permission)
    if zones is None:
        return condition
    here = select(col(Party.id)).where(col(Party.zone_id).in_(zones))
    return condition & or_(col(Agreement.giver_id).in_(here), col(Agreement.receiver_id).in_(here))


def _zones(session: Session, agreement: Agreement) -> tuple[int | None, ...]:
    statement = select(col(Party.zone_id)).where(col(Party.id).in_((agreement.giver_id, agreement.receiver_id)))
    return tuple(session.scalars(statement))


def _is_before_maker(session: Session, actor: Actor, agreement: Agreement) -> bool:
    return agreement.state == "disputed" and may_mediate(actor, agreement, _zones(session, agreement), RESOLVE)


def _others(session: Session, actor: Actor, agreements: Sequence[Agreement]) -> dict[int, Party]:
    parties = parties_by_id(session, agreements)
    found = {}
    for agreement in agreements:
        mine = own_side(actor, agreement)
        other = agreement.receiver_id if mine == agreement.giver_id else agreement.giver_id
        found[agreement.id or 0] = parties[other]
    return found
