"""How long an old address has for saying no, and how long links answer."""

from datetime import timedelta

WAIT = timedelta(days=7)
"""After this the new address alone is enough: for who has lost the old one. Until then the old one can stop it."""

LINKS_LAST = timedelta(days=14)
"""Longer than the wait, so that a link opened late says what became of the change."""
