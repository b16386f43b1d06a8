"""What is compared when people search: words without accents, cut down to their stems in Italian and in English."""

import re
import unicodedata
from functools import lru_cache
from itertools import filterfalse

import snowballstemmer

LONGEST_WORD = 40
MOST_WORDS = 12
"""Of a question; whoever writes more has said enough."""
MOST_ENTRY_WORDS = 1500
SHORTEST_STEMMED = 3
MARK = "="
"""Begins the terms that are no words, such as that of a zone: nobody can type it into a word."""
FOREIGN = f"{MARK}u"
"""Begins the terms of words in other alphabets."""
TITLE = f"{MARK}t"
"""Begins the terms of words that stand in the title, where they are a second time."""

STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
    a ad ai agli al alla alle allo anche c che chi ci co coi col come con cui d da dagli dai dal dalla dalle dallo de
    degli dei del dell della delle dello di dove e ed gli ha hai hanno ho i il in io l la le lei li lo loro lui m ma me
    mi mia mie miei mio n ne negli nei nel nell nella nelle nello no noi non nostra nostre nostri nostro o od per pero
    piu po qua qualche quale quali quando quella quelle quelli quello questa queste questi questo qui s se si sia sono
    su sua sue sugli sui sul sull sulla sulle sullo suo suoi t ti tra tu tua tue tuo tuoi un una uno v vi voi vostra
    vostre vostri vostro
    an and are as at be been but by can do does for from had has have he her his how i if is it its my not of on or our
    s she so t that the their them they this to us was we were what when where which who will with you your
        """,
    )
)
"""Words that stand in every text: they tell nothing apart, and are neither kept nor asked for."""

SAME = {
    "children": "child", "men": "man", "women": "woman", "feet": "foot", "teeth": "tooth", "mice": "mouse",
    "knives": "knife", "wives": "wife", "lives": "life", "leaves": "leaf", "shelves": "shelf",
    "uomini": "uomo", "buoi": "bue", "ali": "ala", "mogli": "moglie", "aghi": "ago", "bici": "bicicletta",
}  # fmt: skip
"""Plurals and short forms that no rule leads back."""

_ENDING = re.compile(r"(?<=[cg])h[ei]$|i?[aeio]$")
_WORD = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})
_ITALIAN = snowballstemmer.stemmer("italian")
_ENGLISH = snowballstemmer.stemmer("english")


def fold(text: str) -> str:
    """Small letters without accents, and single spaces: `Perché` and `PERCHE` are the same."""
    if text.isascii():
        return " ".join(text.lower().split())
    # Taken apart twice: capitals hide in letters that have another shape, and small letters may fall into two.
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return " ".join("".join(filterfalse(unicodedata.combining, plain)).split())


def words_of(text: str, most: int = MOST_ENTRY_WORDS) -> list[str]:
    """The words of a text, folded, each once and in their order; without those that stand in every text."""
    found: dict[str, None] = {}
    for match in _WORD.finditer(fold(text).translate(_LETTERS)):
        word = match.group()[:LONGEST_WORD]
        if word not in STOP_WORDS:
            found[word] = None
            if len(found) == most:
                break
    return list(found)


@lru_cache(maxsize=100_000)
def terms_of(word: str) -> tuple[str, ...]:
    """What stands in the index for a folded word: its Italian stem and its English one, since nobody says which.

    A word of another alphabet stands there in letters that every tokenizer takes for one word.
    """
    if not word.isascii():
        return (FOREIGN + word.encode().hex(),)
    word = SAME.get(word, word)
    if len(word) < SHORTEST_STEMMED or not word.isalpha():
        return (word,)
    return tuple(dict.fromkeys((_ITALIAN.stemWord(word), _without_ending(word), _ENGLISH.stemWord(word))))


def _without_ending(word: str) -> str:
    """The same for the singular and the plural of a short Italian word, which the Italian stemmer leaves as it is."""
    bare = _ENDING.sub("", word)
    return bare if len(bare) >= SHORTEST_STEMMED else word
