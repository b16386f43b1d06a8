"""Who writes on the wall, and who reads what is not for everybody."""

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select

from civic_centers.centers.policies import kept
from civic_centers.centers.tables import Center
from civic_centers.wall.rules import SHOWN
from civic_centers.wall.tables import WallNeed
from foundation.access import Actor, Permission
from foundation.errors import Missing

WRITE = Permission("member:wall:write", ("member",), "Write on the wall of needs, and join what others miss")
HIDE = Permission("zone:wall:hide", ("maker",), "Read needs before the others, and take them off the wall")


def seen_by(actor: Actor) -> ColumnElement[bool]:
    """The condition on WallNeed that the actor may read it: what hangs there, one's own, and for makers what waits."""
    here = col(WallNeed.community_id) == actor.community_id
    hanging = col(WallNeed.state).in_((*SHOWN, "merged"))
    if actor.person_id is None or not (actor.may(WRITE) or actor.may(HIDE)):
        return here & hanging
    zones = actor.zones_for(HIDE)
    of_makers = col(WallNeed.zone_id).in_(zones) if zones is not None else here
    waiting = col(WallNeed.state).in_(("waiting", "hidden")) & of_makers
    return here & or_(hanging, col(WallNeed.person_id) == actor.person_id, waiting)


def kept_needs(actor: Actor) -> ColumnElement[bool]:
    """The condition on WallNeed that the actor keeps its center."""
    return col(WallNeed.center_id).in_(select(col(Center.id)).where(kept(actor)))


def is_own(actor: Actor, need: WallNeed) -> bool:
    """Whether the actor wrote it."""
    return need.person_id is not None and need.person_id == actor.person_id


def must_hide(actor: Actor, need: WallNeed) -> None:
    """Raises Missing unless the actor makes its zone, and did not write it."""
    own = need.person_id is not None and need.person_id in (actor.person_id, actor.recorder_id)
    if need.community_id != actor.community_id or own or not actor.may(HIDE, need.zone_id):
        raise Missing()
