"""Who did what, for whom, to what: append-only, in the transaction of the deed."""

from foundation.audit.actions import following, looked, record, said_by
from foundation.audit.queries import history_of, looks_at

__all__ = ["following", "history_of", "looked", "looks_at", "record", "said_by"]
