"""Fingerprints made with the installation's key: equal things look equal, and nobody else can tell what they were."""

import hashlib
import hmac


def keyed_fingerprint(key: str, purpose: str, value: str) -> str:
    """The fingerprint of `value` for one purpose, as 64 hexadecimal digits.

    Addresses have too few possible values for a plain hash; without `key` this one cannot be searched.
    """
    return hmac.new(key.encode(), f"{purpose}:{value}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()
