"""What is compared when people search: words without accents, cut out of texts in any script."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import filterfalse, pairwise

LONGEST_WORD = 40
MOST_WORDS = 12
"""Of a question; whoever writes more has said enough."""
MOST_ENTRY_WORDS = 1500
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

# Letters and figures, in the scripts of India and beyond with the signs that are written on them; a number that a word
# follows at once, such as `10kg`, is two.
_WORD = re.compile(r"\d+(?=[^\W\d_]{2})|(?:[^\W_]|[\u0900-\u0963\u0966-\u0df3\u0e31-\u0e4e\u0eb1-\u0ecd])+")
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
)
"""Scripts that put no spaces between words."""
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})


def fold(text: str) -> str:
    """Small letters without accents, and single spaces: `Perché` and `PERCHE` are the same."""
    if text.isascii():
        return " ".join(text.lower().split())
    # Taken apart twice: capitals hide in letters that have another shape, and small letters may fall into two.
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return " ".join("".join(filterfalse(unicodedata.combining, plain)).split())


def words_of(text: str, most: int = MOST_ENTRY_WORDS) -> list[str]:
    """The words of a text, folded, each once and in their order; without those that stand in every text.

    Where no spaces are written between words, each sign is one, and each two that follow each other.
    """
    return _different(_pieces(text, single=True), most)


def asked_words(text: str) -> list[str]:
    """The words of a question: as `words_of`, but of signs without spaces only those that follow each other."""
    return _different(_pieces(text, single=False), MOST_WORDS)


def is_unspaced(word: str) -> bool:
    """Whether a word is one or two signs of a script without spaces."""
    return not word.isascii() and _UNSPACED.match(word) is not None


def _different(words: Iterator[str], most: int) -> list[str]:
    found: dict[str, None] = {}
    for word in words:
        if word not in STOP_WORDS:
            found[word] = None
            if len(found) == most:
                break
    return list(found)


def _pieces(text: str, *, single: bool) -> Iterator[str]:
    for match in _WORD.finditer(fold(text).translate(_LETTERS)):
        word = match.group()
        if word.isascii() or _UNSPACED.search(word) is None:
            yield word[:LONGEST_WORD]
            continue
        begin = 0
        for run in _UNSPACED.finditer(word):
            if run.start() > begin:
                yield word[begin : run.start()][:LONGEST_WORD]
            begin = run.end()
            signs = run.group()
            if single or len(signs) == 1:
                yield from signs
            yield from map("".join, pairwise(signs))
        if begin < len(word):
            yield word[begin:][:LONGEST_WORD]
