"""A key for one confidential matter: destroyed, nothing that was closed with it can be read again, whoever tries.

The key itself stands in a column that the installation's keys seal, so that changing those closes it anew with them.
"""

from foundation.crypto.keyring import Key, Keyring, new_key


def new_scope() -> str:
    """The key of a matter that begins."""
    return new_key()


def close_in(scope: str, words: str, purpose: str) -> str:
    """Close words with the key of their matter; nothing stays nothing. Raises BadKey for a matter without its key."""
    return Keyring([Key.read(scope)]).seal(words, purpose) if words else ""


def open_in(scope: str, closed: str, purpose: str) -> str:
    """The words again, and nothing once the key was destroyed. Raises Unreadable for the words of another matter."""
    return Keyring([Key.read(scope)]).open(closed, purpose) if scope and closed else ""
