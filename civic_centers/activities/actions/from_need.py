"""A need of the wall becomes an activity."""

from collections.abc import Collection

from sqlmodel import col, select

from civic_centers.activities.actions.making import make_activity
from civic_centers.activities.policies import seen_by
from civic_centers.activities.queries.single import KIND
from civic_centers.activities.rules import About
from civic_centers.activities.tables import Activity
from civic_centers.centers.policies import KEEP
from civic_centers.wall.rules import Becoming
from civic_centers.wall.tables import WallNeed
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_

LONGEST_TITLE = 120


def may_plan(actor: Actor, _need: WallNeed) -> bool:
    """Whether the actor keeps centers; that it is this one, the wall looks at."""
    return actor.may(KEEP) and not actor.is_on_behalf


def begin_activity(session: Session, actor: Actor, need: WallNeed) -> int:
    """A draft with the words of the need."""
    fits = len(need.words) <= LONGEST_TITLE
    title = need.words if fits else f"{need.words[: LONGEST_TITLE - 1]}…"
    about = About(title, "other", "" if fits else need.words)
    return make_activity(session, actor, need.center_id, about, need_id=need.id).id or 0


def activities_seen(session: Session, actor: Actor, ids: Collection[int]) -> set[int]:
    """Those of some activities that the actor may look at; a draft that was thrown away is there no more."""
    there = col(Activity.published_at).is_not(None) | (col(Activity.state) == "draft")
    return set(session.scalars(select(col(Activity.id)).where(col(Activity.id).in_(ids), seen_by(actor), there)))


ACTIVITY = Becoming(
    kind=KIND,
    words=N_("Plan an activity"),
    line=N_("It gets dates and a room here, and families enrol"),
    icon="calendar",
    became=N_("It goes on here"),
    may=may_plan,
    begin=begin_activity,
    seen=activities_seen,
    edit="activities.edit",
    show="activities.show",
    parameter="activity_id",
)
