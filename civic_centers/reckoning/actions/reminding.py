"""Kind reminders of what is open: some days after the last order, a few times, and never while they have asked."""

from sqlalchemy import case, exists, or_
from sqlmodel import col, select

from civic_centers.purchasing.rules.bills import in_euro
from civic_centers.reckoning.actions.telling import tell_family
from civic_centers.reckoning.notices import STILL_OPEN
from civic_centers.reckoning.queries.balances import balance_column, balance_of
from civic_centers.reckoning.rules import CHARGES, MOST_REMINDERS, PARTY, REMIND_AFTER, owed
from civic_centers.reckoning.tables import Purse, PurseEntry, QuotaRequest
from community.parties.tables import Party
from foundation import clock
from foundation.database import Session

AT_ONCE = 200


def remind(session: Session) -> int:
    """Remind the families that owe something since long, and forget how often those were who owe nothing; how many."""
    _begin_anew(session)
    now = clock.now()
    since = now - REMIND_AFTER
    fresh = exists().where(
        or_(col(PurseEntry.from_purse_id) == col(Purse.id), col(PurseEntry.to_purse_id) == col(Purse.id)),
        col(PurseEntry.kind).in_((*CHARGES, "opening", "reversal", "joined")),
        col(PurseEntry.at) > since,
    )
    asked = exists().where(col(QuotaRequest.party_id) == col(Purse.party_id), col(QuotaRequest.state) == "waiting")
    statement = (
        select(Purse)
        .join(Party, col(Party.id) == col(Purse.party_id))
        .where(
            col(Purse.kind) == PARTY,
            col(Party.closed_at).is_(None),
            col(Purse.reminders) < MOST_REMINDERS,
            or_(col(Purse.reminded_at).is_(None), col(Purse.reminded_at) < since),
            balance_column() < 0,
            ~fresh,
            ~asked,
        )
        .order_by(col(Purse.id))
        .limit(AT_ONCE)
    )
    told = 0
    for purse in session.exec(statement.with_for_update(key_share=True, of=Purse)).all():
        cents = owed(balance_of(session, purse))
        if not cents or purse.party_id is None:
            continue
        purse.reminded_at, purse.reminders = now, purse.reminders + 1
        session.add(purse)
        told += tell_family(
            session,
            purse.community_id,
            purse.party_id,
            STILL_OPEN,
            {"amount": in_euro(cents)},
            key=f"{purse.id}:{now.date().isoformat()}",
        )
    return told


def _begin_anew(session: Session) -> None:
    settled = select(Purse).where(col(Purse.reminders) > 0, case((balance_column() < 0, 0), else_=1) == 1)
    for purse in session.exec(settled).all():
        purse.reminders = 0
        session.add(purse)
    session.flush()
