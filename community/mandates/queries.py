"""Households without e-mail, what they agreed to, and the actor who stands for them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, and_, exists, literal, or_, true
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from community.communities.queries import today_of
from community.leaving.tables import Departure
from community.mandates.policies import KEEP, must_keep
from community.mandates.rules import NotStanding
from community.mandates.tables import Mandate
from community.members.queries import actor_for
from community.members.tables import Membership, Person
from community.parties.queries import people_of_all
from community.parties.tables import Party, PartyMember
from foundation import clock
from foundation.access import Actor, Grant
from foundation.database import Session, fold, folded, one_if_any
from foundation.errors import N_, Missing, Refused

MOST = 200
MOST_WORDS = 5
SOON = timedelta(days=30)
TOLD_TOGETHER = timedelta(minutes=1)
"""Adults of one household whose leaving a maker wrote down as one."""


@dataclass(frozen=True)
class Home:
    """A household without e-mail. `mandate` is the one that was not ended, `holds` whether its days are not over."""

    party: Party
    people: Sequence[Person]
    mandate: Mandate | None
    holds: bool

    @property
    def party_id(self) -> int:
        return self.party.id or 0


def is_offline(party_column: Any) -> ColumnElement[bool]:
    """The condition that a party, given by id or in a column, has people, and none of them an e-mail address.

    Asked of many, it begins with the few people who have none, which the index of addresses knows.
    """
    party: Any = literal(party_column) if isinstance(party_column, int) else party_column
    without = (
        select(col(PartyMember.party_id))
        .join(Person, col(Person.id) == col(PartyMember.person_id))
        .where(col(Person.email).is_(None), col(PartyMember.until).is_(None))
    )
    with_mail = exists().where(
        col(PartyMember.party_id) == party,
        col(PartyMember.until).is_(None),
        col(Person.id) == col(PartyMember.person_id),
        col(Person.email).is_not(None),
    )
    return and_(party.in_(without), ~with_mail)


def homes(session: Session, actor: Actor, words: str = "", limit: int = MOST) -> list[Home]:
    """The households without e-mail of the actor's zones, by name; only those called like `words`."""
    statement = _homes(actor)
    for word in fold(words).split()[:MOST_WORDS]:
        somebody = exists().where(
            col(PartyMember.party_id) == col(Party.id),
            col(PartyMember.until).is_(None),
            col(Person.id) == col(PartyMember.person_id),
            folded(col(Person.given_name) + " " + col(Person.family_name)).contains(word, autoescape=True),
        )
        statement = statement.where(or_(folded(col(Party.name)).contains(word, autoescape=True), somebody))
    parties = session.scalars(statement.order_by(col(Party.name), col(Party.id)).limit(limit)).all()
    return _with_mandates(session, actor.community_id, parties)


def home_to_keep(session: Session, actor: Actor, party_id: int) -> Home:
    """One of these. Raises Missing outside the actor's zones, and for who has e-mail and acts by themselves."""
    party = must_keep(actor, session.get(Party, party_id))
    if not session.scalar(select(is_offline(party_id))):
        raise Missing()
    return _with_mandates(session, actor.community_id, [party])[0]


def gone(session: Session, actor: Actor) -> list[tuple[Departure, Person]]:
    """Who left without e-mail and may still come back, in the actor's zones; whose time ends first comes first."""
    statement = (
        select(Departure, Person)
        .join(Person, col(Person.id) == col(Departure.person_id))
        .join(
            Membership,
            and_(
                col(Membership.person_id) == col(Departure.person_id),
                col(Membership.community_id) == actor.community_id,
            ),
        )
        .where(*_may_return(actor.community_id), col(Person.email).is_(None))
        .order_by(col(Departure.ends_at), col(Departure.id))
        .limit(MOST)
    )
    zones = actor.zones_for(KEEP)
    return list(session.exec(statement if zones is None else statement.where(col(Membership.zone_id).in_(zones))))


def departures_with(session: Session, community_id: int, person_id: int) -> list[Departure]:
    """The departure a person may come back from, and those without e-mail who left the same household with them.

    Who left it alone, before or after, comes back by their own word.
    """
    statement = select(Departure).join(Person, col(Person.id) == col(Departure.person_id))
    waiting = session.exec(statement.where(*_may_return(community_id), col(Person.email).is_(None))).all()
    own = next((one for one in waiting if one.person_id == person_id), None)
    if own is None:
        raise Missing()
    theirs = {*own.closing, *own.staying}
    return [
        one
        for one in waiting
        if one is own or (theirs & {*one.closing, *one.staying} and abs(one.asked_at - own.asked_at) < TOLD_TOGETHER)
    ]


def _may_return(community_id: int) -> tuple[ColumnElement[bool], ...]:
    waiting = col(Departure.state) == "waiting"
    return col(Departure.community_id) == community_id, waiting, col(Departure.ends_at) > clock.now()


def standing_mandate(session: Session, party_id: int) -> Mandate | None:
    """What a household agreed to and did not end; its days may be over."""
    statement = select(Mandate).where(col(Mandate.party_id) == party_id, col(Mandate.ended_at).is_(None))
    return session.exec(statement).one_or_none()


def mandates_of(session: Session, party_id: int) -> list[tuple[Mandate, Person, Person]]:
    """All that a household ever agreed to, newest first, each with who agreed and before whom."""
    people = {}
    found = session.exec(select(Mandate).where(col(Mandate.party_id) == party_id).order_by(col(Mandate.id).desc()))
    rows = list(found)
    ids = {one.person_id for one in rows} | {one.before_id for one in rows}
    people = {person.id: person for person in session.exec(select(Person).where(col(Person.id).in_(ids)))}
    return [(one, people[one.person_id], people[one.before_id]) for one in rows]


def spoken_for(session: Session, party_ids: Collection[int]) -> dict[int, Person]:
    """Who agreed that makers act for some households, by household: what makers write down is that adult's word."""
    statement = (
        select(col(Mandate.party_id), Person)
        .join(Person, col(Person.id) == col(Mandate.person_id))
        .where(col(Mandate.party_id).in_(party_ids), col(Mandate.ended_at).is_(None))
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def is_kept_by(actor: Actor, party_column: Any) -> ColumnElement[bool]:
    """The condition that the actor looks after the zone of a party, given in a column."""
    zones = actor.zones_for(KEEP)
    if zones is None:
        return true()
    there = select(col(Party.id)).where(col(Party.community_id) == actor.community_id, col(Party.zone_id).in_(zones))
    return cast(ColumnElement[bool], party_column.in_(there))


def must_stand(session: Session, community_id: int, party_id: int) -> Mandate:
    """What allows a maker to act for a household today. Raises NotStanding without it."""
    mandate = standing_mandate(session, party_id)
    if mandate is None or mandate.until < today_of(session, community_id):
        raise NotStanding(expired=mandate is not None)
    return mandate


def may_stand(session: Session, community_id: int, party_id: int) -> bool:
    """Whether a maker may act for a household today, for saying it before somebody tries."""
    mandate = standing_mandate(session, party_id)
    return mandate is not None and mandate.until >= today_of(session, community_id)


def stand_in(session: Session, actor: Actor, party_id: int) -> Actor:
    """The household's own actor, done by this maker: all gates of the household hold, and no role of the maker's.

    Raises Missing outside the maker's zones, NotStanding without an agreement, Refused for who is paused.
    """
    home_to_keep(session, actor, party_id)
    mandate = must_stand(session, actor.community_id, party_id)
    return replace(speaker_of(session, actor, party_id, mandate.person_id), recorder_party_ids=actor.party_ids)


def speaker_of(session: Session, actor: Actor, party_id: int, person_id: int) -> Actor:
    """A person's own actor for their household, with the actor at the keyboard. Raises Refused for who is paused."""
    theirs = actor_for(session, person_id, actor.community_id)
    if not theirs.is_member or party_id not in theirs.party_ids:
        raise Refused(
            N_("For now nothing can be done in their name: they are away from the community, or were asked to pause."),
            advice=N_("Look at their page, or talk to the other makers."),
        )
    party = session.get_one(Party, party_id)
    return Actor(
        community_id=actor.community_id,
        person_id=person_id,
        party_id=party_id,
        zone_id=party.zone_id,
        grants=(Grant("member"),),
        recorded_by_id=actor.person_id,
        party_ids=(party_id,),
    )


def any_to_ask(actor: Actor) -> ColumnElement[int] | None:
    """1 where a household of the actor's zones is to be asked (again), as an expression."""
    return one_if_any(_to_ask(actor, clock.now().date())) if actor.may(KEEP) else None


def count_to_ask(session: Session, actor: Actor) -> int:
    """How many households there are without an agreement, or with one that ends within a month."""
    if not actor.may(KEEP):
        return 0
    return len(session.scalars(_to_ask(actor, today_of(session, actor.community_id)).limit(MOST)).all())


def ending(session: Session, community_id: int, today: date) -> list[tuple[Mandate, Party]]:
    """What ends within a month, or has ended by itself within the last one."""
    statement = (
        select(Mandate, Party)
        .join(Party, col(Party.id) == col(Mandate.party_id))
        .where(
            col(Mandate.community_id) == community_id,
            col(Mandate.ended_at).is_(None),
            col(Mandate.until).between(today - SOON, today + SOON),
            col(Party.closed_at).is_(None),
            is_offline(col(Party.id)),
        )
        .order_by(col(Mandate.id))
    )
    return list(session.exec(statement))


def _homes(actor: Actor) -> "SelectOfScalar[Party]":
    if not actor.may(KEEP):
        raise Missing()
    statement = select(Party).where(
        col(Party.community_id) == actor.community_id,
        col(Party.kind) == "household",
        col(Party.closed_at).is_(None),
        col(Party.id).not_in(actor.party_ids),
        is_offline(col(Party.id)),
    )
    zones = actor.zones_for(KEEP)
    return statement if zones is None else statement.where(col(Party.zone_id).in_(zones))


def _to_ask(actor: Actor, today: date) -> "Select[Any]":
    later = today + SOON
    stands = exists().where(
        col(Mandate.party_id) == col(Party.id), col(Mandate.ended_at).is_(None), col(Mandate.until) > later
    )
    told = exists().where(col(Mandate.party_id) == col(Party.id), col(Mandate.ended_how).in_(("told", "card")))
    open_again = exists().where(col(Mandate.party_id) == col(Party.id), col(Mandate.ended_at).is_(None))
    # Who said that it is over is not asked again by a list.
    return _homes(actor).with_only_columns(col(Party.id)).where(~stands, ~told | open_again)


def _with_mandates(session: Session, community_id: int, parties: Sequence[Party]) -> list[Home]:
    ids = [party.id or 0 for party in parties]
    people = people_of_all(session, ids)
    standing = select(Mandate).where(col(Mandate.party_id).in_(ids), col(Mandate.ended_at).is_(None))
    mandates = {one.party_id: one for one in session.exec(standing)}
    today = today_of(session, community_id)
    return [
        Home(
            party,
            people.get(party.id or 0, []),
            mandate := mandates.get(party.id or 0),
            mandate is not None and mandate.until >= today,
        )
        for party in parties
    ]
