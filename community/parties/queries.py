"""Parties, who acts for them, and what they can give and need."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cache

import sqlalchemy
from sqlalchemy import Select, and_, bindparam, func, or_
from sqlalchemy.orm import outerjoin
from sqlmodel import col, select

from community.categories.tables import Category
from community.members.tables import Person
from community.parties.policies import SEE, acting, is_awake, is_present, not_blocked
from community.parties.tables import Party, PartyMember, PartySkill
from foundation import clock
from foundation.access import Actor
from foundation.database import Session, UtcDateTime
from foundation.errors import Missing
from foundation.search import Entry, Question
from foundation.search.queries import audiences, found_objects
from foundation.search.rules import MEMBERS

FINDABLE = ("household", "organisation")
"""The kinds of party that people look for; the index keeps each apart."""
MOST_FOUND = 200


def party_visible_to(session: Session, actor: Actor, party_id: int) -> Party:
    """A party as a member sees it. Raises Missing for a stranger's, a closed or a blocked one."""
    if not actor.may(SEE):
        raise Missing()
    statement = select(Party).where(
        col(Party.id) == party_id,
        col(Party.community_id) == actor.community_id,
        col(Party.closed_at).is_(None),
        not_blocked(actor, col(Party.id)),
        or_(col(Party.id).in_(actor.party_ids), is_present(actor.community_id, col(Party.id))),
    )
    party = session.exec(statement).one_or_none()
    if party is None:
        raise Missing()
    return party


def own_party(session: Session, actor: Actor, party_id: int | None = None) -> Party:
    """A party the person acts for: the present one when no id is given. Raises Missing for any other."""
    wanted = actor.must_be_party() if party_id is None else party_id
    party = session.get(Party, wanted) if wanted in actor.party_ids else None
    if party is None or party.community_id != actor.community_id or party.closed_at is not None:
        raise Missing()
    return party


def adults_of_own(session: Session, actor: Actor, party_id: int) -> list[tuple[int, str]]:
    """The number and given name of who acts for a party of the actor, in the order they came: a single question.

    Raises Missing for a party of others.
    """
    if party_id not in actor.party_ids:
        raise Missing()
    told = {"party": party_id, "community": actor.community_id, "moment": clock.now()}
    found = session.connection().execute(_adults(), told).all()
    if not found:
        raise Missing()
    return [(number, name) for number, name in found if number is not None]


@cache
def _adults() -> Select[int | None, str]:
    """Made once, and past the mapper: when places are few, hundreds ask in the same second."""
    there = and_(col(PartyMember.party_id) == col(Party.id), *acting(bindparam("moment", type_=UtcDateTime())))
    members = outerjoin(Party, PartyMember, there)
    return (
        sqlalchemy.select(col(Person.id), col(Person.given_name))
        .select_from(outerjoin(members, Person, col(Person.id) == col(PartyMember.person_id)))
        .where(
            col(Party.id) == bindparam("party"),
            col(Party.community_id) == bindparam("community"),
            col(Party.closed_at).is_(None),
        )
        .order_by(col(PartyMember.since), col(Person.id))
    )


def parties_of(session: Session, community_id: int, person_id: int) -> list[Party]:
    """The open parties a person may act for in a community, oldest first."""
    statement = (
        select(Party)
        .join(PartyMember, col(PartyMember.party_id) == col(Party.id))
        .where(
            col(PartyMember.person_id) == person_id,
            *acting(),
            col(Party.community_id) == community_id,
            col(Party.closed_at).is_(None),
        )
        .order_by(col(PartyMember.since), col(Party.id))
    )
    return list(session.exec(statement))


def every_party_of(session: Session, person_id: int) -> list[Party]:
    """The parties a person may act for, in every community."""
    present = (col(PartyMember.person_id) == person_id, *acting())
    return list(
        session.exec(select(Party).join(PartyMember, col(PartyMember.party_id) == col(Party.id)).where(*present))
    )


def people_of(session: Session, party_id: int) -> list[Person]:
    """The people who act for a party, in the order they came. The caller has checked that the party may be seen."""
    statement = (
        select(Person)
        .join(PartyMember, col(PartyMember.person_id) == col(Person.id))
        .where(col(PartyMember.party_id) == party_id, *acting())
        .order_by(col(PartyMember.since), col(Person.id))
    )
    return list(session.exec(statement))


def people_of_all(session: Session, party_ids: Collection[int]) -> dict[int, list[Person]]:
    """The same for many parties in one question."""
    statement = (
        select(col(PartyMember.party_id), Person)
        .join(Person, col(Person.id) == col(PartyMember.person_id))
        .where(col(PartyMember.party_id).in_(party_ids), *acting())
        .order_by(col(PartyMember.since), col(Person.id))
    )
    found: dict[int, list[Person]] = defaultdict(list)
    for party_id, person in session.execute(statement):
        found[party_id].append(person)
    return found


def acts_for(session: Session, person_id: int, party_id: int) -> bool:
    """Whether a person may act for a party now."""
    found = session.scalar(
        select(col(PartyMember.id)).where(
            col(PartyMember.party_id) == party_id,
            col(PartyMember.person_id) == person_id,
            *acting(),
        )
    )
    return found is not None


def live_together(session: Session, community_id: int, one_id: int, other_id: int) -> bool:
    """Whether two people are adults of one household of a community."""
    mine = select(col(PartyMember.party_id)).where(col(PartyMember.person_id) == one_id, *acting())
    together = (
        select(col(Party.id))
        .join(PartyMember, col(PartyMember.party_id) == col(Party.id))
        .where(col(Party.community_id) == community_id, col(Party.kind) == "household", col(Party.id).in_(mine))
        .where(col(PartyMember.person_id) == other_id, *acting())
    )
    return session.scalar(together.limit(1)) is not None


def hold_parties(session: Session, party_ids: Collection[int], *, alone: bool) -> None:
    """Keep the standing between parties as it is until the end of the transaction.

    Many may hold them together; who holds them `alone` (to set a block) waits for all of those, and they for it.
    Held before posts, agreements and accounts. Rows that only name a party are written all the same.
    """
    statement = select(col(Party.id)).where(col(Party.id).in_(party_ids)).order_by(col(Party.id))
    session.execute(statement.with_for_update(key_share=True) if alone else statement.with_for_update(read=True)).all()


def skills_of(session: Session, party_ids: Collection[int]) -> dict[int, dict[str, list[Category]]]:
    """What parties can give and need: category rows by party and by `offer` or `need`, in the tree's order."""
    statement = (
        select(col(PartySkill.party_id), col(PartySkill.kind), Category)
        .join(Category, col(Category.id) == col(PartySkill.category_id))
        .where(col(PartySkill.party_id).in_(party_ids), col(Category.retired_at).is_(None))
        .order_by(col(Category.position), col(Category.id))
    )
    found: dict[int, dict[str, list[Category]]] = defaultdict(lambda: {"offer": [], "need": []})
    for party_id, kind, category in session.execute(statement):
        found[party_id][kind].append(category)
    return found


def fund_of(session: Session, community_id: int) -> Party:
    """The community's common fund. Raises Missing when it was never opened."""
    statement = select(Party).where(col(Party.community_id) == community_id, col(Party.kind) == "fund")
    fund = session.exec(statement).one_or_none()
    if fund is None:
        raise Missing()
    return fund


def count_parties(session: Session, community_id: int, kind: str) -> int:
    """How many open parties of a kind there are."""
    return (
        session.scalar(
            select(func.count()).where(
                col(Party.community_id) == community_id, col(Party.kind) == kind, col(Party.closed_at).is_(None)
            )
        )
        or 0
    )


def entries_of(session: Session, parties: Iterable[Party]) -> list[Entry]:
    """What the search index says of parties: their names, their people, their words, what they can give."""
    open_ones = [party for party in parties if party.kind in FINDABLE and party.closed_at is None]
    ids = [party.id for party in open_ones if party.id is not None]
    people, skills = people_of_all(session, ids), skills_of(session, ids)
    return [_entry(party, people.get(party.id or 0, []), skills[party.id or 0]["offer"]) for party in open_ones]


def entries_after(session: Session, after: int, limit: int, *, kind: str) -> list[Entry]:
    """The entries of the next parties of a kind, in the order of their ids: for rebuilding the index."""
    parties = select(Party).where(col(Party.id) > after, Party.kind == kind, col(Party.closed_at).is_(None))
    return entries_of(session, session.exec(parties.order_by(col(Party.id)).limit(limit)).all())


def parties_found(session: Session, actor: Actor, asked: Question, limit: int) -> dict[str, list[Party]]:
    """By kind the parties that answer a question and may be seen: those who are called like that come first."""
    if not actor.may(SEE):
        return {}
    here = actor.community_id
    wanted = {
        kind: [[audiences(kind, here, [MEMBERS]), *demands] for demands in asked.likeliest_first] for kind in FINDABLE
    }
    ids = found_objects(session, here, wanted, MOST_FOUND)
    everybody = [party_id for some in ids.values() for party_id in some]
    if not everybody:
        return {}
    seen = select(Party).where(
        col(Party.id).in_(everybody),
        col(Party.community_id) == here,
        col(Party.closed_at).is_(None),
        not_blocked(actor, col(Party.id)),
        is_awake(here, col(Party.id)),
    )
    by_id = {party.id: party for party in session.exec(seen)}
    return {kind: [by_id[party_id] for party_id in some if party_id in by_id][:limit] for kind, some in ids.items()}


def _entry(party: Party, people: Sequence[Person], offers: Sequence[Category]) -> Entry:
    names = " ".join(f"{person.given_name} {person.family_name}" for person in people)
    gives = " ".join(name for category in offers for name in category.names.values())
    said = " ".join(person.about for person in people)
    return Entry(
        kind=party.kind,
        object_id=party.id or 0,
        community_id=party.community_id,
        moment=party.opened_at,
        title=f"{party.name} {names}",
        body=f"{party.about} {said} {gives}",
        party_id=party.id,
    )
