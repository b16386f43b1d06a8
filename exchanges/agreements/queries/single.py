"""One agreement: fetch and authorise in one call."""

from dataclasses import dataclass, field

from sqlmodel import col, select

from community.categories.tables import Category
from community.members.tables import Person
from community.moderation.policies import are_apart
from community.parties.queries import people_of_all
from community.parties.tables import Party
from exchanges.agreements.policies import (
    RESOLVE,
    Between,
    is_excluded,
    may_mediate,
    other_side,
    own_side_to_read,
    sides_of,
)
from exchanges.agreements.policies.care import looks_after
from exchanges.agreements.rules import OPEN, Side, side_of, verbs_for
from exchanges.agreements.tables import Agreement, AgreementEvent
from foundation.access import Actor, Permission
from foundation.database import Session
from foundation.errors import Missing


@dataclass(frozen=True)
class AgreementView:
    """An agreement with all that its page shows. `mine` is the reader's party; None for a maker who mediates."""

    agreement: Agreement
    mine: int | None
    parties: dict[int, Party]
    people: dict[int, list[Person]]
    category: Category | None
    care: bool
    apart: bool = False
    """Whether a block stands between the reader and the other side: then no words and no contacts pass."""
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

    @property
    def everybody(self) -> list[Person]:
        """The adults of both sides."""
        return [person for people in self.people.values() for person in people]

    @property
    def second(self) -> Person | None:
        """Who is there besides, where the community asks for a second adult."""
        return next((person for person in self.everybody if person.id == self.agreement.second_id), None)

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


def agreement_of_party(
    session: Session, actor: Actor, agreement_id: int, *, lock: bool = False
) -> tuple[Agreement, int]:
    """An agreement and the actor's own party in it. Raises Missing for anybody but an adult of the two.

    With `lock` nobody else changes it until the end of the transaction, and it is read anew.
    """
    agreement = _fetch(session, agreement_id, lock=lock)
    mine = own_side_to_read(session, actor, agreement)
    if mine is None:
        raise Missing()
    return agreement, mine


def agreement_to_mediate(
    session: Session, actor: Actor, agreement_id: int, permission: Permission, *, lock: bool = False
) -> Agreement:
    """An agreement into which a maker may step. Raises Missing outside their zones, or where they take part."""
    agreement = _fetch(session, agreement_id, lock=lock)
    if not mediates(session, actor, agreement, permission):
        raise Missing()
    return agreement


def view_of(session: Session, actor: Actor, agreement_id: int) -> AgreementView:
    """An agreement as its page shows it: to the adults of the two parties, and to a maker while it is disputed."""
    agreement = _fetch(session, agreement_id)
    mine = own_side_to_read(session, actor, agreement)
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
        care=looks_after(session, agreement),
        apart=mine is not None and are_apart(session, actor, other_side(agreement, mine)),
        events=events_of(session, agreement_id),
    )


def may_hear_agreement(session: Session, actor: Actor, agreement_id: int) -> bool:
    """Whether the actor is told when an agreement changes: who reads its page."""
    agreement = session.get(Agreement, agreement_id)
    if agreement is None or agreement.community_id != actor.community_id:
        return False
    return own_side_to_read(session, actor, agreement) is not None or _is_before_maker(session, actor, agreement)


def events_of(session: Session, agreement_id: int) -> list[AgreementEvent]:
    """The steps of an agreement, from the first."""
    statement = (
        select(AgreementEvent).where(col(AgreementEvent.agreement_id) == agreement_id).order_by(col(AgreementEvent.id))
    )
    return list(session.scalars(statement))


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


def zones_of_sides(session: Session, agreement: Between) -> tuple[int | None, ...]:
    """Where its parties live: a maker of any of these zones may step in."""
    statement = select(col(Party.zone_id)).where(col(Party.id).in_(sides_of(agreement)))
    return tuple(session.scalars(statement))


def mediates(session: Session, actor: Actor, agreement: Between, permission: Permission) -> bool:
    """Whether a maker may step in, and was not excluded from the need it answers."""
    zones = zones_of_sides(session, agreement)
    return may_mediate(actor, agreement, zones, permission) and not is_excluded(session, actor, agreement)


def locked(session: Session, agreement_id: int) -> Agreement:
    """An agreement read anew, which nobody else changes until the end of the transaction. The caller may move it."""
    return _fetch(session, agreement_id, lock=True)


def _is_before_maker(session: Session, actor: Actor, agreement: Agreement) -> bool:
    return agreement.state == "disputed" and mediates(session, actor, agreement, RESOLVE)
