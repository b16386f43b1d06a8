"""Who keeps a center: made a keeper by its makers, for a while or until it is ended (decision 0050)."""

from datetime import datetime

from sqlalchemy import ColumnElement, or_, update
from sqlmodel import col, select

from civic_centers.centers.actions.running import held
from civic_centers.centers.notices import KEEPER_ENDED, KEEPER_GIVEN
from civic_centers.centers.policies import in_force, must_run
from civic_centers.centers.queries import KIND
from civic_centers.centers.tables import Center, CenterKeeper
from community.leaving.rules import Going
from community.members.queries import membership_of
from community.members.rules import check_span
from community.notifications.actions import notify
from community.notifications.rules import Notice
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Refused


def add_keeper(
    session: Session, actor: Actor, center_id: int, person_id: int, *, ends_at: datetime | None = None
) -> CenterKeeper:
    """Make a member a keeper from now on, up to a moment or until it is ended.

    Raises Missing for who does not run the zone, Invalid for who is no member or an end that is over, Refused for who
    keeps it already.
    """
    center = held(session, actor, center_id)
    must_run(actor, center)
    membership = membership_of(session, actor.community_id, person_id)
    if membership is None or membership.state != "approved":
        raise Invalid(N_("Choose one of the members."), field="person_id")
    check_span(clock.now(), ends_at)
    there = (col(CenterKeeper.center_id) == center_id, col(CenterKeeper.person_id) == person_id)
    if session.scalar(select(col(CenterKeeper.id)).where(*there, _standing()).limit(1)) is not None:
        raise Refused(N_("This person keeps the center already."), field="person_id")
    keeper = CenterKeeper(
        community_id=actor.community_id,
        center_id=center_id,
        person_id=person_id,
        ends_at=ends_at,
        given_by_id=actor.recorder_id,
    )
    session.add(keeper)
    session.flush()
    audit.record(session, actor, "gave_keys", KIND, center_id, person=person_id)
    if person_id != actor.person_id:
        _tell(session, keeper, center, KEEPER_GIVEN)
    return keeper


def end_keeper(session: Session, actor: Actor, center_id: int, person_id: int) -> None:
    """End it now; twice changes nothing. Who keeps it may end it for themselves. Raises Missing."""
    center = session.get(Center, center_id)
    if center is None or center.community_id != actor.community_id:
        raise Missing()
    if person_id != actor.person_id or actor.is_on_behalf:
        must_run(actor, center)
    ended = session.exec(
        update(CenterKeeper)
        .where(col(CenterKeeper.center_id) == center_id, col(CenterKeeper.person_id) == person_id, _standing())
        .values(ends_at=clock.now(), ended_by_id=actor.recorder_id, named=False)
        .returning(col(CenterKeeper.id))
    ).all()
    if not ended:
        return
    audit.record(session, actor, "took_keys", KIND, center_id, person=person_id)
    if person_id != actor.person_id:
        _tell(session, session.get_one(CenterKeeper, ended[0][0]), center, KEEPER_ENDED)


def agree_to_be_named(session: Session, actor: Actor, center_id: int, *, named: bool) -> None:
    """A keeper says whether their name may stand on the public page. Raises Missing for who keeps it not."""
    said = session.exec(
        update(CenterKeeper)
        .where(
            col(CenterKeeper.center_id) == center_id,
            col(CenterKeeper.community_id) == actor.community_id,
            col(CenterKeeper.person_id) == actor.must_be_person(),
            *in_force(),
        )
        .values(named=named)
    )
    if actor.is_on_behalf or not said.rowcount:
        raise Missing()
    audit.record(session, actor, "named_themselves" if named else "unnamed_themselves", KIND, center_id)


def end_keepers_of(session: Session, going: Going) -> None:
    """Who leaves keeps no center any more."""
    theirs = (col(CenterKeeper.community_id) == going.community_id, col(CenterKeeper.person_id) == going.person_id)
    session.exec(
        update(CenterKeeper).where(*theirs, _standing()).values(ends_at=clock.now(), named=False)
        .execution_options(synchronize_session=False)
    )  # fmt: skip


def _standing() -> ColumnElement[bool]:
    """The condition that it was not ended: it may be to begin yet."""
    return or_(col(CenterKeeper.ends_at).is_(None), col(CenterKeeper.ends_at) > clock.now())


def _tell(session: Session, keeper: CenterKeeper, center: Center, notice: Notice) -> None:
    notify(
        session,
        person_id=keeper.person_id,
        community_id=keeper.community_id,
        notice=notice,
        params={"center": center.name},
        endpoint="centers.show",
        values={"center_slug": center.slug},
        key=f"{keeper.id}",
    )
