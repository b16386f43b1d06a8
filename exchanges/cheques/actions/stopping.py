"""Nobody of who printed them is there any more: what was done before is still redeemed, then the cheques are void."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import update
from sqlmodel import col

from community.parties.tables import Party
from exchanges.cheques.actions.ending import end_and_release
from exchanges.cheques.actions.telling import tell_issuer, tell_makers, zone_of_cheque
from exchanges.cheques.notices import STOPPED, STOPPED_FOR_MAKERS, VOIDED
from exchanges.cheques.queries import open_cheques, stopped_cheques
from exchanges.cheques.rules import KIND, last_day, owed_until
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
        zone = zone_of_cheque(session, cheque)
        told = {"since_on": clock.local(at, zone).date(), "until_on": last_day(owed_until(at, cheque.ends_at), zone)}
        audit.record(session, actor, "stopped", KIND, cheque.id, community_id=cheque.community_id)
        # Once for all sheets of a household: the first of its cheques to end is the one to say.
        key = f"party-{cheque.party_id}-{at.isoformat()}"
        tell_issuer(session, cheque, STOPPED, told, key=key)
        tell_makers(session, cheque, STOPPED_FOR_MAKERS, told, key=key)
    return len(found)


def end_stopped(session: Session, limit: int) -> int:
    """Make good again what was printed by who is back, void what nobody redeemed in time; how many are void now."""
    back, over = stopped_cheques(session, limit)
    again = update(TimeCheque).where(col(TimeCheque.id).in_([one.id for one in back]))
    session.exec(again.values(stopped_at=None).execution_options(synchronize_session=False))
    left = [one for one in over if session.get_one(Party, one.party_id).closed_at is not None]
    ended = end_and_release(session, None, left, "voided", "left")
    ended += end_and_release(session, None, [one for one in over if one not in left], "voided", "stopped")
    for cheque in ended:
        tell_issuer(session, cheque, VOIDED, {}, key=f"party-{cheque.party_id}-{cheque.stopped_at}")
    return len(ended)
