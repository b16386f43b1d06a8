"""Secrets: passwords that only their owner knows, and fingerprints that only this installation can make."""

from foundation.crypto.fingerprints import keyed_fingerprint
from foundation.crypto.passwords import Verdict, hash_password, verify_password

__all__ = ["Verdict", "hash_password", "keyed_fingerprint", "verify_password"]
