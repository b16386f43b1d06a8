"""What is kept about reports one made, and whom one blocked."""

from collections.abc import Iterator

from sqlmodel import col

from community.moderation.tables import Block, Report
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.kinds import Row


def _reports(session: Session, whose: Whose) -> Iterator[Row]:
    """Those the person made. What others reported stays between them and the makers."""
    mine = (col(Report.community_id) == whose.community_id, col(Report.reporter_id) == whose.person_id)
    return rows_of(session, Report, *mine, without=("about_party_id", "closed_by_id"))


def _blocks(session: Session, whose: Whose) -> Iterator[Row]:
    return rows_of(session, Block, col(Block.party_id).in_(whose.household_ids))


PERSONAL = (
    PersonalData(
        kind="reports",
        words=N_("What you reported to the makers, and what became of it"),
        purpose=N_("So that the makers can look into it and answer you"),
        basis="interest",
        keeping=N_("As long as the community keeps its records"),
        rows=_reports,
        tables=(Report,),
    ),
    PersonalData(
        kind="blocks",
        words=N_("With whom your household wants nothing to do"),
        purpose=N_("So that you do not meet here"),
        basis="agreement",
        keeping=N_("Until you take it back, or leave"),
        rows=_blocks,
        tables=(Block,),
    ),
)
