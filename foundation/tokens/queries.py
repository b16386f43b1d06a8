"""Looking at a secret without using it up."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, select

from foundation import clock
from foundation.database import Session
from foundation.tokens.rules import fingerprints
from foundation.tokens.tables import StoredToken


@dataclass(frozen=True)
class Token:
    """A good token. `uses_left` None is without limit; after a take it says what is left then."""

    id: int
    payload: dict[str, Any]
    person_id: int | None
    community_id: int | None
    created_by_person_id: int | None
    expires_at: datetime | None
    uses_left: int | None

    @staticmethod
    def columns() -> tuple[Any, ...]:
        """The columns that make a Token, in the order of its fields."""
        return (
            col(StoredToken.id),
            col(StoredToken.payload),
            col(StoredToken.person_id),
            col(StoredToken.community_id),
            col(StoredToken.created_by_person_id),
            col(StoredToken.expires_at),
            col(StoredToken.uses_left),
        )


def look(session: Session, purpose: str, secret: str) -> Token | None:
    """The token behind a secret, left as it is; None when it is unknown, spent, expired or withdrawn.

    For the page that a link opens: a mail scanner that follows the link uses nothing up.
    """
    row = session.exec(select(*Token.columns()).where(good_token(purpose, secret))).one_or_none()
    return None if row is None else Token(*row)


def look_at_any(session: Session, purpose: str, secret: str) -> Token | None:
    """The token behind a secret, also one that is spent, expired or withdrawn: to say what became of it.

    None when it is unknown, or ended so long ago that nothing is kept of it.
    """
    is_it = col(StoredToken.secret_hash).in_(fingerprints(secret))
    row = session.exec(select(*Token.columns()).where(col(StoredToken.purpose) == purpose, is_it)).one_or_none()
    return None if row is None else Token(*row)


def used_up_by(session: Session, purpose: str, secret: str) -> int | None:
    """The person who used up this secret of theirs; None for one that is unknown, still good, or ended otherwise."""
    is_it = col(StoredToken.secret_hash).in_(fingerprints(secret))
    used_up = col(StoredToken.uses_left) == 0
    statement = select(StoredToken.person_id).where(col(StoredToken.purpose) == purpose, is_it, used_up)
    return session.exec(statement).one_or_none()


def standing(
    session: Session, purpose: str, *, person_id: int | None = None, community_id: int | None = None
) -> list[Token]:
    """The tokens of a person or community that are still good, newest first: to show and withdraw."""
    conditions = [col(StoredToken.purpose) == purpose, _is_good()]
    if person_id is not None:
        conditions.append(col(StoredToken.person_id) == person_id)
    if community_id is not None:
        conditions.append(col(StoredToken.community_id) == community_id)
    statement = select(*Token.columns()).where(*conditions).order_by(col(StoredToken.id).desc())
    return [Token(*row) for row in session.exec(statement)]


def good_token(purpose: str, secret: str) -> ColumnElement[bool]:
    """The condition that a row is this secret, for this purpose, and still worth something."""
    is_it = col(StoredToken.secret_hash).in_(fingerprints(secret))
    return and_(col(StoredToken.purpose) == purpose, is_it, _is_good())


def _is_good() -> ColumnElement[bool]:
    return and_(
        col(StoredToken.withdrawn_at).is_(None),
        or_(col(StoredToken.uses_left).is_(None), col(StoredToken.uses_left) > 0),
        or_(col(StoredToken.expires_at).is_(None), col(StoredToken.expires_at) > clock.now()),
    )
