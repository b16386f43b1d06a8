"""What a password may be, and how long to wait after wrong attempts."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from ipaddress import IPv6Network, ip_address
from itertools import pairwise

from foundation.errors import N_, Invalid, Refused

SHORTEST = 10
LONGEST = 200
_LEET = str.maketrans("013457@$!€", "oleastasie")


@dataclass(frozen=True)
class Limit:
    """`free` attempts within `window` cost nothing; each one more doubles the wait, up to `longest`."""

    purpose: str
    free: int
    first_wait: timedelta
    longest: timedelta
    window: timedelta = timedelta(hours=1)


PASSWORD_OF_ACCOUNT = Limit("password of account", 5, timedelta(seconds=15), timedelta(minutes=15))
PASSWORD_FROM_ADDRESS = Limit("password from address", 30, timedelta(seconds=5), timedelta(minutes=5))
MAIL_TO_ADDRESS = Limit("mail to address", 3, timedelta(minutes=2), timedelta(hours=1), timedelta(hours=3))
MAIL_FROM_ADDRESS = Limit("mail from address", 20, timedelta(seconds=30), timedelta(minutes=15))
LIMITS = (PASSWORD_OF_ACCOUNT, PASSWORD_FROM_ADDRESS, MAIL_TO_ADDRESS, MAIL_FROM_ADDRESS)
LONGEST_WINDOW = max(limit.window for limit in LIMITS)


class TooManyAttempts(Refused):
    """One must wait, `seconds` from now; the words are the same for every address, known or not."""

    status = 429

    def __init__(self, seconds: int) -> None:
        minutes = max(1, -(-seconds // 60))
        super().__init__(
            N_("Too many attempts. You can try again in %(wait_minutes)s."),
            advice=N_("If you cannot remember the password, ask for a link by e-mail instead."),
            wait_minutes=minutes,
        )
        self.seconds = seconds


def wait_after(limit: Limit, attempts: Sequence[datetime], now: datetime) -> timedelta:
    """How long to wait before another attempt, given those counted until now. Zero when it may be made."""
    recent = [moment for moment in attempts if now - moment < limit.window]
    beyond = len(recent) - limit.free
    if beyond < 0:
        return timedelta(0)
    wait: timedelta = min(limit.first_wait * 2 ** min(beyond, 20), limit.longest)
    return max(max(recent) + wait - now, timedelta(0))


def network_of(address: str) -> str:
    """The network an attempt comes from: an IPv4 address, or the /64 that one IPv6 household usually holds."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if parsed.version == 4:
        return str(parsed)
    mapped = getattr(parsed, "ipv4_mapped", None)
    return str(mapped or IPv6Network((int(parsed), 64), strict=False))


def check_password(password: str, *, about: Iterable[str] = (), field: str = "password") -> None:
    """Raises Invalid for a password too short, too long, or among the first that anybody tries.

    `about` are words on the person that it must not merely repeat. No rules of composition: they make passwords
    worse, not better.
    """
    if len(password) > LONGEST:
        raise Invalid(N_("Use up to %(longest)s characters."), field=field, longest=LONGEST)
    if len(password) < SHORTEST:
        raise Invalid(
            N_("Use at least %(shortest)s characters. Three or four words in a row are easy to remember."),
            field=field,
            shortest=SHORTEST,
        )
    if _is_common(password) or _repeats(password, about):
        raise Invalid(
            N_("This is one of the first that anybody would try. Take three or four words that only you put together."),
            field=field,
        )


def _is_common(password: str) -> bool:
    plain = _plain(password)
    if len(set(plain)) <= 2 or plain in _common():
        return True
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", plain)
    if core in _common() or core.translate(_LEET) in _common() or plain.translate(_LEET) in _common():
        return True
    return _is_sequence(plain) or _is_repetition(core)


def _is_sequence(plain: str) -> bool:
    steps = {ord(after) - ord(before) for before, after in pairwise(plain)}
    return len(steps) == 1 and steps <= {-1, 0, 1}


def _is_repetition(core: str) -> bool:
    """`ciaociaociao`: a common word, or a short one, several times over."""
    for length in range(1, len(core) // 2 + 1):
        if len(core) % length == 0 and core[:length] * (len(core) // length) == core:
            return length <= 4 or core[:length] in _common()
    return False


def _repeats(password: str, about: Iterable[str]) -> bool:
    core = re.sub(r"[\W\d_]+", "", _plain(password))
    known = {re.sub(r"[\W\d_]+", "", _plain(word)) for words in about for word in (words, *re.split(r"[\s@.]+", words))}
    return not core or core in {word for word in known if len(word) >= 3}


def _plain(password: str) -> str:
    return password.strip().casefold()


@cache
def _common() -> frozenset[str]:
    text = files("community.signing_in").joinpath("common_passwords.txt").read_text("utf-8")
    return frozenset(line.strip().casefold() for line in text.splitlines() if line.strip() and line[0] != "#")
