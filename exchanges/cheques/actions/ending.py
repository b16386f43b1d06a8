"""Ending cheques: lost, over, or because nobody of their issuer is there. Their hours are free again."""

from collections.abc import Sequence

from sqlalchemy import update
from sqlmodel import col

from community.communities.queries import community_of
from exchanges.cheques.actions.telling import tell_issuer
from exchanges.cheques.notices import EXPIRED
from exchanges.cheques.queries import due, own_sheet
from exchanges.cheques.rules import KIND
from exchanges.cheques.tables import TimeCheque
from exchanges.ledger.actions.locking import lock_accounts
from exchanges.ledger.actions.opening import open_accounts
from exchanges.ledger.actions.reserving import release
from exchanges.ledger.rules import Source
from foundation import audit, clock, tokens
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing


def void(session: Session, actor: Actor, sheet_id: int, number: int | None = None) -> int:
    """One cheque of a sheet was lost, or all of it (`number` None): good no more, their hours free. Says how many.

    Raises Missing for anybody else's. What was redeemed stays so.
    """
    seen = own_sheet(session, actor, sheet_id)
    wanted = [one for one in seen.cheques if number in (None, one.number)]
    if not wanted:
        raise Missing()
    return len(end_and_release(session, actor, wanted, "voided", "lost"))


def expire(session: Session, limit: int) -> int:
    """Give back the hours of cheques whose day is over, and tell who issued them, once for a sheet. Says how many."""
    ended = end_and_release(session, None, due(session, limit), "expired")
    for cheque in ended:
        until = clock.last_day(cheque.ends_at, community_of(session, cheque.community_id).time_zone)
        tell_issuer(session, cheque, EXPIRED, {"until_on": until})
    return len(ended)


def source_of(cheque: TimeCheque) -> Source:
    """What the ledger writes beside the minutes promised for a cheque."""
    return Source(KIND, cheque.id)


def end_and_release(
    session: Session, actor: Actor | None, cheques: Sequence[TimeCheque], state: str, why: str = ""
) -> list[TimeCheque]:
    """End those that are still open and give their hours back; gives those that were ended here.

    All cheques come before all accounts, as for who redeems one: so nobody waits for each other in a ring.
    """
    ended = [one for one in sorted(cheques, key=lambda one: one.id or 0) if end_one(session, actor, one, state, why)]
    for cheque in ended:
        if cheque.token_id is not None:
            tokens.withdraw(session, cheque.token_id)
    for community_id in sorted({one.community_id for one in ended}):
        parties = {one.party_id for one in ended if one.community_id == community_id}
        lock_accounts(session, community_id, open_accounts(session, parties).values())
    for cheque in ended:
        release(session, actor or Actor.visitor(cheque.community_id), source_of(cheque))
        more = {"why": why} if why else {}
        audit.record(session, actor, state, KIND, cheque.id, community_id=cheque.community_id, **more)
    return ended


def end_one(session: Session, actor: Actor | None, cheque: TimeCheque, state: str, why: str = "") -> bool:
    """One conditional update: of all who try at the same moment one ends it."""
    still = (col(TimeCheque.id) == cheque.id, col(TimeCheque.state) == "open")
    who = actor.recorder_id if actor is not None else None
    ended = session.exec(
        update(TimeCheque)
        .where(*still)
        .values(state=state, why=why, ended_at=clock.now(), ended_by_id=who)
        .execution_options(synchronize_session=False)
    )
    return bool(ended.rowcount)
