"""Who records verifications, and the gate for care."""

from datetime import datetime

from community.categories.tables import Category
from community.members.tables import Membership
from community.safeguarding.queries import is_verified_for_care
from community.safeguarding.rules import NotVerified
from foundation.access import Actor, Permission
from foundation.database import Session
from foundation.errors import N_, Missing, Refused

VERIFY = Permission("zone:verification:record", ("maker",), "Record that a person was met, and who vouches for them")


def must_verify(actor: Actor, membership: Membership) -> None:
    """Raises Missing outside the maker's zones, Refused for the maker's own verification."""
    if not actor.may(VERIFY, membership.zone_id):
        raise Missing()
    if membership.person_id in (actor.person_id, actor.recorder_id):
        raise Refused(
            N_("You cannot vouch for yourself."), advice=N_("Another maker records your meeting and your references.")
        )


def must_be_verified(
    session: Session, category: Category | None, person_id: int | None, at: datetime, *, field: str | None = None
) -> None:
    """The gate for care, on the person named. Raises NotVerified where the category demands care and they are not."""
    if category is None or not category.demands_care:
        return
    if person_id is None or not is_verified_for_care(session, category.community_id, person_id, at):
        raise NotVerified(field)
