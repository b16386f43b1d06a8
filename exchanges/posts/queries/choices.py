"""How many posts each choice of the board would leave: never counting one that the reader may not see."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from community.moderation.policies import own_ids
from community.moderation.queries import blocked_with
from exchanges.posts.queries.entries import KIND
from exchanges.posts.queries.filters import Filters, audience_of
from exchanges.posts.rules import marks
from foundation.access import Actor
from foundation.database import Session
from foundation.search import Groups, Question
from foundation.search.counting import hits, tally_of
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

    def _count(self, groups: Groups) -> int:
        key = (*self.key, tuple(groups))
        if key not in self.tally.kept:
            self.tally.keep(key, (self.seen & self.tally.having(groups)).bit_count())
        found: int = self.tally.kept[key]
        return found


def counts(session: Session, actor: Actor, filters: Filters, asked: Question) -> Counts:
    """Count the posts of a community for one reader: at most half a minute old, and at once what changed here."""
    tally = tally_of(session, actor.community_id, KIND)
    blocked = frozenset(blocked_with(session, own_ids(actor)))
    reader = (audience_of(actor), blocked, actor.person_id)
    seen = _seen(tally, actor, reader)
    if not asked.asks:
        return Counts(actor.community_id, tally, reader, seen, filters)
    found = hits(session, tally, KIND, actor.community_id, asked.demands)
    return Counts(actor.community_id, tally, (*reader, asked.demands), seen & found.bits, filters, found.whole)


def _seen(tally: Tally, actor: Actor, reader: tuple[tuple[str, ...], frozenset[int], int | None]) -> int:
    if reader not in tally.kept:
        audience, blocked, person_id = reader
        seen = tally.having([audience]) & ~tally.of_parties(blocked)
        if person_id is not None:
            kept_from = tally.of_term(marks.kept_from(person_id))
            seen &= ~(kept_from & ~tally.of_parties(actor.party_ids))
        tally.keep(reader, seen)
    found: int = tally.kept[reader]
    return found
