"""Telling the adults of a household that something waits, and whoever looks after somebody that it may have to stop."""

from collections.abc import Collection

from community.dependants.notices import CONSENT_CHANGED, FOR_LEAD, NO_CARRIED, NO_REMOVED, SAID_WITHOUT_YOU
from community.dependants.queries import KIND, said_about
from community.households.tables import Dependant
from community.members.queries import makers_of, membership_of
from community.notifications.actions import notify
from community.notifications.rules import Notice
from community.parties.queries import people_of
from community.parties.tables import Party
from community.safeguarding.queries import leads_of
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


def tell_who_left(session: Session, community_id: int, dependant: Dependant, but: int | None) -> None:
    """Tell those who once said something about somebody and have left the household: their word counts still."""
    here = {person.id for person in people_of(session, dependant.party_id)} | {but}
    said = said_about(session, [dependant.id or 0])[dependant.id or 0]
    ids = [one.person_id for one in said if one.person_id is not None and one.person_id not in here]
    _tell(session, community_id, dependant, SAID_WITHOUT_YOU, ids, to_say=True)


def tell_who_refused(session: Session, community_id: int, dependant: Dependant, ids: Collection[int]) -> None:
    """Tell those whose no was carried to somebody just added, so that they can say what they think now."""
    _tell(session, community_id, dependant, NO_CARRIED, ids, to_say=True)


def tell_of_removal(session: Session, community_id: int, dependant: Dependant) -> None:
    """Somebody was taken off the list while a no stood: all who said something hear of it, and somebody outside."""
    said = said_about(session, [dependant.id or 0])[dependant.id or 0]
    if all(one.said != "no" for one in said):
        return
    _tell(session, community_id, dependant, NO_REMOVED, [one.person_id for one in said if one.person_id is not None])
    party = session.get(Party, dependant.party_id)
    within = {one.person_id for one in said} | {person.id for person in people_of(session, dependant.party_id)}
    leads = [one for one in leads_of(session, community_id) if one.id not in within]
    for person in leads or makers_of(session, community_id, party.zone_id if party is not None else None):
        if person.id is not None and person.id not in within:
            notify(
                session,
                person_id=person.id,
                community_id=community_id,
                notice=FOR_LEAD,
                params={},
                endpoint="members.party",
                values={"party_id": dependant.party_id},
                key=f"{dependant.id}-{clock.now().isoformat()}",
            )


def _tell(
    session: Session,
    community_id: int,
    dependant: Dependant,
    notice: Notice,
    ids: Collection[int],
    *,
    to_say: bool = False,
) -> None:
    """Tell some people who still belong; with `to_say` the letter leads to where they say yes or no."""
    for person_id in ids:
        membership = membership_of(session, community_id, person_id)
        if membership is None or membership.state != "approved":
            continue
        notify(
            session,
            person_id=person_id,
            community_id=community_id,
            notice=notice,
            params={},
            endpoint="dependants.ask_consent" if to_say else "members.me",
            values={"dependant_id": dependant.id} if to_say else None,
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


def there_again(session: Session, community_id: int, dependant_id: int) -> None:
    """Announce `consent_given(session, community_id, dependant_id)`: what waited for a yes may go on."""
    for hook in registry.hooks("consent_given"):
        hook(session, community_id, dependant_id)


def by_themselves(session: Session, community_id: int, verb: str, dependant_id: int) -> None:
    """The line of something that somebody who is looked after did in their own view: no account, so no person."""
    audit.record(session, None, verb, KIND, dependant_id, community_id=community_id, own_view=True)
