"""What a password and a code may be, how long to wait after wrong attempts, and how a device is called."""

import hashlib
import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from ipaddress import IPv6Network, ip_address
from itertools import pairwise

import pyotp
from pyotp.utils import strings_equal

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
CODE_OF_ACCOUNT = Limit("code of account", 5, timedelta(seconds=30), timedelta(hours=1), timedelta(days=1))
CODE_FROM_ADDRESS = Limit("code from address", 30, timedelta(seconds=5), timedelta(minutes=5))
LIMITS = (
    PASSWORD_OF_ACCOUNT, PASSWORD_FROM_ADDRESS, MAIL_TO_ADDRESS, MAIL_FROM_ADDRESS, CODE_OF_ACCOUNT, CODE_FROM_ADDRESS,
)  # fmt: skip
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


def advice_on_codes(error: TooManyAttempts) -> TooManyAttempts:
    """The same, for who is asked for a code and has given the password already."""
    error.advice = N_("Is the telephone lost? One of the codes you printed works too.")
    return error


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


# ---------------------------------------------------------------- sessions and devices

SESSION_LASTS = timedelta(days=60)
"""Since the person last did or, to a week, read something there; as long as the browser is told to keep the cookie."""

SESSION_KEPT = timedelta(days=365)
"""How long a device is known, and an ended session remembered."""

SEEN_EVERY = timedelta(hours=1)
READ_EVERY = timedelta(days=7)
"""Who only reads is here, too: noted so seldom that reading stays reading."""
SECRET_BYTES = 18
LONGEST_SESSION_KEY = 60


@dataclass(frozen=True)
class Device:
    """What a browser says of itself, and the coarse network it asks from. Unknown things are empty."""

    browser: str = ""
    system: str = ""
    network: str = ""

    @classmethod
    def from_request(cls, user_agent: str, address: str) -> "Device":
        """Read in plain words; whatever is made up says little, and nothing here is trusted."""
        return cls(_first(_BROWSERS, user_agent[:400]), _first(_SYSTEMS, user_agent[:400]), coarse_network(address))

    @property
    def words(self) -> str:
        """Such as `Firefox, Android`; empty when it did not say."""
        return ", ".join(word for word in (self.browser, self.system) if word)


# The first that is found: Edge and others call themselves Chrome too, and Chrome calls itself Safari.
_BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Vivaldi", "Vivaldi"),
    ("DuckDuckGo", "DuckDuckGo"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Firefox", "Firefox"),
    ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "Chromebook"),
    ("Macintosh", "Mac"), ("Linux", "Linux"),
)  # fmt: skip


def _first(known: Iterable[tuple[str, str]], user_agent: str) -> str:
    return next((words for sign, words in known if sign in user_agent), "")


def coarse_network(address: str) -> str:
    """The first half of an IPv4 address, the first 32 bits of an IPv6 one: what a provider holds, not a household."""
    network = network_of(address)
    if network == "unknown":
        return ""
    if ":" not in network:
        return ".".join(network.split(".")[:2]) + ".…"
    return str(IPv6Network((int(ip_address(network.partition("/")[0])), 32), strict=False)).replace("::/32", ":…")


def new_session_secret() -> str:
    """A key for the cookies of one browser."""
    return secrets.token_urlsafe(SECRET_BYTES)


def hash_of(secret: str) -> str:
    """What is kept of a key: it has 144 bits, so that it needs no salt."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def session_key(session_id: int, secret: str) -> str:
    """What stands in the cookies: which session, and the key to it."""
    return f"{session_id}.{secret}"


def read_session_key(key: str) -> tuple[int, str] | None:
    """The id and the hash of the key; None for what we never wrote, and for the cookies of earlier versions."""
    number, dot, secret = key.partition(".")
    sound = dot and number.isascii() and number.isdecimal() and len(number) <= 10 and len(key) <= LONGEST_SESSION_KEY
    return (int(number), hash_of(secret)) if sound and secret else None


# ---------------------------------------------------------------- the second step

CODE_SECONDS = 30
DRIFT = 1
"""Steps of half a minute by which the clock of a telephone may be early or late."""

RECOVERY_CODES = 10
LONGEST_CODE = 40
ISSUER = "Reciproca"


def new_code_secret() -> str:
    """A secret for the telephone: 160 bits in base 32, as every app reads it."""
    return pyotp.random_base32()


def setup_address(secret: str, name: str) -> str:
    """What the QR code says: the app of the telephone then shows a code every half minute."""
    return pyotp.TOTP(secret, interval=CODE_SECONDS).provisioning_uri(name=name, issuer_name=ISSUER)


def looks_like_app_code(typed: str) -> bool:
    """Six figures, however they are spaced; anything else is held against the printed codes."""
    return bool(re.fullmatch(r"[0-9]{6}", re.sub(r"\s", "", typed)))


def matching_step(secret: str, typed: str, now: datetime, last_step: int) -> int | None:
    """The half minute whose code was typed, if it is near `now` and none was used since; None otherwise."""
    app, figures = pyotp.TOTP(secret, interval=CODE_SECONDS), re.sub(r"\s", "", typed)
    if not looks_like_app_code(figures):
        return None
    present = app.timecode(now)
    matching = [
        step for step in range(present - DRIFT, present + DRIFT + 1) if strings_equal(figures, app.generate_otp(step))
    ]
    return next((step for step in matching if step > last_step), None)
