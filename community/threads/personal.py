"""What is kept of the words people wrote."""

from collections.abc import Iterator
from datetime import timedelta

from sqlmodel import col, select

from community.threads.tables import Message, Thread, ThreadRead
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.keeping import Cutoff, Gone, Retention, let_go_of
from foundation.personal.kinds import Row

GONE = "…"
"""What stands in a conversation where words are kept no more."""


def _messages(session: Session, whose: Whose) -> Iterator[Row]:
    """One's own words: those of others are theirs."""
    here = select(col(Thread.id)).where(col(Thread.community_id) == whose.community_id)
    mine = (col(Message.author_id) == whose.person_id, col(Message.event) == "", col(Message.thread_id).in_(here))
    return rows_of(session, Message, *mine, without=("event", "params", "hidden_by_id"))


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
)


def _old_words(session: Session, cutoff: Cutoff, limit: int) -> Gone:
    """The words, whosever they are; that there was a message stays, so that a conversation keeps its order."""
    ours = select(col(Thread.community_id)).where(col(Thread.id) == col(Message.thread_id)).scalar_subquery()
    due = col(Message.words).not_in(("", GONE)) & cutoff.passed(col(Message.sent_at), ours)
    return let_go_of(session, Message, due, limit, community_id=ours, blank={"words": GONE})


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
