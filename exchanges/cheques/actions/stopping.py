"""Nobody of who printed them is there any more: what was done before is still redeemed, then the cheques are void."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import update
from sqlmodel import col

from exchanges.cheques.actions.ending import end_and_release
from exchanges.cheques.actions.telling import tell_issuer, tell_makers, zone_of_cheque
from exchanges.cheques.notices import STOPPED, STOPPED_FOR_MAKERS, VOIDED
from exchanges.cheques.queries import open_cheques, stopped_cheques
from exchanges.cheques.rules import KIND, owed_until
from exchanges.cheques.tables import TimeCheque
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session


def stop(session: Session, actor: Actor | None, party_ids: Collection[int], at: datetime) -> int:
    """From `at` on nobody of these parties is there: who printed cheques is told, and the makers. Says how many stand.

    No hours move yet, so it can be done whatever else is held. Again it changes nothing.
    """
    found = [one for one in open_cheques(session, party_ids) if one.stopped_at is None]
    stopped = update(TimeCheque).where(col(TimeCheque.id).in_([one.id for one in found]))
    still = stopped.where(col(TimeCheque.state) == "open", col(TimeCheque.stopped_at).is_(None))
    session.exec(still.values(stopped_at=at).execution_options(synchronize_session=False))
    for cheque in found:
        audit.record(session, actor, "stopped", KIND, cheque.id, community_id=cheque.community_id)
    for party_id in sorted({one.party_id for one in found}):
        _tell(session, [one for one in found if one.party_id == party_id], at)
    return len(found)


def end_stopped(session: Session, limit: int) -> int:
    """Make good again what was printed by who is back, void what nobody redeemed in time; how many are void now."""
    back, over = stopped_cheques(session, limit)
    again = update(TimeCheque).where(col(TimeCheque.id).in_([one.id for one in back]))
    session.exec(again.values(stopped_at=None).execution_options(synchronize_session=False))
    ended = end_and_release(session, None, over, "voided", "stopped")
    for cheque in ended:
        tell_issuer(session, cheque, VOIDED, {}, key=f"party-{cheque.party_id}-{cheque.stopped_at}", link=False)
    return len(ended)


def _tell(session: Session, cheques: Sequence[TimeCheque], at: datetime) -> None:
    """One letter for all sheets of a party; nobody who is paused or has left could open the page."""
    last = max(cheques, key=lambda one: one.ends_at)
    zone = zone_of_cheque(session, last)
    told = {"since_on": clock.local(at, zone).date(), "until_on": clock.last_day(owed_until(at, last.ends_at), zone)}
    key = f"party-{last.party_id}-{at.isoformat()}"
    tell_issuer(session, last, STOPPED, told, key=key, link=False)
    tell_makers(session, last, STOPPED_FOR_MAKERS, told, key=key)
