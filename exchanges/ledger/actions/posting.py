"""Posting a transfer: the one place where minutes move.

Written for speed (see writing.py): the limits are held under lock, by the statement itself; why one refused is only
asked for afterwards.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import text

from exchanges.ledger.actions.locking import lock_accounts
from exchanges.ledger.actions.writing import Heading, write_on_postgresql, write_on_sqlite
from exchanges.ledger.queries.accounts import AccountState, party_names
from exchanges.ledger.rules import (
    LONGEST_KEY,
    LONGEST_MEMO,
    AlreadyReversed,
    KeyUsedBefore,
    Line,
    Posted,
    Source,
    available,
    check_lines,
    refused_above_ceiling,
    refused_below_floor,
    refused_fund_empty,
)
from foundation.access import Actor
from foundation.clock import now
from foundation.database import Session
from foundation.errors import N_

_TRIES = 3


def post_transfer(
    session: Session,
    actor: Actor,
    lines: Sequence[Line],
    *,
    request_key: str,
    kind: str,
    source: Source,
    memo: str = "",
    for_party_id: int | None = None,
    reverses_id: int | None = None,
    at: datetime | None = None,
) -> Posted:
    """Move minutes between accounts of the actor's community: two or more lines that sum to zero.

    The same `request_key` moves them once; the second time gives the first transfer. Raises BelowFloor or
    AboveCeiling when an account would pass its limits, unless the kind is exempt, and ValueError for lines that are
    no transfer. Who may do it is for the caller to know. `at` is the moment by whose rules the caller has reckoned.
    """
    check_lines(lines)
    if not 0 < len(request_key) <= LONGEST_KEY:
        raise ValueError("a transfer needs a request key of sensible length")
    heading = Heading(
        community_id=actor.community_id,
        request_key=request_key,
        kind=kind,
        source=source,
        memo=memo[:LONGEST_MEMO],
        at=at or now(),
        recorded_by_id=actor.recorder_id,
        for_party_id=for_party_id or actor.party_id,
        reverses_id=reverses_id,
    )
    session.flush()  # a party opened in this transaction must be there before its account moves
    connection = session.connection()
    write = write_on_sqlite if connection.dialect.name == "sqlite" else write_on_postgresql
    for _ in range(_TRIES):
        transfer_id = write(connection, heading, lines)
        if transfer_id is not None:
            return Posted(transfer_id)
        repeated = posted_before(session, heading)
        if repeated is not None:
            return repeated
        _refuse(session, actor, heading, lines)
    raise RuntimeError("a transfer was refused for no reason that could be found")


def posted_before(session: Session, heading: Heading) -> Posted | None:
    """The transfer that this very request has already led to.

    Raises KeyUsedBefore when the key belongs to a request for something else.
    """
    found = session.execute(
        text(
            "SELECT id, community_id, kind, source_kind, source_id, for_party_id FROM transfer "
            "WHERE request_key = :request_key"
        ),
        {"request_key": heading.request_key},
    ).one_or_none()
    if found is None:
        return None
    same = (heading.community_id, heading.kind, heading.source.kind, heading.source.id, heading.for_party_id)
    if tuple(found[1:]) != same:
        raise KeyUsedBefore()
    return Posted(found.id, repeated=True)


def already_posted(
    session: Session, actor: Actor, request_key: str, kind: str, source: Source, for_party_id: int | None = None
) -> Posted | None:
    """The same, for an action that looks before it posts."""
    whom = for_party_id or actor.party_id
    heading = Heading(actor.community_id, request_key, kind, source, "", now(), actor.recorder_id, whom)
    return posted_before(session, heading)


def _refuse(session: Session, actor: Actor, heading: Heading, lines: Sequence[Line]) -> None:
    """Find out, under lock, why a transfer was refused, and raise it. Comes back when it would pass now."""
    if heading.reverses_id is not None:
        refuse_second_reversal(session, heading.reverses_id)
    accounts = lock_accounts(session, heading.community_id, [line.account_id for line in lines], heading.at)
    if heading.exempt:
        return
    for line in lines:
        refuse_beyond_limits(session, actor, accounts[line.account_id], line)


def refuse_second_reversal(session: Session, transfer_id: int) -> None:
    """Raises AlreadyReversed when the transfer has been undone."""
    found = session.execute(
        text("SELECT id FROM transfer WHERE reverses_id = :transfer_id"), {"transfer_id": transfer_id}
    ).one_or_none()
    if found is not None:
        raise AlreadyReversed(N_("This transfer was already undone."))


def refuse_beyond_limits(session: Session, actor: Actor, account: AccountState, line: Line) -> None:
    """Raises BelowFloor or AboveCeiling when `line` would take the account (as locked) beyond its limits."""
    if account.kind == "issue":
        return
    after = account.balance + line.minutes
    if line.minutes + line.covered < 0 and after - account.reserved < account.floor:
        # Read only now: the covered minutes are no longer reserved, yet were no part of what was free.
        left = max(available(account.balance, account.reserved, account.floor) - line.covered, 0)
        asked = -line.minutes - line.covered
        if account.kind == "fund":
            raise refused_fund_empty(left=left, minutes=asked)
        name, own = _whose(session, actor, account)
        raise refused_below_floor(own=own, name=name, left=left, minutes=asked)
    if line.minutes > 0 and account.ceiling is not None and after > account.ceiling:
        name, own = _whose(session, actor, account)
        room = max(account.ceiling - account.balance, 0)
        raise refused_above_ceiling(own=own, name=name, room=room, minutes=line.minutes)


def _whose(session: Session, actor: Actor, account: AccountState) -> tuple[str, bool]:
    party_id = account.party_id or 0
    own = party_id == actor.party_id or party_id in actor.party_ids
    return party_names(session, [party_id]).get(party_id, ""), own
