"""One index for everything that can be searched: what stands in it, who may find it, and counting by choice.

A feature says in its `feature.py` what can be found (`foundation.feature.Searchable`) and keeps the index right by
`index` and `unindex`, in the transaction of the change.
"""

from foundation.search.actions import fill, forget_old_changes, index, take_out, unindex
from foundation.search.rules import (
    EVERYBODY,
    MEMBERS,
    Entry,
    Groups,
    Question,
    entrusted_to,
    mark,
    of_party,
    of_zone,
    question,
)

__all__ = [
    "EVERYBODY",
    "MEMBERS",
    "Entry",
    "Groups",
    "Question",
    "entrusted_to",
    "fill",
    "forget_old_changes",
    "index",
    "mark",
    "of_party",
    "of_zone",
    "question",
    "take_out",
    "unindex",
]
