"""A need of the wall becomes a lab."""

from collections.abc import Collection

from sqlmodel import col, select

from civic_centers.labs.actions.making import make_lab
from civic_centers.labs.policies import TAKE_PART, seen_by
from civic_centers.labs.rules import KIND, About
from civic_centers.labs.tables import Lab
from civic_centers.wall.rules import Becoming
from civic_centers.wall.tables import WallNeed
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_

LONGEST_NAME = 60


def may_begin(actor: Actor, _need: WallNeed) -> bool:
    """Whether the actor makes labs; that they keep the center, the wall looks at."""
    return actor.may(TAKE_PART) and not actor.is_on_behalf


def begin_lab(session: Session, actor: Actor, need: WallNeed) -> int:
    """A draft with the words of the need, that meets where it hangs."""
    fits = len(need.words) <= LONGEST_NAME
    name = need.words if fits else f"{need.words[: LONGEST_NAME - 1]}…"
    about = About(name, need.words, need.zone_id, center_id=need.center_id)
    return make_lab(session, actor, about, need_id=need.id, draft=True).id or 0


def labs_seen(session: Session, actor: Actor, ids: Collection[int]) -> set[int]:
    """Those of some labs that the actor may look at; what no maker took up is there no more."""
    there = col(Lab.opened_at).is_not(None) | (col(Lab.state) == "draft")
    return set(session.scalars(select(col(Lab.id)).where(col(Lab.id).in_(ids), seen_by(actor), there)))


LAB = Becoming(
    kind=KIND,
    words=N_("Make a community lab of it"),
    line=N_("Who misses it works on it together, with goals, tasks and a diary"),
    icon="people",
    became=N_("A community lab works on it"),
    may=may_begin,
    begin=begin_lab,
    seen=labs_seen,
    edit="labs.by_number",
    show="labs.by_number",
    parameter="lab_id",
    more=(("then", "edit"),),
)
