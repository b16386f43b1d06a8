"""Posts in the order that was asked for, page by page.

An order is a row of segments, each sorted in itself: my zone, the zones beside it, the rest. A page is filled from
the segment where the one before it ended, so that its cursor says the segment and the place in it.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, select

from community.zones.queries import neighbours_of
from exchanges.posts.policies import on_board
from exchanges.posts.queries.cards import CARD_COLUMNS, Card, card_of, selected
from exchanges.posts.queries.choices import Counts
from exchanges.posts.queries.entries import KIND
from exchanges.posts.queries.filters import audience_of
from exchanges.posts.queries.prepared import dressed, newest_rows
from exchanges.posts.rules import marks
from exchanges.posts.tables import Post
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.search import Groups, Question
from foundation.search.queries import found, met_on_the_way
from foundation.search.rules import answers, in_title
from foundation.search.tables import SearchEntry

PAGE_SIZE = 20
LARGEST_ID = 2**62
ASKED = 28
"""Of the index, for a page: one more than its posts, and some in case of any that the reader must not see."""
TOO_NEW = 60_000_000
"""Within so many microseconds before the newest post that was counted others may have come later."""


@dataclass(frozen=True)
class Segment:
    """A part of an order: the posts that have one mark of each of `groups` and lack one of `lacking`, the newest first.

    By time, `soonest` are those that have a next one, sorted by it, and the others those that have none; `count` says
    about how many there are.
    """

    groups: Groups = ()
    lacking: Groups = ()
    soonest: bool = False
    count: int = 0
    is_known: bool = True
    """Whether `count` counts them all: of words that very many posts have only the newest were counted."""


@dataclass(frozen=True)
class Place:
    """Where a page begins: after this entry of a segment."""

    segment: int = 0
    entry_id: int | None = None
    soon_at: datetime | None = None

    @property
    def before(self) -> int:
        """The id before which the page begins."""
        return LARGEST_ID if self.entry_id is None else self.entry_id

    @property
    def key(self) -> tuple[int, int]:
        """By which places stand in their order."""
        return self.segment, -self.before


@dataclass(frozen=True)
class Listing:
    """A page of cards; `next_cursor` is empty on the last."""

    cards: list[Card]
    next_cursor: str = ""


def listed(session: Session, actor: Actor, counts: Counts, asked: Question, order: str, cursor: str = "") -> Listing:
    """A page of what is asked for and may be seen. A cursor nobody gave out starts from the top."""
    segments = _segments(session, actor, counts, asked, order)
    begin = place_of(cursor, order, len(segments))
    groups = [*counts.filters.groups(), *asked.demands]
    if order == "soonest":
        rows = _by_time(session, actor, counts, groups, segments, begin)
    elif groups or len(segments) > 1:
        rows = _newest_of(session, actor, counts, asked, segments, begin)
    else:
        rows = [(0, row) for row in newest_rows(session, actor, begin.entry_id, PAGE_SIZE + 1)]
    cards = [card_of(actor, row) for _number, row in rows[:PAGE_SIZE]]
    if len(rows) <= PAGE_SIZE:
        return Listing(cards)
    number, last = rows[PAGE_SIZE - 1]
    return Listing(cards, cursor_of(order, number, last[CARD_COLUMNS], last[-1] if order == "soonest" else None))


def _newest_of(
    session: Session, actor: Actor, counts: Counts, asked: Question, segments: Sequence[Segment], begin: Place
) -> list[tuple[int, Any]]:
    """The rows of a page and one more, segment after segment, the newest first in each."""
    rows: list[tuple[int, Any]] = []
    place: Place | None = begin
    while place is not None and len(rows) <= PAGE_SIZE:
        found, place = _stretch(session, actor, counts, asked, segments, place)
        rows += found
    return rows


def _stretch(
    session: Session, actor: Actor, counts: Counts, asked: Question, segments: Sequence[Segment], begin: Place
) -> tuple[list[tuple[int, Any]], Place | None]:
    """Some rows from a place on, and the place where the next begin, if there may be more.

    What is counted is known, and the index is asked only for what is too new to be; or for one segment, where so many
    posts have the words that they are not all known.
    """
    known: list[tuple[int, int]] = []
    for number, segment in enumerate(segments[begin.segment :], begin.segment):
        before = begin.before if number == begin.segment else LARGEST_ID
        ids = _known(session, counts, segment, before)
        if ids is None and not known:
            return _of_index(session, actor, counts, asked, segments, Place(number, before))
        if ids is None:
            return _dress(session, actor, counts, asked, segments, known, begin, Place(number))
        known += [(number, entry_id) for entry_id in ids]
        if len(known) >= ASKED:
            return _dress(session, actor, counts, asked, segments, known[:ASKED], begin, Place(*known[ASKED - 1]))
    return _dress(session, actor, counts, asked, segments, known, begin, None)


def _known(session: Session, counts: Counts, segment: Segment, before: int) -> list[int] | None:
    """The entries of a segment that come next, of those that are counted; None where they are not all it takes."""
    known = counts.known(session, segment.groups, segment.lacking)
    ids = counts.tally.newest_of(known.bits, ASKED, before) if known else []
    return ids if known and (known.whole or len(ids) == ASKED) else None


def _dress(
    session: Session,
    actor: Actor,
    counts: Counts,
    asked: Question,
    segments: Sequence[Segment],
    known: list[tuple[int, int]],
    begin: Place,
    end: Place | None,
) -> tuple[list[tuple[int, Any]], Place | None]:
    """The rows of these entries, and of those between the places that came after all that was counted."""
    between = (counts.tally.newest - TOO_NEW, LARGEST_ID)
    found = dressed(session, actor, [entry_id for _number, entry_id in known], asked.demands, between, ASKED)
    wanted = [audience_of(actor), *counts.filters.groups(), *asked.demands]
    numbers = {entry_id: number for number, entry_id in known}
    rows = []
    for entry_id, one in found.items():
        number = numbers.get(entry_id, _segment_of(segments, wanted, one.terms))
        if one.row is None or number is None:
            continue
        if begin.key < (number, -entry_id) and (end is None or (number, -entry_id) <= end.key):
            rows.append((number, -entry_id, one.row))
    return [(number, row) for number, _place, row in sorted(rows, key=itemgetter(0, 1))], end


def _segment_of(segments: Sequence[Segment], wanted: Groups, terms: str) -> int | None:
    """Which segment an entry with these terms belongs to."""
    if not answers(wanted, terms):
        return None
    for number, segment in enumerate(segments):
        if answers(segment.groups, terms) and not (segment.lacking and answers(segment.lacking, terms)):
            return number
    return None


def _of_index(
    session: Session, actor: Actor, counts: Counts, asked: Question, segments: Sequence[Segment], begin: Place
) -> tuple[list[tuple[int, Any]], Place | None]:
    """Rows of one segment, of which the index alone knows what belongs to it."""
    segment = segments[begin.segment]
    wanted = [audience_of(actor), *counts.filters.groups(), *asked.demands, *segment.groups]
    between = (-LARGEST_ID, begin.before)
    found = dressed(session, actor, [], wanted, between, ASKED, segment.lacking)
    in_order = sorted(found, reverse=True)
    rows = [(begin.segment, found[entry_id].row) for entry_id in in_order if found[entry_id].row is not None]
    if len(in_order) == ASKED:
        return rows, Place(begin.segment, in_order[-1])
    return rows, Place(begin.segment + 1) if begin.segment + 1 < len(segments) else None


def _by_time(
    session: Session, actor: Actor, counts: Counts, groups: Groups, segments: Sequence[Segment], begin: Place
) -> list[tuple[int, Any]]:
    """The rows of a page and one more: what has a next time, and then the rest."""
    rows: list[tuple[int, Any]] = []
    for number, segment in enumerate(segments):
        if number >= begin.segment and len(rows) <= PAGE_SIZE:
            after = begin if number == begin.segment else Place(number)
            wanted = PAGE_SIZE + 1 - len(rows)
            rows += [(number, row) for row in _rows(session, actor, counts, groups, segment, after, wanted)]
    return rows


def _segments(session: Session, actor: Actor, counts: Counts, asked: Question, order: str) -> list[Segment]:
    if order == "nearest" and actor.zone_id is not None and counts.filters.zone_id is None:
        beside = sorted(neighbours_of(session, actor.community_id, actor.zone_id))
        near = [tuple(marks.place(None, zone) for zone in zones) for zones in ([actor.zone_id], beside) if zones]
        elsewhere = [tuple(term for group in near for term in group)]
        return [*(Segment([group]) for group in near), Segment(lacking=elsewhere)]
    if order == "soonest":
        whole = counts.whole
        return [
            Segment(soonest=True, count=counts.of([(marks.SOON,)]), is_known=whole),
            Segment(count=counts.total, is_known=whole),
        ]
    if order == "best" and asked.asks:
        return _best_first(session, counts, asked)
    return [Segment()]


def _best_first(session: Session, counts: Counts, asked: Question) -> list[Segment]:
    """Those that surely have the words in their title, those that surely have them, those that perhaps mean them."""
    is_sure = not asked.sure or asked.sure == asked.demands or not counts.hits(session, asked.sure)
    wanted = asked.demands if is_sure else asked.sure
    title = in_title(wanted)
    if is_sure:
        return [Segment(title), Segment(lacking=title)]
    return [Segment(title), Segment(wanted, lacking=title), Segment(lacking=wanted)]


def _rows(
    session: Session, actor: Actor, counts: Counts, groups: Groups, segment: Segment, after: Place, limit: int
) -> Sequence[Any]:
    few = _are_few(segment, counts)
    conditions: list[Any] = [SearchEntry.community_id == actor.community_id, SearchEntry.kind == KIND, on_board(actor)]
    if few:
        conditions.append(found(session, [audience_of(actor), *groups]))
    elif groups:
        conditions.append(met_on_the_way(session, groups))
    if after.entry_id is not None:
        conditions.append(_after(segment, after))
    entry_id: Any = col(SearchEntry.id)
    # A sum cannot be read off an index: few posts are then sorted, not looked for among all of them in order.
    by_id = entry_id + 0 if few else entry_id
    chosen = (
        select(entry_id, SearchEntry.object_id, SearchEntry.soon_at)
        .join(Post, col(Post.id) == col(SearchEntry.object_id))
        .where(*conditions, _times(segment))
        .order_by(*([col(SearchEntry.soon_at), by_id] if segment.soonest else [by_id.desc()]))
        .limit(limit)
        .subquery()
    )
    # Only the rows of the page are dressed as cards, however many were sorted.
    page = selected().join(chosen, chosen.c.object_id == col(Post.id)).add_columns(chosen.c.id, chosen.c.soon_at)
    in_order = [chosen.c.soon_at, chosen.c.id] if segment.soonest else [chosen.c.id.desc()]
    return session.execute(page.order_by(*in_order)).all()


def _are_few(segment: Segment, counts: Counts) -> bool:
    """Whether it takes less to fetch and sort them all than to walk over the others until a page is full."""
    return segment.is_known and segment.count**2 <= 4 * counts.everything and segment.count < counts.everything


def _times(segment: Segment) -> ColumnElement[bool]:
    soon_at, now = col(SearchEntry.soon_at), clock.now()
    return soon_at >= now if segment.soonest else or_(soon_at.is_(None), soon_at < now)


def _after(segment: Segment, after: Place) -> ColumnElement[bool]:
    entry_id, soon_at = col(SearchEntry.id), col(SearchEntry.soon_at)
    if segment.soonest and after.soon_at is not None:
        return and_(soon_at >= after.soon_at, or_(soon_at > after.soon_at, entry_id > after.entry_id))
    return entry_id < after.entry_id


def cursor_of(order: str, segment: int, entry_id: int, soon_at: datetime | None = None) -> str:
    """The word in an address after which the next page begins."""
    said = [order, segment, entry_id, soon_at.isoformat() if soon_at and order == "soonest" and segment == 0 else None]
    return base64.urlsafe_b64encode(json.dumps(said, separators=(",", ":")).encode()).decode().rstrip("=")


def place_of(cursor: str, order: str, segments: int) -> Place:
    """Where a page begins; the top for a cursor of another order, of yesterday's form, or of nobody's."""
    try:
        said, segment, entry_id, moment = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        soon_at = datetime.fromisoformat(moment).astimezone(UTC) if moment is not None else None
        sane = type(segment) is int and type(entry_id) is int and 0 <= segment < segments and 0 < entry_id < LARGEST_ID
    except (ValueError, TypeError, OverflowError, binascii.Error, RecursionError):
        return Place()
    needs_time = order == "soonest" and segment == 0
    if not sane or said != order or (soon_at is None) == needs_time:
        return Place()
    return Place(segment, entry_id, soon_at)
