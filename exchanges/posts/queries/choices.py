"""How many posts each choice of the board would leave: never counting one that the reader may not see."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import reduce
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

    `whole` is False where so many posts answer the words that only the newest of them are counted.
    """

    community_id: int
    tally: Tally
    key: tuple[Any, ...]
    seen: int
    filters: Filters
    whole: bool = True
    visible: int = 0
    """All that the reader can see, as bits, whatever is asked."""
    found: int = 0
    """How many posts answer the words, whoever may see them and whatever else is asked."""

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

    def bits_of(self, session: Session, groups: Groups) -> int:
        """The posts that have one term of each group, whoever may see them: either marks or words."""
        if all(is_mark(term) for group in groups for term in group):
            return self.tally.having(groups)
        return hits(session, self.tally, KIND, self.community_id, groups).bits

    @property
    def all_bits(self) -> int:
        """The posts of `total`."""
        return self.seen & self.tally.having(self.filters.groups())

    def ids_among(self, bits: int) -> list[int]:
        """Which of these entries are among those of `total`, in no order."""
        return self.tally.ids_of(bits & self.all_bits)

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
        return Counts(actor.community_id, tally, reader, visible, filters)
    # With all words those that have them in their titles, in the same question: they are wanted next.
    asked_for = asked.by_word if asked.any_word else [asked.demands, in_title(asked.demands)]
    each = hits_of_each(session, tally, KIND, actor.community_id, asked_for)
    each = each if asked.any_word else each[:1]
    bits = reduce(or_, (one.bits for one in each))
    return Counts(
        community_id=actor.community_id,
        tally=tally,
        key=(*reader, asked.demands),
        seen=visible & bits,
        filters=filters,
        whole=all(one.whole for one in each),
        visible=visible,
        found=bits.bit_count(),
    )


def hits_by_word(session: Session, counted: Counts, asked: Question, *, titles: bool = False) -> list[Hits]:
    """For each word the posts that have it, whoever may see them; with `titles` then those that have it in theirs."""
    each = [*asked.by_word, *(map(in_title, asked.by_word) if titles else ())]
    return hits_of_each(session, counted.tally, KIND, counted.community_id, each)


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
