"""Telling those concerned that their hours moved without an exchange of theirs."""

from community.notifications.actions import notify
from community.notifications.rules import Notice
from community.parties.queries import people_of
from foundation.access import Actor
from foundation.database import Session


def tell(
    session: Session, actor: Actor, party_id: int, notice: Notice, transfer_id: int, params: dict[str, object]
) -> None:
    """Tell everybody who acts for a party, once for each transfer, except who did it."""
    for person in people_of(session, party_id):
        if person.id is not None and person.id != actor.person_id:
            notify(
                session,
                person_id=person.id,
                community_id=actor.community_id,
                notice=notice,
                params=params,
                endpoint="ledger.mine",
                key=f"transfer:{transfer_id}",
            )
