"""What is kept of meetings of several."""

from collections.abc import Iterator

from sqlmodel import col

from exchanges.agreements.rules import CONTACTS_GO, CONTACTS_LAST
from exchanges.groups.tables import GroupEvent, GroupExchange, GroupPlace
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.keeping import Cutoff, Gone, Retention, let_go_of
from foundation.personal.kinds import Row


def _hosted(session: Session, whose: Whose) -> Iterator[Row]:
    return rows_of(session, GroupExchange, col(GroupExchange.host_id).in_(whose.household_ids))


def _group_places(session: Session, cutoff: Cutoff, limit: int) -> Gone:
    here = col(GroupExchange.community_id)
    due = (col(GroupExchange.place_words) != "") & cutoff.passed(col(GroupExchange.ended_at), here)
    return let_go_of(session, GroupExchange, due, limit, community_id=here, blank={"place_words": ""})


def _places(session: Session, whose: Whose) -> Iterator[Row]:
    return rows_of(session, GroupPlace, col(GroupPlace.party_id).in_(whose.household_ids))


PERSONAL = (
    PersonalData(
        kind="groups",
        words=N_("The meetings of several that your household hosted"),
        purpose=N_("So that the hours of all are written down as each says"),
        basis="agreement",
        keeping=N_("As long as the community keeps its hours; your name goes with you"),
        bound="ledger",
        rows=_hosted,
        tables=(GroupExchange, GroupEvent),
    ),
    PersonalData(
        kind="group_places",
        words=N_("Your places in meetings of several"),
        purpose=N_("So that the hours of all are written down as each says"),
        basis="agreement",
        keeping=N_("As long as the community keeps its hours; your name goes with you"),
        bound="ledger",
        rows=_places,
        tables=(GroupPlace,),
    ),
)

RETENTIONS = (
    Retention(
        "group_places",
        N_("Where several met, once it is over"),
        CONTACTS_LAST,
        _group_places,
        kind="groups",
        fixed=CONTACTS_GO,
    ),
)
