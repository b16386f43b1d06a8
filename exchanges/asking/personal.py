"""What is kept of who asked about which post."""

from collections.abc import Iterator

from sqlmodel import col

from exchanges.asking.tables import PostQuestion
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.kinds import Row


def _asked(session: Session, whose: Whose) -> Iterator[Row]:
    here = col(PostQuestion.community_id) == whose.community_id
    return rows_of(session, PostQuestion, here, col(PostQuestion.asked_by_id) == whose.person_id)


PERSONAL = (
    PersonalData(
        kind="post_questions",
        words=N_("Which posts you asked about, and when"),
        purpose=N_("So that you find what was answered"),
        basis="agreement",
        keeping=N_("As long as the community keeps its records; your words and your name go when you leave"),
        bound="records",
        rows=_asked,
        tables=(PostQuestion,),
    ),
)
