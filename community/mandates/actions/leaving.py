"""A household without e-mail told a maker that it leaves, or that it comes back after all."""

from collections.abc import Iterable

from sqlmodel import col, select

from community.leaving.actions import come_back, leave
from community.leaving.tables import Departure
from community.mandates.policies import must_keep_person
from community.mandates.queries import departures_with, home_to_keep, must_stand
from community.members.queries import membership_of
from community.parties.queries import hold_parties
from community.parties.tables import Party
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Missing, Refused


def leave_as_told(session: Session, actor: Actor, party_id: int, *, person_id: int | None = None) -> list[Departure]:
    """All adults of the household leave the community, as they told this maker; their hours go to the common fund.

    With `person_id` only that adult does: the household stays with the others, and so does its agreement, unless it was
    this adult who gave it. Also who is paused may go. Raises Missing outside the maker's zones and for who is no adult
    of the household, NotStanding without an agreement.
    """
    hold_parties(session, (party_id,), alone=True)
    home = home_to_keep(session, actor, party_id)
    agreed = must_stand(session, actor.community_id, party_id).person_id
    if person_id is not None and person_id not in {person.id for person in home.people}:
        raise Missing()
    who = [person.id or 0 for person in home.people if person_id in (None, person.id)]
    # Who agreed goes last: with them ends what allows a maker to do this.
    people = sorted(who, key=lambda one: (one == agreed, one))
    return [
        leave(
            session,
            Actor(
                community_id=actor.community_id,
                person_id=one,
                party_id=party_id,
                recorded_by_id=actor.recorder_id,
                party_ids=(party_id,),
            ),
        )
        for one in people
        if _is_here(session, actor.community_id, one)
    ]


def return_as_told(session: Session, actor: Actor, person_id: int) -> int:
    """A person without e-mail comes back within the two weeks, with who left the same household with them.

    What they agreed to before they left has ended: they are asked anew. Raises Missing outside the maker's zones, and
    where there is nothing to come back to; Refused where the others have closed their household since. Says how many
    are back.
    """
    must_keep_person(session, actor, person_id)
    found = departures_with(session, actor.community_id, person_id)
    if not any(departure.closing for departure in found) and not _any_open(session, found):
        raise Refused(
            N_("Their household has closed since then."),
            advice=N_("Bring back who closed it first, if they tell you so; or open a new household for them."),
        )
    # Whoever closed the household opens it again for the others.
    for departure in sorted(found, key=lambda one: (not one.closing, one.id)):
        come_back(session, actor.community_id, departure.person_id, recorded_by_id=actor.recorder_id)
    return len(found)


def _any_open(session: Session, departures: Iterable[Departure]) -> bool:
    staying = {party_id for departure in departures for party_id in departure.staying}
    still_open = (col(Party.id).in_(staying), col(Party.closed_at).is_(None))
    return not staying or session.scalar(select(col(Party.id)).where(*still_open).limit(1)) is not None


def _is_here(session: Session, community_id: int, person_id: int) -> bool:
    membership = membership_of(session, community_id, person_id)
    return membership is not None and membership.state == "approved"
