"""What only an organisation has."""

from collections.abc import Collection

from sqlmodel import col, select

from community.organisations.tables import Organisation
from foundation.database import Session


def organisation_of(session: Session, party_id: int) -> Organisation | None:
    """The organisation behind a party; None for a household. The caller has checked that the party may be seen."""
    return session.get(Organisation, party_id)


def kinds_of(session: Session, party_ids: Collection[int]) -> dict[int, str]:
    """The kind of each organisation among these parties."""
    statement = select(Organisation).where(col(Organisation.party_id).in_(party_ids))
    return {organisation.party_id: organisation.kind for organisation in session.exec(statement)}
