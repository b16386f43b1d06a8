"""What a secret looks like, and what of it is kept."""

import hashlib
import re
import secrets

SECRET_BYTES = 24
"""192 bits: nobody guesses it, so its hash needs no salt."""

CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, which people misread."""

CODE_LENGTH = 12
"""60 bits: enough together with a limit on attempts, which every page that asks for a code must have."""

_AS_READ = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_secret() -> str:
    """A secret for links and QR codes: safe in a URL, 192 bits."""
    return secrets.token_urlsafe(SECRET_BYTES)


def new_code() -> str:
    """A secret that people copy by hand, in groups of four: `7KQ2-M9XD-04TB`."""
    letters = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    return "-".join(letters[start : start + 4] for start in range(0, CODE_LENGTH, 4))


def fingerprints(secret: str) -> tuple[str, ...]:
    """The hashes under which a typed secret may be stored: as it is, and as a code read by a person."""
    forms = [secret.strip()]
    letters = re.sub(r"[\s\-–]", "", secret).upper().translate(_AS_READ)
    if len(letters) == CODE_LENGTH and set(letters) <= set(CODE_ALPHABET):
        forms.append("-".join(letters[start : start + 4] for start in range(0, CODE_LENGTH, 4)))
    return tuple(dict.fromkeys(hashlib.sha256(form.encode("utf-8", "replace")).hexdigest() for form in forms))
