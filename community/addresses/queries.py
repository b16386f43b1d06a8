"""What became of a change of address, by its links or its person."""

from sqlmodel import col, select

from community.addresses.tables import AddressChange
from foundation import tokens
from foundation.database import Session
from foundation.errors import Missing

NEW_ADDRESS = "new_address"
OLD_ADDRESS = "old_address"


def open_change(session: Session, person_id: int) -> AddressChange | None:
    """The change a person has asked for that is neither done nor over."""
    statement = select(AddressChange).where(
        col(AddressChange.person_id) == person_id, col(AddressChange.state) == "open"
    )
    return session.exec(statement).one_or_none()


def change_behind(session: Session, purpose: str, secret: str) -> AddressChange:
    """The change a link speaks of, whatever became of it. Raises Missing for a link nobody gave out, or too old."""
    token = tokens.look(session, purpose, secret)
    found = session.get(AddressChange, token.payload["change"]) if token else None
    if found is None:
        raise Missing()
    return found
