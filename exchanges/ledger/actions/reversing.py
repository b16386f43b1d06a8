"""Undoing a transfer by its mirror, once."""

from sqlmodel import col, select

from community.parties.tables import Party
from exchanges.ledger.actions.giving import needed_reason
from exchanges.ledger.actions.posting import post_transfer
from exchanges.ledger.actions.telling import tell
from exchanges.ledger.notices import UNDONE
from exchanges.ledger.policies import REVERSE, may_in_zone, must_not_be_own
from exchanges.ledger.rules import Line, NotReversible, Posted, Source
from exchanges.ledger.tables import Account, Entry, Transfer
from foundation import audit
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Missing


def reverse(session: Session, actor: Actor, transfer_id: int, *, reason: str, request_key: str) -> Posted:
    """Undo a transfer with one that mirrors it; no limit holds it back.

    Raises Missing when the maker's zones touch none of its parties, Refused for hours of their own, Invalid without a
    reason, NotReversible for a reversal, AlreadyReversed for one already undone by another request.
    """
    why = needed_reason(reason)
    transfer = transfer_to_reverse(session, actor, transfer_id)
    entries = session.exec(
        select(Entry).where(col(Entry.transfer_id) == transfer_id).order_by(col(Entry.position))
    ).all()
    posted = post_transfer(
        session,
        actor,
        [Line(entry.account_id, -entry.minutes) for entry in entries],
        request_key=request_key,
        kind="reversal",
        source=Source("transfer", transfer_id),
        memo=why,
        for_party_id=transfer.for_party_id,
        reverses_id=transfer_id,
    )
    if not posted.repeated:
        audit.record(session, actor, "reversed", "transfer", transfer_id, by=posted.transfer_id)
        for party in _parties_of(session, transfer_id):
            if party.kind != "fund":
                tell(session, actor, party.id or 0, UNDONE, posted.transfer_id, {})
    return posted


def transfer_to_reverse(session: Session, actor: Actor, transfer_id: int) -> Transfer:
    """A transfer the actor may undo. Raises Missing, NotReversible and Refused as `reverse` does."""
    statement = select(Transfer).where(
        col(Transfer.id) == transfer_id, col(Transfer.community_id) == actor.community_id
    )
    transfer = session.exec(statement).one_or_none()
    if transfer is None:
        raise Missing()
    parties = _parties_of(session, transfer_id)
    if not any(may_in_zone(actor, REVERSE, party) for party in parties):
        raise Missing()
    if transfer.reverses_id is not None:
        raise NotReversible(
            N_("This transfer already undoes another one."),
            advice=N_("If it was right after all, record the exchange again."),
        )
    must_not_be_own(actor, frozenset(party.id for party in parties if party.id is not None))
    return transfer


def _parties_of(session: Session, transfer_id: int) -> list[Party]:
    statement = (
        select(Party)
        .join(Account, col(Account.party_id) == col(Party.id))
        .join(Entry, col(Entry.account_id) == col(Account.id))
        .where(col(Entry.transfer_id) == transfer_id)
        .order_by(col(Entry.position))
    )
    return list(session.exec(statement))
