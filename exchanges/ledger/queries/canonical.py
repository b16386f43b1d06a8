"""The bytes that seals are made of: pure, the same on both databases, and never to be changed for a version in use.

docs/decisions/0018 tells it to people who want to compute a seal by themselves; change that page with this file.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256

VERSION = 1
_DOMAIN = f"reciproca/ledger/{VERSION}"

HEADING = (
    "id",
    "community_id",
    "request_key",
    "kind",
    "at",
    "recorded_by_id",
    "for_party_id",
    "source_kind",
    "source_id",
    "reverses_id",
    "exempt",
    "entry_count",
)
WORDS = ("memo",)
"""Apart from the rest: should the words ever have to be erased, their hash can stay in their place."""
ENTRY = (
    "transfer_id",
    "position",
    "account_id",
    "minutes",
    "balance_after",
    "reserved_after",
    "sequence",
)
ACCOUNT = ("id", "community_id", "kind", "party_id", "opened_at")
"""Of an account, with its first entry."""
PROMISED = (
    "id",
    "account_id",
    "source_kind",
    "source_id",
    "minutes",
    "available_after",
    "opened_sequence",
    "reserved_at",
)
"""Of a reservation, with the next entry of its account after it was made."""
CLOSED = ("id", "closed_at", "closed_sequence", "outcome", "settled_sequence")
"""Of a reservation, with the next entry of its account after it was closed."""
LIMIT = (
    "id",
    "account_id",
    "from_sequence",
    "floor_minutes",
    "soft_floor_minutes",
    "ceiling_minutes",
    "reason",
    "set_by_id",
    "set_at",
)
"""Of an account's own limits, with the first entry they held for."""
RULES = (
    "id",
    "community_id",
    "in_force_from",
    "floor_minutes",
    "soft_floor_minutes",
    "ceiling_minutes",
    "welcome_minutes",
    "auto_confirm_days",
    "travel_time_counts",
    "approval",
    "recorded_by_id",
    "recorded_at",
)
SEAL = (
    "community_id",
    "number",
    "made_at",
    "last_transfer_id",
    "transfers",
    "entries",
    "last_rules_id",
    "root",
    "rules",
    "previous",
)
"""In this order they make a seal's hash; the version stands before them."""

PARTS = ("heading", "words", "entries", "accounts", "promised", "closed", "limits")
"""What a transfer's hash is made of, in this order."""


def packed(values: Iterable[object]) -> str:
    """The values one after another, each with the length of its UTF-8 bytes before it; a dash for NULL.

    Whole numbers are written in decimal, yes and no as 1 and 0, moments as 2026-11-22T18:10:00.123456Z. What is none of
    these was put there by somebody else, and is written so that it never passes for one of them.
    """
    return "".join([_one(value) for value in values])


def moment(at: datetime) -> str:
    """A moment as it is hashed."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def later(moment_: str, seconds: int) -> str:
    """A moment as it is hashed, so many seconds after another."""
    return moment(datetime.fromisoformat(moment_) + timedelta(seconds=seconds))


def digest(part: str, content: str) -> bytes:
    """The SHA-256 of packed values, under the name of what they are, so that nothing passes for something else."""
    return sha256(f"{_DOMAIN}/{part}\n{content}".encode("utf-8", "surrogatepass")).digest()


def leaf(parts: Sequence[bytes]) -> bytes:
    """The hash of a transfer, from the digests of its PARTS."""
    return sha256(b"\x00" + b"".join(parts)).digest()


def seal_hash(values: Sequence[object]) -> str:
    """The hash of a seal, from its values in the order of SEAL."""
    return digest("seal", packed(values)).hex()


class Tree:
    """The root of a Merkle tree (RFC 6962) over leaves that come one by one."""

    def __init__(self) -> None:
        self.size = 0
        self._complete: list[bytes] = []

    def add(self, hashed: bytes) -> None:
        """Take the next leaf."""
        self.size += 1
        ended = self.size
        while ended % 2 == 0:
            hashed = _node(self._complete.pop(), hashed)
            ended //= 2
        self._complete.append(hashed)

    @property
    def root(self) -> str:
        """In 64 hexadecimal digits."""
        if not self._complete:
            return sha256().hexdigest()
        *others, hashed = self._complete
        for left in reversed(others):
            hashed = _node(left, hashed)
        return hashed.hex()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def _one(value: object) -> str:
    # Half of a verification is spent here, so what comes most comes first.
    kind = type(value)
    if kind is int:
        words = str(value)
        return f"{len(words)}:{words}"
    if value is None:
        return "-"
    if isinstance(value, str):
        words = value
    elif kind is bool:
        words = "1" if value else "0"
    else:
        words = f"\0{kind.__name__} {value}"
    size = len(words) if words.isascii() else len(words.encode("utf-8", "surrogatepass"))
    return f"{size}:{words}"
