"""What is kept of who asks for or offers help with a home: in the person's own file, and in no other."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import false
from sqlmodel import col, func, or_, select

from care.housing.actions.leaving import destroy
from care.housing.rules.sealing import NOTE, PAPER, QUESTION, open_terms, open_told
from care.housing.tables import (
    HousingCase,
    HousingKeptFrom,
    HousingMatch,
    HousingMoney,
    HousingNote,
    HousingPaper,
    HousingQuestion,
    HousingSheet,
)
from foundation import clock
from foundation.crypto.scopes import open_in
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose
from foundation.personal.keeping import Cutoff, Gone, Retention
from foundation.personal.kinds import Row

KIND = "housing"
A_YEAR = timedelta(days=365)


def _rows(session: Session, whose: Whose) -> Iterator[Row]:
    mine = (col(HousingCase.community_id) == whose.community_id, col(HousingCase.person_id) == whose.person_id)
    for case in session.exec(select(HousingCase).where(*mine).order_by(col(HousingCase.id))):
        yield _case(session, case)


def _case(session: Session, case: HousingCase) -> Row:
    told = open_told(case.key, case.told)
    papers = session.exec(
        select(HousingPaper).where(col(HousingPaper.case_id) == case.id).order_by(col(HousingPaper.id))
    )
    said = select(HousingNote).where(col(HousingNote.case_id) == case.id, col(HousingNote.of_person))
    asked = select(HousingQuestion).where(col(HousingQuestion.case_id) == case.id).order_by(col(HousingQuestion.id))
    return {
        "id": case.id,
        "side": case.side,
        "kind": case.kind,
        "state": case.state,
        "outcome": case.outcome,
        "words": told.words,
        "place": told.place,
        "conditions": told.conditions,
        "bands": told.bands,
        "reach": case.reach,
        "reach_words": told.reach_words,
        "from_on": case.from_on,
        "to_on": case.to_on,
        "amount_cents": case.amount_cents,
        "is_wide": case.is_wide,
        "opened_at": case.opened_at,
        "ended_at": case.ended_at,
        "papers": [{"words": open_in(case.key, one.words, PAPER), "due_on": one.due_on} for one in papers],
        "said": [open_in(case.key, one.words, NOTE) for one in session.exec(said.order_by(col(HousingNote.id)))],
        "asked": [
            {"step": one.step, "words": open_in(case.key, one.words, QUESTION), "answer": one.answer}
            for one in session.exec(asked)
        ],
        **_agreed(session, case),
    }


def _agreed(session: Session, case: HousingCase) -> Row:
    side = or_(col(HousingMatch.need_id) == case.id, col(HousingMatch.offer_id) == case.id)
    met = side & or_(col(HousingMatch.state) == "introduced", col(HousingMatch.ended_how) == "done")
    matches = list(session.exec(select(HousingMatch).where(met)))
    keys = {one.id: one.key for one in matches}
    sheets = session.exec(
        select(HousingSheet).where(col(HousingSheet.match_id).in_(keys)).order_by(col(HousingSheet.id))
    )
    money = session.exec(
        select(HousingMoney).where(col(HousingMoney.match_id).in_(keys)).order_by(col(HousingMoney.id))
    )
    return {
        "agreed": [{"number": one.number, **open_terms(keys[one.match_id], one.terms)} for one in sheets],
        "euro": [
            {
                "amount_cents": one.amount_cents,
                "promised_on": one.promised_on,
                "given_on": one.given_on,
                "returned_on": one.returned_on,
            }
            for one in money
        ],
    }


def _clear(session: Session, cutoff: Cutoff, limit: int) -> Gone:
    here = col(HousingCase.community_id)
    never_sent = (col(HousingCase.state) == "draft") & cutoff.passed(col(HousingCase.touched_at), here)
    due = or_(cutoff.passed(col(HousingCase.ended_at), here), never_sent) & (col(HousingCase.key) != "")
    # A help that still lasts, or of which somebody is to be asked, is not over.
    waits = or_(
        col(HousingCase.follow_on).is_not(None), func.coalesce(col(HousingCase.until_on) >= clock.now().date(), false())
    )
    statement = select(HousingCase.id, HousingCase.community_id).where(due, ~waits).order_by(col(HousingCase.id))
    rows = session.execute(statement.limit(limit)).all()
    destroy(session, [row[0] for row in rows])
    return Gone(row[1] for row in rows)


PERSONAL = (
    PersonalData(
        kind=KIND,
        words=N_("What you asked for or offered about a home, what you were asked about it, and what you agreed upon"),
        purpose=N_("So that the desk of your zone can help, and bring you together with somebody"),
        basis="consent",
        keeping=N_("One year after it is over; then its key is destroyed, and only how it ended is counted"),
        rows=_rows,
        tables=(
            HousingCase, HousingKeptFrom, HousingNote, HousingPaper, HousingMatch, HousingQuestion, HousingSheet,
            HousingMoney,
        ),
        # Who prints it could be the one who must not see it.
        on_paper=False,
    ),
)  # fmt: skip
RETENTIONS = (
    Retention(
        name="housing.cases",
        words=N_("What was said about a home that is no longer looked for or offered"),
        after=A_YEAR,
        clear=_clear,
        kind=KIND,
    ),
)
