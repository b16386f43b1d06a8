"""How many posts each choice of the board would leave: never counting one that the reader may not see."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from operator import or_
from typing import Any

from community.moderation.policies import own_ids
from community.moderation.queries import blocked_with
from exchanges.posts.queries.entries import KIND
from exchanges.posts.queries.filters import Filters, audience_of
from exchanges.posts.rules import marks
from foundation.access import Actor
from foundation.database import Session
from foundation.search import Groups, Question
from foundation.search.counting import Hits, hits, hits_of_each, tally_of
from foundation.search.rules import in_title, is_mark
from foundation.search.tally import Tally


@dataclass(frozen=True)
class Counts:
    """What one reader can see of what answers one question, ready to be counted by choice.

    `visible` is all that the reader can see, as bits, whatever is asked; `words` what has the words, whoever may see it
    and whatever else is asked: not the newest of it where each of several words is enough (`in_order` is False).
    """

    community_id: int
    tally: Tally
    key: tuple[Any, ...]
    visible: int
    filters: Filters
    words: Hits
    in_order: bool = True

    @cached_property
    def seen(self) -> int:
        """What the reader sees of what has the words."""
        return self.visible & self.words.bits

    @property
    def whole(self) -> bool:
        """False where so many posts have the words that only the newest of them are counted."""
        return self.words.whole

    @property
    def found(self) -> int:
        """How many posts have the words, whoever may see them."""
        return self.words.bits.bit_count()

    @property
    def everything(self) -> int:
        """How many posts there are on the board of the community, whoever may see them."""
        return self.tally.size

    @property
    def total(self) -> int:
        """How many posts answer the question and meet the filters."""
        return self.of(())

    def of(self, groups: Groups) -> int:
        """How many of them have one mark of each group besides."""
        return self._count((*self.filters.groups(), *groups))

    def choices(self, name: str, values: Collection[Any]) -> Mapping[Any, int]:
        """For each value of a filter the number of posts that it would leave, the other filters being as they are."""
        return {value: self._count(replace(self.filters, **{name: value}).groups()) for value in values}

    def with_filters(self, filters: Filters) -> int:
        """How many posts would answer the question with other filters."""
        return self._count(filters.groups())

    def hits(self, session: Session, demands: Groups) -> int:
        """About how many posts, whoever may see them, have one term of each group; a limit counts as that many."""
        return hits(session, self.tally, KIND, self.community_id, demands).bits.bit_count()

    def known(self, session: Session, groups: Groups, lacking: Groups) -> Hits | None:
        """The posts of `total` that have one term of each group and lack one of `lacking`; None where nobody knows.

        Either is marks or words. Words ask for no less than those that are counted.
        """
        of_words = self.words
        if groups:
            having = self._hits(session, groups)
            of_words = replace(of_words, bits=of_words.bits & having.bits) if _are_marks(groups) else having
        lacked = self._hits(session, lacking) if lacking else Hits(0, True)
        if not lacked.whole or not (of_words.whole or self.in_order):
            return None
        filtered = self.visible & self.tally.having(self.filters.groups())
        return Hits(filtered & of_words.bits & ~lacked.bits, of_words.whole)

    def _hits(self, session: Session, groups: Groups) -> Hits:
        if _are_marks(groups):
            return Hits(self.tally.having(groups), True)
        return hits(session, self.tally, KIND, self.community_id, groups)

    def ids_among(self, bits: int) -> list[int]:
        """Which of these entries are among those of `total`, in no order."""
        return self.tally.ids_of(bits & self.seen & self.tally.having(self.filters.groups()))

    def _count(self, groups: Groups) -> int:
        key = (*self.key, tuple(groups))
        counted: int | None = self.tally.kept.get(key)
        if counted is None:
            counted = (self.seen & self.tally.having(groups)).bit_count()
            self.tally.keep(key, counted)
        return counted


def counts(session: Session, actor: Actor, filters: Filters, asked: Question) -> Counts:
    """Count the posts of a community for one reader: at most half a minute old, and at once what changed here."""
    tally = tally_of(session, actor.community_id, KIND)
    blocked = frozenset(blocked_with(session, own_ids(actor)))
    reader = (audience_of(actor), blocked, actor.person_id)
    visible = _seen(tally, actor, reader)
    if not asked.asks:
        return Counts(actor.community_id, tally, reader, visible, filters, Hits(visible, True))
    # With all words those that have them in their titles, in the same question: they are wanted next.
    asked_for = asked.by_word if asked.any_word else [asked.demands, in_title(asked.demands)]
    each = hits_of_each(session, tally, KIND, actor.community_id, asked_for)
    if asked.any_word:
        words = Hits(reduce(or_, (one.bits for one in each)), all(one.whole for one in each))
    else:
        words = each[0]
    key = (*reader, asked.demands)
    return Counts(actor.community_id, tally, key, visible, filters, words, in_order=not asked.any_word)


def hits_by_word(session: Session, counted: Counts, asked: Question, *, titles: bool = False) -> list[Hits]:
    """For each word the posts that have it, whoever may see them; with `titles` then those that have it in theirs."""
    each = [*asked.by_word, *(map(in_title, asked.by_word) if titles else ())]
    return hits_of_each(session, counted.tally, KIND, counted.community_id, each)


def _are_marks(groups: Groups) -> bool:
    return all(is_mark(term) for group in groups for term in group)


def _seen(tally: Tally, actor: Actor, reader: tuple[tuple[str, ...], frozenset[int], int | None]) -> int:
    kept: int | None = tally.kept.get(reader)
    if kept is not None:
        return kept
    audience, blocked, person_id = reader
    seen = tally.having([audience]) & ~tally.of_parties(blocked)
    if person_id is not None:
        kept_from = tally.of_term(marks.kept_from(person_id))
        seen &= ~(kept_from & ~tally.of_parties(actor.party_ids))
    tally.keep(reader, seen)
    return seen
