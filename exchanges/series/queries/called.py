"""Weekly proposals that wait for people without e-mail: a maker of the zone calls them."""

from sqlalchemy import exists
from sqlmodel import col, select

from community.members.tables import Person
from community.parties.tables import PartyMember
from exchanges.agreements.policies import ANSWER
from exchanges.agreements.queries.single import mediates
from exchanges.series.tables import Series
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing

WAITING = ("proposed", "changing")


def series_to_mediate(session: Session, actor: Actor, series_id: int) -> Series:
    """A series into which a maker may step. Raises Missing outside their zones, or where they take part."""
    series = session.get(Series, series_id)
    if series is None or not mediates(session, actor, series, ANSWER):
        raise Missing()
    return series


def series_to_call_about(session: Session, actor: Actor, limit: int = 100) -> list[Series]:
    """Proposals and changes that wait for the answer of people without e-mail, in the maker's zones; oldest first."""
    has_channel = exists().where(
        col(PartyMember.party_id) == col(Series.turn_id),
        col(PartyMember.until).is_(None),
        col(PartyMember.person_id) == col(Person.id),
        col(Person.email).is_not(None),
    )
    statement = (
        select(Series)
        .where(col(Series.community_id) == actor.community_id, col(Series.state).in_(WAITING), ~has_channel)
        .order_by(col(Series.id))
        .limit(limit)
    )
    return [one for one in session.scalars(statement) if mediates(session, actor, one, ANSWER)]
