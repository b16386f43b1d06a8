"""The entries of one kind in one community as bits: for each term one number, in which each entry has its place."""

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from foundation.search.rules import Groups

MOST_KEPT = 5000


class Tally:
    """What has which terms. Entries are put in by their ids and their marks; a place is never used twice."""

    def __init__(self, entries: Iterable[tuple[int, int | None, str]] = ()) -> None:
        """`entries` are (id, party_id, marks), the smallest id first."""
        self.ids: array[int] = array("q")
        self.later: dict[int, int] = {}
        self.parties: dict[int, list[int]] = {}
        places: dict[str, list[int]] = {}
        for place, (entry_id, party_id, marks) in enumerate(entries):
            self.ids.append(entry_id)
            if party_id is not None:
                self.parties.setdefault(party_id, []).append(place)
            places.setdefault(marks, []).append(place)
        self.sorted_up_to = len(self.ids)
        self.alive = (1 << self.sorted_up_to) - 1
        by_term: dict[str, list[list[int]]] = {}
        for marks, some in places.items():
            for term in marks.split():
                by_term.setdefault(term, []).append(some)
        self.terms = {term: self._bits(place for some in lists for place in some) for term, lists in by_term.items()}
        self.kept: dict[Any, Any] = {}
        """What was worked out since the last change, for whoever asks the same."""

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
                one |= self.terms.get(term, 0)
            bits &= one
        return bits

    def of_parties(self, party_ids: Collection[int]) -> int:
        """The entries of these parties, as bits."""
        return self._bits(place for party_id in party_ids for place in self.parties.get(party_id, ()))

    def of_ids(self, ids: Iterable[int]) -> int:
        """The entries with these ids, as bits; one that came a moment ago may still be missing."""
        places = (self._place_of(entry_id) for entry_id in ids)
        return self._bits(place for place in places if place is not None) & self.alive

    def keep(self, key: Any, value: Any) -> None:
        """Remember something until the next change."""
        if len(self.kept) >= MOST_KEPT:
            self.kept.clear()
        self.kept[key] = value

    def change(self, entries: Mapping[int, tuple[int | None, str] | None]) -> None:
        """Take entries as they are now: (party_id, marks), or None for one that is gone."""
        if not entries:
            return
        self.kept.clear()
        for entry_id, now in entries.items():
            place = self._place_of(entry_id)
            if place is not None:
                self.alive &= ~(1 << place)
            if now is not None:
                self._append(entry_id, *now)

    def _append(self, entry_id: int, party_id: int | None, marks: str) -> None:
        place = len(self.ids)
        self.ids.append(entry_id)
        self.later[entry_id] = place
        self.alive |= 1 << place
        for term in marks.split():
            self.terms[term] = self.terms.get(term, 0) | 1 << place
        if party_id is not None:
            self.parties.setdefault(party_id, []).append(place)

    def _place_of(self, entry_id: int) -> int | None:
        if entry_id in self.later:
            return self.later[entry_id]
        place = bisect_left(self.ids, entry_id, 0, self.sorted_up_to)
        return place if place < self.sorted_up_to and self.ids[place] == entry_id else None

    def _bits(self, places: Iterable[int]) -> int:
        # Written as figures first: setting bits of a long number one by one would copy it each time.
        written = list(places)
        if len(written) < 8:
            return sum(1 << place for place in set(written))
        figures = bytearray(b"0" * len(self.ids))
        last = len(figures) - 1
        for place in written:
            figures[last - place] = 49
        return int(figures, 2)
