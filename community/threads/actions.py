"""Writing in a thread. Whoever owns the thread has already checked that the actor may."""

from collections.abc import Mapping

from sqlalchemy import func, update
from sqlmodel import col, select

from community.moderation.policies import must_be_free
from community.threads.rules import check_words
from community.threads.tables import Message, Thread, ThreadRead
from foundation import audit, clock
from foundation.access import Actor
from foundation.crypto.sealed import Confidential
from foundation.database import Session, append, insert_if_absent
from foundation.errors import Missing


def open_thread(session: Session, community_id: int, *, about: str = "") -> int:
    """A new, empty thread; its id is kept by what the thread is about.

    `about` is the title of that: where it is Confidential, whatever is written in the thread will be.
    """
    thread = Thread(community_id=community_id, confidential=isinstance(about, Confidential))
    session.add(thread)
    session.flush()
    return _kept(thread.id)


def write(session: Session, actor: Actor, thread_id: int, words: str) -> int:
    """Add a person's words and give the message's id; the author has read up to there. Raises Invalid, Limited."""
    must_be_free(session, actor, "messages")
    said = check_words(words)
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
    mark_read(session, actor, thread_id, _kept(message.id))
    return _kept(message.id)


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


def mark_read(session: Session, actor: Actor, thread_id: int, upto: int) -> None:
    """Note that the actor has read the thread up to a message; never moves back. Nothing to do in an empty thread."""
    last = session.scalar(
        select(func.max(col(Message.id))).where(col(Message.thread_id) == thread_id, col(Message.id) <= upto)
    )
    if last is None:
        return
    person_id = actor.must_be_person()
    values = {"thread_id": thread_id, "person_id": person_id, "message_id": last}
    if not insert_if_absent(session, ThreadRead, values, conflict=["thread_id", "person_id"]):
        session.execute(
            update(ThreadRead)
            .where(
                col(ThreadRead.thread_id) == thread_id,
                col(ThreadRead.person_id) == person_id,
                col(ThreadRead.message_id) < last,
            )
            .values(message_id=last)
            .execution_options(synchronize_session=False)
        )


def hide_message(session: Session, actor: Actor, message_id: int) -> None:
    """Take a message out of sight: a moderator's decision. Hiding it twice changes nothing. Raises Missing."""
    message = session.get(Message, message_id)
    if message is None or message.event:
        raise Missing()
    if message.hidden_at is None:
        message.hidden_at = clock.now()
        message.hidden_by_id = actor.recorder_id
        audit.record(session, actor, "hid", "message", message_id)


def show_message_again(session: Session, actor: Actor, message_id: int) -> None:
    """Take it back: the message is read again. Nothing changes for one that was not hidden. Raises Missing."""
    message = session.get(Message, message_id)
    if message is None:
        raise Missing()
    if message.hidden_at is not None:
        message.hidden_at, message.hidden_by_id = None, None
        audit.record(session, actor, "showed_again", "message", message_id)


def _kept(number: int | None) -> int:
    if number is None:
        raise ValueError("asked for the id before the row was kept")
    return number
