"""What the one search box says of the board: the best few answers, in one question."""

from sqlmodel import col, select

from exchanges.posts.policies import on_board
from exchanges.posts.queries.cards import CARD_COLUMNS, Card, card_of, selected
from exchanges.posts.queries.choices import counts
from exchanges.posts.queries.entries import KIND
from exchanges.posts.queries.filters import Filters, audience_of
from exchanges.posts.queries.ranking import ORDER, ranked
from exchanges.posts.tables import Post
from foundation.access import Actor
from foundation.database import Session
from foundation.search import Question
from foundation.search.queries import answering
from foundation.search.tables import SearchEntry

MOST_FOUND = 200
"""How many of the newest that answer are looked at: few of what an audience finds is kept from one of it."""


def best_of(session: Session, actor: Actor, asked: Question, limit: int) -> list[Card]:
    """The best of what answers a question, as the board has them at its top."""
    if asked.any_word:
        return ranked(session, actor, counts(session, actor, Filters(order=ORDER), asked), asked).cards[:limit]
    in_turn = [[audience_of(actor), *demands] for demands in asked.likeliest_first]
    answers = answering(session, KIND, actor.community_id, in_turn, MOST_FOUND)
    entry_id, rank = col(SearchEntry.id), answers.c.rank
    chosen = (
        select(entry_id, SearchEntry.object_id, rank)
        .join(answers, answers.c.id == entry_id)
        .join(Post, col(Post.id) == col(SearchEntry.object_id))
        .where(on_board(actor))
        .order_by(rank, entry_id.desc())
        .limit(limit * len(in_turn))  # What has the words in its title is there once more for having them.
        .subquery()
    )
    page = selected().join(chosen, chosen.c.object_id == col(Post.id)).order_by(chosen.c.rank, chosen.c.id.desc())
    cards: dict[int, Card] = {}
    for row in session.execute(page):
        cards.setdefault(row[0], card_of(actor, row[:CARD_COLUMNS]))
    return list(cards.values())[:limit]
