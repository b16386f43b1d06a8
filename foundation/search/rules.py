"""What an entry of the index says, and what a question asks of it: nothing here looks at the database."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from foundation.search.words import FOREIGN, LONGEST_WORD, MARK, MOST_WORDS, TITLE, terms_of, words_of

Groups = Sequence[tuple[str, ...]]
"""Terms: of each group one must be there."""

EVERYBODY, MEMBERS = "a", "m"
"""The audiences of what anybody may see, and of what every member may see; `of_zone` and the like make others."""

SHORTEST_MISSPELT = 4
LONGER = 8
"""From this many letters on a word may have two mistakes in it."""


def of_zone(zone_id: int) -> str:
    """The audience of what only a zone's members see."""
    return f"z{zone_id}"


def entrusted_to(zone_id: int) -> str:
    """The audience of what only a zone's makers see."""
    return f"e{zone_id}"


def of_party(party_id: int) -> str:
    """The audience of what only its own party sees."""
    return f"o{party_id}"


def audience_term(kind: str, community_id: int, audience: str = "") -> str:
    """The term by which an entry of this kind and community is found by one audience; without one, by all."""
    return f"{MARK}{kind}{community_id}{audience}"


def mark(*parts: object) -> str:
    """The term of a property, such as `mark("c", 3)` of the third category: letters and figures only."""
    return MARK + "".join(letter for letter in "".join(map(str, parts)) if letter.isascii() and letter.isalnum())


def is_mark(term: str) -> bool:
    """Whether a term tells a property; the others are of words."""
    return term.startswith(MARK) and not term.startswith((FOREIGN, TITLE))


@dataclass(frozen=True)
class Entry:
    """A thing that can be found. `audiences` says who sees it, `marks` what it is apart from its words.

    `title` and `body` are texts as people wrote them; `moment` is what "newest" goes by.
    """

    kind: str
    object_id: int
    community_id: int
    moment: datetime
    title: str
    body: str = ""
    audiences: Collection[str] = (MEMBERS,)
    marks: Collection[str] = ()
    party_id: int | None = None
    soon_at: datetime | None = None

    @property
    def mark_terms(self) -> str:
        """The terms of its audiences and properties, each between spaces."""
        of_audiences = [audience_term(self.kind, self.community_id, audience) for audience in sorted(self.audiences)]
        return _spaced([audience_term(self.kind, self.community_id), *of_audiences, *sorted(self.marks)])

    @property
    def terms(self) -> str:
        """The terms of all its words, those of the title once more as such, each between spaces."""
        of_title = [TITLE + term for word in words_of(self.title) for term in terms_of(word)]
        return _spaced([*(term for word in self.words for term in terms_of(word)), *of_title])

    @property
    def words(self) -> list[str]:
        """The words of title and body, folded."""
        return words_of(f"{self.title} {self.body}")


@dataclass(frozen=True)
class Question:
    """What somebody typed. Each group is a word in all the forms it may stand in; an entry has one of each group.

    `any_word` asks for some word instead of all.
    """

    words: tuple[str, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    any_word: bool = False
    only_common: bool = False
    """Something was typed, but only words that stand in every text."""

    @property
    def asks(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.groups)

    @property
    def demands(self) -> tuple[tuple[str, ...], ...]:
        """Groups of terms of each of which one must be there."""
        if not self.any_word:
            return self.groups
        return (tuple(dict.fromkeys(term for group in self.groups for term in group)),)

    @property
    def title_demands(self) -> tuple[tuple[str, ...], ...]:
        """The same, asked of the title alone."""
        return tuple(tuple(TITLE + term for term in group) for group in self.demands)

    def loosened(self) -> "Question":
        """The same words, any of them being enough."""
        return replace(self, any_word=True)

    def corrected(self, meant: dict[str, list[str]]) -> "Question":
        """With the words that `meant` knows better added to the typed ones, or two typed words read as one."""
        groups = tuple(
            tuple(dict.fromkeys(term for each in (word, *meant.get(word, ())) for term in terms_of(each)))
            for word in self.words
        )
        return replace(self, groups=groups)

    def fits(self, terms: str) -> bool:
        """Whether an entry with these terms, each between spaces, answers the question."""
        return all(any(f" {term} " in terms for term in group) for group in self.demands)


def question(typed: str) -> Question:
    """What was typed, as a question; signs, quotes and operators are nothing but gaps between words."""
    words = tuple(words_of(typed, MOST_WORDS))
    return Question(words, tuple(terms_of(word) for word in words), only_common=bool(typed.strip()) and not words)


def trigrams_of(word: str) -> set[str]:
    """Three letters in a row each, the edges of the word being letters too."""
    padded = f"  {word} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}


def swaps_of(word: str) -> list[str]:
    """The word with two neighbouring letters swapped, in every way."""
    return [word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)]


def mistakes_allowed(word: str) -> int:
    """How many slips of the finger a word of this length may have."""
    if len(word) < SHORTEST_MISSPELT:
        return 0
    return 2 if len(word) >= LONGER else 1


def mistakes_between(one: str, other: str, most: int) -> int:
    """Letters added, left out, exchanged or swapped with their neighbour; `most` + 1 where there are more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before_last: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, its in enumerate(other, 1):
            cost = min(last[column] + 1, line[column - 1] + 1, last[column - 1] + (letter != its))
            swapped = row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == its
            line.append(min(cost, before_last[column - 2] + 1) if swapped else cost)
        if min(line) > most:
            return most + 1
        before_last, last = last, line
    return last[-1]


def nearest_words(typed: str, known: Sequence[str], most: int = 12) -> list[str]:
    """Which of the known words may have been meant, the likeliest first."""
    allowed = mistakes_allowed(typed)
    found = []
    for word in dict.fromkeys(known):
        slips = mistakes_between(typed, word, allowed)
        if word != typed and slips <= allowed:
            found.append((slips, word[:1] != typed[:1], abs(len(word) - len(typed)), word))
    found.sort()
    best = found[0][0] if found else 0
    return [word for slips, *_rest, word in found if slips == best][:most]


def words_in(asked: Question, words: Sequence[str]) -> list[str]:
    """The words of one thing by which it answers a question, the nearest to each typed one; nothing if it does not."""
    found: dict[str, None] = {}
    for typed, group in zip(asked.words, asked.groups, strict=True):
        fitting = [word for word in words if not set(group).isdisjoint(terms_of(word))]
        if not fitting:
            return []
        found[min(fitting, key=lambda word: (mistakes_between(typed, word, LONGEST_WORD), word))] = None
    return list(found)


def spaced_terms(text: str) -> str:
    """The terms of a text that stands in no index, each between spaces: for `Question.fits`."""
    return _spaced(term for word in words_of(text) for term in terms_of(word))


def _spaced(terms: Iterable[str]) -> str:
    return f" {' '.join(dict.fromkeys(terms))} ".replace("  ", " ")
