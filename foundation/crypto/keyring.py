"""The keys of the installation, and texts sealed with them: read by nobody who only holds the database.

AES-256 in GCM mode. A sealed text says which key closed it, so keys can be changed one row after another, and is bound
to its purpose (the column it stands in): moved elsewhere, it opens no more.
"""

import base64
import hashlib
import os
from collections.abc import Sequence
from functools import cached_property

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
_NONCE_BYTES = 12


class BadKey(ValueError):
    """What should be a key is none."""


class Unreadable(Exception):
    """A sealed text opens with none of the keys: its key is gone, or the text was changed or moved."""


class Key:
    """One key, with the short name that stands before what it closed."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) != KEY_BYTES:
            raise BadKey(f"a key has {KEY_BYTES} bytes, not {len(secret)}")
        self.name = hashlib.sha256(b"name of a key:" + secret).hexdigest()[:8]
        self.cipher = AESGCM(secret)

    @classmethod
    def read(cls, written: str) -> "Key":
        """A key as it is written in the settings. Raises BadKey."""
        try:
            return cls(base64.b64decode(written.encode(), altchars=b"-_", validate=True))
        except ValueError as error:
            raise BadKey(str(error)) from error


def new_key() -> str:
    """A key made by chance, as it is written in the settings."""
    return base64.urlsafe_b64encode(os.urandom(KEY_BYTES)).decode()


class Keyring:
    """The keys in use: the first one closes, every one opens."""

    def __init__(self, keys: Sequence[Key]) -> None:
        if not keys:
            raise BadKey("there is no key")
        self.keys = tuple(keys)

    @cached_property
    def mark(self) -> str:
        """How everything begins that the first key closed."""
        return f"{self.keys[0].name}:"

    def seal(self, text: str, purpose: str) -> str:
        """Close a text. Nothing stays nothing: an empty text is kept as it is."""
        if not text:
            return ""
        nonce = os.urandom(_NONCE_BYTES)
        closed = self.keys[0].cipher.encrypt(nonce, text.encode(), purpose.encode())
        return self.mark + base64.b64encode(nonce + closed).decode()

    def open(self, sealed: str, purpose: str) -> str:
        """The text again. Raises Unreadable."""
        if not sealed:
            return ""
        name, _colon, rest = sealed.partition(":")
        for key in self.keys:
            if key.name == name:
                return _opened(key, rest, purpose)
        raise Unreadable(f"no key is called {name[:8]!r}")


def _opened(key: Key, written: str, purpose: str) -> str:
    try:
        raw = base64.b64decode(written.encode(), validate=True)
        return key.cipher.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], purpose.encode()).decode()
    except (ValueError, InvalidTag) as error:
        raise Unreadable(purpose) from error


_in_use: list[Keyring] = []


def use(keyring: Keyring) -> None:
    """From now on this process closes and opens with these keys. Columns are read far from any settings."""
    _in_use[:] = [keyring]


def in_use() -> Keyring:
    """The keys of this process. Raises RuntimeError before it was told any."""
    if not _in_use:
        raise RuntimeError("this process was told no keys: foundation.crypto.keyring.use")
    return _in_use[0]
