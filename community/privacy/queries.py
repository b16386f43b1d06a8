"""What is said about privacy, whose data is whose, and the files that wait."""

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from community.members.queries import actor_for
from community.parties.tables import Party
from community.privacy.rules import GIVEN_UP
from community.privacy.tables import Controller, PersonalExport
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing
from foundation.feature import registry
from foundation.personal import PersonalData, Whose


def kinds() -> list[PersonalData]:
    """Every kind of personal data that the features of this installation keep."""
    return registry.every("personal_data")


def controller_of(session: Session, community_id: int) -> Controller | None:
    """The body that answers for the data now; None as long as nobody has said which."""
    statement = select(Controller).where(col(Controller.community_id) == community_id)
    return session.scalars(statement.order_by(col(Controller.id).desc()).limit(1)).first()


def whose(session: Session, person_id: int, community_id: int) -> Whose:
    """The person, with the households and organisations they act for in the community."""
    parties = actor_for(session, person_id, community_id).party_ids
    households = select(col(Party.id)).where(col(Party.id).in_(parties), col(Party.kind) == "household")
    found = tuple(party_id for party_id in session.scalars(households.order_by(col(Party.id))) if party_id)
    return Whose(person_id, community_id, found, parties)


def exports_of(session: Session, actor: Actor, limit: int = 10) -> list[PersonalExport]:
    """The files the person asked for, the newest first; those that are gone are not shown."""
    statement = select(PersonalExport).where(*_mine(actor), col(PersonalExport.state) != "gone")
    return list(session.scalars(statement.order_by(col(PersonalExport.id).desc()).limit(limit)))


def export_of(session: Session, actor: Actor, export_id: int) -> PersonalExport:
    """One's own file. Raises Missing for anybody else's, and for one that is gone."""
    found = session.scalars(select(PersonalExport).where(*_mine(actor), col(PersonalExport.id) == export_id)).first()
    if found is None or found.state == "gone" or (found.expires_at is not None and found.expires_at <= clock.now()):
        raise Missing()
    return found


def is_given_up(export: PersonalExport, now: datetime) -> bool:
    """Whether a request has waited so long that nobody will answer it any more."""
    return export.state == "asked" and export.asked_at < now - GIVEN_UP


def _mine(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return (
        col(PersonalExport.community_id) == actor.community_id,
        col(PersonalExport.person_id) == actor.must_be_person(),
    )
