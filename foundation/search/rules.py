"""What an entry of the index says, and what a question asks of it: nothing here looks at the database."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from foundation.search.spelling import distance
from foundation.search.stems import terms_of
from foundation.search.words import FOREIGN, MARK, TITLE, asked_words, words_of

Groups = Sequence[tuple[str, ...]]
"""Terms: of each group one must be there."""

Reading = tuple[str, ...]
"""One word that another may mean, or two: `babysitter` may stand there as `baby sitter`."""

EVERYBODY, MEMBERS = "a", "m"
"""The audiences of what anybody may see, and of what every member may see; `of_zone` and the like make others."""


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
    """What somebody typed, each word to be found in any form; an entry that answers has them all.

    `meant` says for each word what it may be besides; what has one of each group of `sure` is likelier to be what is
    looked for. With `any_word` some word is enough.
    """

    words: tuple[str, ...] = ()
    meant: tuple[tuple[Reading, ...], ...] = ()
    sure: tuple[tuple[str, ...], ...] = ()
    any_word: bool = False
    only_common: bool = False
    """Something was typed, but only words that stand in every text."""

    @property
    def asks(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.words)

    @cached_property
    def demands(self) -> tuple[tuple[str, ...], ...]:
        """Groups of terms of each of which one must be there."""
        if not self.any_word:
            return tuple(group for groups in self.by_word for group in groups)
        return (tuple(dict.fromkeys(term for groups in self.by_word for group in groups for term in group)),)

    @cached_property
    def by_word(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """The same word by word: one group each, or two where it may stand there as two words."""
        meant = self.meant or ((),) * len(self.words)
        return tuple(_groups(word, readings) for word, readings in zip(self.words, meant, strict=True))

    @property
    def likeliest_first(self) -> list[Groups]:
        """The demands as they are asked for in turn: of what surely answers, then of all; of the title first."""
        as_typed = [in_title(self.sure), self.sure] if self.sure and self.sure != self.demands else []
        return [*as_typed, in_title(self.demands), self.demands]

    def meaning(self, readings: Mapping[str, Sequence[Reading]]) -> "Question":
        """The same with what some of the words may mean, which is less likely than what was known of it."""
        before = self.meant or ((),) * len(self.words)
        meant = tuple(
            tuple(dict.fromkeys((*known, *readings.get(word, ()))))
            for word, known in zip(self.words, before, strict=True)
        )
        return replace(self, meant=meant, sure=self.demands)

    def loosened(self) -> "Question":
        """The same words, any of them being enough."""
        return replace(self, any_word=True)

    def fits(self, terms: str) -> bool:
        """Whether an entry with these terms, each between spaces, answers the question."""
        return answers(self.demands, terms)


def answers(groups: Groups, terms: str) -> bool:
    """Whether terms, each between spaces, have one of each group."""
    return all(any(f" {term} " in terms for term in group) for group in groups)


def question(typed: str) -> Question:
    """What was typed, as a question; signs, quotes and operators are nothing but gaps between words."""
    words = tuple(asked_words(typed))
    return Question(words, only_common=bool(typed.strip()) and not words)


def in_title(groups: Groups) -> Groups:
    """The same terms, asked of the title alone."""
    return tuple(tuple(TITLE + term for term in group) for group in groups)


def words_in(asked: Question, words: Sequence[str]) -> list[str]:
    """The words of one thing by which it answers a question, the nearest to each typed one; nothing if it does not."""
    found: dict[str, None] = {}
    for typed, groups in zip(asked.words, asked.by_word, strict=True):
        for group in groups:
            fitting = [word for word in words if not set(group).isdisjoint(terms_of(word))]
            if not fitting:
                return []
            found[min(fitting, key=lambda word: (distance(typed, word), word))] = None
    return list(found)


def _groups(word: str, readings: Iterable[Reading]) -> tuple[tuple[str, ...], ...]:
    """One of `word`, of the readings that are one word, or both words of the first that is two."""
    single = [term for each in (word, *(one for one, *more in readings if not more)) for term in terms_of(each)]
    split = next((reading for reading in readings if len(reading) > 1), ())
    return tuple(tuple(dict.fromkeys((*single, *terms_of(part)))) for part in split) or (tuple(dict.fromkeys(single)),)


def spaced_terms(words: Iterable[str]) -> str:
    """The terms of the words of a text that stands in no index, each between spaces: for `Question.fits`."""
    return _spaced(term for word in words for term in terms_of(word))


def _spaced(terms: Iterable[str]) -> str:
    return f" {' '.join(dict.fromkeys(terms))} ".replace("  ", " ")
