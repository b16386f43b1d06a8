"""Which addresses may be told to, with which key, and what an answer means. No database, no network."""

import base64
import hashlib
import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from foundation.errors import N_, Invalid

SERVICES = (
    "fcm.googleapis.com",
    "updates.push.services.mozilla.com",
    "push.services.mozilla.com",
    "push.apple.com",
    "notify.windows.com",
)
"""The push services of the browsers there are, and whatever stands below these names.

This server sends to the address a browser names: with any address allowed, somebody could have it ask inside its own
network, or wait for a host that never answers.
"""

MOST_DEVICES = 10
LONGEST_ENDPOINT = 1000
LONGEST_TITLE = 120

UNKNOWN_SERVICE = N_("This browser uses a service for notices that we do not know. By e-mail they reach you anyway.")
BROKEN = N_("The browser sent something that is no address for notices. Try again, please.")

_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of the curve P-256."""


@lru_cache(maxsize=4)
def signing_pair(installation_key: str) -> tuple[str, str]:
    """The private and public key (VAPID, RFC 8292) by which push services know this installation, in base64.

    Worked out of the installation's own key, which is kept for good: nobody has to make, keep or move another.
    """
    raw = HKDF(hashes.SHA256(), 48, salt=None, info=b"web push: key of the installation").derive(
        installation_key.encode()
    )
    private = ec.derive_private_key(int.from_bytes(raw, "big") % (_ORDER - 1) + 1, ec.SECP256R1())
    public = private.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    return _base64(private.private_numbers().private_value.to_bytes(32, "big")), _base64(public)


def checked_endpoint(endpoint: str, more_services: Collection[str] = ()) -> str:
    """The address, when it is one of a push service's. Raises Invalid."""
    try:
        parts = urlsplit(endpoint)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise Invalid(BROKEN) from error
    place = host if port in (None, 443) else f"{host}:{port}"
    if parts.scheme != "https" or not host or parts.username or len(endpoint) > LONGEST_ENDPOINT or "\\" in endpoint:
        raise Invalid(BROKEN)
    known = place in more_services or (
        port in (None, 443) and any(host == name or host.endswith(f".{name}") for name in SERVICES)
    )
    if not known:
        raise Invalid(UNKNOWN_SERVICE)
    return endpoint


def checked_key(written: str, size: int) -> str:
    """A key of a browser in base64, of `size` bytes. Raises Invalid."""
    if not re.fullmatch(r"[A-Za-z0-9_\-]{10,120}={0,2}", written):
        raise Invalid(BROKEN)
    raw = base64.urlsafe_b64decode(written + "=" * (-len(written) % 4))
    if len(raw) != size or (size == 65 and not _is_point(raw)):
        raise Invalid(BROKEN)
    return written


def topic_of(tag: str) -> str:
    """The word by which a push service lets a later notice of the same matter replace one that still waits."""
    return _base64(hashlib.sha256(tag.encode()).digest())[:32]


def tag_of(payload: Mapping[str, object]) -> str:
    """What a notice is about: one of the same matter takes the place of the one before, and a repeat its own."""
    return str(payload.get("matter") or f"notice:{payload.get('notification_id') or payload.get('outbox_id')}")


def _is_point(raw: bytes) -> bool:
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)
    except ValueError:
        return False
    return True


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
