"""Posts that have some of the words: those that have more of them first; a rare word counts for more, and a title."""

from math import log

from exchanges.posts.queries.cards import card_of
from exchanges.posts.queries.choices import Counts, hits_by_word
from exchanges.posts.queries.listing import PAGE_SIZE, Listing, cursor_of, place_of
from exchanges.posts.queries.prepared import rows_of
from foundation.access import Actor
from foundation.database import Session
from foundation.search import Question
from foundation.search.words import MOST_WORDS

ORDER = "best"
IN_TITLE = 0.3
"""How much it adds to a word that it stands in the title: less than most other words do."""


def ranked(session: Session, actor: Actor, counts: Counts, asked: Question, cursor: str = "") -> Listing:
    """A page of what has any of the words and may be seen.

    A cursor says which of the words its post has, and which in its title, as bits.
    """
    hits = hits_by_word(session, counts, asked, titles=True)
    which: dict[int, int] = {}
    for number, of_word in enumerate(hits):
        for entry_id in counts.ids_among(of_word.bits):
            which[entry_id] = which.get(entry_id, 0) | 1 << number
    by_word = hits[: len(asked.words)]
    weights = [log(1 + (counts.everything + 1) / (1 + of_word.bits.bit_count())) for of_word in by_word]
    weights += [IN_TITLE * weight for weight in weights]

    def place(entry_id: int, words: int) -> tuple[float, int, int]:
        weight = sum(weight for number, weight in enumerate(weights) if words >> number & 1)
        return -weight, words, -entry_id

    in_order = sorted(place(entry_id, words) for entry_id, words in which.items())
    after = place_of(cursor, ORDER, 4**MOST_WORDS)
    if after.entry_id is not None:
        begin = place(after.entry_id, after.segment)
        in_order = [one for one in in_order if one > begin]
    page = in_order[:PAGE_SIZE]
    rows = rows_of(session, actor, [-entry_id for _weight, _words, entry_id in page])
    cards = [card_of(actor, rows[-entry_id]) for _weight, _words, entry_id in page if -entry_id in rows]
    if len(in_order) <= PAGE_SIZE:
        return Listing(cards)
    _weight, words, entry_id = page[-1]
    return Listing(cards, cursor_of(ORDER, words, -entry_id))
