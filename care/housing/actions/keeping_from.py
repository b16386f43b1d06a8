"""Writing down who must not see a case."""

from collections.abc import Collection

from sqlmodel import col, delete

from care.housing.tables import HousingCase, HousingKeptFrom
from foundation.database import Session


def keep_from(session: Session, case: HousingCase, people: Collection[int]) -> None:
    """From now on these people of the desk, and no others, must not see the case. The caller holds it."""
    gone = delete(HousingKeptFrom).where(col(HousingKeptFrom.case_id) == case.id)
    session.exec(gone.execution_options(synchronize_session=False))
    for person_id in sorted(people):
        kept = HousingKeptFrom(case_id=case.id or 0, excluded_maker_id=person_id, community_id=case.community_id)
        session.add(kept)
    session.flush()
