"""Sealing: the transfers since the last seal become the next one.

A seal must close a stretch of history that is complete. SQLite writes one transaction at a time, in order of id; on
PostgreSQL a transfer may be committed after another with a higher id, so `settled_upto` waits a moment until nobody is
in the middle of one. Reading and hashing then hold nobody up, and only the finished seal takes its turn to write.
"""

from dataclasses import asdict

from sqlalchemy import func, select, text
from sqlmodel import col

from community.communities.tables import CommunityRules
from exchanges.ledger.queries import canonical
from exchanges.ledger.queries.canonical import seal_hash
from exchanges.ledger.queries.seal_record import SEAL_KIND, SEALED
from exchanges.ledger.queries.sealed import BEFORE_ALL, leaves_of, rules_digest, summary_of
from exchanges.ledger.queries.seals import latest_seal
from exchanges.ledger.rules import MOST_SEALED
from exchanges.ledger.tables import Seal, Transfer
from exchanges.ledger.tables.seals import FIRST
from foundation import audit
from foundation.clock import now
from foundation.database import Session, insert_if_absent

MOST = MOST_SEALED
PATIENCE = "1s"
"""How long writers are asked to wait while PostgreSQL lets those before them finish."""


def settled_upto(session: Session) -> tuple[int, int]:
    """The newest transfer and the newest rules up to which all are committed. To be called first in a transaction.

    Raises TookTooLong when somebody has been in the middle of a transfer for longer than writers are made to wait.
    """
    if session.get_bind().dialect.name == "postgresql":
        # Who inserts holds ROW EXCLUSIVE from before it takes an id until its commit.
        session.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE}'"))
        session.execute(text("LOCK TABLE community_rules, transfer IN SHARE MODE"))
    transfer = session.scalar(select(func.max(col(Transfer.id))))
    rules = session.scalar(select(func.max(col(CommunityRules.id))))
    return transfer or 0, rules or 0


def draft_seal(session: Session, community_id: int, upto: tuple[int, int]) -> Seal | None:
    """The next seal of a community, up to a transfer and rules that are settled; None when there is nothing new."""
    last = latest_seal(session, community_id)
    after = last.last_transfer_id if last is not None else BEFORE_ALL
    after_rules = last.last_rules_id if last is not None else BEFORE_ALL
    found = summary_of(leaves_of(session, community_id, after, upto[0], MOST))
    if not found.transfers:
        return None
    seal = Seal(
        community_id=community_id,
        number=last.number + 1 if last is not None else 1,
        version=canonical.VERSION,
        made_at=now(),
        last_rules_id=max(upto[1], after_rules),
        rules=rules_digest(session, community_id, after_rules, upto[1]),
        previous=last.hash if last is not None else FIRST,
        hash="",
        **asdict(found),
    )
    values = {name: getattr(seal, name) for name in canonical.SEAL}
    values["made_at"] = canonical.moment(seal.made_at)
    seal.hash = seal_hash(list(values.values()))
    return seal


def add_seal(session: Session, seal: Seal) -> bool:
    """Put a drafted seal at the end of the chain; False when somebody else has lengthened it meanwhile."""
    last = latest_seal(session, seal.community_id)
    if (last.hash if last is not None else FIRST) != seal.previous:
        return False
    if not insert_if_absent(session, Seal, seal.model_dump(), ["community_id", "number"]):
        return False
    audit.record(
        session,
        None,
        SEALED,
        SEAL_KIND,
        seal.community_id,
        community_id=seal.community_id,
        number=seal.number,
        hash=seal.hash,
    )
    return True
