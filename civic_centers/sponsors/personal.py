"""What is kept of the people behind what organisations give: their words for it, and who wrote them."""

from collections.abc import Iterator

from sqlmodel import col, or_

from civic_centers.sponsors.tables import Pledge, PledgeDelivery, SponsorPage
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.kinds import Row


def _pledges(session: Session, whose: Whose) -> Iterator[Row]:
    theirs = or_(col(Pledge.offered_by_id) == whose.person_id, col(Pledge.party_id).in_(whose.party_ids))
    here = col(Pledge.community_id) == whose.community_id
    return rows_of(session, Pledge, here, theirs, without=("recorded_by_id", "decided_by_id", "thanked_by_id"))


def _pages(session: Session, whose: Whose) -> Iterator[Row]:
    return rows_of(session, SponsorPage, col(SponsorPage.party_id).in_(whose.party_ids))


PERSONAL = (
    PersonalData(
        kind="pledges",
        words=N_("What you pledged for an organisation, and what was noted as given; in euro, never in hours"),
        purpose=N_("So that who counts on it knows, and the organisation has its yearly statement"),
        basis="agreement",
        keeping=N_("As long as the organisation takes part; your name goes with you"),
        bound="records",
        rows=_pledges,
        tables=(Pledge, PledgeDelivery),
    ),
    PersonalData(
        kind="sponsor_pages",
        words=N_("The page of your organisation among those that give"),
        purpose=N_("So that everybody can read who helps"),
        basis="consent",
        keeping=N_("Until you take it away, or the organisation is no longer here"),
        bound="wish",
        rows=_pages,
        tables=(SponsorPage,),
    ),
)
