"""Telling the adults of a household what was proposed or done."""

from collections.abc import Collection

from community.households.tables import HouseholdChange
from community.members.queries import person_of
from community.notifications.actions import notify
from community.notifications.rules import Notice
from community.parties.queries import people_of
from community.parties.tables import Party
from foundation.database import Session


def tell(
    session: Session, change: HouseholdChange, people: Collection[int], notice: Notice, party: Party, endpoint: str
) -> None:
    """Tell some people about a change of a household, once."""
    who = person_of(session, change.proposed_by_id).given_name
    params = {"who": who, "party": party.name}
    for person_id in sorted(people):
        notify(
            session,
            person_id=person_id,
            community_id=change.community_id,
            notice=notice,
            params=notice.taking(params),
            endpoint=endpoint,
            key=f"{change.id}",
        )


def adults(session: Session, party_id: int | None, but: int | None) -> set[int]:
    """The adults of a household by id, but for one who knows already."""
    return {person.id for person in people_of(session, party_id or 0) if person.id is not None and person.id != but}
