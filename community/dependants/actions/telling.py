"""Telling the adults of a household that something waits, and whoever looks after somebody that it may have to stop."""

from community.dependants.notices import CONSENT_CHANGED
from community.dependants.queries import KIND
from community.households.tables import Dependant
from community.notifications.actions import notify
from community.notifications.rules import Notice
from community.parties.queries import people_of
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import registry


def tell_adults(session: Session, community_id: int, dependant: Dependant, notice: Notice, but: int | None) -> None:
    """Tell the adults of the household, but for one who knows. The letter says nothing about anybody."""
    for person in people_of(session, dependant.party_id):
        if person.id is not None and person.id != but:
            notify(
                session,
                person_id=person.id,
                community_id=community_id,
                notice=notice,
                params={},
                endpoint="households.show",
                key=f"{dependant.id}-{clock.now().isoformat()}",
            )


def stop(session: Session, actor: Actor, dependant: Dependant) -> None:
    """A yes is absent from now on: the others hear of it, and what has not begun is looked at again."""
    tell_adults(session, actor.community_id, dependant, CONSENT_CHANGED, actor.person_id)
    look_again(session, actor.community_id, dependant.id or 0)


def look_again(session: Session, community_id: int, dependant_id: int) -> None:
    """Announce `consent_changed(session, community_id, dependant_id)`."""
    for hook in registry.hooks("consent_changed"):
        hook(session, community_id, dependant_id)


def by_themselves(session: Session, community_id: int, verb: str, dependant_id: int) -> None:
    """The line of something that somebody who is looked after did in their own view: no account, so no person."""
    audit.record(session, None, verb, KIND, dependant_id, community_id=community_id, own_view=True)
