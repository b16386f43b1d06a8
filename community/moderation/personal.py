"""What is kept about reports one made, decisions about oneself, and whom one blocked."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from community.moderation.tables import Appeal, Block, Case, CaseNote, Decision, Limit, Report
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.keeping import Cutoff, Gone, Retention, let_go_of
from foundation.personal.kinds import Row

KEPT = timedelta(days=730)
"""How long words about a case are kept after it was closed."""


def _reports(session: Session, whose: Whose) -> Iterator[Row]:
    """Those the person made. What others reported stays between them and the makers."""
    mine = (col(Report.community_id) == whose.community_id, col(Report.reporter_id) == whose.person_id)
    return rows_of(session, Report, *mine)


def _decisions(session: Session, whose: Whose) -> Iterator[Row]:
    """Those about the person, with the reason they read; not who decided."""
    mine = (col(Decision.community_id) == whose.community_id, col(Decision.person_id) == whose.person_id)
    return rows_of(session, Decision, *mine, without=("decided_by_id", "undone_by_id"))


def _appeals(session: Session, whose: Whose) -> Iterator[Row]:
    about_me = select(col(Decision.id)).where(
        col(Decision.community_id) == whose.community_id, col(Decision.person_id) == whose.person_id
    )
    return rows_of(session, Appeal, col(Appeal.decision_id).in_(about_me), without=("answered_by_id",))


def _limits(session: Session, whose: Whose) -> Iterator[Row]:
    mine = (col(Limit.community_id) == whose.community_id, col(Limit.person_id) == whose.person_id)
    return rows_of(session, Limit, *mine)


def _blocks(session: Session, whose: Whose) -> Iterator[Row]:
    return rows_of(session, Block, col(Block.party_id).in_(whose.household_ids))


PERSONAL = (
    PersonalData(
        kind="reports",
        words=N_("What you reported to the makers"),
        purpose=N_("So that the makers can look into it and answer you"),
        basis="interest",
        keeping=N_("That there was a report, as long as the community keeps its records"),
        bound="records",
        rows=_reports,
        tables=(Report, Case, CaseNote),
        # A maker who prints it may be the one it is about.
        on_paper=False,
    ),
    PersonalData(
        kind="decisions",
        words=N_("What makers decided about you, and why"),
        purpose=N_("So that the community stays safe, and you can disagree"),
        basis="interest",
        keeping=N_("As long as the community keeps its records"),
        bound="records",
        rows=_decisions,
        tables=(Decision,),
    ),
    PersonalData(
        kind="appeals",
        words=N_("That you did not agree with a decision, and the answer"),
        purpose=N_("So that another maker can look at it again"),
        basis="interest",
        keeping=N_("As long as the community keeps its records"),
        bound="records",
        rows=_appeals,
        tables=(Appeal,),
    ),
    PersonalData(
        kind="limits",
        words=N_("What you could not do for a while, from when to when"),
        purpose=N_("So that the community stays safe, and you can disagree"),
        basis="interest",
        keeping=N_("As long as the community keeps its records"),
        bound="records",
        rows=_limits,
        tables=(Limit,),
    ),
    PersonalData(
        kind="blocks",
        words=N_("With whom your household wants nothing to do"),
        purpose=N_("So that you do not meet here"),
        basis="agreement",
        keeping=N_("Until you take it back, or leave"),
        bound="wish",
        rows=_blocks,
        tables=(Block,),
        # A maker who prints it may be the one it is about.
        on_paper=False,
    ),
)


def _old_reports(session: Session, cutoff: Cutoff, limit: int) -> Gone:
    due = (col(Report.words) != "") & col(Report.case_id).in_(_closed(cutoff))
    return let_go_of(session, Report, due, limit, community_id=col(Report.community_id), blank={"words": ""})


def _old_notes(session: Session, cutoff: Cutoff, limit: int) -> Gone:
    whose = select(col(Case.community_id)).where(col(Case.id) == col(CaseNote.case_id)).scalar_subquery()
    return let_go_of(session, CaseNote, col(CaseNote.case_id).in_(_closed(cutoff)), limit, community_id=whose)


def _closed(cutoff: Cutoff) -> Any:
    return select(col(Case.id)).where(cutoff.passed(col(Case.closed_at), col(Case.community_id)))


_BOUNDS: dict[str, Any] = {"kind": "reports", "least": timedelta(days=180), "most": timedelta(days=1825)}
"""Half a year, since a decision may be appealed and the same may happen again; five years at most."""
RETENTIONS = (
    Retention(
        "report_words", N_("What people wrote in reports, once the case is closed"), KEPT, _old_reports, **_BOUNDS
    ),
    Retention("case_notes", N_("Makers’ notes on cases, once the case is closed"), KEPT, _old_notes, **_BOUNDS),
)
