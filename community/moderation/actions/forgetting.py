"""What is kept of reports and decisions once somebody has left for good."""

from sqlalchemy import or_, update
from sqlmodel import col, select

from community.leaving.actions.names import names_out
from community.leaving.rules import Going
from community.moderation.tables import Appeal, Case, CaseNote, Decision, Report
from foundation.database import Session


def forget_words(session: Session, going: Going) -> None:
    """What they reported or asked goes; out of cases about them, and decisions, go the names."""
    mine = (col(Report.community_id) == going.community_id) & (col(Report.reporter_id) == going.person_id)
    session.exec(update(Report).where(mine).values(words="").execution_options(synchronize_session=False))
    about = select(col(Case.id)).where(
        col(Case.community_id) == going.community_id,
        or_(col(Case.about_person_id) == going.person_id, col(Case.about_party_id).in_(going.closing)),
    )
    decided = select(col(Decision.id)).where(
        or_(col(Decision.case_id).in_(about), col(Decision.person_id) == going.person_id),
        col(Decision.community_id) == going.community_id,
    )
    appeals = col(Appeal.decision_id).in_(decided)
    session.exec(update(Appeal).where(appeals).values(words="").execution_options(synchronize_session=False))
    names_out(session, going, Report, ("words",), col(Report.case_id).in_(about))
    names_out(session, going, CaseNote, ("words",), col(CaseNote.case_id).in_(about))
    names_out(session, going, Decision, ("reason",), col(Decision.id).in_(decided))
    names_out(session, going, Appeal, ("answer",), appeals)
