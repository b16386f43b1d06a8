"""Beginning an activity, saying what it is, and putting it before everybody."""

from sqlalchemy import update
from sqlmodel import col, select

from civic_centers.activities.actions.holding import take
from civic_centers.activities.actions.indexing import put_in_index
from civic_centers.activities.actions.shrinking import set_places
from civic_centers.activities.queries.lists import to_come
from civic_centers.activities.queries.single import KIND
from civic_centers.activities.rules import ACTIVITY_MOVES, About, check_about, moved
from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.centers.actions.running import held
from civic_centers.centers.rules import Overtaken
from civic_centers.wall.actions import note_became
from community.parties.tables import Party
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Refused
from foundation.feature import registry


def make_activity(
    session: Session, actor: Actor, center_id: int, about: About, *, need_id: int | None = None
) -> Activity:
    """A draft that only the keepers see, until it has dates and is published. Raises Missing, Invalid at the field."""
    center = held(session, actor, center_id)
    activity = Activity(
        community_id=center.community_id,
        center_id=center_id,
        need_id=need_id,
        title="",
        kind="other",
        created_by_id=actor.recorder_id,
    )
    _describe(session, activity, about)
    session.add(activity)
    session.flush()
    audit.record(session, actor, "made", KIND, activity.id)
    return activity


def change_activity(
    session: Session, actor: Actor, activity_id: int, about: About, *, version: int, reason: str = ""
) -> Activity:
    """Say what it is now; places hold for all dates to come that were not changed by themselves.

    `reason` is read by who loses a place where there are fewer than were taken. Raises Missing, NotNow, Invalid at the
    field, Stale when it was changed meanwhile, Refused where nobody can say what becomes of those beyond.
    """
    activity = take(session, actor, activity_id)
    if activity.version != version:
        raise Overtaken(N_("This activity was changed meanwhile, here or on another phone."))
    places, left_alone = activity.places, activity.left_alone
    _describe(session, activity, about)
    activity.version += 1
    session.flush()
    coming = (col(ActivitySession.activity_id) == activity_id, *to_come())
    if places != about.places:
        follows = select(ActivitySession).where(*coming, col(ActivitySession.changed).is_(False))
        set_places(session, actor, session.exec(follows.order_by(col(ActivitySession.id))).all(), about.places, reason)
    session.exec(
        update(ActivitySession)
        .where(*coming)
        .values(version=col(ActivitySession.version) + 1, changed_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    session.expire_all()
    audit.record(session, actor, "changed", KIND, activity_id)
    put_in_index(session, activity)
    if activity.left_alone and not left_alone:
        for hook in registry.hooks("children_stay_alone"):
            hook(session, activity)
    return activity


def publish_activity(session: Session, actor: Actor, activity_id: int) -> None:
    """Put it before everybody; who asked for it on the wall is told. Twice changes nothing.

    Raises Missing, NotNow, Refused where it has no date to come.
    """
    activity = take(session, actor, activity_id)
    if activity.state == "open":
        return
    held(session, actor, activity.center_id)
    there = select(col(ActivitySession.id)).where(col(ActivitySession.activity_id) == activity_id, *to_come()).limit(1)
    if session.scalar(there) is None:
        raise Refused(N_("It has no date to come yet."), advice=N_("Say first when it takes place."))
    activity.state = moved(ACTIVITY_MOVES, activity.state, "publish")
    activity.published_at = clock.now()
    session.add(activity)
    session.flush()
    audit.record(session, actor, "published", KIND, activity_id)
    put_in_index(session, activity)
    note_became(session, actor, KIND, activity_id)


def end_activity(session: Session, actor: Actor, activity_id: int) -> None:
    """It is over, and its page says so. Raises Missing, NotNow, Refused while there are dates to come."""
    activity = take(session, actor, activity_id, ("open", "ended"))
    if activity.state == "ended":
        return
    there = select(col(ActivitySession.id)).where(col(ActivitySession.activity_id) == activity_id, *to_come()).limit(1)
    if session.scalar(there) is not None:
        raise Refused(N_("There are dates to come."), advice=N_("Call them off first, or let them take place."))
    over(session, actor, activity)


def over(session: Session, actor: Actor | None, activity: Activity, reason: str = "") -> None:
    """Nothing of it is to come any more; it is held by the caller. Announces `activity_over`, with the reason."""
    activity.state = moved(ACTIVITY_MOVES, activity.state, "end")
    session.add(activity)
    put_in_index(session, activity)
    where = {"community_id": activity.community_id} if actor is None else {}
    audit.record(session, actor, "ended", KIND, activity.id, **where)
    for hook in registry.hooks("activity_over"):
        hook(session, actor, activity, reason)


def _describe(session: Session, activity: Activity, about: About) -> None:
    check_about(about)
    if about.party_id is not None and about.party_id != activity.party_id:
        party = session.get(Party, about.party_id)
        known = party is not None and party.community_id == activity.community_id and party.kind == "organisation"
        if party is None or not known or party.closed_at is not None:
            raise Invalid(N_("Choose one of the organisations."), field="party_id")
    for name in About.__dataclass_fields__:
        setattr(activity, name, getattr(about, name))
    activity.title, activity.qualification = about.title.strip(), about.qualification.strip()
    session.add(activity)
