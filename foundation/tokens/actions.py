"""Giving out secrets, taking them once, and taking them back."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, or_, update
from sqlmodel import col

from foundation import clock
from foundation.database import Session
from foundation.tokens.queries import Token, good_token
from foundation.tokens.rules import fingerprints, new_code, new_secret
from foundation.tokens.tables import StoredToken

KEPT_AFTER_END = timedelta(days=30)


def issue(
    session: Session,
    purpose: str,
    *,
    payload: Mapping[str, Any] | None = None,
    lasts: timedelta | None,
    uses: int | None = 1,
    person_id: int | None = None,
    community_id: int | None = None,
    created_by_person_id: int | None = None,
    as_code: bool = False,
) -> str:
    """Make a secret and return it, for the only time: what is stored is its SHA-256.

    `lasts` None and `uses` None mean without limit. `as_code` gives a short one for people to copy by hand,
    which belongs only behind a limit on attempts.
    """
    secret = new_code() if as_code else new_secret()
    now = clock.now()
    session.add(
        StoredToken(
            purpose=purpose,
            secret_hash=fingerprints(secret)[0],
            payload=dict(payload or {}),
            person_id=person_id,
            community_id=community_id,
            created_by_person_id=created_by_person_id,
            created_at=now,
            expires_at=None if lasts is None else now + lasts,
            uses_left=uses,
        )
    )
    session.flush()
    return secret


def take(session: Session, purpose: str, secret: str) -> Token | None:
    """Use the secret up once, or None when it is unknown, spent, expired or withdrawn.

    One conditional UPDATE: of many who take the last use at the same moment exactly one gets it.
    """
    statement = (
        update(StoredToken)
        .where(good_token(purpose, secret))
        .values(uses_left=col(StoredToken.uses_left) - 1, last_taken_at=clock.now())
        .returning(*Token.columns())
        .execution_options(synchronize_session=False)
    )
    row = session.exec(statement).one_or_none()
    return None if row is None else Token(*row)


def withdraw(session: Session, token_id: int) -> bool:
    """Make one token worthless from now on. False when it already was."""
    return _withdraw(session, col(StoredToken.id) == token_id) == 1


def withdraw_all(
    session: Session, purpose: str, *, person_id: int | None = None, community_id: int | None = None
) -> int:
    """Make every token of this purpose and person (or community) worthless, and say how many they were."""
    if person_id is None and community_id is None:
        raise ValueError("say whose tokens are to be withdrawn")
    conditions = [col(StoredToken.purpose) == purpose]
    if person_id is not None:
        conditions.append(col(StoredToken.person_id) == person_id)
    if community_id is not None:
        conditions.append(col(StoredToken.community_id) == community_id)
    return _withdraw(session, *conditions)


def forget_ended(session: Session) -> int:
    """Drop tokens that have been worthless for a month, and say how many they were."""
    before = clock.now() - KEPT_AFTER_END
    spent = (col(StoredToken.uses_left) == 0) & (col(StoredToken.last_taken_at) < before)
    ended = or_(col(StoredToken.expires_at) < before, col(StoredToken.withdrawn_at) < before, spent)
    return int(session.exec(delete(StoredToken).where(ended)).rowcount)


def _withdraw(session: Session, *conditions: Any) -> int:
    statement = (
        update(StoredToken)
        .where(*conditions, col(StoredToken.withdrawn_at).is_(None))
        .values(withdrawn_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    return int(session.exec(statement).rowcount)
