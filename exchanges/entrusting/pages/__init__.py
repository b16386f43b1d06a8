"""Saying for whom it is, on a page or with card and PIN; and, for who comes, what they have to know."""

from exchanges.entrusting.pages.replies import replies
from exchanges.entrusting.pages.saying import entrusting

__all__ = ["entrusting", "replies"]
