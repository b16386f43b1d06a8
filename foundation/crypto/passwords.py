"""Passwords: hashed with argon2id, away from the greenlets, and never inside a transaction.

Parameters are the second choice of RFC 9106 brought down to what OWASP recommends for a busy server (19 MiB, two
passes, one lane): a cheap machine stays usable while several people sign in. A hash made with other parameters is
still verified, and `Verdict.outdated` says that it should be made anew.
"""

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import ParamSpec, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

P = ParamSpec("P")
T = TypeVar("T")

LONGEST = 200
"""Characters. A longer one is never hashed: whoever sends megabytes pays for them alone."""

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_at_once = threading.BoundedSemaphore(4)


@dataclass(frozen=True)
class Verdict:
    """Whether a password is right, and whether its hash was made with parameters we no longer use."""

    right: bool
    outdated: bool = False


def hash_password(password: str) -> str:
    """The hash to keep. Call it before the transaction. Raises ValueError for more than 200 characters."""
    if len(password) > LONGEST:
        raise ValueError("too long for a password")
    return _aside(_hasher.hash, password)


def verify_password(kept: str | None, password: str) -> Verdict:
    """Compare a typed password with the hash kept; with None (nobody there) it takes the same time and is wrong."""
    right = _aside(_matches, kept or _nobody(), password[:LONGEST]) and kept is not None and len(password) <= LONGEST
    return Verdict(right, right and kept is not None and _hasher.check_needs_rehash(kept))


def _matches(kept: str, password: str) -> bool:
    try:
        return _hasher.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    return _hasher.hash("nobody has this password")


def _aside(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do work that burns CPU without Python in a real thread when gevent runs this process, else here."""
    monkey = sys.modules.get("gevent.monkey")
    if monkey is not None and monkey.is_module_patched("threading"):
        import gevent  # noqa: PLC0415 - only where gevent serves

        with _at_once:
            return gevent.get_hub().threadpool.apply(work, args, kwargs)  # type: ignore[no-any-return]  # untyped
    with _at_once:
        return work(*args, **kwargs)
