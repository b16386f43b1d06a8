"""A household without e-mail told a maker that it leaves, or that it comes back after all."""

from community.leaving.actions import come_back, leave
from community.leaving.tables import Departure
from community.mandates.policies import must_keep_person
from community.mandates.queries import departures_with, home_to_keep, must_stand
from community.members.queries import membership_of
from community.parties.queries import hold_parties
from foundation.access import Actor
from foundation.database import Session


def leave_as_told(session: Session, actor: Actor, party_id: int) -> list[Departure]:
    """All adults of the household leave the community, as they told this maker; their hours go to the common fund.

    Also who is paused may go. Raises Missing outside the maker's zones, NotStanding without an agreement.
    """
    hold_parties(session, (party_id,), alone=True)
    home = home_to_keep(session, actor, party_id)
    agreed = must_stand(session, actor.community_id, party_id).person_id
    # Who agreed goes last: with them ends what allows a maker to do this.
    people = sorted((person.id or 0 for person in home.people), key=lambda person_id: (person_id == agreed, person_id))
    return [
        leave(
            session,
            Actor(
                community_id=actor.community_id,
                person_id=person_id,
                party_id=party_id,
                recorded_by_id=actor.recorder_id,
                party_ids=(party_id,),
            ),
        )
        for person_id in people
        if _is_here(session, actor.community_id, person_id)
    ]


def return_as_told(session: Session, actor: Actor, person_id: int) -> int:
    """A person without e-mail comes back within the two weeks, with who left the same household and can come back too.

    What they agreed to before they left has ended: they are asked anew. Raises Missing outside the maker's zones, and
    where there is nothing to come back to. Says how many are back.
    """
    must_keep_person(session, actor, person_id)
    found = departures_with(session, actor.community_id, person_id)
    # Whoever closed the household opens it again for the others.
    for departure in sorted(found, key=lambda one: (not one.closing, one.id)):
        come_back(session, actor.community_id, departure.person_id, recorded_by_id=actor.recorder_id)
    return len(found)


def _is_here(session: Session, community_id: int, person_id: int) -> bool:
    membership = membership_of(session, community_id, person_id)
    return membership is not None and membership.state == "approved"
