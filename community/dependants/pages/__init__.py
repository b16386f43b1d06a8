"""The pages of who a household looks after: for its adults, and for themselves."""

from community.dependants.pages.keeping import dependants
from community.dependants.pages.own import own_view
from community.dependants.pages.replies import replies

__all__ = ["dependants", "own_view", "replies"]
