"""Words nobody speaks, made of the English ones: what they do to a page real languages would do too."""

import re
from collections.abc import Callable

_KEPT = re.compile(r"%\([^)]*\)[sd]|%%|%[sd]|<[^>]*>|&#?\w+;|\{[^}]*\}|https?://\S+|\S+@\S+")
"""What a translation leaves as it is: names of what is filled in, markup, addresses."""

_LONG = dict(zip("aeiouyAEIOUY", ("áà", "éè", "íì", "óò", "úù", "ýỳ", "Áà", "Éè", "Íì", "Óò", "Úù", "Ýỳ"), strict=True))
_ARABIC = dict(zip("abcdefghijklmnopqrstuvwxyz", "ابثدهفغحيجكلمنوپقرسطعڤشخىز", strict=True))


def lengthened(words: str) -> str:
    """About 40 % longer, with accents, in brackets: what has none on a page was never given to translators."""
    return f"[{_outside(words, lambda text: ''.join(_LONG.get(letter, letter) for letter in text))}]"


def mirrored(words: str) -> str:
    """In Arabic letters, which browsers write from right to left."""
    return _outside(words, lambda text: "".join(_ARABIC.get(letter.lower(), letter) for letter in text))


def _outside(words: str, change: Callable[[str], str]) -> str:
    """`words` with everything changed that a translator would change."""
    kept = _KEPT.findall(words)
    pieces = [change(piece) for piece in _KEPT.split(words)]
    return "".join(piece + held for piece, held in zip(pieces, [*kept, ""], strict=True))
