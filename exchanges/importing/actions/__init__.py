"""Posts and balances taken in from files, and taken away again."""

from exchanges.importing.actions.taking import balances_import, posts_import
from exchanges.importing.actions.undoing import (
    built_on_balances,
    built_on_parties,
    built_on_posts,
    take_back_parties,
    undo_balances,
    undo_posts,
)

__all__ = [
    "balances_import",
    "built_on_balances",
    "built_on_parties",
    "built_on_posts",
    "posts_import",
    "take_back_parties",
    "undo_balances",
    "undo_posts",
]
