"""What transfers and promises come from: the ledger keeps its kind and number, and it is to be found there."""

from collections.abc import Iterator

from sqlalchemy import text

from exchanges.ledger.queries.checks import Fault, scoped
from foundation.database import Session

_TABLES = {
    "agreement": "agreement",
    "group_exchange": "group_exchange",
    "time_cheque": "time_cheque",
    "volunteer_sign_up": "volunteer_sign_up",
    "circle_turn": "circle_turn",
    "party": "party",
    "import": "party",
}
"""Where the things of a kind are kept; the other kinds have nothing behind them."""

_OF_TRANSFERS = """SELECT c.id, c.source_id FROM transfer c LEFT JOIN {table} s ON s.id = c.source_id
  WHERE {{in_community}} AND c.source_kind = '{kind}' AND c.source_id IS NOT NULL
    AND (s.id IS NULL OR s.community_id <> c.community_id)"""
_OF_PROMISES = """SELECT r.id, r.source_id FROM reservation r JOIN account c ON c.id = r.account_id
    LEFT JOIN {table} s ON s.id = r.source_id
  WHERE {{in_community}} AND r.source_kind = '{kind}' AND (s.id IS NULL OR s.community_id <> c.community_id)"""


def source_faults(session: Session, community_id: int | None = None) -> Iterator[Fault]:
    """Every transfer and promise whose source is gone, or is in another community."""
    for question, what in ((_OF_TRANSFERS, "Transfer"), (_OF_PROMISES, "The promise number")):
        for kind, table in _TABLES.items():
            query = scoped(question.format(table=table, kind=kind), community_id)
            for number, source in session.execute(text(query)):
                yield Fault(
                    "sources",
                    f"{what} %(number)s comes from %(kind)s %(source)s, which is not there in its community.",
                    {"number": number, "kind": kind.replace("_", " "), "source": source},
                )
