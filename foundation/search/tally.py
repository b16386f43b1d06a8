"""The entries of one kind in one community as bits: for each term one number, in which each entry has its place."""

import re
import sys
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeAlias, TypeVar

from foundation.search.rules import Groups

Key = TypeVar("Key", str, int)
Places: TypeAlias = "array[int]"

MOST_KEPT = 5000
KEPT_BYTES = 8 * 1024 * 1024
"""Of what was worked out, numbers as long as all the entries count by their length."""
_SOME = re.compile(rb"[^\0]")
SPARSE = 32
"""A term that fewer than one in so many entries have is kept as a list of their places: it takes less room."""


class Tally:
    """What has which terms. Entries are put in by their ids and their marks; a place is never used twice."""

    def __init__(self, entries: Iterable[tuple[int, int | None, str]] = ()) -> None:
        """`entries` are (id, party_id, marks), the smallest id first."""
        self.ids: Places = array("q")
        self.later: dict[int, int] = {}
        self.parties: dict[int, Places] = {}
        places: dict[str, Places] = {}
        for place, (entry_id, party_id, marks) in enumerate(entries):
            self.ids.append(entry_id)
            if party_id is not None:
                _put(self.parties, party_id, place)
            for term in marks.split():
                _put(places, term, place)
        self.sorted_up_to = len(self.ids)
        self.alive = (1 << self.sorted_up_to) - 1
        self.common: dict[str, int] = {}
        """The terms that many have, as bits."""
        self.rare: dict[str, Places] = {}
        """The terms that few have, as places."""
        for term, some in places.items():
            if len(some) * SPARSE < self.sorted_up_to:
                self.rare[term] = some
            else:
                self.common[term] = self._bits(some)
        self.kept: dict[Any, Any] = {}
        """What was worked out since the last change, for whoever asks the same."""
        self._kept_bytes = 0

    @property
    def size(self) -> int:
        """How many entries there are."""
        return self.alive.bit_count()

    @property
    def is_worn(self) -> bool:
        """Whether so many places are empty that building it anew pays."""
        return len(self.ids) > 2 * self.size + 1000

    def having(self, groups: Groups) -> int:
        """The entries that have one term of each group, as bits."""
        bits = self.alive
        for group in groups:
            one = 0
            for term in group:
                one |= self.of_term(term)
            bits &= one
        return bits

    def of_term(self, term: str) -> int:
        """The places where this term ever was, as bits: `alive` says which of them still count."""
        places = self.rare.get(term)
        return self.common.get(term, 0) | (self._bits(places) if places else 0)

    def of_parties(self, party_ids: Collection[int]) -> int:
        """The entries of these parties, as bits."""
        return self._bits(place for party_id in party_ids for place in self.parties.get(party_id, ()))

    def of_ids(self, ids: Iterable[int]) -> int:
        """The entries with these ids, as bits; one that came a moment ago may still be missing."""
        places = (self._place_of(entry_id) for entry_id in ids)
        return self._bits(place for place in places if place is not None) & self.alive

    def ids_of(self, bits: int) -> list[int]:
        """The ids of these entries, in no order."""
        figures = bits.to_bytes(len(self.ids) // 8 + 1, "little")
        return [
            self.ids[8 * set_.start() + bit]
            for set_ in _SOME.finditer(figures)
            for bit in range(8)
            if figures[set_.start()] >> bit & 1
        ]

    def newest_of(self, bits: int, limit: int, before: int | None = None) -> list[int]:
        """The ids of the newest of these entries, those older than an entry where one is given."""
        in_order = bits & ((1 << self.sorted_up_to) - 1)
        if before is not None:
            in_order &= (1 << bisect_left(self.ids, before, 0, self.sorted_up_to)) - 1
        found = [one for one, place in self.later.items() if bits >> place & 1 and (before is None or one < before)]
        for _each in range(limit):
            if not in_order:
                break
            place = in_order.bit_length() - 1
            in_order ^= 1 << place
            found.append(self.ids[place])
        return sorted(found, reverse=True)[:limit]

    @property
    def newest(self) -> int:
        """The id of the newest entry."""
        return max([*self.ids[self.sorted_up_to - 1 : self.sorted_up_to], *self.later], default=0)

    def keep(self, key: Any, value: Any) -> None:
        """Remember something until the next change."""
        size = sys.getsizeof(getattr(value, "bits", value))
        if len(self.kept) >= MOST_KEPT or self._kept_bytes + size > KEPT_BYTES:
            self.forget_kept()
        self.kept[key] = value
        self._kept_bytes += size

    def forget_kept(self) -> None:
        """Work everything out anew."""
        self.kept.clear()
        self._kept_bytes = 0

    def change(self, entries: Mapping[int, tuple[int | None, str] | None]) -> None:
        """Take entries as they are now: (party_id, marks), or None for one that is gone."""
        if not entries:
            return
        self.forget_kept()
        for entry_id, now in entries.items():
            place = self._place_of(entry_id)
            if place is not None:
                self.alive &= ~(1 << place)
            if now is not None:
                self._append(entry_id, *now)
        # Once more: somebody else may have worked something out while this was half done.
        self.forget_kept()

    def _append(self, entry_id: int, party_id: int | None, marks: str) -> None:
        place = len(self.ids)
        self.ids.append(entry_id)
        self.later[entry_id] = place
        self.alive |= 1 << place
        for term in marks.split():
            if term in self.common:
                self.common[term] |= 1 << place
            else:
                _put(self.rare, term, place)
        if party_id is not None:
            _put(self.parties, party_id, place)

    def _place_of(self, entry_id: int) -> int | None:
        if entry_id in self.later:
            return self.later[entry_id]
        place = bisect_left(self.ids, entry_id, 0, self.sorted_up_to)
        return place if place < self.sorted_up_to and self.ids[place] == entry_id else None

    def _bits(self, places: Iterable[int]) -> int:
        # Written as bytes first: setting bits of a long number one by one would copy it each time.
        figures = bytearray(len(self.ids) // 8 + 1)
        for place in places:
            figures[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(figures, "little")


def _put(places: dict[Key, Places], key: Key, place: int) -> None:
    there = places.get(key)
    if there is None:
        there = places[key] = array("I")
    there.append(place)
