"""Notes of the desk, what the person says later, and the papers that are to be got."""

from datetime import date

from sqlmodel import col, func, select

from care.housing.actions.telling import tell_desk
from care.housing.queries.cases import KIND, case_at_desk, case_to_keep, own_case
from care.housing.rules.cases import LIVE, LONGEST_LINE, MOST_PAPERS, check_words, not_now
from care.housing.rules.sealing import NOTE, PAPER
from care.housing.tables import HousingCase, HousingNote, HousingPaper
from community.communities.queries import today_of
from foundation import audit
from foundation.access import Actor
from foundation.crypto.scopes import close_in
from foundation.database import Session
from foundation.errors import N_, Missing, Refused


def note(session: Session, actor: Actor, case_id: int, words: str) -> None:
    """Somebody of the desk notes something; the others who read the case read it. Raises Missing, Invalid."""
    case = case_at_desk(session, actor, case_id, lock=True)
    if not case.key:
        raise not_now()
    keep_note(session, actor, case, check_words(words))
    audit.record(session, actor, "noted", KIND, case_id)


def say_to_desk(session: Session, actor: Actor, case_id: int, words: str) -> None:
    """The person adds something, or says how it goes. Raises Missing, Invalid, NotNow for what was never sent."""
    case = own_case(session, actor, case_id, lock=True)
    if case.state == "draft":
        raise not_now()
    keep_note(session, actor, case, check_words(words), of_person=True)
    session.flush()
    audit.record(session, actor, "changed", KIND, case_id)
    number = session.scalar(select(func.count()).select_from(HousingNote).where(col(HousingNote.case_id) == case_id))
    tell_desk(session, case, f"said:{number}", but=actor)


def add_paper(session: Session, actor: Actor, case_id: int, words: str, due_on: date | None) -> None:
    """Put a paper on the list of a case. Raises Missing, Invalid, NotNow, Refused for too many."""
    case = case_to_keep(session, actor, case_id)
    if case.state not in ("draft", *LIVE):
        raise not_now()
    said = check_words(words, longest=LONGEST_LINE)
    there = select(func.count()).select_from(HousingPaper).where(col(HousingPaper.case_id) == case_id)
    if (session.scalar(there) or 0) >= MOST_PAPERS:
        raise Refused(N_("The list is long enough."))
    session.add(
        HousingPaper(
            community_id=case.community_id, case_id=case_id, words=close_in(case.key, said, PAPER), due_on=due_on
        )
    )
    audit.record(session, actor, "papers", KIND, case_id)


def tick_paper(session: Session, actor: Actor, case_id: int, paper_id: int, *, done: bool) -> None:
    """Say that a paper is there, or that it is not after all. Raises Missing."""
    case = case_to_keep(session, actor, case_id)
    paper = session.get(HousingPaper, paper_id)
    if paper is None or paper.case_id != case.id:
        raise Missing()
    paper.done_on = today_of(session, case.community_id) if done else None
    session.add(paper)
    audit.record(session, actor, "papers", KIND, case_id)


def keep_note(session: Session, actor: Actor, case: HousingCase, words: str, *, of_person: bool = False) -> None:
    """A note, closed with the key of its case."""
    session.add(
        HousingNote(
            community_id=case.community_id,
            case_id=case.id or 0,
            author_id=actor.recorder_id,
            of_person=of_person,
            words=close_in(case.key, words, NOTE),
        )
    )
