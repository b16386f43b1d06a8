"""Words that name who has left, or that they wrote, go out of the ledger; their hash stays, so that seals hold."""

import re

from sqlalchemy import ColumnElement, or_, update
from sqlmodel import col, exists, select

from community.leaving.actions.names import says_a_name, without
from community.leaving.rules import Going
from community.parties.tables import PartyMember
from exchanges.ledger.queries.sealed import words_digest
from exchanges.ledger.rules import ERASED
from exchanges.ledger.tables import Account, Entry, ErasedWords, Transfer
from foundation import audit
from foundation.database import Session, append

_ALONE = re.compile(r"^[^\W\d_]+$")
"""One word of letters: it may be a flower or a colour, and says who is meant only where they took part."""


def erase_words(session: Session, going: Going) -> None:
    """Erase the words of movements that name who has left, and those they wrote with hours they gave.

    A name of one word counts in movements they had a part in; what is theirs alone, a whole name, an address, a
    number, in every movement of the community. Again it changes nothing.
    """
    here = (col(Transfer.community_id) == going.community_id, col(Transfer.memo) != "")
    distinct = Going(
        going.community_id, going.person_id, going.closing, (),
        names=tuple(name for name in going.names if not _ALONE.match(name)), gone=going.gone,
    )  # fmt: skip
    wrote = (col(Transfer.kind) == "gift") & _gave(going)
    ways: list[ColumnElement[bool]] = [wrote]
    ways += [_theirs(going) & says_a_name(going, col(Transfer.memo))] if going.names else []
    ways += [says_a_name(distinct, col(Transfer.memo))] if distinct.names else []
    found = session.execute(
        select(col(Transfer.id), col(Transfer.memo), wrote).where(*here, or_(*ways)).order_by(col(Transfer.id))
    ).all()
    for transfer_id, memo, own in found:
        if own or without(memo, going) != memo:
            erase_one(session, going.community_id, transfer_id, memo)


def _gave(going: Going) -> ColumnElement[bool]:
    """Whether they gave it, themselves or by a maker's hand; what they wrote down for others is the others' word."""
    acted = exists().where(
        col(PartyMember.party_id) == col(Transfer.for_party_id), col(PartyMember.person_id) == going.person_id
    )
    own = (col(Transfer.recorded_by_id) == going.person_id) & or_(col(Transfer.for_party_id).is_(None), acted)
    return or_(own, col(Transfer.for_party_id).in_(going.closing))


def _theirs(going: Going) -> ColumnElement[bool]:
    """Whether they, or a household that closed with them, had a part in it."""
    moved = exists().where(
        col(Entry.transfer_id) == col(Transfer.id),
        col(Account.id) == col(Entry.account_id),
        col(Account.party_id).in_(going.closing),
    )
    return or_(col(Transfer.recorded_by_id) == going.person_id, col(Transfer.for_party_id).in_(going.closing), moved)


def erase_one(session: Session, community_id: int, transfer_id: int, memo: str) -> None:
    """Erase the words of one movement. The database lets them go once their hash is there, and never otherwise."""
    append(session, ErasedWords, {"transfer_id": transfer_id, "digest": words_digest(memo).hex()})
    session.exec(
        update(Transfer)
        .where(col(Transfer.id) == transfer_id)
        .values(memo="")
        .execution_options(synchronize_session=False)
    )
    audit.record(session, None, ERASED, "transfer", transfer_id, community_id=community_id)
