"""Which words are close to typed ones, and whether a text answers a question by such words: without the database."""

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from foundation.search import spelling
from foundation.search.rules import Question, Reading, spaced_terms, words_in
from foundation.search.stems import terms_of

Readings = Mapping[str, Sequence[Reading]]


class Text:
    """The words of one text, which may stand in no index, to be asked whether it answers many questions."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        self._terms = spaced_terms(words)
        self._by_key: dict[str, set[str]] = {}
        for word in filter(spelling.is_kept, words):
            for key in spelling.keys_of(word):
                self._by_key.setdefault(key, set()).add(word)

    def has(self, asked: Question) -> bool:
        """Whether it has the words."""
        return asked.fits(self._terms)

    def answers(self, asked: Question) -> bool:
        """Whether it has the words, or others that are close."""
        return self.has(asked) or self._close(asked).fits(self._terms)

    def said(self, asked: Question) -> list[str]:
        """The words by which it answers."""
        return words_in(self._close(asked), self._words)

    def _close(self, asked: Question) -> Question:
        keys, written = looked_up(asked.words)
        known = {word for key in keys for word in self._by_key.get(key, ())}
        return asked.meaning(close_among(asked.words, known | written.intersection(self._words)))


def looked_up(words: Sequence[str]) -> tuple[set[str], set[str]]:
    """Under which keys, and how written, the words are that may be close to these."""
    keys: set[str] = set()
    written: set[str] = set()
    for word in filter(spelling.is_kept, words):
        keys |= spelling.keys_of(word)
        written.update(part for both in spelling.splits_of(word) for part in both)
        written.update(spelling.elisions_of(word), spelling.with_article(word))
    for joined in map("".join, pairwise(words)):
        keys |= spelling.keys_of(joined) if spelling.is_kept(joined) else set()
    return keys, written


def close_among(words: Sequence[str], known: Collection[str]) -> Readings:
    """For each of the words those known ones that are close to it; it as two, or with the next as one."""
    readings: dict[str, list[Reading]] = {word: [] for word in words}
    for word, some in readings.items():
        others = [each for each in sorted(known) if _is_new(word, each) and spelling.is_close(word, each)]
        others += [each for each in (*spelling.elisions_of(word), *spelling.with_article(word)) if each in known]
        split = next((both for both in spelling.splits_of(word) if both[0] in known and both[1] in known), None)
        some += [*((each,) for each in dict.fromkeys(others)), *([split] if split else ())]
    for pair in pairwise(words):
        joined = "".join(pair)
        for each in sorted(known):
            if not _is_new(joined, each) or spelling.is_close(joined, each):
                for word in pair:
                    readings[word].append((each,))
    return {word: some for word, some in readings.items() if some}


def _is_new(word: str, other: str) -> bool:
    """Whether a word is found by other terms."""
    return set(terms_of(word)).isdisjoint(terms_of(other))
