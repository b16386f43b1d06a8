"""What the answers of a mail server mean for one letter."""

import re

NOT_ABOUT_THEM = {503, 530, 534, 535, 538}
"""Who asks is not let in, or asks in the wrong order: our settings are wrong, and not the address."""

_POLICY = re.compile(rb"^5\.7\.\d+|relay|not permitted|authenticat", re.IGNORECASE)
"""The server does not want letters from us (RFC 3463: 5.7 is about permission): that can be put right, too."""


def is_hopeless(code: int, words: bytes) -> bool:
    """Whether an answer to the addressee or to the letter says that trying again is no use (RFC 5321, 4.2.1)."""
    return 500 <= code < 560 and code not in NOT_ABOUT_THEM and not _POLICY.search(words)
