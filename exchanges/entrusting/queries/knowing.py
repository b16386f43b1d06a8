"""What who comes has to know while it lasts, and where somebody is looked after."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_
from sqlmodel import col, select

from community.dependants.queries import details_of, standings_of
from community.dependants.rules import Standing
from community.dependants.tables import DependantDetails
from community.households.tables import Dependant
from community.members.tables import Person
from community.moderation.policies import own_ids
from community.parties.policies import not_blocked
from community.safeguarding.queries import what_person_lacks
from exchanges.agreements.policies.care import demanded
from exchanges.agreements.tables import Agreement
from exchanges.entrusting.rules import visible
from exchanges.entrusting.tables import Entrusted
from exchanges.groups.rules import HOLDING
from exchanges.groups.tables import GroupExchange, GroupPlace
from exchanges.series.tables import Series
from foundation import clock
from foundation.access import Actor
from foundation.database import Session

MOST = 20


@dataclass(frozen=True)
class ToKnow:
    """What the carer reads about one person."""

    dependant: Dependant
    details: DependantDetails | None = None


def to_know(session: Session, actor: Actor, thread_id: int, *, opened: bool = False) -> list[ToKnow]:
    """Who is looked after, for the person who comes, verified, from the yes to a day after; empty for anybody else.

    `opened` reads what is sealed too: the caller records the look before it is shown.
    """
    ids = _entrusted_to(session, actor, thread_id)
    if not ids:
        return []
    statement = select(Dependant).where(col(Dependant.id).in_(ids), col(Dependant.removed_at).is_(None))
    found = list(session.exec(statement.order_by(col(Dependant.id))))
    standings = standings_of(session, found)
    agreed = [one for one in found if standings[one.id or 0] is Standing.GIVEN]
    details = details_of(session, [one.id or 0 for one in agreed]) if opened else {}
    return [ToKnow(one, details.get(one.id or 0)) for one in agreed]


def _entrusted_to(session: Session, actor: Actor, thread_id: int) -> list[int]:
    """Who was named by the households that the actor comes for now."""
    if actor.person_id is None or actor.recorded_by_id is not None:
        return []
    now = clock.now()
    comes = (col(Agreement.thread_id) == thread_id, col(Agreement.adult_id) == actor.person_id)
    parties: list[int] = []
    about: Any = None
    for agreement in session.scalars(select(Agreement).where(*comes, col(Agreement.accepted_at).is_not(None))):
        if agreement.giver_id in own_ids(actor) and visible(agreement, now):
            parties, about = [agreement.receiver_id], agreement
    if about is None:
        group = session.scalars(select(GroupExchange).where(col(GroupExchange.thread_id) == thread_id)).one_or_none()
        hosts = group is not None and group.adult_id == actor.person_id and group.host_id in own_ids(actor)
        if group is None or not hosts or group.way != "post" or not visible(group, now):
            return []
        there = (col(GroupPlace.group_id) == group.id, col(GroupPlace.state).in_(HOLDING))
        parties, about = list(session.scalars(select(col(GroupPlace.party_id)).where(*there))), group
    if about.community_id != actor.community_id:
        return []
    if what_person_lacks(session, actor.community_id, actor.person_id, demanded(session, about), now):
        return []
    statement = (
        select(col(Entrusted.dependant_id))
        .join(Dependant, col(Dependant.id) == col(Entrusted.dependant_id))
        .where(
            col(Entrusted.thread_id) == thread_id,
            col(Dependant.party_id).in_(parties),
            not_blocked(actor, col(Dependant.party_id)),
        )
    )
    return list(session.scalars(statement))


def concerned(session: Session, dependant_id: int) -> list[tuple[str, datetime | None, str]]:
    """Where somebody is looked after from now on: what, when, who comes; for their household and themselves."""
    threads = select(col(Entrusted.thread_id)).where(col(Entrusted.dependant_id) == dependant_id)
    since = clock.now()
    agreed = (
        select(col(Agreement.title), col(Agreement.starts_at), col(Person.given_name))
        .outerjoin(Person, col(Person.id) == col(Agreement.adult_id))
        .where(col(Agreement.thread_id).in_(threads), col(Agreement.state) == "accepted")
        .where(or_(col(Agreement.starts_at).is_(None), col(Agreement.starts_at) > since))
        .order_by(col(Agreement.starts_at), col(Agreement.id))
        .limit(MOST)
    )
    together = (
        select(col(GroupExchange.title), col(GroupExchange.starts_at), col(Person.given_name))
        .join(GroupPlace, col(GroupPlace.group_id) == col(GroupExchange.id))
        .join(Dependant, col(Dependant.party_id) == col(GroupPlace.party_id))
        .outerjoin(Person, col(Person.id) == col(GroupExchange.adult_id))
        .where(
            col(GroupExchange.thread_id).in_(threads),
            col(GroupExchange.state) == "planned",
            col(GroupPlace.state).in_(HOLDING),
            col(Dependant.id) == dependant_id,
        )
        .order_by(col(GroupExchange.starts_at))
        .limit(MOST)
    )
    found = [*session.execute(agreed), *session.execute(together)]
    return [(title, when, who or "") for title, when, who in found]


def where_named(session: Session, community_id: int, dependant_id: int) -> tuple[list[int], list[int], list[int]]:
    """Agreements, series and groups, by id, that stand and in which somebody was named."""
    threads = select(col(Entrusted.thread_id)).where(col(Entrusted.dependant_id) == dependant_id)
    found: list[list[int]] = []
    for table, states in ((Agreement, ("accepted",)), (Series, ("open", "changing")), (GroupExchange, ("planned",))):
        statement = select(col(table.id)).where(
            col(table.community_id) == community_id,
            col(table.thread_id).in_(threads),
            col(table.state).in_(states),
        )
        if table is Agreement:
            statement = statement.where(col(Agreement.series_id).is_(None))
        found.append([one for one in session.scalars(statement.order_by(col(table.id))) if one is not None])
    return found[0], found[1], found[2]
