"""The board: what is open in a community, as its reader asks for it, with the number that each choice would leave."""

from dataclasses import dataclass, field

from exchanges.posts.queries.cards import Card
from exchanges.posts.queries.choices import Counts, counts
from exchanges.posts.queries.entries import words_of_posts
from exchanges.posts.queries.filters import Filters
from exchanges.posts.queries.listing import PAGE_SIZE, listed
from foundation.access import Actor
from foundation.database import Session
from foundation.search import Question
from foundation.search.queries import meant_by
from foundation.search.rules import words_in

__all__ = ["PAGE_SIZE", "BoardPage", "best_of", "board"]


@dataclass(frozen=True)
class BoardPage:
    """One page of the board; `next_cursor` is empty on the last.

    `tolerance` says how the words were taken: as they are, `near` where only other words spelt like them were found
    (`meant` are those), `some` where no post has all of them.
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

    Where nothing answers the words, words spelt nearly like them are tried, then posts that have some of them.
    """
    filters = filters.asked_by(actor)
    asked = filters.question
    page = _page(session, actor, filters, asked, cursor)
    if page.cards or not asked.asks or page.counts.total:
        return page
    meant = meant_by(session, asked)
    if meant:
        corrected = asked.corrected(meant)
        near = _page(session, actor, filters, corrected, cursor)
        # What was meant is said in the words of a post that the reader sees: others' words are nobody's business.
        said = (words_in(corrected, words) for words in words_of_posts(session, [card.id for card in near.cards]))
        words = next(filter(None, said), [])
        if words:
            return _tolerant(near, "near", " ".join(words))
    if len(asked.words) > 1:
        some = _page(session, actor, filters, asked.corrected(meant).loosened(), cursor)
        if some.cards:
            return _tolerant(some, "some")
    return page


def best_of(session: Session, actor: Actor, asked: Question) -> list[Card]:
    """The first page of what answers a question, the best match first."""
    counted = counts(session, actor, Filters(), asked)
    return listed(session, actor, counted, asked, "best").cards


def _page(session: Session, actor: Actor, filters: Filters, asked: Question, cursor: str) -> BoardPage:
    counted = counts(session, actor, filters, asked)
    found = listed(session, actor, counted, asked, filters.sorted_by, cursor)
    return BoardPage(found.cards, counted, filters, found.next_cursor)


def _tolerant(page: BoardPage, tolerance: str, meant: str = "") -> BoardPage:
    return BoardPage(page.cards, page.counts, page.filters, page.next_cursor, tolerance, meant)
