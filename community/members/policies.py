"""Who sees the people of a community, and who gives roles."""

from sqlalchemy import or_
from sqlmodel import col, select

from community.members.tables import Membership, RoleGrant
from foundation import clock
from foundation.access import Actor, Permission
from foundation.database import Session
from foundation.errors import Missing

PEOPLE = Permission(
    "member:people:read", ("member", "maker", "administrator"), "See the members, their profiles and what they give"
)
ROLES = Permission("community:role:grant", ("administrator",), "Give and end roles")
CONTACTS = Permission(
    "zone:contacts:read", ("maker", "administrator"), "See the telephone and e-mail of people in the zone"
)


def must_grant_roles(actor: Actor) -> None:
    """Raises Missing unless the actor gives roles in this community."""
    if not actor.may(ROLES):
        raise Missing()


def must_take_off_second_factor(session: Session, actor: Actor, person_id: int) -> None:
    """Raises Missing unless the actor may take the second step of signing in off for this person.

    Who gives roles here may, for a member who runs nothing elsewhere and is no administrator: taking it off opens
    every community of the person, and administrators must not open each other's door. For them there is
    `flask person take-off-second-step`.
    """
    must_grant_roles(actor)
    member = select(Membership).where(
        col(Membership.community_id) == actor.community_id,
        col(Membership.person_id) == person_id,
        col(Membership.state) == "approved",
    )
    elsewhere_or_more = select(RoleGrant).where(
        col(RoleGrant.person_id) == person_id,
        or_(col(RoleGrant.ends_at).is_(None), col(RoleGrant.ends_at) > clock.now()),
        or_(col(RoleGrant.community_id) != actor.community_id, col(RoleGrant.role) == "administrator"),
    )
    is_member = session.exec(member.limit(1)).first() is not None
    if person_id == actor.person_id or not is_member or session.exec(elsewhere_or_more.limit(1)).first() is not None:
        raise Missing()


def may_hear_person(_session: Session, actor: Actor, person_id: int) -> bool:
    """Whether the actor is told when something changes that concerns one person: themselves only."""
    return actor.person_id == person_id
