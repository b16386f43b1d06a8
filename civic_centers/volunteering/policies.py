"""Who serves, who makes slots and confirms, and who keeps an organisation's register."""

from sqlmodel import col, select

from civic_centers.centers.policies import may_keep
from civic_centers.volunteering.tables import Slot
from community.parties.tables import Party
from foundation.access import Actor, Permission
from foundation.database import Session
from foundation.errors import Missing

SERVE = Permission("member:volunteering:serve", ("member",), "Take shifts as a volunteer, and see one's own hours")
REGISTER = Permission(
    "member:volunteering:register", ("member",), "Keep the register of volunteers of the organisations one acts for"
)


def may_run(session: Session, actor: Actor, slot: Slot) -> bool:
    """Whether the actor changes a slot and confirms its hours: the keepers of its center."""
    return slot.community_id == actor.community_id and may_keep(session, actor, slot.center_id)


def may_register(session: Session, actor: Actor, party_id: int) -> bool:
    """Whether the actor keeps the register of an organisation: who acts for it, never in another's place."""
    if actor.is_on_behalf or not actor.may(REGISTER) or party_id not in actor.party_ids:
        return False
    here = (col(Party.id) == party_id, col(Party.community_id) == actor.community_id)
    return session.scalar(select(col(Party.id)).where(*here, col(Party.kind) == "organisation")) is not None


def must_register(session: Session, actor: Actor, party_id: int) -> None:
    """Raises Missing for everybody else."""
    if not may_register(session, actor, party_id):
        raise Missing()
