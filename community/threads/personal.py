"""What is kept of the words people wrote."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import exists, or_
from sqlmodel import col, select

from community.threads.actions import forget_photos
from community.threads.tables import Message, MessagePhoto, Thread, ThreadMute, ThreadRead
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.keeping import Cutoff, Gone, Retention, let_go_of
from foundation.personal.kinds import Row

GONE = "…"
"""What stands in a conversation where words are kept no more."""
BLANK = {"words": GONE, "reported_words": None}


def _messages(session: Session, whose: Whose) -> Iterator[Row]:
    """One's own words: those of others are theirs. That something was reported is not said here."""
    here = select(col(Thread.id)).where(col(Thread.community_id) == whose.community_id)
    mine = (col(Message.author_id) == whose.person_id, col(Message.event) == "", col(Message.thread_id).in_(here))
    return rows_of(session, Message, *mine, without=("event", "params", "hidden_by_id", "reported_words"))


def _photos(session: Session, whose: Whose) -> Iterator[Row]:
    """What one wrote about one's photographs; the pictures themselves are among one's files."""
    here = select(col(Thread.id)).where(col(Thread.community_id) == whose.community_id)
    mine = select(col(Message.id)).where(col(Message.author_id) == whose.person_id, col(Message.thread_id).in_(here))
    return rows_of(session, MessagePhoto, col(MessagePhoto.message_id).in_(mine))


def _pictures(session: Session, whose: Whose) -> Iterator[int]:
    for row in _photos(session, whose):
        yield int(str(row["file_id"]))


def _muted(session: Session, whose: Whose) -> Iterator[Row]:
    here = select(col(Thread.id)).where(col(Thread.community_id) == whose.community_id)
    mine = (col(ThreadMute.person_id) == whose.person_id, col(ThreadMute.thread_id).in_(here))
    return rows_of(session, ThreadMute, *mine)


PERSONAL = (
    PersonalData(
        kind="messages",
        words=N_("What you wrote in conversations, and how far you have read them"),
        purpose=N_("So that you can agree with each other"),
        basis="agreement",
        keeping=N_("As long as the community keeps its records; your words and your name go when you leave"),
        bound="records",
        rows=_messages,
        tables=(Message, ThreadRead),
    ),
    PersonalData(
        kind="message_photos",
        words=N_("The photographs you sent in conversations"),
        purpose=N_("So that you can agree with each other"),
        basis="agreement",
        keeping=N_("As long as the words they came with; they go when you leave"),
        bound="records",
        rows=_photos,
        pictures=_pictures,
        tables=(MessagePhoto,),
    ),
    PersonalData(
        kind="muted_threads",
        words=N_("The conversations of which you want to hear nothing"),
        purpose=N_("So that you hear of what you want to hear"),
        basis="agreement",
        keeping=N_("Until you want to hear of them again; they go when you leave"),
        bound="wish",
        rows=_muted,
        tables=(ThreadMute,),
    ),
)


def _old_words(session: Session, cutoff: Cutoff, limit: int) -> Gone:
    """The words and photographs, whosever they are; that there was a message stays, so that the order is kept."""
    ours = select(col(Thread.community_id)).where(col(Thread.id) == col(Message.thread_id)).scalar_subquery()
    photos = exists().where(col(MessagePhoto.message_id) == col(Message.id))
    said = or_(col(Message.words).not_in(("", GONE)), photos)
    due = select(col(Message.id)).where(said, cutoff.passed(col(Message.sent_at), ours))
    ids = session.scalars(due.order_by(col(Message.id)).limit(limit)).all()
    forget_photos(session, ids)
    return let_go_of(session, Message, col(Message.id).in_(ids), limit, community_id=ours, blank=BLANK)


RETENTIONS = (
    Retention(
        "old_messages",
        N_("What people wrote to each other"),
        None,
        _old_words,
        kind="messages",
        least=timedelta(days=365),
    ),
)
