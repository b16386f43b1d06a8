"""Holding a lab while something of it changes, and telling its people."""

from collections.abc import Iterable, Mapping

from sqlmodel import col, select

from civic_centers.activities.actions.holding import hold_activity, hold_center
from civic_centers.activities.tables import Activity
from civic_centers.labs.policies import must_run
from civic_centers.labs.queries.finding import FOUND, entries_of
from civic_centers.labs.queries.inside import keepers_of
from civic_centers.labs.queries.single import lab_visible_to, must_be_inside
from civic_centers.labs.rules import must_be
from civic_centers.labs.tables import Lab, LabMember
from community.members.queries import makers_of
from community.notifications.actions import notify
from community.notifications.rules import Notice
from foundation.access import Actor
from foundation.database import Session
from foundation.search import index, unindex


def locked(session: Session, lab_id: int) -> Lab:
    """A lab, read anew, that nobody else changes until the end of the transaction. The caller has looked at who may."""
    statement = select(Lab).where(col(Lab.id) == lab_id).with_for_update(key_share=True)
    return session.exec(statement.execution_options(populate_existing=True)).one()


def hold_meetings(session: Session, *activity_ids: int) -> None:
    """Hold activities that are, or become, meetings of a lab, with their centers: before the lab, as everybody does."""
    where = select(col(Activity.center_id)).where(col(Activity.id).in_(activity_ids))
    for center_id in sorted(set(session.scalars(where))) if activity_ids else ():
        hold_center(session, center_id)
    there = select(col(Activity.id)).where(col(Activity.id).in_(activity_ids)).order_by(col(Activity.id))
    for activity_id in session.scalars(there).all() if activity_ids else ():
        hold_activity(session, activity_id or 0)


def held(session: Session, actor: Actor, lab_id: int, *states: str) -> Lab:
    """A lab for who runs it, locked; in one of these states, or open. Raises Missing, NotNow."""
    must_run(session, actor, lab_visible_to(session, actor, lab_id))
    lab = locked(session, lab_id)
    must_be(lab.state, *(states or ("open",)))
    return lab


def held_inside(session: Session, actor: Actor, lab_id: int) -> Lab:
    """An open lab for its people and who runs it, locked. Raises Missing, NotNow."""
    must_be_inside(session, actor, lab_visible_to(session, actor, lab_id))
    lab = locked(session, lab_id)
    must_be(lab.state, "open")
    return lab


def put_in_index(session: Session, lab: Lab) -> None:
    """Let a lab be found by what it says now."""
    session.flush()
    entries = entries_of([lab])
    if entries:
        index(session, entries[0])
    else:
        unindex(session, FOUND, lab.id or 0)


def people_behind(session: Session, lab: Lab) -> list[int]:
    """Whom to tell of what waits in a lab: its keepers, or the makers of its zone where it has none."""
    keepers = keepers_of(session, lab.id or 0)
    return keepers or [maker.id or 0 for maker in makers_of(session, lab.community_id, lab.zone_id)]


def tell(
    session: Session,
    lab: Lab,
    people: Iterable[int],
    notice: Notice,
    *,
    but: Actor | None = None,
    key: str = "",
    params: Mapping[str, object] | None = None,
    endpoint: str = "labs.show",
    values: Mapping[str, object] | None = None,
) -> None:
    """Tell people of something in a lab, leaving out who did it. The same `key` tells the same person once."""
    left_out = {but.person_id, but.recorder_id} if but is not None else set()
    for person_id in sorted(set(people) - left_out):
        notify(
            session,
            person_id=person_id,
            community_id=lab.community_id,
            notice=notice,
            params={"lab": lab.name, **(params or {})},
            endpoint=endpoint,
            values={"lab_slug": lab.slug, **(values or {})},
            key=f"{lab.id}:{key}" if key else None,
        )


def row_of(session: Session, lab_id: int, person_id: int) -> LabMember | None:
    """Somebody's row in a lab, whatever its state; the lab is held by the caller."""
    theirs = (col(LabMember.lab_id) == lab_id, col(LabMember.person_id) == person_id)
    return session.exec(select(LabMember).where(*theirs).execution_options(populate_existing=True)).one_or_none()
