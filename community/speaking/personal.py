"""What is kept of words between somebody and the makers."""

from collections.abc import Iterator
from datetime import timedelta

from sqlmodel import col, select

from community.moderation.personal import KEPT
from community.moderation.tables import Case
from community.speaking.tables import CaseTalk
from community.threads.personal import BLANK, GONE
from community.threads.tables import Message, Thread
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.keeping import Cutoff, Gone, Retention, let_go_of
from foundation.personal.kinds import Row


def _talks(session: Session, whose: Whose) -> Iterator[Row]:
    """That one spoke with the makers, and since when; one's words are among one's messages."""
    mine = (col(CaseTalk.community_id) == whose.community_id, col(CaseTalk.person_id) == whose.person_id)
    return rows_of(session, CaseTalk, *mine)


PERSONAL = (
    PersonalData(
        kind="case_talks",
        words=N_("That you spoke with the makers about a report or a decision"),
        purpose=N_("So that both sides are heard"),
        basis="interest",
        keeping=N_("As long as the community keeps its records; the words go some time after the case was closed"),
        bound="records",
        rows=_talks,
        tables=(CaseTalk,),
        # A maker who prints it may be the one it is about.
        on_paper=False,
    ),
)


def _old_words(session: Session, cutoff: Cutoff, limit: int) -> Gone:
    ours = select(col(Thread.community_id)).where(col(Thread.id) == col(Message.thread_id)).scalar_subquery()
    closed = select(col(Case.id)).where(cutoff.passed(col(Case.closed_at), col(Case.community_id)))
    threads = select(col(CaseTalk.thread_id)).where(col(CaseTalk.case_id).in_(closed))
    due = select(col(Message.id)).where(col(Message.thread_id).in_(threads), col(Message.words).not_in(("", GONE)))
    ids = session.scalars(due.order_by(col(Message.id)).limit(limit)).all()
    return let_go_of(session, Message, col(Message.id).in_(ids), limit, community_id=ours, blank=BLANK)


RETENTIONS = (
    Retention(
        "case_talk_words",
        N_("What people and makers wrote to each other about a case, once it is closed"),
        KEPT,
        _old_words,
        kind="case_talks",
        least=timedelta(days=180),
        most=timedelta(days=1825),
    ),
)
