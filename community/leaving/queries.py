"""Who is leaving, what closes behind them, and whose time to come back is over."""

from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import col, select

from community.leaving.rules import Going, may_come_back
from community.leaving.tables import Departure
from community.members.tables import Membership
from community.parties.queries import parties_of, people_of_all
from community.parties.tables import Party
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing
from foundation.feature import registry


@dataclass(frozen=True)
class Outlook:
    """What would happen if the person left now: `lines` are sentences in their language."""

    going: Going
    closing: list[Party]
    staying: list[Party]
    lines: list[str]
    hours: int
    """Minutes that go to the fund or to somebody they choose."""


def outlook(session: Session, actor: Actor) -> Outlook:
    """What closes, what stays with others, and what ends. Raises Missing for who is no member."""
    return outlook_for(session, actor.community_id, actor.must_be_person())


def outlook_for(session: Session, community_id: int, person_id: int) -> Outlook:
    """The same of any person, in the reader's language. The caller has seen to who reads it."""
    closing, staying = parting(session, community_id, person_id)
    going = going_of(community_id, person_id, closing, staying)
    lines = [line for hook in registry.hooks("leaving_lines") for line in hook(session, going)]
    hours = sum(hook(session, going) for hook in registry.hooks("hours_to_leave"))
    return Outlook(going, closing, staying, lines, hours)


def outlook_of(session: Session, community_id: int, party: Party) -> tuple[list[str], int]:
    """What would end if all adults of a household left now, in the reader's language, and the minutes it leaves."""
    going = going_of(community_id, 0, [party], [])
    lines = [line for hook in registry.hooks("leaving_lines") for line in hook(session, going)]
    return lines, sum(hook(session, going) for hook in registry.hooks("hours_to_leave"))


def parting(session: Session, community_id: int, person_id: int) -> tuple[list[Party], list[Party]]:
    """The parties only this person answers for, and those that others answer for too."""
    parties = parties_of(session, community_id, person_id)
    people = people_of_all(session, [party.id or 0 for party in parties])
    alone = [party for party in parties if len(people[party.id or 0]) == 1]
    return alone, [party for party in parties if party not in alone]


def going_of(community_id: int, person_id: int, closing: list[Party], staying: list[Party]) -> Going:
    """The same as ids, for the features that end what is open."""
    return Going(
        community_id, person_id, tuple(party.id or 0 for party in closing), tuple(party.id or 0 for party in staying)
    )


def departure_waiting(session: Session, community_id: int, person_id: int) -> Departure | None:
    """The departure from which the person may still come back with one tap."""
    statement = select(Departure).where(
        col(Departure.community_id) == community_id,
        col(Departure.person_id) == person_id,
        col(Departure.state) == "waiting",
    )
    found = session.exec(statement).one_or_none()
    if found is None or not may_come_back(found.state, found.ends_at, clock.now()):
        return None
    return found


def due(session: Session, limit: int) -> list[int]:
    """The departures whose time to come back is over, oldest first."""
    statement = select(col(Departure.id)).where(
        col(Departure.state) == "waiting", col(Departure.ends_at) <= clock.now()
    )
    return [number for number in session.scalars(statement.order_by(col(Departure.ends_at)).limit(limit)) if number]


def with_hours(session: Session, limit: int) -> list[int]:
    """Departures that are over and may have left hours behind, oldest first."""
    statement = select(col(Departure.id)).where(col(Departure.state) == "done", col(Departure.hours_at).is_(None))
    return [number for number in session.scalars(statement.order_by(col(Departure.id)).limit(limit)) if number]


def locked(session: Session, departure_id: int) -> Departure:
    """A departure read anew, that nobody else moves until the end of the transaction. Raises Missing."""
    statement = select(Departure).where(col(Departure.id) == departure_id).with_for_update(key_share=True)
    found = session.exec(statement.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise Missing()
    return found


def needed_elsewhere(session: Session, person_id: int, community_id: int) -> bool:
    """Whether another community still needs who the person is: they belong there, ask to, or may yet come back."""
    belongs = select(func.count()).where(
        col(Membership.person_id) == person_id,
        col(Membership.community_id) != community_id,
        col(Membership.state).in_(("applied", "approved")),
    )
    waits = select(func.count()).where(col(Departure.person_id) == person_id, col(Departure.state) == "waiting")
    return bool(session.scalar(belongs)) or bool(session.scalar(waits))
