"""Who sets what care demands, who records what was seen, and the gate that every path to care asks."""

from datetime import datetime

from community.members.tables import Membership
from community.parties.queries import live_together
from community.safeguarding.queries import hold_person, what_person_lacks
from community.safeguarding.rules import FOR_CARE, NoSecondAdult, NotVerified, Requirements
from foundation.access import Actor, Permission
from foundation.database import Session
from foundation.errors import N_, Missing, Refused

VERIFY = Permission("zone:verification:record", ("maker",), "Record that a person was met, and who vouches for them")
REQUIRE = Permission(
    "community:safeguarding:require", ("administrator",), "Set what is asked of who looks after others, and the leads"
)
OWN = Permission("member:verification:see", ("member",), "See what one may look after, and what it still takes")


def must_verify(session: Session, actor: Actor, membership: Membership) -> None:
    """Raises Missing outside the maker's zones, Refused for the maker's own verification and for who lives with them.

    Others leave their children with who is verified: it is never a matter between two of one household.
    """
    if not actor.may(VERIFY, membership.zone_id):
        raise Missing()
    if membership.person_id in (actor.person_id, actor.recorder_id):
        raise Refused(
            N_("You cannot vouch for yourself."), advice=N_("Another maker records your meeting and your references.")
        )
    if live_together(session, actor.community_id, actor.must_be_person(), membership.person_id):
        raise Refused(
            N_("You cannot vouch for who lives with you."),
            advice=N_("Another maker records their meeting and their references."),
        )


def must_require(actor: Actor) -> None:
    """Raises Missing for who does not set what care demands."""
    if not actor.may(REQUIRE):
        raise Missing()


def must_meet(
    session: Session,
    community_id: int,
    person_id: int | None,
    requirements: Requirements,
    at: datetime,
    *,
    field: str | None = None,
    hold: bool = True,
) -> None:
    """The gate for care, on the person named, for the moment they come. Raises NotVerified.

    What was found holds until the end of the transaction: nobody takes back a check between the question and the yes.
    `hold` False only looks, for a page that shows what would be refused.
    """
    if not requirements.of_person:
        return
    if person_id is None:
        raise NotVerified(field=field)
    if hold:
        hold_person(session, community_id, person_id, alone=False)
    lacks = what_person_lacks(session, community_id, person_id, requirements, at)
    if lacks:
        raise NotVerified(lacks, field=field)


def must_have_second(
    session: Session,
    community_id: int,
    adult_id: int | None,
    second_id: int | None,
    requirements: Requirements,
    at: datetime,
    *,
    hold: bool = True,
) -> None:
    """The gate for the second adult, where one is demanded: somebody other than who comes, met by a maker too.

    Raises NoSecondAdult, or NotVerified at `second`.
    """
    if not requirements.second_adult:
        return
    if second_id is None or second_id == adult_id:
        raise NoSecondAdult()
    must_meet(session, community_id, second_id, FOR_CARE, at, field="second", hold=hold)
