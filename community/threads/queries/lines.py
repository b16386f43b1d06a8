"""Messages as they are shown, with their photographs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select

from community.members.tables import Person
from community.threads.queries.marks import _PERSON
from community.threads.tables import Message, MessagePhoto
from foundation.database import Session
from foundation.files import StoredFile


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


def last_words(session: Session, thread_ids: Sequence[int]) -> dict[int, Line]:
    """The newest line of each thread that has any."""
    if not thread_ids:
        return {}
    newest = (
        select(func.max(col(Message.id))).where(col(Message.thread_id).in_(thread_ids)).group_by(col(Message.thread_id))
    )
    found = list(session.scalars(select(Message).where(col(Message.id).in_(newest))))
    lines = lines_of(session, found)
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


def _names(session: Session, messages: Iterable[Message]) -> dict[int, str]:
    people: set[int] = set()
    for message in messages:
        people |= {who for who in (message.author_id, message.recorded_by_id) if who is not None}
        people |= {int(value) for name, value in message.params.items() if name.endswith(_PERSON)}
    if not people:
        return {}
    rows = session.execute(select(col(Person.id), col(Person.given_name)).where(col(Person.id).in_(people)))
    return {row[0]: row[1] for row in rows}


def lines_of(session: Session, messages: Sequence[Message]) -> tuple[Line, ...]:
    """Some messages as they are shown, in the order given: two questions however many they are."""
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
