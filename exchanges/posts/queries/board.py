"""The board: what is open in a community, as its reader asks for it, with the number that each choice would leave."""

from dataclasses import dataclass, field, replace

from exchanges.posts.queries.cards import Card
from exchanges.posts.queries.choices import Counts, counts, hits_by_word
from exchanges.posts.queries.entries import words_of_posts
from exchanges.posts.queries.filters import Filters
from exchanges.posts.queries.listing import PAGE_SIZE, listed
from exchanges.posts.queries.ranking import ORDER, ranked
from foundation.access import Actor
from foundation.database import Session
from foundation.search import Question
from foundation.search.meaning import close_readings, near_readings
from foundation.search.rules import words_in

__all__ = ["PAGE_SIZE", "BoardPage", "board"]


@dataclass(frozen=True)
class BoardPage:
    """One page of the board; `next_cursor` is empty on the last.

    `tolerance` says how the words were taken: as they are, `also` where posts that have them misspelt come after the
    others, `near` where only other words spelt like them were found (`meant` are those), `some` where no post has all.
    """

    cards: list[Card]
    counts: Counts
    filters: Filters = field(default_factory=Filters)
    next_cursor: str = ""
    tolerance: str = ""
    meant: str = ""

    @property
    def total(self) -> int:
        """How many posts there are on all pages; a card on this page may be too new to be counted."""
        return max(self.counts.total, len(self.cards))

    @property
    def is_counted(self) -> bool:
        """Whether `total` is all there is."""
        return self.counts.whole


def board(session: Session, actor: Actor, filters: Filters, cursor: str = "") -> BoardPage:
    """A page of what is open and may be seen. A cursor nobody gave out starts from the top.

    Where few posts have the words, those that have them misspelt come after them. Where none has, words that are spelt
    nearly like them are tried, then posts that have some of the words.
    """
    filters = filters.asked_by(actor)
    asked = filters.question
    counted = counts(session, actor, filters, asked)
    if asked.asks and not counted.total:
        return _meant(session, actor, counted, asked, cursor)
    if asked.asks and counted.found < PAGE_SIZE:
        also = asked.meaning(close_readings(session, asked))
        with_those = counts(session, actor, filters, also)
        if with_those.total > counted.total:
            return replace(_page(session, actor, with_those, also, cursor), tolerance="also")
    return _page(session, actor, counted, asked, cursor)


def _meant(session: Session, actor: Actor, counted: Counts, asked: Question, cursor: str) -> BoardPage:
    """What has the words, though it is too new to be counted; or words like those that the reader sees in no post; or
    some of the words."""
    page = _page(session, actor, counted, asked, cursor)
    if page.cards:
        return page
    filters = counted.filters
    by_word = zip(asked.words, hits_by_word(session, counted, asked), strict=True)
    unknown = [word for word, hits in by_word if not hits.bits & counted.visible]
    likely, others = near_readings(session, unknown)
    close = {
        word: [reading for reading in readings if reading not in others.get(word, ())]
        for word, readings in close_readings(session, asked).items()
    }
    meant = asked.meaning(close).meaning(likely).meaning(others)
    if meant.demands != asked.demands:
        near = _page(session, actor, counts(session, actor, filters, meant), meant, cursor)
        # What was meant is said in words of a post that the reader sees: others' words are nobody's business.
        said = (words_in(meant, words) for words in words_of_posts(session, [card.id for card in near.cards]))
        words = next(filter(None, said), []) if near.cards else []
        if words:
            return replace(near, tolerance="near", meant=" ".join(words))
    if len(asked.words) > 1:
        loose = meant.loosened()
        some = _page(session, actor, counts(session, actor, filters, loose), loose, cursor)
        if some.cards:
            return replace(some, tolerance="some")
    return page


def _page(session: Session, actor: Actor, counted: Counts, asked: Question, cursor: str = "") -> BoardPage:
    filters = counted.filters
    order = filters.order if filters.order == ORDER and asked.asks else filters.sorted_by
    if asked.any_word and order == ORDER:
        found = ranked(session, actor, counted, asked, cursor)
    else:
        found = listed(session, actor, counted, asked, order, cursor)
    return BoardPage(found.cards, counted, filters, found.next_cursor)
