"""Writing in a thread. Whoever owns the thread has already checked that the actor may."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import func, update
from sqlmodel import col, delete, select

from community.moderation.policies import must_be_free
from community.threads.rules import LONGEST_SEEN, check_words, is_recent
from community.threads.tables import Message, MessagePhoto, Thread, ThreadMute, ThreadRead
from foundation import audit, clock, files
from foundation.access import Actor
from foundation.crypto.sealed import Confidential, alike
from foundation.database import Session, append, insert_if_absent
from foundation.errors import N_, Invalid, Missing, Refused
from foundation.files import StoredImage
from foundation.signals import signal

PHOTO_KIND = "message_photo"


def open_thread(session: Session, community_id: int, *, about: str = "") -> int:
    """A new, empty thread; its id is kept by what the thread is about.

    `about` is the title of that: where it is Confidential, whatever is written in the thread will be.
    """
    thread = Thread(community_id=community_id, confidential=isinstance(about, Confidential))
    session.add(thread)
    session.flush()
    return _kept(thread.id)


def write(
    session: Session,
    actor: Actor,
    thread_id: int,
    words: str,
    photos: Sequence[StoredImage | int] = (),
    seen: str = "",
    *,
    to_makers: bool = False,
) -> int:
    """Add a person's words and give the message's id; the author has read up to there. Raises Invalid, Limited.

    `photos` are on disk, or the numbers of such as wait for this person's message; `seen` says what is on them. With
    `to_makers` nothing limits them: who may write to nobody else is heard there.
    """
    if not to_makers:
        must_be_free(session, actor, "messages")
    said = check_words(words, len(photos))
    closed = session.scalar(select(col(Thread.confidential)).where(col(Thread.id) == thread_id))
    message = Message(
        thread_id=thread_id,
        author_id=actor.must_be_person(),
        party_id=actor.party_id,
        recorded_by_id=actor.recorded_by_id,
        words=Confidential(said) if closed else said,
        sent_at=clock.now(),
    )
    session.add(message)
    session.flush()
    if closed and photos:
        raise Invalid(N_("Only words can be written here: what it is about is confidential."), field="photos")
    _add_photos(session, actor, _kept(message.id), photos, seen.strip()[:LONGEST_SEEN])
    mark_read(session, actor, thread_id, _kept(message.id))
    signal(session, f"thread:{thread_id}")
    return _kept(message.id)


def _add_photos(
    session: Session, actor: Actor, message_id: int, photos: Sequence[StoredImage | int], seen: str
) -> None:
    person_id = actor.must_be_person()
    for photo in photos:
        if isinstance(photo, StoredImage):
            file_id = files.keep(
                session, photo, kind=PHOTO_KIND, community_id=actor.community_id, owner_person_id=person_id
            )
        else:
            file_id = photo
            files.hold(session, file_id, kind=PHOTO_KIND, owner_person_id=person_id)
        session.add(MessagePhoto(message_id=message_id, file_id=file_id, words=seen))
    session.flush()


def keep_photo_waiting(session: Session, actor: Actor, stored: StoredImage) -> int:
    """Keep a photograph for a day, for a message that came back with a question."""
    return files.keep(
        session,
        stored,
        kind=PHOTO_KIND,
        community_id=actor.community_id,
        owner_person_id=actor.must_be_person(),
        held=False,
    )


def edit(session: Session, actor: Actor, message_id: int, words: str, *, over: bool, kept: bool) -> None:
    """Put one's own words right, unless the conversation is `over`.

    `kept`: makers look at them. They change all the same, so that nobody learns of a report by trying, and what was
    reported stays sealed for the makers. Raises Missing for the words of others, Refused when it is too late, Invalid,
    Limited.
    """
    must_be_free(session, actor, "messages")
    message = _own(session, actor, message_id)
    if over or not is_recent(message.sent_at, clock.now()):
        raise Refused(
            N_("This message cannot be changed any more."), advice=N_("Write another one, or take this one back.")
        )
    photos = select(func.count()).where(col(MessagePhoto.message_id) == message_id)
    said = check_words(words, session.scalar(photos) or 0)
    if said == message.words:
        return
    if kept and message.reported_words is None:
        message.reported_words = str(message.words)
    message.words, message.edited_at = alike(said, message.words), clock.now()
    session.add(message)
    signal(session, f"thread:{message.thread_id}")


def withdraw(session: Session, actor: Actor, message_id: int, *, kept: bool) -> None:
    """Take one's own message back, with its photographs; twice changes nothing. Raises Missing for those of others.

    `kept`: makers look at it; it leaves the thread all the same, and they go on reading it.
    """
    message = _own(session, actor, message_id, withdrawn=True)
    if message.withdrawn_at is not None:
        return
    message.withdrawn_at = clock.now()
    if not kept:
        message.words = ""
        forget_photos(session, [message_id])
    session.add(message)
    signal(session, f"thread:{message.thread_id}")


def _own(session: Session, actor: Actor, message_id: int, *, withdrawn: bool = False) -> Message:
    """A message the person wrote, held until the end of the transaction; of what a maker wrote for them, the maker."""
    statement = select(Message).where(col(Message.id) == message_id).with_for_update()
    message = session.scalars(statement.execution_options(populate_existing=True)).one_or_none()
    if message is None or message.event or message.author_id != actor.must_be_person() or message.hidden_at:
        raise Missing()
    if (message.recorded_by_id or message.author_id) != actor.recorder_id or (message.withdrawn_at and not withdrawn):
        raise Missing()
    return message


def forget_photos(session: Session, message_ids: Iterable[int | None]) -> None:
    """Let the photographs of some messages go."""
    of_these = col(MessagePhoto.message_id).in_(list(message_ids))
    for file_id in session.scalars(select(col(MessagePhoto.file_id)).where(of_these)).all():
        files.let_go(session, file_id)
    session.execute(delete(MessagePhoto).where(of_these).execution_options(synchronize_session="fetch"))


def mute(session: Session, actor: Actor, thread_id: int, *, muted: bool) -> None:
    """Hear nothing more of a thread, or hear of it again; twice changes nothing."""
    person_id = actor.must_be_person()
    if muted:
        values = {"thread_id": thread_id, "person_id": person_id, "since": clock.now()}
        insert_if_absent(session, ThreadMute, values, conflict=["thread_id", "person_id"])
    else:
        theirs = (col(ThreadMute.thread_id) == thread_id, col(ThreadMute.person_id) == person_id)
        session.execute(delete(ThreadMute).where(*theirs).execution_options(synchronize_session=False))
    signal(session, f"person:{person_id}")


def tell(session: Session, actor: Actor | None, thread_id: int, event: str, params: Mapping[str, str | int]) -> None:
    """Add an event: an English sentence of the catalogue. `actor` None means that it happened by itself.

    %(who)s is filled with the actor's name when the thread is read, and %(x)s from a parameter `x_person_id`, so that
    no name stays behind in the thread of somebody who leaves.
    """
    session.flush()
    line = {
        "thread_id": thread_id,
        "author_id": actor.person_id if actor else None,
        "party_id": actor.party_id if actor else None,
        "recorded_by_id": actor.recorded_by_id if actor else None,
        "event": event,
        "params": dict(params),
        "sent_at": clock.now(),
    }
    append(session, Message, line)
    signal(session, f"thread:{thread_id}")


def mark_read(session: Session, actor: Actor, thread_id: int, upto: int) -> bool:
    """Note that the actor has read the thread up to a message; never moves back. Give whether any of it was new."""
    last = session.scalar(
        select(func.max(col(Message.id))).where(col(Message.thread_id) == thread_id, col(Message.id) <= upto)
    )
    if last is None:
        return False
    person_id = actor.must_be_person()
    values = {"thread_id": thread_id, "person_id": person_id, "message_id": last}
    moved = insert_if_absent(session, ThreadRead, values, conflict=["thread_id", "person_id"])
    if not moved:
        changed = session.exec(
            update(ThreadRead)
            .where(
                col(ThreadRead.thread_id) == thread_id,
                col(ThreadRead.person_id) == person_id,
                col(ThreadRead.message_id) < last,
            )
            .values(message_id=last)
            .execution_options(synchronize_session=False)
        )
        moved = changed.rowcount > 0
    signal(session, f"person:{person_id}")
    return moved


def hide_message(session: Session, actor: Actor, message_id: int) -> None:
    """Take a message out of sight: a moderator's decision. Hiding it twice changes nothing. Raises Missing."""
    message = session.get(Message, message_id)
    if message is None or message.event:
        raise Missing()
    if message.hidden_at is None:
        message.hidden_at = clock.now()
        message.hidden_by_id = actor.recorder_id
        audit.record(session, actor, "hid", "message", message_id)
        signal(session, f"thread:{message.thread_id}")


def show_message_again(session: Session, actor: Actor, message_id: int) -> None:
    """Take it back: the message is read again. Nothing changes for one that was not hidden. Raises Missing."""
    message = session.get(Message, message_id)
    if message is None:
        raise Missing()
    if message.hidden_at is not None:
        message.hidden_at, message.hidden_by_id = None, None
        audit.record(session, actor, "showed_again", "message", message_id)
        signal(session, f"thread:{message.thread_id}")


def _kept(number: int | None) -> int:
    if number is None:
        raise ValueError("asked for the id before the row was kept")
    return number
