"""Pages about who looks after others: what is demanded, what was seen of whom, and where one stands oneself."""

from community.safeguarding.pages import checking, leading, own, requiring
from community.safeguarding.pages.blueprint import safeguarding

__all__ = ["checking", "leading", "own", "requiring", "safeguarding"]
