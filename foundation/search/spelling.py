"""What a typed word may have meant: words that sound like it, in which a finger slipped, or of the same family."""

import re
from collections.abc import Iterable
from functools import lru_cache

from foundation.search.stems import stems_of
from foundation.search.words import STOP_WORDS, is_unspaced

SHORTEST_KNOWN, LONGEST_KNOWN = 2, 30
SHORTEST_MISSPELT = 4
SHORTEST_ROOT, SURE_ROOT = 3, 5
SHORTEST_PART, SHORTEST_BEGUN = 3, 3
FAMILY = "~"
"""Begins the keys of families; no letter of a word does."""

SOUND, KIN, SWAPPED, DISTANT_KIN, SLIP, OTHER, FIRST = 0.25, 0.3, 0.5, 0.6, 0.75, 1.0, 0.25
"""How far apart two words are: they sound alike; are of one family, or perhaps; have two letters swapped; one is
missing, or stands for its neighbour on the keys or for another vowel; stands for any other; and more where that is the
first one, at which people look."""
FURTHEST = 3.0
ONE_SLIP, TWO_SLIPS, LONGER = 1.25, 2.25, 8
"""How far a word may be that was meant, and from how many letters on it may have two slips in it."""
BEGUN, AS_LIKELY, MOST_NEAR = 0.25, 0.5, 12
"""How far a word is of which only the beginning was typed; and how much farther than the nearest others may be."""
CLOSE_SOUND, CLOSE_SWAPPED, CLOSE_SLIP, CLOSE_LONG = 5, 6, 7, 9
"""From so many letters on, a word that sounds alike or in which a finger slipped is taken for the same although both
stand there: among short words too many are others, such as `cane` and `pane`."""

_ROWS = ((0.0, "qwertyuiop"), (0.5, "asdfghjkl"), (1.5, "zxcvbnm"))
_KEYS = {letter: (row, start + at) for row, (start, keys) in enumerate(_ROWS) for at, letter in enumerate(keys)}
_VOWELS = frozenset("aeiou")

_ALIKE = str.maketrans({"x": "s", "y": "i", "j": "i"})
_COARSE = str.maketrans({"w": "v", "x": "s", "y": "i", "j": "i", "k": "c", "q": "c", "h": None})
_DOUBLED = re.compile(r"(.)\1+")
_LABIAL = re.compile("n(?=[pb])")
_ENDING = re.compile("(?<=....)(?:[aeiou]+s?|s)$")
_SOUNDS = (
    (re.compile("ph"), "f"),
    (re.compile("c[hkq]|[qk]|c(?![ei])"), "k"),
    (re.compile("g(?=[ei])"), "j"),
    (re.compile("h|(?<=[cj])i(?=[aeou])|(?<=gn)i(?=[aeou])|g(?=li[aeou])"), ""),
    (_LABIAL, "m"),
    (_DOUBLED, r"\1"),
)
_DOER = re.compile("(?:[aiu]t(?:or|ric|ur)|[ai]tr|(?<=..[ts])(?:or|ric|ur))$")
"""Who does a thing and what comes of it: `aggiustatore`, `cucitrice`, `imbiancatura`."""
_LITTLE = re.compile("(?:in|ett|ell|ott|on|ucc)$"), re.compile("(?:ic|ol|er)(?:in|ett|ell|on)$")
_HARD = re.compile("(?<=[cg])h$")
_TRADE = re.compile("(?:ier|aggi?|ist)$")
_ENGLISH_DOER = re.compile("(?:er|or)$")
_ELIDED = ("l", "d", "un", "all", "coll", "dall", "dell", "nell", "sull", "quell", "quest", "bell")


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """The letters by which a word sounds, in Italian, without its ending: doubled or not, c or k or q, y or i."""
    if not word.isascii():
        return word
    said = _DOUBLED.sub(r"\1", word.translate(_ALIKE))
    for pattern, letters in _SOUNDS:
        said = pattern.sub(letters, said)
    return _ENDING.sub("", said)


def _coarse(word: str) -> str:
    """The same more coarsely: a slip changes one letter of it at most, whatever stands beside it."""
    if not word.isascii():
        return word
    return _ENDING.sub("", _DOUBLED.sub(r"\1", _LABIAL.sub("m", word.replace("ph", "f").translate(_COARSE))))


def is_kept(word: str) -> bool:
    """Whether a word of a text is remembered for those who mistype it."""
    return SHORTEST_KNOWN <= len(word) <= LONGEST_KNOWN and word.isalpha() and not is_unspaced(word)


def keys_of(word: str) -> set[str]:
    """Where a word is looked up: its sound, in longer words the same with one letter left out, and its families.

    Two words that are close have one of these in common, but for short ones with two letters swapped.
    """
    said = _coarse(word)
    shorter = {said[:at] + said[at + 1 :] for at in range(len(said))} if len(word) >= CLOSE_SWAPPED else set()
    return {said} | shorter | {FAMILY + root for root in _roots(word)[1]}


def trigrams_of(word: str) -> set[str]:
    """Three letters in a row each, the edges of the word being letters too; of words too short to be mistyped none."""
    if len(word) < SHORTEST_MISSPELT:
        return set()
    padded = f"  {word} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}


def swaps_of(word: str) -> list[str]:
    """The word with two neighbouring letters swapped, in every way: it may have hardly a trigram in common."""
    return [word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)]


def distance(typed: str, word: str) -> float:
    """How far apart two words are, about 1 for one slip of the finger; FURTHEST where they have nothing in common."""
    if typed == word:
        return 0.0
    one, other = sound(typed), sound(word)
    if one == other:
        return SOUND
    sure, perhaps = _roots(typed)
    also_sure, also_perhaps = _roots(word)
    if not sure.isdisjoint(also_sure):
        return KIN
    apart = min(_slips(typed, word), SOUND + _slips(one, other))
    return min(apart, DISTANT_KIN) if not perhaps.isdisjoint(also_perhaps) else apart


def is_close(typed: str, word: str) -> bool:
    """Whether two words that both stand there are one, misspelt, or of one family: `babysitter` and `babysiter`."""
    apart = distance(typed, word)
    least = min(len(typed), len(word))
    if apart <= SOUND:
        return len(sound(typed)) >= CLOSE_SOUND
    if apart <= KIN:
        return True
    if apart <= SWAPPED:
        return least >= CLOSE_SWAPPED
    allowed = OTHER if least >= CLOSE_LONG else SLIP
    return apart <= allowed and apart != DISTANT_KIN and least >= CLOSE_SLIP and typed[0] == word[0]


def nearest(typed: str, known: Iterable[str]) -> tuple[list[str], list[str]]:
    """Which of the known words may have been meant where the typed one stands nowhere: the likeliest, and others."""
    allowed = 0.0 if len(typed) < SHORTEST_MISSPELT else ONE_SLIP if len(typed) < LONGER else TWO_SLIPS
    found = []
    for word in dict.fromkeys(known):
        begun = len(typed) >= SHORTEST_BEGUN and word.startswith(typed)
        apart = BEGUN if begun else distance(typed, word)
        if word != typed and (begun or apart <= allowed):
            found.append((apart, abs(len(word) - len(typed)), word))
    found.sort()
    least = found[0][0] if found else FURTHEST
    likely = [word for apart, _length, word in found if apart == least]
    others = [word for apart, _length, word in found if least < apart <= least + AS_LIKELY]
    return likely[:MOST_NEAR], others[:MOST_NEAR]


def splits_of(word: str) -> list[tuple[str, str]]:
    """The word as two, the most even first: `babysitter` may stand there as `baby sitter`."""
    length = len(word)
    if not word.isascii() or not word.isalpha() or length > LONGEST_KNOWN:
        return []
    shortest = SHORTEST_PART if length > SHORTEST_MISSPELT else SHORTEST_KNOWN
    places = sorted(range(shortest, length - shortest + 1), key=lambda place: abs(length - 2 * place))
    return [(word[:place], word[place:]) for place in places]


def elisions_of(word: str) -> list[str]:
    """The word without what was written into it for want of an apostrophe or a space: `dellorto`, `lorto`, `ilcane`."""
    return [
        word[place:]
        for place in range(1, len(word) - SHORTEST_PART)
        if word[:place] in STOP_WORDS or (word[:place] in _ELIDED and word[place] in _VOWELS)
    ]


def with_article(word: str) -> list[str]:
    """The same the other way round: as somebody may have written the word."""
    if len(word) <= SHORTEST_PART or word[0] not in _VOWELS or not word.isalpha():
        return []
    return [article + word for article in _ELIDED if article != "d" or len(word) > SHORTEST_MISSPELT]


@lru_cache(maxsize=50_000)
def _roots(word: str) -> tuple[frozenset[str], frozenset[str]]:
    """What a word and its kin begin with: what surely does, and, those included, what perhaps does."""
    if not word.isascii() or len(word) < SHORTEST_MISSPELT:
        return frozenset(), frozenset()
    italian, _bare, english = stems_of(word)
    sure = {italian, english, _DOER.sub("", italian)}
    perhaps = {_TRADE.sub("", italian), _DOUBLED.sub(r"\1", _ENGLISH_DOER.sub("", english))}
    perhaps |= {_HARD.sub("", ending.sub("", italian)) for ending in _LITTLE}
    sure |= {root for root in perhaps if len(root) >= SURE_ROOT}
    return _long_enough(sure), _long_enough(sure | perhaps)


def _long_enough(roots: set[str]) -> frozenset[str]:
    return frozenset(root for root in roots if len(root) >= SHORTEST_ROOT)


def _slips(one: str, other: str) -> float:
    """What it takes to type one word for the other."""
    if abs(len(one) - len(other)) > 2:
        return FURTHEST
    before_last: list[float] = []
    last = [SLIP * column for column in range(len(other) + 1)]
    for row, letter in enumerate(one, 1):
        line = [SLIP * row]
        for column, its in enumerate(other, 1):
            cost = min(last[column] + SLIP, line[-1] + SLIP, last[column - 1] + _exchange(letter, its))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == its:
                cost = min(cost, before_last[column - 2] + (SWAPPED if letter != its else 0))
            line.append(cost)
        if min(line) >= FURTHEST:
            return FURTHEST
        before_last, last = last, line
    first = FIRST if one[:1] != other[:1] and one[:2] != other[1::-1] else 0
    return min(last[-1] + first, FURTHEST)


def _exchange(letter: str, its: str) -> float:
    if letter == its:
        return 0
    if letter in _VOWELS and its in _VOWELS:
        return SLIP
    (row, place), (other_row, other_place) = _KEYS.get(letter, (9, 9)), _KEYS.get(its, (-9, -9))
    return SLIP if abs(row - other_row) <= 1 and abs(place - other_place) <= 1 else OTHER
