"""What is kept of meetings of several."""

from collections.abc import Iterator

from sqlmodel import col

from exchanges.groups.tables import GroupEvent, GroupExchange, GroupPlace
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.kinds import Row


def _hosted(session: Session, whose: Whose) -> Iterator[Row]:
    return rows_of(session, GroupExchange, col(GroupExchange.host_id).in_(whose.household_ids))


def _places(session: Session, whose: Whose) -> Iterator[Row]:
    return rows_of(session, GroupPlace, col(GroupPlace.party_id).in_(whose.household_ids))


PERSONAL = (
    PersonalData(
        kind="groups",
        words=N_("The meetings of several that your household hosted"),
        purpose=N_("So that the hours of all are written down as each says"),
        basis="agreement",
        keeping=N_("As long as the community keeps its hours; your name goes with you"),
        rows=_hosted,
        tables=(GroupExchange, GroupEvent),
    ),
    PersonalData(
        kind="group_places",
        words=N_("Your places in meetings of several"),
        purpose=N_("So that the hours of all are written down as each says"),
        basis="agreement",
        keeping=N_("As long as the community keeps its hours; your name goes with you"),
        rows=_places,
        tables=(GroupPlace,),
    ),
)
