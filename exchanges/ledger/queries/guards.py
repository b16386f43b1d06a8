"""What guards the ledger in the database itself: who changes history by hand takes it away first.

No change of history by itself, and told apart from those.
"""

from collections.abc import Iterator

from community.communities.tables import CommunityRules
from exchanges.ledger.queries.checks import Fault
from exchanges.ledger.tables import Account, AccountLimit, Entry, ErasedWords, Reservation, Seal, Transfer
from exchanges.ledger.tables.record_seals import RecordSeal
from foundation.audit.tables import AuditEntry
from foundation.database import Session, table_of
from foundation.database.guards import gaps

HISTORY = tuple(
    table_of(each)
    for each in (
        Transfer,
        ErasedWords,
        Entry,
        Account,
        AccountLimit,
        Reservation,
        Seal,
        CommunityRules,
        AuditEntry,
        RecordSeal,
    )
)
"""The tables that history is made of, and the record of deeds."""

_SENTENCES = {
    "missing": "Table %(table)s: the %(what)s %(name)s is gone, which kept history as it is.",
    "changed": "Table %(table)s: the %(what)s %(name)s is not the one that was made to keep history as it is.",
    "off": "Table %(table)s: the %(what)s %(name)s was switched off, or was never held against the rows there are.",
    "added": "Table %(table)s: the %(what)s %(name)s is none of ours, and may change or hide what is written and read.",
    "damaged": "Table %(table)s: SQLite finds its %(what)s damaged: %(name)s.",
}
_NO_TABLE = "Table %(table)s is gone, or something else is in its place."


def guard_faults(session: Session) -> Iterator[Fault]:
    """Every table, constraint, index and trigger that is not there as it was made, and what nobody of us added."""
    for gap in gaps(session, HISTORY):
        sentence = _NO_TABLE if gap.what == "table" else _SENTENCES[gap.state]
        yield Fault("guards", sentence, {"table": gap.table, "what": gap.what, "name": gap.name})
