"""Reading a thread, a page at a time, and what of it is new to a person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, exists, func, or_
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from community.members.tables import Person
from community.threads.rules import LOOKED_THROUGH, PAGE
from community.threads.tables import Message, MessagePhoto, Thread, ThreadMute, ThreadRead
from foundation.database import Session, fold
from foundation.files import StoredFile

_PERSON = "_person_id"


@dataclass(frozen=True)
class Photo:
    """A photograph of a message, as wide and high as it is shown."""

    file_id: int
    words: str
    width: int
    height: int


@dataclass(frozen=True)
class Line:
    """One message as it is read. Either `words`, or `event`: a sentence of the catalogue with `params` to fill it."""

    id: int
    words: str
    event: str
    params: dict[str, str | int]
    author_id: int | None
    author: str
    recorder: str
    """Who wrote it for the author, when a maker did."""
    party_id: int | None
    sent_at: datetime
    hidden: bool
    edited: bool = False
    withdrawn: bool = False
    photos: tuple[Photo, ...] = ()
    recorded_by_id: int | None = None

    @property
    def readable(self) -> bool:
        """Whether there is anything of a person to be read in it."""
        return not (self.event or self.hidden or self.withdrawn)


@dataclass(frozen=True)
class ThreadPage:
    """Lines from older to newer. `older` and `newer` are what to ask for next, `last_id` how far this page reads.

    `older_end` is the line just before the first of this page, from which one reads on backwards.
    """

    lines: tuple[Line, ...]
    older: int | None
    last_id: int
    newer: int | None = None
    older_end: int | None = None


def page_of(
    session: Session,
    thread_id: int,
    *,
    before: int | None = None,
    after: int | None = None,
    at: int | None = None,
    limit: int = PAGE,
) -> ThreadPage:
    """The newest `limit` lines of a thread; or those before or after a message, or those from the message `at` on.

    Where less than a page follows `at`, it is the newest page, so that nobody reads half a page.
    """
    if at is not None and before is None and after is None:
        following = select(col(Message.id)).where(col(Message.thread_id) == thread_id, col(Message.id) >= at)
        if len(session.scalars(following.order_by(col(Message.id)).limit(limit + 1)).all()) > limit:
            after = at - 1
    of_thread = select(Message).where(col(Message.thread_id) == thread_id)
    if after is not None:
        statement = of_thread.where(col(Message.id) > after).order_by(col(Message.id))
        found = list(session.scalars(statement.limit(limit + 1)))
        shown, more = found[:limit], len(found) > limit
        first = shown[0].id if shown else after + 1
        earlier = select(func.max(col(Message.id))).where(col(Message.thread_id) == thread_id, col(Message.id) < first)
        return _page(session, shown, before_it=session.scalar(earlier), newer=more)
    statement = of_thread.order_by(col(Message.id).desc())
    if before is not None:
        statement = statement.where(col(Message.id) < before)
    found = list(session.scalars(statement.limit(limit + 1)))
    before_it = found[limit].id if len(found) > limit else None
    return _page(session, list(reversed(found[:limit])), before_it=before_it, newer=before is not None)


def _page(session: Session, shown: Sequence[Message], *, before_it: int | None, newer: bool) -> ThreadPage:
    lines = _lines(session, shown)
    return ThreadPage(
        lines=lines,
        older=lines[0].id if lines and before_it else None,
        last_id=lines[-1].id if lines else 0,
        newer=lines[-1].id if lines and newer else None,
        older_end=before_it,
    )


def unread(session: Session, person_id: int, thread_ids: Iterable[int]) -> dict[int, int]:
    """How many words of others are new to a person, by thread; threads without any are left out."""
    wanted = list(thread_ids)
    if not wanted:
        return {}
    statement = (
        _unread(person_id)
        .add_columns(col(Message.thread_id), func.count())
        .where(col(Message.thread_id).in_(wanted))
        .group_by(col(Message.thread_id))
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def number_unread(person_id: int, threads: SelectOfScalar[int] | CompoundSelect[Any]) -> ColumnElement[int]:
    """How many words of others are new to a person in the threads that a select of ids gives, as an expression.

    Muted threads do not count: they are read when it suits.
    """
    muted = exists().where(col(ThreadMute.thread_id) == col(Message.thread_id), col(ThreadMute.person_id) == person_id)
    statement = _unread(person_id).add_columns(func.count()).where(col(Message.thread_id).in_(threads), ~muted)
    return statement.scalar_subquery()


def muted_among(session: Session, person_id: int, thread_ids: Iterable[int]) -> set[int]:
    """Which of the threads a person has muted."""
    theirs = (col(ThreadMute.person_id) == person_id, col(ThreadMute.thread_id).in_(list(thread_ids)))
    return set(session.scalars(select(col(ThreadMute.thread_id)).where(*theirs)))


@dataclass(frozen=True)
class Met:
    """A thread as one person meets it."""

    confidential: bool
    muted: bool
    first_unread: int | None


def as_met(session: Session, person_id: int, thread_id: int) -> Met:
    """Whether a thread is confidential or muted, and where what is new to a person begins, in one question."""
    muted = exists().where(col(ThreadMute.thread_id) == col(Thread.id), col(ThreadMute.person_id) == person_id)
    first = _unread(person_id).add_columns(func.min(col(Message.id))).where(col(Message.thread_id) == thread_id)
    statement = select(col(Thread.confidential), muted, first.scalar_subquery()).where(col(Thread.id) == thread_id)
    row = session.execute(statement).one()
    return Met(bool(row[0]), bool(row[1]), row[2])


def to_tell(session: Session, thread_id: int, person_ids: Iterable[int]) -> dict[int, str]:
    """Who of these people hears of new words, each with a key that stays the same until they have read the thread.

    So whoever has not looked yet is told once, however much is written meanwhile. Who muted it is left out.
    """
    wanted = sorted(set(person_ids))
    of_thread = (col(ThreadMute.thread_id) == thread_id, col(ThreadMute.person_id).in_(wanted))
    muted = set(session.scalars(select(col(ThreadMute.person_id)).where(*of_thread)))
    marks = marks_of(session, thread_id, wanted)
    return {one: f"words-after-{marks.get(one, 0)}" for one in wanted if one not in muted}


def marks_of(session: Session, thread_id: int, person_ids: Iterable[int]) -> dict[int, int]:
    """Up to which message each of these people has read a thread."""
    theirs = (col(ThreadRead.thread_id) == thread_id, col(ThreadRead.person_id).in_(list(person_ids)))
    rows = session.execute(select(col(ThreadRead.person_id), col(ThreadRead.message_id)).where(*theirs))
    return {row[0]: row[1] for row in rows}


@dataclass(frozen=True)
class LookedThrough:
    """What a search found, the newest first; `before` is where to look further back, None at the end."""

    lines: tuple[tuple[int, Line], ...]
    before: int | None


def found_in(
    session: Session,
    threads: SelectOfScalar[int] | CompoundSelect[Any],
    words: str,
    *,
    before: int | None = None,
    limit: int = PAGE,
    most: int = LOOKED_THROUGH,
) -> LookedThrough:
    """The messages of some threads in which all the words stand, without case and accents.

    They are compared here and not in the database: so it is the same on both, words that are sealed are found by who
    may read them, and no index of what people write to each other is kept. One search looks at `most` messages.
    """
    asked = fold(words).split()
    if not asked:
        return LookedThrough((), None)
    statement = (
        select(col(Message.id), col(Message.words))
        .where(
            col(Message.thread_id).in_(threads),
            col(Message.words) != "",
            col(Message.hidden_at).is_(None),
            col(Message.withdrawn_at).is_(None),
        )
        .order_by(col(Message.id).desc())
        .limit(most)
    )
    if before is not None:
        statement = statement.where(col(Message.id) < before)
    ids: list[int] = []
    last, looked = None, 0
    for message_id, said in session.execute(statement):
        last, looked = message_id, looked + 1
        plain = fold(said)
        if all(word in plain for word in asked):
            ids.append(message_id)
            if len(ids) == limit:
                break
    found = list(session.scalars(select(Message).where(col(Message.id).in_(ids)).order_by(col(Message.id).desc())))
    rows = zip(found, _lines(session, found), strict=True)
    more = looked == most or len(ids) == limit
    return LookedThrough(tuple((one.thread_id, line) for one, line in rows), last if more else None)


def last_words(session: Session, thread_ids: Sequence[int]) -> dict[int, Line]:
    """The newest line of each thread that has any."""
    if not thread_ids:
        return {}
    newest = (
        select(func.max(col(Message.id))).where(col(Message.thread_id).in_(thread_ids)).group_by(col(Message.thread_id))
    )
    found = list(session.scalars(select(Message).where(col(Message.id).in_(newest))))
    lines = _lines(session, found)
    return {message.thread_id: line for message, line in zip(found, lines, strict=True)}


def photos_of(session: Session, message_ids: Iterable[int]) -> dict[int, tuple[Photo, ...]]:
    """The photographs of messages, in the order they were added."""
    statement = (
        select(MessagePhoto, col(StoredFile.small_width), col(StoredFile.small_height))
        .join(StoredFile, col(StoredFile.id) == col(MessagePhoto.file_id))
        .where(col(MessagePhoto.message_id).in_(list(message_ids)))
        .order_by(col(MessagePhoto.file_id))
    )
    found: dict[int, tuple[Photo, ...]] = {}
    for row, width, height in session.execute(statement):
        one = Photo(row.file_id, row.words, width, height)
        found[row.message_id] = (*found.get(row.message_id, ()), one)
    return found


def message_of_photo(session: Session, file_id: int) -> Message | None:
    """The message with which a photograph came."""
    of_photo = select(col(MessagePhoto.message_id)).where(col(MessagePhoto.file_id) == file_id)
    return session.scalars(select(Message).where(col(Message.id).in_(of_photo))).one_or_none()


def thread_of_message(session: Session, message_id: int) -> Message | None:
    """The message with its `thread_id`, for the owner of the thread to check who may see it."""
    return session.get(Message, message_id)


def _unread(person_id: int) -> "Select[tuple[()]]":
    mark = and_(col(ThreadRead.thread_id) == col(Message.thread_id), col(ThreadRead.person_id) == person_id)
    statement: Select[tuple[()]] = (
        select()  # type: ignore[call-overload]  # the caller adds the columns
        .select_from(Message)
        .outerjoin(ThreadRead, mark)
        .where(
            col(Message.event) == "",
            col(Message.hidden_at).is_(None),
            col(Message.withdrawn_at).is_(None),
            or_(col(Message.author_id).is_(None), col(Message.author_id) != person_id),
            or_(col(ThreadRead.message_id).is_(None), col(Message.id) > col(ThreadRead.message_id)),
        )
    )
    return statement


def _names(session: Session, messages: Iterable[Message]) -> dict[int, str]:
    people: set[int] = set()
    for message in messages:
        people |= {who for who in (message.author_id, message.recorded_by_id) if who is not None}
        people |= {int(value) for name, value in message.params.items() if name.endswith(_PERSON)}
    if not people:
        return {}
    rows = session.execute(select(col(Person.id), col(Person.given_name)).where(col(Person.id).in_(people)))
    return {row[0]: row[1] for row in rows}


def _lines(session: Session, messages: Sequence[Message]) -> tuple[Line, ...]:
    names = _names(session, messages)
    photos = photos_of(session, [message.id or 0 for message in messages])
    return tuple(_line(message, names, photos.get(message.id or 0, ())) for message in messages)


def _line(message: Message, names: dict[int, str], photos: tuple[Photo, ...]) -> Line:
    author = names.get(message.author_id or 0, "")
    params: dict[str, str | int] = {"who": author, **message.params}
    for name, value in message.params.items():
        if name.endswith(_PERSON):
            params[name.removesuffix(_PERSON)] = names.get(int(value), "")
    gone = message.hidden_at is not None or message.withdrawn_at is not None
    return Line(
        id=message.id or 0,
        words="" if gone else message.words,
        event=message.event,
        params=params,
        author_id=message.author_id,
        author=author,
        recorder=names.get(message.recorded_by_id or 0, ""),
        party_id=message.party_id,
        sent_at=message.sent_at,
        hidden=message.hidden_at is not None,
        edited=message.edited_at is not None and not gone,
        withdrawn=message.withdrawn_at is not None,
        photos=() if gone else photos,
        recorded_by_id=message.recorded_by_id,
    )


def author_of_message(session: Session, message_id: int) -> int | None:
    """Who wrote a message; None for an event."""
    return session.scalar(select(col(Message.author_id)).where(col(Message.id) == message_id))
